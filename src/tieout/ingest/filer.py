"""The company as its releases are read: names and calendar, of its pack or of its filings."""

from __future__ import annotations

from pathlib import Path

from tieout.catalogue import Catalogue
from tieout.catalogue.concepts import concepts
from tieout.catalogue.filers import company
from tieout.core.company import Company
from tieout.ledger import Ledger


def known(cik: int, catalogue: Catalogue, folder: Path) -> Company | None:
    """The company of that number; None where neither a pack nor the filings held tell its fiscal calendar."""
    packs = catalogue.companies.values()
    for pack in packs:
        if pack.cik is not None and int(pack.cik) == cik:
            return pack
    ledger = Ledger.open(folder, concepts(catalogue), packs)
    for entity, registrant in ledger.filers().items():
        if registrant.cik == cik and (calendar := ledger.calendar(entity)) is not None:
            return company(entity, registrant, calendar)
    return None
