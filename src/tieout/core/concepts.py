"""Which concepts of the taxonomies are which metric: what the catalogue tells the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tieout.core.filed import OWN
from tieout.core.measure import Dimensions
from tieout.core.quantity import Unit

Concept = tuple[str, str]
"""Taxonomy and concept: ("us-gaap", "Revenues")."""


class Use(NamedTuple):
    """That a concept is a metric; `rank` is its place among the metric's tags, None for one near it."""

    tagged: Tagged
    rank: int | None


@dataclass(frozen=True, slots=True)
class Tagged:
    """How one metric is filed. `unit` is the catalogue's; `instant`: a value on a day.

    `tags` are the metric itself, the preferred first: a filing's first one for a period counts. Where
    several disagree and `whole` is set, the larger is the whole, the others its parts. `near` is what texts
    call by its name too: it supports a claim, and never refutes one. A company that files one of `beside`
    has another thing on this line, which only supports. `varies`: each company draws the line in its own way.
    """

    metric: str
    unit: Unit
    instant: bool
    tags: tuple[Concept, ...] = ()
    near: tuple[Concept, ...] = ()
    whole: bool = False
    beside: frozenset[Concept] = frozenset()
    varies: bool = False


@dataclass(frozen=True, eq=False)
class Concepts:
    """The concept table. `units` are those of all metrics, for figures filed under a metric's own id.

    `own` are those of single companies: concepts with their members, by ticker. `digest` tells one table from
    another.
    """

    tagged: tuple[Tagged, ...]
    units: Mapping[str, tuple[Unit, bool]]
    digest: str = ""
    own: Mapping[str, Mapping[tuple[Concept, Dimensions], Tagged]] = field(
        default_factory=dict[str, Mapping[tuple[Concept, Dimensions], Tagged]]
    )
    _uses: Mapping[Concept, tuple[Use, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_uses", _indexed(self.tagged))

    def uses(self, concept: Concept) -> tuple[Use, ...]:
        """The metrics that a concept is, or is near."""
        taxonomy, name = concept
        if taxonomy == OWN and name in self.units:
            unit, instant = self.units[name]
            return (Use(Tagged(name, unit, instant, (concept,)), 0),)
        return self._uses.get(concept, ())

    def names(self) -> frozenset[str]:
        """Every concept that may matter, without its taxonomy: what a store need not read is in no table."""
        beside = {name for each in self.tagged for _, name in each.beside}
        own = {name for each in self.own.values() for (_, name), _ in each}
        return frozenset({*(name for _, name in self._uses), *beside, *own, *self.units})


def _indexed(tagged: Iterable[Tagged]) -> dict[Concept, tuple[Use, ...]]:
    found: dict[Concept, tuple[Use, ...]] = {}
    for each in tagged:
        for rank, concept in enumerate(each.tags):
            found[concept] = (*found.get(concept, ()), Use(each, rank))
        for concept in each.near:
            found[concept] = (*found.get(concept, ()), Use(each, None))
    return found
