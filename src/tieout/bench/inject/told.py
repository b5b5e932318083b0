"""The number an author would give for a question, as the documents of a day have it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tieout.bench.inject.ask import Ask, Key, Relation, combined, worth
from tieout.bench.inject.scene import Stage, Told
from tieout.bench.inject.speech import Number, Style, change, say, style_of
from tieout.bench.inject.truth import FIRST, RECAST, World
from tieout.core.fact import Fact, Figure, Weight, point
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Period

_NOTHING = Number("", Decimal(0), Decimal(0), Style("plain"))
SMALLEST, LARGEST = Decimal("0.015"), Decimal(4)
"""Changes smaller or larger than these are told in other words than a percent."""


def number(stage: Stage, ask: Ask, metrics: tuple[str, ...], rng: random.Random) -> Told | None:
    """The number an author would give, and all its words may mean; None where none can be told truly."""
    world = stage.world
    figure = world.quoted(ask.subject, stage.on)
    if figure is None:
        return None
    means = tuple(dict.fromkeys((ask, *(ask.with_metric(metric) for metric in metrics))))
    if ask.base is not None:
        base = world.quoted(ask.base, stage.on)
        return None if base is None else _against(stage, Told(ask, _NOTHING, figure, means), base, rng)
    if point(figure) <= 0:
        return None  # the words of a phrasing tell no loss
    written = say(point(figure), style_of(point(figure), figure.unit, finest(figure), rng))
    if written is None or not figure.interval.within(written.interval):
        return None
    kind = "plain" if figure.weight is Weight.REFUTES else "coarse source"
    return Told(ask, written, figure, means, kind)


def _against(stage: Stage, told: Told, base: Figure, rng: random.Random) -> Told | None:
    """A change or a share; what the company itself stated goes before what follows from its figures."""
    world, ask = stage.world, told.ask
    if point(base) <= 0:
        return None
    stated = world.stated(ask, stage.on) if ask.relation == "growth" else None
    value = stated.quantity.value if stated else worth(ask.relation, told.figure, base)
    known = stated.interval if stated else combined(ask.relation, told.figure.interval, base.interval)
    size = abs(value) * (10 if ask.relation == "points" else 1)
    if ask.relation != "share" and not SMALLEST <= size <= LARGEST:
        return None
    written = say(value, _style(ask.relation, stated, rng))
    if written is None or not known.within(written.interval):
        return None
    return replace(
        told, number=written, benign=_kind(world, ask, stated, min(told.figure.weight, base.weight))
    )


def _style(relation: Relation, stated: Fact | None, rng: random.Random) -> Style:
    places = rng.choice((0, 0, 1))
    if stated is not None and isinstance(stated.quantity.decimals, int):
        places = max(0, min(places, stated.quantity.decimals - 2))
    if relation != "points":
        return change(rng, places)
    return Style("points", -2, 1) if rng.random() < 0.5 else Style("basis", -4, 0)


def _kind(world: World, ask: Ask, stated: Fact | None, weight: Weight) -> str:
    if stated is not None:
        return "company's own growth"
    if weight < Weight.REFUTES:
        return "coarse source"
    marks = {one.vintage for one in world.history.at(ask.base)} if ask.base else set[str]()
    return "recast base" if {FIRST, RECAST} <= marks else "plain"


def finest(figure: Figure) -> int:
    """The power of ten of the last digit that is known of a figure."""
    if isinstance(figure, Fact):
        decimals = figure.quantity.decimals
        return -decimals if isinstance(decimals, int) else -2
    width = figure.interval.width
    return width.adjusted() + 1 if width else -6


def exactly(value: Decimal, unit: str, finest_power: int) -> Number | None:
    """The value with as many digits as it needs, as guidance is told."""
    if unit.endswith("/share"):
        return say(value, Style("plain", 0, 2))
    power = 9 if value >= 10**9 else 6
    places = max(0, -int(value.scaleb(-power).normalize().as_tuple().exponent))
    return say(value, Style("word", power, min(places, max(0, power - finest_power))))


def guided(stage: Stage, key: Key) -> list[Measure]:
    """What had been guided for periods still to end on the article's day, a range each."""
    measures = {
        fact.measure
        for fact in stage.world.history.facts(stage.entity, key[0], key[1], scenario=Scenario.GUIDANCE)
        if isinstance(fact.measure.period, Period) and fact.measure.period.end > stage.on
    }
    back = int(stage.wants == "superseded")
    held = (
        one for one in measures if ends(stage.world, one, stage.on, back) and ends(stage.world, one, stage.on)
    )
    return sorted(held, key=lambda one: str(one.period))


def ends(world: World, measure: Measure, on: date, back: int = 0) -> tuple[Fact, Fact] | None:
    """Low and high end of the range guided last before that day, or so many issues before."""
    issues = [one for one in world.issues(measure) if one.known is not None and one.known < on]
    if len(issues) <= back:
        return None
    found = {fact.quantity.bound: fact for fact in issues[-1 - back].facts if fact.primary}
    return (found["low"], found["high"]) if "low" in found and "high" in found else None
