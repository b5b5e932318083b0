"""What a number tells: a measure, or a measure against another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from tieout.core.fact import Figure, point
from tieout.core.interval import Interval
from tieout.core.measure import Dimensions, Measure

Relation = Literal["level", "growth", "points", "share", "guidance"]
Key = tuple[str, Dimensions]
"""A metric and the part of the company."""

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a number tells: a measure, or a measure against its base (an earlier period, the whole)."""

    relation: Relation
    subject: Measure
    base: Measure | None = None

    def with_metric(self, metric: str, dims: Dimensions | None = None) -> Ask:
        """The same of another metric, or another part of the company."""

        def turned(one: Measure) -> Measure:
            return replace(one, metric=metric, dimensions=one.dimensions if dims is None else dims)

        if self.relation == "share":
            return replace(self, subject=turned(self.subject))
        return replace(
            self, subject=turned(self.subject), base=None if self.base is None else turned(self.base)
        )


def combined(relation: Relation, one: Interval, other: Interval) -> Interval:
    """Growth, difference or share of two intervals."""
    if relation == "points":
        return one - other
    quotient = one / other
    return quotient + Interval.point(-ONE) if relation == "growth" else quotient


def worth(relation: Relation, one: Figure, other: Figure) -> Decimal:
    """Growth, difference or share of two figures as printed."""
    if relation == "points":
        return point(one) - point(other)
    quotient = point(one) / point(other)
    return quotient - ONE if relation == "growth" else quotient
