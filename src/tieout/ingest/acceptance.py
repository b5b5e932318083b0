"""When filings were accepted, and who filed: a filer's submissions, asked for its filings by accession."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from tieout.core.errors import ParseError
from tieout.core.filing import Filing, Registrant
from tieout.core.skipped import Skipped
from tieout.ingest.archive import Kept
from tieout.sources.submissions import page, submissions

Accepted = Callable[[int, set[int]], Mapping[int, datetime]]
"""When filings of a filer were accepted, as far as known, by the digits of their accessions."""


class Filings:
    """The submissions of one filer, the main document first; read as far as filings are missing."""

    def __init__(self, pages: Sequence[Kept]) -> None:
        self._pages = pages
        self.registrant: Registrant | None = None
        self.skipped: list[Skipped] = []

    def accepted(self, cik: int, wanted: set[int]) -> dict[int, datetime]:
        """When the wanted filings were accepted; what cannot be read or found stands in `skipped`."""
        times: dict[int, datetime] = {}
        if not self._pages:
            return times
        try:
            for filings in self._read(cik):
                times |= {
                    int(each.accession.replace("-", "")): each.accepted for each in filings if each.accepted
                }
                if times.keys() >= wanted:
                    return times
        except ParseError as error:
            self.skipped.append(Skipped("submissions", error.message))
        missing = len(wanted - times.keys())
        self.skipped.append(
            Skipped("acceptance times", "of filings that the submissions do not list", missing)
        )
        return times

    def _read(self, cik: int) -> Iterator[Sequence[Filing]]:
        main, *others = self._pages
        found = submissions(bytes(main.read()), main.name)
        if found.registrant.cik != cik:
            raise ParseError(
                f"{main.name} holds the submissions of CIK {found.registrant.cik:010}, not of CIK {cik:010}",
                fix="Fetch it again.",
            )
        self.registrant = found.registrant
        yield found.filings
        for each in others:
            yield page(bytes(each.read()), cik, each.name)
