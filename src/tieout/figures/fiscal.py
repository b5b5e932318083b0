"""Fiscal calendars asked often: the same answers as `FiscalCalendar`, remembered; and how parts add up."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from tieout.core.calendar import FiscalCalendar, Part
from tieout.core.period import Period

__all__ = ["PARTS", "RULES", "back", "label", "part_of", "period"]

PARTS: tuple[Part, ...] = ("Q1", "Q2", "Q3", "Q4", "H1", "H2", "9M", "FY")

RULES: dict[Part, tuple[tuple[Literal["sum", "difference"], tuple[Part, ...]], ...]] = {
    "Q1": (("difference", ("H1", "Q2")),),
    "Q2": (("difference", ("H1", "Q1")),),
    "Q3": (("difference", ("9M", "H1")), ("difference", ("9M", "Q1", "Q2")), ("difference", ("H2", "Q4"))),
    "Q4": (
        ("difference", ("FY", "9M")),
        ("difference", ("FY", "Q1", "Q2", "Q3")),
        ("difference", ("FY", "H1", "Q3")),
        ("difference", ("H2", "Q3")),
    ),
    "H1": (("sum", ("Q1", "Q2")), ("difference", ("9M", "Q3")), ("difference", ("FY", "H2"))),
    "H2": (("sum", ("Q3", "Q4")), ("difference", ("FY", "H1")), ("difference", ("FY", "Q1", "Q2"))),
    "9M": (("sum", ("Q1", "Q2", "Q3")), ("sum", ("H1", "Q3")), ("difference", ("FY", "Q4"))),
    "FY": (
        ("sum", ("Q1", "Q2", "Q3", "Q4")),
        ("sum", ("9M", "Q4")),
        ("sum", ("H1", "H2")),
        ("sum", ("H1", "Q3", "Q4")),
    ),
}
"""How a part of a fiscal year follows from others, the first less the rest or all added."""

_FIRST, _LAST = 3, 9990
"""Policies without an end carry `date.max`; no fiscal year is computed that late, or before the calendar."""


@lru_cache(maxsize=8192)
def part_of(calendar: FiscalCalendar, span: Period) -> tuple[int, Part] | None:
    """Fiscal year and part of a period; None where it is no regular part."""
    return calendar.part_of(span) if _FIRST < span.end.year < _LAST else None


@lru_cache(maxsize=8192)
def period(calendar: FiscalCalendar, year: int, part: Part) -> Period:
    """The days of a part of a fiscal year."""
    return calendar.period(year, part)


@lru_cache(maxsize=8192)
def back(calendar: FiscalCalendar, span: Period, quarters: int) -> Period | None:
    """The like period `quarters` earlier; None for an irregular period."""
    return None if part_of(calendar, span) is None else calendar.back(span, quarters)


@lru_cache(maxsize=8192)
def label(calendar: FiscalCalendar | None, span: Period) -> str:
    """The fiscal name of a period; its dates where it has none, or no calendar is known."""
    if calendar is None or part_of(calendar, span) is None:
        return f"from {span.start}" if span.end.year >= _LAST else str(span)
    return calendar.label(span)
