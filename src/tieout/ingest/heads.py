"""The heads over a statement's columns: which period each column is of, where that is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from tieout.core.calendar import FiscalCalendar, Part
from tieout.core.period import Period

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WORDS = {
    "three": 3, "six": 6, "nine": 9, "twelve": 12, "thirteen": 13, "fourteen": 14, "twenty-six": 26,
    "twenty-seven": 27, "thirty-nine": 39, "forty": 40, "fifty-two": 52, "fifty-three": 53,
}  # fmt: skip
_PARTS: dict[str, tuple[Part, ...]] = {
    "quarter": ("Q1", "Q2", "Q3", "Q4"), "half": ("H1",), "nine": ("9M",), "year": ("FY",),
}  # fmt: skip
_LONG = {3: "quarter", 6: "half", 9: "nine", 12: "year"}
_DATE = rf"(?P<month>{_MONTH})\.?\s+(?P<day>[0-3]?[0-9])\s*,?\s*(?P<year>20[0-9]{{2}})"
_HEAD = re.compile(
    rf"(?:(?P<count>{'|'.join(_WORDS)}|[0-9]{{1,2}})[\s-]+(?P<unit>months?|weeks?)(?:\s+period)?\s+ended\s+"
    rf"|(?:fiscal\s+)?(?P<whole>quarter|year)\s+ended\s+|(?:as\s+of\s+|at\s+)?){_DATE}"
)
_IDLE = re.compile(
    r"\((?:unaudited|audited|[0-9a-z])\)|[*†‡:]|^\s*(?:for the|the)\b|\bfiscal\b", re.IGNORECASE
)


def period_of(heads: Sequence[str], calendar: FiscalCalendar) -> Period | None:
    """The period that the heads of one column give together, from the top; None where they say more or less.

    A stretch is one only as a quarter, half, nine months or year of the company's calendar.
    """
    told = " ".join(_IDLE.sub(" ", " ".join(dict.fromkeys(heads))).split()).lower()
    found = _HEAD.fullmatch(told)
    if found is None:
        return None
    try:
        end = date(int(found["year"]), _MONTHS.index(found["month"][:3]) + 1, int(found["day"]))
    except ValueError:
        return None
    if not found["count"] and not found["whole"]:
        return Period.instant(end)
    return _stretch(end, found, calendar)


def _stretch(end: date, found: re.Match[str], calendar: FiscalCalendar) -> Period | None:
    if found["whole"]:
        return _in_calendar(end, found["whole"], calendar)
    count = _WORDS.get(found["count"]) or int(found["count"])
    if found["unit"].startswith("month"):
        return _in_calendar(end, _LONG[count], calendar) if count in _LONG else None
    start = end - timedelta(days=7 * count - 1)
    named = next((kind for weeks, kind in _WEEKS if count in weeks), None)
    known = None if named is None else _in_calendar(end, named, calendar)
    return known if known is not None and known.start == start else None


_WEEKS = (((13, 14), "quarter"), ((26, 27), "half"), ((39, 40), "nine"), ((52, 53), "year"))


def _in_calendar(end: date, kind: str, calendar: FiscalCalendar) -> Period | None:
    """The stretch of that kind that ends on that very day; None where the calendar has none."""
    year, _ = calendar.containing(end)
    periods = (calendar.period(year, part) for part in _PARTS[kind])
    return next((each for each in periods if each.end == end), None)
