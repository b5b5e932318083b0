"""One company's facts, indexed once so that every question is a dictionary lookup."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from tieout.core.errors import UsageError
from tieout.core.fact import Fact
from tieout.core.measure import Dimensions, Measure, Scenario
from tieout.core.period import Period, Span

Series = tuple[str, Dimensions, Scenario]
"""Metric, dimensions and scenario: what is left of a measure without entity and period."""

Seen = date | None
"""The first day something was known; None where no day is held."""

_Key = TypeVar("_Key")

SPANS: tuple[tuple[Span, int, int], ...] = (
    ("quarter", 80, 100),
    ("half", 170, 195),
    ("nine_months", 255, 290),
    ("year", 350, 380),
)
"""Fewest and most days of each stretch; a quarter has 12 to 14 weeks."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A company's facts by series and by measure, and what was reported when."""

    facts: tuple[Fact, ...]
    series: dict[Series, tuple[Fact, ...]]
    measures: dict[Measure, tuple[Fact, ...]]
    first_known: dict[tuple[str, Dimensions], Seen]
    reported: dict[Span, tuple[tuple[Period, Seen], ...]]

    @staticmethod
    def of(facts: Iterable[Fact]) -> Shelf:
        """The shelf of a company's facts; duplicates count once, their order does not matter.

        Raises UsageError for a fact whose period is not a stretch of days.
        """
        ordered = sorted(dict.fromkeys(facts), key=_order)
        series: defaultdict[Series, list[Fact]] = defaultdict(list)
        measures: defaultdict[Measure, list[Fact]] = defaultdict(list)
        metrics: dict[tuple[str, Dimensions], Seen] = {}
        stretches: defaultdict[Span, dict[Period, Seen]] = defaultdict(dict)
        for fact in ordered:
            measure = fact.measure
            series[measure.metric, measure.dimensions, measure.scenario].append(fact)
            measures[measure].append(fact)
            _note(metrics, (measure.metric, measure.dimensions), fact.known)
            span = _span(measure)
            if span is not None and isinstance(measure.period, Period):
                _note(stretches[span], measure.period, fact.known)
        balances = stretches.get("instant", {})
        stretches["instant"] = {day: seen for day, seen in balances.items() if seen is None or seen > day.end}
        return Shelf(
            tuple(ordered),
            {key: tuple(found) for key, found in series.items()},
            {key: tuple(found) for key, found in measures.items()},
            metrics,
            {
                span: tuple(sorted(found.items(), key=lambda item: (item[0].end, item[0].days)))
                for span, found in stretches.items()
            },
        )


def visible(seen: Seen, day: date | None) -> bool:
    """Whether what was first known on `seen` could be read on `day`; without a day, always."""
    return day is None or (seen is not None and seen <= day)


def _note(firsts: dict[_Key, Seen], key: _Key, known: Seen) -> None:
    before = firsts.get(key)
    firsts[key] = known if before is None else before if known is None else min(before, known)


def _span(measure: Measure) -> Span | None:
    if measure.scenario is not Scenario.ACTUAL or not isinstance(measure.period, Period):
        return None
    if measure.period.is_instant:
        return "instant"
    if measure.metric == "revenue" and not measure.dimensions:
        for span, fewest, most in SPANS:
            if fewest <= measure.period.days <= most:
                return span
    return None


def _order(fact: Fact) -> tuple[object, ...]:
    """Period end, then the day known (unknown first), then whatever tells two facts apart."""
    period, quantity, document = fact.measure.period, fact.quantity, fact.document
    if period is not None and not isinstance(period, Period):
        raise UsageError(
            f"a fact cannot be about {period}", fix="Give its period in days.", metric=fact.measure.metric
        )
    start, end = (date.min, date.min) if period is None else (period.start or date.min, period.end)
    return (
        end,
        fact.known or date.min,
        start,
        fact.measure.metric,
        fact.measure.dimensions,
        fact.measure.scenario.value,
        quantity.bound,
        quantity.value,
        quantity.unit,
        str(quantity.decimals),
        document.grade.value,
        document.title,
        document.url or "",
        document.kind,
        document.accession or "",
        document.form or "",
        document.digest or "",
        fact.locator,
        fact.vintage,
        fact.derived,
        fact.primary,
        fact.definition,
    )
