"""Period expressions in text, as written: which part of which year, or which day, or relative to what."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from typing import Literal

from tieout.core.article import Span
from tieout.core.calendar import Part
from tieout.read.lapses import QUARTER_AGO, YEAR_AGO
from tieout.read.later import counted_on
from tieout.read.period_lists import listed

Basis = Literal["fiscal", "calendar", "either"]
MentionKind = Literal["part", "ended", "on", "year", "relative"]
Relative = Literal[
    "latest",
    "the",
    "current",
    "next",
    "prior",
    "year_ago",
    "last_year",
    "this_year",
    "ttm",
    "earlier",
    "year_end",
    "next_year",
]

BACKWARD: tuple[Relative, ...] = ("year_ago", "prior")
"""Relative periods counted back: a change is measured from them, never told of them."""


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A period as written.

    `part`: a part of a year, `year` None where it is left out. `ended`: a stretch (`part` says how
    long: Q1 for any quarter) that ended in a month or on a day. `on`: a day or month. `year`: a bare
    year. `relative`: "last quarter" and its kin; `part` FY where it speaks of years. `last_year`: a day
    "of last year". `anchor`: the period told after it that a relative one may be counted from. `unsaid`: how
    long the stretch was that ended is left unsaid, "the period ended June 30". `ago`: counted from the day of
    writing, as "a year ago" is and "a year earlier" is not. `last`: "last August".
    `whole`: it may be the whole year, "in the prior year".
    """

    span: Span
    kind: MentionKind
    part: Part = "FY"
    year: int | None = None
    basis: Basis = "either"
    month: int | None = None
    day: int | None = None
    relative: Relative = "latest"
    last_year: bool = False
    anchor: PeriodMention | None = None
    unsaid: bool = False
    ago: bool = False
    last: bool = False
    whole: bool = False

    @property
    def explicit(self) -> bool:
        """Whether the words alone name one period (or its fiscal and its calendar reading)."""
        return self.kind in ("part", "year", "ended", "on") and self.year is not None


_A_YEAR = re.compile(
    r"(?:the\s+)?(?:prior|previous|preceding)\s+year|the\s+year\s+(?:before|prior|earlier)", re.IGNORECASE
)
_IN = re.compile(r"(?<!than\s)\b(?:in|for|during|over)\s+(?:the\s+)?$", re.IGNORECASE)

_MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?:\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\s*(?:%|percent|billion|million|bps)))?"
_YEAR = r"(?:,?\s+(?:of\s+)?(?P<year>20\d\d)\b)?"
_FISCAL = r"(?:fiscal(?:[\s-]+years?)?|FY|F|calendar(?:[\s-]+years?)?|CY)"
_ORDINAL = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "final": 4,
    "closing": 4,
    "opening": 1,
}
_ORD = r"(?P<ord>first|second|third|fourth|final|1st|2nd|3rd|4th)"
_Y4 = r"(?P<y>20\d\d)(?![\d.,]*\d)"
_Y2 = r"(?:['’]?(?P<y2>\d\d))(?!\d|%|[.,]\d)"

_LABEL = re.compile(
    r"\b(?:(?P<f1>fiscal|calendar)\s+)?(?:F?Q(?P<q>[1-4])|F?(?P<qq>[1-4])Q)"
    rf"(?:(?:\s+of|\s+for|\s+in)?[\s/-]*(?P<f2>{_FISCAL})\s*[-'’]?\s*(?:{_Y4}|{_Y2})|[\s/-]*(?:of\s+)?(?P<y3>20\d\d)(?![\d.,]*\d)"
    r"|['’]?(?P<y4>\d\d)(?!\d|%|[.,]\d)|\s?['’](?P<y5>\d\d)\b)?(?!\d)",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    rf"\b(?:(?P<f1>{_FISCAL})\s*[-'’]?\s*)?(?:(?P<y>20\d\d)|['’]?(?P<y2>\d\d))(?:['’]s)?[\s/,-]*"
    r"(?:Q(?P<q>[1-4])\b|(?P<ord>first|second|third|fourth|final|last|1st|2nd|3rd|4th)[\s-]+quarter\b)",
    re.IGNORECASE,
)
_QUARTER_AHEAD = re.compile(
    r"(?:Q[1-4]|[1-4]Q|quarter)(?:\s+(?:of|in|for))?(?:\s+(?:the\s+)?fiscal(?:\s+year)?)?\s*$", re.IGNORECASE
)
"""A quarter that takes the year behind it: "Q4 FY2025, Q1 FY2026"."""
_QUARTER_OF = re.compile(
    rf"\b(?:Q(?P<q>[1-4])|{_ORD}[\s-]+quarter)\s+of\s+(?:its|the|our|their)\s+(?P<y>20\d\d)\s+(?P<f1>fiscal|financial)"
    r"(?:[\s-]+year)?\b",
    re.IGNORECASE,
)
_QUARTER_WORDS = re.compile(
    rf"\b(?:(?P<f1>fiscal|calendar)[\s-]+(?:(?P<y0>20\d\d)[\s-]+)?)?{_ORD}[\s-]+(?:(?P<f3>fiscal)[\s-]+)?"
    rf"quarter\b(?:['’]s)?(?:(?:\s+(?:of|in|for|from))?[\s,-]+(?:(?:its|the|our|their)\s+)?(?P<f2>{_FISCAL})?\s*[-'’]?\s*"
    rf"(?:{_Y4}|(?<=[YFyf])['’]?(?P<y2>\d\d)\b|(?<=FY\s)(?P<y6>\d\d)\b))?",
    re.IGNORECASE,
)
_HALF = re.compile(
    rf"\b(?:(?P<f1>fiscal|calendar)[\s-]+)?(?:{_ORD}[\s-]+(?P<what>half|six\s+months|nine\s+months)|(?P<h>H)(?P<hn>[12])|(?P<hh>[12])H(?=\b|\d\d\b)"
    r"|(?P<nine>9M|nine[\s-]months?|first\s+nine\s+months|first\s+three\s+quarters)|(?P<six>six[\s-]months?\s+(?:ended|of)|first\s+six\s+months))(?:\b|(?<=[12]H))"
    rf"(?:(?:\s+of|\s+in)?\s*(?:(?:its|the)\s+)?(?:(?P<f2>{_FISCAL})\s*[-'’]?\s*(?:{_Y4}|{_Y2})|(?P<y3>20\d\d)\b|(?<=[Hh])(?P<y4>\d\d)\b))?",
    re.IGNORECASE,
)
_FISCAL_YEAR = re.compile(
    rf"\b(?:(?:full[\s-]+(?:fiscal\s+)?year|full[\s-]+year|all\s+of|the\s+year|year)\s+)?"
    rf"(?P<f2>fiscal(?:[\s-]+years?)?|FY|calendar(?:[\s-]+years?)?|CY)\s*[-'’]?\s*(?:{_Y4}|{_Y2})",
    re.IGNORECASE,
)
_FULL_YEAR_OF = re.compile(
    r"\b(?:full[\s-]+year|the\s+full\s+year|the\s+year|all\s+of|calendar)\s+(?P<y>20\d\d)\b", re.IGNORECASE
)
_ENDED = re.compile(
    r"\b(?P<what>quarters?|(?:three|six|nine|twelve)[\s-]months?(?:[\s-]+(?:periods?|stretch|span))?"
    r"|(?:13|26|39|52|53)[\s-]weeks?|(?:fiscal\s+)?years?|period|half|first\s+half)"
    r"(?:,?\s+(?:that|which))?\s+(?:(?:end(?:ed|ing|s)|clos(?:ed|ing|es)|finish(?:ed|ing|es)|conclud(?:ed|ing|es)|wrapp(?:ed|ing)\s+up)"
    r"|(?:(?:ran|running|runs|going|lasting|up)\s+)?(?:to|through|until)(?:\s+and\s+including)?)"
    rf"\s+(?:on\s+|in\s+)?(?:the\s+end\s+of\s+)?(?:{_MONTH}{_DAY}{_YEAR}"
    r"|(?P<dday>[0-3]?\d)\s+(?P<dmonth>"
    + "|".join(_MONTHS)
    + r")\b\.?,?\s*(?P<dyear>20\d\d)?|(?P<iso>20\d\d-\d\d-\d\d))",
    re.IGNORECASE,
)
_QUARTERLY = re.compile(r"quarterly\s$", re.IGNORECASE)
_MONTH_QUARTER = re.compile(rf"\b{_MONTH}{_YEAR}[\s-]+quarter\b", re.IGNORECASE)
_ON = re.compile(
    rf"\b(?:{_MONTH}{_DAY}{_YEAR}|(?P<dday>[0-3]?\d)\s+(?P<dmonth>"
    + "|".join(_MONTHS)
    + r")\b\.?,?\s*(?P<dyear>20\d\d)?|(?P<iso>20\d\d-\d\d-\d\d)(?!\d))",
    re.IGNORECASE,
)
_BARE_YEAR = re.compile(
    r"(?<![\d$€£.,/-])\b(?P<y>20[0-4]\d)\b(?![\d.,]*\d|\s*(?:%|percent|bps|x\b|GPUs|million|billion|units|servers)"
    r"|\s+(?:[A-Z]\w+\s+){0,3}(?:Plan|Act|Notes|Debentures|Indenture|Agreement|Facility)\b)"
)
"""A year alone, but for one that is part of a name: "the 2012 Plan"."""
_BARE_FULL_YEAR = re.compile(
    r"\b(?:full[\s-]+(?:fiscal\s+)?year|fiscal[\s-]+year|for\s+the\s+(?:full\s+)?year|the\s+entire\s+year|the\s+whole\s+year|annual|for\s+the\s+fiscal\s+year|on\s+the\s+year\s+as\s+a\s+whole)\b",
    re.IGNORECASE,
)

_RELATIVES: tuple[tuple[Relative, Part, str], ...] = (
    ("year_ago", "Q1", YEAR_AGO),
    ("prior", "Q1", QUARTER_AGO),
    (
        "ttm",
        "FY",
        r"trailing[\s-](?:twelve|12)[\s-]months?|TTM|(?:past|last)\s+(?:twelve|12)\s+months|(?:past|last|over)\s+four\s+quarters",
    ),
    (
        "latest",
        "Q1",
        r"(?:its\s+|the\s+)?(?:last|latest|most\s+recent|recent|recently\s+(?:reported|ended|completed)|just[\s-](?:reported|ended|completed|closed))\s+(?:fiscal\s+)?(?:reported\s+)?(?:quarter|three\s+months|period|results|report)",
    ),
    (
        "latest",
        "FY",
        r"(?:its\s+|the\s+)?(?:latest|most\s+recent|just[\s-](?:ended|completed))\s+fiscal\s+year",
    ),
    ("current", "Q1", r"(?:the\s+)?(?:current|ongoing|present)\s+(?:fiscal\s+)?quarter|(?:this\s+quarter)"),
    ("next", "Q1", r"(?:the\s+)?(?:next|following|coming|upcoming)\s+(?:fiscal\s+)?quarter"),
    (
        "last_year",
        "FY",
        r"last\s+(?:fiscal\s+)?year|(?:the\s+)?(?:prior|previous)\s+(?:fiscal\s+)?year|the\s+year\s+before",
    ),
    ("next_year", "FY", r"next\s+(?:fiscal\s+)?year"),
    ("this_year", "FY", r"this\s+(?:fiscal\s+)?year|the\s+current\s+(?:fiscal\s+)?year|the\s+fiscal\s+year"),
    (
        "the",
        "Q1",
        r"(?:the|that)\s+(?:reported\s+|fiscal\s+|same\s+)?(?:quarter|three\s+months|period)|for\s+the\s+quarter|quarter[\s-]end|quarterly",
    ),
    (
        "earlier",
        "Q1",
        r"(?:just\s+)?(?:months|quarters|weeks)\s+(?:ago|earlier|before)|previously|earlier\s+(?:this|in\s+the)\s+year|at\s+the\s+start\s+of\s+the\s+year|two\s+years\s+(?:ago|earlier)|(?:two|three|four|five|six)\s+(?:quarters|months)\s+(?:ago|earlier)",
    ),
    (
        "year_end",
        "FY",
        r"(?:at|as\s+of|by)\s+(?:the\s+)?(?:fiscal\s+)?year[\s-]end|at\s+the\s+end\s+of\s+(?:the|its|last)\s+fiscal\s+year",
    ),
)
_RELATIVE = re.compile(
    "|".join(f"(?P<r{i}>\\b(?:{pattern})\\b)" for i, (_, _, pattern) in enumerate(_RELATIVES)), re.IGNORECASE
)
_HINT = re.compile(
    r"\d|quarter|half|month|year|period|TTM|recent|previously|results|report|earlier|ago|annual",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(
    r",?\s+(?:(?:of|in)\s+)?(?:last\s+year|the\s+(?:previous|prior|preceding)\s+year|(?:a|one)\s+year\s+(?:ago|earlier|before))\b",
    re.IGNORECASE,
)
_LAST = re.compile(r"\blast\s+$", re.IGNORECASE)
_MONTH_HINT = re.compile("|".join(m[:3] for m in _MONTHS if len(m) > 3), re.IGNORECASE)


def period_mentions(text: str, span: Span) -> list[PeriodMention]:
    """The period expressions in a stretch of text, left to right, none overlapping another."""
    stretch = text[span.start : span.end]
    found: list[PeriodMention] = []
    if not _HINT.search(stretch) and not _MONTH_HINT.search(stretch):
        return found
    for pattern, build in (
        (_ENDED, _ended),
        (_QUARTER_OF, _label),
        (_YEAR_FIRST, _label),
        (_LABEL, _label),
        (_QUARTER_WORDS, _label),
        (_MONTH_QUARTER, _ended),
        (_HALF, _half),
        (_FISCAL_YEAR, _fiscal_year),
        (_FULL_YEAR_OF, _fiscal_year),
        (_ON, _on),
        (_RELATIVE, _relative),
        (_BARE_FULL_YEAR, _bare_full_year),
        (_BARE_YEAR, _bare_year),
    ):
        for match in pattern.finditer(text, span.start, span.end):
            if not match.group().strip():
                continue
            place = Span(match.start(), match.end())
            if any(place.overlaps(other.span) for other in found):
                continue
            mention = build(match, place)
            if mention is not None:
                found.append(mention)
    return counted_on(text, span, listed(text, sorted(found, key=lambda mention: mention.span)))


def _two(text: str | None) -> int | None:
    return None if text is None else 2000 + int(text)


def _year(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    for name in ("y", "y0", "y3", "year"):
        if groups.get(name):
            return int(groups[name])
    for name in ("y2", "y4", "y5", "y6"):
        if groups.get(name):
            return _two(groups[name])
    return None


def _basis(match: re.Match[str]) -> Basis:
    groups = match.groupdict()
    told = " ".join(str(groups[name]) for name in ("f1", "f2", "f3") if groups.get(name)).lower()
    if "calendar" in told or "cy" in told:
        return "calendar"
    return "fiscal" if told else "either"


def _label(match: re.Match[str], span: Span) -> PeriodMention | None:
    groups = match.groupdict()
    digit = groups.get("q") or groups.get("qq")
    number = int(digit) if digit else _ORDINAL[str(groups["ord"]).lower()]
    if match.re is _YEAR_FIRST and (
        not (groups.get("y") or groups.get("f1"))
        or _QUARTER_AHEAD.search(match.string, max(0, match.start() - 24), match.start())
    ):
        return None
    part: Part = ("Q1", "Q2", "Q3", "Q4")[number - 1]
    return PeriodMention(span, "part", part, _year(match), _basis(match))


def _half(match: re.Match[str], span: Span) -> PeriodMention | None:
    groups = match.groupdict()
    if groups.get("nine") or (groups.get("what") or "").lower().startswith("nine"):
        if not groups.get("nine", "") or re.match(r"nine[\s-]months?$", groups["nine"], re.IGNORECASE):
            lead = match.string[max(0, match.start() - 12) : match.start()]
            if (
                _year(match) is None
                and not re.match(r"nine-month\b", match.group(), re.IGNORECASE)
                and not re.match(r"first", match.group(), re.IGNORECASE)
                and not re.search(r"\b(?:through|over|for|in|the)\s+(?:the\s+)?$", lead, re.IGNORECASE)
            ):
                return None
        return PeriodMention(span, "part", "9M", _year(match), _basis(match))
    if groups.get("six"):
        if _year(match) is None and not groups["six"].lower().startswith("first"):
            return None
        return PeriodMention(span, "part", "H1", _year(match), _basis(match))
    digit = groups.get("hn") or groups.get("hh")
    number = int(digit) if digit else _ORDINAL[str(groups["ord"]).lower()]
    if number > 2:
        if (groups.get("what") or "").lower() == "half":
            number = 2
        else:
            return None
    return PeriodMention(span, "part", "H1" if number == 1 else "H2", _year(match), _basis(match))


def _fiscal_year(match: re.Match[str], span: Span) -> PeriodMention:
    return PeriodMention(span, "part", "FY", _year(match), _basis(match))


def _bare_full_year(_: re.Match[str], span: Span) -> PeriodMention:
    return PeriodMention(span, "part", "FY", None, "either")


def _bare_year(match: re.Match[str], span: Span) -> PeriodMention:
    return PeriodMention(span, "year", "FY", _year(match), "either")


def _date(match: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    groups = match.groupdict()
    if groups.get("iso"):
        year, month, day = (int(part) for part in groups["iso"].split("-"))
        return year, month, day
    month = groups.get("month") or groups.get("dmonth")
    day = groups.get("day") or groups.get("dday")
    year = groups.get("year") or groups.get("dyear")
    return (int(year) if year else None, _MONTHS[month.lower()] if month else None, int(day) if day else None)


def _valid(month: int | None, day: int | None) -> bool:
    return month is not None and 1 <= month <= 12 and (day is None or 1 <= day <= 31)


def _ended(match: re.Match[str], span: Span) -> PeriodMention | None:
    year, month, day = _date(match)
    if not _valid(month, day):
        return None
    what = (match.groupdict().get("what") or "quarter").lower()
    part: Part = "Q1"
    if "six" in what or "half" in what or "26" in what:
        part = "H1"
    elif "nine" in what or "39" in what:
        part = "9M"
    elif any(word in what for word in ("year", "twelve", "52", "53")):
        part = "FY"
    unsaid = what == "period" and not _QUARTERLY.search(match.string, max(0, span.start - 12), span.start)
    mention = PeriodMention(span, "ended", part, year, "either", month, day, unsaid=unsaid)
    return _of_last_year(match, mention)


def _on(match: re.Match[str], span: Span) -> PeriodMention | None:
    year, month, day = _date(match)
    if not _valid(month, day) or (
        year is None
        and day is None
        and match.group()[:3].lower() in ("may", "mar")
        and not re.search(r"(?:in|of|since|by|end|late|early|last|this)\s+$", match.string[: match.start()])
    ):
        return None
    last = day is None and _LAST.search(match.string, 0, match.start()) is not None
    return _of_last_year(match, PeriodMention(span, "on", "Q1", year, "either", month, day, last=last))


def _of_last_year(match: re.Match[str], mention: PeriodMention) -> PeriodMention:
    """The day with the "last year" behind it, if it has no year of its own."""
    behind = _LAST_YEAR.match(match.string, mention.span.end) if mention.year is None else None
    if behind is None:
        return mention
    return replace(mention, span=Span(mention.span.start, behind.end()), last_year=True)


def _relative(match: re.Match[str], span: Span) -> PeriodMention | None:
    for index, (relative, part, _) in enumerate(_RELATIVES):
        if match.group(f"r{index}"):
            ago = match.group().lower().endswith(" ago")
            whole = relative == "year_ago" and _in_a_year(match)
            return PeriodMention(span, "relative", part, relative=relative, ago=ago, whole=whole)
    return None


def _in_a_year(match: re.Match[str]) -> bool:
    """Whether the words may be those of the whole year: "in the prior year", not "than in the prior year"."""
    lead = match.string[max(0, match.start() - 12) : match.start()]
    return _A_YEAR.fullmatch(match.group()) is not None and _IN.search(lead) is not None
