"""Which metrics of a company can take an error or a rewriting."""

from __future__ import annotations

from tieout.bench.inject.ask import Key
from tieout.bench.inject.scene import Stage
from tieout.bench.inject.truth import FIRST
from tieout.catalogue import GROWTH


def suited(stage: Stage, key: Key) -> bool:
    """Whether a metric can take the error or rewriting that is wanted; any can, where none is."""
    world, held = stage.world, world_keys(stage)
    metric, dims = key
    if stage.wants == "GAAP for adjusted":
        family = set(world.catalogue.family_of(metric)) - {metric}
        return bool(world.metric(metric).tags) and any((one, dims) in held for one in family)
    if stage.wants == "segment":
        return any(one == metric and other != dims for one, other in held)
    if stage.wants == "sibling metric":
        return any((one, dims) in held for one in world.catalogue.siblings(metric))
    if stage.wants == "as first reported":
        facts = world.history.facts(stage.entity, metric, dims)
        return any(fact.vintage == FIRST for fact in facts)
    if stage.wants == "company's own growth":
        return any(world.history.facts(stage.entity, f"{metric}{suffix}", dims) for suffix in GROWTH)
    return True


def world_keys(stage: Stage) -> frozenset[Key]:
    """The metrics and parts held of the company, growth ids not counted."""
    return frozenset(stage.world.series(stage.entity))
