"""When a company's fiscal years and quarters ended, read off the days its filings tell of."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tieout.core.calendar import FiscalCalendar, Rule
from tieout.core.filed import ANNUAL, FOCUS, Filed
from tieout.core.filed_calendar import YEAR_DAYS, FiledCalendar
from tieout.core.period import ONE_DAY
from tieout.ledger.placed import STATEMENTS

_QUARTERS: dict[int, range] = {1: range(75, 126), 2: range(160, 206), 3: range(245, 301)}
"""Days from the start of the year to the end of a quarter: quarters of twelve to sixteen weeks."""
_RECENT = 8
"""Years the rule for those to come is fitted to."""
_NEAR = timedelta(days=20)
_EARLY = 10
"""A year that ends in the first days of January is the year before's, by everyone's count."""
_UNTOLD_MONTHS = (1, 2, 3)
"""A year that ends so early is named after either year: only the company can say."""


@dataclass(frozen=True, slots=True)
class _Days:
    """How often each stretch of days is told of, in all and by annual forms; years by their last day."""

    told: Mapping[tuple[date, date], int]
    annual: Mapping[tuple[date, date], int]
    named: Mapping[date, int]


def calendar_of(rows: Iterable[Filed]) -> FiledCalendar | None:
    """The fiscal calendar that a company's statements show.

    None where they show no whole year, or none says how years that end early in the year are numbered.
    """
    days = _days(rows)
    ends = _year_ends(days.annual)
    if not ends:
        return None
    offset = _offset(ends, days.named)
    if offset is None:
        return None
    years = {_numbered(end, offset): end for end in ends}
    rule = _rule(years, offset)
    known = tuple((year, end) for year, end in sorted(years.items()) if rule.year_end(year) != end)
    plain = FiledCalendar(rule.rule, rule.month, rule.weekday, rule.offset, known)
    return FiledCalendar(
        rule.rule, rule.month, rule.weekday, rule.offset, known, tuple(_quarters(plain, years, days.told))
    )


def _days(rows: Iterable[Filed]) -> _Days:
    told: Counter[tuple[date, date]] = Counter()
    annual: defaultdict[tuple[date, date], set[str]] = defaultdict(set)
    named: defaultdict[date, Counter[int]] = defaultdict(Counter)
    for row in rows:
        if row.form not in STATEMENTS or row.dimensions:
            continue
        if (row.taxonomy, row.concept) == FOCUS and row.form in ANNUAL:
            named[row.end][int(row.value)] += 1
        if row.start is None:
            continue
        told[row.start, row.end] += 1
        if row.form in ANNUAL and (row.end - row.start).days + 1 in YEAR_DAYS:
            annual[row.start, row.end].add(row.concept)
    counts = {span: len(concepts) for span, concepts in annual.items()}
    return _Days(told, counts, {end: numbers.most_common(1)[0][0] for end, numbers in named.items()})


def _year_ends(annual: Mapping[tuple[date, date], int]) -> list[date]:
    """The days on which fiscal years ended; of days close to each other the one told more often."""
    counts: Counter[date] = Counter()
    for (start, end), count in annual.items():
        counts[end] += count
        counts[start - ONE_DAY] += 1
    ends: list[date] = []
    for end in sorted(counts):
        if ends and end - ends[-1] <= _NEAR:
            ends[-1] = max(ends[-1], end, key=lambda day: (counts[day], day))
        else:
            ends.append(end)
    return ends


def _offset(ends: Sequence[date], named: Mapping[date, int]) -> int | None:
    """Calendar year of the end less number of the year, as most annual filings have it."""
    told = Counter(_plain(end) - named[end] for end in ends if end in named)
    usual = [offset for offset, _ in told.most_common() if offset in (-1, 0, 1)]
    if usual:
        return usual[0]
    last = ends[-1]
    early = last.month in _UNTOLD_MONTHS and not (last.month == 1 and last.day <= _EARLY)
    return None if early else 0


def _plain(end: date) -> int:
    return end.year - 1 if end.month == 1 and end.day <= _EARLY else end.year


def _numbered(end: date, offset: int) -> int:
    return _plain(end) - offset


def _rule(years: Mapping[int, date], offset: int) -> FiscalCalendar:
    """The rule that gives the most of the latest years, counted back from the last one."""

    def run(rule: FiscalCalendar) -> int:
        count = 0
        for year, end in sorted(years.items(), reverse=True)[:_RECENT]:
            if rule.year_end(year) != end:
                break
            count += 1
        return count

    return max(_rules(max(years.values()), offset), key=run)


def _rules(end: date, offset: int) -> Iterator[FiscalCalendar]:
    """The rules that may give this end of a year, the usual ones first."""
    if end.day == monthrange(end.year, end.month)[1]:
        yield FiscalCalendar("month_end", end.month, offset=offset)
    weekly: tuple[Rule, ...] = ("last_weekday", "nearest_weekday")
    for rule in weekly:
        for near in (end, end - timedelta(days=7)):
            yield FiscalCalendar(rule, near.month, end.weekday(), offset)
    yield FiscalCalendar("month_end", end.month, offset=offset)


def _quarters(
    plain: FiledCalendar, years: Mapping[int, date], told: Mapping[tuple[date, date], int]
) -> Iterator[tuple[int, int, date]]:
    """The quarter ends that are told of and that the rule does not give."""
    starts: defaultdict[date, list[tuple[date, int]]] = defaultdict(list)
    for (start, end), count in told.items():
        starts[start].append((end, count))
    for year in filter(plain.regular, (*sorted(years), max(years) + 1)):
        begun = plain.year_end(year - 1) + ONE_DAY
        for number, days in _QUARTERS.items():
            fitting = [one for one in starts[begun] if (one[0] - begun).days + 1 in days]
            if fitting:
                end = max(fitting, key=lambda one: (one[1], one[0]))[0]
                if plain.quarter_end(year, number) != end:
                    yield year, number, end
