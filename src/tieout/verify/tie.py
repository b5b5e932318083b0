"""Whether the figures held tie to what is said, in one reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tieout.catalogue import GROWTH
from tieout.core.claim import Reading, Said
from tieout.core.fact import Derived, Fact, Figure, Weight
from tieout.core.measure import Scenario
from tieout.core.period import AnyBalance, Period
from tieout.verify.context import Context
from tieout.verify.meets import ties, truncated
from tieout.verify.outcome import Outcome, what_is_missing


def decide(said: Said, reading: Reading, found: Sequence[Figure], context: Context) -> Outcome:
    """Ties if any figure does; refuted if every one that may speak misses and one of them may refute."""
    usable = _usable(said, found)
    if not usable:
        return Outcome("unknown", reading, missing=what_is_missing(reading, context))
    tied = [f for f in usable if ties(said.interval, f) is True]
    if tied:
        best = _best(tied)
        return Outcome("ties", reading, best, notes=_notes(best, usable, reading, context))
    cut = next((f for f in usable if truncated(said, f)), None)
    if cut is not None:
        notes = ("cut off rather than rounded", *_notes(cut, usable, reading, context))
        return Outcome("ties", reading, cut, notes=notes)
    return _missed(said, reading, usable, context)


def _usable(said: Said, found: Sequence[Figure]) -> list[Figure]:
    """The figures of a fitting unit.

    Where the company's own stated growth misses, a computed one may tie only from inside what is said.
    """
    usable = [f for f in found if _unit_fits(f.unit, said.unit)]
    told = [
        f
        for f in usable
        if isinstance(f, Fact) and f.measure.metric.endswith(GROWTH) and f.weight is not Weight.SUPPORTS
    ]
    if told and not any(ties(said.interval, f) for f in told):
        return [*told, *(f for f in usable if f not in told and f.interval.within(said.interval))]
    return usable


def _missed(said: Said, reading: Reading, usable: Sequence[Figure], context: Context) -> Outcome:
    """What comes of a number with which none of the figures ties."""
    judged = usable
    if reading.object is None and not reading.subjects[0].metric.endswith(GROWTH):
        facts = [f for f in usable if isinstance(f, Fact)]
        judged = [f for f in facts if f.weight is not Weight.SUPPORTS] or facts or usable
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
    strongest = _best([f for f in judged if f.weight is weight])
    if weight is Weight.SUPPORTS:
        return Outcome(
            "unknown",
            reading,
            strongest,
            missing="a source that may refute: the one held is derived, undated, "
            "without a whole address or of low grade",
        )
    refuted = weight is Weight.REFUTES and not _half_held(reading, judged, context)
    return Outcome("refuted" if refuted else "weak", reading, strongest)


def _half_held(reading: Reading, judged: Iterable[Figure], context: Context) -> bool:
    """Whether a vintage exists that the ledger does not hold: then only an explained number is wrong."""
    marks = {f.vintage for f in judged if isinstance(f, Fact)}
    if marks in ({"recast"}, {"first reported"}):
        return True
    change = reading.object is not None or reading.subjects[0].metric.endswith(GROWTH)
    if change and any(
        isinstance(measure.period, Period) and context.figures.first_missing(measure)
        for measure in reading.subjects
    ):
        return True
    measures = reading.subjects if reading.object is None else (*reading.subjects, reading.object)
    return any(
        isinstance(measure.period, Period)
        and measure.scenario is Scenario.ACTUAL
        and context.figures.recast_base_missing(measure)
        for measure in measures
    )


def any_date(outcome: Outcome, found: Sequence[Figure], context: Context) -> Outcome:
    """The outcome of an undated balance or statement: refuted only if every date in the window is held."""
    if outcome.state not in ("refuted", "weak"):
        return outcome
    reading = outcome.reading
    subject = reading.subjects[0]
    metric = context.catalogue.metric(subject.metric)
    if metric.kind != "balance":
        if context.published is not None or metric.kind == "specification":
            return outcome
        return Outcome("unknown", reading, outcome.figure, "the article's date")
    window = subject.period
    if not isinstance(window, AnyBalance) or window.first is None or window.last is None:
        missing = "the date of the balance, which the text does not say"
        return Outcome("unknown", reading, outcome.figure, missing)
    held = [(f.measure.period.end, f) for f in found if isinstance(f.measure.period, Period)]
    dated = [(day, f) for day, f in held if day <= window.last]
    if dated:
        _, latest = max(dated, key=lambda one: (one[0], isinstance(one[1], Fact), int(one[1].weight)))
        outcome = replace(outcome, figure=latest)
    reported = context.ledger.as_of(window.last).reported_through(subject.entity, "quarter")
    expected = [p.end for p in reported if window.first <= p.end <= window.last]
    known = {day for day, _ in held}
    gaps = [day for day in expected if day not in known]
    if expected and not gaps:
        return outcome
    calendar = context.calendar(subject.entity)
    label = calendar.label(Period.instant(gaps[0])) if gaps else "the year before publication"
    return Outcome("unknown", reading, outcome.figure, f"{metric.label} at the end of {label}")


def _unit_fits(known: str, said: str) -> bool:
    if known == said or {known, said} <= {"ratio", "x"}:
        return True
    return said == "count" and known == "shares"


def _best(figures: Sequence[Figure]) -> Figure:
    """Reported before computed, primary before secondary, heavier first, earliest known first."""

    def order(figure: Figure) -> tuple[bool, bool, int, date]:
        return (
            isinstance(figure, Derived),
            not figure.primary,
            -int(figure.weight),
            figure.known or date.max,
        )

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
    metric = context.catalogue.metric(reading.subjects[0].metric)
    if metric.id == "market_size":
        notes.append("the company's own estimate of its market, not a fact about the market")
    if (
        metric.unit == "x"
        and isinstance(figure, Derived)
        and any(i.interval.high is not None and i.interval.high < 0 for i in figure.inputs)
    ):
        notes.append("not meaningful: a ratio to negative equity says nothing of leverage")
    if metric.id == "capital_return_share_of_adjusted_fcf":
        notes.append("adjusted measure: the policy is on adjusted free cash flow")
    if context.published is not None and figure.known is not None and figure.known > context.published.last:
        notes.append("the document held is later than the article; the one the article had is not held")
    return tuple(notes)
