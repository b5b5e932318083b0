"""Claims x ledger -> findings: refute first, explain after, accuse only then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tieout.catalogue import Catalogue
from tieout.core.article import Article, Published
from tieout.core.claim import Claim, Reading, Relation
from tieout.core.finding import Explanation, Finding, Verdict
from tieout.core.measure import Scenario
from tieout.ledger import Ledger
from tieout.verify.catalogue_of_rules import RULES
from tieout.verify.consistency import consistency_notes
from tieout.verify.context import Context
from tieout.verify.explain import explanations
from tieout.verify.joint import choose
from tieout.verify.message import named, told_wrong, true_elsewhere, value
from tieout.verify.rules import (
    arithmetic_change,
    arithmetic_span,
    comparison,
    direction,
    not_ended,
    on_the_ledgers_base,
    quarter_end,
    stale,
)
from tieout.verify.tie import Outcome, evaluate, fits_closely

__all__ = ["RULES", "judge"]

THREE_DIGITS = 3
"""Digits a number must have for its explanation to stand in for proof."""


@dataclass(frozen=True, slots=True)
class Refuted:
    """A claim no reading of which survives, before its explanation is chosen."""

    outcome: Outcome
    readings: tuple[Reading, ...]
    needs_explanation: bool
    options: tuple[Explanation, ...]


def judge(
    claims: Sequence[Claim],
    article: Article,
    ledger: Ledger,
    catalogue: Catalogue,
    published: Published | None,
) -> tuple[Finding, ...]:
    """A finding for each claim, in order. Explanations are chosen jointly over the article."""
    context = Context.of(ledger, catalogue, published)
    decided = [_decide(claim, claims, context) for claim in claims]
    decided = [
        _with_its_level(claim, each, claims, decided, context)
        for claim, each in zip(claims, decided, strict=True)
    ]
    exact = [claim.said is not None and claim.said.figures >= THREE_DIGITS for claim in claims]
    chosen = choose([d.options if isinstance(d, Refuted) else () for d in decided], exact)
    findings: list[Finding] = []
    for claim, each, explained in zip(claims, decided, chosen, strict=True):
        findings.append(each if isinstance(each, Finding) else _accuse(claim, each, explained, context))
    return consistency_notes(findings, article, context)


def _decide(claim: Claim, claims: Sequence[Claim], context: Context) -> Finding | Refuted:
    if claim.relation is Relation.OPINION:
        return Finding("opinion", Verdict.OPINION, claim, "Not a checkable statement.")
    if not claim.readings:
        return Finding(
            "unread",
            Verdict.UNVERIFIABLE,
            claim,
            f"Not checked: {claim.why_unread}.",
            missing=claim.why_unread,
        )
    decided = arithmetic_span(claim, context) or quarter_end(claim, context)
    if decided is not None:
        return decided
    sure = [reading for reading in claim.readings if reading.standing != "possible"]
    pairs = [(reading, bound) for reading in sure for bound in context.bind(reading)]
    if not pairs:
        return _unverifiable(
            claim,
            Outcome(
                "unknown", claim.readings[0], missing="the article's date, or a quarter reported by then"
            ),
        )
    own = arithmetic_change(claim, claims)
    if not_ended(claim, [b for r, b in pairs if r.standing in ("said", "open")], context):
        rival = _rival(claim, context)
        if claim.loose or rival:
            missing = (
                f"a closer reading: {claim.loose}"
                if claim.loose
                else f"which reading is meant: it is true of {rival}"
            )
            return _unverifiable(claim, Outcome("unknown", pairs[0][1], missing=missing))
        return _future(claim, pairs, context)
    outcomes = [(reading.standing, _evaluate(claim, bound, context)) for reading, bound in pairs]
    tied = [o for _, o in outcomes if o.state == "ties"]
    if tied:
        return _tied(claim, outcomes, context)
    main = [o for standing, o in outcomes if standing in ("said", "open")]
    if own is not None and own[0] and not all(o.state == "refuted" for o in main):
        return Finding(
            "supported",
            Verdict.SUPPORTED,
            claim,
            "It follows from the two numbers the sentence gives.",
            main[0].reading,
            notes=("computed from the article's own numbers",),
        )
    if own is not None and not own[0] and not all(o.state in ("refuted", "weak") for o in main):
        return Finding(
            "arithmetic.change",
            Verdict.CONTRADICTED,
            claim,
            "The two numbers the sentence gives do not come to that.",
            main[0].reading,
        )
    if main and all(o.state == "unknown" for o in main) and on_the_ledgers_base(claim, claims, context):
        return Finding(
            "supported",
            Verdict.SUPPORTED,
            claim,
            "It follows from the number the sentence gives, on the known base.",
            main[0].reading,
            notes=("computed from the article's own number on the ledger's base",),
        )
    if main and all(o.state in ("refuted", "weak") for o in main):
        if claim.loose:
            return _unverifiable(claim, replace(main[0], missing=f"a closer reading: {claim.loose}"))
        rival = _rival(claim, context)
        if rival is not None:
            return _unverifiable(
                claim, replace(main[0], missing=f"which reading is meant: it is true of {rival}")
            )
        readings = tuple(o.reading for o in main)
        options = explanations(claim, readings, context) if claim.said is not None else ()
        return Refuted(main[0], readings, any(o.state == "weak" for o in main), options)
    return _unverifiable(claim, next((o for o in main if o.state == "unknown"), outcomes[0][1]))


def _with_its_level(
    claim: Claim,
    decided: Finding | Refuted,
    claims: Sequence[Claim],
    all_decided: Sequence[Finding | Refuted],
    context: Context,
) -> Finding | Refuted:
    """The claim decided again with the metrics that the level it belongs to has turned out to be.

    "EPS of $2.15, up 63%": if $2.15 is true of GAAP EPS alone, so is the growth told; "$2.59, from $1.64 a year ago"
    must not set one basis against the other.
    """
    if claim.goes_with is None:
        return decided
    mate = next((i for i, c in enumerate(claims) if c.number == claim.goes_with), None)
    level = None if mate is None else all_decided[mate]
    if mate is None or not isinstance(level, Finding) or level.verdict is not Verdict.SUPPORTED:
        return decided
    bound = [b for r in claims[mate].readings for b in context.bind(r)]
    true_of = {
        o.reading.subjects[0].metric
        for o in (_evaluate(claims[mate], b, context) for b in bound)
        if o.state == "ties"
    }
    kept = tuple(r for r in claim.readings if r.subjects[0].metric in true_of)
    if not kept or len(kept) == len(claim.readings):
        return decided
    said = tuple(
        replace(r, standing="said") if r.standing == "open" and kept[0].standing != "said" else r
        for r in kept
    )
    return _decide(replace(claim, readings=said), claims, context)


def _evaluate(claim: Claim, reading: Reading, context: Context) -> Outcome:
    if not context.holds(reading.subjects[0].entity):
        return Outcome("unknown", reading, missing=f"facts about {reading.subjects[0].entity}")
    if claim.relation is Relation.COMPARISON:
        return comparison(claim, reading, context)
    if claim.relation is Relation.DIRECTION:
        return direction(claim, reading, context)
    return evaluate(claim, reading, context)


def _tied(claim: Claim, outcomes: Sequence[tuple[str, Outcome]], context: Context) -> Finding:
    """Supported by the preferred reading or another left open; stale where a later issue had replaced it."""
    tied = [(standing, o) for standing, o in outcomes if o.state == "ties"]
    fresh = [(standing, o, stale(claim, o, context)) for standing, o in tied]
    current = [(standing, o) for standing, o, newer in fresh if newer is None]
    if not current:
        _, old, newer = fresh[0]
        if newer is not None and newer.figure is not None and old.figure is not None:
            told = Explanation("guidance.superseded", Verdict.STALE, old.figure.measure, old.figure, 0)
            return Finding(
                "guidance.superseded",
                Verdict.STALE,
                claim,
                f"Superseded on {newer.figure.known}: {told_wrong(claim, newer.figure, newer.reading.subjects[0], context)}",
                newer.reading,
                newer.figure,
                (told,),
                correction=value(newer.figure, claim),
            )
    standing, outcome = current[0]
    if (
        claim.relation is Relation.DIRECTION
        and any(o.state == "refuted" for _, o in outcomes)
        and _generic(claim)
    ):
        return _unverifiable(claim, replace(outcome, missing="which of the measures the name may mean"))
    notes = list(outcome.notes)
    if outcome.reading != outcomes[0][1].reading and outcome.reading.why and outcome.reading.why[-1]:
        notes.append(f"by another reading the text leaves open: {outcome.reading.why[-1]}")
    if claim.speaker:
        notes.append(f"told of {claim.speaker}")
    message = (
        "Ties out."
        if outcome.figure is None
        else told_wrong(claim, outcome.figure, outcome.reading.subjects[0], context, outcome.reading.object)
    )
    return Finding(
        "supported",
        Verdict.SUPPORTED,
        claim,
        message,
        outcome.reading,
        outcome.figure,
        notes=tuple(dict.fromkeys(notes)),
    )


def _generic(claim: Claim) -> bool:
    """Whether the claim's name may mean several metrics."""
    return len({r.subjects[0].metric for r in claim.readings}) > 1


def _rival(claim: Claim, context: Context) -> str | None:
    """A reading that cannot be ruled out and that is true, in words; None where there is none."""
    for reading in claim.readings:
        if reading.standing != "possible":
            continue
        for bound in context.bind(reading):
            outcome = _evaluate(claim, bound, context)
            if (
                outcome.state == "ties"
                and context.knowable(outcome.figure)
                and fits_closely(claim.said, outcome.figure)
            ):
                return named(bound.subjects[0], context)
    return None


def _future(claim: Claim, pairs: Sequence[tuple[Reading, Reading]], context: Context) -> Refuted:
    readings = tuple(bound for _, bound in pairs)
    options = explanations(claim, readings, context)
    return Refuted(Outcome("refuted", readings[0], notes=("time.not_ended",)), readings, False, options)


def _accuse(claim: Claim, refuted: Refuted, explained: tuple[Explanation, ...], context: Context) -> Finding:
    """Wrong, with the chosen explanation; unverifiable where the proof needs one and there is none exact enough."""
    outcome = refuted.outcome
    subject = outcome.reading.subjects[0]
    early = "time.not_ended" in outcome.notes
    exact = (
        claim.said is not None
        and bool(explained)
        and (claim.said.figures >= THREE_DIGITS or explained[0].code == "metric.other_product")
    )
    if refuted.needs_explanation and not exact:
        return _unverifiable(
            claim, replace(outcome, missing="a stronger source: the one held may not refute alone")
        )
    known = None if early else outcome.figure
    first = (
        f"The period had not ended when the article appeared ({context.name(subject.entity, subject.period)})."
        if early
        else told_wrong(claim, known, subject, context, outcome.reading.object)
    )
    correction = None if known is None else value(known, claim)
    if explained:
        best = explained[0]
        return Finding(
            best.code,
            best.verdict,
            claim,
            f"{first} {true_elsewhere(claim, best, context)}",
            outcome.reading,
            known,
            explained[:5],
            correction=correction,
        )
    code = (
        "time.not_ended"
        if early
        else {
            "comparison": "comparison.false",
            "direction": "direction.false",
            "change": "growth.false",
            "share": "share.false",
        }.get(claim.relation.value, "value.false")
    )
    if subject.scenario is Scenario.GUIDANCE:
        code = "guidance.false"
    return Finding(code, Verdict.CONTRADICTED, claim, first, outcome.reading, known, correction=correction)


def _unverifiable(claim: Claim, outcome: Outcome) -> Finding:
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
