"""What things are called: companies by their packs, metrics as the trade says them."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from tieout.bench.inject.ask import Key
from tieout.bench.inject.phrasing import folder
from tieout.bench.inject.truth import World
from tieout.core.measure import Dimensions


@dataclass(frozen=True, slots=True)
class Name:
    """Words for a metric, and the metrics they may mean, the one meant first."""

    words: str
    metrics: tuple[str, ...]


def company_names(world: World, entity: str) -> tuple[str, ...]:
    """The names of a company that are no ticker and no paraphrase, the full one first."""
    pack = world.pack(entity)
    short = [
        name
        for name in pack.names
        if name != entity and name[0].isupper() and "." not in name and "," not in name
    ]
    return tuple(dict.fromkeys((pack.name, *sorted(short, key=len)[:1])))


def member_names(world: World, entity: str, dims: Dimensions) -> tuple[str, ...]:
    """The names of a part of a company, those in capitals."""
    return tuple(
        name
        for member in world.pack(entity).members
        if member.dimensions == dims and not member.metric
        for name in member.names[:3]
        if name[0].isupper()
    )


def name_of(world: World, entity: str, key: Key, rng: random.Random, *, pinned: bool = False) -> Name | None:
    """A name for a metric of a company or its part; `pinned` wants one that leaves no basis open."""
    metric, dims = key
    exact, loose = _said(world, metric)
    choices = [Name(words, (metric,)) for words in exact]
    if not pinned:
        choices += [Name(words, world.catalogue.family_of(metric)) for words in loose]
    if not choices:
        return None
    found = rng.choice(choices)
    found = Name(found.words, tuple(dict.fromkeys((*found.metrics, *_called(world, entity, found.words)))))
    if not dims:
        return found
    members = member_names(world, entity, dims)
    return Name(f"{rng.choice(members)} {found.words}", found.metrics) if members else None


def _called(world: World, entity: str, words: str) -> tuple[str, ...]:
    """The metrics that these words name at a company: any company's, and those that it alone defines."""
    every = (m for m in world.catalogue.metrics.values() if m.company in (None, entity))
    return tuple(m.id for m in every if words.lower() in (alias.lower() for alias in m.aliases))


def _said(world: World, metric: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    row = _table().get(metric)
    if row is not None:
        return tuple(row.get("names", ())), tuple(row.get("loose", ()))
    declared = world.metric(metric)
    usual = [alias for alias in declared.aliases if "…" not in alias and len(alias) > 3][:2]
    return (), tuple(usual)


@cache
def _table() -> Mapping[str, Mapping[str, list[str]]]:
    text = (folder() / "names.toml").read_text(encoding="utf-8")
    return cast("Mapping[str, Mapping[str, list[str]]]", tomllib.loads(text))
