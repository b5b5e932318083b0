"""What a wrong number happens to be true of, so that a check which says so is not called inexact."""

from __future__ import annotations

from dataclasses import replace

from tieout.bench.inject.ask import Ask
from tieout.bench.inject.scene import Told
from tieout.bench.inject.speech import Number
from tieout.bench.inject.truth import World
from tieout.core.finding import Verdict
from tieout.core.period import Period


def coincidences(world: World, told: Told, number: Number) -> frozenset[Verdict]:
    """The verdicts that would explain the number honestly: another period, metric or part of the company."""
    said = number.interval

    def ties(ask: Ask) -> bool:
        return any(not said.disjoint(known) for known in world.known(ask))

    found: set[Verdict] = set()
    for ask in told.means:
        if any(ties(other) for other in _elsewhen(world, ask)):
            found.add(Verdict.WRONG_PERIOD)
        if any(ties(other) for other in _elsewhere(world, ask)):
            found.add(Verdict.WRONG_METRIC)
    return frozenset(found)


def _elsewhen(world: World, ask: Ask) -> list[Ask]:
    subject = ask.subject
    periods = world.series(subject.entity).get((subject.metric, subject.dimensions), ())
    return [moved for period in periods if period != subject.period if (moved := _moved(world, ask, period))]


def _elsewhere(world: World, ask: Ask) -> list[Ask]:
    subject = ask.subject
    keys = [
        key
        for key in world.series(subject.entity)
        if key != (subject.metric, subject.dimensions)
        and (key[0] == subject.metric or key[0] in world.catalogue.siblings(subject.metric))
    ]
    found = [ask.with_metric(*key) for key in keys]
    far = [
        replace(ask, subject=replace(subject, metric=metric, dimensions=dims, period=period))
        for metric, dims in keys
        if ask.base is None
        for period in world.series(subject.entity)[metric, dims]
    ]
    return found + far


def _moved(world: World, ask: Ask, period: Period) -> Ask | None:
    if ask.base is None:
        return replace(ask, subject=ask.subject.at(period))
    if ask.relation == "share":
        return replace(ask, subject=ask.subject.at(period), base=ask.base.at(period))
    yearly = ask.base.period == world.back(ask.subject, 4)
    base = world.back(ask.subject.at(period), 4 if yearly else 1)
    return None if base is None else replace(ask, subject=ask.subject.at(period), base=ask.base.at(base))
