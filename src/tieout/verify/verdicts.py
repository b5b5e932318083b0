"""Outcomes -> findings: supported, stale, unverifiable, or wrong with the chosen explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tieout.core.claim import Claim, Reading, Relation
from tieout.core.fact import Derived, Fact, Figure, Weight
from tieout.core.finding import Explanation, Finding, Verdict
from tieout.core.measure import Scenario
from tieout.verify.context import Context
from tieout.verify.guidance import stale
from tieout.verify.joint import THREE_DIGITS
from tieout.verify.message import both, result, true_elsewhere, value, what_is_known
from tieout.verify.outcome import Outcome

MOST_EXPLANATIONS = 5

OWNERS = ("metric.segment", "company.mixup")
"""Explanations that set one owner of a number against another: no proof where the sentence names neither."""

FALSE_CODES = {
    Relation.COMPARISON: "comparison.false",
    Relation.DIRECTION: "direction.false",
    Relation.CHANGE: "growth.false",
    Relation.SHARE: "share.false",
}
"""What an unexplained error is called; "value.false" where the relation has no name of its own."""


@dataclass(frozen=True, slots=True)
class Refuted:
    """A claim no reading of which survives, before its explanation is chosen from `options`.

    `early`: the period had not ended. `needs_explanation`: what is held may not refute alone.
    """

    outcome: Outcome
    options: tuple[Explanation, ...]
    needs_explanation: bool = False
    early: bool = False


def digits(claim: Claim) -> int:
    """How many digits the claim's number is told with; 0 where it tells none."""
    return 0 if claim.said is None else claim.said.figures


def supported(claim: Claim, outcomes: Sequence[Outcome], context: Context) -> Finding:
    """Supported, by the preferred reading or another; stale where a later issue had replaced what ties."""
    tied = [(o, stale(claim, o, context)) for o in outcomes if o.state == "ties"]
    outcome, newer = next((pair for pair in tied if pair[1] is None), tied[0])
    if newer is not None and newer.weight is Weight.SUPPORTS:
        missing = "a stronger source: the one held says the guidance has been replaced since"
        return unverifiable(claim, replace(outcome, missing=missing))
    if newer is not None and claim.loose:
        return unverifiable(claim, replace(outcome, missing=f"a closer reading: {claim.loose}"))
    if newer is not None:
        return _superseded(claim, outcome, newer, context)
    generic = len({r.subjects[0].metric for r in claim.readings}) > 1
    if claim.relation is Relation.DIRECTION and generic and any(o.state == "refuted" for o in outcomes):
        return unverifiable(claim, replace(outcome, missing="which of the measures the name may mean"))
    if claim.relation is Relation.CHANGE and _on_one_base_alone(outcome, outcomes):
        return unverifiable(claim, replace(outcome, missing="what the change is measured from"))
    notes = list(outcome.notes)
    if outcome.reading != outcomes[0].reading and outcome.reading.why and outcome.reading.why[-1]:
        notes.append(f"by another reading the text leaves open: {outcome.reading.why[-1]}")
    if claim.speaker:
        notes.append(f"told of {claim.speaker}")
    known = outcome.figure
    message = "Ties out." if known is None else what_is_known(claim, known, outcome.reading, context)
    return Finding(
        "supported",
        Verdict.SUPPORTED,
        claim,
        message,
        outcome.reading,
        known,
        notes=tuple(dict.fromkeys(notes)),
    )


def _on_one_base_alone(tied: Outcome, outcomes: Sequence[Outcome]) -> bool:
    """Whether a change is true on a base that its words only leave open, and false on the one preferred."""
    reading = tied.reading
    return reading.standing != "said" and any(
        each.state in ("refuted", "weak")
        and each.reading.standing == "said"
        and each.reading.subjects == reading.subjects
        and each.reading.object != reading.object
        for each in outcomes
    )


def _superseded(claim: Claim, outcome: Outcome, newer: Fact, context: Context) -> Finding:
    old = outcome.figure or newer
    told = Explanation("guidance.superseded", Verdict.STALE, old.measure, old, 0)
    now = what_is_known(claim, newer, replace(outcome.reading, object=None), context)
    return Finding(
        told.code,
        told.verdict,
        claim,
        f"Superseded on {newer.known}: {now}",
        outcome.reading,
        newer,
        (told,),
        correction=value(newer, claim),
    )


def accuse(claim: Claim, refuted: Refuted, explained: tuple[Explanation, ...], context: Context) -> Finding:
    """Wrong, with the chosen explanation; unverifiable where proof needs an exact one and there is none."""
    outcome = refuted.outcome
    reading = outcome.reading
    proof = bool(explained) and (digits(claim) >= THREE_DIGITS or explained[0].code == "metric.other_product")
    if refuted.needs_explanation and not proof:
        missing = "a stronger source: the one held may not refute alone"
        return unverifiable(claim, replace(outcome, missing=missing))
    if not claim.owner_named and explained and explained[0].code in OWNERS:
        missing = "whose number it is: it is true of another, and the sentence names none"
        return unverifiable(claim, replace(outcome, missing=missing))
    known = None if refuted.early else outcome.figure
    first = _not_ended(reading, context) if refuted.early else what_is_known(claim, known, reading, context)
    correction = None if known is None else _correction(known, claim, reading)
    if explained:
        best = explained[0]
        return Finding(
            best.code,
            best.verdict,
            claim,
            f"{first} {true_elsewhere(best, context)}",
            reading,
            known,
            explained[:MOST_EXPLANATIONS],
            correction=correction,
        )
    code = "time.not_ended" if refuted.early else FALSE_CODES.get(claim.relation, "value.false")
    if reading.object is not None and len(reading.entities) > 1:
        code = "comparison.false"
    if reading.subjects[0].scenario is Scenario.GUIDANCE:
        code = "guidance.false"
    return Finding(code, Verdict.CONTRADICTED, claim, first, reading, known, correction=correction)


def _correction(known: Figure, claim: Claim, reading: Reading) -> str:
    """What is right instead: the known value, or of two companies what comes of their figures."""
    if len(reading.entities) == 1 or not isinstance(known, Derived):
        return value(known, claim)
    return both(known) if claim.said is None else result(known, claim)


def _not_ended(reading: Reading, context: Context) -> str:
    subject = reading.subjects[0]
    name = context.name(subject.entity, subject.period)
    return f"The period had not ended when the article appeared ({name})."


def unverifiable(claim: Claim, outcome: Outcome) -> Finding:
    """Not settled, with what would settle it."""
    missing = outcome.missing or "a source that holds it"
    return Finding(
        "unverifiable",
        Verdict.UNVERIFIABLE,
        claim,
        f"Not settled. Needed: {missing}.",
        outcome.reading,
        outcome.figure,
        missing=missing,
        notes=outcome.notes,
    )
