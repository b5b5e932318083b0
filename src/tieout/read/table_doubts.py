"""What keeps a number of a table from being called wrong: what its row, section or column leaves unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.core.claim import Relation
from tieout.core.quantity import RATIO
from tieout.read.draft import Draft, Subject
from tieout.read.periods import PeriodMention
from tieout.read.scan import Scan
from tieout.read.wordlist import words

IDLE = words("row_idle")
"""Words in a row's label that leave its measure what it is."""
CHANGES = words("change_heads")
"""The same of a label or a head that speaks of a change."""

_CUES = frozenset({"yoy", "qoq", "guidance", "consensus"})


def section(cells: Sequence[Scan], now: str) -> str:
    """The section that rows stand in from this one on: the last row that is but a label; a total ends it."""
    label = _text(cells[0]).strip()
    if label.lower().startswith("total"):
        return ""
    return label if label and all(not _text(cell).strip() for cell in cells[1:]) else now


def doubted(drafts: Sequence[Draft], cells: Sequence[Scan], within: str, catalogue: Catalogue) -> list[Draft]:
    """The drafts of a row, those that may not be called wrong with the reason.

    `within` is the section the row stands in, "" for none.
    """
    silent = sum(_silent(draft) for draft in drafts)
    levels = any(draft.relation is Relation.LEVEL and not draft.unread for draft in drafts)
    whole = {change: next(_of_row(cells[0], within, change=change), "") for change in (True, False)}
    return [
        replace(
            draft,
            loose=draft.loose
            or whole[draft.relation is Relation.CHANGE]
            or next(_of_cell(draft, draft.subject, silent, catalogue, levels=levels), ""),
        )
        if draft.subject is not None and not draft.unread
        else draft
        for draft in drafts
    ]


def _of_row(label: Scan, within: str, *, change: bool) -> Iterator[str]:
    if says_more(label, change=change):
        yield "the row's label says more than the name of what it measures"
    if within:
        yield f"the row stands in a section of its table, “{within[:40]}”"


def _of_cell(
    draft: Draft, subject: Subject, silent: int, catalogue: Catalogue, *, levels: bool
) -> Iterator[str]:
    metrics = [catalogue.metric(metric) for metric in subject.metrics]
    if draft.relation is Relation.LEVEL:
        if _day(draft.period) and any(metric.kind == "flow" for metric in metrics):
            yield "the column gives a day, and not how long the time was that ended on it"
        if silent > 1 and _silent(draft):
            yield "several columns do not say their periods"
        if draft.amount is not None and draft.amount.sign < 0 and "(" in draft.amount.text:
            yield "brackets in a table may mark what is taken off"
    elif draft.base == "assumed" and not levels and not any(metric.unit == RATIO for metric in metrics):
        yield "a percentage alone may be a share"


def says_more(label: Scan, *, change: bool = False) -> bool:
    """Whether a row's label holds several measures, or words that are no part of the name of one.

    `change`: whether the number is a change, of which the label may speak.
    """
    if sum(mention.kind == "metric" for mention in label.mentions) > 1:
        return True
    known = [m.span for m in label.mentions if m.kind != "cue" or not _CUES.isdisjoint(m.value.split())]
    known += [period.span for period in label.periods]
    idle = IDLE | CHANGES if change else IDLE
    return any(
        word.lower not in idle
        and not word.text.isdigit()
        and not any(span.overlaps(word.span) for span in known)
        for word in label.words
    )


def _silent(draft: Draft) -> bool:
    """Whether neither the column nor the row says when or what kind of figure it is."""
    return draft.relation is Relation.LEVEL and draft.period is None and not draft.is_base


def _day(period: PeriodMention | None) -> bool:
    return period is not None and period.kind == "on"


def _text(cell: Scan) -> str:
    return cell.text[cell.span.start : cell.span.end]
