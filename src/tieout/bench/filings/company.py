"""The company of a filing: its pack, or what the filing's cover says where there is none."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tieout.bench.filings.marked import Inline
from tieout.catalogue import Catalogue
from tieout.core.calendar import FiscalCalendar, Rule
from tieout.core.company import Company
from tieout.core.errors import ParseError
from tieout.core.period import ONE_DAY, Period

_LEGAL = re.compile(r",?\s+(?:inc|corp|corporation|co|company|ltd|llc|plc)\.?$", re.IGNORECASE)
_YEAR = range(350, 381)
"""The days a fiscal year may have, transitions aside."""


def company_of(page: Inline, periods: Sequence[Period], catalogue: Catalogue, name: str) -> Company:
    """The pack with the filing's number of the SEC, else a company made of its cover and its years.

    Raises ParseError where there is no pack and the cover does not say name and fiscal year.
    """
    numbers = {str(context.cik) for context in page.contexts.values()}
    for pack in catalogue.companies.values():
        if pack.cik is not None and pack.cik.lstrip("0") in numbers:
            return pack
    full, focus = page.cover.get("EntityRegistrantName", ""), page.cover.get("DocumentFiscalYearFocus", "")
    context = page.contexts.get(page.cover_context)
    start = None if context is None else context.period.start
    if not full or not re.fullmatch(r"20\d\d", focus) or start is None:
        raise ParseError(f"{name}: no pack, and the cover does not say whose filing of which year it is",
                         fix="add a pack for the company")  # fmt: skip
    ticker = page.cover.get("TradingSymbol", "").upper() or full.upper()
    return Company(
        ticker,
        full,
        tuple(dict.fromkeys((full, _LEGAL.sub("", full)))),
        calendar_of(start - ONE_DAY, int(focus) - 1, periods, name),
    )


def calendar_of(end: date, year: int, periods: Sequence[Period], name: str) -> FiscalCalendar:
    """The calendar by which fiscal `year` ended on that day, and the years among `periods` when they did.

    Raises ParseError where no rule gives them all.
    """
    ends = {end}
    for period in periods:
        if period.start is not None and period.days in _YEAR:
            ends |= {period.end, period.start - ONE_DAY}
    known = {year + round((day - end).days / 365.25): day for day in ends}
    for calendar in _rules(end, year):
        if all(calendar.year_end(each) == day for each, day in known.items()):
            return calendar
    raise ParseError(f"{name}: no rule gives its fiscal years", fix="add a pack for the company")


def _rules(end: date, year: int) -> Iterator[FiscalCalendar]:
    """The rules that may give this end of a year, the usual ones first."""
    if end.day == monthrange(end.year, end.month)[1]:
        yield FiscalCalendar("month_end", end.month, offset=end.year - year)
    rules: tuple[Rule, ...] = ("last_weekday", "nearest_weekday")
    for rule in rules:
        for near in (end, end - timedelta(days=7)):
            yield FiscalCalendar(rule, near.month, end.weekday(), near.year - year)
