"""Guidance as it was given: one issue, several bounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tieout.core.fact import Fact
from tieout.core.interval import Interval


@dataclass(frozen=True, slots=True)
class Issue:
    """What was guided for one measure on one day: low, mid, high, point, at least, up to.

    `facts` has at least one; `known` is None where the day is not.
    """

    known: date | None
    facts: tuple[Fact, ...]

    @property
    def interval(self) -> Interval:
        """The hull of the bounds, at the precision printed.

        Open above if nothing but a low end or an "at least" was given, open below for a high end alone.
        """
        hull = self.facts[0].interval
        for fact in self.facts[1:]:
            hull = hull.hull(fact.interval)
        bounds = {fact.quantity.bound for fact in self.facts}
        if bounds == {"low"}:
            return Interval(hull.low, None)
        if bounds == {"high"}:
            return Interval(None, hull.high)
        return hull

    @property
    def midpoint(self) -> Decimal | None:
        """The point or midpoint given, else the middle of low and high; None for an open-ended issue."""
        stated = [fact for fact in self.facts if fact.quantity.bound in ("mid", "point", "")]
        if stated:
            return max(stated, key=lambda fact: fact.primary).quantity.value
        low = [fact.quantity.value for fact in self.facts if fact.quantity.bound == "low"]
        high = [fact.quantity.value for fact in self.facts if fact.quantity.bound == "high"]
        return (min(low) + max(high)) / 2 if low and high else None
