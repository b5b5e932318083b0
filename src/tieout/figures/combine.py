"""Arithmetic over figures: which vintages go together, what comes out, in which unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from itertools import islice, product
from math import prod
from typing import Literal

from tieout.core.fact import Fact, Figure, point
from tieout.core.interval import Interval
from tieout.core.quantity import MULTIPLE, RATIO, Unit
from tieout.figures.format import is_currency

__all__ = ["Operation", "combinations", "compute", "distinct", "mixed", "unit_of", "vintages"]

Operation = Literal["ratio", "difference", "sum", "growth"]

FIRST, RECAST = "first reported", "recast"
PAIRS, MANY = 48, 12
"""How many combinations of vintages are computed: of two inputs, of more."""

_SEARCHED = 4096
_SPLIT = Decimal("1.4")
"""A recast by as much is a split: three for two is the smallest that is common, its figures rounded."""
_DOWN = Context(prec=34, rounding=ROUND_FLOOR)
_UP = Context(prec=34, rounding=ROUND_CEILING)
_ONE = Decimal(1)


def vintages(figure: Figure) -> frozenset[str]:
    """The vintages that went into a figure; none where nothing was ever revised."""
    return frozenset(part for part in figure.vintage.split(" / ") if part)


def mixed(figures: Iterable[Figure]) -> bool:
    """Whether a figure as first reported stands beside a recast one."""
    found = frozenset[str]().union(*(vintages(figure) for figure in figures))
    return FIRST in found and RECAST in found


def distinct(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts that say different things: of equal ones the weightiest, the earliest among those."""
    best: dict[tuple[object, str], Fact] = {}
    for fact in facts:
        key = (fact.quantity, fact.vintage)
        if key not in best or fact.weight > best[key].weight:
            best[key] = fact
    return tuple(best.values())


def combinations(inputs: Sequence[Sequence[Figure]]) -> list[tuple[Figure, ...]]:
    """One figure from each input, in every way that may be computed with; none where an input is empty.

    First reported never goes with recast: nobody printed what comes out. Nor do shares of before a split with
    those of after it. Like goes with like first (the
    first of each, the second of each); after 48 pairs, or 12 combinations of more inputs, no more.
    """
    count = prod(len(choices) for choices in inputs)
    if count <= _SEARCHED:
        ranks = sorted(
            product(*(range(len(choices)) for choices in inputs)),
            key=lambda rank: (max(rank) - min(rank), rank),
        )
    else:
        longest = max(len(choices) for choices in inputs)
        ranks = [tuple(min(i, len(choices) - 1) for choices in inputs) for i in range(longest)]
    every = (tuple(choices[i] for choices, i in zip(inputs, rank, strict=True)) for rank in ranks)
    pure = (chosen for chosen in every if not mixed(chosen) and not _across_split(chosen, inputs))
    return list(islice(pure, PAIRS if len(inputs) == 2 else MANY))


def _across_split(chosen: Sequence[Figure], inputs: Sequence[Sequence[Figure]]) -> bool:
    """Whether a figure of shares from before a split goes with one first told after it.

    A split shows in a figure of shares, or per share, whose recast value is another by a multiple: from the
    day of the recast on, what is first told counts the new shares.
    """
    for old, others in zip(chosen, inputs, strict=True):
        if not isinstance(old, Fact) or old.vintage != FIRST or "share" not in old.unit:
            continue
        split = [
            other.known
            for other in others
            if isinstance(other, Fact) and other.known and other.vintage == RECAST and _multiple(old, other)
        ]
        if split and any(
            isinstance(new, Fact) and new.measure != old.measure and new.known and new.known >= min(split)
            for new in chosen
        ):
            return True
    return False


def _multiple(one: Fact, other: Fact) -> bool:
    low, high = sorted((abs(one.quantity.value), abs(other.quantity.value)))
    return one.unit == other.unit and low > 0 and high >= low * _SPLIT


def compute(operation: Operation, figures: Sequence[Figure]) -> tuple[Decimal, Interval] | None:
    """The value from the values as printed, and the interval from their intervals; None over zero.

    Growth on a base that is negative, or may be zero, can be anything. Ends of quotients are rounded
    outwards.
    """
    points = [point(figure) for figure in figures]
    first = figures[0].interval
    if operation == "sum":
        whole = first
        for figure in figures[1:]:
            whole += figure.interval
        return sum(points[1:], points[0]), whole
    if operation == "difference":
        rest = first
        for figure in figures[1:]:
            rest -= figure.interval
        return points[0] - sum(points[2:], points[1]), rest
    if points[1] == 0:
        return None
    base = figures[1].interval
    if operation == "ratio":
        return points[0] / points[1], quotient(first, base)
    if base.low is None or base.low <= 0:
        return points[0] / points[1] - 1, Interval.everything()
    share = quotient(first, base)
    low = None if share.low is None else _DOWN.subtract(share.low, _ONE)
    high = None if share.high is None else _UP.subtract(share.high, _ONE)
    return points[0] / points[1] - 1, Interval(low, high)


def quotient(over: Interval, under: Interval) -> Interval:
    """The quotients of two intervals, ends rounded outwards; everything, where `under` may be zero.

    An open end of `over` stays open over a positive divisor that is bounded.
    """
    if under.low is None or under.high is None or under.low <= 0 <= under.high:
        return Interval.everything()
    if over.low is None or over.high is None:
        if under.low < 0:
            return Interval.everything()
        divisors = (under.low, under.high)
        low = None if over.low is None else min(_DOWN.divide(over.low, end) for end in divisors)
        high = None if over.high is None else max(_UP.divide(over.high, end) for end in divisors)
        return Interval(low, high)
    ends = [(a, b) for a in (over.low, over.high) for b in (under.low, under.high)]
    return Interval(min(_DOWN.divide(a, b) for a, b in ends), max(_UP.divide(a, b) for a, b in ends))


def unit_of(operation: Operation, figures: Sequence[Figure], declared: Unit | None = None) -> Unit | None:
    """The unit of the outcome; None where the inputs' units do not go together, or miss the declared one."""
    first, *others = (figure.unit for figure in figures)
    alike = all(unit == first for unit in others)
    if operation == "growth":
        found = RATIO if alike else None
    elif operation != "ratio":
        found = first if alike else None
    elif alike:
        found = MULTIPLE if declared == MULTIPLE else RATIO
    elif is_currency(first) and others == ["shares"]:
        found = f"{first}/share"
    else:
        found = f"{first}/{others[0]}" if "/" not in first + others[0] else None
    return found if declared is None or found == declared else None
