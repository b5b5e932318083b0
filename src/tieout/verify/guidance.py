"""Numbers told of guidance, against its issues: which tie, which are wrong, which are stale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tieout.core.claim import Claim, Reading, Said
from tieout.core.fact import Fact, Figure, Weight
from tieout.core.interval import Interval
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Period
from tieout.ledger import Issue
from tieout.verify.candidates import bound, candidates
from tieout.verify.context import Context
from tieout.verify.meets import meets, printed, ties
from tieout.verify.outcome import Outcome, what_is_missing


def guided(claim: Claim, reading: Reading, context: Context) -> Outcome:
    """Against the issues of a guidance: the latest by publication, or an earlier one.

    Stale is decided by the rule of that name: an issue superseded by publication ties here, with its date.
    """
    subject, said = reading.subjects[0], claim.said
    if said is None or not isinstance(subject.period, Period):
        return Outcome("unknown", reading, missing=what_is_missing(reading, context))
    issues = _issues(subject, context)
    if not issues:
        return Outcome("unknown", reading, missing=what_is_missing(reading, context))
    known = _known(issues, context)
    if not known:
        then = context.published.last if context.published else "then"
        return Outcome("unknown", reading, missing=f"an issue of that guidance known by {then}")
    pool = known[:-1] if reading.issued == "previous" and len(known) > 1 else known
    tied = [(issue, fact) for issue in pool for fact in _issue_ties(said, issue)]
    if tied:
        issue, figure = tied[-1]
        return Outcome("ties", reading, figure, issue=issue.known)
    newest = pool[-1]
    figure = _plainest(newest)
    if any(meets(said.interval, issue.interval) is not False for issue in issues):
        return Outcome("unknown", reading, figure, "which point of the guided range is meant")
    return _refuted(reading, max(f.weight for f in newest.facts), figure)


def guided_change(claim: Claim, reading: Reading, context: Context) -> Outcome:
    """Growth that a guidance implies, on the known base: of its midpoint or an end; in between, abstain."""
    subject, base, said = reading.subjects[0], reading.object, claim.said
    if base is None or said is None or not bound(subject, base):
        return Outcome("unknown", reading, missing=what_is_missing(reading, context))
    found = candidates(claim, reading, context)
    tied = next((f for f in found if ties(said.interval, f) is True), None)
    if tied is not None:
        return Outcome("ties", reading, tied)
    issues = _known(_issues(subject, context), context)
    bases = context.figures.at(base)
    one = Interval.point(Decimal(1))
    answers: list[bool | None] = []
    for issue in issues:
        for figure in bases:
            if (
                issue.midpoint is not None
                and meets(said.interval, Interval.point(issue.midpoint) / figure.interval - one) is True
            ):
                notes = (f"computed from the issue of {issue.known}",)
                return Outcome("ties", reading, issue.facts[-1], notes=notes)
            answers.append(meets(said.interval, issue.interval / figure.interval - one))
    first = found[0] if found else None
    if not answers or any(a is not False for a in answers):
        return Outcome("unknown", reading, first, missing=what_is_missing(reading, context))
    weight = min(max(f.weight for i in issues for f in i.facts), max(f.weight for f in bases))
    newest = max(found, key=lambda f: f.known or date.min) if found else None
    return _refuted(reading, weight, first if weight is Weight.SUPPORTS else newest)


def stale(claim: Claim, outcome: Outcome, context: Context) -> Fact | None:
    """The guidance that by publication had superseded the one a claim ties with; None where none had.

    Its source may be too weak to call the older one stale; the claim is then left open.
    """
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
    newer = [
        issue
        for issue in _issues(subject, context)
        if issue.known is not None and outcome.issue < issue.known < context.published.first
    ]
    if not newer:
        return None
    newest = newer[-1]
    return _plainest(newest) if _replaced(claim.said, newest) else None


def _issues(subject: Measure, context: Context) -> Sequence[Issue]:
    period = subject.period if isinstance(subject.period, Period) else None
    return context.history.issues(subject.entity, subject.metric, subject.dimensions, period)


def _known(issues: Sequence[Issue], context: Context) -> list[Issue]:
    """The issues known by the article's last day."""
    last = context.published.last if context.published is not None else date.max
    return [issue for issue in issues if issue.known is not None and issue.known <= last]


def _plainest(issue: Issue) -> Fact:
    """The fact that gives the issue in one number, where one does."""
    strong = max(fact.weight for fact in issue.facts)
    return max(
        (fact for fact in issue.facts if fact.weight is strong),
        key=lambda f: (f.quantity.bound in ("mid", "point"), f.primary),
    )


def _refuted(reading: Reading, weight: Weight, figure: Figure | None) -> Outcome:
    if weight is Weight.SUPPORTS:
        return Outcome("unknown", reading, figure, "a source that may refute")
    return Outcome("refuted" if weight is Weight.REFUTES else "weak", reading, figure)


def _issue_ties(said: Said, issue: Issue) -> list[Fact]:
    """The fact of an issue that the said number or range gives back: an end, the midpoint, both ends."""
    low = next((f for f in issue.facts if f.quantity.bound == "low"), None)
    high = next((f for f in issue.facts if f.quantity.bound == "high"), None)
    if said.value_high is not None:
        both = low is not None and high is not None and _same_range(said, said.value_high, low, high)
        return [low] if low is not None and both else []
    said = printed(said)
    found = [f for f in issue.facts if ties(said.interval, f) is True]
    if found:
        return sorted(found, key=lambda f: f.quantity.bound in ("mid", "point", ""), reverse=True)
    if issue.midpoint is not None and said.interval.holds(issue.midpoint) and low is not None:
        return [low]
    return []


def _same_range(said: Said, upper: Decimal, low: Fact, high: Fact) -> bool:
    """Whether the range said has the ends of the range issued."""
    if (
        meets(said.interval, low.interval) is not True
        or meets(said.interval, high.interval) is not True
        or low.interval.low is None
        or said.interval.low is None
    ):
        return False
    slack = (said.interval.high or Decimal(0)) - upper
    return max(abs(low.quantity.value - said.value), abs(high.quantity.value - upper)) <= slack


def _replaced(said: Said, newest: Issue) -> bool:
    """Whether the newer issue says otherwise: a range by its ends, a number by all of the issue."""
    ends = {f.quantity.bound: f.interval for f in newest.facts}
    if said.value_high is not None and said.interval.low is not None and "low" in ends and "high" in ends:
        slack = said.value - said.interval.low
        lower, upper = Interval.around(said.value, slack), Interval.around(said.value_high, slack)
        return meets(lower, ends["low"]) is False or meets(upper, ends["high"]) is False
    hulls = [
        replace(f.quantity, bound="").interval()
        if f.quantity.bound in ("at_least", "up_to")
        else newest.interval
        for f in newest.facts
    ]
    return all(meets(printed(said).interval, hull) is False for hull in hulls)
