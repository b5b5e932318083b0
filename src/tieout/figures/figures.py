"""Every figure a measure has: reported first, then computed, each with its lineage."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol, get_args

from tieout.catalogue import GROWTH, Catalogue
from tieout.core.claim import Change
from tieout.core.errors import UsageError
from tieout.core.fact import Derived, Fact, Figure, Weight
from tieout.core.measure import Dimensions, Measure, Scenario
from tieout.core.period import Period
from tieout.core.quantity import RATIO
from tieout.figures import fiscal
from tieout.figures.choose import joined, misses, one_sided, strange, tightest, unlike, uses
from tieout.figures.combine import FIRST, RECAST, combinations, compute, distinct, unit_of, vintages
from tieout.figures.explain import explained
from tieout.figures.steps import Step, additive, calendar_of, grown, growth_base, metric_of, sources, steps

__all__ = ["DEPTH", "Figures", "Source"]

DEPTH = 3
"""How many steps a figure may be away from the facts."""

_Key = tuple[str, str, Dimensions, Scenario]


class Source(Protocol):
    """What figures are computed from: a ledger's View."""

    def facts(
        self, entity: str, metric: str, dimensions: Dimensions = (), *, scenario: Scenario = Scenario.ACTUAL
    ) -> tuple[Fact, ...]:
        """The facts of one metric, all periods."""
        ...

    def at(self, measure: Measure) -> tuple[Fact, ...]:
        """Every vintage of one measure, oldest known first."""
        ...


@dataclass(frozen=True, slots=True)
class Figures:
    """Answers over one View, remembered as long as it lives; making one costs nothing.

    What a Derived's `inputs` hold are the very figures that went in, down to facts and their documents. No
    Derived joins a figure as first reported with a recast one.
    """

    view: Source
    catalogue: Catalogue
    _derived: dict[tuple[Measure, int], tuple[Derived, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _definitions: dict[tuple[Measure, tuple[object, ...]], bool] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _reach: dict[tuple[str, str, Dimensions, Scenario, int], bool] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _series: dict[_Key, tuple[tuple[Period, tuple[Figure, ...]], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def at(self, measure: Measure) -> tuple[Figure, ...]:
        """Every figure held for a measure: the facts of every vintage, oldest known first, then the computed.

        Computed, from facts or else from figures up to two steps from facts: growth ids on the like period
        before, the catalogue's formulas, and parts of the fiscal year from others (Q4 = year less nine
        months) for flows that add up. A way of more steps is taken only where fewer give nothing, or one
        vintage alone. Left out: a formula that misses what the company itself reports in any period (its
        definition is another), and a sum or difference of revised and unmarked parts that misses every
        figure reported for the measure (the unmarked part holds the revision).

        Empty where nothing is held. Raises UsageError for a period that is not bound to days, and passes on
        what the View raises for a company it does not hold.
        """
        if measure.period is not None and not isinstance(measure.period, Period):
            raise UsageError(
                f"{measure.metric} is asked for {measure.period}, which is no stretch of days",
                fix="bind the period first: Measure.at(period)",
                measure=measure,
            )
        return (*self.view.at(measure), *self._computed(measure, DEPTH))

    def change(self, subject: Measure, base: Measure, kind: Change) -> tuple[Derived, ...]:
        """What `subject` is more than `base`: growth as a fraction, or the difference of ratios or amounts.

        A combination of vintages each. The two may differ in metric, period and scenario. The outcome's
        measure is the growth id over the like period before, else `subject` itself. Growth on a base that
        is negative, or may be zero, has the interval of everything; on exactly zero there is none.
        Points are only between ratios, and no outcome where units differ.
        """
        if kind == "relative":
            return self._evaluate(grown(subject, base, self.catalogue), Step("growth", (subject, base)))
        if kind not in get_args(Change):
            raise UsageError(
                f"no change is of kind {kind!r}", fix=f"use one of {', '.join(get_args(Change))}"
            )
        found = self._evaluate(subject, Step("difference", (subject, base)))
        return found if kind == "amount" else tuple(figure for figure in found if figure.unit == RATIO)

    def difference(self, subject: Measure, part: Measure) -> tuple[Derived, ...]:
        """`subject` less `part`, in their common unit; the outcome's measure is `subject`."""
        return self._evaluate(subject, Step("difference", (subject, part)))

    def ratio(self, subject: Measure, whole: Measure) -> tuple[Derived, ...]:
        """`subject` over `whole`: a share (unit ratio) or a multiple; the outcome's measure is `subject`.

        Money over shares is per share, other unlike units are joined ("USD/count"). A `whole` that may be
        zero gives the interval of everything; exactly zero gives nothing.
        """
        return self._evaluate(subject, Step("ratio", (subject, whole)))

    def total(self, measures: tuple[Measure, ...]) -> tuple[Derived, ...]:
        """All measures added ("A and B combined"); none where one is not held or units differ.

        The outcome's measure is the first, its metric, members and period joined where the others differ
        ("ISG + CSG"). Raises UsageError for fewer than two.
        """
        if len(measures) < 2:
            raise UsageError("a total needs two measures", fix="pass all that are added")
        return self._evaluate(joined(measures), Step("sum", measures))

    def series(
        self, entity: str, metric: str, dimensions: Dimensions = (), scenario: Scenario = Scenario.ACTUAL
    ) -> tuple[tuple[Period, tuple[Figure, ...]], ...]:
        """All periods with a figure held or one step away, by end, short ones first; facts lead each."""
        key = (entity, metric, dimensions, scenario)
        if key not in self._series:
            start = Measure(entity, metric, dimensions, None, scenario)
            found = (
                (p, (*self.view.at(m), *self._computed(m, 1)))
                for p in self._candidates(start)
                for m in (start.at(p),)
            )
            self._series[key] = tuple((p, figures) for p, figures in found if figures)
        return self._series[key]

    def recast_base_missing(self, measure: Measure) -> bool:
        """Whether growth on this measure would stand on a base known to be recast, its recast value not held.

        A figure marked "first reported" was revised later; that is what the mark says. So: true where a
        figure held or computed for `measure` is first reported and none is recast without a first-reported
        input. A recast that somebody computed, or of unknown precision, does not count as held: it may not
        refute. A growth id is asked about its base; figures computed from such inputs (a margin, a sum) are
        asked through their inputs.
        """
        pair = growth_base(measure, self.catalogue)
        figures = self.at(measure if pair is None else pair[1])
        kinds = [(vintages(figure), figure.weight) for figure in figures]
        held = any(
            RECAST in kind and FIRST not in kind and weight > Weight.SUPPORTS for kind, weight in kinds
        )
        return not held and any(FIRST in kind for kind, _ in kinds)

    def first_missing(self, measure: Measure) -> bool:
        """Whether the growth of this measure as first reported is not held: only its recast value is.

        A figure marked "recast" was reported otherwise before; that is what the mark says. A growth id
        is asked about the measure that grew.
        """
        pair = growth_base(measure, self.catalogue)
        kinds = [vintages(figure) for figure in self.at(measure if pair is None else pair[0])]
        return any(RECAST in kind for kind in kinds) and not any(FIRST in kind for kind in kinds)

    def reaches(self, measure: Measure) -> bool:
        """Whether `at` may have figures of the measure in any period at all."""
        return self._reached(measure, DEPTH)

    def explain(self, figure: Figure) -> str:
        """The tree of a figure down to its documents, as lines for people.

        Fiscal names for periods, values in words, the range of what was computed, each document with its
        title, the day it became known and its address.
        """
        return explained(figure, self.catalogue)

    def _computed(self, measure: Measure, depth: int) -> tuple[Derived, ...]:
        if not self._reached(measure, depth):
            return ()
        key = (measure, depth)
        found = self._derived.get(key)
        if found is None:
            found = self._computed(measure, depth - 1) if depth > 1 else ()
            if depth and one_sided(found):
                deeper = (
                    figure
                    for step in steps(measure, self.catalogue)
                    if step.origin != "formula" or self._defines(measure, step)
                    for figure in self._evaluate(measure, step, depth - 1)
                    if not uses(figure, measure)
                    and not (step.origin == "parts" and strange(figure, self.view.at(measure)))
                )
                found += unlike(deeper, found)
            self._derived[key] = found
        return found

    def _reached(self, measure: Measure, depth: int) -> bool:
        """Whether anything is held, in any period, of a measure or of all inputs of a way to compute it."""
        key = (measure.entity, measure.metric, measure.dimensions, measure.scenario, depth)
        found = self._reach.get(key)
        if found is None:
            found = self._reach[key] = bool(self._series_of(measure)) or (
                depth > 0
                and any(
                    all(self._reached(part, depth - 1) for part in inputs)
                    for inputs in sources(measure, self.catalogue)
                )
            )
        return found

    def _defines(self, measure: Measure, step: Step) -> bool:
        key = (measure.at(None), step.definition)
        if key not in self._definitions:
            spans = self._periods(measure)
            self._definitions[key] = not any(
                misses(self._evaluate(one, like, 0), self.view.at(one))
                for one in map(measure.at, spans)
                for like in steps(one, self.catalogue)
                if like.origin == "formula" and like.definition == step.definition
            )
        return self._definitions[key]

    def _inputs(self, measure: Measure, depth: int) -> tuple[Figure, ...]:
        facts = distinct(self.view.at(measure))
        if not depth or not one_sided(facts):
            return facts
        return (*facts, *tightest(unlike(self._computed(measure, depth), facts)))

    def _evaluate(self, measure: Measure, step: Step, depth: int = DEPTH) -> tuple[Derived, ...]:
        inputs = [self._inputs(part, depth) for part in step.inputs]
        found: list[Derived] = []
        text = ""
        for chosen in combinations(inputs):
            unit = unit_of(step.operation, chosen, step.unit)
            outcome = None if unit is None else compute(step.operation, chosen)
            if unit is not None and outcome is not None:
                text = text or step.formula(self.catalogue)
                found.append(Derived(measure, outcome[1], outcome[0], unit, text, chosen))
        return tuple(found)

    def _candidates(self, start: Measure) -> list[Period]:
        held = self._periods(start)
        metric = metric_of(start.metric, self.catalogue)
        calendar = calendar_of(start.entity, self.catalogue)
        for suffix in GROWTH:
            held |= self._periods(replace(start, metric=start.metric.removesuffix(suffix)))
        if metric is not None:
            for key in {key for formula in metric.formulas for key in formula.inputs}:
                part = metric_of(key, self.catalogue)
                if part is not None and part.kind in (metric.kind, "flow"):
                    dims = part.default_dimensions if start.dimensions == metric.default_dimensions else ()
                    held |= self._periods(replace(start, metric=key))
                    held |= self._periods(replace(start, metric=key, dimensions=dims)) if dims else set()
            if calendar is not None and additive(metric, start.scenario):
                found = {fiscal.part_of(calendar, span) for span in held if not span.is_instant}
                held |= {
                    fiscal.period(calendar, year, part)
                    for year in {pair[0] for pair in found if pair}
                    for part in fiscal.PARTS
                }
        return sorted(held, key=lambda span: (span.end, span.days))

    def _periods(self, start: Measure) -> set[Period]:
        held = self._series_of(start)
        return {fact.measure.period for fact in held if isinstance(fact.measure.period, Period)}

    def _series_of(self, measure: Measure) -> tuple[Fact, ...]:
        return self.view.facts(measure.entity, measure.metric, measure.dimensions, scenario=measure.scenario)
