"""Two checkers anyone could write in an afternoon, run beside the real one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tieout.bench.inject.ask import worth
from tieout.bench.inject.scene import Told
from tieout.bench.inject.truth import World
from tieout.core.fact import point
from tieout.core.period import Period

NEAR = Decimal("0.01")


class Baselines:
    """Both baselines over one world; each answers whether it would let a number pass."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._values: dict[str, list[Decimal]] = {}

    def occurs(self, told: Told, companies: Sequence[str]) -> bool:
        """Whether any figure held of the article's companies has that value, whatever it is of."""
        low, high = told.number.interval.low, told.number.interval.high
        if low is None or high is None:
            return True
        for entity in companies:
            values = self._of(entity)
            for sign in (1, -1):
                ends = sorted((low * sign, high * sign))
                at = bisect_left(values, ends[0])
                if at < len(values) and values[at] <= ends[1]:
                    return True
        return False

    def near_latest(self, told: Told, on: date) -> bool:
        """Whether the number is within one percent of the claimed metric's latest; of a change, a point."""
        ask, world = told.ask, self._world
        period = ask.subject.period
        if not isinstance(period, Period):
            return False
        spans = world.series(ask.subject.entity).get((ask.subject.metric, ask.subject.dimensions), ())
        for span in reversed([one for one in spans if abs(one.days - period.days) < 12]):
            figure = world.quoted(ask.subject.at(span), on)
            if figure is None:
                continue
            if ask.base is None:
                return abs(abs(told.number.value) - abs(point(figure))) <= abs(point(figure)) * NEAR
            yearly = isinstance(ask.base.period, Period) and ask.base.period == world.back(ask.subject, 4)
            earlier = (
                span if ask.relation == "share" else world.back(ask.subject.at(span), 4 if yearly else 1)
            )
            base = None if earlier is None else world.quoted(ask.base.at(earlier), on)
            if base is None or not point(base):
                return False
            return abs(told.number.value - worth(ask.relation, figure, base)) <= NEAR
        return False

    def _of(self, entity: str) -> list[Decimal]:
        if entity not in self._values:
            self._values[entity] = sorted(
                {fact.quantity.value for fact in self._world.history.all_facts(entity)}
            )
        return self._values[entity]
