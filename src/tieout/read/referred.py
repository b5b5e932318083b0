"""What a sentence goes back to with a pronoun: "All eyes were on revenue. It came to $3.2 billion."."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.read.draft import Subject
from tieout.read.memory import Sentence
from tieout.read.periods import PeriodMention
from tieout.read.scan import Scan
from tieout.read.subject import Subjects

_IT = re.compile(
    r"(?P<it>It|That|This|The\s+(?:figure|number|total|sum|amount|tally))\s+"
    r"(?:was|is|came\s+(?:in\s+)?(?:to|at)|reached|hit|stood\s+at|stands\s+at|totall?ed|amounted\s+to|rose\s+to|fell\s+to"
    r"|landed\s+at|worked\s+out\s+at|turned\s+out\s+at)\s+"
    r"(?:(?:about|roughly|nearly|almost|some|approximately|around|just|over|a|an|only)\s+)*$"
)


_GOES_ON = re.compile(
    r"(?:It|That|This|The\s+(?:figure|number|total|sum))\s+(?:was|is|represents|represented|marks|marked|means)\s+"
    r"(?:(?:up|down|about|nearly|roughly|a|an|some|just)\s+)*$"
)


def goes_on(scan: Scan, index: int) -> bool:
    """Whether the sentence says how the number before it compares: "That was 15% more than a year ago"."""
    start = scan.numbers[0].span.start
    return not index and _GOES_ON.fullmatch(scan.text, scan.span.start, start) is not None


def told_period_of(scan: Scan, before: PeriodMention | None) -> PeriodMention | None:
    """The one period that a sentence without numbers names outright, for the pronoun or the list behind it.

    A list keeps that of the line above it to its end.
    """
    if scan.numbers:
        return before if scan.block.kind == "list" else None
    named = [p for p in scan.periods if p.explicit]
    return named[0] if len(named) == 1 and len(scan.periods) == 1 else None


def take_told_period(sentence: Sentence) -> None:
    """Give the period told before to the numbers of a list's item, or of a pronoun, that have none."""
    memory, drafts = sentence.memory, sentence.drafts
    if memory.told_period is None:
        return
    pronoun = bool(drafts) and referred(sentence.scan, 0, memory.told) is not None
    if not pronoun and sentence.scan.block.kind != "list":
        return
    for position, draft in enumerate(drafts):
        if draft.period is None and not draft.is_base:
            drafts[position] = replace(draft, period=memory.told_period)


def told_of(scan: Scan, catalogue: Catalogue) -> Subject | None:
    """The one measure a sentence without numbers names, for a pronoun in the next; None if not just one."""
    metrics = [m for m in scan.names if m.kind == "metric"]
    if scan.numbers or len(metrics) != 1 or scan.block.kind in ("heading", "title"):
        return None
    if any(scan.has_cue(cue, scan.span) for cue in ("guidance", "consensus", "modal", "conjecture")):
        return None
    members = [m for m in scan.names if m.kind == "member"]
    if len(members) > 1:
        return None
    owners = {m.value for m in scan.mentions if m.kind == "entity"}
    if len(owners) > 1:
        return None
    subject = Subjects(scan, catalogue).build([*members, *metrics], scan.span)
    return replace(subject, entity=next(iter(owners), None))


def referred(scan: Scan, index: int, told: Subject | None) -> Subject | None:
    """The measure told of in the sentence before, where a pronoun alone stands for it; None elsewhere."""
    if told is None or index:
        return None
    it = _IT.match(scan.text, scan.span.start, scan.numbers[0].span.start)
    if it is None:
        return None
    return replace(
        told, span=Span(it.start("it"), it.end("it")), why=(*told.why, "named in the sentence before")
    )
