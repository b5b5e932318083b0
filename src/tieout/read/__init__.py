"""Text -> claims. Never sees the ledger: readings come from words, layout, calendar and date alone."""

from __future__ import annotations

from tieout.read.claims import ReadArticle, read
from tieout.read.companies import companies, named

__all__ = ["ReadArticle", "companies", "named", "read"]
