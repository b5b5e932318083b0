"""Facts, figures and lists for reading."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Sequence
from itertools import groupby

from tieout.core.calendar import FiscalCalendar
from tieout.core.fact import Fact, Weight
from tieout.core.measure import Measure
from tieout.core.quantity import Decimals, Precision
from tieout.report.console import Page
from tieout.report.vocabulary import Vocabulary

INDENT = "    "
WEIGHTS = {
    Weight.REFUTES: "refutes",
    Weight.REFUTES_IF_EXPLAINED: "refutes if explained",
    Weight.SUPPORTS: "supports only",
}
HEAD = ("period", "value", "unit", "precision", "vintage", "known", "grade", "weight", "document")


def facts(held: Sequence[Fact], words: Vocabulary, page: Page) -> None:
    """Print facts under a heading for each metric, members and scenario."""
    for number, (measure, group) in enumerate(groupby(held, lambda fact: fact.measure.at(None))):
        if number:
            page.write()
        page.write(page.safe(heading(measure, words), "bold"))
        page.table(HEAD, (row(fact, words) for fact in group))


def heading(measure: Measure, words: Vocabulary) -> str:
    """Company, metric id and label, members and scenario of a run of facts."""
    members = ", ".join(f"{axis} {member}" for axis, member in measure.dimensions)
    scenario = "" if measure.scenario == "actual" else measure.scenario.value
    more = "; ".join(part for part in (members, scenario) if part)
    named = f"{measure.entity} {measure.metric}: {words.metric(measure.metric)}"
    return f"{named} ({more})" if more else named


def row(fact: Fact, words: Vocabulary) -> tuple[str, ...]:
    """A fact's cells, in the order of HEAD."""
    bound = f" ({fact.quantity.bound.replace('_', ' ')})" if fact.quantity.bound else ""
    return (
        words.period(fact.measure.entity, fact.measure.period),
        f"{fact.quantity.value:,f}{bound}",
        fact.unit,
        precision(fact.quantity.decimals),
        fact.vintage,
        fact.known.isoformat() if fact.known else "unknown",
        fact.document.grade.value,
        WEIGHTS[fact.weight] + ("" if fact.primary else ", not primary"),
        fact.document.title,
    )


def precision(decimals: Decimals) -> str:
    """The decimals of a figure as printed, or that it is exact or unknown."""
    return decimals.value if isinstance(decimals, Precision) else str(decimals)


def tree(lines: Iterable[str], page: Page) -> None:
    """Print the lines of a figure's tree, each wrapped under its own indent."""
    for line in lines:
        told = line.lstrip(" ")
        lead = " " * (len(line) - len(told))
        page.write(told, indent=lead, hang=lead + INDENT)


def listing(head: Sequence[str], rows: Iterable[Sequence[str]], page: Page) -> None:
    """Print rows under a head."""
    page.table(head, rows)


def fiscal_end(calendar: FiscalCalendar) -> str:
    """When a fiscal year ends, in words."""
    month = months.month_name[calendar.month]
    if calendar.rule == "month_end":
        return f"last day of {month}"
    weekday = months.day_name[calendar.weekday]
    return (
        f"last {weekday} of {month}"
        if calendar.rule == "last_weekday"
        else f"{weekday} nearest the end of {month}"
    )
