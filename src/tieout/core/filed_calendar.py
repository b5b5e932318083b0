"""A fiscal calendar as filings show it: the year and quarter ends there were, a rule for those to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tieout.core.calendar import FiscalCalendar, Part
from tieout.core.period import Period

YEAR_DAYS = range(350, 381)
"""A fiscal year's days; what is shorter or longer is the stub of a changed year end, and no year."""


@dataclass(frozen=True, slots=True)
class FiledCalendar(FiscalCalendar):
    """`quarters` are the ends of single quarters, by year and number, that the rule does not give.

    Quarters of twelve and sixteen weeks, years of books that changed their end: none follows from a rule. A
    stub has no fiscal name, and nothing grows on one.
    """

    quarters: tuple[tuple[int, int, date], ...] = ()

    def quarter_end(self, year: int, quarter: int) -> date:
        """The last day of a fiscal quarter, 1 to 4; of a stub, which has no quarters, its fourth parts."""
        if not self.regular(year):
            before, end = self.year_end(year - 1), self.year_end(year)
            return before + (end - before) * quarter // 4
        for known_year, number, day in self.quarters:
            if (known_year, number) == (year, quarter):
                return day
        return FiscalCalendar.quarter_end(self, year, quarter)

    def part_of(self, period: Period) -> tuple[int, Part] | None:
        """Fiscal year and part of a period; None where it is no regular part, or of no regular year."""
        found = FiscalCalendar.part_of(self, period)
        return None if found is None or not self.regular(found[0]) else found

    def back(self, period: Period, quarters: int) -> Period | None:
        """The like period `quarters` earlier; None for an irregular one, or where that is one."""
        moved = FiscalCalendar.back(self, period, quarters)
        return None if moved is None or self.part_of(moved) is None else moved

    def regular(self, year: int) -> bool:
        """Whether fiscal `year` is a whole one."""
        return (self.year_end(year) - self.year_end(year - 1)).days in YEAR_DAYS
