"""The article's own arithmetic: its dates, its numbers, and its number on the ledger's base."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tieout.core.claim import Claim, Relation
from tieout.core.finding import Finding, Verdict
from tieout.core.interval import Interval
from tieout.core.period import Period
from tieout.verify.context import Context
from tieout.verify.evaluate import evaluate
from tieout.verify.meets import meets

ONE = Interval.point(Decimal(1))
DAYS_A_MONTH = 30.4375
MONTHS = {"months": 1, "quarters": 3, "years": 12}


def arithmetic_span(claim: Claim, context: Context) -> Finding | None:
    """The time between the article's own two dates, against the time it says lies between them."""
    if claim.relation is not Relation.SPAN or claim.said is None or not claim.readings:
        return None
    told = claim.said.value * MONTHS[claim.direction or "months"]
    known: list[int] = []
    for reading in claim.sure:
        one, other = reading.subjects[0].period, reading.object.period if reading.object else None
        if not isinstance(one, Period) or not isinstance(other, Period):
            return None
        known.append(abs(round((one.end - other.end).days / DAYS_A_MONTH)))
    reading = claim.readings[0]
    if any(abs(told - months) < Decimal("1.5") for months in known):
        return Finding("supported", Verdict.SUPPORTED, claim, "The two dates lie that far apart.", reading)
    subject, base = reading.subjects[0], reading.object
    first = context.name(subject.entity, base.period if base else None)
    last = context.name(subject.entity, subject.period)
    return Finding(
        "arithmetic.span",
        Verdict.CONTRADICTED,
        claim,
        f"Between {first} and {last} lie {known[0]} months.",
        reading,
        correction=f"{known[0]} months",
    )


def arithmetic_change(claim: Claim, claims: Sequence[Claim], context: Context) -> bool | None:
    """Whether a change agrees with the two numbers of its own sentence; None where it has no such pair.

    None too where one of the two is itself wrong: then the error is that number's, not the change's.
    """
    if (
        claim.change != "relative"
        or claim.said is None
        or not claim.readings
        or claim.readings[0].object is None
    ):
        return None
    mates = [c for c in _levels(claim, claims) if c.readings and c is not claim]
    subject, base = claim.readings[0].subjects[0], claim.readings[0].object
    ones = [c for c in mates if any(r.subjects[0] == subject and r.issued != "previous" for r in c.sure)]
    others = [c for c in mates if c not in ones and any(r.subjects[0] == base for r in c.sure)]
    answers = [
        (meets(claim.said.interval, one.said.interval / other.said.interval - ONE), one, other)
        for one in ones
        for other in others
        if one.said is not None and other.said is not None
    ]
    if any(answer for answer, _, _ in answers):
        return True
    if len(answers) == 1 and not claim.loose:
        answer, one, other = answers[0]
        firm = not (one.loose or other.loose) and not _refuted(one, context) and not _refuted(other, context)
        if answer is False and firm and len(one.sure) == len(other.sure) == 1:
            return False
    return None


def _refuted(level: Claim, context: Context) -> bool:
    """Whether the ledger holds another figure for a level in every reading its words tell."""
    found = [
        evaluate(level, bound, context)
        for reading in level.readings
        if reading.standing in ("said", "open")
        for bound in context.bind(reading)
    ]
    return bool(found) and all(outcome.state == "refuted" for outcome in found)


def on_the_ledgers_base(claim: Claim, claims: Sequence[Claim], context: Context) -> bool:
    """Whether a change ties when the article's own level is set on the base the ledger holds.

    It supports a growth of guidance or consensus that the article itself gives; it never refutes.
    """
    if claim.change != "relative" or claim.said is None:
        return False
    for reading in claim.sure:
        base = reading.object
        if base is None or not isinstance(base.period, Period):
            continue
        if reading.entities != claim.readings[0].entities:
            continue  # of another company only in case the words meant that one
        for mate in _levels(claim, claims):
            if mate.said is None or not any(r.subjects[0] == reading.subjects[0] for r in mate.readings):
                continue
            level = Interval.point(mate.said.value)
            if any(
                meets(claim.said.interval, level / figure.interval - ONE) is True
                for figure in context.figures.at(base)
            ):
                return True
    return False


def _levels(claim: Claim, claims: Sequence[Claim]) -> list[Claim]:
    """The levels told in the claim's sentence."""
    return [
        c
        for c in claims
        if c.sentence == claim.sentence and c.relation is Relation.LEVEL and c.said is not None
    ]
