"""Comparisons: "exceeds all of last year's shipments"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.core.claim import Relation
from tieout.core.measure import Scenario
from tieout.read.draft import Draft, Subject
from tieout.read.memory import Memory
from tieout.read.owner import entity_of
from tieout.read.scan import Scan
from tieout.read.subject import Subjects, merged
from tieout.read.words import Mention


def comparisons(scan: Scan, drafts: Sequence[Draft], catalogue: Catalogue, memory: Memory) -> list[Draft]:
    """Drafts of one measure said to exceed another: a subject, a direction, the other side.

    Only where the other side is named with a metric and a period of its own.
    """
    found: list[Draft] = []
    for cue in scan.cues:
        kinds = cue.value.split()
        if "exceeds" not in kinds and "below" not in kinds:
            continue
        if any(draft.number.overlaps(cue.span) for draft in drafts) or _of_companies(scan, cue, memory):
            continue
        other = _other_side(scan, cue, catalogue)
        if other is None:
            continue
        whole, end = other
        draft = next((d for d in reversed(drafts) if d.number.end <= cue.span.start), None)
        subject = draft.subject if draft is not None else _named_before(scan, cue, catalogue, memory)
        if subject is None or (draft is not None and draft.unread):
            continue
        period = next((p for p in scan.periods if cue.span.end <= p.span.start and p.span.end <= end), None)
        same = set(subject.metrics) & set(whole.metrics) and subject.dimensions == whole.dimensions
        if period is None and same:
            continue
        found.append(
            Draft(
                relation=Relation.COMPARISON,
                span=Span(cue.span.start, end),
                number=cue.span,
                sentence=scan.span,
                subject=subject,
                whole=whole,
                whole_period=period,
                direction="exceeds" if "exceeds" in kinds else "below",
                period=draft.period if draft is not None else None,
                scenario=draft.scenario if draft is not None else Scenario.ACTUAL,
            )
        )
    return found


def _of_companies(scan: Scan, cue: Mention, memory: Memory) -> bool:
    """Whether the sentence names another company behind the cue than before it."""
    entities = [m for m in scan.mentions if m.kind == "entity"]
    before = {m.value for m in entities if m.span.end <= cue.span.start} or {memory.main}
    return any(m.value not in before for m in entities if m.span.start >= cue.span.end)


def _other_side(scan: Scan, cue: Mention, catalogue: Catalogue) -> tuple[Subject, int] | None:
    """What is named behind the cue, and where that ends; None beside a number and for what is expected."""
    stretch = scan.clause(Span(cue.span.end, scan.span.end))
    if any(n.span.overlaps(Span(cue.span.start, stretch.end)) for n in scan.numbers):
        return None
    names = [m for m in scan.names if stretch.encloses(m.span)]
    if not names or any(scan.has_cue(word, stretch) for word in ("consensus", "guidance")):
        return None
    named = Subjects(scan, catalogue).build(names[:2], stretch)
    whole = merged(named, None, catalogue, "money", True)
    whole = replace(whole, entity=entity_of(scan, names[0].span.start, whole))
    period = next((p for p in scan.periods if stretch.encloses(p.span)), None)
    end = names[:2][-1].span.end
    return whole, end if period is None else max(end, period.span.end)


def _named_before(scan: Scan, cue: Mention, catalogue: Catalogue, memory: Memory) -> Subject | None:
    ahead = Subjects(scan, catalogue).ahead(Span(scan.span.start, cue.span.start))
    return None if ahead is None else merged(ahead, memory.subject, catalogue, "money", True)
