"""What a tagged number's text means by its format: the numeric ones of every transformation registry.

A format says which mark divides the fraction, so "1.234" is never guessed at. Text that a format does not
allow means nothing: the specification has no answer to it, and neither has this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

MAX_TEXT = 100
"""The longest text of a number, in characters."""
MAX_DIGITS = 28
"""As many as decimal arithmetic keeps; more would be rounded in silence."""
_BLANK = " \u00a0"
_APOSTROPHES = "'`´’′＇"
_DASH = re.compile("[-\u058a\u05be\u2010-\u2015\ufe58\ufe63\uff0d]")
_WIDE = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_SMALL = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_POWERS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

Transform = Callable[[str], Decimal | None]


def number(text: str, form: str) -> Decimal | None:
    """The value of a tag's text by its format, unsigned; None where the format does not allow the text.

    `form` is the format without its prefix; "" is none, where the text must be a plain decimal.
    """
    if len(text) > MAX_TEXT:
        return None
    transform = _TRANSFORMS.get(form)
    found = None if transform is None else transform(text.strip())
    return None if found is None or len(found.as_tuple().digits) > MAX_DIGITS else found


def known(form: str) -> bool:
    """Whether a format makes a number of a text."""
    return form in _TRANSFORMS


def plain(text: str) -> Decimal | None:
    """The value of a decimal as XML writes it, unsigned."""
    return Decimal(text) if _PLAIN.fullmatch(text) else None


def _in_threes(marks: str, point: str) -> Transform:
    """Groups of three digits, as the older registries ask for."""
    group = f"[{re.escape(marks)}]?" if marks else ""
    return _marked(rf"[0-9]{{1,3}}(?:{group}[0-9]{{3}})*(?:{re.escape(point)}[0-9]+)?", point)


def _grouped(marks: str, point: str) -> Transform:
    """Groups of any length, as the registries since 2020 allow."""
    return _marked(rf"[{re.escape(marks)}0-9]*(?:{re.escape(point)}[{_BLANK}0-9]+)?", point)


def _marked(pattern: str, point: str) -> Transform:
    allowed = re.compile(pattern)

    def transform(text: str) -> Decimal | None:
        if not allowed.fullmatch(text):
            return None
        whole, _, fraction = text.partition(point)
        return _joined(whole, fraction)

    return transform


def _units(marks: str) -> Transform:
    """Whole units, their name, and hundredths: "12 dollars 5 cents"."""
    marked = re.escape(marks)
    allowed = re.compile(rf"([0-9{marked}]+)[^0-9{marked}][^0-9]*([0-9]{{1,2}})[^0-9]*")

    def transform(text: str) -> Decimal | None:
        found = allowed.fullmatch(text.translate(_WIDE))
        return None if found is None else _joined(found.group(1), found.group(2).zfill(2))

    return transform


def _joined(whole: str, fraction: str) -> Decimal | None:
    digits, after = _digits(whole), _digits(fraction)
    return Decimal(f"{digits}.{after}" if after else digits) if digits or after else None


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def _dash(text: str) -> Decimal | None:
    return Decimal(0) if _DASH.fullmatch(text) else None


def _zero(_: str) -> Decimal:
    return Decimal(0)


def _words(text: str) -> Decimal | None:
    """The value of "no", "twenty-five", "three hundred thousand"; None where the words are no number."""
    words = [word for word in re.split(r"[\s,\u00a0\u2010\u2011-]+", text.lower()) if word and word != "and"]
    if words in (["no"], ["none"], ["nil"], ["zero"]):
        return Decimal(0)
    total, part, most = 0, 0, 10**15
    for word in words:
        if word in _POWERS:
            if not part or _POWERS[word] >= most:
                return None
            most = _POWERS[word]
            total, part = total + part * most, 0
            continue
        added = _added(word, part)
        if added is None:
            return None
        part = added
    return Decimal(total + part) if words else None


def _added(word: str, part: int) -> int | None:
    """The hundreds so far with one more word; None where it cannot follow."""
    if word == "hundred":
        return part * 100 if 0 < part < 100 else None
    if word in _TENS:
        return part + 10 * _TENS.index(word) if part % 100 == 0 else None
    if word in _SMALL:
        value = _SMALL.index(word)
        room = 100 if part % 100 == 0 else 10 if part % 10 == 0 and part % 100 >= 20 else 0
        return part + value if value < room else None
    return None


_INDIAN = _marked(
    rf"(?:(?:[0-9]{{1,2}}[,{_BLANK}])?(?:[0-9]{{2}}[,{_BLANK}])*[0-9]{{3}}|[0-9]+)(?:\.[0-9]+)?", "."
)
_TRANSFORMS: dict[str, Transform] = {
    "": plain,
    # The first registry, of 2010.
    "numcommadot": _in_threes(",", "."),
    "numspacedot": _in_threes(_BLANK, "."),
    "numdotcomma": _in_threes(".", ","),
    "numspacecomma": _in_threes(_BLANK, ","),
    "numcomma": _marked("[0-9]+(?:,[0-9]+)?", ","),
    "numdash": _dash,
    # The second and third, of 2011 and 2015.
    "numdotdecimal": _in_threes(f",{_BLANK}", "."),
    "numcommadecimal": _in_threes(f".{_BLANK}", ","),
    "numdotdecimalin": _INDIAN,
    "numunitdecimal": _units(".,，．"),
    "numunitdecimalin": _units(f",{_BLANK}"),
    "zerodash": _dash,
    # The fourth and fifth, of 2020 and 2022.
    "num-dot-decimal": _grouped(f",{_BLANK}", "."),
    "num-comma-decimal": _grouped(f".{_BLANK}", ","),
    "num-dot-decimal-in": _INDIAN,
    "num-unit-decimal": _units(".,，．"),
    "num-unit-decimal-in": _units(f",{_BLANK}"),
    "num-dot-decimal-apos": _grouped(f",{_APOSTROPHES}{_BLANK}", "."),
    "num-comma-decimal-apos": _grouped(f".{_APOSTROPHES}{_BLANK}", ","),
    "num-unit-decimal-apos": _units(f".,，．{_APOSTROPHES}"),
    "fixed-zero": _zero,
    # The SEC's own.
    "numwordsen": _words,
}
"""Formats by name, as each registry spells it; infinities, durations and dates make no number."""
