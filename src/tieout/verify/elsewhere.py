"""Where else a number is true: other periods, other measures, and how far they lie from what was claimed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from tieout.core.claim import Claim, Reading, Relation, Said
from tieout.core.fact import Fact, Figure
from tieout.core.finding import Explanation, Kin, Verdict
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Period, PeriodRef
from tieout.figures.fiscal import PARTS
from tieout.verify.candidates import candidates
from tieout.verify.context import Context
from tieout.verify.meets import fits_closely, meets

A_YEAR = 4
"""Quarters in a year."""

DISTANCES = (A_YEAR, 1, 2, 3, 8)
"""Quarters between the two periods of a change, the usual ones first."""

SAME_LENGTH = 21
"""Days by which stretches of one length may differ."""

HALF_A_QUARTER = 46
"""Days between two balance dates that may be one quarter's."""

A_QUARTER = 110
"""Days under which a stretch is a quarter."""


def elsewhere(claim: Claim, reading: Reading, context: Context) -> Iterator[tuple[Figure, Period]]:
    """Figures of other periods that tie to what is said: levels, or changes with the base moved alike."""
    said, subject = claim.said, reading.subjects[0]
    if said is None or subject.scenario is not Scenario.ACTUAL:
        return
    if claim.relation in (Relation.LEVEL, Relation.COUNT) and claim.change is None:
        series = context.figures.series(subject.entity, subject.metric, subject.dimensions, subject.scenario)
        for period, figures in series:
            if period != subject.period:
                yield from first_tie(said, figures, period)
        for period in _near(subject, {period for period, _ in series}, context):
            yield from first_tie(said, context.figures.at(subject.at(period)), period)
    elif reading.object is not None and claim.change is not None:
        yield from _changes(claim, said, reading, reading.object, context)
    elif reading.object is not None and claim.relation is Relation.SHARE:
        yield from _shares(said, subject, reading.object, context)


def _near(subject: Measure, known: Collection[Period], context: Context) -> Iterator[Period]:
    """The parts of the year claimed and of the year before that lie more than a step from what is held."""
    calendar, period = context.calendar(subject.entity), subject.period
    part = calendar.part_of(period) if isinstance(period, Period) and not period.is_instant else None
    if part is not None and context.figures.reaches(subject):
        near = (calendar.period(year, each) for year in (part[0], part[0] - 1) for each in PARTS)
        yield from (each for each in near if each not in known and each != period)


def _changes(
    claim: Claim, said: Said, reading: Reading, base: Measure, context: Context
) -> Iterator[tuple[Figure, Period]]:
    subject = reading.subjects[0]
    quarters = distance(reading, context)
    if quarters is None or base.metric != subject.metric:
        return
    calendar = context.calendar(subject.entity)
    series = context.figures.series(subject.entity, subject.metric, subject.dimensions)
    stated = {4: f"{subject.metric}_yoy", 1: f"{subject.metric}_qoq"}.get(quarters)
    if stated is not None and claim.change == "relative":
        series = (*context.figures.series(subject.entity, stated, subject.dimensions), *series)
    known = dict.fromkeys(period for period, _ in series)
    for period in (*known, *_near(subject, known, context)):
        alike = same_length(period, subject.period) or (
            quarters == A_YEAR and ends_alike(period, subject.period)
        )
        other = calendar.back(period, quarters) if alike and period != subject.period else None
        if other is None:
            continue
        there = replace(base, period=other, dimensions=subject.dimensions, metric=subject.metric)
        moved = replace(reading, subjects=(subject.at(period),), object=there)
        yield from first_tie(said, candidates(claim, moved, context), period)


def _shares(
    said: Said, subject: Measure, whole: Measure, context: Context
) -> Iterator[tuple[Figure, Period]]:
    for period, _ in context.figures.series(subject.entity, subject.metric, subject.dimensions):
        if period != subject.period and same_length(period, subject.period):
            yield from first_tie(said, context.figures.ratio(subject.at(period), whole.at(period)), period)


def first_tie(said: Said, figures: Iterable[Figure], period: Period) -> Iterator[tuple[Figure, Period]]:
    """The first figure that ties, with its period; nothing where none does."""
    for figure in figures:
        if meets(said.interval, figure.interval) is True and fits_closely(said, figure):
            yield figure, period
            return


def by_another(
    claim: Claim, reading: Reading, context: Context, subject: Measure, code: str
) -> Iterator[Explanation]:
    """The explanations by another measure: at the period claimed, of a part or a whole at others too."""
    said = claim.said
    if said is None:
        return
    kind = context.catalogue.metric(subject.metric).kind
    subject = subject.at(_as_kind(subject, kind, context))
    if isinstance(subject.period, Period):
        found = _there(claim, reading, context, subject)
        for figure, where in first_tie(said, found, subject.period):
            yield explained(code, Verdict.WRONG_METRIC, figure, where, reading, context)
    if _kin(subject, reading.subjects[0]) != "part":
        return  # with many parts and periods some part's figure of some quarter always fits
    base = reading.object
    alike = None if base is None else replace(base, metric=subject.metric, dimensions=subject.dimensions)
    moved = replace(reading, subjects=(subject,), object=alike)
    for figure, where in elsewhere(claim, moved, context):
        if (
            same_length(where, reading.subjects[0].period)
            or kind not in ("flow", "balance")
            or _turned(where, reading, kind)
        ):
            yield explained(code, Verdict.WRONG_METRIC, figure, where, reading, context)


def _kin(one: Measure, other: Measure) -> Kin:
    """How one measure's part of the company stands to the other's."""
    mine, its = dict(one.dimensions), dict(other.dimensions)
    shared = dict(mine.items() & its.items())
    if shared in (mine, its):
        return "part"
    return "beside" if mine.keys() == its.keys() and len(shared) + 1 == len(mine) else "none"


def _as_kind(subject: Measure, kind: str, context: Context) -> PeriodRef | None:
    """The subject's period as a metric of that kind needs it: the balance's date, the flow's stretch."""
    period = subject.period
    if isinstance(period, Period):
        if kind == "balance" and not period.is_instant:
            return period.closing()
        if kind == "flow" and period.is_instant:
            calendar = context.calendar(subject.entity)
            part = calendar.part_of(period)
            return calendar.period(*part) if part else period
    return period


def _there(claim: Claim, reading: Reading, context: Context, subject: Measure) -> tuple[Figure, ...]:
    """The figures of another measure at the period claimed, a change's base as far back as before."""
    base = reading.object
    if base is None:
        return candidates(claim, replace(reading, subjects=(subject,)), context)
    quarters = distance(reading, context)
    if quarters is None or not isinstance(subject.period, Period):
        return ()
    other = context.calendar(subject.entity).back(subject.period, quarters)
    if other is None:
        return ()
    return candidates(claim, replace(reading, subjects=(subject,), object=subject.at(other)), context)


def _turned(where: Period, reading: Reading, kind: str) -> bool:
    """Whether a period of another length explains: one that ends alike, or the quarter a balance closes."""
    period = reading.subjects[0].period
    if ends_alike(where, period):
        return True
    if not isinstance(period, Period) or period.is_instant == (kind == "balance"):
        return False
    return where.is_instant or where.days < A_QUARTER


def distance(reading: Reading, context: Context) -> int | None:
    """How many quarters lie between a change's two periods; None where they are no usual pair."""
    subject, base = reading.subjects[0].period, reading.object.period if reading.object else None
    if not isinstance(subject, Period) or not isinstance(base, Period):
        return None
    calendar = context.calendar(reading.subjects[0].entity)
    return next((n for n in DISTANCES if calendar.back(subject, n) == base), None)


def same_length(one: Period, other: PeriodRef | None) -> bool:
    """Whether two periods are of a length; True where the other is not settled."""
    if not isinstance(other, Period):
        return True
    return one.is_instant == other.is_instant and abs(one.days - other.days) <= SAME_LENGTH


def ends_alike(one: Period, other: PeriodRef | None) -> bool:
    """Whether two periods end on one day: the quarter and the year it closes."""
    return isinstance(other, Period) and one.end == other.end


def overlap(one: Period, other: PeriodRef | None) -> bool:
    """Whether two periods share a day; True where the other is not settled."""
    if not isinstance(other, Period):
        return True
    return (one.start or one.end) <= other.end and (other.start or other.end) <= one.end


def shares_most(one: Period, other: Period) -> bool:
    """Whether two companies' periods share more than half of their days; balance dates lie as near."""
    if one.is_instant or other.is_instant:
        return abs((one.end - other.end).days) < HALF_A_QUARTER
    shared = (min(one.end, other.end) - max(one.start or one.end, other.start or other.end)).days + 1
    return shared * 2 > min(one.days, other.days)


def explained(
    code: str, verdict: Verdict, figure: Figure, period: Period, reading: Reading, context: Context
) -> Explanation:
    """The explanation that the number is true of this figure, there."""
    measure = figure.measure if isinstance(figure, Fact) else figure.measure.at(period)
    offset = _offset(context, reading.subjects[0], period)
    return Explanation(code, verdict, measure, figure, offset, kin=_kin(reading.subjects[0], measure))


def _offset(context: Context, subject: Measure, period: Period) -> int | None:
    """Signed quarters from the period claimed to another; None where either is irregular."""
    if not isinstance(subject.period, Period):
        return None
    calendar = context.calendar(subject.entity)
    one, other = calendar.part_of(subject.period), calendar.part_of(period)
    if one is None or other is None:
        return None
    if not (subject.period.is_instant or period.is_instant or same_length(period, subject.period)):
        return None
    quarter = {"Q1": 1, "Q2": 2, "Q3": 3, "Q4": 4, "H1": 2, "9M": 3, "H2": 4, "FY": 4}
    return (other[0] * 4 + quarter[other[1]]) - (one[0] * 4 + quarter[one[1]])
