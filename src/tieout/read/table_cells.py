"""What a cell says of its own numbers: "$22.9 billion (down 13% YoY)", "versus $26.4 billion a year ago"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.core.claim import Change, Relation
from tieout.core.quantity import RATIO
from tieout.read.amounts import Amount
from tieout.read.bases import base_of, is_base_period
from tieout.read.draft import Base, Draft, Subject
from tieout.read.periods import PeriodMention
from tieout.read.relation import Told, told
from tieout.read.scan import Scan
from tieout.read.subject import compatible
from tieout.read.table_heads import Head
from tieout.read.times import NOW
from tieout.read.wordlist import words

_PLAIN = words("plain_heads") | words("row_idle") | words("cue_gap") | words("links") | words("cell_idle")
"""Words of a cell that leave its number what the row and the column make of it."""

_AHEAD = ("guidance", "consensus", "modal", "conjecture", "beat")

UNSIGNED = "the column is one of changes, and the number may be one or a level"
UNREAD_CELL = "the cell says more than its number"
UNCLEAR = "a percentage change of a percentage, or points: the table does not say"


@dataclass(frozen=True, slots=True)
class Changed:
    """The period a column of changes tells of, the one it tells a change from, and why that is in doubt."""

    period: PeriodMention | None = None
    since: PeriodMention | None = None
    loose: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """What a cell's words make of one of its numbers.

    `period` is the one they give it, `base` what they say a change is measured from, `loose` why they leave
    in doubt what it is.
    """

    told: Told
    period: PeriodMention | None = None
    base: Base | None = None
    base_period: PeriodMention | None = None
    loose: str = ""

    @property
    def speaks(self) -> bool:
        """Whether the words say what the number is, whatever the column's head says."""
        return (self.told.is_base or self.base is not None) and not self.loose


def own_words(cell: Scan, index: int, subject: Subject, catalogue: Catalogue) -> Own:
    """What the words around number `index` of a cell say of it."""
    ratio = is_ratio(subject, catalogue)
    relation = told(cell, index, ratio)
    base, since = base_of(cell, index)
    changes = relation.relation is Relation.CHANGE
    return Own(
        relation,
        _period(cell, index, base=relation.is_base),
        base if changes and base != "assumed" else None,
        since if changes else None,
        UNREAD_CELL if _says_more(cell) else "",
    )


def is_ratio(subject: Subject, catalogue: Catalogue) -> bool:
    """Whether what is measured is itself a ratio."""
    return all(catalogue.metric(m).unit == RATIO for m in subject.needs or subject.metrics)


def _period(cell: Scan, index: int, *, base: bool) -> PeriodMention | None:
    """The period that stands by the number: behind it, else before it; of a base, that compared with."""
    near = (*_periods(cell, cell.after(index)), *reversed(_periods(cell, cell.before(index))))
    return next((p for p in near if base or not is_base_period(cell, p)), None)


def _periods(cell: Scan, stretch: Span) -> list[PeriodMention]:
    return [p for p in cell.periods if stretch.encloses(p.span)]


def _says_more(cell: Scan) -> bool:
    """Whether the cell holds words of what lies ahead or of what analysts expect, or unknown ones."""
    if any(cell.has_cue(cue, cell.span) for cue in _AHEAD):
        return True
    known = [m.span for m in cell.mentions] + [p.span for p in cell.periods] + [n.span for n in cell.numbers]
    return any(w.lower not in _PLAIN and not any(k.overlaps(w.span) for k in known) for w in cell.words)


def as_said(
    draft: Draft,
    amount: Amount,
    subject: Subject,
    head: Head,
    own: Own,
    catalogue: Catalogue,
    changed: Changed,
) -> Draft:
    """The draft as what its column and its own words make of the number: a change, a base, else a level.

    `changed` is what a column of changes tells of.
    """
    first, since = changed.period, changed.since
    ratio = is_ratio(subject, catalogue)
    changes = own.told.relation is Relation.CHANGE
    change: Change | None = "points" if amount.kind == "points" else None
    if amount.kind == "percent" and (head.change or changes or not ratio):
        if ratio and not changes and head.cell is not None and not _says_change(head.cell):
            return replace(draft, unread=UNCLEAR)
        change = "relative"
    elif amount.kind == "money" and (changes or (head.change and amount.sign)):
        change = "amount"
    elif amount.kind == "money" and head.change and not draft.period and head.cell and not head.cell.names:
        return replace(draft, unread=UNSIGNED)
    if change is not None:
        between = head.change == "assumed" and since is not None
        return replace(
            draft,
            relation=Relation.CHANGE,
            change=change,
            base=own.base or ("period" if between else head.change) or "assumed",
            base_period=own.base_period if own.base else since if between else head.since,
            period=first or draft.period if head.change else draft.period,
            negative=own.told.negative,
            positive=own.told.positive,
        )
    if not any(compatible(catalogue.metric(m).unit, amount.kind, amount.scaled) for m in subject.metrics):
        return replace(draft, unread="the number does not fit what the row names")
    if own.told.is_base and not own.loose:
        passing = (
            own.period is not None and own.period.kind == "relative" and own.period.relative in NOW
        )  # "vs. $20.9 billion last quarter"
        return replace(draft, is_base=True, period=None if passing else own.period)
    return draft


def _says_change(cell: Scan) -> bool:
    """Whether a head speaks of change in words, and not by a sign alone."""
    return any(
        word.lower in ("change", "chg", "delta", "growth", "yoy", "qoq", "y", "q") for word in cell.words
    )
