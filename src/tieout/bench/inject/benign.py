"""Rewritings, one a function, that leave a number true: other rounding, units, a hedge, an older version."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from tieout.bench.inject.scene import Scene, Stage, Told
from tieout.bench.inject.speech import Number, Style, say
from tieout.bench.inject.told import finest
from tieout.core.fact import point

Benign = Callable[[Stage, Told, random.Random], Told | None]

LEVELS = ("value", "base", "before", "value2", "base2", "segment_value", "value_c")


def rewritten(stage: Stage, scene: Scene, name: str, rng: random.Random) -> Scene | None:
    """The scene with one number rewritten and still true; None where this rewriting does not fit it."""
    if name == "undated balance":
        return _undated(stage, scene)
    slots = [slot for slot, told in scene.told.items() if slot in LEVELS and told.benign == "plain"]
    rng.shuffle(slots)
    for slot in slots:
        found = KINDS[name](stage, scene.told[slot], rng)
        if found is not None and found.text != scene.told[slot].text:
            return replace(scene, told={**scene.told, slot: replace(found, benign=name)})
    return None


def rounding(stage: Stage, told: Told, rng: random.Random) -> Told | None:
    """Another legal rounding: fewer digits, two of them at least, or as many as the document has."""
    del stage
    style = told.number.style
    if style.form not in ("word", "percent"):
        return None
    value = point(told.figure)
    most = max(0, style.power - finest(told.figure))
    lead = value.copy_abs().adjusted() - style.power
    places = rng.choice(
        [places for places in range(4) if 1 - lead <= places <= most or places == most <= 3] or [0]
    )
    return _true(told, say(value, replace(style, places=places)))


def unit(stage: Stage, told: Told, rng: random.Random) -> Told | None:
    """The same amount in another unit or another way of writing it."""
    del stage
    style = told.number.style
    if style.form != "word" or style.power not in (6, 9):
        return None
    form = rng.choice(("short", "bn", "dollars", "million"))
    if form == "million":
        if style.power != 9 or finest(told.figure) > 6:
            return None
        return _true(told, say(point(told.figure), Style("million", 6, 0)))
    return _true(told, say(point(told.figure), replace(style, form=form)))


def hedge(stage: Stage, told: Told, rng: random.Random) -> Told | None:
    """A word in front that is right: nearly from below, more than from above, about either way."""
    del stage
    style = told.number.style
    if style.form != "word":
        return None
    value = point(told.figure)
    kind = rng.choice(("about", "below", "above"))
    if kind == "about":
        found = _true(told, say(value, style))
        return (
            None
            if found is None
            else replace(found, hedge=rng.choice(("about", "roughly", "around", "approximately")))
        )
    lead = value.adjusted() - style.power
    places = max(0, 1 - lead)
    step = Decimal(1).scaleb(style.power - places)
    up = kind == "below"
    rounded = (value / step).to_integral_value(ROUND_CEILING if up else ROUND_FLOOR) * step
    known = told.figure.interval
    if known.low is None or known.high is None or not rounded:
        return None
    if abs(rounded - value) > value * Decimal("0.02") or known.low <= rounded <= known.high:
        return None
    written = say(rounded, replace(style, places=places))
    words = ("nearly", "almost", "just under") if up else ("more than", "over", "just over", "at least")
    return None if written is None else replace(told, number=written, hedge=rng.choice(words))


def first_reported(stage: Stage, told: Told, rng: random.Random) -> Told | None:
    """The figure as first reported, though it has been restated since."""
    del rng
    first = stage.world.quoted(told.ask.subject, stage.on, first=True)
    if first is None or point(first) == point(told.figure):
        return None
    return _true(replace(told, figure=first), say(point(first), told.number.style))


KINDS: dict[str, Benign] = {
    "re-rounding": rounding,
    "unit rewriting": unit,
    "hedge": hedge,
    "as first reported": first_reported,
}
BENIGN = (*KINDS, "undated balance", "calendar or fiscal")
STRICT = ("re-rounding", "hedge")
"""Kinds of which none at all may be accused."""


def _true(told: Told, number: Number | None) -> Told | None:
    if number is None or not told.figure.interval.within(number.interval):
        return None
    return replace(told, number=number)


def _undated(stage: Stage, scene: Scene) -> Scene | None:
    """A balance without its day: true of the latest balance the world knew."""
    if (
        len(scene.told) != 1
        or "value" not in scene.told
        or stage.world.of(scene.told["value"].ask.subject.metric) != "balance"
    ):
        return None
    text = scene.phrasing.text
    for words in (" at the end of {period}", " as of {date}", " on {date}", " at {date}"):
        if words in text and text.count("{period}") + text.count("{date}") == 1:
            told = replace(scene.told["value"], benign="undated balance")
            return replace(scene, told={"value": told}, text=text.replace(words, ""))
    return None
