"""Fiscal calendars: labels to periods and back, computed and never stored."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from tieout.core.period import ONE_DAY, Period

Rule = Literal["month_end", "last_weekday", "nearest_weekday"]
Part = Literal["Q1", "Q2", "Q3", "Q4", "H1", "H2", "9M", "FY"]
EARLIEST, LATEST = 3, 9990
"""Years between which dates leave room for a fiscal year on either side."""
QUARTERS: tuple[Part, ...] = ("Q1", "Q2", "Q3", "Q4")
LONGER: tuple[Part, ...] = ("H1", "H2", "9M", "FY")


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """A company's year-end rule; fiscal year N ends in calendar year N + `offset`.

    `month_end`: the last day of `month`. `last_weekday`: its last `weekday` (Monday is 0).
    `nearest_weekday`: the `weekday` nearest its last day. A 52/53-week year's quarters have 13
    weeks, the last one takes the 53rd. `known` overrides the rule for single years.
    """

    rule: Rule = "month_end"
    month: int = 12
    weekday: int = 6
    offset: int = 0
    known: tuple[tuple[int, date], ...] = field(default=())

    def year_end(self, year: int) -> date:
        """The last day of fiscal `year`."""
        for known_year, day in self.known:
            if known_year == year:
                return day
        calendar_year = year + self.offset
        last = date(calendar_year, self.month, months.monthrange(calendar_year, self.month)[1])
        if self.rule == "month_end":
            return last
        back = (last.weekday() - self.weekday) % 7
        if self.rule == "last_weekday" or back <= 3:
            return last - timedelta(days=back)
        return last + timedelta(days=7 - back)

    def quarter_end(self, year: int, quarter: int) -> date:
        """The last day of a fiscal quarter, 1 to 4."""
        if quarter == 4:
            return self.year_end(year)
        before = self.year_end(year - 1)
        if self.rule != "month_end":
            return before + timedelta(days=91 * quarter)
        month_index = before.year * 12 + before.month - 1 + 3 * quarter
        y, m = divmod(month_index, 12)
        return date(y, m + 1, months.monthrange(y, m + 1)[1])

    def period(self, year: int, part: Part) -> Period:
        """The days of a part of fiscal `year`: a quarter, a half, nine months or the year."""
        return _period(self, year, part)

    def label(self, period: Period) -> str:
        """The fiscal name of a period ("Q2 FY2026"), or its dates where it has none.

        A balance date takes the name of the quarter it closes.
        """
        if period.end == date.max:
            return f"from {period.start}"
        found = self.part_of(period)
        if found is None:
            return str(period)
        year, part = found
        return f"FY{year}" if part == "FY" else f"{part} FY{year}"

    def containing(self, day: date) -> tuple[int, int]:
        """Fiscal year and quarter (1 to 4) that `day` falls in."""
        for year in self._years_near(day):
            for quarter in (1, 2, 3, 4):
                span = self.period(year, QUARTERS[quarter - 1])
                if span.start is not None and span.start <= day <= span.end:
                    return year, quarter
        raise ValueError(f"no fiscal quarter holds {day}")

    def part_of(self, period: Period) -> tuple[int, Part] | None:
        """Fiscal year and part of a period, None where it is no regular part; instants name quarters."""
        return _part_of(self, period)

    def back(self, period: Period, quarters: int) -> Period | None:
        """The like period `quarters` earlier (negative: later); None for an irregular period.

        Halves, nine months and years move only by whole years.
        """
        found = self.part_of(period)
        if found is None:
            return None
        year, part = found
        if part in QUARTERS:
            index = year * 4 + QUARTERS.index(part) - quarters
            moved = self.period(index // 4, QUARTERS[index % 4])
        elif quarters % 4 == 0:
            moved = self.period(year - quarters // 4, part)
        else:
            return None
        return moved.closing() if period.is_instant else moved

    def _years_near(self, day: date) -> tuple[int, ...]:
        base = day.year - self.offset
        return base, base + 1, base - 1


@lru_cache(maxsize=8192)
def _period(calendar: FiscalCalendar, year: int, part: Part) -> Period:
    first, last = {
        "Q1": (0, 1),
        "Q2": (1, 2),
        "Q3": (2, 3),
        "Q4": (3, 4),
        "H1": (0, 2),
        "H2": (2, 4),
        "9M": (0, 3),
        "FY": (0, 4),
    }[part]
    before = calendar.year_end(year - 1) if first == 0 else calendar.quarter_end(year, first)
    return Period(before + ONE_DAY, calendar.quarter_end(year, last))


@lru_cache(maxsize=8192)
def _part_of(calendar: FiscalCalendar, period: Period) -> tuple[int, Part] | None:
    if not EARLIEST < period.end.year < LATEST:
        return None
    base = period.end.year - calendar.offset
    for year in (base, base + 1, base - 1):
        for part in (*QUARTERS, *LONGER):
            named = _period(calendar, year, part)
            if named == period or (period.is_instant and named.end == period.end):
                return year, part
    return None


CALENDAR_YEAR = FiscalCalendar()
