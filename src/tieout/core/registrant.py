"""Who files under a number, and which documents were taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Registrant:
    """A filer as the SEC listed it on a day; `seen` is that day, and the latest counts.

    `former` are earlier names; `year_end` is month and day ("0131"), which the SEC changes late or never.
    """

    cik: int
    name: str
    seen: date
    tickers: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    year_end: str = ""
    sic: str = ""


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document that was taken in: the short digest of its bytes, its name, its kind and its rows.

    `scope` says what was taken of it where that was less than all ("since 2020-01-01"): the same document in
    another scope is another one.
    """

    digest: str
    name: str
    kind: str
    rows: int = 0
    skipped: int = 0
    scope: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it apart: its digest and scope."""
        return self.digest, self.scope
