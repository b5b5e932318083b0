"""The ledger: every fact held, seen as of a day or over all of history."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from tieout.core.calendar import FiscalCalendar
from tieout.core.company import Company
from tieout.core.concepts import Concepts
from tieout.core.errors import NotFoundError, UsageError
from tieout.core.fact import Fact
from tieout.core.filed import Filed
from tieout.core.filing import Registrant
from tieout.ledger.files import Files, InMemory, Source, Without
from tieout.ledger.shelf import Shelf
from tieout.ledger.view import View

FILED = "filed"
"""Where in a ledger's folder the facts of filings lie."""


class Ledger:
    """Facts by company, read when a company is asked for. Make one with `open` or `of`.

    The facts themselves are reached through a `View`: `as_of` a day, or `history`.
    """

    __slots__ = ("_shelves", "_source", "_version")

    def __init__(self, source: Source) -> None:
        self._source = source
        self._shelves: dict[str, Shelf] = {}
        self._version: str | None = None

    @staticmethod
    def open(
        folder: Path | None = None, concepts: Concepts | None = None, companies: Iterable[Company] = ()
    ) -> Ledger:
        """The bundled facts, with the CSV files of `folder` lying over them, and what it ingested of filings.

        A file is named after its company (DELL.csv) and adds to the bundled facts; its schema is that of
        `tieout.ledger.schema`. Filings are read with the concept table, those of `companies` as their packs
        have it; without a table they are left alone. Raises NotFoundError for a folder that is none;
        ParseError, once a company is asked for, for a row that breaks the schema; UsageError where facts were
        ingested and what reads them is not installed.
        """
        source: Source = Files.under(folder)
        if folder is None or concepts is None or not (folder / FILED).is_dir():
            return Ledger(source)
        try:
            from tieout.ledger.registrants import registrants
            from tieout.ledger.store import Store
            from tieout.ledger.stored import Stored
        except ImportError as error:
            raise UsageError(
                f"{folder} holds facts from filings, and {error.name} is not installed",
                fix="pip install 'tieout[ingest]'",
            ) from error
        return Ledger(Stored(source, Store.open(folder), registrants(folder), concepts, companies))

    @staticmethod
    def of(facts: Iterable[Fact]) -> Ledger:
        """A ledger of these facts alone, in whatever order."""
        return Ledger(InMemory(facts))

    def without(self, hidden: Callable[[Fact], bool]) -> Ledger:
        """This ledger less the facts for which `hidden` is true; its version says so."""
        return Ledger(Without(self._source, hidden))

    @property
    def version(self) -> str:
        """A short digest of all that is held; the order of rows and files does not matter."""
        if self._version is None:
            self._version = self._source.version()
        return self._version

    def filers(self) -> Mapping[str, Registrant]:
        """The registrants whose filings are held, by entity."""
        return self._source.filers()

    def calendar(self, entity: str) -> FiscalCalendar | None:
        """The fiscal calendar that a company's filings show; None where none are held or they do not tell."""
        return self._source.calendar(entity)

    def filed(self, entity: str) -> tuple[Filed, ...]:
        """Everything a company filed, as filed; empty where none is held."""
        return self._source.filed(entity)

    def entities(self) -> tuple[str, ...]:
        """Tickers of the companies held, sorted; no file is read."""
        return self._source.entities()

    def as_of(self, day: date) -> View:
        """What the world could know on that New York day; facts without a known date are left out."""
        return View(day, self._shelf)

    def history(self) -> View:
        """Every vintage of any date, facts without a known date too."""
        return View(None, self._shelf)

    def _shelf(self, entity: str) -> Shelf:
        if entity not in self._shelves:
            held = self._source.entities()
            if entity not in held:
                raise _unknown(entity, held)
            self._shelves[entity] = Shelf.of(self._source.facts(entity))
        return self._shelves[entity]


def _unknown(entity: str, held: tuple[str, ...]) -> NotFoundError:
    near = difflib.get_close_matches(entity.upper(), held, n=3, cutoff=0.5)
    fix = f"Did you mean {' or '.join(near)}?" if near else f"Held are {', '.join(held) or 'none'}."
    return NotFoundError(
        f"no facts about {entity!r}",
        entity=entity,
        near=tuple(near),
        fix=f"{fix} A file {entity.upper()}.csv adds a company.",
    )
