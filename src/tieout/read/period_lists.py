"""Periods told in a list, where one of them says for all what kind they are: "fiscal years 2025 and 2024"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tieout.core.article import Span
from tieout.core.calendar import Part

if TYPE_CHECKING:
    from tieout.read.periods import PeriodMention

_NEXT = re.compile(r"\s*(?:,\s*(?:and\s+|or\s+)?|,?\s+(?:and|or)\s+)(?:the\s+)?", re.IGNORECASE)
_OF_YEARS = re.compile(r"\s*,\s+of\s+(?:the\s+|our\s+|its\s+)?", re.IGNORECASE)
_RAN_TO = re.compile(
    r"\s*\(\s*|(?:,\s+|\s+|\s*\(\s*|\s+[–—-]\s+|/)(?:which\s+|that\s+)?"
    r"(?:(?:ran|runs|running|ended|ends|closed|concluded|finished|ending|closing)"
    r"\s+(?:(?:through|to|on|until)\s+)?|(?:up\s+)?(?:through|to|until)\s+"
    r"|(?:period|quarter|year)[\s-]+end:?\s+|whose\s+last\s+day\s+was\s+)",
    re.IGNORECASE,
)
"""What stands between a part of a year and the day it ended on."""
_LENGTHS: dict[Part, Part] = {
    "Q1": "Q1",
    "Q2": "Q1",
    "Q3": "Q1",
    "Q4": "Q1",
    "H1": "H1",
    "9M": "9M",
    "FY": "FY",
}
"""How a stretch as long as a part of a year is named by its last day."""
_PLURAL = re.compile(r"\b(?:years|quarters|halves|periods)\b", re.IGNORECASE)
_SPELT = re.compile(
    r"\b(?P<months>three|six|nine)(?:[\s-]months?|-)?\s+(?:and|or)\s+(?:the\s+)?$", re.IGNORECASE
)
_MONTHS: dict[str, Part] = {"three": "Q1", "six": "H1", "nine": "9M"}
_LAST: dict[Part, int] = {"Q1": 1, "Q2": 2, "H1": 2, "Q3": 3, "9M": 3, "Q4": 4, "H2": 4}
"""The quarter a part of a year ends with; a whole year lends its number to no part before it."""


def listed(text: str, found: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The mentions, in order, with what those of a list leave to its first or its last one.

    Years and days behind a mention are of its kind; a part of a year takes the year of the part it is joined
    to; "three- and nine-month periods ended" are two.
    """
    mentions: list[PeriodMention] = []
    for each in found:
        last = mentions[-1] if mentions else None
        if last is not None and _part_of_years(text, last, each):
            whole = Span(last.span.start, each.span.end)
            mentions[-1] = replace(last, span=whole, year=each.year, basis=each.basis)
            continue
        if last is not None and _closed_on(text, last, each):
            mentions[-1] = _until(last, each)
            continue
        mention = each
        if last is not None and _NEXT.fullmatch(text, last.span.end, each.span.start):
            mention = _like(text, last, each)
            mentions[-1] = _of_year(last, mention)
        mentions += [*_shorter(text, mention), mention]
    return mentions


def parts_of_years(text: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The parts of a year without one, in each of the years that are told for all.

    "For the second quarter, and for the first half, of fiscal years 2026 and 2025" names four stretches.
    """
    found: list[PeriodMention] = []
    for place, mention in enumerate(mentions):
        if mention.kind != "part" or mention.year is not None or mention.part == "FY":
            continue
        dated = [m for m in mentions[place + 1 :] if m.kind == "part" and m.year is not None]
        if dated and _OF_YEARS.search(text, dated[0].span.start, dated[0].span.end):
            found += [replace(each, part=mention.part) for each in dated if each.part == dated[0].part]
    return found


def _closed_on(text: str, last: PeriodMention, mention: PeriodMention) -> bool:
    """Whether a day only says when the part of a year before it ended: "Q2, which ran to June 30"."""
    part = last.kind == "part" and (last.year is not None or last.part in _LENGTHS)
    day = mention.kind == "on" and mention.day is not None
    return part and day and _RAN_TO.fullmatch(text, last.span.end, mention.span.start) is not None


def _until(last: PeriodMention, mention: PeriodMention) -> PeriodMention:
    """The part of a year with its last day: by its label, or by the day where that has no year."""
    whole = Span(last.span.start, mention.span.end)
    if last.year is not None:
        return replace(last, span=whole)
    return replace(mention, kind="ended", part=_LENGTHS[last.part], span=whole)


def _part_of_years(text: str, last: PeriodMention, mention: PeriodMention) -> bool:
    """Whether a part of a year is of the years behind its comma: "for the first half, of fiscal 2026"."""
    part = last.kind == "part" and last.year is None and last.part != "FY"
    year = mention.kind == "part" and mention.part == "FY" and mention.year is not None
    return part and year and _OF_YEARS.fullmatch(text, last.span.end, mention.span.start) is not None


def _like(text: str, last: PeriodMention, mention: PeriodMention) -> PeriodMention:
    """A year or a day as one of the kind that the mention before it in the list is."""
    if mention.kind == "on" and last.kind == "ended" and mention.day is not None and last.day is not None:
        return replace(mention, kind="ended", part=last.part)
    if mention.kind == "year" and last.kind == "part" and last.year is not None and last.basis != "either":
        plural = _PLURAL.search(text, last.span.start, last.span.end) is not None
        if plural or last.part == "FY":
            return replace(mention, kind="part", part=last.part, basis=last.basis)
    return mention


def _of_year(last: PeriodMention, mention: PeriodMention) -> PeriodMention:
    """The part of a year before another one, of the same year where it has none: "the first and second ...".

    Only of one that ends no later: "the fourth quarter and Q1 2026" are of two years.
    """
    if last.kind != "part" or last.year is not None or mention.kind != "part" or mention.year is None:
        return last
    if last.part not in _LAST or mention.part not in _LAST or _LAST[last.part] > _LAST[mention.part]:
        return last
    return replace(last, year=mention.year, basis=mention.basis)


def _shorter(text: str, mention: PeriodMention) -> list[PeriodMention]:
    """The shorter stretch that ended on the same day: "three- and nine-month periods ended June 28"."""
    if mention.kind != "ended":
        return []
    told = _SPELT.search(text, max(0, mention.span.start - 24), mention.span.start)
    if told is None:
        return []
    part = _MONTHS[told["months"].lower()]
    return [replace(mention, span=Span(told.start(), told.end("months")), part=part)]
