"""The same figure in several filings: which counts, which was revised, what that makes of its neighbours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from tieout.core.concepts import Concept
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Period
from tieout.core.quantity import Precision, Unit
from tieout.ledger.placed import Placed, by_period

FIRST, RECAST = "first reported", "recast"

_Series = tuple[Measure, Unit]
"""A measure without its period, and its unit."""


@dataclass(frozen=True, slots=True)
class Vintage:
    """A figure that counts, `mark`ed where its value was revised or is a revision.

    `since` is the latest day a filing told it again. `adjusted` is the split it was computed for.
    """

    row: Placed
    mark: str = ""
    since: date | None = None
    supports: bool = False
    adjusted: Fraction | None = None


def vintages(rows: Iterable[Placed]) -> tuple[Vintage, ...]:
    """The figures that count: each value of each period once, as first told, and what is only near it."""
    lots = by_period(rows)
    told = {key: tuple(_filings(lot)) for key, lot in lots.items() if key[0].scenario is Scenario.ACTUAL}
    parts = frozenset(
        (row.measure.metric, row.concept) for lot in told.values() for filing in lot for row in filing.beside
    )
    chains = {key: _chain(told[key], parts) if key in told else _issues(lot) for key, lot in lots.items()}
    return tuple(each for chain in _tainted(chains).values() for each in chain)


@dataclass(slots=True)
class _Filing:
    """What one filing tells of one period: the figure itself, where it is clear, and the others beside it."""

    main: Placed | None = None
    beside: list[Placed] = field(default_factory=list[Placed])
    near: list[Placed] = field(default_factory=list[Placed])


def _filings(lot: Sequence[Placed]) -> Iterator[_Filing]:
    for _, told in groupby(lot, key=lambda row: (row.known, row.filed.accession)):
        yield _filing(tuple(told))


def _filing(told: Sequence[Placed]) -> _Filing:
    found = _Filing(near=[row for row in told if row.rank is None or row.value == 0])
    tags = [row for row in told if row.rank is not None and row.value != 0]
    if not tags:
        return found
    if tags[0].whole:
        tags.sort(key=lambda row: -row.value)  # stable: of equal ones the preferred
    main = _finest([row for row in tags if row.concept == tags[0].concept])
    if main is None:  # the filer contradicts itself
        found.near += tags
        return found
    found.main = main
    found.beside = [
        row for row in tags if row.concept != main.concept and row.interval.disjoint(main.interval)
    ]
    return found


def _finest(rows: Sequence[Placed]) -> Placed | None:
    """The most precise of figures that agree; None where two do not."""
    if len(rows) == 1:
        return rows[0]
    best = min(rows, key=lambda row: (_width(row), row.value))
    return None if any(row.interval.disjoint(best.interval) for row in rows) else best


def _chain(lot: Iterable[_Filing], parts: frozenset[tuple[str, Concept]]) -> list[Vintage]:
    """The values one period had, in the order they were told, and those that only support.

    `parts` are concepts under which the company once told less than under another in the same filing: alone,
    one of them need not be the whole.
    """
    kept: list[Vintage] = []
    near: list[Placed] = []
    for filing in lot:
        near += [*filing.near, *filing.beside]
        if filing.main is None:
            continue
        if (filing.main.measure.metric, filing.main.concept) in parts and not filing.beside:
            near.append(filing.main)
            continue
        _add(kept, filing.main)
    marked = _marked(kept)
    return [*marked, *_beside(near, marked)]


def _issues(lot: Sequence[Placed]) -> list[Vintage]:
    """What was guided, every time: another issue is no restatement."""
    return [Vintage(row, since=row.known, supports=True) for row in lot]


def _add(kept: list[Vintage], row: Placed) -> None:
    """Lay a figure to those of earlier filings: as one told again, or as another value."""
    for index, earlier in enumerate(kept):
        if not earlier.row.interval.disjoint(row.interval):
            kept[index] = replace(earlier, since=row.known)
            if earlier.row.varies <= row.varies and _width(row) >= _width(earlier.row):
                return
    kept.append(Vintage(row, since=row.known))


def _width(row: Placed) -> Decimal:
    return row.interval.width or Decimal(0)


def _marked(kept: list[Vintage]) -> list[Vintage]:
    if not kept or all(not each.row.interval.disjoint(kept[0].row.interval) for each in kept):
        return kept
    first = kept[0].row.interval
    return [replace(each, mark=RECAST if each.row.interval.disjoint(first) else FIRST) for each in kept]


def _beside(near: Iterable[Placed], kept: Sequence[Vintage]) -> Iterable[Vintage]:
    """What only supports: each value once that no figure of the chain agrees with."""
    seen: set[object] = {each.row.value for each in kept}
    for row in near:
        if row.value not in seen:
            seen.add(row.value)
            yield Vintage(replace(row, decimals=Precision.UNKNOWN), since=row.known, supports=True)


def _tainted(chains: dict[_Series, list[Vintage]]) -> dict[_Series, list[Vintage]]:
    """The chains, figures of an old basis marked.

    A filing that recasts a period of a flow has changed its basis. What was told of that period or later ones
    before, and not told again since, stands on the old one: its nine months must not go off the new year.
    """
    events: defaultdict[_Series, list[tuple[date, date]]] = defaultdict(list)
    for (measure, unit), chain in chains.items():
        period = measure.period
        if isinstance(period, Period) and period.start is not None:
            key = (measure.at(None), unit)
            events[key] += [
                (each.row.known, period.start) for each in chain if each.mark == RECAST and each.row.known
            ]
    return {
        (measure, unit): [_old(each, events.get((measure.at(None), unit), ())) for each in chain]
        for (measure, unit), chain in chains.items()
    }


def _old(each: Vintage, events: Iterable[tuple[date, date]]) -> Vintage:
    period = each.row.measure.period
    if each.mark or each.supports or not isinstance(period, Period) or period.start is None or not each.since:
        return each
    stale = any(each.since < told and period.end >= start for told, start in events)
    return replace(each, mark=FIRST) if stale else each
