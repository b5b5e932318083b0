"""Scenes and filler made into an article with headings, and where in it each injected number stands."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from typing import Literal

from tieout.bench.inject.benign import BENIGN, rewritten
from tieout.bench.inject.fill import fill
from tieout.bench.inject.mutate import DIRECTION, MUTATIONS, SUPERSEDED, flipped, mutated
from tieout.bench.inject.phrasing import Phrasing, Set, folder
from tieout.bench.inject.scene import GROWTHS, Scene, Stage, Told
from tieout.bench.inject.speech import When, told
from tieout.bench.inject.split import cells
from tieout.bench.inject.truth import World
from tieout.core.errors import NotFoundError
from tieout.core.period import Period

Dated = Literal["day", "month", "none"]
DATED: tuple[Dated, ...] = ("day", "day", "day", "month", "none")
WRONG = 0.6
"""How many scenes are to hold an error; not all can, and most have a second number that is true."""
AGAIN, TRIES = 3, 8
"""How many errors are tried on a scene, and how many phrasings with each."""
FEWEST, MOST = 300, 1200
"""Words of an article."""
BARREN = 40
"""After so many paragraphs without a scene a company has no more to tell."""
OFTEN = 2
"""How often one article may tell the same figure."""
QUARTERLY = ("year to date",)
"""Errors that want a quarter which does not begin its year."""
RESTATED = ("as first reported", "recast base")
"""Rewritings that want a period whose figures were restated, or one that grows on it."""
AMBIGUOUS, UNDATED = "calendar or fiscal", "undated balance"
RARE = ("GAAP for adjusted", "segment", SUPERSEDED, "year to date", "other base")
"""Errors that few companies leave room for; they are tried twice as often."""
ERRORS = (DIRECTION, *(one.name for one in MUTATIONS), *RARE)
OWN = "company's own growth"
TRUTHS = ("plain", "plain", OWN, *BENIGN, "recast base")
OPEN: tuple[When, ...] = ("bare", "calendar")
"""Ways to tell a period that leave open whether the fiscal or the calendar year is meant."""


@dataclass(frozen=True, slots=True)
class Injected:
    """A number of an article, true or not, and what it tells; `beside`: another of its scene is wrong."""

    start: int
    end: int
    slot: str
    told: Told
    phrasing: str
    kind: str
    sentence: str
    beside: bool


@dataclass(frozen=True, slots=True)
class Story:
    """An article: its text, its date as told to the checker, whom it is about, all numbers injected."""

    text: str
    published: str | None
    dated: Dated
    entity: str
    companies: tuple[str, ...]
    on: date
    injected: tuple[Injected, ...]
    scenes: tuple[tuple[int, int, bool], ...]
    """Where the scenes stand, and whether a number or the direction in them is wrong."""


def story(world: World, phrasings: Sequence[Phrasing], which: Set, seed: int, number: int) -> Story:
    """Article `number` of a seed; the same whenever and wherever it is made."""
    rng = random.Random(f"{seed} {which} {number}")  # noqa: S311 - a bench wants the same articles again
    held = cells(world, which)
    if not held:
        raise NotFoundError(
            "the ledger holds no company's quarter to write about", fix="add facts on revenue"
        )
    names = sorted(held)
    entity = rng.choices(names, [len(world.series(name)) for name in names])[0]
    period, known = rng.choice(held[entity])
    on = known + timedelta(days=rng.randint(1, 45))
    stage = Stage(world, entity, period, on, peers=tuple(names))
    dated: Dated = rng.choice(DATED)
    writer = _Writer(stage, phrasings, rng, dated)
    return writer.story()


class _Writer:
    """One article under way."""

    def __init__(self, stage: Stage, phrasings: Sequence[Phrasing], rng: random.Random, dated: Dated) -> None:
        self.stage, self.rng = stage, rng
        self.dated: Dated = dated
        self.titles = [one for one in phrasings if one.kind == "headline" and one.named]
        self.prose = [one for one in phrasings if one.kind != "headline"]
        self.short = [one for one in self.prose if one.kind in ("level", "growth")]
        self.text = ""
        self.injected: list[Injected] = []
        self.spans: list[tuple[int, int, bool]] = []
        self.companies = [stage.entity]

    def story(self) -> Story:
        target = self.rng.randint(FEWEST, MOST)
        self._title()
        barren = 0
        while len(self.text.split()) < target and barren < BARREN:
            before = len(self.injected)
            self._paragraph()
            barren = barren + 1 if len(self.injected) == before else 0
            if self.rng.random() < 0.25 and not barren:
                self._line(f"## {self.rng.choice(_lines('headings.txt'))}")
        while len(self.text.split()) < FEWEST:
            self._line(" ".join(self.rng.sample(_lines("filler.txt"), 4)))
        on = self.stage.on
        published = {"day": on.isoformat(), "month": f"{on:%Y-%m}", "none": None}[self.dated]
        return Story(
            self.text.rstrip() + "\n",
            published,
            self.dated,
            self.stage.entity,
            tuple(dict.fromkeys(self.companies)),
            on,
            tuple(self.injected),
            tuple(self.spans),
        )

    def _title(self) -> None:
        scene = self._scene(self.titles) if self.titles and self.rng.random() < 0.7 else None
        self.text = "# "
        if scene is None:
            self.text += f"{self.stage.world.pack(self.stage.entity).name}: what the documents say"
        else:
            self._put(scene)
        self.text += "\n\n"

    def _paragraph(self) -> None:
        scene = self._scene(self.prose)
        if scene is None:
            return
        block = "\n" in scene.phrasing.text
        parts = self.rng.sample(_lines("filler.txt"), 3)
        if self.rng.random() < 0.5 and not block:
            self.text += f"{parts[0]} "
        if lead := self._lead(scene):
            self.text += lead + ("\n\n" if block else " ")
        self._put(scene)
        if block:
            self.text += "\n\n"
            return
        self.text += f" {parts[1]}"
        other = self._scene(self.short) if self.rng.random() < 0.4 else None
        if other is not None and not self._lead(other):
            self.text += " "
            self._put(other)
        self.text += f" {parts[2]}\n\n"

    def _lead(self, scene: Scene) -> str:
        """A sentence that names company and period, where the phrasing leaves one of them out."""
        if (scene.phrasing.dated or scene.told_undated) and scene.phrasing.named:
            return ""
        when = told(self.stage.world.calendar(scene.entity), scene.period, "label")
        name = self.stage.world.pack(scene.entity).name
        return (
            f"This part is about {name} in {when}."
            if when and not scene.told_undated
            else f"This part is about {name}."
        )

    def _line(self, text: str) -> None:
        self.text += f"{text}\n\n"

    def _put(self, scene: Scene) -> None:
        text, places = scene.rendered()
        at = len(self.text)
        wrong = scene.mutated
        for start, end, slot in places:
            one = scene.told[slot]
            self.injected.append(
                Injected(
                    at + start,
                    at + end,
                    slot,
                    one,
                    scene.phrasing.id,
                    scene.phrasing.kind,
                    text,
                    wrong and not one.mutation,
                )
            )
            self.companies.append(one.ask.subject.entity)
        self.spans.append((at, at + len(text), wrong))
        self.text += text

    # ---- one scene

    def _scene(self, choices: Sequence[Phrasing]) -> Scene | None:
        """A scene with an error or a true rewriting, if one of these phrasings takes it; else a plain one."""
        if self.rng.random() < WRONG:
            for name in self.rng.sample(ERRORS, AGAIN):
                slots = next((one.slots for one in MUTATIONS if one.name == name), GROWTHS)
                fitting = [one for one in choices if set(slots) & set(one.numbers)]
                if scene := self._tried(fitting, partial(self._wrong, name=name)):
                    return scene
        else:
            name = self.rng.choice(TRUTHS)
            fitting = [one for one in choices if _takes(one, name)]
            if scene := self._tried(fitting, partial(self._true, name=name)):
                return scene
        return self._tried(choices, partial(self._true, name="plain"))

    def _tried(self, choices: Sequence[Phrasing], make: Callable[[Phrasing], Scene | None]) -> Scene | None:
        kinds = sorted({one.kind for one in choices})
        for _ in range(TRIES if kinds else 0):
            kind = self.rng.choice(kinds)
            scene = make(self.rng.choice([one for one in choices if one.kind == kind]))
            if scene is not None and self._fresh(scene):
                return scene
        return None

    def _fresh(self, scene: Scene) -> bool:
        asks = [one.told.ask for one in self.injected]
        return all(asks.count(one.ask) < OFTEN for one in scene.told.values())

    def _true(self, phrasing: Phrasing, name: str) -> Scene | None:
        stage = self._stage(phrasing, name)
        if name == AMBIGUOUS:
            if stage.when not in OPEN:
                return None
            scene = fill(phrasing, stage, self.rng)
            return None if scene is None else _marked(scene, AMBIGUOUS)
        if name == UNDATED and not self._latest(stage):
            return None
        scene = fill(phrasing, stage, self.rng)
        return rewritten(stage, scene, name, self.rng) if scene and name in BENIGN else scene

    def _wrong(self, phrasing: Phrasing, name: str) -> Scene | None:
        if name == SUPERSEDED and self.dated != "day":
            return None  # an article of no day may have appeared while that guidance stood
        stage = self._stage(phrasing, name)
        if name == DIRECTION:
            return flipped(stage, phrasing, self.rng)
        scene = fill(phrasing, stage, self.rng)
        mutation = next(one for one in MUTATIONS if one.name == name)
        return None if scene is None else mutated(stage, scene, mutation, self.rng)

    def _stage(self, phrasing: Phrasing, name: str) -> Stage:
        period, when = self._period(phrasing, name), self._when(phrasing, name == AMBIGUOUS)
        return replace(self.stage, period=period, when=when, wants=name)

    def _latest(self, stage: Stage) -> bool:
        return self.dated != "none" and stage.period == self.stage.period

    def _period(self, phrasing: Phrasing, wants: str) -> Period:
        calendar = self.stage.world.calendar(self.stage.entity)
        period = self.stage.period
        found = calendar.part_of(period)
        if found is None or not phrasing.dated or wants == UNDATED:
            return period
        turn = self.rng.random()
        if wants in RESTATED and (again := self.stage.world.restated(self.stage.entity)):
            span = self.rng.choice(again)
            return span if wants == RESTATED[0] else calendar.back(span, -4) or period
        if wants in QUARTERLY:
            back = self.rng.randint(0, 5)
            return calendar.back(period, back if (int(found[1][1]) - back) % 4 != 1 else back + 1) or period
        if turn < 0.55:
            return period
        year, part = found
        if turn < 0.7:
            longer = {"Q2": "H1", "Q3": "9M", "Q4": "FY"}.get(part)
            return calendar.period(year, longer) if longer in ("H1", "9M", "FY") else period
        if turn < 0.88:
            return calendar.back(period, self.rng.randint(1, 6)) or period
        return calendar.period(year if part == "Q4" else year - 1, "FY")

    def _when(self, phrasing: Phrasing, ambiguous: bool) -> When:
        fixed = {"label", "date", "guided_period", "Guided_period"} & set(
            phrasing.slots
        ) or not phrasing.dated
        if ambiguous and not fixed:
            return self.rng.choice(OPEN)
        return self.rng.choice(("label", "label", "long", "long", "ended"))


def _marked(scene: Scene, benign: str) -> Scene:
    return replace(scene, told={slot: replace(one, benign=benign) for slot, one in scene.told.items()})


def _takes(phrasing: Phrasing, name: str) -> bool:
    if name == UNDATED:
        return "balance" in phrasing.of and phrasing.numbers == ("value",)
    grows = bool({"growth", "qoq", "segment_growth"} & set(phrasing.numbers))
    return grows or name not in (OWN, "recast base")


@cache
def _lines(name: str) -> list[str]:
    return (folder() / name).read_text(encoding="utf-8").splitlines()
