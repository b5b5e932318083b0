"""What a number is a number of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from tieout.core.period import PeriodRef

Dimensions = tuple[tuple[str, str], ...]
"""Sorted (axis, member) pairs: (("line", "Storage"), ("segment", "ISG")); empty is the whole company."""


class Scenario(StrEnum):
    """How a figure is meant."""

    ACTUAL = "actual"
    GUIDANCE = "guidance"
    CONSENSUS = "consensus"
    TARGET = "target"
    POLICY = "policy"
    SPECIFICATION = "specification"


@dataclass(frozen=True, slots=True)
class Measure:
    """Entity (ticker), metric (catalogue id), dimensions, period and scenario of a figure.

    A product specification has no period.
    """

    entity: str
    metric: str
    dimensions: Dimensions
    period: PeriodRef | None
    scenario: Scenario = Scenario.ACTUAL

    def at(self, period: PeriodRef | None) -> Measure:
        """The same measure for another period."""
        return replace(self, period=period)


def dimensions(**members: str) -> Dimensions:
    """The dimensions named, sorted by axis."""
    return tuple(sorted(members.items()))
