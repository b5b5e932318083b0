"""A phrasing filled with true numbers, where the company has figures that fit it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tieout.bench.inject.ask import Ask, Key
from tieout.bench.inject.names import Name, company_names, member_names, name_of
from tieout.bench.inject.opened import opened
from tieout.bench.inject.phrasing import Phrasing
from tieout.bench.inject.scene import GROWTHS, Scene, Stage, Told
from tieout.bench.inject.speech import capital, day, told
from tieout.bench.inject.suited import suited
from tieout.bench.inject.told import ends, exactly, finest, guided, number
from tieout.bench.inject.truth import World
from tieout.core.fact import point
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Period


def fill(phrasing: Phrasing, stage: Stage, rng: random.Random) -> Scene | None:
    """The phrasing with true numbers, or None where the company has none that fit it."""
    world, entity = stage.world, stage.entity
    keys = [
        (key, period)
        for key, periods in sorted(world.series(entity).items())
        if world.of(key[0]) in phrasing.of
        for period in (_fitting(world, key[0], stage.period),)
        if period in periods
    ]
    if "segment" in phrasing.slots or "Segment" in phrasing.slots:
        keys = [item for item in keys if item[0] == ("revenue", ())]
    if "guided_period" in phrasing.slots or "Guided_period" in phrasing.slots:
        keys = [(key, stage.period) for key in _guided(world, entity, phrasing)]
    keys = [item for item in keys if suited(stage, item[0])]
    rng.shuffle(keys)
    for key, period in keys[:6]:
        scene = _Filling(phrasing, replace(stage, period=period), key, rng).scene()
        if scene is not None:
            return opened(world, scene)
    return None


def _fitting(world: World, metric: str, period: Period) -> Period:
    return period.closing() if world.metric(metric).kind == "balance" else period


def _guided(world: World, entity: str, phrasing: Phrasing) -> list[Key]:
    return sorted(
        {
            (fact.measure.metric, ())
            for fact in world.history.all_facts(entity)
            if fact.measure.scenario is Scenario.GUIDANCE
            and not fact.measure.dimensions
            and world.of(fact.measure.metric) in phrasing.of
        }
    )


class _Filling:
    """One attempt: a metric chosen, every slot filled or the attempt given up."""

    def __init__(self, phrasing: Phrasing, stage: Stage, key: Key, rng: random.Random) -> None:
        self.phrasing, self.stage, self.key, self.rng = phrasing, stage, key, rng
        self.world = stage.world
        self.words: dict[str, str] = {}
        self.told: dict[str, Told] = {}
        self.name: Name | None = None
        self.name2: Name | None = None
        self.key2: Key | None = None
        self.part: Key | None = None
        self.peer: tuple[str, Period] | None = None
        self.guided: Measure | None = None

    def scene(self) -> Scene | None:
        """The phrasing filled, None where something it needs is not held."""
        slots = set(self.phrasing.slots)
        self._company()
        if not (self._metrics(slots) and self._segment(slots) and self._peer(slots) and self._periods(slots)):
            return None
        for slot in self.phrasing.numbers:
            one = self._number(slot)
            if one is None:
                return None
            self.told[slot] = one
        if not self._signs():
            return None
        return Scene(self.phrasing, self.stage.entity, self.stage.period, self.words, self.told)

    # ---- words

    def _company(self) -> None:
        name = self.rng.choice(company_names(self.world, self.stage.entity))
        self._name("company", name)

    def _name(self, slot: str, name: str) -> None:
        self.words[slot] = name
        self.words[f"{slot}'s"] = f"{name}'" if name.endswith("s") else f"{name}'s"

    def _metrics(self, slots: set[str]) -> bool:
        entity, rng = self.stage.entity, self.rng
        self.name = name_of(self.world, entity, self.key, rng, pinned=self.stage.wants == "GAAP for adjusted")
        if self.name is None:
            return False
        self._metric("metric", self.name)
        if slots & {"metric2", "Metric2"}:
            avoid = set(self.world.catalogue.family_of(self.key[0]))
            others = [
                key
                for key, periods in sorted(self.world.series(entity).items())
                if key[0] not in avoid and self.world.of(key[0]) in self.phrasing.of and key[1] == self.key[1]
                if _fitting(self.world, key[0], self.stage.period) in periods
                if self.world.metric(key[0]).kind == self.world.metric(self.key[0]).kind
            ]
            if not others:
                return False
            self.key2 = rng.choice(others)
            self.name2 = name_of(self.world, entity, self.key2, rng)
            if self.name2 is None:
                return False
            self._metric("metric2", self.name2)
        return True

    def _segment(self, slots: set[str]) -> bool:
        entity, rng = self.stage.entity, self.rng
        if slots & {"segment", "Segment", "segment_value", "segment_growth", "share"}:
            parts = [
                key
                for key, periods in sorted(self.world.series(entity).items())
                if key[0] == "revenue" and key[1] and self.stage.period in periods
                if member_names(self.world, entity, key[1])
            ]
            if not parts:
                return False
            self.part = rng.choice(parts)
            name = rng.choice(member_names(self.world, entity, self.part[1]))
            self.words["segment"], self.words["Segment"] = name, capital(name)
        return True

    def _metric(self, slot: str, name: Name) -> None:
        self.words[slot], self.words[capital(slot)] = name.words, capital(name.words)

    def _peer(self, slots: set[str]) -> bool:
        if not slots & {"company2", "company2's"}:
            return True
        found = list(self._peers())
        if not found or (self.key[1] != ()):
            return False
        self.peer = self.rng.choice(found)
        self._name("company2", self.rng.choice(company_names(self.world, self.peer[0])))
        return True

    def _peers(self) -> Iterator[tuple[str, Period]]:
        world, period = self.world, self.stage.period
        part = world.calendar(self.stage.entity).part_of(period)
        for other in self.stage.peers:
            held = world.series(other).get(self.key, ())
            near = [
                one
                for one in held
                if abs((one.end - period.end).days) <= 75 and one.is_instant == period.is_instant
                if (found := world.calendar(other).part_of(one))
                and part
                and (found[1] == "FY") == (part[1] == "FY")
                if abs(one.days - period.days) < 12
            ]
            if near and other != self.stage.entity:
                yield other, max(near, key=lambda one: one.end)

    def _periods(self, slots: set[str]) -> bool:
        calendar = self.world.calendar(self.stage.entity)
        period, when = self.stage.period, self.stage.when
        wanted: list[tuple[str, Period | None]] = [("period", period)]
        if slots & {"base", "base_period", "Base_period", "base2"}:
            wanted.append(("base_period", calendar.back(period, 4)))
        if slots & {"before", "before_period", "Before_period"}:
            wanted.append(("before_period", calendar.back(period, 1)))
        for slot, span in wanted:
            words = None if span is None else told(calendar, span, when)
            if words is None:
                return False
            self.words[slot], self.words[capital(slot)] = words, capital(words)
        if "label" in slots:
            label = told(calendar, period, "label")
            if label is None:
                return False
            self.words["label"] = label
        self.words["date"] = day(period.end)
        if self.peer is not None:
            words = told(self.world.calendar(self.peer[0]), self.peer[1], when)
            if words is None:
                return False
            self.words["period2"], self.words["Period2"] = words, capital(words)
        return True

    # ---- numbers

    def _number(self, slot: str) -> Told | None:
        if slot in ("low", "high"):
            return self._guidance(slot)
        ask = self._ask(slot)
        if ask is None:
            return None
        name = self.name2 if slot.endswith("2") else self.name
        metrics = (
            name.metrics if name is not None and not slot.startswith(("segment", "share")) else ("revenue",)
        )
        return number(self.stage, ask, metrics, self.rng)

    def _ask(self, slot: str) -> Ask | None:
        subject = self._subject(slot)
        if subject is None:
            return None
        if slot == "share":
            return Ask("share", subject, replace(subject, dimensions=()))
        if slot in ("value", "value2", "value_c", "segment_value"):
            return Ask("level", subject)
        earlier = self.world.back(subject, 1 if self._quarterly(slot) else 4)
        if earlier is None:
            return None
        if slot in ("base", "base2", "before"):
            return Ask("level", subject.at(earlier))
        ratio = self.world.of(subject.metric) == "ratio"
        relation = "points" if ratio else "growth"
        return Ask(relation, subject, subject.at(earlier)) if ratio == (slot == "points") else None

    def _subject(self, slot: str) -> Measure | None:
        """What the slot's number is of, or grows on."""
        entity, period = self.stage.entity, self.stage.period
        key: Key | None = self.key
        if slot in ("value2", "base2", "growth2"):
            key = self.key2
        elif slot in ("segment_value", "segment_growth", "share"):
            key = self.part
        elif slot in ("value_c", "growth_c"):
            if self.peer is None:
                return None
            entity, period = self.peer
        return None if key is None else Measure(entity, key[0], key[1], period)

    def _quarterly(self, slot: str) -> bool:
        told_so = self.phrasing.says_quarter and not self.phrasing.says_year
        return slot in ("before", "qoq") or (slot == "points" and told_so)

    def _guidance(self, slot: str) -> Told | None:
        """One end of the range guided last; the other end comes from the same issue."""
        if self.guided is None:
            found = guided(self.stage, self.key)
            if not found:
                return None
            self.guided = self.rng.choice(found)
        both = ends(self.world, self.guided, self.stage.on)
        period = self.guided.period
        calendar = self.world.calendar(self.stage.entity)
        words = told(calendar, period, "label") if isinstance(period, Period) else None
        if words is None or both is None or self.name is None:
            return None
        self.words["guided_period"], self.words["Guided_period"] = words, capital(words)
        fact = both[slot == "high"]
        written = exactly(fact.quantity.value, fact.unit, finest(fact))
        if written is None:
            return None
        ask = Ask("guidance", self.guided)
        means = tuple(ask.with_metric(metric) for metric in self.name.metrics)
        return Told(ask, written, fact, tuple(dict.fromkeys((ask, *means))), "guidance")

    # ---- rises and falls

    def _signs(self) -> bool:
        """Whether the changes told go the way the phrasing says, or the other way on a flipped stage."""
        sign = self.phrasing.sign
        changes = [self.told[slot].number.value for slot in GROWTHS if slot in self.told]
        for new, old in (("value", "base"), ("value", "before"), ("value2", "base2")):
            if old in self.told and new in self.told:
                changes.append(self.told[new].number.value - self.told[old].number.value)
        if not sign:
            return all(self.told[slot].number.value > 0 for slot in GROWTHS if slot in self.told)
        if not changes:
            changes = list(self._moved())
            if not changes:
                return False
        up = (sign == "up") != self.stage.flipped
        if self.stage.flipped and sum(slot in self.told for slot in GROWTHS) != 1:
            return False
        return all((one > 0) == up and one for one in changes)

    def _moved(self) -> Iterator[Decimal]:
        """The change on the year and on the quarter before, for a phrasing that tells only its direction."""
        subject = Measure(self.stage.entity, self.key[0], self.key[1], self.stage.period)
        now = self.world.quoted(subject, self.stage.on)
        for quarters in (4, 1):
            earlier = self.world.back(subject, quarters)
            old = None if earlier is None else self.world.quoted(subject.at(earlier), self.stage.on)
            if now is not None and old is not None:
                yield point(now) - point(old)
