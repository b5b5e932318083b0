"""How a report names periods and metrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tieout.core.calendar import FiscalCalendar
from tieout.core.measure import Measure
from tieout.core.period import AnyBalance, Latest, PeriodRef, Span

_FIRST, _LAST = 3, 9990
"""A fiscal year is computed from its neighbours, which the calendar must have."""
_SPANS: Mapping[Span, str] = {
    "quarter": "quarter",
    "half": "half",
    "nine_months": "nine months",
    "year": "year",
    "instant": "balance",
}
_GROWTH = {"_yoy": "growth on the year before", "_qoq": "growth on the quarter before"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The calendars of companies, by ticker, the labels of metrics, by id, and what finding codes mean.

    `owners`: a measure is told with its company, as in a report about several.
    """

    calendars: Mapping[str, FiscalCalendar]
    labels: Mapping[str, str]
    codes: Mapping[str, str] = field(default_factory=dict[str, str])
    owners: bool = False

    def period(self, entity: str, period: PeriodRef | None) -> str:
        """The period in words ("Q2 FY2026", "any balance date"); empty for a figure that has none."""
        if period is None:
            return ""
        if isinstance(period, Latest):
            latest = f"latest reported {_SPANS[period.span]}"
            return f"{latest}, {_back(period)}" if period.back else latest
        if isinstance(period, AnyBalance):
            return "any balance date"
        calendar = self.calendars.get(entity)
        if calendar is None or not _FIRST < period.end.year < _LAST:
            return f"from {period.start}" if period.end == date.max else str(period)
        return calendar.label(period)

    def metric(self, key: str) -> str:
        """The metric's label; the id in words where the catalogue has none."""
        if key in self.labels:
            return self.labels[key]
        for suffix, words in _GROWTH.items():
            if key.endswith(suffix):
                return f"{self.metric(key.removesuffix(suffix))}, {words}"
        return key.replace("_", " ")

    def with_owners(self) -> Vocabulary:
        """The same words, each measure with its company."""
        return replace(self, owners=True)

    def measure(self, measure: Measure) -> str:
        """Metric, members, scenario and period in one line."""
        members = " ".join(member for _, member in measure.dimensions)
        scenario = "" if measure.scenario == "actual" else f"({measure.scenario})"
        told = self.period(measure.entity, measure.period)
        owner = measure.entity if self.owners else ""
        what = " ".join(part for part in (owner, members, self.metric(measure.metric), scenario) if part)
        return f"{what}, {told}" if told else what


def day(value: date) -> str | None:
    """The day in ISO form, None for the end of a period that has none."""
    return None if value == date.max else value.isoformat()


def _back(period: Latest) -> str:
    if period.span == "year" and period.back % 4 == 0:
        return "one year earlier" if period.back == 4 else f"{period.back // 4} years earlier"
    return "one quarter earlier" if period.back == 1 else f"{period.back} quarters earlier"
