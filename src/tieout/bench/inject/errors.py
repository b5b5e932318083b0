"""The errors, one a function: the number told instead, and what it is true of; nothing where none fits."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from tieout.bench.inject.ask import Ask, worth
from tieout.bench.inject.scene import Stage, Told
from tieout.bench.inject.speech import Number, Style, digits_of, say, with_digits
from tieout.bench.inject.truth import World
from tieout.core.calendar import QUARTERS, Part
from tieout.core.fact import Figure, point
from tieout.core.measure import Measure
from tieout.core.period import Period

TO_DATE: dict[Part, Part] = {"Q2": "H1", "Q3": "9M", "Q4": "FY"}
"""The stretch of a fiscal year that ends with a quarter."""
SCALED = ("word", "short", "bn")
"""Forms that name the power of ten they are told in."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """The number told instead, what it is true of, and the question it answers now, where that is another."""

    number: Number
    origin: str = "nothing"
    ask: Ask | None = None


# ---- the number alone


def value(stage: Stage, told: Told, rng: random.Random) -> Wrong | None:
    """Off by 3 to 30 percent (changes and shares by as much of themselves, and a point at least)."""
    del stage
    factor = Decimal(rng.randint(30, 300)) / 1000 * rng.choice((1, -1))
    written = say(told.number.value * (1 + factor), told.number.style)
    return None if written is None else Wrong(written)


def digits(stage: Stage, told: Told, rng: random.Random) -> Wrong | None:
    """Two neighbouring digits swapped: 28.9 for 29.8."""
    del stage
    text = digits_of(told.number)
    pairs = [
        (i, j)
        for i in range(len(text))
        for j in (i + 1, i + 2)
        if j < len(text) and "." not in (text[i], text[j]) and text[i] != text[j]
        if j == i + 1 or text[i + 1] == "."
    ]
    if not pairs:
        return None
    i, j = rng.choice(pairs)
    swapped = list(text)
    swapped[i], swapped[j] = swapped[j], swapped[i]
    if swapped[0] == "0":
        return None
    written = with_digits("".join(swapped), told.number)
    return None if written is None else Wrong(written)


def thousandfold(stage: Stage, told: Told, rng: random.Random) -> Wrong | None:
    """Millions for billions, or the reverse."""
    del stage, rng
    style = told.number.style
    if style.power not in (6, 9) or style.form not in SCALED:
        return None
    other = replace(style, power=6 if style.power == 9 else 9)
    shift = -3 if style.power == 9 else 3
    written = say(told.number.value.scaleb(shift), other)
    return None if written is None else Wrong(written, "another power of a thousand")


def percent_for_points(stage: Stage, told: Told, rng: random.Random) -> Wrong | None:
    """A difference of ratios told in percent, or points of percent told as basis points."""
    del stage, rng
    style = told.number.style
    if style.form == "points":
        written = say(told.number.value, replace(style, form="percent"))
        asked = Ask("growth", told.ask.subject, told.ask.base)
        return None if written is None else Wrong(written, "percent for points", asked)
    if style.form == "basis":
        written = say(told.number.value.scaleb(-2), Style("basis", -4, 1))
        return None if written is None else Wrong(written, "points for basis points")
    return None


# ---- the right number of something else


def prior_year(stage: Stage, told: Told, rng: random.Random) -> Wrong | None:
    """The figure of the year before."""
    del rng
    return _moved(stage, told, 4)


def prior_quarter(stage: Stage, told: Told, rng: random.Random) -> Wrong | None:
    """The figure of the quarter before."""
    del rng
    part = _part(stage.world, told.ask.subject)
    return None if part not in QUARTERS else _moved(stage, told, 1)


def year_to_date(stage: Stage, told: Told, rng: random.Random) -> Wrong | None:
    """The year to date told as the quarter."""
    del rng
    subject = told.ask.subject
    found = _found(stage.world, subject)
    if found is None or not isinstance(subject.period, Period) or subject.period.is_instant:
        return None
    longer: Part | None = TO_DATE.get(found[1])
    if longer is None:
        return None
    period = stage.world.calendar(subject.entity).period(found[0], longer)
    return _of(stage, told, _at(told.ask, stage.world, subject.at(period)))


def calendar_year(stage: Stage, told: Told, rng: random.Random) -> Wrong | None:
    """The fiscal quarter that fills the calendar quarter of the same name, told under the fiscal name."""
    del rng
    subject = told.ask.subject
    calendar = stage.world.calendar(subject.entity)
    found = _found(stage.world, subject)
    if found is None or found[1] not in QUARTERS or (calendar.rule, calendar.month) == ("month_end", 12):
        return None
    quarter = int(found[1][1])
    for quarters in range(-4, 9):
        other = stage.world.back(subject, quarters)
        if other is None or not quarters:
            continue
        middle = (other.start + (other.end - other.start) / 2) if other.start else other.end
        if middle.year == found[0] and (middle.month + 2) // 3 == quarter:
            return _of(stage, told, _at(told.ask, stage.world, subject.at(other)))
    return None


def sibling(stage: Stage, told: Told, rng: random.Random) -> Wrong | None:
    """Another metric that it is confused with: orders for backlog, operating income for net income."""
    subject = told.ask.subject
    family = set(stage.world.catalogue.family_of(subject.metric))
    others = [one for one in stage.world.catalogue.siblings(subject.metric) if one not in family]
    rng.shuffle(others)
    return _first(_of(stage, told, told.ask.with_metric(one)) for one in others)


def basis(stage: Stage, told: Told, rng: random.Random) -> Wrong | None:
    """GAAP for adjusted, or the reverse, where the words name the basis."""
    del rng
    subject = told.ask.subject
    if len(told.means) > 1:
        return None
    tags = stage.world.metric(subject.metric).tags
    others = [
        one
        for one in stage.world.catalogue.family_of(subject.metric)
        if {"GAAP", "non-GAAP"} <= tags | stage.world.metric(one).tags
        and stage.world.metric(one).tags != tags
    ]
    return _first(_of(stage, told, told.ask.with_metric(one)) for one in others)


def segment(stage: Stage, told: Told, rng: random.Random) -> Wrong | None:
    """A segment's figure told as the company's, or the reverse, or a line's as its segment's."""
    subject = told.ask.subject
    parts = [
        dims
        for metric, dims in stage.world.series(subject.entity)
        if metric == subject.metric and dims != subject.dimensions
    ]
    rng.shuffle(parts)
    return _first(_of(stage, told, told.ask.with_metric(subject.metric, dims)) for dims in parts)


def other_base(stage: Stage, told: Told, rng: random.Random) -> Wrong | None:
    """Growth on the quarter before told as growth on the year before, or the reverse."""
    del rng
    ask = told.ask
    if ask.relation != "growth" or _part(stage.world, ask.subject) not in QUARTERS:
        return None
    yearly = ask.base is not None and ask.base.period == stage.world.back(ask.subject, 4)
    period = stage.world.back(ask.subject, 1 if yearly else 4)
    return None if period is None else _of(stage, told, replace(ask, base=ask.subject.at(period)))


def company(stage: Stage, told: Told, rng: random.Random) -> Wrong | None:
    """The same metric of another company, of a period that ended about then."""
    subject = told.ask.subject
    if not isinstance(subject.period, Period) or subject.dimensions:
        return None
    end = subject.period.end
    others = [
        Measure(entity, subject.metric, (), one)
        for entity in stage.world.companies
        if entity != subject.entity
        for one in stage.world.series(entity).get((subject.metric, ()), ())
        if abs((one.end - end).days) <= 75 and abs(one.days - subject.period.days) < 12
    ]
    rng.shuffle(others)
    return _first(_of(stage, told, _at(told.ask, stage.world, one)) for one in others[:4])


def collision(stage: Stage, told: Told, rng: random.Random) -> Wrong | None:
    """A figure of the same company that nobody confuses with it, of about the same size."""
    ask, world = told.ask, stage.world
    if ask.relation != "level":
        return None
    avoid = {ask.subject.metric, *world.catalogue.siblings(ask.subject.metric)}
    unit = world.metric(ask.subject.metric).unit
    others = [
        Measure(ask.subject.entity, metric, dims, period)
        for (metric, dims), periods in world.series(ask.subject.entity).items()
        if metric not in avoid and world.metric(metric).unit == unit
        for period in periods
    ]
    rng.shuffle(others)
    size = abs(told.number.value)
    for measure in others[:60]:
        figure = world.quoted(measure, stage.on)
        if figure is not None and size / 2 <= point(figure) <= size * 2 and (made := _written(told, figure)):
            return Wrong(made, _name(measure))
    return None


# ---- how they are made


def _moved(stage: Stage, told: Told, quarters: int) -> Wrong | None:
    period = stage.world.back(told.ask.subject, quarters)
    if period is None:
        return None
    return _of(stage, told, _at(told.ask, stage.world, told.ask.subject.at(period)))


def _at(ask: Ask, world: World, subject: Measure) -> Ask:
    """The same question of another subject, its base moved alike."""
    if ask.base is None:
        return replace(ask, subject=subject)
    if ask.relation == "share":
        return replace(ask, subject=subject, base=replace(subject, dimensions=ask.base.dimensions))
    yearly = ask.base.period == world.back(ask.subject, 4)
    period = world.back(subject, 4 if yearly else 1)
    return replace(ask, subject=subject, base=subject.at(period) if period else subject)


def _of(stage: Stage, told: Told, ask: Ask) -> Wrong | None:
    """The right number of another question, written as the one told."""
    figure = stage.world.quoted(ask.subject, stage.on)
    if figure is None or (ask.base is None and figure.unit != told.figure.unit):
        return None
    if ask.base is None:
        written = _written(told, figure)
        return None if written is None else Wrong(written, _name(ask.subject))
    base = stage.world.quoted(ask.base, stage.on)
    if base is None or point(base) <= 0 or ask.base == ask.subject:
        return None
    stated = stage.world.stated(ask, stage.on) if ask.relation == "growth" else None
    amount = stated.quantity.value if stated is not None else worth(ask.relation, figure, base)
    if (amount > 0) != (told.number.value > 0):  # another direction is another error
        return None
    written = say(amount, told.number.style)
    return None if written is None else Wrong(written, _name(ask.subject))


def _written(told: Told, figure: Figure) -> Number | None:
    """The figure in the style of the number told; other scale words where it needs them."""
    style = told.number.style
    amount = point(figure)
    if style.power == 9 and amount < 10**9 and style.form in SCALED:
        style = replace(style, power=6, places=0)
    elif style.power == 6 and amount >= 10**9 and style.form in SCALED:
        style = replace(style, power=9, places=1)
    return say(amount, style)


def _name(measure: Measure) -> str:
    members = " ".join(member for _, member in measure.dimensions)
    return " ".join(part for part in (measure.entity, measure.metric, members, f"[{measure.period}]") if part)


def _found(world: World, measure: Measure) -> tuple[int, Part] | None:
    """Fiscal year and part of a measure's period."""
    period = measure.period
    return world.calendar(measure.entity).part_of(period) if isinstance(period, Period) else None


def _part(world: World, measure: Measure) -> str:
    found = _found(world, measure)
    return found[1] if found else ""


def _first(made: Iterator[Wrong | None]) -> Wrong | None:
    return next((one for one in made if one is not None), None)
