"""One reading of a claim -> what it came to, by the rule for its kind."""

from __future__ import annotations

from dataclasses import replace

from tieout.core.claim import Claim, Reading, Relation, Said
from tieout.core.measure import Scenario
from tieout.core.period import AnyBalance
from tieout.verify.candidates import at_least, candidates
from tieout.verify.context import Context
from tieout.verify.guidance import guided, guided_change
from tieout.verify.outcome import Outcome
from tieout.verify.rules import comparison, direction
from tieout.verify.tie import any_date, decide


def evaluate(claim: Claim, reading: Reading, context: Context) -> Outcome:
    """The outcome of one bound reading of a claim."""
    subject = reading.subjects[0]
    unheld = next((entity for entity in reading.entities if not context.holds(entity)), None)
    if unheld is not None:
        return Outcome("unknown", reading, missing=f"facts about {unheld}")
    if claim.relation is Relation.COMPARISON:
        return comparison(claim, reading, context)
    if claim.relation is Relation.DIRECTION:
        return direction(claim, reading, context)
    if claim.said is None:
        return Outcome("unknown", reading, missing="a number")
    outside = _outside(claim, reading, context)
    if outside:
        return Outcome("unknown", reading, missing=outside)
    if subject.scenario is Scenario.GUIDANCE:
        if claim.change is None and claim.relation is not Relation.SHARE:
            return guided(claim, reading, context)
        if claim.change == "relative":
            return guided_change(claim, reading, context)
    return _by_figures(claim, claim.said, reading, context)


def _by_figures(claim: Claim, said: Said, reading: Reading, context: Context) -> Outcome:
    subject = reading.subjects[0]
    found = candidates(claim, reading, context)
    outcome = decide(said, reading, found, context)
    if not found and claim.relation is Relation.LEVEL and reading.object is None:
        below = decide(said, reading, at_least(subject, context), context)
        return below if below.state in ("refuted", "weak") else outcome
    if context.catalogue.metric(subject.metric).kind == "specification":
        return outcome
    if isinstance(subject.period, AnyBalance) and reading.object is None:
        return any_date(outcome, found, context)
    if claim.direction == "unsigned" and outcome.state in ("refuted", "weak"):
        return decide(replace(said, interval=-said.interval, value=-said.value), reading, found, context)
    return outcome


def _outside(claim: Claim, reading: Reading, context: Context) -> str:
    """What would settle a reading that no ledger of filings can; empty for one that it may."""
    subject = reading.subjects[0]
    if claim.relation is Relation.CHANGE and reading.object == subject:
        return "what it is compared with"  # nothing changes since itself
    if subject.scenario is Scenario.CONSENSUS:
        return "the consensus of a named provider on that date"
    if context.catalogue.metric(subject.metric).kind == "market":
        return "market data of that provider and date"
    return ""
