"""The other readings that a phrasing without a period leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tieout.bench.inject.ask import Ask
from tieout.bench.inject.scene import Scene, Stage, Told
from tieout.bench.inject.truth import World
from tieout.core.calendar import Part
from tieout.core.period import Period


def opened(stage: Stage, scene: Scene) -> Scene:
    """The scene with the readings added that an undated phrasing leaves open."""
    if scene.phrasing.dated:
        return scene
    return replace(
        scene,
        told={
            slot: replace(one, means=tuple(dict.fromkeys((*one.means, *_around(stage.world, one)))))
            for slot, one in scene.told.items()
        },
    )


def _around(world: World, one: Told) -> Iterator[Ask]:
    for ask in one.means:
        subject = ask.subject
        if not isinstance(subject.period, Period):
            continue
        calendar = world.calendar(subject.entity)
        found = calendar.part_of(subject.period)
        spans = [world.back(subject, quarters) for quarters in (-1, 1, 4)]
        if found is not None and not subject.period.is_instant:
            longer: tuple[Part, ...] = ("FY", "H1", "9M")
            spans += [calendar.period(year, part) for year in (found[0], found[0] - 1) for part in longer]
        for span in spans:
            if span is None:
                continue
            moved = subject.at(span)
            if ask.base is None:
                yield replace(ask, subject=moved)
            elif ask.relation == "share":
                yield replace(ask, subject=moved, base=ask.base.at(span))
            else:
                for quarters in (1, 4):
                    if base := world.back(moved, quarters):
                        yield replace(ask, subject=moved, base=moved.at(base))
