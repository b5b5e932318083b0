"""What an article says against itself: notes that accuse nobody by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tieout.core.article import Span
from tieout.core.claim import Relation
from tieout.core.finding import Finding
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Period
from tieout.verify.context import Context

MOST_READINGS = 2
"""Readings a claim may have and still be sure enough to be held against another."""

ANOTHER = "the article gives another value for the same measure and period elsewhere"


def consistency_notes(findings: Sequence[Finding], context: Context) -> tuple[Finding, ...]:
    """The findings with notes on what the article says elsewhere and on years mixed in one sentence."""
    notes: dict[int, list[str]] = {}
    for index, note in (*contradicts_itself(findings), *mixed_years(findings, context)):
        notes.setdefault(index, []).append(note)
    return tuple(replace(f, notes=(*f.notes, *notes[i])) if i in notes else f for i, f in enumerate(findings))


def contradicts_itself(findings: Sequence[Finding]) -> list[tuple[int, str]]:
    """Claims on one measure that cannot both be true: positions and notes, for the later of each pair."""
    first: dict[Measure, int] = {}
    found: list[tuple[int, str]] = []
    for index, finding in enumerate(findings):
        claim = finding.claim
        if (
            claim.relation is not Relation.LEVEL
            or claim.said is None
            or not 1 <= len(claim.readings) <= MOST_READINGS
        ):
            continue
        subject = claim.readings[0].subjects[0]
        if not isinstance(subject.period, Period) or subject.scenario is not Scenario.ACTUAL:
            continue
        earlier = first.setdefault(subject, index)
        said = findings[earlier].claim.said
        if earlier != index and said is not None and said.interval.disjoint(claim.said.interval):
            found.append((index, f"consistency.self: {ANOTHER}"))
    return found


def mixed_years(findings: Sequence[Finding], context: Context) -> list[tuple[int, str]]:
    """Sentences whose numbers are true of different fiscal years though told of one: positions and notes.

    Those of one company: another's years go by other names.
    """
    by_sentence: dict[tuple[Span, str], list[int]] = {}
    for index, finding in enumerate(findings):
        owner = finding.reading.subjects[0].entity if finding.reading is not None else ""
        by_sentence.setdefault((finding.claim.sentence, owner), []).append(index)
    found: list[tuple[int, str]] = []
    for members in by_sentence.values():
        years: dict[int, list[int]] = {}
        for index in members:
            year = _year_true_of(findings[index], context)
            if year is not None:
                years.setdefault(year, []).append(index)
        wrong = [i for i in members if findings[i].code == "period.mixup"]
        if len(years) > 1 and wrong:
            named = ", ".join(f"FY{year}" for year in sorted(years))
            found += [(i, f"consistency.mixed_years: the sentence mixes figures of {named}") for i in wrong]
    return found


def _year_true_of(finding: Finding, context: Context) -> int | None:
    measure = (
        finding.explanations[0].measure
        if finding.explanations
        else finding.reading.subjects[0]
        if finding.reading is not None and finding.verdict == "supported"
        else None
    )
    if measure is None or not isinstance(measure.period, Period):
        return None
    part = context.calendar(measure.entity).part_of(measure.period)
    return None if part is None else part[0]
