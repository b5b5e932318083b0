"""Quantities as people write them: "$16.8 billion", "38.1 %", "18.4x", "$2.32 per share"."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_UP, Context, Decimal

from tieout.core.interval import Interval
from tieout.core.quantity import COUNT, MULTIPLE, RATIO, Decimals, Unit

__all__ = ["amount", "interval", "is_currency"]

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_SCALES = (("trillion", 12), ("billion", 9), ("million", 6))
_WIDEST = 60
_WIDE = Context(prec=200, Emax=999_999, Emin=-999_999)
_TEN_BILLION = Decimal(10) ** 10


def is_currency(unit: Unit) -> bool:
    """Whether `unit` is a currency code: three capital letters."""
    return len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()


def amount(value: Decimal, unit: Unit, decimals: Decimals | None = None) -> str:
    """The value in words a reader knows, exact wherever the unit allows it.

    Money and shares: "$16.8 billion" where that says it all, else "$16.796 billion" or "$1,284 million";
    cents are the finest. Ratios are percents and multiples "x", with at most two digits after the point
    (the first one that counts, where two would say zero). Per-share amounts keep two digits. A number of
    `decimals` rounds the value to it first; exact and unknown precision change nothing.
    """
    return _amount(value, unit, decimals if isinstance(decimals, int) else None, ROUND_HALF_EVEN)


def interval(values: Interval, unit: Unit) -> str:
    """Both ends in words, rounded outwards: "18.97 % to 18.99 %", "at least $9 billion", "any value"."""
    low = (
        None
        if values.low is None
        else _amount(values.low, unit, None, ROUND_UP if values.low < 0 else ROUND_DOWN)
    )
    high = (
        None
        if values.high is None
        else _amount(values.high, unit, None, ROUND_DOWN if values.high < 0 else ROUND_UP)
    )
    if low is None or high is None:
        if low is not None:
            return f"at least {low}"
        return "any value" if high is None else f"at most {high}"
    return low if low == high else f"{low} to {high}"


def _amount(value: Decimal, unit: Unit, digits: int | None, rounding: str) -> str:
    size = value.copy_abs()
    sign = "-" if value < 0 else ""
    if size and abs(size.adjusted()) > _WIDEST:
        return f"{value:.3e} {unit}"
    if unit == RATIO:
        text = _short(_WIDE.scaleb(size, 2), None if digits is None else digits - 2, rounding)
        return f"{sign if text != '0' else ''}{text} %"
    if unit == MULTIPLE:
        return f"{sign}{_short(size, digits, rounding)}x"
    money, _, per = unit.partition("/")
    if is_currency(money):
        symbol = _SYMBOLS.get(money, f"{money} ")
        if per:
            return f"{sign}{symbol}{_round(size, 2, rounding):,f} per {per}"
        return f"{sign}{symbol}{_scaled(size, digits, rounding)}"
    if unit == "shares":
        return f"{sign}{_scaled(size, digits, rounding)} shares"
    text = f"{sign}{_short(size, digits, rounding)}"
    return text if unit == COUNT else f"{text} {unit}"


def _scaled(size: Decimal, digits: int | None, rounding: str) -> str:
    exact = _round(size, 2 if digits is None else min(digits, 2), rounding)
    for word, power in _SCALES:
        scaled = _WIDE.normalize(_WIDE.scaleb(exact, -power))
        if scaled < 1:
            continue
        places = -min(int(scaled.as_tuple().exponent), 0)
        if places <= 2 or (places == 3 and (power == 6 or (power == 9 and exact >= _TEN_BILLION))):
            return f"{scaled:,f} {word}"
    if exact == exact.to_integral_value():
        return f"{exact.to_integral_value():,f}"
    return f"{exact:,f}"


def _short(size: Decimal, digits: int | None, rounding: str) -> str:
    rounded = _round(size, 2 if digits is None else max(0, min(2, digits)), rounding)
    if not rounded and size and digits is None:
        rounded = _round(size, -size.adjusted(), rounding)
    return f"{_WIDE.normalize(rounded):,f}"


def _round(size: Decimal, places: int, rounding: str) -> Decimal:
    if -int(size.as_tuple().exponent) <= places:
        return size.quantize(Decimal((0, (1,), -places)), context=_WIDE) if places > 0 else size
    return size.quantize(Decimal((0, (1,), -places)), rounding=rounding, context=_WIDE)
