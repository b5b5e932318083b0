"""Whether what is known ties to what is said, in one reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from tieout.catalogue import GROWTH
from tieout.core.claim import Claim, Reading, Relation, Said
from tieout.core.fact import Derived, Fact, Figure, Weight
from tieout.core.interval import Interval
from tieout.core.measure import Measure, Scenario
from tieout.core.period import AnyBalance, Period
from tieout.verify.context import Context

State = Literal["ties", "refuted", "weak", "unknown"]
"""`weak`: every held figure misses, but none may refute unless the number is explained elsewhere."""

CUT_DIGITS = 3
"""Digits a number must have to be taken for one cut off rather than rounded."""

COARSER = 10
"""A known interval this many times as wide as the said one may still tie: one digit coarser."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one reading came to: the figure that decided, what is missing, and notes that accuse nobody."""

    state: State
    reading: Reading
    figure: Figure | None = None
    missing: str = ""
    notes: tuple[str, ...] = ()
    issue: date | None = None


def meets(said: Interval, known: Interval) -> bool | None:
    """True: ties. False: refuted. None: the known value is too coarse to say."""
    if known.disjoint(said):
        return False
    if known.within(said):
        return True
    if _only_touch(said, known):
        return False
    if known.width is None or said.width is None:
        return None if known.width is None else True
    if known.width <= said.width * COARSER:
        return True
    return None


def _only_touch(said: Interval, known: Interval) -> bool:
    """Whether two intervals share nothing but an end: "$2.33" and a printed $2.32."""
    return (known.high is not None and known.high == said.low) or (
        known.low is not None and known.low == said.high
    )


def ties(said: Interval, figure: Figure) -> bool | None:
    """As `meets`; a figure printed as "more than" or "up to" also ties by the number printed."""
    answer = meets(said, figure.interval)
    if answer is not True and isinstance(figure, Fact) and figure.quantity.bound in ("at_least", "up_to"):
        printed = meets(said, replace(figure.quantity, bound="").interval())
        return True if printed else answer
    return answer


def fits_closely(said: Said | None, figure: Figure | None) -> bool:
    """Whether a figure ties without being much coarser than what is said; True where there is none."""
    if said is None or figure is None or said.interval.width is None:
        return True
    width = figure.interval.width
    return width is not None and width <= said.interval.width * 2


def truncated(said: Said, figure: Figure) -> bool:
    """Whether the number said is the known one with its last digits cut off: "$3.85 billion" for 3,856 million.

    Some wires do so. Asked only of unhedged numbers of three digits or more.
    """
    width = said.interval.width
    if (
        width is None
        or said.value_high is not None
        or said.figures < CUT_DIGITS
        or not width
        or said.interval != Interval.around(said.value, width / 2)
    ):
        return False
    edge = said.value + width if said.value >= 0 else said.value - width
    return figure.interval.within(Interval(min(said.value, edge), max(said.value, edge)))


def evaluate(claim: Claim, reading: Reading, context: Context) -> Outcome:
    """The outcome of one bound reading of a claim that says a number."""
    subject = reading.subjects[0]
    said = claim.said
    if said is None:
        return Outcome("unknown", reading, missing="a number")
    if not context.holds(subject.entity):
        return Outcome("unknown", reading, missing=f"facts about {subject.entity}")
    if subject.scenario is Scenario.CONSENSUS or context.catalogue.metric(subject.metric).kind == "market":
        return Outcome("unknown", reading, missing=_outside(subject))
    if (
        subject.scenario is Scenario.GUIDANCE
        and claim.change is None
        and claim.relation is not Relation.SHARE
    ):
        return guided(claim, reading, context)
    if subject.scenario is Scenario.GUIDANCE and claim.change == "relative":
        return guided_change(claim, reading, context)
    found = candidates(claim, reading, context)
    if context.catalogue.metric(subject.metric).kind == "specification":
        return decide(said, reading, found, context)
    if isinstance(subject.period, AnyBalance) and reading.object is None:
        return _any_date(said, reading, found, context)
    outcome = decide(said, reading, found, context)
    if claim.direction == "unsigned" and outcome.state in ("refuted", "weak"):
        return decide(replace(said, interval=-said.interval, value=-said.value), reading, found, context)
    return outcome


def candidates(claim: Claim, reading: Reading, context: Context) -> tuple[Figure, ...]:
    """The figures that answer this reading: reported, then computed, of every vintage."""
    figures = context.figures
    subject, other = reading.subjects[0], reading.object
    if claim.relation is Relation.SHARE and other is not None:
        return figures.ratio(subject, other) if _bound(subject, other) else ()
    if claim.relation is Relation.MULTIPLE and other is not None:
        return figures.ratio(subject, other) if _bound(subject, other) else ()
    if other is not None and claim.change is not None:
        if isinstance(other.period, AnyBalance) or isinstance(subject.period, AnyBalance):
            return ()
        growth = growth_measure(subject, other, context) if claim.change == "relative" else None
        if growth is not None:
            return figures.at(growth)
        return figures.change(subject, other, claim.change)
    if isinstance(subject.period, AnyBalance):
        first, last = context.window(subject.period)
        series = figures.series(subject.entity, subject.metric, subject.dimensions, subject.scenario)
        kind = context.catalogue.metric(subject.metric).kind
        if kind == "specification":
            held = context.history.facts(
                subject.entity, subject.metric, subject.dimensions, scenario=subject.scenario
            )
            return tuple(replace(f, quantity=replace(f.quantity, bound="", decimals=0)) for f in held)
        if kind == "statement":
            wanted = set(subject.dimensions)
            like = [
                d
                for m, d in sorted(context.history.metrics(subject.entity))
                if m == subject.metric and wanted <= set(d)
            ]
            return tuple(
                f
                for d in like
                for f in context.history.facts(subject.entity, subject.metric, d, scenario=subject.scenario)
                if isinstance(f.measure.period, Period)
                and first <= (f.measure.period.start or f.measure.period.end) <= last
            )
        started = (
            p.start if subject.scenario in (Scenario.POLICY, Scenario.TARGET) and p.start else p.end
            for p, _ in series
        )
        return tuple(
            f for (_, found), day in zip(series, started, strict=True) if first <= day <= last for f in found
        )
    return figures.at(subject)


def growth_measure(subject: Measure, base: Measure, context: Context) -> Measure | None:
    """The stated-growth measure (`revenue_yoy`) where base and subject are like periods a year or a quarter apart."""
    if (
        subject.metric != base.metric
        or subject.dimensions != base.dimensions
        or not isinstance(subject.period, Period)
    ):
        return None
    calendar = context.calendar(subject.entity)
    for quarters, suffix in ((4, GROWTH[0]), (1, GROWTH[1])):
        if calendar.back(subject.period, quarters) == base.period and subject.scenario is base.scenario:
            return Measure(
                subject.entity, subject.metric + suffix, subject.dimensions, subject.period, subject.scenario
            )
    return None


def decide(said: Said, reading: Reading, found: Sequence[Figure], context: Context) -> Outcome:
    """Ties if any figure does; refuted if every one that may speak misses and one of them may refute."""
    subject = reading.subjects[0]
    usable = [f for f in found if _unit_fits(f.unit, said.unit)]
    if not usable:
        return Outcome("unknown", reading, missing=what_is_missing(reading, context))
    told = [
        f
        for f in usable
        if isinstance(f, Fact) and f.measure.metric.endswith(GROWTH) and f.weight is not Weight.SUPPORTS
    ]
    if told and not any(ties(said.interval, f) for f in told):
        # the company's own stated growth misses: a computed one may tie only from inside what is said
        usable = [*told, *(f for f in usable if f not in told and f.interval.within(said.interval))]
    tied = [f for f in usable if ties(said.interval, f) is True]
    if tied:
        best = _best(tied, said)
        return Outcome("ties", reading, best, notes=_notes(best, usable, reading, context))
    facts = [f for f in usable if isinstance(f, Fact)]
    cut = next((f for f in usable if truncated(said, f)), None)
    if cut is not None:
        return Outcome(
            "ties",
            reading,
            cut,
            notes=("cut off rather than rounded", *_notes(cut, usable, reading, context)),
        )
    judged: Sequence[Figure] = [f for f in facts if f.weight is not Weight.SUPPORTS] or facts or usable
    if subject.metric.endswith(GROWTH) or reading.object is not None:
        judged = usable
    coarse = next((f for f in judged if ties(said.interval, f) is None), None)
    if coarse is not None:
        return Outcome(
            "unknown",
            reading,
            coarse,
            missing="a more precise source than the one held",
            notes=("coarse source: the known figure is too rounded to settle it",),
        )
    weight = max(f.weight for f in judged)
    strongest = _best([f for f in judged if f.weight is weight], said, missed=True)
    if weight is Weight.SUPPORTS:
        return Outcome(
            "unknown",
            reading,
            strongest,
            missing="a source that may refute: the one held is derived, undated, "
            "without a whole address or of low grade",
        )
    state: State = (
        "refuted" if weight is Weight.REFUTES and not _half_held(reading, judged, context) else "weak"
    )
    return Outcome(state, reading, strongest)


def _half_held(reading: Reading, judged: Iterable[Figure], context: Context) -> bool:
    """Whether a vintage is known to exist that the ledger does not hold: then only an explained number is wrong."""
    marks = {f.vintage for f in judged if isinstance(f, Fact)}
    if marks in ({"recast"}, {"first reported"}):
        return True
    for measure in (*reading.subjects, *([reading.object] if reading.object is not None else [])):
        if (
            isinstance(measure.period, Period)
            and measure.scenario is Scenario.ACTUAL
            and context.figures.recast_base_missing(measure)
        ):
            return True
    return False


def _any_date(said: Said, reading: Reading, found: Sequence[Figure], context: Context) -> Outcome:
    """An undated balance or a statement: ties with any date; refuted only if every date in the window is held."""
    subject = reading.subjects[0]
    outcome = decide(said, reading, found, context)
    if outcome.state not in ("refuted", "weak"):
        return outcome
    metric = context.catalogue.metric(subject.metric)
    if metric.kind != "balance":
        return (
            outcome
            if context.published is not None or metric.kind == "specification"
            else Outcome("unknown", reading, outcome.figure, "the article's date")
        )
    window = subject.period
    if not isinstance(window, AnyBalance) or window.first is None or window.last is None:
        return Outcome(
            "unknown", reading, outcome.figure, "the date of the balance, which the text does not say"
        )
    dated = [f for f in found if isinstance(f.measure.period, Period) and f.measure.period.end <= window.last]
    if dated:
        latest = max(
            dated,
            key=lambda f: (
                f.measure.period.end if isinstance(f.measure.period, Period) else date.min,
                isinstance(f, Fact),
                int(f.weight),
            ),
        )
        outcome = replace(outcome, figure=latest)
    held = {f.measure.period.end for f in found if isinstance(f.measure.period, Period)}
    calendar = context.calendar(subject.entity)
    reported = context.ledger.as_of(window.last).reported_through(subject.entity, "quarter")
    expected = [p.end for p in reported if window.first <= p.end <= window.last]
    gaps = [day for day in expected if day not in held]
    if gaps or not expected:
        label = calendar.label(Period.instant(gaps[0])) if gaps else "the year before publication"
        return Outcome("unknown", reading, outcome.figure, f"{metric.label} at the end of {label}")
    return outcome


# Guidance ----------------------------------------------------------------------------------------


def guided(claim: Claim, reading: Reading, context: Context) -> Outcome:
    """Against the issues of a guidance: the latest by publication, or an earlier one.

    Stale is decided by the rule of that name: here an issue superseded before publication ties, with its date.
    """
    subject = reading.subjects[0]
    said = claim.said
    if said is None or not isinstance(subject.period, Period):
        return Outcome("unknown", reading, missing=what_is_missing(reading, context))
    issues = context.history.issues(subject.entity, subject.metric, subject.dimensions, subject.period)
    if not issues:
        return Outcome("unknown", reading, missing=what_is_missing(reading, context))
    known = [
        i
        for i in issues
        if i.known is not None and (context.published is None or i.known <= context.published.last)
    ]
    if not known:
        return Outcome(
            "unknown",
            reading,
            missing=f"an issue of that guidance known by {context.published.last if context.published else 'then'}",
        )
    pool = known[:-1] if reading.issued == "previous" and len(known) > 1 else known
    tied = [(i, f) for i in pool for f in _issue_ties(said, i.facts, i.midpoint, i.interval)]
    if tied:
        issue, figure = tied[-1]
        return Outcome("ties", reading, figure, issue=issue.known)
    newest = pool[-1]
    figure = max(newest.facts, key=lambda f: (f.quantity.bound in ("mid", "point"), f.primary))
    if any(meets(said.interval, i.interval) is not False for i in issues):
        return Outcome("unknown", reading, figure, "which point of the guided range is meant")
    weights = [f.weight for f in newest.facts]
    if max(weights) is Weight.SUPPORTS:
        return Outcome("unknown", reading, figure, "a source that may refute")
    return Outcome("refuted" if max(weights) is Weight.REFUTES else "weak", reading, figure)


def guided_change(claim: Claim, reading: Reading, context: Context) -> Outcome:
    """Growth that a guidance implies: of its midpoint or an end on the known base; inside the range, abstain."""
    subject, base, said = reading.subjects[0], reading.object, claim.said
    if base is None or said is None or not _bound(subject, base):
        return Outcome("unknown", reading, missing=what_is_missing(reading, context))
    found = candidates(claim, reading, context)
    tied = [f for f in found if ties(said.interval, f) is True]
    if tied:
        return Outcome("ties", reading, tied[0])
    issues = [
        i
        for i in context.history.issues(
            subject.entity,
            subject.metric,
            subject.dimensions,
            subject.period if isinstance(subject.period, Period) else None,
        )
        if i.known is not None and (context.published is None or i.known <= context.published.last)
    ]
    bases = context.figures.at(base)
    one = Interval.point(Decimal(1))
    answers: list[bool | None] = []
    for issue in issues:
        for figure in bases:
            if (
                issue.midpoint is not None
                and meets(said.interval, Interval.point(issue.midpoint) / figure.interval - one) is True
            ):
                return Outcome(
                    "ties", reading, issue.facts[-1], notes=(f"computed from the issue of {issue.known}",)
                )
            answers.append(meets(said.interval, issue.interval / figure.interval - one))
    if not answers or any(a is not False for a in answers):
        return Outcome(
            "unknown", reading, found[0] if found else None, missing=what_is_missing(reading, context)
        )
    weight = min(max(f.weight for i in issues for f in i.facts), max(f.weight for f in bases))
    if weight is Weight.SUPPORTS:
        return Outcome("unknown", reading, found[0] if found else None, "a source that may refute")
    newest = max(found, key=lambda f: f.known or date.min) if found else None
    return Outcome("refuted" if weight is Weight.REFUTES else "weak", reading, newest)


def printed(said: Said) -> Said:
    """The number itself of one told as a floor: guidance of "at least $36 billion" is not that of at least 40."""
    if said.interval.high is not None or said.interval.low is None:
        return said
    return replace(said, interval=Interval.around(said.value, abs(said.value - said.interval.low)))


def _issue_ties(said: Said, facts: Sequence[Fact], midpoint: Decimal | None, hull: Interval) -> list[Fact]:
    """The fact of an issue that the said number or range gives back: an end, the midpoint, both ends."""
    low = next((f for f in facts if f.quantity.bound == "low"), None)
    high = next((f for f in facts if f.quantity.bound == "high"), None)
    if said.value_high is not None:
        if (
            low is not None
            and high is not None
            and meets(said.interval, low.interval) is True
            and meets(said.interval, high.interval) is True
            and low.interval.low is not None
            and said.interval.low is not None
        ):
            edges = (abs(low.quantity.value - said.value), abs(high.quantity.value - said.value_high))
            slack = (said.interval.high or Decimal(0)) - said.value_high
            return [low] if max(edges) <= slack else []
        return []
    said = printed(said)
    found = [f for f in facts if ties(said.interval, f) is True]
    if found:
        return sorted(found, key=lambda f: f.quantity.bound in ("mid", "point", ""), reverse=True)
    if midpoint is not None and said.interval.holds(midpoint) and low is not None:
        return [low]
    return []


# Small things ------------------------------------------------------------------------------------


def _bound(*measures: Measure) -> bool:
    return all(isinstance(m.period, Period) or m.period is None for m in measures)


def _unit_fits(known: str, said: str) -> bool:
    same = {"ratio": "ratio", "x": "x", "percent": "ratio"}
    if known == said:
        return True
    if {known, said} <= {"ratio", "x"}:
        return True
    if said == "count":
        return known in ("count", "shares")
    return same.get(known, known) == same.get(said, said)


def _best(figures: Sequence[Figure], said: Said, *, missed: bool = False) -> Figure:
    """Reported before computed, primary before secondary, heavier first, earliest known first; nearest when missed."""

    def order(figure: Figure) -> tuple[bool, bool, int, date]:
        return (
            isinstance(figure, Derived),
            not figure.primary,
            -int(figure.weight),
            figure.known or date.max,
        )

    del said, missed
    return min(figures, key=order)


def _notes(figure: Figure, usable: Sequence[Figure], reading: Reading, context: Context) -> tuple[str, ...]:
    notes: list[str] = []
    later = [f for f in usable if isinstance(f, Fact) and f.vintage == "recast"]
    if isinstance(figure, Fact) and figure.vintage == "first reported" and later:
        notes.append(f"another vintage: true as first reported, recast on {later[-1].known}")
    if figure.weight is Weight.SUPPORTS:
        notes.append(
            "coarse source: the figure held is derived, or its document has no whole address or date"
        )
    subject = reading.subjects[0]
    metric = context.catalogue.metric(subject.metric)
    if subject.metric == "market_size":
        notes.append("the company's own estimate of its market, not a fact about the market")
    if (
        metric.unit == "x"
        and isinstance(figure, Derived)
        and any(i.interval.high is not None and i.interval.high < 0 for i in figure.inputs)
    ):
        notes.append("not meaningful: a ratio to negative equity says nothing of leverage")
    if subject.metric == "capital_return_share_of_adjusted_fcf":
        notes.append("adjusted measure: the policy is on adjusted free cash flow")
    if context.published is not None and figure.known is not None and figure.known > context.published.last:
        notes.append("the document held is later than the article; the one the article had is not held")
    return tuple(notes)


def what_is_missing(reading: Reading, context: Context) -> str:
    """What would settle the reading, in words."""
    subject = reading.subjects[0]
    metric = context.catalogue.metric(subject.metric)
    members = " ".join(member for _, member in subject.dimensions)
    told = f"{metric.label}{f' of {members}' if members else ''} for {context.name(subject.entity, subject.period)}"
    if subject.scenario is not Scenario.ACTUAL:
        told += f" ({subject.scenario})"
    if reading.object is not None:
        base = reading.object
        told += f", and {context.catalogue.metric(base.metric).label} for {context.name(base.entity, base.period)}"
    return told


def _outside(subject: Measure) -> str:
    if subject.scenario is Scenario.CONSENSUS:
        return "the consensus of a named provider on that date"
    return "market data of that provider and date"
