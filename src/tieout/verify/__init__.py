"""Claims x ledger -> findings: refute first, explain after, accuse only then."""

from __future__ import annotations

from tieout.verify.catalogue_of_rules import RULES, meanings
from tieout.verify.judge import judge

__all__ = ["RULES", "judge", "meanings"]
