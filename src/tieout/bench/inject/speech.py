"""Numbers and periods in words, as financial news writes them; knows nothing of how texts are read."""

from __future__ import annotations

import calendar as months
import random
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Literal

from tieout.core.calendar import FiscalCalendar, Part
from tieout.core.interval import Interval
from tieout.core.period import Period
from tieout.core.quantity import RATIO, Unit

Form = Literal["word", "short", "bn", "million", "dollars", "plain", "percent", "pct", "basis", "points"]
When = Literal["long", "label", "ended", "bare", "calendar"]

_POWER = {"trillion": 12, "billion": 9, "million": 6}
_LETTER = {12: "T", 9: "B", 6: "M"}
_ORDINAL = ("first", "second", "third", "fourth")


@dataclass(frozen=True, slots=True)
class Style:
    """How a number is written: its form, the power of ten it is told in, digits after the point."""

    form: Form
    power: int = 0
    places: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written: its words, its value in full units, one unit of its last digit."""

    text: str
    value: Decimal
    step: Decimal
    style: Style

    @property
    def interval(self) -> Interval:
        """Half a unit of the last digit either way."""
        return Interval.around(self.value, self.step / 2)

    @property
    def generous(self) -> Interval:
        """A whole unit either way, of the last digit that says anything: zeros behind the second do not."""
        digits = self.value.copy_abs().normalize().as_tuple()
        exponent = int(digits.exponent) if self.value else 0
        last = min(exponent, self.value.copy_abs().adjusted() - 1) if self.value else 0
        return Interval.around(self.value, max(self.step, Decimal(1).scaleb(last)))


def say(value: Decimal, style: Style) -> Number | None:
    """The value in that style; None where it rounds to nothing or lies halfway between two numbers."""
    scaled = value.copy_abs().scaleb(-style.power)
    unit = Decimal(1).scaleb(-style.places)
    rounded = scaled.quantize(unit, rounding=ROUND_HALF_UP)
    if rounded != scaled.quantize(unit, rounding=ROUND_HALF_EVEN) or not rounded:
        return None
    told = rounded.scaleb(style.power)
    return Number(_written(rounded, style), told.copy_sign(value), unit.scaleb(style.power), style)


def with_digits(digits: str, number: Number) -> Number | None:
    """The same number with other digits in place of its own ("29.8" for "28.9")."""
    plain = digits.replace(",", "")
    value = Decimal(plain).scaleb(number.style.power).copy_sign(number.value)
    return say(value, number.style)


def digits_of(number: Number) -> str:
    """The digits and point of a number, without separators or words."""
    scaled = number.value.copy_abs().scaleb(-number.style.power)
    return f"{scaled.quantize(Decimal(1).scaleb(-number.style.places)):f}"


def _written(rounded: Decimal, style: Style) -> str:
    digits = f"{rounded:,f}"
    word = next((name for name, power in _POWER.items() if power == style.power), "")
    forms = {
        "word": f"${digits} {word}".strip(),
        "short": f"${digits}{_LETTER.get(style.power, '')}",
        "bn": f"${digits}{ {9: 'bn', 6: 'm', 12: 'tn'}.get(style.power, '') }",
        "million": f"${digits} million",
        "dollars": f"{digits} {word} dollars".replace("  ", " "),
        "plain": f"${digits}",
        "percent": f"{digits}%",
        "pct": f"{digits} percent",
        "basis": f"{digits} basis points",
        "points": f"{digits} percentage points",
    }
    return forms[style.form]


def money(value: Decimal, finest: int, rng: random.Random) -> Style:
    """A style for an amount; `finest` is the power of ten of the last digit known."""
    power = 9 if abs(value) >= 10**9 else 6
    most = max(0, power - finest)
    size = value.copy_abs().adjusted() - power
    wanted = rng.choice((1, 1, 2)) if power == 9 else (0 if size >= 1 else 1)
    if power == 9 and size >= 2:
        wanted = rng.choice((0, 1, 1))
    return Style("word", power, min(wanted, most))


def ratio(finest: int, rng: random.Random) -> Style:
    """A style for a share of something; `finest` as in `money`."""
    return Style("percent", -2, min(max(0, -finest - 2), rng.choice((0, 1, 1))))


def change(rng: random.Random, places: int) -> Style:
    """A style for a growth rate."""
    return Style("pct" if rng.random() < 0.15 else "percent", -2, places)


def style_of(value: Decimal, unit: Unit, finest: int, rng: random.Random) -> Style:
    """A usual style for a level of that unit."""
    if unit == RATIO:
        return ratio(finest, rng)
    if unit.endswith("/share"):
        return Style("plain", 0, 2)
    return money(value, finest, rng)


def day(when: date) -> str:
    """A day as American news writes it: "August 1, 2025"."""
    return f"{months.month_name[when.month]} {when.day}, {when.year}"


def told(calendar: FiscalCalendar, period: Period, when: When) -> str | None:
    """The period in words of that kind; None where the kind has none for it."""
    found = calendar.part_of(period)
    if found is None:
        return None
    year, part = found
    fiscal = "" if _by_calendar(calendar) else "fiscal "
    if when == "calendar":
        if part not in ("Q1", "Q2", "Q3", "Q4") or period.start is None or not fiscal:
            return None
        middle = period.start + (period.end - period.start) / 2
        return f"Q{(middle.month + 2) // 3} {middle.year}"
    if when == "bare":
        return f"{part} {year}" if part != "FY" and fiscal else None
    if when == "label":
        name = f"FY{year}" if fiscal or part == "FY" else str(year)
        return name if part == "FY" else None if part == "9M" else f"{part} {name}"
    if when == "ended":
        return None if period.is_instant else f"{_stretch(part, bool(fiscal))} ended {day(period.end)}"
    return _long(part, f"{fiscal}{year}")


def _long(part: Part, year: str) -> str:
    if part == "FY":
        return year if year.startswith("fiscal") else f"the full year {year}"
    if part in ("H1", "H2"):
        return f"the {'first' if part == 'H1' else 'second'} half of {year}"
    if part == "9M":
        return f"the first nine months of {year}"
    return f"the {_ORDINAL[int(part[1]) - 1]} quarter of {year}"


def _stretch(part: Part, fiscal: bool) -> str:
    if part == "FY":
        return "the fiscal year" if fiscal else "the year"
    return {"H1": "the six months", "H2": "the six months", "9M": "the nine months"}.get(part, "the quarter")


def _by_calendar(calendar: FiscalCalendar) -> bool:
    return calendar.rule == "month_end" and calendar.month == 12


def capital(words: str) -> str:
    """The words with a capital letter in front."""
    return words[:1].upper() + words[1:]
