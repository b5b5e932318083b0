"""What can be measured: metrics, families of metrics one name may mean, direction words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tieout.core.concepts import Concept
from tieout.core.measure import Dimensions, Scenario
from tieout.core.quantity import Unit

Kind = Literal["flow", "balance", "statement", "specification", "market"]
"""A sum over a period; a value on a day; a thing announced on a day; a product's property; a price."""

Operation = Literal["ratio", "difference", "sum"]


@dataclass(frozen=True, slots=True)
class Formula:
    """`operation` over metric ids: the first over the second, less the rest, or all added."""

    operation: Operation
    inputs: tuple[str, ...]

    def __str__(self) -> str:
        sign = {"ratio": " / ", "difference": " - ", "sum": " + "}[self.operation]
        return sign.join(self.inputs)


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing that can be measured, as declared in a TOML file.

    `tags` are the qualifiers it answers to ("GAAP", "non-GAAP", "diluted"). `siblings` are the
    metrics it is confused with, `at_least` is one that it contains and never lies below. `scenario`
    is how its figures are usually meant (a policy, a specification). `filed` are concepts, with
    members, that a company files its own metric under.
    """

    id: str
    label: str
    unit: Unit
    kind: Kind
    aliases: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    siblings: tuple[str, ...] = ()
    at_least: str = ""
    formulas: tuple[Formula, ...] = ()
    scenario: Scenario = Scenario.ACTUAL
    definition: str = ""
    company: str | None = None
    default_dimensions: tuple[tuple[str, str], ...] = ()
    filed: tuple[tuple[Concept, Dimensions], ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """A generic name's possible metrics, the usual one first.

    A claim by the generic name is refuted only if every metric in `needs` is; the others may support it.
    """

    id: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    needs: tuple[str, ...]
    company: str | None = None


@dataclass(frozen=True, slots=True)
class Direction:
    """A word for a change without a number: when it is true and when it is false; between, abstain.

    Bounds are growth as a fraction for amounts, a difference for ratios (`points`). `sign` is 1
    up, -1 down, 0 steady; the bounds are of the change in that direction.
    """

    id: str
    words: tuple[str, ...]
    sign: int
    true_from: Decimal
    false_below: Decimal
    true_from_points: Decimal
    false_below_points: Decimal
