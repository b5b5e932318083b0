"""The rules that decide a claim by itself: time, staleness, comparisons, directions, the article's own arithmetic."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tieout.catalogue import Direction
from tieout.core.claim import Claim, Reading, Relation, Said
from tieout.core.fact import Fact, Figure, Weight
from tieout.core.finding import Finding, Verdict
from tieout.core.interval import Interval
from tieout.core.measure import Scenario
from tieout.core.period import Period
from tieout.ledger import Issue
from tieout.verify.context import Context
from tieout.verify.tie import Outcome, growth_measure, meets, printed, what_is_missing


def not_ended(claim: Claim, readings: Sequence[Reading], context: Context) -> bool:
    """Whether an actual figure is told of a period that had not ended when the article appeared, in every reading."""
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


def stale(claim: Claim, outcome: Outcome, context: Context) -> Outcome | None:
    """The issue that had superseded the one a claim ties with before the article appeared; None where none had."""
    subject = outcome.reading.subjects[0]
    if (
        subject.scenario is not Scenario.GUIDANCE
        or outcome.reading.issued == "previous"
        or outcome.issue is None
        or context.published is None
        or not isinstance(subject.period, Period)
        or claim.said is None
    ):
        return None
    issues = context.history.issues(subject.entity, subject.metric, subject.dimensions, subject.period)
    newer = [i for i in issues if i.known is not None and outcome.issue < i.known < context.published.first]
    if not newer:
        return None
    newest = newer[-1]
    if not _replaced(claim.said, newest) or max(f.weight for f in newest.facts) is Weight.SUPPORTS:
        return None
    best = max(newest.facts, key=lambda f: (f.quantity.bound in ("mid", "point"), f.primary))
    return replace(outcome, figure=best)


def _replaced(said: Said, newest: Issue) -> bool:
    """Whether what is said is not what the newer issue says: a range by its ends, a number by all of the issue."""
    ends = {f.quantity.bound: f.interval for f in newest.facts}
    if said.value_high is not None and said.interval.low is not None and "low" in ends and "high" in ends:
        slack = said.value - said.interval.low
        told = (Interval.around(said.value, slack), Interval.around(said.value_high, slack))
        return any(
            meets(one, other) is False for one, other in zip(told, (ends["low"], ends["high"]), strict=True)
        )
    hulls = [
        replace(f.quantity, bound="").interval()
        if f.quantity.bound in ("at_least", "up_to")
        else newest.interval
        for f in newest.facts
    ]
    return all(meets(printed(said).interval, hull) is False for hull in hulls)


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
    figure = left[0]
    if True in answers:
        return Outcome("ties", reading, figure)
    if (
        answers == {False}
        and min(max(f.weight for f in left), max(f.weight for f in right)) is Weight.REFUTES
    ):
        return Outcome("refuted", reading, figure)
    return Outcome("unknown", reading, figure, "more precise figures of both sides")


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
    growth = None if points else growth_measure(subject, base, context)
    figures: tuple[Figure, ...] = (
        context.figures.at(growth)
        if growth is not None
        else context.figures.change(subject, base, "points" if points else "relative")
    )
    told = tuple(f for f in figures if isinstance(f, Fact) and f.weight is Weight.REFUTES)
    figures = told or figures
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
    if all(a is False for a in answers) and heavy:
        return Outcome("refuted", reading, figures[0])
    return Outcome(
        "unknown", reading, figures[0], "a change outside the band in which the word is a matter of taste"
    )


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


def arithmetic_span(claim: Claim, context: Context) -> Finding | None:
    """The time between the article's own two dates, against the time it says lies between them."""
    if claim.relation is not Relation.SPAN or claim.said is None or not claim.readings:
        return None
    answers: list[tuple[bool, Decimal]] = []
    for reading in sure(claim):
        one, other = reading.subjects[0].period, reading.object.period if reading.object else None
        if not isinstance(one, Period) or not isinstance(other, Period):
            return None
        months = Decimal(abs(round((one.end - other.end).days / 30.4375)))
        unit = {"months": Decimal(1), "quarters": Decimal(3), "years": Decimal(12)}[
            claim.direction or "months"
        ]
        answers.append((abs(claim.said.value * unit - months) < Decimal("1.5"), months))
    if any(right for right, _ in answers):
        return Finding(
            "supported", Verdict.SUPPORTED, claim, "The two dates lie that far apart.", claim.readings[0]
        )
    months = answers[0][1]
    reading = claim.readings[0]
    subject, base = reading.subjects[0], reading.object
    names = f"{context.name(subject.entity, base.period if base else None)} and {context.name(subject.entity, subject.period)}"
    return Finding(
        "arithmetic.span",
        Verdict.CONTRADICTED,
        claim,
        f"Between {names} lie {months} months.",
        reading,
        correction=f"{months} months",
    )


def quarter_end(claim: Claim, context: Context) -> Finding | None:
    """The day a quarter is said to have ended, against the fiscal calendar.

    Wrong only where the day is the end of the same quarter of another year that had ended by then: a month's end is
    how some data pages round.
    """
    if claim.relation is not Relation.DATE or not claim.readings or claim.direction is None:
        return None
    reading = sure(claim)[0]
    subject = reading.subjects[0]
    year, month, day = (int(part) for part in claim.direction.split("-"))
    period = subject.period
    if not isinstance(period, Period):
        return None
    name = context.name(subject.entity, period)
    if (period.end.month, period.end.day) == (month, day) and year in (0, period.end.year):
        return Finding("supported", Verdict.SUPPORTED, claim, f"{name} ended on {period.end}.", reading)
    calendar = context.calendar(subject.entity)
    others = [
        p
        for n in (4, 8, 12)
        if (p := calendar.back(period, n)) is not None and (p.end.month, p.end.day) == (month, day)
    ]
    rounded = day >= monthrange(period.end.year, month)[1]
    if others and not rounded and year in (0, period.end.year):
        text = f"{name} ended on {period.end}; {others[0].end} was the end of {context.name(subject.entity, others[0])}."
        return Finding(
            "period.quarter_end", Verdict.WRONG_PERIOD, claim, text, reading, correction=str(period.end)
        )
    return Finding(
        "unverifiable",
        Verdict.UNVERIFIABLE,
        claim,
        f"{name} ended on {period.end}; the day told is near it.",
        reading,
        missing="the exact day that is meant",
    )


def arithmetic_change(claim: Claim, claims: Sequence[Claim]) -> tuple[bool, Claim, Claim] | None:
    """Whether a change agrees with the article's own two numbers in the same sentence; None where it has no such pair."""
    if (
        claim.change != "relative"
        or claim.said is None
        or not claim.readings
        or claim.readings[0].object is None
    ):
        return None
    mates = [
        c
        for c in claims
        if c.sentence == claim.sentence
        and c.relation is Relation.LEVEL
        and c.said is not None
        and c.readings
        and c is not claim
    ]
    subject, base = claim.readings[0].subjects[0], claim.readings[0].object
    ones = [c for c in mates if any(r.subjects[0] == subject and r.issued != "previous" for r in sure(c))]
    others = [c for c in mates if c not in ones and any(r.subjects[0] == base for r in sure(c))]
    answers: list[tuple[bool | None, Claim, Claim]] = []
    for one in ones:
        for other in others:
            if one.said is not None and other.said is not None:
                growth = one.said.interval / other.said.interval - Interval.point(Decimal(1))
                answers.append((meets(claim.said.interval, growth), one, other))
    for answer, one, other in answers:
        if answer:
            return True, one, other
    if (
        len(answers) == 1
        and answers[0][0] is False
        and all(len(sure(c)) == 1 for c in answers[0][1:])
        and not claim.loose
    ):
        return False, answers[0][1], answers[0][2]
    return None


def sure(claim: Claim) -> tuple[Reading, ...]:
    """The claim's readings without those that only cannot be ruled out."""
    return tuple(r for r in claim.readings if r.standing != "possible")


def on_the_ledgers_base(claim: Claim, claims: Sequence[Claim], context: Context) -> bool:
    """Whether a change ties when the article's own level is set on the base the ledger holds.

    It supports a growth of guidance or consensus that the article itself gives; it never refutes.
    """
    if claim.change != "relative" or claim.said is None:
        return False
    mates = [
        c
        for c in claims
        if c.sentence == claim.sentence and c.relation is Relation.LEVEL and c.said is not None
    ]
    for reading in claim.readings:
        base = reading.object
        if base is None or not isinstance(base.period, Period):
            continue
        for mate in mates:
            if mate.said is None or not any(r.subjects[0] == reading.subjects[0] for r in mate.readings):
                continue
            for figure in context.figures.at(base):
                growth = Interval.point(mate.said.value) / figure.interval - Interval.point(Decimal(1))
                if meets(claim.said.interval, growth) is True:
                    return True
    return False


def heaviest(figures: Sequence[Figure]) -> Weight:
    """The most any of these figures may do."""
    return max((f.weight for f in figures), default=Weight.SUPPORTS)
