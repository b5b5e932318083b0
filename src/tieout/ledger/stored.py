"""Facts of the store laid over those of files: what the SEC's filers told, beside the desk's own figures."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (pyarrow's stubs leave open what a column holds)

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa

from tieout.core.calendar import FiscalCalendar
from tieout.core.company import Company
from tieout.core.concepts import Concepts
from tieout.core.fact import Fact
from tieout.core.filed import FOCUS, Filed
from tieout.core.filing import Registrant
from tieout.core.legal_name import plain
from tieout.core.measure import Dimensions, Measure
from tieout.core.quantity import Decimals, Precision
from tieout.core.skipped import Skipped
from tieout.ledger.columns import EXACT, compute, parted
from tieout.ledger.files import VERSION_DIGITS, Source
from tieout.ledger.fiscal import calendar_of
from tieout.ledger.placed import Filer
from tieout.ledger.reported import reported
from tieout.ledger.vintages import FIRST, RECAST

if TYPE_CHECKING:
    from tieout.ledger.store import Store


class Stored:
    """The facts of files, and over them the metrics that the concept table finds in the store's rows.

    `companies` are those with a pack: their rows are told under its ticker, their members by its names.
    """

    __slots__ = ("_below", "_ciks", "_concepts", "_packs", "_registrants", "_rows", "_store")

    def __init__(
        self,
        below: Source,
        store: Store,
        registrants: Mapping[int, Registrant],
        concepts: Concepts,
        companies: Iterable[Company],
    ) -> None:
        self._below, self._store, self._concepts = below, store, concepts
        self._packs = {company.ticker: company for company in companies}
        self._registrants = registrants
        self._rows: dict[str, tuple[Filed, ...]] = {}
        self._ciks = _entities(store.companies(), registrants, self._packs.values())

    def entities(self) -> tuple[str, ...]:
        """Tickers, sorted; a filer without one goes by its number, as in CIK0000320193."""
        return tuple(sorted({*self._below.entities(), *self._ciks}))

    def facts(self, entity: str) -> tuple[Fact, ...]:
        """A company's facts of both; the same figure counts once, the desk's own before a filing's."""
        own = self._below.facts(entity) if entity in self._below.entities() else ()
        return over(own, self._reported(entity)[0]) if entity in self._ciks else own

    def left_out(self, entity: str) -> tuple[Skipped, ...]:
        """What of a company's rows is no fact, and why."""
        return self._reported(entity)[1] if entity in self._ciks else ()

    def filers(self) -> Mapping[str, Registrant]:
        """The registrants that rows are held of, by entity."""
        return {
            entity: self._registrants.get(cik, Registrant(cik, f"CIK {cik}"))
            for entity, cik in self._ciks.items()
        }

    def calendar(self, entity: str) -> FiscalCalendar | None:
        """The fiscal calendar that a company's filings show; None where they do not tell."""
        return calendar_of(self.rows(entity)) if entity in self._ciks else None

    def filed(self, entity: str) -> tuple[Filed, ...]:
        """Everything a company filed, as filed; empty where none is held."""
        return tuple(filed(self._store.company(self._ciks[entity]))) if entity in self._ciks else ()

    def rows(self, entity: str) -> tuple[Filed, ...]:
        """The rows held of a company that the concept table may need, its predecessors' among them."""
        if entity not in self._rows:
            pack = self._packs.get(entity)
            found = list(self._asked(self._ciks[entity]))
            for number, until in pack.predecessors if pack else ():
                found += (row for row in self._asked(int(number)) if row.filed and row.filed < until)
            self._rows[entity] = tuple(found)
        return self._rows[entity]

    def _asked(self, cik: int) -> Iterator[Filed]:
        rows = self._store.company(cik)
        names = pa.array([*sorted(self._concepts.names()), FOCUS[1]])
        return filed(rows.filter(compute.is_in(rows["concept"], value_set=names)))

    def version(self) -> str:
        """A digest of the files, the documents ingested and the concept table."""
        stored = self._store.version()
        if not stored:
            return self._below.version()
        told = f"{self._below.version()} {stored} {self._concepts.digest}"
        return hashlib.sha256(told.encode()).hexdigest()[:VERSION_DIGITS]

    def _reported(self, entity: str) -> tuple[tuple[Fact, ...], tuple[Skipped, ...]]:
        pack = self._packs.get(entity)
        cik = self._ciks[entity]
        known = self._registrants.get(cik)
        name = pack.name if pack else plain(known.name) if known else entity
        members = {} if pack is None else _members(pack)
        return reported(self.rows(entity), self._concepts, Filer(entity, name, members))


def _entities(
    held: Iterable[int], registrants: Mapping[int, Registrant], packs: Iterable[Company]
) -> dict[str, int]:
    """The number of each entity: by pack, else by the first ticker that is not taken, else by number."""
    packed = {int(pack.cik): pack.ticker for pack in packs if pack.cik}
    found: dict[str, int] = {}
    taken = set(packed.values())
    for cik in sorted(held, key=lambda cik: (_age(registrants.get(cik)), cik), reverse=True):
        known = registrants.get(cik)
        free = [each.upper() for each in (known.tickers if known else ()) if each.upper() not in taken]
        entity = packed.get(cik) or (free[0] if free else f"CIK{cik:010d}")
        found[entity] = cik
        taken.add(entity)
    return found


def _age(registrant: Registrant | None) -> str:
    return str(registrant.latest) if registrant and registrant.latest else ""


def _members(pack: Company) -> dict[Dimensions, Dimensions]:
    return {told: member.dimensions for member in pack.members for told in member.filed}


def over(own: Sequence[Fact], stored: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts of filings laid over the desk's own.

    What agrees with one of the desk's is that one; what the same filing tells otherwise is dropped, since the
    desk has read it. A revision marks the desk's figure that it revises.
    """
    held: defaultdict[tuple[Measure, str], list[Fact]] = defaultdict(list)
    for fact in own:
        held[fact.measure, fact.unit].append(fact)
    marks: dict[Fact, str] = {}
    added: list[Fact] = []
    for fact in stored:
        beside = held.get((fact.measure, fact.unit), [])
        same = [each for each in beside if not each.interval.disjoint(fact.interval)]
        for each in same:
            if not each.vintage and fact.vintage in (FIRST, RECAST):
                marks[each] = fact.vintage
        if same or any(fact.document.accession in (each.document.accession, None) for each in beside):
            continue
        added.append(fact if fact.vintage or not beside else _supporting(fact))
    return (*(replace(fact, vintage=marks.get(fact, fact.vintage)) for fact in own), *added)


def _supporting(fact: Fact) -> Fact:
    return replace(fact, quantity=replace(fact.quantity, decimals=Precision.UNKNOWN))


def filed(rows: pa.Table) -> Iterator[Filed]:
    """The rows of a table of `SCHEMA`."""
    for row in rows.to_pylist():
        accession = "" if row["accession"] is None else f"{row['accession']:018d}"
        yield Filed(
            row["cik"],
            row["taxonomy"],
            row["concept"],
            parted(row["dimensions"]),
            row["unit"],
            row["start"],
            row["end"],
            _value(row["digits"], row["exponent"]),
            _decimals(row["decimals"]),
            accession and f"{accession[:10]}-{accession[10:12]}-{accession[12:]}",
            row["form"],
            row["filed"],
            row["accepted"],
            row["document"],
            row["locator"],
            row["digest"],
            row["scenario"],
            row["bound"],
        )


def _value(digits: int, exponent: int) -> Decimal:
    """In full, as a facts file has it: 25000000000, not 2.5E+10."""
    return Decimal(digits * 10**exponent) if exponent >= 0 else Decimal(digits).scaleb(exponent)


def _decimals(held: int | None) -> Decimals:
    if held is None:
        return Precision.UNKNOWN
    return Precision.EXACT if held == EXACT else held
