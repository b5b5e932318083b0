"""The schema of a facts file: CSV, one row a fact, named after the company it is about (DELL.csv).

========== =========================================================================================
metric      catalogue id; the basis is part of it (`eps_diluted_non_gaap`)
dimensions  `axis=member;axis=member`; blank is the whole company
scenario    actual, guidance, consensus, target, policy, specification
bound       blank, low, mid, high, point, at_least, up_to
start, end  closed days; no start is a balance date; 9999-12-31 is no end; a specification has neither
value       in full units, without separators; percents as fractions
unit        USD, USD/share, ratio, x, count, shares, ...
decimals    a number as in XBRL (-6 is whole millions), `exact` or `unknown`
vintage     blank, first reported, recast
derived     yes, if somebody computed the figure
primary     no, for the lesser of two sources in conflict
known       the first New York day the figure was public; blank if unknown
kind        filing, press_release, transcript, news
title, url  of the document; a whole address or none
accession   of the filing, where there is one; `form` with it
grade       high, medium, low
locator     where in the document
definition  the company's own definition of the measure, in short
========== =========================================================================================

The columns may stand in any order; those in `OPTIONAL` may be left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar, get_args

from tieout.core.errors import ParseError
from tieout.core.fact import Document, Fact, Grade
from tieout.core.measure import Dimensions, Measure, Scenario
from tieout.core.period import Period
from tieout.core.quantity import Bound, Decimals, Precision, Quantity

REQUIRED = ("metric", "end", "value", "unit", "decimals", "known", "kind", "title", "grade")
OPTIONAL = (
    "dimensions",
    "scenario",
    "bound",
    "start",
    "vintage",
    "derived",
    "primary",
    "url",
    "accession",
    "form",
    "locator",
    "definition",
)
KINDS = ("filing", "press_release", "transcript", "news")
VINTAGES = ("", "first reported", "recast")
BOUNDS: Mapping[str, Bound] = {bound: bound for bound in get_args(Bound)}

_METRIC = re.compile(r"[a-z][a-z0-9_]*")
_AXIS = re.compile(r"[a-z][a-z_]*")
_UNIT = re.compile(r"[A-Za-z]+(/[a-z]+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_URL = re.compile(r"https?://[^\s/.…]+\.[^\s…]+")
_ACCESSION = re.compile(r"\d{10}-\d{2}-\d{6}")

_Choice = TypeVar("_Choice", bound=StrEnum)


def parse(entity: str, text: str, file: str) -> tuple[Fact, ...]:
    """The facts of a file's text, in its order.

    Raises ParseError naming file, line, column and the fix at the first row that breaks the schema.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    days: dict[str, date] = {}
    try:
        header = next(reader, None)
        _check_header(header or [], file)
        return tuple(
            _Row(header or [], cells, file, reader.line_num, days).fact(entity) for cells in reader if cells
        )
    except csv.Error as error:
        raise ParseError(
            f"{file}, line {reader.line_num}: {error}",
            file=file,
            line=reader.line_num,
            fix="Quote cells that hold commas or quotes; save the file as plain CSV.",
        ) from error


def _check_header(header: Iterable[str], file: str) -> None:
    names = list(header)
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise ParseError(
            f"{file}, line 1: no column {missing[0]}",
            file=file,
            line=1,
            column=missing[0],
            fix=f"Add the columns {', '.join(missing)} to the first line.",
        )
    for index, name in enumerate(names):
        if name not in REQUIRED and name not in OPTIONAL:
            raise ParseError(
                f"{file}, line 1: unknown column {name!r}",
                file=file,
                line=1,
                column=name,
                fix=f"Remove it or use one of {', '.join((*REQUIRED, *OPTIONAL))}.",
            )
        if name in names[:index]:
            raise ParseError(
                f"{file}, line 1: column {name} stands twice",
                file=file,
                line=1,
                column=name,
                fix="Keep one of the two.",
            )


@dataclass(frozen=True, slots=True)
class _Row:
    header: list[str]
    cells: list[str]
    file: str
    line: int
    days: dict[str, date]

    def fact(self, entity: str) -> Fact:
        if len(self.cells) != len(self.header):
            raise self.error(
                "",
                f"{len(self.cells)} cells under {len(self.header)} columns",
                "Give each column one cell; quote cells that hold commas.",
            )
        row = {name: cell.strip() for name, cell in zip(self.header, self.cells, strict=True)}
        scenario = self.choice(Scenario, "scenario", row.get("scenario") or Scenario.ACTUAL.value)
        period = self.period(row, scenario)
        known = self.day("known", row["known"]) if row["known"] else None
        if scenario is Scenario.ACTUAL and period is not None and known is not None and known < period.end:
            raise self.error(
                "known",
                f"an actual known on {known}, before its period ended on {period.end}",
                "Correct the day or the period, or mark the row as guidance.",
            )
        return Fact(
            Measure(
                entity,
                self.match("metric", row["metric"], _METRIC, "a catalogue id: free_cash_flow"),
                self.dimensions(row.get("dimensions", "")),
                period,
                scenario,
            ),
            self.quantity(row),
            self.document(row, known),
            locator=row.get("locator", ""),
            vintage=self.word("vintage", row.get("vintage", ""), VINTAGES),
            derived=self.word("derived", row.get("derived", ""), ("", "yes")) == "yes",
            primary=self.word("primary", row.get("primary", ""), ("", "no")) == "",
            definition=row.get("definition", ""),
        )

    def quantity(self, row: Mapping[str, str]) -> Quantity:
        try:
            value = Decimal(row["value"])
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or "_" in row["value"]:
            raise self.error(
                "value",
                f"{row['value']!r} is not a number",
                "Write the full number without separators or units: 1200000000.",
            )
        bound = self.word("bound", row.get("bound", ""), tuple(BOUNDS))
        unit = self.match("unit", row["unit"], _UNIT, "a unit such as USD, USD/share, ratio or x")
        return Quantity(value, unit, self.decimals(row["decimals"]), BOUNDS[bound])

    def decimals(self, text: str) -> Decimals:
        if re.fullmatch(r"-?\d{1,2}", text):
            return int(text)
        for precision in Precision:
            if text == precision.value:
                return precision
        raise self.error(
            "decimals",
            f"{text!r} is no precision",
            "Write a whole number as in XBRL (-6 for whole millions), exact or unknown.",
        )

    def document(self, row: Mapping[str, str], known: date | None) -> Document:
        if not row["title"]:
            raise self.error("title", "no document", "Name the document the figure stands in.")
        url, accession = row.get("url", ""), row.get("accession", "")
        return Document(
            self.word("kind", row["kind"], KINDS),
            row["title"],
            self.match("url", url, _URL, "a whole address, or blank") if url else None,
            known,
            self.choice(Grade, "grade", row["grade"]),
            self.match("accession", accession, _ACCESSION, "0001571996-25-000034") if accession else None,
            row.get("form") or None,
        )

    def period(self, row: Mapping[str, str], scenario: Scenario) -> Period | None:
        start, end = row.get("start", ""), row["end"]
        if not start and not end and scenario is Scenario.SPECIFICATION:
            return None
        if not end:
            raise self.error("end", "no end", "Give the last day; only a specification has none.")
        first, last = self.day("start", start) if start else None, self.day("end", end)
        if first is not None and first > last:
            raise self.error("start", f"starts on {first}, after its end on {last}", "Swap the two days.")
        return Period(first, last)

    def dimensions(self, text: str) -> Dimensions:
        pairs: dict[str, str] = {}
        for part in text.split(";") if text else ():
            axis, _, member = (piece.strip() for piece in part.partition("="))
            if not _AXIS.fullmatch(axis) or not member or axis in pairs:
                raise self.error(
                    "dimensions",
                    f"cannot read {part!r}",
                    "Write axis=member;axis=member, each axis once: line=Storage;segment=ISG.",
                )
            pairs[axis] = member
        return tuple(sorted(pairs.items()))

    def day(self, column: str, text: str) -> date:
        if text in self.days:
            return self.days[text]
        try:
            day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            raise self.error(column, f"{text!r} is not a day", "Write it as 2025-08-28.")
        self.days[text] = day
        return day

    def match(self, column: str, text: str, pattern: re.Pattern[str], like: str) -> str:
        if not pattern.fullmatch(text):
            raise self.error(column, f"cannot read {text!r}", f"Write {like}.")
        return text

    def word(self, column: str, text: str, words: tuple[str, ...]) -> str:
        if text not in words:
            names = ", ".join(word or "blank" for word in words)
            raise self.error(column, f"{text!r} is not one of {names}", f"Use {names}.")
        return text

    def choice(self, kind: type[_Choice], column: str, text: str) -> _Choice:
        return kind(self.word(column, text, tuple(member.value for member in kind)))

    def error(self, column: str, what: str, fix: str) -> ParseError:
        where = f", column {column}" if column else ""
        return ParseError(
            f"{self.file}, line {self.line}{where}: {what}",
            fix=fix,
            file=self.file,
            line=self.line,
            column=column,
        )
