"""Claims -> findings: what the ledger and the article itself make of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.core.article import Published
from tieout.core.claim import Claim, Reading, Relation
from tieout.core.finding import Finding, Verdict
from tieout.core.measure import Measure
from tieout.ledger import Ledger
from tieout.verify.arithmetic import arithmetic_change, arithmetic_span, on_the_ledgers_base
from tieout.verify.consistency import consistency_notes
from tieout.verify.context import Context
from tieout.verify.evaluate import evaluate
from tieout.verify.explain import explanations
from tieout.verify.joint import choose
from tieout.verify.meets import fits_closely
from tieout.verify.message import all_named
from tieout.verify.outcome import Outcome
from tieout.verify.rules import not_ended, quarter_end
from tieout.verify.verdicts import Refuted, accuse, digits, supported, unverifiable


def judge(
    claims: Sequence[Claim], ledger: Ledger, catalogue: Catalogue, published: Published | None
) -> tuple[Finding, ...]:
    """A finding for each claim, in order. Explanations are chosen jointly over the article."""
    context = Context.of(ledger, catalogue, published, claims)
    first = [_decide(claim, claims, context) for claim in claims]
    decided = [
        _with_its_level(claim, each, claims, first, context)
        for claim, each in zip(claims, first, strict=True)
    ]
    options = [each.options if isinstance(each, Refuted) else () for each in decided]
    chosen = choose(options, [digits(claim) for claim in claims])
    findings = [
        each if isinstance(each, Finding) else accuse(claim, each, explained, context)
        for claim, each, explained in zip(claims, decided, chosen, strict=True)
    ]
    return consistency_notes(findings, context)


def _decide(claim: Claim, claims: Sequence[Claim], context: Context) -> Finding | Refuted:
    decided = _without_figures(claim, context)
    if decided is not None:
        return decided
    pairs = [(reading, bound) for reading in claim.sure for bound in context.bind(reading)]
    if not pairs:
        missing = "the article's date, or a quarter reported by then"
        return unverifiable(claim, Outcome("unknown", claim.readings[0], missing=missing))
    if not_ended(claim, [bound for reading, bound in pairs if _is_main(reading)], context):
        return _too_early(claim, claims, [bound for _, bound in pairs], context)
    outcomes = [(reading, evaluate(claim, bound, context)) for reading, bound in pairs]
    every = [outcome for _, outcome in outcomes]
    if any(outcome.state == "ties" for outcome in every):
        return supported(claim, every, context)
    main = [outcome for reading, outcome in outcomes if _is_main(reading)]
    decided = _by_its_own_numbers(claim, claims, main, context)
    if decided is not None:
        return decided
    if main and all(outcome.state in ("refuted", "weak") for outcome in main):
        return _refuted(claim, claims, main, context)
    return unverifiable(claim, next((outcome for outcome in main if outcome.state == "unknown"), every[0]))


def _without_figures(claim: Claim, context: Context) -> Finding | None:
    """The finding of a claim that needs none of the ledger's figures."""
    if claim.relation is Relation.OPINION:
        return Finding("opinion", Verdict.OPINION, claim, "Not a checkable statement.")
    if not claim.readings:
        why = claim.why_unread
        return Finding("unread", Verdict.UNVERIFIABLE, claim, f"Not checked: {why}.", missing=why)
    return arithmetic_span(claim, context) or quarter_end(claim, context)


def _is_main(reading: Reading) -> bool:
    """Whether the words say this reading or leave it open; a rarer meaning of a name only supports."""
    return reading.standing in ("said", "open")


def _by_its_own_numbers(
    claim: Claim, claims: Sequence[Claim], main: Sequence[Outcome], context: Context
) -> Finding | None:
    """The finding of a change that the numbers of its own sentence settle where the ledger does not."""
    agrees = arithmetic_change(claim, claims, context)
    if agrees and not all(outcome.state == "refuted" for outcome in main):
        return Finding(
            "supported",
            Verdict.SUPPORTED,
            claim,
            "It follows from the two numbers the sentence gives.",
            main[0].reading,
            notes=("computed from the article's own numbers",),
        )
    if agrees is False and not all(outcome.state in ("refuted", "weak") for outcome in main):
        message = "The two numbers the sentence gives do not come to that."
        return Finding("arithmetic.change", Verdict.CONTRADICTED, claim, message, main[0].reading)
    unknown = bool(main) and all(outcome.state == "unknown" for outcome in main)
    if unknown and on_the_ledgers_base(claim, claims, context):
        return Finding(
            "supported",
            Verdict.SUPPORTED,
            claim,
            "It follows from the number the sentence gives, on the known base.",
            main[0].reading,
            notes=("computed from the article's own number on the ledger's base",),
        )
    return None


def _refuted(
    claim: Claim, claims: Sequence[Claim], main: Sequence[Outcome], context: Context
) -> Finding | Refuted:
    doubt = _doubt(claim, claims, context)
    if doubt:
        return unverifiable(claim, replace(main[0], missing=doubt))
    readings = [outcome.reading for outcome in main]
    options = explanations(claim, readings, context) if claim.said is not None else ()
    weak = any(outcome.state == "weak" for outcome in main)
    return Refuted(main[0], options, needs_explanation=weak)


def _too_early(
    claim: Claim, claims: Sequence[Claim], readings: Sequence[Reading], context: Context
) -> Finding | Refuted:
    """What comes of an actual figure of a period that had not ended."""
    doubt = _doubt(claim, claims, context)
    if doubt:
        return unverifiable(claim, Outcome("unknown", readings[0], missing=doubt))
    outcome = Outcome("refuted", readings[0])
    return Refuted(outcome, explanations(claim, readings, context), early=True)


def _doubt(claim: Claim, claims: Sequence[Claim], context: Context) -> str:
    """What is missing before a refuted claim may be called wrong; empty where nothing is."""
    if claim.loose:
        return f"a closer reading: {claim.loose}"
    rival = _rival(claim, claims, context)
    return f"which reading is meant: it is true of {rival}" if rival else ""


def _rival(claim: Claim, claims: Sequence[Claim], context: Context) -> str:
    """A reading that cannot be ruled out and that is true, in words; empty where there is none."""
    told = _told_by_its_twin(claim, claims, context)
    for reading in claim.readings:
        if reading.standing != "possible":
            continue
        for bound in context.bind(reading):
            if bound.subjects in told:
                continue
            outcome = evaluate(claim, bound, context)
            if (
                outcome.state == "ties"
                and context.knowable(outcome.figure)
                and fits_closely(claim.said, outcome.figure)
            ):
                return all_named(bound, context)
    return ""


def _told_by_its_twin(
    claim: Claim, claims: Sequence[Claim], context: Context
) -> frozenset[tuple[Measure, ...]]:
    """What the number that tells the same of another time says already; nothing where there is none."""
    if claim.twin is None:
        return frozenset()
    twins = (other for other in claims if other.number == claim.twin)
    return frozenset(
        bound.subjects
        for twin in twins
        for reading in twin.readings
        if reading.standing == "said"
        for bound in context.bind(reading)
    )


def _by_first(decided: Finding | Refuted) -> bool:
    """Whether a claim is true by the reading its words say first, whatever its level was found to be of."""
    if not isinstance(decided, Finding) or decided.verdict is not Verdict.SUPPORTED:
        return False
    return decided.reading is not None and decided.reading == decided.claim.readings[0]


def _with_its_level(
    claim: Claim,
    decided: Finding | Refuted,
    claims: Sequence[Claim],
    all_decided: Sequence[Finding | Refuted],
    context: Context,
) -> Finding | Refuted:
    """The claim decided again with the metrics that the level it belongs to has turned out to be.

    "EPS of $2.15, up 63%": if $2.15 is true of GAAP EPS alone, so is the growth told; "$2.59, from $1.64
    a year ago" must not set one basis against the other.
    """
    if claim.goes_with is None:
        return decided
    mates = ((c, d) for c, d in zip(claims, all_decided, strict=True) if c.number == claim.goes_with)
    level, level_decided = next(mates, (None, None))
    if (
        level is None
        or not isinstance(level_decided, Finding)
        or level_decided.verdict is not Verdict.SUPPORTED
    ):
        return decided
    outcomes = [evaluate(level, b, context) for r in level.readings for b in context.bind(r)]
    if not any(o.state == "ties" for o in outcomes):
        return decided
    left = {o.reading.subjects[0].metric for o in outcomes if o.state in ("ties", "unknown")}
    kept = tuple(r for r in claim.readings if r.subjects[0].metric in left)
    if not kept or len(kept) == len(claim.readings) or _by_first(decided):
        return decided
    if kept[0].standing != "said":
        kept = tuple(replace(r, standing="said") if r.standing == "open" else r for r in kept)
    return _decide(replace(claim, readings=kept), claims, context)
