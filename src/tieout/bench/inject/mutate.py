"""Errors injected into scenes: one number, or the direction, made wrong; nothing where it would be true."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from tieout.bench.inject import errors
from tieout.bench.inject.ask import Ask
from tieout.bench.inject.coincide import coincidences
from tieout.bench.inject.errors import Wrong
from tieout.bench.inject.fill import fill
from tieout.bench.inject.phrasing import Phrasing
from tieout.bench.inject.scene import GROWTHS, Scene, Stage, Told
from tieout.bench.inject.speech import Number
from tieout.bench.inject.told import ends, exactly, finest
from tieout.bench.inject.truth import World
from tieout.core.finding import Verdict

DIRECTION, SUPERSEDED = "direction", "superseded"
PERIODS = ("prior year", "prior quarter", "year to date", "calendar for fiscal")
"""The errors of period."""
LEVELS = ("value", "base", "before", "value2", "base2", "segment_value", "value_c")
CHANGES = ("growth", "qoq", "growth2", "segment_growth", "growth_c")
ANY = (*LEVELS, *CHANGES, "points", "share")


@dataclass(frozen=True, slots=True)
class Mutation:
    """An injected error: its name, the verdicts that name it, the slots it can befall, how it is made."""

    name: str
    verdicts: frozenset[Verdict]
    slots: tuple[str, ...]
    make: Callable[[Stage, Told, random.Random], Wrong | None]


def mutated(stage: Stage, scene: Scene, mutation: Mutation, rng: random.Random) -> Scene | None:
    """The scene with one number wrong, None where this error cannot be made of it."""
    if mutation.name == SUPERSEDED:
        return _superseded(stage, scene, mutation)
    slots = [slot for slot in scene.told if slot in mutation.slots]
    rng.shuffle(slots)
    for slot in slots:
        told = scene.told[slot]
        if slot in CHANGES and mutation.name == "other base" and not _base_said(scene, slot):
            continue
        if not stage.world.refutable(told.ask, told.means):
            continue
        made = mutation.make(stage, told, rng)
        if made is None or made.number.text == told.number.text:
            continue
        means = told.means if made.ask is None else (made.ask,)
        if not false(stage.world, means, made.number):
            continue
        wrong = replace(
            told,
            number=made.number,
            mutation=mutation.name,
            origin=made.origin,
            verdicts=mutation.verdicts | coincidences(stage.world, told, made.number),
        )
        return replace(scene, told={**scene.told, slot: wrong})
    return None


def false(world: World, means: tuple[Ask, ...], number: Number) -> bool:
    """Whether the number is false of all its words may mean, a whole unit of its last digit allowed."""
    said = number.generous
    return all(said.disjoint(known) for ask in means for known in world.known(ask))


def flipped(stage: Stage, phrasing: Phrasing, rng: random.Random) -> Scene | None:
    """A phrasing that tells a rise, filled with a fall, or the reverse; None where neither can be had."""
    if not phrasing.sign or sum(slot in GROWTHS for slot in phrasing.numbers) != 1:
        return None
    scene = fill(phrasing, replace(stage, flipped=True), rng)
    if scene is None:
        return None
    slot = next(slot for slot in scene.told if slot in GROWTHS)
    one = scene.told[slot]
    number = replace(one.number, value=-one.number.value)
    if not stage.world.refutable(one.ask, one.means) or not false(stage.world, one.means, number):
        return None
    verdicts = frozenset({Verdict.WRONG_SCALE})
    wrong = replace(one, number=number, mutation=DIRECTION, verdicts=verdicts, origin="the other sign")
    return replace(scene, told={**scene.told, slot: wrong})


def _base_said(scene: Scene, slot: str) -> bool:
    both = scene.phrasing.says_year, scene.phrasing.says_quarter
    return both[slot == "qoq"] and not both[slot != "qoq"]


def _superseded(stage: Stage, scene: Scene, mutation: Mutation) -> Scene | None:
    """The range guided before, told as the current one; an end that the current one holds is not counted."""
    told, words = dict(scene.told), dict(scene.words)
    for slot, one in scene.told.items():
        if slot not in mutation.slots:
            continue
        now, then = (ends(stage.world, one.ask.subject, stage.on, back) for back in (0, 1))
        if now is None or then is None or not stage.world.refutable(one.ask, ()):
            return None
        fact = then[slot == "high"]
        written = exactly(fact.quantity.value, fact.unit, finest(fact))
        if written is None:
            return None
        if now[0].interval.hull(now[1].interval).holds(fact.quantity.value):
            words[slot] = written.text
            del told[slot]
            continue
        told[slot] = replace(
            one,
            number=written,
            mutation=mutation.name,
            origin=f"guided {fact.known}",
            verdicts=mutation.verdicts,
        )
    return replace(scene, told=told, words=words) if any(one.mutation for one in told.values()) else None


def _all() -> tuple[Mutation, ...]:
    other = {verdict: frozenset({verdict}) for verdict in Verdict}
    nothing, scale = other[Verdict.CONTRADICTED], other[Verdict.WRONG_SCALE]
    period, metric = other[Verdict.WRONG_PERIOD], other[Verdict.WRONG_METRIC]
    return (
        Mutation("value", nothing, ANY, errors.value),
        Mutation("digit swap", nothing, ANY, errors.digits),
        Mutation("thousandfold", scale, LEVELS, errors.thousandfold),
        Mutation("prior year", period, ANY, errors.prior_year),
        Mutation("prior quarter", period, ANY, errors.prior_quarter),
        Mutation("year to date", period, LEVELS, errors.year_to_date),
        Mutation("calendar for fiscal", period, LEVELS, errors.calendar_year),
        Mutation("sibling metric", metric, LEVELS, errors.sibling),
        Mutation("segment", metric, (*LEVELS, *CHANGES), errors.segment),
        Mutation("GAAP for adjusted", metric, LEVELS, errors.basis),
        Mutation("percent for points", scale, ("points",), errors.percent_for_points),
        Mutation("other base", nothing, CHANGES, errors.other_base),
        Mutation(SUPERSEDED, other[Verdict.STALE], ("low", "high"), errors.value),
        Mutation("wrong company", nothing | metric, LEVELS, errors.company),  # or whose it is
        Mutation("collision", nothing, LEVELS, errors.collision),
    )


MUTATIONS = _all()
"""All but the direction told wrongly, which is another phrasing rather than another number."""
