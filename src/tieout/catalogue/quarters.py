"""Calendars of companies whose quarters end by the week and whose years end by the month."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date

from tieout.core.calendar import CALENDAR_YEAR, FiscalCalendar


@dataclass(frozen=True, slots=True)
class WeeklyQuarters(FiscalCalendar):
    """A calendar whose first three quarters end when those of `weeks` do; its years, when its own rule says.

    Books that close on 31 December, but for the quarters on Saturdays, have a first quarter of 90 days in
    one year and of 95 in the next.
    """

    weeks: FiscalCalendar = field(default=CALENDAR_YEAR)

    def quarter_end(self, year: int, quarter: int) -> date:
        """The last day of a fiscal quarter, 1 to 4."""
        return self.year_end(year) if quarter == 4 else self.weeks.quarter_end(year, quarter)


def with_quarters_of(years: FiscalCalendar, weeks: FiscalCalendar) -> WeeklyQuarters:
    """The calendar with the year ends of one calendar and the quarter ends of the other."""
    own = {each.name: getattr(years, each.name) for each in fields(FiscalCalendar)}
    return WeeklyQuarters(**own, weeks=weeks)
