"""TOML tables -> what they declare: strict, so that a typing error is an error and not a silence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import cast, get_args

from tieout.catalogue.model import Direction, Family, Formula, Kind, Metric, Operation
from tieout.catalogue.quarters import with_quarters_of
from tieout.catalogue.table import Table
from tieout.core.calendar import FiscalCalendar, Rule
from tieout.core.company import Company, Member
from tieout.core.concepts import Concept
from tieout.core.filed_calendar import FiledCalendar
from tieout.core.measure import Dimensions, Scenario

METRIC_KEYS = {
    "label",
    "unit",
    "kind",
    "aliases",
    "tags",
    "siblings",
    "at_least",
    "formula",
    "scenario",
    "definition",
    "dimensions",
    "filed",
}
CALENDAR_KEYS = {"rule", "month", "weekday", "offset", "known", "quarters", "quarter_ends"}
ADDED_KEYS = {"ticker", "names", "members", "metrics", "families"}
"""What may be added to a company that has a pack."""
PACK_KEYS = ADDED_KEYS | {"name", "cik", "calendar", "predecessors"}

OPERATIONS: dict[str, Operation] = {" / ": "ratio", " - ": "difference", " + ": "sum"}
SOME_YEARS = range(2020, 2028)
"""Years in which a calendar is tried: the lengths of all others follow."""
QUARTER_DAYS = range(80, 106)
"""Twelve to fifteen weeks."""
_WORD = re.compile(r"[A-Za-z0-9&/]")
_CIK = re.compile(r"\d{10}")


def metrics_in(table: Table, company: str | None = None) -> Iterable[Metric]:
    """The metrics a file declares."""
    for key, raw in table.named("metrics"):
        raw.only(METRIC_KEYS)
        dimensions = raw.table("dimensions")
        yield Metric(
            id=key,
            label=raw.text("label"),
            unit=raw.text("unit"),
            kind=raw.word("kind", cast("tuple[Kind, ...]", get_args(Kind)), "flow"),
            aliases=names_in(raw, "aliases"),
            tags=frozenset(raw.texts("tags")),
            siblings=raw.texts("siblings"),
            at_least=raw.text("at_least", ""),
            formulas=tuple(_formula(text, raw) for text in raw.texts("formula")),
            scenario=raw.word("scenario", tuple(Scenario), Scenario.ACTUAL),
            definition=raw.text("definition", ""),
            default_dimensions=tuple(sorted((axis, dimensions.text(axis)) for axis in dimensions.keys)),
            company=company,
            filed=tuple(_tagged(text, raw) for text in raw.texts("filed")),
        )


def families_in(table: Table, company: str | None = None) -> Iterable[Family]:
    """The families a file declares."""
    for key, raw in table.named("families"):
        raw.only({"aliases", "members", "needs"})
        members = raw.texts("members")
        if not members:
            raise raw.wrong("members", "are missing", 'name the metrics meant: members = ["...", "..."]')
        yield Family(key, names_in(raw, "aliases"), members, raw.texts("needs") or members, company)


def company_in(table: Table) -> Company:
    """The company a pack describes."""
    table.only(PACK_KEYS)
    names = names_in(table, "names")
    if not names:
        raise table.wrong("names", "are missing", 'say how texts name the company: names = ["...", "..."]')
    if "calendar" not in table.keys:
        raise table.wrong("calendar", "is missing", "say when the fiscal year ends: [calendar] month = 12")
    cik = table.text("cik", "") or None
    earlier = table.table("predecessors")
    for key, number in (("cik", cik), *(("predecessors", number) for number in earlier.keys)):
        if number is not None and not _CIK.fullmatch(number):
            raise table.wrong(key, f"is {number!r}", "write the ten digits of the SEC's number, zeros first")
    return Company(
        ticker=table.text("ticker"),
        name=table.text("name"),
        names=names,
        calendar=_calendar(table.table("calendar")),
        cik=cik,
        members=members_in(table),
        own_metrics=tuple(table.table("metrics").keys),
        predecessors=tuple((number, earlier.day(number)) for number in earlier.keys),
    )


def directions_in(table: Table) -> Iterable[Direction]:
    """The direction words a file declares."""
    for key, raw in table.named("directions"):
        yield Direction(
            id=key,
            words=raw.texts("words"),
            sign=raw.number("sign", range(-1, 2), 0),
            true_from=Decimal(raw.text("true_from")),
            false_below=Decimal(raw.text("false_below")),
            true_from_points=Decimal(raw.text("true_from_points")),
            false_below_points=Decimal(raw.text("false_below_points")),
        )


def _calendar(raw: Table) -> FiscalCalendar:
    raw.only(CALENDAR_KEYS)
    known, quarters = raw.table("known"), raw.table("quarters")
    years = FiscalCalendar(
        rule=raw.word("rule", cast("tuple[Rule, ...]", get_args(Rule)), "month_end"),
        month=raw.number("month", range(1, 13), 12),
        weekday=raw.number("weekday", range(7), 6),
        offset=raw.number("offset", range(-1, 2), 0),
        known=tuple((_year(year, known), known.day(year)) for year in known.keys),
    )
    ends = raw.table("quarter_ends")
    if ends.keys:
        return FiledCalendar(*_fields(years), tuple(_ends(ends)))
    made = with_quarters_of(years, _calendar(quarters)) if quarters.keys else years
    for year in {each + step for each in (*SOME_YEARS, *dict(made.known)) for step in (0, 1)}:
        _regular(made, year, raw)
    return made


def _fields(years: FiscalCalendar) -> tuple[Rule, int, int, int, tuple[tuple[int, date], ...]]:
    return years.rule, years.month, years.weekday, years.offset, years.known


def _ends(table: Table) -> Iterable[tuple[int, int, date]]:
    """Year, number and last day of quarters that end as no rule has it."""
    for year in table.keys:
        days = table.days(year)
        if len(days) != 3:
            raise table.wrong(year, "has not three days", "write the ends of its first three quarters")
        for number, day in enumerate(days, 1):
            yield _year(year, table), number, day


def _year(text: str, known: Table) -> int:
    if not re.fullmatch(r"(?:19|20|21)\d\d", text):
        raise known.wrong(text, "is no fiscal year", "write for example: 2025 = 2025-02-01")
    return int(text)


def _regular(calendar: FiscalCalendar, year: int, raw: Table) -> None:
    """Raise ParseError where a year has a quarter of a length that no quarter has."""
    ends = [calendar.year_end(year - 1), *(calendar.quarter_end(year, quarter) for quarter in (1, 2, 3, 4))]
    for number, (before, end) in enumerate(pairwise(ends), 1):
        if (days := (end - before).days) not in QUARTER_DAYS:
            what = f"makes a quarter of {days} days, Q{number} of fiscal {year}"
            raise raw.wrong("known" if calendar.known else "quarters", what, "correct the days or the rule")


def members_in(table: Table) -> tuple[Member, ...]:
    """The segments and products a pack names."""
    return tuple(_member(raw) for raw in table.several("members"))


def _member(raw: Table) -> Member:
    axes = tuple(sorted((axis, raw.text(axis)) for axis in set(raw.keys) - {"names", "metric", "filed"}))
    names = names_in(raw, "names")
    if not axes or not names:
        fix = 'write for example: segment = "X", names = ["X", "X Group"]'
        raise raw.wrong("names" if axes else "segment", "is missing", fix)
    return Member(
        axes, names, raw.text("metric", ""), tuple(_filed(text, raw) for text in raw.texts("filed"))
    )


def _tagged(text: str, raw: Table) -> tuple[Concept, Dimensions]:
    concept, _, members = (part.strip() for part in text.partition(" of "))
    taxonomy, colon, name = concept.partition(":")
    if not colon or not name:
        fix = 'write for example: filed = ["us-gaap:Revenues of srt:ProductOrServiceAxis=x:YMember"]'
        raise raw.wrong("filed", f"holds {text!r}", fix)
    return (taxonomy, name), _filed(members, raw) if members else ()


def _filed(text: str, raw: Table) -> Dimensions:
    pairs = [tuple(part.strip() for part in pair.split("=")) for pair in text.split(";")]
    if not all(len(pair) == 2 and all(":" in part for part in pair) for pair in pairs):
        fix = 'write as filed, with prefixes: filed = ["us-gaap:StatementBusinessSegmentsAxis=x:YMember"]'
        raise raw.wrong("filed", f"holds {text!r}", fix)
    return tuple(sorted((axis, member) for axis, member in pairs))


def names_in(raw: Table, key: str) -> tuple[str, ...]:
    """The names by which texts call something; a gap in one stands between words."""
    names = raw.texts(key)
    for name in names:
        if not all(_WORD.search(part) for part in name.split("…")):
            fix = "write it in Latin letters, a gap (…) only between words"
            raise raw.wrong(key, f"holds {name!r}, which no text can be searched for", fix)
    return names


def _formula(text: str, raw: Table) -> Formula:
    for sign, operation in OPERATIONS.items():
        if sign in text:
            return Formula(operation, tuple(part.strip() for part in text.split(sign)))
    raise raw.wrong("formula", f"{text!r} has no operation", "write for example: a / b")
