"""Times that lean on the sentence behind them: "A year ago it was $8 billion. In Q2 it was $10 billion."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tieout.read.periods import BACKWARD, PeriodMention
from tieout.read.scan import Scan


def anchored(scans: Sequence[Scan]) -> list[Scan]:
    """The sentences of a block; relative times of one without a period are anchored in the next one's first."""
    found = [*scans]
    for place, (scan, following) in enumerate(pairwise(scans)):
        anchor = next((p for p in following.periods if p.explicit), None)
        if anchor is not None and not any(p.explicit for p in scan.periods):
            found[place] = replace(scan, periods=tuple(_from(p, anchor) for p in scan.periods))
    return found


def _from(mention: PeriodMention, anchor: PeriodMention) -> PeriodMention:
    leans = mention.kind == "relative" and mention.relative in BACKWARD
    return replace(mention, anchor=anchor) if leans else mention
