"""Where a refuted number came from. One function per rule; an explanation never refutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from tieout.core.claim import Change, Claim, Reading
from tieout.core.fact import Figure
from tieout.core.finding import Explanation, Verdict
from tieout.core.interval import Interval
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Period
from tieout.verify.candidates import candidates, growth_measure
from tieout.verify.context import Context
from tieout.verify.elsewhere import (
    DISTANCES,
    by_another,
    distance,
    elsewhere,
    explained,
    first_tie,
    overlap,
    same_length,
    shares_most,
)
from tieout.verify.meets import meets

Rule = Callable[[Claim, Reading, Context], Iterable[Explanation]]

ON_THE_CALL = "_at_call_date"
"""How the metric of a balance on the day of a call is named after the metric itself."""

NEAREST_YEARS = 20
"""How many quarters away a period may lie and still explain a number: five years."""


def period_mixup(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is true of the same metric in another period of the same length, or at another date."""
    for figure, period in elsewhere(claim, reading, context):
        if same_length(period, reading.subjects[0].period):
            yield explained("period.mixup", Verdict.WRONG_PERIOD, figure, period, reading, context)


def period_cumulative(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is true of a longer or shorter stretch: a half-year's told as the quarter's."""
    for figure, period in elsewhere(claim, reading, context):
        claimed = reading.subjects[0].period
        if not same_length(period, claimed) and overlap(period, claimed):
            yield explained("period.cumulative", Verdict.WRONG_PERIOD, figure, period, reading, context)


def metric_basis(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is true on the other basis: GAAP told as non-GAAP, or the reverse."""
    yield from _of_siblings(claim, reading, context, "metric.basis")


def metric_shares(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is true per basic share where diluted was said, or the reverse."""
    yield from _of_siblings(claim, reading, context, "metric.shares")


def metric_sibling(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is true of a metric it is confused with: orders told as backlog, cash as liquidity."""
    yield from _of_siblings(claim, reading, context, "metric.sibling")


def metric_segment(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is true of another part of the company: a line, a segment, the company as a whole."""
    subject = reading.subjects[0]
    special = context.catalogue.metric(subject.metric).kind == "specification"
    growth = (
        growth_measure(subject, reading.object, context)
        if reading.object is not None and claim.change == "relative"
        else None
    )
    formulas = context.catalogue.metric(subject.metric).formulas
    names = {subject.metric, *(part for formula in formulas for part in formula.inputs)}
    names |= set() if growth is None else {growth.metric}
    held = sorted(context.history.metrics(subject.entity))
    others = dict.fromkeys(d for m, d in held if m in names and d != subject.dimensions)
    for dimensions in others:
        other = replace(subject, dimensions=dimensions)
        if special:
            yield from _of_other_product(claim, other, context)
        else:
            yield from by_another(claim, reading, context, other, "metric.segment")


def _of_other_product(claim: Claim, other: Measure, context: Context) -> Iterator[Explanation]:
    for fact in context.history.facts(other.entity, other.metric, other.dimensions, scenario=other.scenario):
        if claim.said is not None and claim.said.value == fact.quantity.value:
            yield Explanation("metric.other_product", Verdict.CONTRADICTED, fact.measure, fact, 0)


def company_mixup(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is another company's, of the same metric in a period that overlaps: HPE's told as Dell's."""
    subject, base = reading.subjects[0], reading.object
    if claim.said is None or not isinstance(subject.period, Period) or subject.dimensions:
        return
    quarters = None if base is None else distance(reading, context)
    if base is not None and (quarters is None or claim.change is None):
        return
    for other in context.companies:
        if other == subject.entity or not context.holds(other):
            continue
        calendar = context.calendar(other)
        for period, figures in context.figures.series(other, subject.metric):
            if not same_length(period, subject.period) or not shares_most(period, subject.period):
                continue
            there = replace(subject, entity=other, period=period)
            found = figures
            if quarters is not None:
                before = calendar.back(period, quarters)
                moved = replace(reading, subjects=(there,), object=there.at(before))
                found = () if before is None else candidates(claim, moved, context)
            for figure, where in first_tie(claim.said, found, period):
                measure = there.at(where)
                yield Explanation("company.mixup", Verdict.WRONG_METRIC, measure, figure, 0)


def level_as_change(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is a level told as a change: "a $455 billion surge" where the total reached that."""
    if claim.change != "amount" or claim.said is None:
        return
    size = claim.said.interval if claim.said.value >= 0 else -claim.said.interval
    for figure in _first(size, context.figures.at(reading.subjects[0])):
        yield Explanation("metric.level_as_change", Verdict.WRONG_METRIC, figure.measure, figure, 0)


def scale_thousandfold(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is off by a power of a thousand: millions told as billions."""
    said = claim.said
    if said is None or said.unit not in ("USD", "count", "shares") or said.interval.width is None:
        return
    for power in (3, -3, 6, -6):
        told = f"a factor of a {'thousand' if abs(power) == 3 else 'million'}"
        wanted = said.interval.scaled(Decimal(10) ** power)
        for figure in _first(wanted, candidates(claim, reading, context)):
            yield Explanation("scale.thousandfold", Verdict.WRONG_SCALE, figure.measure, figure, 0, told)


def scale_percent(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is percent told as points, or basis points a hundredfold off."""
    said = claim.said
    if said is None or said.unit != "ratio" or said.interval.width is None:
        return
    code, verdict = "scale.percent", Verdict.WRONG_SCALE
    for power in (2, -2) if said.figures > 1 else ():
        wanted = said.interval.scaled(Decimal(10) ** power)
        for figure in _first(wanted, candidates(claim, reading, context)):
            yield Explanation(code, verdict, figure.measure, figure, 0, "a hundredfold")
    swapped: dict[Change, Change] = {"relative": "points", "points": "relative"}
    other = swapped.get(claim.change) if claim.change is not None else None
    subject, base = reading.subjects[0], reading.object
    if other is None or base is None or context.catalogue.metric(subject.metric).unit != "ratio":
        return
    for figure in _first(said.interval, context.figures.change(subject, base, other)):
        told = (
            "the unit: percent told as points" if other == "relative" else "the unit: points told as percent"
        )
        yield Explanation(code, verdict, figure.measure, figure, 0, told)


def scale_sign(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is right but for its sign: a fall told as a rise."""
    said = claim.said
    if said is None or said.interval.holds(Decimal(0)) or said.interval.width is None:
        return
    for figure in _first(-said.interval, candidates(claim, reading, context)):
        yield Explanation("scale.sign", Verdict.WRONG_SCALE, figure.measure, figure, 0, "the sign")


def growth_base(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The growth is true on another base: the quarter before told as the year before, or the reverse."""
    subject, base = reading.subjects[0], reading.object
    if claim.change is None or base is None or claim.said is None or not isinstance(subject.period, Period):
        return
    calendar = context.calendar(subject.entity)
    for quarters in DISTANCES:
        other = calendar.back(subject.period, quarters)
        if other is None or other == base.period:
            continue
        name = context.name(subject.entity, other)
        found = candidates(claim, replace(reading, object=base.at(other)), context)
        for figure in _first(claim.said.interval, found):
            yield Explanation("growth.base", Verdict.CONTRADICTED, subject, figure, None, name)


def guidance_elsewhere(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is true of guidance for another period or measure, or of an actual figure."""
    subject, said = reading.subjects[0], claim.said
    if subject.scenario is not Scenario.GUIDANCE or said is None:
        return
    for metric in (subject.metric, *context.catalogue.siblings(subject.metric)):
        for fact in context.history.facts(
            subject.entity, metric, subject.dimensions, scenario=Scenario.GUIDANCE
        ):
            if meets(said.interval, fact.interval) is not True:
                continue
            period = fact.measure.period
            if metric != subject.metric:
                if period == subject.period:
                    code = _sibling_code(subject.metric, metric, context)
                    yield Explanation(code, Verdict.WRONG_METRIC, fact.measure, fact, 0)
            elif period != subject.period and isinstance(period, Period):
                yield explained("period.mixup", Verdict.WRONG_PERIOD, fact, period, reading, context)
    for period, figures in context.figures.series(subject.entity, subject.metric, subject.dimensions):
        if same_length(period, subject.period):
            for figure, where in first_tie(said, figures, period):
                yield explained("period.mixup", Verdict.WRONG_PERIOD, figure, where, reading, context)


def period_of_call(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is the balance of the day of an earnings call, told of a quarter's end."""
    subject, said = reading.subjects[0], claim.said
    key = subject.metric + ON_THE_CALL
    if said is None or key not in context.catalogue.metrics:
        return
    for period, figures in context.figures.series(subject.entity, key, subject.dimensions):
        for figure, _ in first_tie(said, figures, period):
            yield Explanation("period.mixup", Verdict.WRONG_PERIOD, figure.measure, figure)


def _of_siblings(claim: Claim, reading: Reading, context: Context, code: str) -> Iterator[Explanation]:
    subject = reading.subjects[0]
    for metric in context.catalogue.siblings(subject.metric):
        if metric.endswith(ON_THE_CALL) or _sibling_code(subject.metric, metric, context) != code:
            continue
        for dimensions in dict.fromkeys((subject.dimensions, ())):
            other = replace(subject, metric=metric, dimensions=dimensions)
            yield from by_another(claim, reading, context, other, code)


def _sibling_code(metric: str, other: str, context: Context) -> str:
    mine, its = context.catalogue.metric(metric).tags, context.catalogue.metric(other).tags
    if (
        ("GAAP" in mine and "non-GAAP" in its)
        or ("non-GAAP" in mine and ({"GAAP", "plain"} & its))
        or ("plain" in mine and "non-GAAP" in its)
    ):
        return "metric.basis"
    if {"basic", "diluted"} <= (mine | its) and mine != its and ("basic" in mine) != ("basic" in its):
        return "metric.shares"
    return "metric.sibling"


def _first(wanted: Interval, figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The first figure that ties; empty where none does."""
    found = next((figure for figure in figures if meets(wanted, figure.interval) is True), None)
    return () if found is None else (found,)


EXPLAINERS: tuple[Rule, ...] = (
    period_mixup,
    period_cumulative,
    period_of_call,
    metric_basis,
    metric_shares,
    metric_sibling,
    metric_segment,
    company_mixup,
    level_as_change,
    scale_thousandfold,
    scale_percent,
    scale_sign,
    growth_base,
    guidance_elsewhere,
)


def explanations(claim: Claim, readings: Iterable[Reading], context: Context) -> tuple[Explanation, ...]:
    """Every explanation of a refuted number over its readings, each place once."""
    found: dict[tuple[str, Measure], Explanation] = {}
    if claim.said is None or claim.said.interval.width is None:
        return ()  # too much is true of "more than"
    for reading in readings:
        if len(reading.entities) > 1:
            continue  # of a number told of two companies at once nothing says which it was taken from
        for rule in EXPLAINERS:
            for explanation in rule(claim, reading, context):
                if explanation.offset is not None and abs(explanation.offset) > NEAREST_YEARS:
                    continue
                if not context.knowable(explanation.figure):
                    continue
                found.setdefault((explanation.code, explanation.measure), explanation)
    return tuple(found.values())
