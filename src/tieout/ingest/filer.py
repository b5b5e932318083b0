"""The company as its release is read: names and calendar, of its pack or of its filings."""

from __future__ import annotations

from pathlib import Path

from tieout.catalogue import Catalogue
from tieout.core.company import Company


def known(cik: int, catalogue: Catalogue, ledger: Path) -> Company | None:
    """The company of that number; None where neither a pack nor its filings tell its fiscal calendar."""
    del ledger
    packs = catalogue.companies.values()
    return next((each for each in packs if each.cik is not None and int(each.cik) == cik), None)
