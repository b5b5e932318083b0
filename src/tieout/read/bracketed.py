"""A number alone in brackets behind another of its kind: "$22.9 billion ($26.4 billion)"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tieout.core.article import Span
from tieout.read.periods import PeriodMention
from tieout.read.scan import Scan

UNSAID = "what the number in brackets is set beside the other for is not said"

_YEAR = (
    r"(?:year[\s-](?:earlier|ago)|(?:prior|previous|preceding)[\s-]year|last\s+year"
    r"|a\s+year\s+(?:earlier|ago|before))"
)
_BRACKETS = r"(?:parenthes[ie]s|brackets)"
_REMARK = re.compile(
    rf"{_YEAR}(?:['’]s)?(?:\s+[\w-]+){{0,4}}?\s+in\s+(?:the\s+)?{_BRACKETS}"
    rf"|{_BRACKETS}(?:\s+[\w-]+){{0,4}}?:?\s+(?:from\s+|of\s+|for\s+)?(?:the\s+)?{_YEAR}",
    re.IGNORECASE,
)
"""What an article says of its brackets: "year-earlier numbers in parentheses"."""

FARTHEST = 6
"""How many words may stand between a time and the brackets it is said of."""

_WORD = re.compile(r"\b(?:brackets?|bracketed|parenthes[ie]s|parenthetical|parens)\b", re.IGNORECASE)

_OPENS = re.compile(
    r"\s*[(\[]\s*(?:(?:at|more|less|than|least|just|well|over|under|about|around|roughly|nearly|almost|some|approximately)\s+)*",
    re.IGNORECASE,
)


def alone_in_brackets(scan: Scan, index: int) -> bool:
    """Whether a number stands by itself in brackets right behind another of its kind."""
    if not index:
        return False
    last, number = scan.numbers[index - 1], scan.numbers[index]
    gap = _OPENS.fullmatch(scan.text, last.span.end, number.span.start)
    closes = scan.text[number.span.end : number.span.end + 1] == ")"
    alike = (last.kind, last.unit) == (number.kind, number.unit) and number.kind in ("money", "percent")
    return alike and gap is not None and closes and number.sign >= 0


def set_beside(scan: Scan, index: int) -> bool:
    """Whether a number in brackets is another one than that before them, and not the same told otherwise."""
    if not alone_in_brackets(scan, index):
        return False
    return scan.numbers[index - 1].interval.disjoint(scan.numbers[index].interval)


def key_of(scans: Iterable[Scan]) -> PeriodMention | None:
    """The time that a paragraph says the numbers in its brackets are of; None where it says none."""
    return next((key for scan in scans if (key := _key(scan)) is not None), None)


def key_of_all(text: str) -> PeriodMention | None:
    """The year before, where an article says anywhere that its brackets hold that; else None."""
    found = _REMARK.search(text)
    if found is None:
        return None
    return PeriodMention(Span(found.start(), found.start()), "relative", "Q1", relative="year_ago")


def _key(scan: Scan) -> PeriodMention | None:
    word = _WORD.search(scan.text, scan.span.start, scan.span.end)
    if word is None or not scan.periods:
        return None
    place = Span(word.start(), word.end())
    apart = [(_apart(scan, mention.span, place), mention) for mention in scan.periods]
    near, mention = min(apart, key=lambda each: each[0])
    return mention if near <= FARTHEST else None


def _apart(scan: Scan, one: Span, other: Span) -> int:
    """How many words stand between two places of a sentence."""
    first, second = sorted((one, other))
    return len(scan.words_in(Span(first.end, max(first.end, second.start))))
