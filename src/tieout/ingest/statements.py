"""The statements in an earnings release: tables whose scale, columns and labels leave nothing open."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from tieout.catalogue import Catalogue
from tieout.core.article import Article, Block, Span
from tieout.core.calendar import FiscalCalendar
from tieout.core.period import Period
from tieout.core.skipped import Skipped
from tieout.ingest.heads import period_of
from tieout.ingest.lines import line_of, sums

CAPTIONS, CAPTION_LENGTH = 6, 160
"""How many lines above a table, and how long ones, may be its title."""
_SCALE = re.compile(
    r"\b(?:in|expressed in)\s+(?:u\.?s\.?\s+)?(?:dollars\s+in\s+)?(thousands|millions|billions)\b"
)
_POWERS = {"thousands": 3, "millions": 6, "billions": 9}
_OTHERWISE = re.compile(
    r"non-?gaap|adjust|reconcil|pro[ -]?forma|constant currency|segment|guidance|outlook|forecast|as reported"
)
_FOREIGN = re.compile(
    r"[€£¥]|\b(?:C|CA|CDN|A|AU|HK|NT|S|SG|NZ|R|MX)\$"
    r"|\b(?:euros?|pounds sterling|yen|renminbi|rupees|reais|pesos|francs)\b"
    r"|\b(?:CAD|EUR|GBP|RMB|CNY|JPY|CHF|INR|BRL)\b",
)
_OTHER_DOLLARS = re.compile(
    r"\b(?:canadian|australian|new zealand|singapore|hong kong|taiwan|jamaican)\s+dollars", re.IGNORECASE
)
_TITLE = re.compile(
    r"(?:(?:condensed|consolidated|unaudited|interim|summary|selected|combined|preliminary|and)\s+)*"
    r"(?:statements?\s+of\s+(?:consolidated\s+)?(?:income|operations|earnings|loss|comprehensive\s+(?:income|loss)"
    r"|income\s+and\s+comprehensive\s+income|cash\s+flows?|financial\s+(?:position|condition))"
    r"|income\s+statements?|balance\s+sheets?|cash\s+flow\s+statements?)"
)
_ASIDE = re.compile(r"\([^()]*\)|[-–—:]")
LEAST = 3
"""As many lines as must be known before a table is taken for a statement."""
_YEAR = re.compile(r"20[0-9]{2}")
_NUMBER = re.compile(
    r"\$?\s*(?P<open>\()?\$?\s*(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)\s*(?P<close>\))?"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a statement: metric, the catalogue's unit, period, value in full units, decimals, place."""

    metric: str
    unit: str
    period: Period
    value: Decimal
    decimals: int
    label: str
    number: Span


@dataclass(frozen=True, slots=True)
class Statements:
    """The figures of a release's statements, and what of its tables was left out and why."""

    figures: tuple[Figure, ...]
    skipped: tuple[Skipped, ...]


def statements(article: Article, catalogue: Catalogue, calendar: FiscalCalendar) -> Statements:
    """The figures of the article's tables that are statements and can be read for certain."""
    tables: defaultdict[int, list[tuple[int, Block]]] = defaultdict(list)
    for position, block in enumerate(article.blocks):
        if block.kind == "table_row":
            tables[block.table].append((position, block))
    if _OTHER_DOLLARS.search(article.text):
        return Statements((), (Skipped("tables", "of a release in other dollars", len(tables)),))
    figures: list[Figure] = []
    skipped: list[Skipped] = []
    for members in tables.values():
        found = _Table.of(article, members).read(catalogue, calendar)
        if isinstance(found, str):
            skipped.append(Skipped("tables", found))
        else:
            figures += found
    return Statements(tuple(figures), tuple(skipped))


@dataclass(frozen=True, slots=True)
class _Table:
    """A table's title and its rows as cells; `places` are where the cells stand in the text."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    places: tuple[tuple[Span, ...], ...]

    @staticmethod
    def of(article: Article, members: Sequence[tuple[int, Block]]) -> _Table:
        """The table of these rows, with the short lines above it."""
        first = members[0][0]
        above = takewhile(
            lambda block: block.kind != "table_row" and block.span.end - block.span.start <= CAPTION_LENGTH,
            article.blocks[max(0, first - CAPTIONS) : first][::-1],
        )
        words = [" ".join(article.text[b.span.start : b.span.end].split()) for b in above]
        places = tuple(block.cells for _, block in members if block.cells)
        rows = tuple(tuple(" ".join(article.text[at.start : at.end].split()) for at in row) for row in places)
        return _Table(" | ".join(reversed(words)), rows, places)

    def read(self, catalogue: Catalogue, calendar: FiscalCalendar) -> list[Figure] | str:
        """The figures; a string is why none can be read."""
        over = list(takewhile(_is_head, self.rows))
        heads = over[: max((at for at, row in enumerate(over, 1) if any(row[1:])), default=0)]
        lines = [*self.title.lower().split(" | "), *(cell.lower() for row in over for cell in row if cell)]
        told = " | ".join(lines)
        scales = {scale for line in lines for scale in _SCALE.findall(line.partition("except")[0])}
        why = self._unfit(lines, heads, len(scales))
        if why:
            return why
        power = _POWERS[scales.pop()]
        periods = self._periods(heads, calendar)
        figures = list(self._figures(len(heads), periods, power, told, catalogue))
        return _proved(figures)

    def _unfit(self, lines: Sequence[str], heads: Sequence[tuple[str, ...]], scales: int) -> str:
        if len(self.rows) - len(heads) < LEAST:
            return "too short for a statement"
        if not any(_TITLE.fullmatch(" ".join(_ASIDE.sub(" ", line).split())) for line in lines):
            return "without the title of a statement"
        if any(map(_OTHERWISE.search, lines)):
            return "of other measures than the statements'"
        if scales != 1:
            return "whose scale is not said once"
        cells = [cell for row in self.rows for cell in row]
        if any(map(_FOREIGN.search, (self.title, *cells))) or not any("$" in cell for cell in cells):
            return "whose currency is not plainly the dollar"
        return ""

    def _periods(self, heads: Sequence[tuple[str, ...]], calendar: FiscalCalendar) -> list[Period | None]:
        """The period of each column of figures, in their order."""
        width = max(map(len, self.rows))
        columns = ([row[at] for row in heads if len(row) == width and row[at]] for at in range(1, width))
        return [period_of(column, calendar) for column in columns]

    def _figures(
        self, first: int, periods: Sequence[Period | None], power: int, told: str, catalogue: Catalogue
    ) -> Iterator[Figure]:
        heading = ""
        outsiders = any("noncontrolling" in row[0].lower().replace("-", "") for row in self.rows if row)
        for row, places in zip(self.rows[first:], self.places[first:], strict=True):
            if _OTHERWISE.search(row[0].lower()):
                return  # what follows may be of that other measure, or of both
            if not any(row[1:]):
                heading = "" if row[0].startswith("(") and row[0].endswith(")") else row[0]
                continue
            line = line_of(row[0], heading)
            if line is None or len(row) != len(periods) + 1 or (outsiders and line.metric == "net_income"):
                continue
            metric = catalogue.metric(line.metric)
            if metric.unit == "shares" and "share" in told.partition("except")[2].replace("per share", ""):
                continue  # whether thousands or single shares is not told plainly
            scale = 0 if metric.unit == "USD/share" else power
            for period, cell, place in zip(periods, row[1:], places[1:], strict=True):
                value = _value(cell)
                if period is None or value is None or period.is_instant != (metric.kind == "balance"):
                    continue
                if value < 0 and not line.signed:
                    continue
                digits = -int(value.as_tuple().exponent)
                yield Figure(
                    line.metric, metric.unit, period, value.scaleb(scale), digits - scale, row[0], place
                )


def _is_head(row: Sequence[str]) -> bool:
    """Whether a row stands over the figures: it has none, or years alone."""
    return not any(_value(cell) is not None and not _YEAR.fullmatch(cell) for cell in row[1:])


def _value(cell: str) -> Decimal | None:
    """The number a cell holds, brackets as a minus; None for what is no number alone."""
    found = _NUMBER.fullmatch(cell)
    if (
        found is None
        or not _GROUPED.fullmatch(found["digits"])
        or bool(found["open"]) != bool(found["close"])
    ):
        return None
    value = Decimal(found["digits"].replace(",", ""))
    return -value if found["open"] else value


def _proved(figures: Sequence[Figure]) -> list[Figure] | str:
    """A table's figures, those told with two values left out; a string where they do not add up."""
    told: defaultdict[tuple[str, Period], list[Figure]] = defaultdict(list)
    for figure in figures:
        told[figure.metric, figure.period].append(figure)
    if len({figure.metric for figure in figures}) < LEAST:
        return "with too few lines that are known"
    kept = {key: same[0] for key, same in told.items() if len({each.value for each in same}) == 1}
    for period in {period for _, period in kept}:
        for names in sums():
            parts = [kept.get((name, period)) for name in names]
            if all(parts) and not _adds_up([part for part in parts if part is not None]):
                return "whose lines do not add up"
    return list(kept.values())


def _adds_up(parts: Sequence[Figure]) -> bool:
    whole, first, second = parts
    unit = Decimal(1).scaleb(-max(whole.decimals, first.decimals, second.decimals))
    return abs(first.value - second.value - whole.value) <= 2 * unit
