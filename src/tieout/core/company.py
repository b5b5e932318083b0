"""A company as the catalogue and the reader know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tieout.core.calendar import CALENDAR_YEAR, FiscalCalendar
from tieout.core.measure import Dimensions


@dataclass(frozen=True, slots=True)
class Member:
    """A segment, product line or product: its dimensions and the names texts use for it.

    `metric` is what a bare mention with a number means ("Storage slipped 3% to $3.85 billion"); empty for
    revenue. `filed` are the members that filings tag its figures with.
    """

    dimensions: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    metric: str = ""
    filed: tuple[Dimensions, ...] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """Ticker, names, calendar and members of one company.

    `own_metrics` are the catalogue ids of KPIs only this company defines. `predecessors` are numbers
    of the SEC that it filed under until a day: what was filed under them before is its history.
    """

    ticker: str
    name: str
    names: tuple[str, ...]
    calendar: FiscalCalendar = CALENDAR_YEAR
    cik: str | None = None
    members: tuple[Member, ...] = ()
    own_metrics: tuple[str, ...] = ()
    predecessors: tuple[tuple[str, date], ...] = ()
