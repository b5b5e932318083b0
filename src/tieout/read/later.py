"""Times counted on from one named before them: "$25 billion in Q2 FY2025 and $30 billion a year later"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tieout.core.article import Span
from tieout.core.calendar import QUARTERS

if TYPE_CHECKING:
    from tieout.read.periods import PeriodMention

_LATER = re.compile(
    r"\b(?:(?P<year>(?:(?:a|one)\s+(?:full\s+)?year|(?:twelve|12)\s+months|four\s+quarters))"
    r"|(?P<quarter>(?:a|one)\s+quarter|(?:three|3)\s+months))\s+(?:later|on)\b(?!\s+(?:year|quarter|from|than|the|a|an|its)\b)",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|would|should|could|may|might|expect|guid|forecast|target|promis|plan|aim|predict|project|estimat|hop)",
    re.IGNORECASE,
)
"""Words that make what comes later a forecast, whose time is not so plain."""


def counted_on(text: str, span: Span, found: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The periods of a sentence with those told as so long after a part of a year named right before them.

    A year on is the same part of the next year; a quarter on is counted from quarters only.
    """
    mentions = list(found)
    for match in _LATER.finditer(text, span.start, span.end):
        place = Span(match.start(), match.end())
        before = [m for m in mentions if m.span.end <= place.start]
        if not before or any(m.span.overlaps(place) for m in mentions):
            continue
        last = before[-1]
        if last.kind != "part" or last.year is None or _AHEAD.search(text, span.start, place.start):
            continue
        if match["year"]:
            mentions.append(replace(last, span=place, year=last.year + 1))
        elif last.part in QUARTERS:
            step = QUARTERS.index(last.part) + 1
            following = QUARTERS[step % len(QUARTERS)]
            mentions.append(replace(last, span=place, part=following, year=last.year + step // len(QUARTERS)))
        mentions.sort(key=lambda mention: mention.span)
    return mentions


def is_counted_on(text: str, mention: PeriodMention) -> bool:
    """Whether a period was told as so long after another."""
    return _LATER.fullmatch(text, mention.span.start, mention.span.end) is not None
