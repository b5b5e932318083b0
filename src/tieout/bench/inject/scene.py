"""A phrasing filled with a company's figures: words and true numbers, each with what it tells."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tieout.bench.inject.names import Name, company_names, member_names, name_of
from tieout.bench.inject.phrasing import Phrasing
from tieout.bench.inject.speech import Number, Style, When, capital, change, day, say, style_of, told
from tieout.bench.inject.truth import FIRST, RECAST, Ask, Key, World, combined, worth
from tieout.catalogue import GROWTH
from tieout.core.fact import Fact, Figure, Weight, point
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Period

GROWTHS = ("growth", "qoq", "points", "growth2", "segment_growth", "growth_c")
SMALLEST, LARGEST = Decimal("0.015"), Decimal(4)
"""Changes smaller or larger than these are told in other words than a percent."""


@dataclass(frozen=True, slots=True)
class Told:
    """A number of a scene: what it tells, as written; `means` are all readings its words leave open.

    `benign` names the true rewriting, `mutation` the error injected; `verdicts` are those honestly right for it.
    """

    ask: Ask
    number: Number
    figure: Figure
    means: tuple[Ask, ...]
    benign: str = "plain"
    mutation: str = ""
    verdicts: frozenset[str] = frozenset()
    origin: str = ""
    hedge: str = ""

    @property
    def text(self) -> str:
        """The number in words, its hedge in front."""
        return f"{self.hedge} {self.number.text}" if self.hedge else self.number.text


@dataclass(frozen=True, slots=True)
class Scene:
    """A phrasing with all its slots filled."""

    phrasing: Phrasing
    entity: str
    period: Period
    words: Mapping[str, str]
    told: Mapping[str, Told]
    text: str = ""
    """The phrasing's text where a rewriting changed it."""

    @property
    def told_undated(self) -> bool:
        """Whether the words that gave its period were taken out."""
        return bool(self.text)

    @property
    def mutated(self) -> bool:
        """Whether any of its numbers is wrong."""
        return any(one.mutation for one in self.told.values())

    def rendered(self) -> tuple[str, list[tuple[int, int, str]]]:
        """The text, and where each number stands in it, with its slot."""
        parts: list[str] = []
        places: list[tuple[int, int, str]] = []
        at = 0
        shown = replace(self.phrasing, text=self.text) if self.text else self.phrasing
        for slot, piece in shown.pieces():
            words = piece
            if slot and piece in self.told:
                one = self.told[piece]
                words = one.text
                lead = len(one.hedge) + 1 if one.hedge else 0
                places.append((at + lead, at + len(words), piece))
            elif slot:
                words = self.words[piece]
            parts.append(words)
            at += len(words)
        return "".join(parts), places


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a scene plays: the company, the period the article is about, the day it is written."""

    world: World
    entity: str
    period: Period
    on: date
    when: When = "label"
    flipped: bool = False
    """Whether rises are to be told as falls and falls as rises: the injected error of direction."""
    peers: tuple[str, ...] = ()
    wants: str = ""
    """The error or rewriting that a metric is to be chosen for."""


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
            return scene
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
        slots = set(self.phrasing.slots)
        if not (self._company() and self._metrics(slots) and self._peer(slots) and self._periods(slots)):
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

    def _company(self) -> bool:
        name = self.rng.choice(company_names(self.world, self.stage.entity))
        self._name("company", name)
        return True

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
            held = world.series(other).get(self.key, frozenset())
            near = [
                one
                for one in held
                if abs((one.end - period.end).days) <= 75 and one.is_instant == period.is_instant
                if (found := world.calendar(other).part_of(one)) and part and (found[1] == "FY") == (part[1] == "FY")
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
        metrics = name.metrics if name is not None and not slot.startswith(("segment", "share")) else ("revenue",)
        return number(self.stage, ask, metrics, self.rng)

    def _ask(self, slot: str) -> Ask | None:
        entity, key, period = self.stage.entity, self.key, self.stage.period
        if slot in ("value2", "base2", "growth2"):
            if self.key2 is None:
                return None
            key = self.key2
        if slot in ("segment_value", "segment_growth", "share"):
            if self.part is None:
                return None
            key = self.part
        if slot in ("value_c", "growth_c"):
            if self.peer is None:
                return None
            entity, period = self.peer
        subject = Measure(entity, key[0], key[1], period)
        if slot == "share":
            return Ask("share", subject, replace(subject, dimensions=()))
        quarterly = slot in ("before", "qoq") or (
            slot == "points" and self.phrasing.says_quarter and not self.phrasing.says_year
        )
        earlier = self.world.back(subject, 1 if quarterly else 4)
        if slot.startswith(("value", "segment_value")):
            return Ask("level", subject)
        if earlier is None:
            return None
        if slot in ("base", "base2", "before"):
            return Ask("level", subject.at(earlier))
        ratio = self.world.of(key[0]) == "ratio"
        if ratio != (slot == "points"):
            return None
        return Ask("points" if ratio else "growth", subject, subject.at(earlier))

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


def number(stage: Stage, ask: Ask, metrics: tuple[str, ...], rng: random.Random) -> Told | None:
    """The number an author would give, and all its words may mean; None where none can be told truly."""
    world = stage.world
    figure = world.quoted(ask.subject, stage.on)
    if figure is None:
        return None
    means = tuple(dict.fromkeys((ask, *(ask.with_metric(metric) for metric in metrics))))
    if ask.base is None:
        written = say(point(figure), style_of(point(figure), figure.unit, finest(figure), rng))
        known = figure.interval
        kind = "plain" if figure.weight is Weight.REFUTES else "coarse source"
    else:
        base = world.quoted(ask.base, stage.on)
        if base is None or point(base) <= 0:
            return None
        stated = world.stated(ask, stage.on) if ask.relation == "growth" else None
        value = stated.quantity.value if stated is not None else worth(ask.relation, figure, base)
        if ask.relation != "share" and not SMALLEST <= abs(value) * (10 if ask.relation == "points" else 1) <= LARGEST:
            return None
        places = rng.choice((0, 0, 1))
        if stated is not None and isinstance(stated.quantity.decimals, int):
            places = max(0, min(places, stated.quantity.decimals - 2))
        style = change(rng, places)
        if ask.relation == "points":
            style = replace(style, form="points", places=1) if rng.random() < 0.5 else replace(style, form="basis", power=-4, places=0)
        written = say(value, style)
        known = stated.interval if stated is not None else combined(ask.relation, figure.interval, base.interval)
        marks = {one.vintage for one in world.history.at(ask.base)}
        kind = "recast base" if {FIRST, RECAST} <= marks else "plain"
        kind = "company's own growth" if stated is not None else kind
        if stated is None and min(figure.weight, base.weight) < Weight.REFUTES:
            kind = "coarse source"
    if written is None or not known.within(written.interval):
        return None
    return Told(ask, written, figure, means, kind)


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
    held = (one for one in measures if ends(stage.world, one, stage.on, back) and ends(stage.world, one, stage.on))
    return sorted(held, key=lambda one: str(one.period))


def ends(world: World, measure: Measure, on: date, back: int = 0) -> tuple[Fact, Fact] | None:
    """Low and high end of the range guided last before that day, or so many issues before."""
    issues = [one for one in world.issues(measure) if one.known is not None and one.known < on]
    if len(issues) <= back:
        return None
    found = {fact.quantity.bound: fact for fact in issues[-1 - back].facts if fact.primary}
    return (found["low"], found["high"]) if "low" in found and "high" in found else None


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
