"""Names and numbers that pair off in order: "X and Y revenue rose 44% and 1%, respectively"."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.read.draft import Draft
from tieout.read.memory import Sentence
from tieout.read.owner import owned
from tieout.read.subject import merged
from tieout.read.words import Mention

_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_AND = re.compile(r"[\s,]*(?:and\s+)?")


def respectively(sentence: Sentence) -> None:
    """Each number before a "respectively" takes its own name; unread where they do not pair off."""
    scan, drafts = sentence.scan, sentence.drafts
    match = _RESPECTIVELY.search(scan.text, scan.span.start, scan.span.end)
    group = [] if match is None else _group(sentence, match.start())
    if len(group) < 2:
        return
    first = drafts[group[0]]
    start = scan.before(group[0]).start
    names = [m for m in scan.names if start <= m.span.start and m.span.end <= first.number.start]
    members = [m for m in names if m.kind == "member"]
    metrics = [m for m in names if m.kind == "metric"]
    if len(members) == len(group):
        chosen = [[*metrics[-1:], member] for member in members]
    elif len(metrics) == len(group):
        chosen = [[metric] for metric in metrics]
    else:
        why = "the numbers do not pair off with the names before them"
        for position in group:
            drafts[position] = replace(drafts[position], unread=why)
        return
    for position, named in zip(group, chosen, strict=True):
        drafts[position] = _paired(sentence, drafts[position], first, named)


def _group(sentence: Sentence, end: int) -> list[int]:
    """The numbers right before `end` that only commas and "and" part."""
    drafts = sentence.drafts
    group: list[int] = []
    for position in reversed([i for i, d in enumerate(drafts) if d.number.end <= end]):
        if group:
            gap = sentence.scan.text[drafts[position].number.end : drafts[group[0]].number.start]
            if not _AND.fullmatch(gap):
                break
        group.insert(0, position)
    return group


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
