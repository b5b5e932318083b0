"""Whose a number is: the company that the words, the metric or the paragraph give it."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.read.beside import bound_owner
from tieout.read.draft import Subject
from tieout.read.memory import Sentence
from tieout.read.scan import Scan
from tieout.read.wordlist import words

NOT_SUBJECT = words("not_subject")
"""Words before a company's name that keep it from being the one the sentence is about."""

_WHOLE = re.compile(
    r"\b(?:company(?:['’]s|[\s-]*wide)?|consolidated|group(?:['’]s|[\s-]*wide)|total|overall|all\s+of)\b",
    re.IGNORECASE,
)
_CARRIES = re.compile(
    r"\W*(?:[Ii]t|[Ii]ts|[Tt]hey|[Tt]heir|[Tt]he company|[Tt]he firm|[Tt]he group|The chipmaker"
    r"|The cloud provider|And its|But its|Yet its)\b"
)
"""How a sentence begins that goes on about the company of the one before."""


def owned(sentence: Sentence, subject: Subject, start: int) -> Subject:
    """The subject with the company that the words before `start` give it, or the one spoken of."""
    if any(sentence.catalogue.metric(m).kind == "specification" for m in subject.metrics):
        return replace(subject, entity=owner_of(subject, sentence.catalogue))
    entity = named_owner(sentence, subject, start)
    if entity:
        sentence.entity = sentence.memory.entity = entity
    if entity is None:
        listed = sentence.memory.listed if sentence.scan.block.kind == "list" else None
        entity = sentence.entity or _carried(sentence) or listed or sentence.memory.section
    return subject if entity is None else replace(subject, entity=entity)


def named_owner(sentence: Sentence, subject: Subject, start: int) -> str | None:
    """The company that words of the sentence, or the metric itself, give a number; "" without a pack."""
    entity = _sure(sentence, start)
    if entity is None:
        entity = entity_of(sentence.scan, start, subject)
    return owner_of(subject, sentence.catalogue) if entity is None else entity


def _sure(sentence: Sentence, start: int) -> str | None:
    """The company that the words right around the number at `start` give it."""
    numbers = sentence.scan.numbers
    index = next((i for i, number in enumerate(numbers) if number.span.start == start), None)
    return None if index is None else bound_owner(sentence, index)


def _carried(sentence: Sentence) -> str | None:
    return sentence.memory.entity if goes_on_about(sentence.scan) else None


def goes_on_about(scan: Scan) -> bool:
    """Whether a sentence begins as one that goes on about the company of the one before: "Its revenue"."""
    return _CARRIES.match(scan.text, scan.span.start) is not None


def names_owner(sentence: Sentence, index: int, subject: Subject) -> bool:
    """Whether the sentence itself names the company or the segment that number `index` is of."""
    scan, last = sentence.scan, sentence.last
    before = scan.before(index)
    if subject.own_dimensions and subject.span is not None:
        return True
    if subject.dimensions and last is not None and last.subject is not None:
        same = last.subject.dimensions == subject.dimensions and last.owner_named
        return same and not _WHOLE.search(scan.text, before.start, before.end)
    owner = sentence.memory.main if subject.entity is None else subject.entity
    named = any(m.kind == "entity" and m.value == owner for m in scan.mentions)
    return named or _WHOLE.search(scan.text, scan.span.start, scan.span.end) is not None


def entity_of(scan: Scan, before: int, subject: Subject | None) -> str | None:
    """The company the words before a number name as its owner; "" without a pack, None for unsaid.

    An owner stands with a possessive, right before the subject's name, behind "at" or "of" that
    follows it, or at the head of the sentence.
    """
    entities = [m for m in scan.mentions if m.kind == "entity"]
    start = subject.span.start if subject is not None and subject.span is not None else before
    end = subject.span.end if subject is not None and subject.span is not None else before
    for mention in reversed([m for m in entities if m.span.end <= max(start, before)]):
        behind = scan.text[mention.span.end : mention.span.end + 2]
        gap = scan.words_in(Span(mention.span.end, max(start, mention.span.end)))
        if behind in ("'s", "’s") and len(gap) <= 3:
            return mention.value
        if len(gap) == 0 and start >= mention.span.end:
            return mention.value
    for mention in entities:
        gap = scan.lower_in(Span(end, mention.span.start))
        if mention.span.start >= end and len(gap) == 1 and gap[0] in ("at", "of", "for"):
            return mention.value
    for mention in reversed(entities):
        if mention.span.end > before or scan.text[mention.span.end : mention.span.end + 2] in ("'s", "’s"):
            continue
        head = scan.lower_in(Span(scan.span.start, mention.span.start))
        if not head or head[-1] not in NOT_SUBJECT:
            return mention.value
    return None


def owner_of(subject: Subject, catalogue: Catalogue) -> str | None:
    """The one company whose own metric or segment the subject is; None where it is anybody's."""
    owners = {catalogue.metric(m).company for m in subject.metrics}
    if len(owners) == 1 and None not in owners:
        return owners.pop()
    if subject.dimensions:
        having = [
            c.ticker
            for c in catalogue.companies.values()
            if any(set(subject.dimensions) <= set(m.dimensions) for m in c.members)
        ]
        return having[0] if len(having) == 1 else None
    return None
