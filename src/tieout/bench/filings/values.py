"""What a tag's text, format, scale and sign come to."""

from __future__ import annotations

import re
from decimal import Decimal

from tieout.bench.filings.inline import Tag
from tieout.bench.filings.resources import Unit
from tieout.core.quantity import COUNT, RATIO, Decimals, Precision
from tieout.core.quantity import Unit as UnitName

_ZERO = ("fixed-zero", "zerodash", "nocontent", "numdash")
_COMMA = ("num-comma-decimal", "numcommadecimal", "numdotcomma", "num-comma-decimal-apos")
_WORDS = ("numwordsen",)
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_FURTHEST = 30
"""The largest shift by a scale that can be meant."""
_SMALL = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_POWERS = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


def value(tag: Tag) -> Decimal | None:
    """The tag's value in full units, signed; None where it is nil or its text is no number."""
    if tag.nil:
        return None
    found = _magnitude(tag.text, tag.format)
    shift = _whole(tag.scale)
    if found is None or shift is None:
        return None
    return found.scaleb(shift) * (-1 if tag.sign == "-" else 1)


def _magnitude(text: str, form: str) -> Decimal | None:
    """The digits' value; brackets are the page's and say nothing, since `sign` does."""
    if form in _ZERO:
        return Decimal(0)
    if form in _WORDS:
        return _in_words(text)
    written = re.sub(r"[\s()$%]", "", text)
    written = re.sub(r"[.'’]", "", written).replace(",", ".") if form in _COMMA else written.replace(",", "")
    return Decimal(written) if len(written) <= 40 and _DIGITS.fullmatch(written) else None


def _in_words(text: str) -> Decimal | None:
    """The value of "two", "twenty-five", "three hundred thousand"."""
    total = part = 0
    for word in re.split(r"[\s-]+", text.strip().lower()):
        if word in _SMALL:
            part += _SMALL.index(word)
        elif word in _TENS:
            part += 10 * _TENS.index(word) + 20
        elif word == "hundred":
            part *= 100
        elif word in _POWERS:
            total, part = total + (part or 1) * _POWERS[word], 0
        elif word not in ("and", "none", "nil", "zero"):
            return None
    return Decimal(total + part)


def _whole(scale: str) -> int | None:
    if not scale:
        return 0
    return int(scale) if re.fullmatch(r"[+-]?[0-9]{1,2}", scale) and abs(int(scale)) <= _FURTHEST else None


def decimals(tag: Tag) -> Decimals:
    """The precision the tag states."""
    if tag.decimals == "INF":
        return Precision.EXACT
    found = _whole(tag.decimals) if tag.decimals else None
    return Precision.UNKNOWN if found is None else found


def unit(written: Unit | None) -> UnitName:
    """The unit as tieout names it: currency, currency/share, ratio, shares; count for all else."""
    if written is None:
        return ""
    over = [_local(each) for each in written.over]
    under = [_local(each) for each in written.under]
    money = bool(written.over) and "4217" in written.over[0].rpartition(":")[0]
    if under:
        return f"{over[0]}/share" if money and under == ["shares"] else "/".join((*over, *under))
    if money:
        return over[0]
    return {"pure": RATIO, "shares": "shares"}.get(over[0] if over else "", COUNT)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
