"""A number alone in brackets behind another of its kind: "$22.9 billion ($26.4 billion)"."""

from __future__ import annotations

import re

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


def alone_in_brackets(scan: Scan, index: int) -> bool:
    """Whether a number stands by itself in brackets right behind another of its kind."""
    if not index:
        return False
    last, number = scan.numbers[index - 1], scan.numbers[index]
    gap = scan.text[last.span.end : number.span.start].strip()
    closes = scan.text[number.span.end : number.span.end + 1] == ")"
    alike = (last.kind, last.unit) == (number.kind, number.unit) and number.kind in ("money", "percent")
    return alike and gap == "(" and closes and number.sign >= 0


def set_beside(scan: Scan, index: int) -> bool:
    """Whether a number in brackets is another one than that before them, and not the same told otherwise."""
    if not alone_in_brackets(scan, index):
        return False
    return scan.numbers[index - 1].interval.disjoint(scan.numbers[index].interval) or explained(scan)


def explained(scan: Scan) -> bool:
    """Whether the article says that its brackets hold the figures of the year before."""
    return _REMARK.search(scan.text) is not None


def time_in_brackets(scan: Scan, index: int) -> PeriodMention | None:
    """The year before, where the article says that its brackets hold that; else None."""
    if not alone_in_brackets(scan, index) or not explained(scan):
        return None
    at = scan.numbers[index].span.start
    return PeriodMention(Span(at, at), "relative", "Q1", relative="year_ago")
