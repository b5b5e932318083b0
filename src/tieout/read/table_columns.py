"""Tables whose columns name the measures and whose rows the parts: "Segment | Revenue | Y/Y | Margin"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tieout.catalogue import Catalogue
from tieout.read.draft import Subject
from tieout.read.scan import Scan
from tieout.read.subject import Subjects
from tieout.read.wordlist import words

_PLAIN = words("plain_heads")
"""Words of a head that leave the row's measure what it is."""
_CHANGES = _PLAIN | words("change_heads")
"""The same of a head that speaks of a change."""
_SHARE = re.compile(
    r"\bshare\b|\bmix\b|%\s*of|percent(?:age)?\s+of|\bof\s+(?:total|sales|revenue)\b", re.IGNORECASE
)

UNREAD_SHARE = "the column gives a share of the whole"
UNREAD_HEAD = "the column's head says something tieout does not read"


@dataclass(frozen=True, slots=True)
class Column:
    """What a number in a column is of; `why` says why it is left alone, or too loose to accuse."""

    subject: Subject
    company: str | None = None
    unread: str = ""
    loose: str = ""


def columns(
    label: Scan, subject: Subject, cells: Sequence[tuple[Scan | None, str | None, bool]], catalogue: Catalogue
) -> list[Column]:
    """A column for each head, the row's label being of `subject`.

    Each head is its cell, the company it names, and whether it is a column of changes; such a column is of
    what the column before it is of.
    """
    own_metric = any(name.kind == "metric" for name in label.names)
    found: list[Column] = []
    last = Column(subject)
    for cell, company, change in cells:
        here = _of(
            cell, last if change else Column(subject), subject, catalogue, named=own_metric, change=change
        )
        here = replace(here, company=company or (last.company if change else None))
        found.append(here)
        if not change:
            last = here
    return found


def _of(
    cell: Scan | None, at: Column, row: Subject, catalogue: Catalogue, *, named: bool, change: bool
) -> Column:
    if cell is None:
        return at
    text = cell.text[cell.span.start : cell.span.end]
    if _SHARE.search(text):
        return replace(at, unread=UNREAD_SHARE)
    metrics = [m for m in cell.names if m.kind == "metric"]
    if metrics and not named:
        told = Subjects(cell, catalogue).build(metrics[-1:], cell.span)
        return Column(
            replace(told, dimensions=row.dimensions, own_dimensions=row.own_dimensions, entity=row.entity)
        )
    tags = frozenset(m.value for m in cell.within(cell.span, "tag"))
    if tags:
        return replace(at, subject=replace(at.subject, tags=tags))
    known = [m.span for m in cell.mentions] + [p.span for p in cell.periods] + [n.span for n in cell.numbers]
    plain = _CHANGES if change else _PLAIN
    strange = [w for w in cell.words if w.lower not in plain and not any(k.overlaps(w.span) for k in known)]
    return replace(at, loose=UNREAD_HEAD) if strange else at
