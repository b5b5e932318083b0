"""Several quarters named at once: "the first, second and third quarters", "the first three quarters"."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.core.article import Span
from tieout.core.calendar import QUARTERS
from tieout.read.periods import PeriodMention
from tieout.read.scan import Scan

_NUMBER = {"two": 2, "three": 3, "four": 4}
_ORDINALS = ("first", "second", "third", "fourth")
_LISTED = re.compile(
    r"\b(?:first|second|third|fourth|Q[1-4])(?:\s*,\s*(?:and\s+)?(?:first|second|third|fourth|Q[1-4]))*"
    r"\s+and\s+(?:first|second|third|fourth|Q[1-4])\b(?:[\s-]+(?:fiscal\s+)?quarters?)?",
    re.IGNORECASE,
)
_ITEM = re.compile(r"first|second|third|fourth|Q[1-4]", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:(?P<first>first)\s+(?P<n>two|three)\s+(?:fiscal\s+)?quarters|(?:all\s+)?(?:the\s+)?four\s+quarters)\s+of\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*,?\s*(?:and\s+)?(?:in\s+)?(?:the\s+)?", re.IGNORECASE)


def quarters_named(scan: Scan, count: int, behind: Span) -> list[PeriodMention]:
    """The quarters that a sentence names at once, in its order, if there are `count`; else none.

    `behind` is the stretch from their numbers to the next: a period in it goes before those elsewhere. All
    are of the one year it gives for them; a year it leaves out stays out.
    """
    for told in _LISTED.finditer(scan.text, scan.span.start, scan.span.end):
        parts = [_part(item.group()) for item in _ITEM.finditer(told.group())]
        if len(parts) == count:
            return _all(_year(scan, told), parts, told)
    for told in _COUNTED.finditer(scan.text, scan.span.start, scan.span.end):
        named = _NUMBER[told["n"].lower()] if told["first"] else 4
        if named == count:
            return _all(_year(scan, told), list(range(count)), told)
    return _in_a_row(scan, count, behind)


def _in_a_row(scan: Scan, count: int, behind: Span) -> list[PeriodMention]:
    """Periods that follow one another with only commas and "and" between them; none if not `count`.

    "A and B for the second quarter, and C and D for the first half, of 2026 and 2025": the years are of both.
    """
    rows: list[list[PeriodMention]] = []
    for mention in scan.periods:
        gap = scan.text[rows[-1][-1].span.end : mention.span.start] if rows else ""
        if not rows or not _JOINED.fullmatch(gap):
            rows.append([])
        rows[-1].append(mention)
    fitting = [row for row in rows if len(row) == count and all(each.kind == row[0].kind for each in row)]
    near = [row for row in fitting if behind.encloses(row[0].span)]
    lone = [each for each in scan.periods if behind.encloses(each.span)]
    if not near and len(fitting) == 1 and len(lone) == 1:
        bare = lone[0].kind == "part" and lone[0].year is None
        dated = all(each.kind == "part" and each.year is not None for each in fitting[0])
        return [replace(each, part=lone[0].part) for each in fitting[0]] if bare and dated else []
    fitting = near or fitting
    if len(fitting) != 1:
        return []
    year, basis = fitting[0][-1].year, fitting[0][-1].basis
    if any(each.year is None for each in fitting[0]) and fitting[0][-1].kind == "part":
        return [each if each.year else replace(each, year=year, basis=basis) for each in fitting[0]]
    return fitting[0]


def _part(word: str) -> int:
    return int(word[1]) - 1 if word[:1] in "Qq" else _ORDINALS.index(word.lower())


def _year(scan: Scan, told: re.Match[str]) -> PeriodMention | None:
    """The period that overlaps or follows the words and gives their year."""
    place = Span(told.start(), told.end() + len(" of the fiscal year"))
    return next((p for p in reversed(scan.periods) if p.span.overlaps(place) and p.year), None)


def _all(year: PeriodMention | None, parts: list[int], told: re.Match[str]) -> list[PeriodMention]:
    span = Span(told.start(), told.end()) if year is None else year.span
    bare = PeriodMention(span, "part")
    whole = bare if year is None else replace(bare, year=year.year, basis=year.basis)
    return [replace(whole, part=QUARTERS[part]) for part in parts]
