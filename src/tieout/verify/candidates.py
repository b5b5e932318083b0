"""The figures held that answer a reading."""

from __future__ import annotations

from dataclasses import replace

from tieout.catalogue import GROWTH
from tieout.core.claim import Change, Claim, Reading, Relation
from tieout.core.fact import Derived, Figure, point
from tieout.core.measure import Measure, Scenario
from tieout.core.period import AnyBalance, Period
from tieout.core.quantity import MULTIPLE, RATIO
from tieout.verify.context import Context

AT_LEAST = "at least "
"""How the formula of a floor begins."""


def candidates(claim: Claim, reading: Reading, context: Context) -> tuple[Figure, ...]:
    """The figures that answer this reading: reported, then computed, of every vintage."""
    subject, other = reading.subjects[0], reading.object
    if len(reading.subjects) > 1:
        return context.figures.total(reading.subjects) if bound(*reading.subjects) else ()
    if other is not None and claim.relation in (Relation.SHARE, Relation.MULTIPLE):
        found = context.figures.ratio(subject, other) if bound(subject, other) else ()
        times = claim.relation is Relation.MULTIPLE
        return tuple(replace(f, unit=MULTIPLE) for f in found if f.unit == RATIO) if times else found
    if other is not None and claim.change is not None:
        return _changes(subject, other, claim.change, context)
    if isinstance(subject.period, AnyBalance):
        return _of_any_date(subject, subject.period, context)
    return context.figures.at(subject)


def at_least(subject: Measure, context: Context) -> tuple[Figure, ...]:
    """What a measure that is not held cannot lie below: the figures of what it contains, open above."""
    part = context.catalogue.metric(subject.metric).at_least
    contained = replace(subject, metric=part)
    if not part or not bound(subject) or context.figures.recast_base_missing(contained):
        return ()
    return tuple(
        Derived(subject, replace(f.interval, high=None), point(f), f.unit, f"{AT_LEAST}{part}", (f,))
        for f in context.figures.at(contained)
    )


def bound(*measures: Measure) -> bool:
    """Whether each has a period of its own, or needs none."""
    return all(isinstance(m.period, Period) or m.period is None for m in measures)


def growth_measure(subject: Measure, base: Measure, context: Context) -> Measure | None:
    """The stated-growth measure (`revenue_yoy`); None but for like periods a year or a quarter apart."""
    if (
        subject.entity != base.entity
        or subject.metric != base.metric
        or subject.dimensions != base.dimensions
        or subject.scenario is not base.scenario
        or not isinstance(subject.period, Period)
    ):
        return None
    calendar = context.calendar(subject.entity)
    for quarters, suffix in ((4, GROWTH[0]), (1, GROWTH[1])):
        if calendar.back(subject.period, quarters) == base.period:
            return replace(subject, metric=subject.metric + suffix)
    return None


def _changes(subject: Measure, base: Measure, change: Change, context: Context) -> tuple[Figure, ...]:
    if isinstance(base.period, AnyBalance) or isinstance(subject.period, AnyBalance):
        return ()
    growth = growth_measure(subject, base, context) if change == "relative" else None
    return context.figures.change(subject, base, change) if growth is None else context.figures.at(growth)


def _of_any_date(subject: Measure, window: AnyBalance, context: Context) -> tuple[Figure, ...]:
    kind = context.catalogue.metric(subject.metric).kind
    if kind == "specification":
        return _specified(subject, context)
    if kind == "statement":
        return _stated(subject, window, context)
    first, last = context.window(window)
    by_start = subject.scenario in (Scenario.POLICY, Scenario.TARGET)
    series = context.figures.series(subject.entity, subject.metric, subject.dimensions, subject.scenario)
    return tuple(
        figure
        for period, figures in series
        if first <= (period.start if by_start and period.start else period.end) <= last
        for figure in figures
    )


def _specified(subject: Measure, context: Context) -> tuple[Figure, ...]:
    """A product's properties as printed: "up to 192" is told as 192."""
    held = context.history.facts(
        subject.entity, subject.metric, subject.dimensions, scenario=subject.scenario
    )
    return tuple(replace(f, quantity=replace(f.quantity, bound="", decimals=0)) for f in held)


def _stated(subject: Measure, window: AnyBalance, context: Context) -> tuple[Figure, ...]:
    """What was announced in the window, of the subject's members and of any narrower ones."""
    first, last = context.window(window)
    wanted = set(subject.dimensions)
    like = [
        dimensions
        for metric, dimensions in sorted(context.history.metrics(subject.entity))
        if metric == subject.metric and wanted <= set(dimensions)
    ]
    return tuple(
        fact
        for dimensions in like
        for fact in context.history.facts(
            subject.entity, subject.metric, dimensions, scenario=subject.scenario
        )
        if isinstance(fact.measure.period, Period)
        and first <= (fact.measure.period.start or fact.measure.period.end) <= last
    )
