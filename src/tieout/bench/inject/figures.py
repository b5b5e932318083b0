"""A run summed up: rates by injected error and by true rewriting, and the few that releases are held to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tieout.bench.inject.benign import BENIGN, STRICT
from tieout.bench.inject.mutate import DIRECTION, MUTATIONS, PERIODS
from tieout.bench.inject.outcome import Measured, Outcome
from tieout.bench.inject.rates import Rate, correlation, rate

ERRORS = (*(one.name for one in MUTATIONS), DIRECTION)
TRUTHS = (
    "plain",
    "coarse source",
    "company's own growth",
    "recast base",
    "guidance",
    *BENIGN,
    "beside a wrong number",
)
OPEN = ("calendar or fiscal",)
"""Kinds that may stay open; coverage does not count them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of number: how many, and the rates of what was said; `occurs`, `latest`: of the baselines."""

    name: str
    n: int
    judged: Rate
    accused: Rate
    supported: Rate
    exact: Rate
    corrected: Rate
    occurs: Rate
    latest: Rate


@dataclass(frozen=True, slots=True)
class Target:
    """A figure releases are held to; `least` tells whether more is better."""

    name: str
    rate: Rate
    bound: float
    least: bool

    @property
    def met(self) -> bool:
        """Whether the rate itself, not its interval, keeps the bound."""
        value = self.rate.value
        return value is None or (value >= self.bound if self.least else value <= self.bound)


class Figures:
    """All rates of a run."""

    def __init__(self, run: Measured) -> None:
        self.run = run
        self.wrong = [one for one in run.outcomes if one.wrong]
        self.true = [one for one in run.outcomes if not one.wrong]
        self.settled = [one for one in run.outcomes if one.kind not in OPEN]
        self.correlation = correlation((one.entity, one.judged) for one in self.settled)

    def errors(self) -> list[Row]:
        """A row for each injected error, then all."""
        rows = [self.row(name, [one for one in self.wrong if one.kind == name]) for name in ERRORS]
        periods = self.row("all of period", [one for one in self.wrong if one.kind in PERIODS])
        return [*rows, periods, self.row("all wrong", self.wrong)]

    def truths(self) -> list[Row]:
        """A row for each true rewriting, then all."""
        rows = [self.row(name, [one for one in self.true if one.kind == name]) for name in TRUTHS]
        return [*rows, self.row("all true", self.true)]

    def by(self, key: Callable[[Outcome], str], outcomes: Sequence[Outcome]) -> list[Row]:
        """A row for each value of `key`."""
        return [
            self.row(name, [one for one in outcomes if key(one) == name])
            for name in sorted(set(map(key, outcomes)))
        ]

    def row(self, name: str, outcomes: Sequence[Outcome]) -> Row:
        """The rates of these outcomes."""
        found = [one for one in outcomes if one.accused]
        return Row(
            name,
            len(outcomes),
            self._rate(outcomes, lambda one: one.judged),
            self._rate(outcomes, lambda one: one.accused),
            self._rate(outcomes, lambda one: one.supported),
            self._rate(outcomes, lambda one: one.exact),
            self._rate(found, lambda one: one.corrected),
            self._rate(outcomes, lambda one: not one.occurs),
            self._rate(outcomes, lambda one: not one.latest),
        )

    def verdicts(self) -> dict[str, Counter[str]]:
        """How many numbers of each kind got each verdict: the confusion table."""
        counts = {name: Counter[str]() for name in (*ERRORS, *TRUTHS)}
        for one in self.run.outcomes:
            counts[one.kind]["not read" if one.verdict is None else one.verdict.value] += 1
        return {name: row for name, row in counts.items() if row}

    def targets(self) -> list[Target]:
        """The figures releases are held to."""
        strict = [one for one in self.true if one.kind in STRICT]
        periods = [one for one in self.wrong if one.kind in PERIODS]
        collisions = [one for one in self.wrong if one.kind == "collision"]

        def accused(one: Outcome) -> bool:
            return one.accused

        def supported(one: Outcome) -> bool:
            return one.supported

        found = [one for one in self.wrong if one.accused]
        return [
            Target("true numbers accused", self._rate(self.true, accused), 0.005, False),
            Target("re-roundings and hedges accused", self._rate(strict, accused), 0.0, False),
            Target("true sentences accused for their words", self._strays(), 0.005, False),
            Target("wrong called supported", self._rate(self.wrong, supported), 0.005, False),
            Target("errors of period found", self._rate(periods, accused), 0.95, True),
            Target("errors found", self._rate(self.wrong, accused), 0.92, True),
            Target("collisions found", self._rate(collisions, accused), 0.85, True),
            Target("named exactly, of all wrong", self._rate(self.wrong, lambda one: one.exact), 0.88, True),
            Target(
                "corrected rightly, of those found", self._rate(found, lambda one: one.corrected), 0.96, True
            ),
            Target("numbers with a verdict", self._rate(self.settled, lambda one: one.judged), 0.85, True),
        ]

    def _strays(self) -> Rate:
        events: list[tuple[str, bool]] = []
        for each in self.run.checked:
            entity = each.outcomes[0].entity if each.outcomes else ""
            events += [(entity, True)] * len(each.strays) + [(entity, False)] * (
                each.true_scenes - len(each.strays)
            )
        return rate(events, self.correlation)

    def _rate(self, outcomes: Sequence[Outcome], happened: Callable[[Outcome], bool]) -> Rate:
        return rate(((one.entity, happened(one)) for one in outcomes), self.correlation)
