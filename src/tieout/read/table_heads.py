"""The heads of a table's columns: the period, the kind of change or the company that each names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tieout.core.article import Span
from tieout.core.measure import Scenario
from tieout.read.bases import is_base_period
from tieout.read.draft import Base
from tieout.read.periods import PeriodMention, period_mentions
from tieout.read.scan import Scan
from tieout.read.table_companies import company_in
from tieout.read.times import NOW

_YOY = re.compile(
    r"y\s*[/o-]+\s*y|(?:on|over) (?:(?:the|a) )?year|annual|since a year|year[- ](?:over|on)[- ]year"
    r"|vs\.? (?:a )?year|yr/yr",
    re.IGNORECASE,
)
_QOQ = re.compile(
    r"q\s*[/o-]+\s*q|on the quarter|over the quarter|sequential|quarter[- ](?:over|on)[- ]quarter",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\b(?:change|chg|growth|%|variance|delta)", re.IGNORECASE)
_CONSENSUS = re.compile(
    r"\b(?:consensus|estimates?|expected|est\.?|street|forecast by analysts)\b", re.IGNORECASE
)
GUIDANCE = re.compile(r"\b(?:guidance|guide|outlook|forecast)\b", re.IGNORECASE)
_YEAR_AGO = re.compile(
    r"\b(?:year[- ](?:ago|earlier|before)|(?:prior|previous)[- ]year|last year)\b", re.IGNORECASE
)
_PRIOR = re.compile(
    r"\b(?:prior quarter|previous quarter|last quarter|prior|previous|old|former|quarter ago)\b",
    re.IGNORECASE,
)

UNLIKE = "the line above the table names another stretch of time than the column"


@dataclass(frozen=True, slots=True)
class Head:
    """What a column head says: its period, or the kind of change, or whose figure it is.

    `company` is the one it names, "" one without a pack; `since` the period it names a change from; `now` the
    period that it, or what it is a base of, calls the latest; `loose` why that is in doubt.
    """

    period: PeriodMention | None = None
    change: Base | None = None
    scenario: Scenario | None = None
    base: Base | None = None
    cell: Scan | None = None
    company: str | None = None
    since: PeriodMention | None = None
    now: PeriodMention | None = None
    loose: str = ""


def head_of(cell: Scan) -> Head:
    """What one head says."""
    text = cell.text[cell.span.start : cell.span.end]
    period = cell.periods[0] if cell.periods else None
    change: Base | None = (
        "yoy"
        if _YOY.search(text) or cell.has_cue("yoy", cell.span)
        else "qoq"
        if _QOQ.search(text) or cell.has_cue("qoq", cell.span)
        else "assumed"
        if _CHANGE.search(text)
        else None
    )
    scenario = (
        Scenario.CONSENSUS
        if _CONSENSUS.search(text)
        else Scenario.GUIDANCE
        if GUIDANCE.search(text)
        else None
    )
    base: Base | None = None
    if period is None or period.kind == "relative":
        base = "yoy" if _YEAR_AGO.search(text) else "qoq" if _PRIOR.search(text) else None
    if change is None:
        return Head(period, None, scenario, base, company=company_in(cell))
    since = period if period is not None and base is None and is_base_period(cell, period) else None
    if change == "assumed":
        change = "period" if since else base or change
    return Head(None if since or base else period, change, scenario, company=company_in(cell), since=since)


def told_now(head: Head, when: PeriodMention | None) -> Head:
    """The head, a "latest quarter" in it taken as the period that the line above the table gives."""
    period = head.period
    latest = period is not None and period.kind == "relative" and period.relative in NOW and not head.change
    if when is None or not when.explicit or not (latest or head.base):
        return head
    whole = when.kind == "year" or when.part == "FY"
    yearly = period is not None and period.part == "FY"
    text = "" if head.cell is None else head.cell.text[head.cell.span.start : head.cell.span.end]
    unlike = whole and not yearly and "quarter" in text.lower()
    return replace(head, period=when if latest else period, now=when, loose=UNLIKE if unlike else "")


def is_head(cells: Sequence[Scan]) -> bool:
    """Whether a first row, without a mark that says so, names columns."""
    rest = cells[1:]
    return (
        bool(rest)
        and not any(c.numbers for c in rest)
        and any(c.names or c.periods or head_of(c) != Head() for c in rest)
    )


def with_those_above(heads: Sequence[Head], cells: Sequence[Scan], above: Sequence[Head]) -> list[Head]:
    """The heads of a row, with the periods they give together with those above them."""
    over = [head.cell for head in above]
    owners = dict(enumerate(head.company for head in above))
    return [
        replace(
            head,
            cell=cell,
            period=head.period if head.change else _stacked(over, cell, column),
            company=owners.get(column) if head.company is None else head.company,
        )
        for column, (head, cell) in enumerate(zip(heads, cells, strict=True))
    ]


def _stacked(above: Sequence[Scan | None], cell: Scan, column: int) -> PeriodMention | None:
    """The period that a head gives together with those above it in its column; None where they give none.

    A head below that names a stretch of its own stands alone.
    """
    own = cell.periods[0] if cell.periods else None
    if own is not None and own.kind in ("part", "ended", "relative"):
        return own
    over = above[column] if column < len(above) else None
    if over is None:
        return own
    joined = f"{_words(over)} {_words(cell)}"
    found = period_mentions(joined, Span(0, len(joined)))
    whole = next((each for each in found if each.kind in ("part", "ended")), None)
    return own if whole is None else replace(whole, span=cell.span)


def _words(cell: Scan) -> str:
    return cell.text[cell.span.start : cell.span.end].strip().rstrip(",:")
