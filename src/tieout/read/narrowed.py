"""Whether a sentence narrows a measure to a part or an aspect of it that tieout does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tieout.core.article import Span
from tieout.read.draft import Draft, Subject
from tieout.read.firm import LINKS
from tieout.read.scan import Scan
from tieout.read.wordlist import words
from tieout.read.words import Word

SAFE = words("safe") | words("tales")
PREPOSITIONS = frozenset({"of", "for", "on", "from"})
WITHIN = PREPOSITIONS | {"in", "to", "between", "over", "among"}
"""What joins a noun of change or of a part to the measure it is of."""
CHANGES = (
    words("up_nouns")
    | words("down_nouns")
    | {"change", "swing", "difference", "gap", "delta", "excess", "rest", "cost", "beat", "miss", "surprise"}
    | {
        "contribution",
        "share",
        "effect",
        "impact",
        "shortfall",
        "remainder",
        "portion",
        "part",
        "piece",
        "bulk",
    }
)
"""Nouns that make of a measure what it changes or differs by, or a part of it."""
_BETWEEN = frozenset({"the", "our", "its", "their", "all", "total", "and", "s", "a"})
PARTS = frozenset({"segment", "division", "unit"})
VERBAL = ("ly", "ed", "ing")
"""Endings of words that are no nouns, for the most part."""

_NARROWED = re.compile(
    r"\b(?:relat(?:ed|ing)\s+to|attributable\s+to|associated\s+with|subject\s+to|included\s+in|as\s+part\s+of"
    r"|(?:that|which)\s+(?:was|were|is|are)\s+(?:not\s+)?(?:included|recorded|recognized|held|subject))\b",
    re.IGNORECASE,
)
"""Words behind a number that say it is only of a part."""


def narrowed(scan: Scan, subject: Subject, draft: Draft) -> Iterator[str]:
    """Why the number may be of a part or an aspect of the subject only, in words."""
    number = draft.number
    if subject.span is not None:
        changed = draft.change is not None
        reached = scan.lower_in(Span(subject.span.end, max(subject.span.end, number.start)))[-1:]
        led = reached in (["to"], ["from"]) and _of_change(scan, _before(scan, subject.span))
        governed = not changed and subject.span.end <= number.start and not led
        if governed and _of_something(scan, subject.span):
            yield "the name of what is measured says what something else is of"
        if _of_some_part(scan, subject.span):
            yield "a segment is meant, and the words do not say which"
    if _NARROWED.search(scan.text, number.end, scan.span.end):
        yield "the sentence narrows what the number is of"


def _of_something(scan: Scan, name: Span) -> bool:
    """Whether another noun governs the name: "provisions for inventory", "the fair value of debt"."""
    before = _before(scan, name)
    if _of_change(scan, before):
        return True
    owners = [m.span for m in scan.mentions if m.kind == "entity"]
    unowned = before
    while unowned and any(span.encloses(unowned[-1].span) for span in owners):
        unowned = unowned[:-1]
    if unowned[-1:] and unowned[-1].lower == "on":
        before = unowned  # "the effect of the ban on Acme's revenue"
    while before and before[-1].lower in ("the", "our", "its", "their", "all", "total"):
        before = before[:-1]
    if len(before) < 2 or before[-1].lower not in PREPOSITIONS:
        return False
    noun = before[-2]
    close = scan.text[noun.span.end : before[-1].span.start].isspace()
    harmless = noun.lower in SAFE or noun.lower in LINKS or noun.lower.endswith(VERBAL)
    return close and not harmless and not noun.text.isdigit() and not _known(scan, noun.span)


def _of_change(scan: Scan, before: Sequence[Word]) -> bool:
    """Whether what changes or differs governs the name: "the gap between Acme's orders and shipments"."""
    passed = [m.span for m in scan.mentions if m.kind in ("entity", "tag", "member", "metric")]
    passed += [p.span for p in scan.periods]
    while len(before) > 1 and before[-1].lower not in CHANGES:
        word = before[-1]
        inside = any(span.encloses(word.span) for span in passed)
        if not inside and word.lower not in WITHIN and word.lower not in _BETWEEN:
            return False
        before = before[:-1]
    behind = scan.text[before[-1].span.end :].split(maxsplit=1)[:1] if before else []
    return bool(before) and before[-1].lower in CHANGES and behind[:1] != [] and behind[0].lower() in WITHIN


def _of_some_part(scan: Scan, name: Span) -> bool:
    """Whether "segment" or its like stands before the name and no member before that."""
    before = _before(scan, name)
    if not before or before[-1].lower not in PARTS:
        return False
    part = before[-1].span
    return not any(
        m.kind == "member" and (m.span.overlaps(part) or 0 <= part.start - m.span.end < 3)
        for m in scan.mentions
    )


def _before(scan: Scan, name: Span) -> Sequence[Word]:
    return [word for word in scan.words if word.span.end <= name.start]


def _known(scan: Scan, word: Span) -> bool:
    """Whether a cue, a member, a company, a period or a number takes the word up."""
    taken = [*(m for m in scan.mentions if m.kind != "metric"), *scan.periods, *scan.numbers]
    return any(each.span.overlaps(word) for each in taken)
