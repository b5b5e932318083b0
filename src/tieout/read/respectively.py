"""Two lists, of names and of numbers, that pair off: "X and Y revenue rose 44% and 1%, respectively"."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.core.article import Span
from tieout.read.draft import Draft
from tieout.read.memory import Sentence
from tieout.read.owner import owned
from tieout.read.scan import Scan
from tieout.read.subject import merged
from tieout.read.words import Mention

FEWEST = 3
"""Numbers that make a list even without the word."""

_OF_WHICH = "a list of several measures does not say which of them it gives for this segment"
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_AND = re.compile(r"\band\b")
_NEXT = re.compile(r"(?:\s*(?:a|per)\s+share)?[\s,]*(?:and\s+)?")


def respectively(sentence: Sentence) -> None:
    """Each number of a list takes its own name of the list before; unread where they do not pair off."""
    scan, drafts = sentence.scan, sentence.drafts
    told = _RESPECTIVELY.search(scan.text, scan.span.start, scan.span.end)
    group = _numbers(sentence, told.start() if told else scan.span.end)
    if len(group) < (2 if told else FEWEST):
        return
    first = drafts[group[0]]
    items = _names(scan, Span(scan.before(group[0]).start, first.number.start))
    if len(items) == len(group):
        metrics = [m for item in items for m in item if m.kind == "metric"]
        for position, item in zip(group, items, strict=True):
            bare = all(m.kind == "member" for m in item)
            if bare and len({m.value for m in metrics}) > 1:
                drafts[position] = replace(drafts[position], unread=_OF_WHICH)
                continue
            named = [*item, *metrics[-1:]] if bare else item
            drafts[position] = _paired(sentence, drafts[position], first, named)
    elif told or len(items) > 1:
        why = "the numbers do not pair off with the names before them"
        for position in group:
            drafts[position] = replace(drafts[position], unread=why)


def _numbers(sentence: Sentence, end: int) -> list[int]:
    """The last numbers before `end` that stand in a list, only commas and "and" between them."""
    drafts = sentence.drafts
    group: list[int] = []
    for position in reversed([i for i, d in enumerate(drafts) if d.number.end <= end]):
        if group:
            gap = sentence.scan.text[drafts[position].number.end : drafts[group[0]].number.start]
            if not _NEXT.fullmatch(gap):
                break
        group.insert(0, position)
    return group


def _names(scan: Scan, stretch: Span) -> list[list[Mention]]:
    """The names ahead of a list of numbers, parted at commas and "and"."""
    items: list[list[Mention]] = []
    last: Mention | None = None
    for name in (m for m in scan.names if stretch.encloses(m.span)):
        gap = "" if last is None else scan.text[last.span.end : name.span.start]
        if last is None or "," in gap or _AND.search(gap):
            items.append([])
        items[-1].append(name)
        last = name
    return items


def _paired(sentence: Sentence, draft: Draft, first: Draft, named: list[Mention]) -> Draft:
    """The draft as one of what is named, told as the first number of the group is."""
    subject = sentence.subjects.build(named, sentence.scan.span)
    subject = merged(subject, None, sentence.catalogue, "percent", True)
    foreign = draft.amount is None or draft.amount.foreign
    return replace(
        draft,
        subject=owned(sentence, subject, sentence.scan.numbers[0].span.start),
        relation=first.relation,
        change=first.change,
        base=first.base,
        base_period=first.base_period,
        negative=first.negative,
        positive=first.positive,
        period=draft.period or first.period,
        scenario=first.scenario,
        unread=draft.unread if foreign else "",
    )
