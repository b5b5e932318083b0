"""The ways a measure can be computed in one step, before anybody looks whether the inputs are held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from tieout.catalogue import GROWTH, Catalogue, Formula, Metric
from tieout.core.calendar import FiscalCalendar
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Period
from tieout.core.quantity import COUNT, Unit
from tieout.figures import fiscal
from tieout.figures.combine import Operation
from tieout.figures.format import is_currency

__all__ = ["Step", "additive", "calendar_of", "grown", "growth_base", "metric_of", "name", "sources", "steps"]

FORWARD = (Scenario.GUIDANCE, Scenario.CONSENSUS, Scenario.TARGET)
"""What is expected grows on what was: the base of its growth is an actual."""


@dataclass(frozen=True, slots=True)
class Step:
    """An operation over measures, and the unit declared for the outcome (None: whatever comes out).

    `origin` tells what the catalogue declares from the arithmetic of parts of one fiscal year.
    """

    operation: Operation
    inputs: tuple[Measure, ...]
    unit: Unit | None = None
    origin: Literal["asked", "growth", "formula", "parts"] = "asked"

    @property
    def definition(self) -> tuple[object, ...]:
        """What is the same in every period: the operation, and the metrics and members it joins."""
        return self.operation, tuple((one.metric, one.dimensions) for one in self.inputs)

    def formula(self, catalogue: Catalogue) -> str:
        """In words: "Revenue Q2 FY2026 / Revenue Q2 FY2025 - 1"."""
        sign = {"ratio": " / ", "growth": " / ", "difference": " - ", "sum": " + "}[self.operation]
        foreign = len({measure.entity for measure in self.inputs}) > 1
        text = sign.join(name(measure, catalogue, entity=foreign) for measure in self.inputs)
        return f"{text} - 1" if self.operation == "growth" else text


def steps(measure: Measure, catalogue: Catalogue) -> Iterator[Step]:
    """Growth, formulas, sums and differences of parts of the year, in this order."""
    pair = growth_base(measure, catalogue)
    if pair is not None:
        yield Step("growth", pair, None, "growth")
        return
    metric = metric_of(measure.metric, catalogue)
    if metric is None:
        return
    for formula in metric.formulas:
        for inputs in _formula_inputs(measure, metric, formula, catalogue):
            yield Step(formula.operation, inputs, metric.unit, "formula")
    calendar = calendar_of(measure.entity, catalogue)
    if calendar is None or not additive(metric, measure.scenario) or not isinstance(measure.period, Period):
        return
    found = None if measure.period.is_instant else fiscal.part_of(calendar, measure.period)
    if found is not None:
        year, part = found
        for operation, parts in fiscal.RULES[part]:
            inputs = tuple(measure.at(fiscal.period(calendar, year, p)) for p in parts)
            yield Step(operation, inputs, metric.unit, "parts")


def sources(measure: Measure, catalogue: Catalogue) -> Iterator[tuple[Measure, ...]]:
    """What the ways of `steps` start from outside the measure's own series, without periods."""
    start = measure.at(None)
    suffix = next((s for s in GROWTH if measure.metric.endswith(s)), None)
    if suffix is not None and measure.metric not in catalogue.metrics:
        yield (replace(start, metric=measure.metric.removesuffix(suffix)),)
        return
    metric = metric_of(measure.metric, catalogue)
    if metric is not None:
        for formula in metric.formulas:
            yield from _formula_inputs(start, metric, formula, catalogue)


def additive(metric: Metric, scenario: Scenario) -> bool:
    """Whether quarters add up to years: actual flows of money or counts; no ratio, balance or share count."""
    return (
        metric.kind == "flow"
        and scenario is Scenario.ACTUAL
        and (metric.unit == COUNT or is_currency(metric.unit))
    )


def growth_base(measure: Measure, catalogue: Catalogue) -> tuple[Measure, Measure] | None:
    """What a growth id compares: the metric now and a year or a quarter before; None for any other metric.

    The growth of a balance compares the closing days; guidance grows on the actual before. None too
    for irregular periods, which have no like period.
    """
    suffix = next((s for s in GROWTH if measure.metric.endswith(s)), None)
    calendar = calendar_of(measure.entity, catalogue)
    if suffix is None or calendar is None or not isinstance(measure.period, Period):
        return None
    metric = catalogue.metrics.get(measure.metric.removesuffix(suffix))
    if metric is None or measure.metric in catalogue.metrics:
        return None
    balance = metric.kind == "balance"
    span = measure.period.closing() if balance else measure.period
    before = fiscal.back(calendar, span, 4 if suffix == "_yoy" else 1)
    if before is None or (span.is_instant and not balance):
        return None
    now = replace(measure, metric=metric.id, period=span)
    scenario = Scenario.ACTUAL if measure.scenario in FORWARD else measure.scenario
    return now, replace(now, period=before, scenario=scenario)


def grown(subject: Measure, base: Measure, catalogue: Catalogue) -> Measure:
    """The growth id's measure, where `base` is the like period one year or quarter before; else `subject`."""
    for suffix in GROWTH:
        candidate = replace(subject, metric=subject.metric + suffix)
        if growth_base(candidate, catalogue) == (subject, base):
            return candidate
    return subject


def metric_of(key: str, catalogue: Catalogue) -> Metric | None:
    """The metric declared under that id, growth ids included; None for one only the ledger knows."""
    if key in catalogue.metrics:
        return catalogue.metrics[key]
    bases = (key.removesuffix(suffix) for suffix in GROWTH if key.endswith(suffix))
    return catalogue.metric(key) if any(base in catalogue.metrics for base in bases) else None


def calendar_of(entity: str, catalogue: Catalogue) -> FiscalCalendar | None:
    """The company's fiscal calendar; None for a company without a pack, whose periods are plain dates."""
    company = catalogue.companies.get(entity.upper())
    return None if company is None else company.calendar


def name(measure: Measure, catalogue: Catalogue, *, entity: bool = False) -> str:
    """A measure as people say it: "Revenue ISG Q2 FY2026", "Revenue FY2026 (guidance)"."""
    metric = metric_of(measure.metric, catalogue)
    usual = (Scenario.ACTUAL,) if metric is None else (Scenario.ACTUAL, metric.scenario)
    members = tuple(
        m for axis, m in measure.dimensions if metric is None or (axis, m) not in metric.default_dimensions
    )
    when = (
        fiscal.label(calendar_of(measure.entity, catalogue), measure.period)
        if isinstance(measure.period, Period)
        else ""
        if measure.period is None
        else str(measure.period)
    )
    label = measure.metric if metric is None else metric.label
    text = " ".join(word for word in (measure.entity if entity else "", label, *members, when) if word)
    return text if measure.scenario in usual else f"{text} ({measure.scenario})"


def _formula_inputs(
    measure: Measure, metric: Metric, formula: Formula, catalogue: Catalogue
) -> Iterator[tuple[Measure, ...]]:
    inputs: list[Measure] = []
    usual: list[Measure] = []
    for key in formula.inputs:
        part = metric_of(key, catalogue)
        kind = "flow" if part is None else part.kind
        span = measure.period
        if isinstance(span, Period):
            if kind == "balance":
                span = span.closing()
            elif kind == "flow" and span.is_instant and metric.kind != "flow":
                return
        inputs.append(replace(measure, metric=key, period=span))
        own = () if part is None else part.default_dimensions
        usual.append(replace(inputs[-1], dimensions=own) if own else inputs[-1])
    yield tuple(inputs)
    if usual != inputs and measure.dimensions == metric.default_dimensions:
        yield tuple(usual)
