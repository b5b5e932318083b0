"""What the ledger holds of a company, as an author could quote it on a day, and all a number may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from tieout.bench.inject.ask import Ask, Key, combined
from tieout.bench.inject.phrasing import Of
from tieout.catalogue import GROWTH, Catalogue, Metric
from tieout.core.calendar import FiscalCalendar
from tieout.core.company import Company
from tieout.core.fact import Fact, Figure, Grade, Weight
from tieout.core.interval import Interval
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Period
from tieout.core.quantity import RATIO, Precision
from tieout.figures import Figures
from tieout.ledger import Issue, Ledger, View

FIRST, RECAST = "first reported", "recast"


@dataclass(eq=False)
class World:
    """A ledger and a catalogue, and what follows from the two."""

    ledger: Ledger
    catalogue: Catalogue
    history: View = field(init=False)
    figures: Figures = field(init=False)
    _known: dict[Ask, tuple[Interval, ...]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.history = self.ledger.history()
        self.figures = Figures(self.history, self.catalogue)

    @cached_property
    def companies(self) -> tuple[str, ...]:
        """Tickers with a pack and revenue by the quarter."""
        held = (entity for entity in self.ledger.entities() if entity in self.catalogue.companies)
        return tuple(entity for entity in held if self.quarters(entity))

    def pack(self, entity: str) -> Company:
        """The company's pack."""
        return self.catalogue.companies[entity]

    def calendar(self, entity: str) -> FiscalCalendar:
        """The company's calendar."""
        return self.pack(entity).calendar

    def quarters(self, entity: str) -> tuple[tuple[Period, date], ...]:
        """The quarters whose revenue is held, each with the day it was first known."""
        first: dict[Period, date] = {}
        for fact in self.history.facts(entity, "revenue"):
            period = fact.measure.period
            if fact.known is None or not isinstance(period, Period):
                continue
            found = self.calendar(entity).part_of(period)
            if found is not None and found[1] in ("Q1", "Q2", "Q3", "Q4") and not period.is_instant:
                first[period] = min(first.get(period, fact.known), fact.known)
        return tuple(sorted(first.items()))

    def restated(self, entity: str) -> tuple[Period, ...]:
        """The periods of which a figure is held as first reported and as recast."""
        kinds: defaultdict[Measure, set[str]] = defaultdict(set)
        for fact in self.history.all_facts(entity):
            kinds[fact.measure].add(fact.vintage)
        both = {measure.period for measure, found in kinds.items() if {FIRST, RECAST} <= found}
        calendar = self.calendar(entity)
        spans = (span for span in both if isinstance(span, Period) and calendar.part_of(span))
        return tuple(sorted(spans, key=lambda span: (span.end, span.days)))

    @cached_property
    def _series(self) -> dict[str, dict[Key, tuple[Period, ...]]]:
        found: dict[str, dict[Key, tuple[Period, ...]]] = {}
        for entity in self.companies:
            rows: defaultdict[Key, set[Period]] = defaultdict(set)
            for fact in self.history.all_facts(entity):
                measure = fact.measure
                if isinstance(measure.period, Period) and self._usable(fact):
                    rows[measure.metric, measure.dimensions].add(measure.period)
            for metric in self.catalogue.metrics.values():  # ratios follow from their parts
                if metric.unit == RATIO and metric.formulas and (metric.id, ()) not in rows:
                    rows[metric.id, ()] = {
                        period
                        for formula in metric.formulas
                        if all((part, ()) in rows for part in formula.inputs)
                        for period in set[Period].intersection(*(rows[part, ()] for part in formula.inputs))
                    }
            found[entity] = {
                key: tuple(sorted(rows[key], key=lambda one: (one.end, one.days)))
                for key in sorted(rows)
                if rows[key]
            }
        return found

    def series(self, entity: str) -> dict[Key, tuple[Period, ...]]:
        """The periods of each metric and part of the company that an author could quote."""
        return self._series[entity]

    def of(self, key: str) -> Of | None:
        """Which sort of metric this is for a phrasing; None for what no phrasing speaks of."""
        metric = self.catalogue.metrics.get(key)
        if metric is None or key.endswith(GROWTH):
            return None
        if metric.unit == RATIO and metric.kind == "flow":
            return "ratio"
        if metric.unit == "USD/share" and metric.kind == "flow":
            return "per_share"
        if metric.unit == "USD" and metric.kind in ("flow", "balance"):
            return "flow" if metric.kind == "flow" else "balance"
        return None

    def metric(self, key: str) -> Metric:
        """The metric of that id."""
        return self.catalogue.metrics[key]

    def _usable(self, fact: Fact) -> bool:
        measure = fact.measure
        if self.of(measure.metric) is None or measure.scenario is not Scenario.ACTUAL:
            return False
        if measure.dimensions and measure.dimensions not in {
            member.dimensions for member in self.pack(measure.entity).members if not member.metric
        }:
            return False
        period = measure.period
        return (
            isinstance(period, Period)
            and self.calendar(measure.entity).part_of(period) is not None
            and fact.known is not None
            and fact.quantity.value > 0
            and fact.quantity.bound == ""
            and fact.document.grade is not Grade.LOW
            and fact.quantity.decimals is not Precision.UNKNOWN
        )

    # ---- on a day

    def quoted(self, measure: Measure, on: date, *, first: bool = False) -> Figure | None:
        """The figure an author would quote on that day: the weightiest, then the latest; or the first one."""
        known = [
            figure
            for figure in self.figures.at(measure)
            if figure.known is not None and figure.known <= on and figure.interval.width is not None
        ]
        facts: list[Figure] = [
            figure for figure in known if isinstance(figure, Fact) and self._usable(figure)
        ]
        chosen = facts or (known if self.of(measure.metric) == "ratio" else [])
        if first:
            chosen = [figure for figure in chosen if figure.vintage == FIRST]
        chosen = [figure for figure in chosen if figure.unit == self.metric(measure.metric).unit]
        return max(chosen, key=lambda figure: (figure.weight, figure.known or date.min), default=None)

    def stated(self, ask: Ask, on: date) -> Fact | None:
        """The growth the company itself stated, if it was known on that day."""
        for suffix, quarters in (("_yoy", 4), ("_qoq", 1)):
            if ask.base is not None and ask.base.period == self.back(ask.subject, quarters):
                found = self.history.at(replace(ask.subject, metric=ask.subject.metric + suffix))
                usable = [
                    fact
                    for fact in found
                    if fact.known is not None
                    and fact.known <= on
                    and fact.document.grade is not Grade.LOW
                    and isinstance(fact.quantity.decimals, int)
                ]
                return max(usable, key=lambda fact: (fact.weight, fact.known or date.min), default=None)
        return None

    def back(self, measure: Measure, quarters: int) -> Period | None:
        """The like period so many quarters earlier."""
        return (
            self.calendar(measure.entity).back(measure.period, quarters)
            if isinstance(measure.period, Period)
            else None
        )

    def refutable(self, ask: Ask, means: tuple[Ask, ...]) -> bool:
        """Whether the ledger could call a number wrong here: facts that may refute, no revision missing.

        Of a name that leaves the basis open, every basis that must fail before a claim does.
        """
        needed = {ask.with_metric(metric) for metric in self.needs(ask.subject.metric)} & set(means)
        return all(
            self._firm(measure) for each in (ask, *needed) for measure in (each.subject, each.base) if measure
        )

    def needs(self, metric: str) -> frozenset[str]:
        """The metrics that a generic name of this one needs wrong, before a claim by that name is."""
        families = (family for family in self.catalogue.families.values() if metric in family.needs)
        return frozenset(one for family in families for one in family.needs)

    def _firm(self, measure: Measure) -> bool:
        """Whether a document's row may refute; where there is no row, whether what follows from rows may."""
        figures = self.history.at(measure) or self.figures.at(measure)
        if not any(figure.weight is Weight.REFUTES for figure in figures):
            return False
        marks = {mark for figure in figures for mark in figure.vintage.split(" / ")}
        return measure.scenario is Scenario.GUIDANCE or (FIRST in marks) == (RECAST in marks)

    # ---- all of history

    def known(self, ask: Ask) -> tuple[Interval, ...]:
        """Every value the words may have had, over all versions of every figure."""
        if ask not in self._known:
            self._known[ask] = tuple(dict.fromkeys(self._values(ask)))
        return self._known[ask]

    def _values(self, ask: Ask) -> Iterator[Interval]:
        if ask.relation == "guidance":
            for issue in self.issues(ask.subject):
                yield issue.interval
            return
        subjects = [figure.interval for figure in self.figures.at(ask.subject)]
        if ask.base is None:
            yield from subjects
            return
        bases = [figure.interval for figure in self.figures.at(ask.base)]
        for suffix in GROWTH if ask.relation == "growth" else ():
            if self.back(ask.subject, 4 if suffix == "_yoy" else 1) == ask.base.period:
                stated = self.history.at(replace(ask.subject, metric=ask.subject.metric + suffix))
                yield from (fact.interval for fact in stated)
        for one in subjects:
            for other in bases:
                yield combined(ask.relation, one, other)

    def issues(self, measure: Measure) -> tuple[Issue, ...]:
        """The guidance given for a measure, the oldest first."""
        period = measure.period if isinstance(measure.period, Period) else None
        return self.history.issues(measure.entity, measure.metric, measure.dimensions, period)
