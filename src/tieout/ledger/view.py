"""What the ledger shows: as of a day, or all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from tieout.core.fact import Fact
from tieout.core.measure import Dimensions, Measure, Scenario
from tieout.core.period import Period, Span
from tieout.ledger.issue import Issue
from tieout.ledger.shelf import Shelf, visible


@dataclass(frozen=True, slots=True)
class View:
    """The facts known on `day`; with None, every fact of any day, those of unknown date first.

    Every question about a company raises NotFoundError if the ledger does not hold it, and answers
    with an empty tuple what it holds nothing of.
    """

    day: date | None
    _shelf: Callable[[str], Shelf] = field(repr=False)

    def facts(
        self, entity: str, metric: str, dimensions: Dimensions = (), *, scenario: Scenario = Scenario.ACTUAL
    ) -> tuple[Fact, ...]:
        """All periods and vintages of a metric, by period end, then by the day known."""
        return self._known(self._shelf(entity).series.get((metric, dimensions, scenario), ()))

    def at(self, measure: Measure) -> tuple[Fact, ...]:
        """Every vintage of exactly this measure, the oldest first.

        A `Latest` or `AnyBalance` matches nothing: bind it to a period first.
        """
        return self._known(self._shelf(measure.entity).measures.get(measure, ()))

    def metrics(self, entity: str) -> frozenset[tuple[str, Dimensions]]:
        """Metric and dimensions of everything held about a company, in any scenario."""
        firsts = self._shelf(entity).first_known
        return frozenset(key for key, seen in firsts.items() if visible(seen, self.day))

    def all_facts(self, entity: str) -> tuple[Fact, ...]:
        """Everything held about a company, by period end, then by the day known."""
        return self._known(self._shelf(entity).facts)

    def issues(
        self,
        entity: str,
        metric: str,
        dimensions: Dimensions,
        period: Period | None,
        scenario: Scenario = Scenario.GUIDANCE,
    ) -> tuple[Issue, ...]:
        """Guidance for a period, one issue for each day it was given, the oldest first."""
        facts = self.at(Measure(entity, metric, dimensions, period, scenario))
        days = groupby(facts, key=lambda fact: fact.known)
        return tuple(Issue(known, tuple(group)) for known, group in days)

    def reported_through(self, entity: str, span: Span) -> tuple[Period, ...]:
        """The stretches of this length whose revenue, of the whole company, is reported; in order.

        For "instant" the balance dates: days of actual balances that became known later. What was known
        on its own day is an announcement.
        """
        found = self._shelf(entity).reported.get(span, ())
        return tuple(period for period, seen in found if visible(seen, self.day))

    def balance_dates(self, entity: str) -> tuple[date, ...]:
        """The days of `reported_through(entity, "instant")`."""
        return tuple(period.end for period in self.reported_through(entity, "instant"))

    def _known(self, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        return facts if self.day is None else tuple(fact for fact in facts if visible(fact.known, self.day))
