"""Parts of a company that a sentence speaks of and no pack knows: their numbers are not the company's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tieout.core.article import Span
from tieout.read.draft import Draft, Subject
from tieout.read.relation import PAST_VERBS
from tieout.read.scan import Scan
from tieout.read.wordlist import words

OWNERS = words("owners")
"""Nouns that stand for the company itself."""

PEOPLE = frozenset(
    [
        "there",
        "here",
        "these",
        "those",
        "management",
        "executives",
        "it",
        "they",
        "we",
        "he",
        "she",
        "that",
        "this",
        "which",
        "what",
    ]
)
"""Heads of a sentence whose numbers are the company's all the same."""

VERBS = PAST_VERBS | {
    "contributed",
    "made",
    "makes",
    "added",
    "accounted",
    "brought",
    "took",
    "lost",
    "provided",
    "bought",
    "purchased",
    "ordered",
    "spent",
    "paid",
}

_LABEL = re.compile(r"(?:[^:.;,|]{1,60}:|(?:In|At|For)\s+[^:.;,|]{1,30},)\s")
_CLAUSE_END = re.compile(r"[,;()—|]|\s[–-]\s|\b(?:and|while|but|as|with|after)\b")
_OF_WHICH = re.compile(
    r"\bof\s+(?:which|that|this|it)[\s,]+(?:about\s+|some\s+|roughly\s+|nearly\s+)?$", re.IGNORECASE
)
_OF_THE_WHOLE = re.compile(r"\s*of\s+[^,.;]*,\s*(?:about\s+|some\s+)?$", re.IGNORECASE)
_CAME_FROM = re.compile(
    r"\s*(?:,\s*)?(?:(?:came|comes|stemmed|was|were|is)\s+)?(?:from|at|in)\s+(?!the\b|a\b|its\b)",
    re.IGNORECASE,
)
_A_PART = re.compile(r"(?:The|Its)\s+(?:[\w&-]+\s+){1,3}(?:segment|unit|division|business|arm|operation)s?\b")


def stands_for_company(word: str) -> bool:
    """Whether a noun, in small letters, stands for the company itself: "the chipmaker's revenue"."""
    return word in OWNERS or word.endswith("maker")


def strangers(scan: Scan, draft: Draft, subject: Subject) -> Iterator[str]:
    """Why a number read as the whole company's may be that of a part."""
    if _has_strange_subject(scan, draft.number):
        yield "the sentence is about something tieout does not know"
    if subject.dimensions or subject.own_dimensions:
        return
    if _is_part(scan, draft.number):
        yield "it is a part of the whole, and tieout does not know of which"
    if _is_headed(scan, draft.number) or any(
        m.kind == "member" and _in_clause(scan, m.span, draft.number) for m in scan.mentions
    ):
        yield "a part of the company is named before the number"


def _is_headed(scan: Scan, number: Span) -> bool:
    """Whether the line begins with the name of a part and a colon: "AI systems: orders $2.1 billion, ..."."""
    label = _LABEL.match(scan.text, scan.span.start, number.start)
    if label is None:
        return False
    head = Span(label.start(), label.end())
    return any(m.kind == "member" and head.encloses(m.span) for m in scan.mentions)


def _in_clause(scan: Scan, name: Span, number: Span) -> bool:
    """Whether a name stands before the number with nothing that ends a clause between them."""
    return name.end <= number.start and not _CLAUSE_END.search(scan.text, name.end, number.start)


def _is_part(scan: Scan, number: Span) -> bool:
    """Whether the number is said to be one of the parts: "of which $4.3 billion came from gaming"."""
    before = scan.text[scan.span.start : number.start]
    if _OF_WHICH.search(before):
        return True
    return bool(_OF_THE_WHOLE.match(before)) and bool(_CAME_FROM.match(scan.text, number.end, scan.span.end))


def _has_strange_subject(scan: Scan, number: Span) -> bool:
    """Whether the sentence begins with what acts and no pack knows: "Gaming earned", "The toys unit made"."""
    known = [m.span for m in scan.mentions if m.value or m.kind in ("metric", "member")]
    known += [p.span for p in scan.periods] + [n.span for n in scan.numbers]
    part = _A_PART.match(scan.text, scan.span.start, number.start)
    if part is not None:
        return not any(span.overlaps(Span(part.start(), part.end())) for span in known)
    head, verb = [*scan.words[:2], None, None][:2]
    if head is None or verb is None or verb.span.start >= number.start or verb.lower not in VERBS:
        return False
    plain = head.lower in PEOPLE or stands_for_company(head.lower)
    return not plain and not any(span.overlaps(head.span) for span in known)
