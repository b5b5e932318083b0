"""Who files with the SEC, and what: nouns of EDGAR, not yet facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

ARCHIVES = "https://www.sec.gov/Archives/edgar/data"
"""Where EDGAR keeps what was filed."""


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name a registrant once had, and the first and last day it filed under it, where they are held."""

    name: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Registrant:
    """One filer: a CIK is never shared, and a company that was reorganised may have had several.

    `year_end` is EDGAR's month and day ("0131"), which is set by hand and lags; `latest` the day of the
    latest filing this was read with, so that of two versions the later wins.
    """

    cik: int
    name: str
    tickers: tuple[str, ...] = ()
    exchanges: tuple[str, ...] = ()
    former: tuple[FormerName, ...] = ()
    sic: str = ""
    year_end: str = ""
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Filing:
    """One filing of a registrant: `accession` with its dashes, `accepted` aware, `items` those of an 8-K.

    `document` is the file name of the main document; `xbrl` whether EDGAR found XBRL in the filing, `inline`
    whether inline.
    """

    cik: int
    accession: str
    form: str
    filed: date
    accepted: datetime | None = None
    period: date | None = None
    items: tuple[str, ...] = ()
    document: str = ""
    xbrl: bool = False
    inline: bool = False

    def url(self, document: str) -> str:
        """The address of one document of the filing."""
        return f"{ARCHIVES}/{self.cik}/{self.accession.replace('-', '')}/{document}"
