"""What leans on the sentence behind it: "A year ago it was $8 billion. In Q2 it was $10 billion."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from tieout.read.periods import BACKWARD, PeriodMention
from tieout.read.scan import Scan

TOLD_BEHIND = "the sentence behind says what this one is told of"
_LAST_QUARTER = re.compile(r"last\s+(?:fiscal\s+)?quarter", re.IGNORECASE)
_NOW = re.compile(r"\b(?:now|today|currently|this\s+time|this\s+quarter)\b", re.IGNORECASE)
_TAKEN_UP = re.compile(r"(?:and\s+|but\s+)?(?:now|today|currently|it|that|this|they|these)\b", re.IGNORECASE)
_THIS_IS = re.compile(
    r"(?:This|That|These|Those|Such|Here)(?:['’]s|\s+(?:is|are|was|were|we\s+have|you\s+have))\b"
)


def told_behind(scans: Sequence[Scan]) -> list[bool]:
    """Whether each sentence of a block leaves it to one behind it to say what it is told of.

    "Revenue, up 12%. Amount, $3 billion. This is storage at Acme in Q2."
    """
    leans, found = False, list[bool]()
    for scan in reversed(scans):
        named = any(m.kind in ("entity", "member") for m in scan.mentions)
        said = named or any(p.explicit for p in scan.periods)
        found.append(leans and not said and bool(scan.numbers))
        if not scan.numbers and said and _THIS_IS.match(scan.text, scan.span.start):
            leans = True
        elif said or not scan.numbers:
            leans = False
    return found[::-1]


def anchored(scans: Sequence[Scan]) -> list[Scan]:
    """The sentences of a block, relative times anchored in what is told behind them.

    That is a period of their own sentence, or the first of the next one where theirs names none.
    """
    found = [_within(_before_now(scan, behind)) for scan, behind in zip_longest(scans, scans[1:])]
    for place, (scan, following) in enumerate(pairwise(scans)):
        anchor = next((p for p in following.periods if p.explicit), None)
        if anchor is not None and not any(p.explicit for p in scan.periods):
            found[place] = replace(scan, periods=tuple(_from(p, anchor) for p in scan.periods))
    return found


def _before_now(scan: Scan, following: Scan | None) -> Scan:
    """The sentence with "last quarter" as the one before, where it is set beside what is so now."""
    last = [p for p in scan.periods if _LAST_QUARTER.fullmatch(scan.text, p.span.start, p.span.end)]
    if not last or not scan.numbers:
        return scan
    within = len(scan.numbers) > 1 and _NOW.search(scan.text, scan.span.start, scan.span.end)
    beside = (
        following is not None
        and following.numbers
        and _TAKEN_UP.match(scan.text, following.span.start)
        and _NOW.search(scan.text, following.span.start, following.span.end)
        and not following.has_cue("guidance", following.span)
    )
    if not (within or beside) or scan.has_cue("guidance", scan.span):
        return scan
    moved = (replace(p, relative="prior", ago=True) if p in last else p for p in scan.periods)
    return replace(scan, periods=tuple(moved))


def _within(scan: Scan) -> Scan:
    """The sentence with the times it begins with anchored in its first period: "$4 a year ago, $5 in Q2"."""
    first = next((p for p in scan.periods if p.explicit), None)
    if first is None or scan.has_cue("guidance", scan.span):
        return scan
    leading = (p for p in scan.periods if p.span.end <= first.span.start)
    rest = (replace(p, ago=False) for p in scan.periods if p.span.end > first.span.start)
    return replace(scan, periods=(*(_from(p, first) for p in leading), *rest))


def _from(mention: PeriodMention, anchor: PeriodMention) -> PeriodMention:
    leans = mention.kind == "relative" and mention.relative in BACKWARD
    return replace(mention, anchor=anchor, ago=False) if leans else mention
