"""What leans on the sentence behind it: "A year ago it was $8 billion. In Q2 it was $10 billion."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tieout.read.periods import BACKWARD, PeriodMention
from tieout.read.scan import Scan

TOLD_BEHIND = "the sentence behind says what this one is told of"
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
    found = [_within(scan) for scan in scans]
    for place, (scan, following) in enumerate(pairwise(scans)):
        anchor = next((p for p in following.periods if p.explicit), None)
        if anchor is not None and not any(p.explicit for p in scan.periods):
            found[place] = replace(scan, periods=tuple(_from(p, anchor) for p in scan.periods))
    return found


def _within(scan: Scan) -> Scan:
    """The sentence with the times it begins with anchored in its first period: "$4 a year ago, $5 in Q2"."""
    first = next((p for p in scan.periods if p.explicit), None)
    if first is None or scan.has_cue("guidance", scan.span):
        return scan
    leading = (p for p in scan.periods if p.span.end <= first.span.start)
    rest = (p for p in scan.periods if p.span.end > first.span.start)
    return replace(scan, periods=(*(_from(p, first) for p in leading), *rest))


def _from(mention: PeriodMention, anchor: PeriodMention) -> PeriodMention:
    leans = mention.kind == "relative" and mention.relative in BACKWARD
    return replace(mention, anchor=anchor) if leans else mention
