"""Which other company a number could be told of, and what keeps it from being called this one's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tieout.core.article import Span
from tieout.read.beside import bound_owner, is_beside
from tieout.read.draft import Draft, Subject
from tieout.read.memory import Sentence
from tieout.read.owner import goes_on_about, named_owner
from tieout.read.relation import PAST_VERBS
from tieout.read.scan import Scan

ANOTHER_COMPANY = "another company is named before the number"

NEAR = 4
"""Words behind a number within which a company may be its owner."""

_SAID_BY = re.compile(r"[^.;]{0,60}?[,.!]?[\"”’]\s+(?:said|says|reported|according\s+to)\s+")
_BESIDE = re.compile(
    r"(?:(?:\A|(?<=[\n,] )|(?<=\n)|(?<=[.!?] ))(?:(?:much|just)\s+)?"
    r"(?:unlike|like|as\s+with|(?:in|by)\s+(?:contrast|comparison)\s+(?:to|with))"
    r"|,\s+(?:an?|its|the|another)\s+(?:[\w-]+\s+){0,2}(?:rival|competitor|peer|supplier|customer|partner)\s+(?:of|to)"
    r"|,\s+which\s+(?:competes|works|trades)\s+with)\s+$",
    re.IGNORECASE,
)
"""What sets a company beside another, or says what the other is to it."""
_GOES_ON = re.compile(
    rf",\s+(?:[A-Z][\w&.’'-]*\s+){{0,4}}(?:{'|'.join(sorted(PAST_VERBS | {'had', 'has'}))})\b"
    r"(?:(?!\b(?:it|its|they|their|that|whose|which|who|where|when|as|and|or|but|help\w*)\b)[^,;:()—–])*"
)
"""The one clause behind such an aside, up to the number: who had it, and nobody else."""
_RIVAL = re.compile(r"\b(?:rival|competitor|peer)\b")


def rival_companies(sentence: Sentence, subject: Subject, number: Span) -> tuple[str, ...]:
    """The other companies spoken of, where no word of the sentence says whose the number is."""
    if named_owner(sentence, subject, number.start) is not None:
        return ()
    before = sentence.scan.within(Span(sentence.scan.span.start, number.start), "entity")
    near = (*sentence.memory.companies_near(sentence.block), *(m.value for m in before))
    owner = sentence.memory.main if subject.entity is None else subject.entity
    return tuple(company for company in dict.fromkeys((sentence.memory.main, *near)) if company != owner)


def firmly_beside(sentence: Sentence, subject: Subject, index: int) -> bool:
    """Whether the number takes its measure from another company's number right before it."""
    last = sentence.last
    return subject.span is None and last is not None and last.firm and is_beside(sentence, index)


def other_companies(sentence: Sentence, draft: Draft, subject: Subject, index: int) -> Iterator[str]:
    """Why the number may be another company's after all, the weightiest first."""
    scan = sentence.scan
    owner = sentence.memory.main if subject.entity is None else subject.entity
    unsure = sentence.memory.several or "" in draft.rival_companies
    if draft.rival_companies and unsure and goes_on_about(scan):
        yield "the sentence may be about another of the companies named before"
    if sentence.memory.stranger and goes_on_about(scan):
        yield "the sentence may be about the company dealt with before"
    if draft.rival_companies and sentence.memory.headed:
        yield "the heading names another company"
    if subject.span is None and _company_behind(scan, index, owner):
        yield "another company is named right behind the number"
    if draft.rival_companies and _RIVAL.search(scan.text, draft.number.end, scan.span.end):
        yield "it is told of the company whose rival is named"
    spoken = _SAID_BY.match(scan.text, draft.number.end, scan.span.end)
    if spoken and any(
        m.kind == "entity" and m.value != owner and m.span.start == spoken.end() for m in scan.mentions
    ):
        yield "another company is quoted"
    if bound_owner(sentence, index) == owner:
        return
    ahead = [m for m in scan.mentions if m.kind == "entity" and m.span.end <= draft.number.start]
    named = any(m.value == owner for m in ahead)
    others = (m.span for m in ahead if m.value != owner)
    if not all(named and _set_beside(scan, span, draft.number) for span in others):
        yield ANOTHER_COMPANY


def _set_beside(scan: Scan, name: Span, number: Span) -> bool:
    """Whether a company is only what another is set beside, and nothing is told of it: "Unlike Acme, "."""
    led = _BESIDE.search(scan.text, scan.span.start, name.start)
    return led is not None and _GOES_ON.fullmatch(scan.text, name.end, number.start) is not None


def _company_behind(scan: Scan, index: int, owner: str) -> bool:
    """Whether another company stands within a few words behind a number that names no measure of its own."""
    clause = scan.clause(scan.after(index))
    return any(
        m.value != owner and len(scan.words_in(Span(clause.start, m.span.start))) <= NEAR
        for m in scan.within(clause, "entity")
    )
