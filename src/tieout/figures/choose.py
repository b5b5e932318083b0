"""Which figures stand for a measure, among the many ways it can be computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from tieout.core.fact import Derived, Fact, Figure, Weight
from tieout.core.measure import Measure
from tieout.core.period import Period
from tieout.figures.combine import vintages

__all__ = ["joined", "misses", "one_sided", "strange", "tightest", "unlike", "uses"]


def one_sided(figures: Sequence[Figure]) -> bool:
    """Whether nothing is there, or nothing but figures of one marked vintage."""
    kinds = {vintages(figure) for figure in figures}
    return len(kinds) == 0 or (len(kinds) == 1 and bool(next(iter(kinds))))


def unlike(figures: Iterable[Derived], held: Sequence[Figure]) -> tuple[Derived, ...]:
    """The computed figures of vintages not held yet; of equal ones the weightiest."""
    kinds = {vintages(figure) for figure in held}
    best: dict[tuple[object, ...], Derived] = {}
    for figure in figures:
        key = (figure.value, figure.interval, figure.unit, figure.vintage)
        if vintages(figure) not in kinds and (key not in best or figure.weight > best[key].weight):
            best[key] = figure
    return tuple(best.values())


def tightest(figures: Iterable[Derived]) -> tuple[Derived, ...]:
    """One figure for each vintage: the weightiest, of those the one with the narrowest interval."""
    best: dict[str, tuple[int, bool, Decimal, Derived]] = {}
    for figure in figures:
        width = figure.interval.width
        rank = (-figure.weight, width is None, Decimal(0) if width is None else width)
        if figure.vintage not in best or rank < best[figure.vintage][:3]:
            best[figure.vintage] = (*rank, figure)
    return tuple(found[3] for found in best.values())


def strange(figure: Derived, held: Sequence[Fact]) -> bool:
    """Whether a sum or difference mixes marked and unmarked parts and misses all that is reported."""
    marked = [bool(leaf.vintage) for leaf in _leaves(figure)]
    return (
        any(marked)
        and not all(marked)
        and bool(held)
        and all(figure.interval.disjoint(fact.interval) for fact in held)
    )


def misses(computed: Iterable[Derived], held: Sequence[Fact]) -> bool:
    """Whether a computed figure lies beside every reported one of its vintage, of those that may refute."""
    for figure in computed:
        alike = [
            fact for fact in held if fact.weight > Weight.SUPPORTS and vintages(fact) == vintages(figure)
        ]
        if alike and all(figure.interval.disjoint(fact.interval) for fact in alike):
            return True
    return False


def uses(figure: Figure, measure: Measure) -> bool:
    """Whether `measure` itself went into the figure."""
    return isinstance(figure, Derived) and any(
        part.measure == measure or uses(part, measure) for part in figure.inputs
    )


def _leaves(figure: Figure) -> Iterator[Fact]:
    if isinstance(figure, Fact):
        yield figure
        return
    for part in figure.inputs:
        yield from _leaves(part)


def joined(measures: tuple[Measure, ...]) -> Measure:
    """The measure of a total: the first, with what differs joined."""
    first = measures[0]
    metrics = dict.fromkeys(measure.metric for measure in measures)
    axes = dict.fromkeys(axis for measure in measures for axis, _ in measure.dimensions)
    members = {
        axis: dict.fromkeys(dict(measure.dimensions).get(axis, "") for measure in measures) for axis in axes
    }
    spans = [measure.period for measure in measures if isinstance(measure.period, Period)]
    starts = [span.start for span in spans if span.start is not None]
    period = first.period
    if len(spans) == len(starts) == len(measures):
        period = Period(min(starts), max(span.end for span in spans))
    return replace(
        first,
        metric=" + ".join(metrics),
        period=period,
        dimensions=tuple((axis, " + ".join(filter(None, names))) for axis, names in sorted(members.items())),
    )
