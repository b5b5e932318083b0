"""The readings that a phrasing leaves open: a change without its base, a number without its period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tieout.bench.inject.ask import Ask
from tieout.bench.inject.scene import GROWTHS, Scene
from tieout.bench.inject.truth import World
from tieout.core.calendar import Part
from tieout.core.period import Period

LONGER: tuple[Part, ...] = ("FY", "H1", "9M")


def opened(world: World, scene: Scene) -> Scene:
    """The scene with those readings added to what its numbers may mean."""
    phrasing = scene.phrasing
    told = dict(scene.told)
    for slot, one in scene.told.items():
        means = one.means
        if not phrasing.dated:
            means = (*means, *_of(_elsewhen(world, ask) for ask in means))
        if slot in GROWTHS and not phrasing.says_year and not phrasing.says_quarter:
            means = (*means, *_of(_bases(world, ask) for ask in means))
        told[slot] = replace(one, means=tuple(dict.fromkeys(means)))
    return replace(scene, told=told)


def _of(many: Iterable[Iterator[Ask]]) -> list[Ask]:
    return [ask for each in many for ask in each]


def _bases(world: World, ask: Ask) -> Iterator[Ask]:
    """The change on the year before and on the quarter before."""
    for quarters in (1, 4):
        if ask.base is not None and (base := world.back(ask.subject, quarters)):
            yield replace(ask, base=ask.subject.at(base))


def _elsewhen(world: World, ask: Ask) -> Iterator[Ask]:
    """The same of the quarters beside, and of the longer stretches of this year and the last."""
    subject = ask.subject
    if not isinstance(subject.period, Period):
        return
    calendar = world.calendar(subject.entity)
    found = calendar.part_of(subject.period)
    spans = [world.back(subject, quarters) for quarters in (-1, 1, 4)]
    if found is not None and not subject.period.is_instant:
        spans += [calendar.period(year, part) for year in (found[0], found[0] - 1) for part in LONGER]
    for span in spans:
        if span is None:
            continue
        moved = replace(ask, subject=subject.at(span))
        if ask.base is None:
            yield moved
        elif ask.relation == "share":
            yield replace(moved, base=ask.base.at(span))
        else:
            yield from _bases(world, moved)
