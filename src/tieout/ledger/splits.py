"""Share splits, found where filings restate counts of shares; what was told before one, in new shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from tieout.core.measure import Measure
from tieout.core.quantity import Unit
from tieout.ledger.placed import Placed
from tieout.ledger.vintages import FIRST, RECAST, Vintage

RATIOS = tuple(
    dict.fromkeys(
        ratio
        for many in range(2, 51)
        for ratio in (Fraction(many), Fraction(1, many), Fraction(3, 2), Fraction(5, 2), Fraction(4, 3))
    )
)
"""New shares for an old one; those of a reverse split are below one."""
_SAME = timedelta(days=730)
"""Filings go on restating older years for so long after a split."""


@dataclass(frozen=True, slots=True)
class Split:
    """`ratio` new shares for one old, told in the filing of `row`: from its day on, figures count the new."""

    known: date
    ratio: Fraction
    row: Placed


def splits(figures: Iterable[Vintage]) -> tuple[Split, ...]:
    """The splits that two restated counts of shares bear out, in order."""
    found: defaultdict[Fraction, list[Placed]] = defaultdict(list)
    chains: defaultdict[Measure, list[Vintage]] = defaultdict(list)
    for each in figures:
        if each.row.unit == "shares" and not each.supports and each.row.known is not None:
            chains[each.row.measure].append(each)
    for chain in chains.values():
        for before, after in pairwise(chain):
            ratio = _ratio(before.row, after.row)
            if ratio is not None:
                found[ratio].append(after.row)
    told = [split for ratio, rows in found.items() for split in _each(ratio, rows)]
    return tuple(sorted(told, key=lambda split: (split.known, split.ratio)))


def _each(ratio: Fraction, rows: Sequence[Placed]) -> Iterator[Split]:
    """The splits of one ratio: restatements within two years of each other tell of the same one."""
    lots: list[list[Placed]] = []
    for row in sorted(rows, key=lambda row: (_day(row), row.filed.accession, row.measure.metric)):
        if lots and _day(row) - _day(lots[-1][0]) <= _SAME:
            lots[-1].append(row)
        else:
            lots.append([row])
    for lot in lots:
        if len({row.measure for row in lot}) > 1:
            yield Split(_day(lot[0]), ratio, lot[0])


def _day(row: Placed) -> date:
    return row.known or date.max


def _ratio(before: Placed, after: Placed) -> Fraction | None:
    """The one ratio by which a count was restated; None where there is none, or no telling which."""
    old, new = before.interval, after.interval
    if (
        old.low is None
        or old.high is None
        or new.low is None
        or new.high is None
        or old.low <= 0
        or new.low <= 0
    ):
        return None
    low, high = Fraction(new.low) / Fraction(old.high), Fraction(new.high) / Fraction(old.low)
    fitting = [ratio for ratio in (*RATIOS, Fraction(1)) if low <= ratio <= high]
    return fitting[0] if len(fitting) == 1 and fitting[0] != 1 else None


def adjusted(figures: Sequence[Vintage], known: Sequence[Split]) -> tuple[Vintage, ...]:
    """The figures, each that counts the shares of before a split marked, and beside it in those of after it.

    Where a filing restated it itself nothing is computed. What is computed supports, and never refutes.
    """
    restated = {each.row.measure for each in figures if each.mark == RECAST}
    found: list[Vintage] = []
    for each in figures:
        later = [split for split in known if each.since is not None and each.since < split.known]
        if not later or "share" not in each.row.unit or each.supports or each.row.measure in restated:
            found.append(each)
            continue
        found.append(replace(each, mark=FIRST))
        found.append(_in_new_shares(each, later))
    return tuple(found)


def _in_new_shares(each: Vintage, later: Sequence[Split]) -> Vintage:
    ratio = Fraction(1)
    for split in later:
        ratio *= split.ratio
    value = _moved(each.row.value, each.row.unit, ratio)
    row = replace(
        each.row,
        filed=replace(later[-1].row.filed, value=value),
        decimals=_coarser(each.row, ratio),
        known=later[-1].known,
    )
    return Vintage(row, RECAST, later[-1].known, adjusted=ratio)


def _moved(value: Decimal, unit: Unit, ratio: Fraction) -> Decimal:
    up, down = Decimal(ratio.numerator), Decimal(ratio.denominator)
    return value * up / down if unit == "shares" else value * down / up


def _coarser(row: Placed, ratio: Fraction) -> int:
    """Decimals no finer than what the rounding of the old figure comes to in new shares."""
    decimals = row.decimals if isinstance(row.decimals, int) else 0
    grown = ratio if row.unit == "shares" else 1 / ratio
    while grown > 1:
        grown, decimals = grown / 10, decimals - 1
    return decimals
