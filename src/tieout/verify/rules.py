"""The rules that decide a claim by themselves: time, comparisons, directions, the ends of quarters."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from decimal import Decimal

from tieout.catalogue import Direction
from tieout.core.claim import Claim, Reading, Relation
from tieout.core.fact import Fact, Figure, Weight
from tieout.core.finding import Finding, Verdict
from tieout.core.interval import Interval
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Period
from tieout.verify.candidates import growth_measure
from tieout.verify.context import Context
from tieout.verify.outcome import Outcome, what_is_missing


def not_ended(claim: Claim, readings: Sequence[Reading], context: Context) -> bool:
    """Whether an actual figure is told, in every reading, of a period that had not ended by publication."""
    if context.published is None or claim.said is None or claim.change is not None or not readings:
        return False
    return all(
        subject.scenario is Scenario.ACTUAL
        and isinstance(subject.period, Period)
        and subject.period.end > context.published.last
        and context.catalogue.metric(subject.metric).kind in ("flow", "balance")
        for reading in readings
        for subject in reading.subjects
    )


def comparison(claim: Claim, reading: Reading, context: Context) -> Outcome:
    """Whether one side exceeds (or falls below) the other, by what is known of both."""
    other = reading.object
    if other is None or not all(isinstance(m.period, Period) for m in (reading.subjects[0], other)):
        return Outcome("unknown", reading, missing="the periods of both sides of the comparison")
    left, right = context.figures.at(reading.subjects[0]), context.figures.at(other)
    if not left or not right:
        return Outcome("unknown", reading, missing=what_is_missing(reading, context))
    sign = 1 if claim.direction == "exceeds" else -1
    answers = {_exceeds(a.interval, b.interval, sign) for a in left for b in right}
    figure = _between(reading, left, other, context)
    if True in answers:
        return Outcome("ties", reading, figure)
    weight = min(max(f.weight for f in left), max(f.weight for f in right))
    if answers == {False} and weight is Weight.REFUTES:
        return Outcome("refuted", reading, figure)
    missing = "a stronger source" if answers == {False} else "more precise figures"
    return Outcome("unknown", reading, figure, f"{missing} of both sides")


def _between(reading: Reading, left: Sequence[Figure], other: Measure, context: Context) -> Figure:
    """The figure that shows a comparison: of two companies what lies between them, else the first side's."""
    if len(reading.entities) == 1:
        return left[0]
    return next(iter(context.figures.difference(reading.subjects[0], other)), left[0])


def _exceeds(left: Interval, right: Interval, sign: int) -> bool | None:
    difference = (left - right).scaled(Decimal(sign))
    if difference.low is not None and difference.low > 0:
        return True
    if difference.high is not None and difference.high <= 0:
        return False
    return None


def direction(claim: Claim, reading: Reading, context: Context) -> Outcome:
    """Whether the change was in the direction's true band, in its false band, or between them."""
    bands = context.catalogue.directions.get(claim.direction or "")
    subject, base = reading.subjects[0], reading.object
    if (
        bands is None
        or base is None
        or not isinstance(subject.period, Period)
        or not isinstance(base.period, Period)
    ):
        return Outcome("unknown", reading, missing="the two periods of the change")
    points = context.catalogue.metric(subject.metric).unit == "ratio"
    figures = _changes(subject, base, points, context)
    if not figures:
        return Outcome("unknown", reading, missing=what_is_missing(reading, context))
    answers = [_in_band(f.interval, bands, points) for f in figures]
    if True in answers:
        return Outcome("ties", reading, figures[answers.index(True)])
    heavy = max(f.weight for f in figures) is Weight.REFUTES and not context.figures.recast_base_missing(base)
    if points and not heavy:
        pairs = [(a, b) for a in context.figures.at(subject) for b in context.figures.at(base)]
        answers += [_in_band(a.interval - b.interval, bands, points) for a, b in pairs]
        heavy = any(min(a.weight, b.weight) is Weight.REFUTES for a, b in pairs)
    if heavy and all(answer is False for answer in answers):
        return Outcome("refuted", reading, figures[0])
    missing = "a change outside the band in which the word is a matter of taste"
    return Outcome("unknown", reading, figures[0], missing)


def _changes(subject: Measure, base: Measure, points: bool, context: Context) -> tuple[Figure, ...]:
    """The change between the two; the company's own stated growth alone, where it may refute."""
    growth = None if points else growth_measure(subject, base, context)
    figures: tuple[Figure, ...] = (
        context.figures.at(growth)
        if growth is not None
        else context.figures.change(subject, base, "points" if points else "relative")
    )
    return tuple(f for f in figures if isinstance(f, Fact) and f.weight is Weight.REFUTES) or figures


def _in_band(change: Interval, bands: Direction, points: bool) -> bool | None:
    true_from = bands.true_from_points if points else bands.true_from
    false_below = bands.false_below_points if points else bands.false_below
    if change.low is None or change.high is None:
        return None
    if bands.sign == 0:
        if max(abs(change.low), abs(change.high)) <= true_from:
            return True
        nearest = Decimal(0) if change.low <= 0 <= change.high else min(abs(change.low), abs(change.high))
        return False if nearest >= false_below else None
    signed = change if bands.sign > 0 else -change
    low, high = signed.low, signed.high
    if low is None or high is None:
        return None
    if low > true_from or (true_from > 0 and low >= true_from):
        return True
    return False if high < false_below else None


def quarter_end(claim: Claim, context: Context) -> Finding | None:
    """The day a quarter is said to have ended, against the fiscal calendar.

    Wrong only where the day is the end of the same quarter of another year that had ended by then: a
    month's end is how some data pages round.
    """
    if claim.relation is not Relation.DATE or not claim.readings or claim.direction is None:
        return None
    reading = claim.sure[0]
    subject = reading.subjects[0]
    period = subject.period
    if not isinstance(period, Period):
        return None
    year, month, day = (int(part) for part in claim.direction.split("-"))
    name = context.name(subject.entity, period)
    ended = f"{name} ended on {period.end}"
    this_year = year in (0, period.end.year)
    if this_year and _same_day(period, month, day):
        return Finding("supported", Verdict.SUPPORTED, claim, f"{ended}.", reading)
    calendar = context.calendar(subject.entity)
    back = (calendar.back(period, quarters) for quarters in (4, 8, 12))
    other = next((p for p in back if p is not None and _same_day(p, month, day)), None)
    rounded = day >= monthrange(period.end.year, month)[1]
    if other is not None and this_year and not rounded:
        text = f"{ended}; {other.end} was the end of {context.name(subject.entity, other)}."
        return Finding(
            "period.quarter_end", Verdict.WRONG_PERIOD, claim, text, reading, correction=str(period.end)
        )
    text = f"{ended}; the day told is near it."
    missing = "the exact day that is meant"
    return Finding("unverifiable", Verdict.UNVERIFIABLE, claim, text, reading, missing=missing)


def _same_day(period: Period, month: int, day: int) -> bool:
    return (period.end.month, period.end.day) == (month, day)
