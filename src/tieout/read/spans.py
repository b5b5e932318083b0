"""Statements of time: how long between two dates, and the day a quarter ended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tieout.core.article import Span
from tieout.core.claim import Relation
from tieout.read.draft import Draft, Subject
from tieout.read.scan import Scan

_SPAN = re.compile(
    r"\b(?:in|within|over|during)\s+"
    r"(?:just\s+|only\s+|about\s+|under\s+|roughly\s+|the\s+space\s+of\s+|a\s+mere\s+)*"
    r"(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|\d{1,2})\s+"
    r"(?P<unit>months|quarters|years)\b",
    re.IGNORECASE,
)
_ANY = Subject(("revenue",), ("revenue",))
"""The subject of a statement about the calendar itself."""


def spans(scan: Scan, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of "in just six months" where the sentence itself names both ends of the time."""
    match = _SPAN.search(scan.text, scan.span.start, scan.span.end)
    if match is None:
        return []
    base = next(
        (i for i, d in enumerate(drafts) if d.is_base and d.period is not None and d.period.explicit), None
    )
    if base is None or base + 1 >= len(drafts):
        return []
    end = drafts[base + 1]
    if end.period is None or not end.period.explicit or end.subject is None:
        return []
    told = Span(match.start("n"), match.end("n"))
    return [
        Draft(
            relation=Relation.SPAN,
            span=Span(match.start(), match.end()),
            number=Span(match.start("n"), match.end("unit")),
            sentence=scan.span,
            amount=next((n for n in scan.numbers if n.span.overlaps(told)), None),
            subject=end.subject,
            base="from",
            from_draft=base,
            period=end.period,
            direction=match.group("unit").lower(),
        )
    ]


def _told_of(scan: Scan, period: Span) -> str | None:
    """The company named last before a period, else behind it; None where the sentence names none."""
    companies = [m for m in scan.mentions if m.kind == "entity"]
    before = [m.value for m in companies if m.span.end <= period.start]
    return before[-1] if before else companies[0].value if companies else None


def quarter_ends(scan: Scan) -> list[Draft]:
    """Drafts of "the quarter ending November 3rd": the day a fiscal quarter is said to have ended."""
    return [
        Draft(
            relation=Relation.DATE,
            span=mention.span,
            number=mention.span,
            sentence=scan.span,
            subject=replace(_ANY, entity=owner),
            period=mention,
            direction=f"{mention.year or 0:04d}-{mention.month:02d}-{mention.day:02d}",
        )
        for mention in scan.periods
        for owner in (_told_of(scan, mention.span),)
        if mention.kind == "ended"
        and owner != ""
        and mention.part == "Q1"
        and not mention.last_year
        and mention.day is not None
        and mention.month is not None
    ]
