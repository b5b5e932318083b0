"""Where a refuted number came from. One function per rule; an explanation never refutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from tieout.core.claim import Claim, Reading, Relation, Said
from tieout.core.fact import Fact, Figure
from tieout.core.finding import Explanation, Verdict
from tieout.core.interval import Interval
from tieout.core.measure import Dimensions, Measure, Scenario
from tieout.core.period import Period
from tieout.verify.context import Context
from tieout.verify.tie import candidates, fits_closely, growth_measure, meets

Rule = Callable[[Claim, Reading, Context], Iterable[Explanation]]

ON_THE_CALL = "_at_call_date"
"""How the metric of a balance on the day of a call is named after the metric itself."""

NEAREST_YEARS = 20
"""How many quarters away a period may lie and still explain a number: five years."""


def period_mixup(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is true of the same metric in another period of the same length (or another balance date)."""
    for figure, period in _elsewhere(claim, reading, context, reading.subjects[0]):
        if _same_length(period, reading.subjects[0].period):
            yield _explained("period.mixup", Verdict.WRONG_PERIOD, figure, period, reading, context)


def period_cumulative(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is true of a longer or shorter stretch: a half-year told as the quarter, a quarter as the year."""
    for figure, period in _elsewhere(claim, reading, context, reading.subjects[0]):
        if not _same_length(period, reading.subjects[0].period) and _overlap(period, reading.subjects[0].period):
            yield _explained("period.cumulative", Verdict.WRONG_PERIOD, figure, period, reading, context)


def metric_basis(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is true on the other basis: GAAP told as non-GAAP, or the reverse."""
    yield from _of_siblings(claim, reading, context, "metric.basis")


def metric_shares(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is true per basic share where diluted was said, or the reverse."""
    yield from _of_siblings(claim, reading, context, "metric.shares")


def metric_sibling(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is true of a metric it is confused with: orders told as backlog, cash as cash and investments."""
    yield from _of_siblings(claim, reading, context, "metric.sibling")


def metric_segment(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is true of another part of the company: a line told as its segment, a segment as the company."""
    subject = reading.subjects[0]
    special = context.catalogue.metric(subject.metric).kind == "specification"
    held = sorted(context.history.metrics(subject.entity))
    growth = (
        growth_measure(subject, reading.object, context)
        if reading.object is not None and claim.change == "relative"
        else None
    )
    names = {subject.metric} if growth is None else {subject.metric, growth.metric}
    others: dict[Dimensions, None] = dict.fromkeys(
        d for m, d in held if m in names and d != subject.dimensions
    )
    for dimensions in others:
        if special:
            for fact in context.history.facts(
                subject.entity, subject.metric, dimensions, scenario=subject.scenario
            ):
                if claim.said is not None and claim.said.value == fact.quantity.value:
                    yield Explanation("metric.other_product", Verdict.CONTRADICTED, fact.measure, fact, 0)
            continue
        yield from _moved(claim, reading, context, replace(subject, dimensions=dimensions), "metric.segment")


def level_as_change(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is a level told as a change: "a $455 billion surge" where the total reached that."""
    if claim.change != "amount" or claim.said is None:
        return
    size = claim.said.interval if claim.said.value >= 0 else -claim.said.interval
    for figure in context.figures.at(reading.subjects[0]):
        if meets(size, figure.interval) is True:
            yield Explanation("metric.level_as_change", Verdict.WRONG_METRIC, figure.measure, figure, 0)
            return


def scale_thousandfold(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is off by a power of a thousand: millions told as billions."""
    if (
        claim.said is None
        or claim.said.unit not in ("USD", "count", "shares")
        or claim.said.interval.width is None
    ):
        return
    for power, told in (
        (3, "a factor of a thousand"),
        (-3, "a factor of a thousand"),
        (6, "a factor of a million"),
        (-6, "a factor of a million"),
    ):
        factor = Decimal(10) ** power
        for figure in _ties_as(claim, reading, context, claim.said.interval.scaled(factor)):
            yield Explanation("scale.thousandfold", Verdict.WRONG_SCALE, figure.measure, figure, 0, told)


def scale_percent(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is percent told as points, or basis points a hundredfold off."""
    if claim.said is None or claim.said.unit != "ratio" or claim.said.interval.width is None:
        return
    for power in (2, -2) if claim.said.figures > 1 else ():
        for figure in _ties_as(claim, reading, context, claim.said.interval.scaled(Decimal(10) ** power)):
            yield Explanation(
                "scale.percent", Verdict.WRONG_SCALE, figure.measure, figure, 0, "a hundredfold"
            )
    other = {"relative": "points", "points": "relative"}.get(claim.change or "")
    if (
        other
        and reading.object is not None
        and context.catalogue.metric(reading.subjects[0].metric).unit == "ratio"
    ):
        told = context.figures.change(
            reading.subjects[0], reading.object, "points" if other == "points" else "relative"
        )
        for figure in told:
            if meets(claim.said.interval, figure.interval) is True:
                yield Explanation(
                    "scale.percent",
                    Verdict.WRONG_SCALE,
                    figure.measure,
                    figure,
                    0,
                    f"{other} told as {claim.change}",
                )
                return


def scale_sign(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is right but for its sign: a fall told as a rise."""
    if claim.said is None or claim.said.interval.holds(Decimal(0)) or claim.said.interval.width is None:
        return
    for figure in _ties_as(claim, reading, context, -claim.said.interval):
        yield Explanation("scale.sign", Verdict.WRONG_SCALE, figure.measure, figure, 0, "the sign")


def growth_base(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The growth is true on another base: the quarter before told as the year before, or the reverse."""
    subject, base = reading.subjects[0], reading.object
    if claim.change is None or base is None or claim.said is None or not isinstance(subject.period, Period):
        return
    calendar = context.calendar(subject.entity)
    for quarters in (4, 1, 2, 3, 8):
        other = calendar.back(subject.period, quarters)
        if other is None or other == base.period:
            continue
        for figure in candidates(claim, replace(reading, object=base.at(other)), context):
            if meets(claim.said.interval, figure.interval) is True:
                yield Explanation(
                    "growth.base",
                    Verdict.CONTRADICTED,
                    subject,
                    figure,
                    None,
                    context.name(subject.entity, other),
                )
                break


def guidance_elsewhere(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The number is true of guidance for another period or another measure."""
    subject, said = reading.subjects[0], claim.said
    if subject.scenario is not Scenario.GUIDANCE or said is None:
        return
    for fact in context.history.facts(
        subject.entity, subject.metric, subject.dimensions, scenario=Scenario.GUIDANCE
    ):
        if (
            fact.measure.period != subject.period
            and meets(said.interval, fact.interval) is True
            and isinstance(fact.measure.period, Period)
        ):
            yield _explained(
                "period.mixup", Verdict.WRONG_PERIOD, fact, fact.measure.period, reading, context
            )
    for period, figures in context.figures.series(subject.entity, subject.metric, subject.dimensions):
        if _same_length(period, subject.period):
            for figure, where in _first_tie(said, figures, period):
                yield _explained("period.mixup", Verdict.WRONG_PERIOD, figure, where, reading, context)
    for metric in context.catalogue.siblings(subject.metric):
        for fact in context.history.facts(
            subject.entity, metric, subject.dimensions, scenario=Scenario.GUIDANCE
        ):
            if fact.measure.period == subject.period and meets(said.interval, fact.interval) is True:
                yield Explanation(
                    _sibling_code(subject.metric, metric, context),
                    Verdict.WRONG_METRIC,
                    fact.measure,
                    fact,
                    0,
                )


# Searching ---------------------------------------------------------------------------------------


def _elsewhere(
    claim: Claim, reading: Reading, context: Context, subject: Measure
) -> Iterator[tuple[Figure, Period]]:
    """Figures of other periods that tie to what is said: levels, or changes with the base moved alike."""
    said = claim.said
    if said is None or subject.scenario not in (Scenario.ACTUAL,):
        return
    if claim.relation in (Relation.LEVEL, Relation.COUNT) and claim.change is None:
        for period, figures in context.figures.series(
            subject.entity, subject.metric, subject.dimensions, subject.scenario
        ):
            if period != subject.period:
                yield from _first_tie(said, figures, period)
    elif claim.change is not None and reading.object is not None:
        yield from _changes_elsewhere(claim, reading, context, subject)
    elif claim.relation is Relation.SHARE and reading.object is not None:
        yield from _shares_elsewhere(said, reading, context, subject)


def _changes_elsewhere(
    claim: Claim, reading: Reading, context: Context, subject: Measure
) -> Iterator[tuple[Figure, Period]]:
    said, base = claim.said, reading.object
    if said is None or base is None:
        return
    calendar = context.calendar(subject.entity)
    distance = _distance(context, reading)
    if distance is None or base.metric != reading.subjects[0].metric:
        return
    series = context.figures.series(subject.entity, subject.metric, subject.dimensions)
    stated = (
        context.figures.series(
            subject.entity, f"{subject.metric}{'_yoy' if distance == 4 else '_qoq'}", subject.dimensions
        )
        if distance in (1, 4) and claim.change == "relative"
        else ()
    )
    periods = dict.fromkeys([*(p for p, _ in stated), *(p for p, _ in series)])
    for period in periods:
        other = calendar.back(period, distance)
        alike = _same_length(period, subject.period)
        within = distance == 4 and isinstance(subject.period, Period) and period.end == subject.period.end
        if other is None or period == subject.period or not (alike or within):
            continue
        moved = replace(
            reading,
            subjects=(subject.at(period),),
            object=replace(base, period=other, dimensions=subject.dimensions, metric=subject.metric),
        )
        yield from _first_tie(said, candidates(claim, moved, context), period)


def _shares_elsewhere(
    said: Said, reading: Reading, context: Context, subject: Measure
) -> Iterator[tuple[Figure, Period]]:
    whole = reading.object
    if whole is None:
        return
    for period, _ in context.figures.series(subject.entity, subject.metric, subject.dimensions):
        if period != subject.period and _same_length(period, subject.period):
            yield from _first_tie(said, context.figures.ratio(subject.at(period), whole.at(period)), period)


def _first_tie(said: Said, figures: Iterable[Figure], period: Period) -> Iterator[tuple[Figure, Period]]:
    for figure in figures:
        if meets(said.interval, figure.interval) is True and fits_closely(said, figure):
            yield figure, period
            return


def _of_siblings(claim: Claim, reading: Reading, context: Context, code: str) -> Iterator[Explanation]:
    subject = reading.subjects[0]
    if code == "metric.sibling":
        yield from _on_the_call(claim, reading, context)
    for metric in context.catalogue.siblings(subject.metric):
        if metric.endswith(ON_THE_CALL):
            continue
        if _sibling_code(subject.metric, metric, context) != code:
            continue
        for dimensions in dict.fromkeys((subject.dimensions, ())):
            yield from _moved(
                claim, reading, context, replace(subject, metric=metric, dimensions=dimensions), code
            )


def _on_the_call(claim: Claim, reading: Reading, context: Context) -> Iterator[Explanation]:
    """The balance of the day of a call, told of a quarter's end: the same measure on another day."""
    subject, said = reading.subjects[0], claim.said
    key = subject.metric + ON_THE_CALL
    if said is None or key not in context.catalogue.metrics:
        return
    for period, figures in context.figures.series(subject.entity, key, subject.dimensions):
        for figure, _ in _first_tie(said, figures, period):
            yield Explanation("period.mixup", Verdict.WRONG_PERIOD, figure.measure, figure)


def _moved(
    claim: Claim, reading: Reading, context: Context, subject: Measure, code: str
) -> Iterator[Explanation]:
    """The explanations by another measure: at the period claimed, else at others."""
    said = claim.said
    if said is None:
        return
    period = subject.period
    kind = context.catalogue.metric(subject.metric).kind
    if isinstance(period, Period):
        if kind == "balance" and not period.is_instant:
            period = period.closing()
        elif kind == "flow" and period.is_instant:
            part = context.calendar(subject.entity).part_of(period)
            period = context.calendar(subject.entity).period(*part) if part else period
        there = subject.at(period)
        base = reading.object
        if base is not None and isinstance(base.period, Period):
            distance = _distance(context, reading)
            other = context.calendar(subject.entity).back(period, distance) if distance is not None else None
            moved = replace(reading, subjects=(there,), object=there.at(other) if other is not None else None)
            found = candidates(claim, moved, context) if other is not None else ()
        else:
            found = candidates(claim, replace(reading, subjects=(there,)), context) if base is None else ()
        for figure, where in _first_tie(said, found, period):
            yield _explained(code, Verdict.WRONG_METRIC, figure, where, reading, context)
    base = reading.object
    alike = None if base is None else replace(base, metric=subject.metric, dimensions=subject.dimensions)
    for figure, where in _elsewhere(
        claim, replace(reading, subjects=(subject.at(period),), object=alike), context, subject.at(period)
    ):
        if (
            not _same_length(where, reading.subjects[0].period)
            and kind in ("flow", "balance")
            and not _turned(where, reading, kind)
        ):
            continue
        yield _explained(code, Verdict.WRONG_METRIC, figure, where, reading, context)


def _turned(where: Period, reading: Reading, kind: str) -> bool:
    """Whether a flow explains a balance (or the reverse) over the quarter that the balance closes."""
    period = reading.subjects[0].period
    if isinstance(period, Period) and where.end == period.end:
        return True
    if not isinstance(period, Period) or period.is_instant == (kind == "balance"):
        return False
    return where.is_instant or where.days < 110


def _ties_as(claim: Claim, reading: Reading, context: Context, wanted: Interval) -> Iterator[Figure]:
    for figure in candidates(claim, reading, context):
        if meets(wanted, figure.interval) is True:
            yield figure
            return


def _distance(context: Context, reading: Reading) -> int | None:
    """How many quarters lie between a change's two periods."""
    subject, base = reading.subjects[0].period, reading.object.period if reading.object else None
    if not isinstance(subject, Period) or not isinstance(base, Period):
        return None
    calendar = context.calendar(reading.subjects[0].entity)
    return next((n for n in (4, 1, 2, 3, 8) if calendar.back(subject, n) == base), None)


def _overlap(one: Period, other: object) -> bool:
    """Whether two stretches share a day; a balance date shares its own."""
    if not isinstance(other, Period):
        return True
    return (one.start or one.end) <= other.end and (other.start or other.end) <= one.end


def _same_length(one: Period, other: object) -> bool:
    if not isinstance(other, Period):
        return True
    return one.is_instant == other.is_instant and abs(one.days - other.days) <= 21


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


def _explained(
    code: str, verdict: Verdict, figure: Figure, period: Period, reading: Reading, context: Context
) -> Explanation:
    subject = reading.subjects[0]
    measure = figure.measure if isinstance(figure, Fact) else figure.measure.at(period)
    mine, its = set(subject.dimensions), set(measure.dimensions)
    return Explanation(
        code, verdict, measure, figure, offset(context, subject, period), related=mine <= its or its <= mine
    )


def offset(context: Context, subject: Measure, period: Period) -> int | None:
    """Signed quarters from the period claimed to another; None where either is irregular."""
    if not isinstance(subject.period, Period):
        return None
    calendar = context.calendar(subject.entity)
    one, other = calendar.part_of(subject.period), calendar.part_of(period)
    if (
        one is None
        or other is None
        or not (subject.period.is_instant or period.is_instant or _same_length(period, subject.period))
    ):
        return None
    quarter = {"Q1": 1, "Q2": 2, "Q3": 3, "Q4": 4, "H1": 2, "9M": 3, "H2": 4, "FY": 4}
    return (other[0] * 4 + quarter[other[1]]) - (one[0] * 4 + quarter[one[1]])


EXPLAINERS: tuple[Rule, ...] = (
    period_mixup,
    period_cumulative,
    metric_basis,
    metric_shares,
    metric_sibling,
    metric_segment,
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
        for rule in EXPLAINERS:
            for explanation in rule(claim, reading, context):
                if explanation.offset is not None and abs(explanation.offset) > NEAREST_YEARS:
                    continue
                if not context.knowable(explanation.figure):
                    continue
                found.setdefault((explanation.code, explanation.measure), explanation)
    return tuple(found.values())
