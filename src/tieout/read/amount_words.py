"""Numbers written as words: "half", "a third", "doubled", "mid-single digits", "two and a half"."""

from __future__ import annotations

import re
from decimal import Decimal

from tieout.read.amount_forms import SP, Draft, Kind, read_suffix

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: value for value, word in enumerate((*_UNITS, *_TEENS), 1)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
_VERBS = {
    stem + ending: value
    for stem, value in (("doubl", 2), ("tripl", 3), ("quadrupl", 4), ("quintupl", 5))
    for ending in ("ed", "es", "ing")
} | {"halved": Decimal("0.5"), "halving": Decimal("0.5")}
_BASES = {"double": 2, "triple": 3, "quadruple": 4}
_FOLDS = {word + "fold": value for word, value in _NUMBERS.items() if value > 1}
_PARTS = {
    "half": (Decimal("0.5"), "0.1"),
    "third": (Decimal(1) / 3, "0.08"),
    "thirds": (Decimal(2) / 3, "0.08"),
    "quarter": (Decimal("0.25"), "0.05"),
    "quarters": (Decimal("0.75"), "0.05"),
    "fifth": (Decimal("0.2"), "0.04"),
    "fifths": (Decimal("0.2"), "0.04"),
    "tenth": (Decimal("0.1"), "0.02"),
}
"""A fraction word's value and how far "nearly" or "about" reach; half of it, unhedged."""

_MULTIPLE_STEPS = {2: Decimal("0.25"), 3: Decimal("0.5"), 4: Decimal(1), 5: Decimal(1)}
_OF_WHOLE = (
    r"(?:its|the|their|our|his|all|total|overall|that|this|revenues?|sales|profits?|income|earnings|orders"
    r"|shares|customers|shipments|backlog|cash|spending|capex|[A-Z][A-Za-z]+(?:'s|’s))(?![A-Za-z])"
)
_PERIOD_WHOLE = (
    r"(?:the |this |last |next |fiscal |calendar )?(?:year|quarter|decade|month|fiscal|calendar|FY"
    r"|H[12]|Q[1-4]|19|20[0-9])"
)
_HEDGED = re.compile(
    r"(?:nearly|almost|about|around|roughly|approximately|than|over|under|to|by|only|just|up"
    r"|account(?:s|ing)? for)\s+$",
    re.IGNORECASE,
)
_HALF_NEXT = re.compile(rf"{SP}(?:of{SP}(?!{_PERIOD_WHOLE})|(?:its|their|that|our|as){SP})", re.IGNORECASE)
_HALF_PREVIOUS = re.compile(
    r"(?:nearly|almost|about|around|roughly|approximately|than|by|in|over)\s+$", re.IGNORECASE
)
_HALF_PERIOD = re.compile(
    r"(?:first|second|latter|back|last|next|this|other|1st|2nd|coming|current)[\s-]$", re.IGNORECASE
)
_HALF_SCALED = re.compile(rf"half{SP}a(?={SP}(?:[bmt]r?illion|thousand))", re.IGNORECASE)
_HALF_DOZEN = re.compile(rf"half{SP}a{SP}dozen(?![A-Za-z])", re.IGNORECASE)
_AND_A_HALF = re.compile(rf"[ -]and[ -]a[ -]half(?![A-Za-z])|{SP}and{SP}one-half(?![A-Za-z])", re.IGNORECASE)
_NUMBER = re.compile(
    rf"(?:({'|'.join(_TENS)})-({'|'.join(_UNITS)})|[a-z]+)(?P<hundred>[ -]hundred)?(?![a-z])", re.IGNORECASE
)
_PART_NEXT = re.compile(r"[ -](half|thirds?|quarters?|fifths?|tenths?)(?![A-Za-z])", re.IGNORECASE)
_DOZEN_NEXT = re.compile(r" dozen(?![A-Za-z])", re.IGNORECASE)
_IDIOM = re.compile(
    r"-(?:for|in|to|on|by)-|-(?:way|pronged|dimensional|piece|party|tier|tiered)(?![A-Za-z])", re.IGNORECASE
)
_THIRD_NEXT = re.compile(
    rf"{SP}of{SP}(?!{_PERIOD_WHOLE})|{SP}(?:more|less|higher|lower|larger|smaller|from)(?![A-Za-z])|[.,;:)]|$",
    re.IGNORECASE,
)
_BANDS = {"": (1, 9), "low": (1, 3), "mid": (4, 6), "high": (7, 9)}
_DOUBLE_BANDS = {"": (10, 99), "low": (10, 13), "mid": (14, 60), "high": (17, 99)}
_TEEN_BANDS = {"low": (11, 13), "mid": (14, 16), "high": (17, 19)}
_LEVEL = r"(?P<low>low|mid|high)(?:dle)?(?:(?:-? |-)to[- ](?P<high>low|mid|high))?[- ]"
_DIGITS = re.compile(rf"(?<![A-Za-z])(?:{_LEVEL})?(?P<size>single|double|triple)[- ]$", re.IGNORECASE)
_TEENS_BEFORE = re.compile(rf"(?<![A-Za-z]){_LEVEL}(?:to-)?$", re.IGNORECASE)
_DIGITS_NEXT = re.compile(rf"(?:[ -](?:percent|percentage)(?![A-Za-z])|{SP}?%)", re.IGNORECASE)
_DIGITS_OTHER = re.compile(r"[ -](?:[bmt]r?illion|thousand)", re.IGNORECASE)
_VERB_NEXT = re.compile(rf"{SP}down(?![A-Za-z])", re.IGNORECASE)
_BASE_VERB = re.compile(r"(?:to|will|would|could|should|can|may|might|set to|than)\s+$", re.IGNORECASE)
_BASE_NEXT = re.compile(rf"{SP}(?:the|its|their|that|what|from|year)(?![A-Za-z])", re.IGNORECASE)

TRIGGERS = frozenset(
    {*_NUMBERS, *_VERBS, *_BASES, *_FOLDS, *_PARTS, "twice", "thrice", "dozen", "digit", "digits", "teens"}
)
"""Words that may be or end a number."""


def read_word(text: str, word: re.Match[str], begin: int, limit: int) -> Draft | None:
    """The number whose first (or, for digits, last) word is `word`; None where it is no number."""
    low = word[0].lower()
    left = text[max(begin, word.start() - 32) : word.start()]
    if low in _NUMBERS:
        return _number(text, word, left, limit)
    if low in ("digit", "digits", "teens"):
        return _digits(text, word, left, limit)
    if low in _VERBS:
        return (
            None
            if _VERB_NEXT.match(text, word.end(), limit)
            else _times(word, Decimal(_VERBS[low]), verb=True)
        )
    if low in _FOLDS or low in ("twice", "thrice"):
        return _times(word, Decimal(_FOLDS.get(low, 2 if low == "twice" else 3)), verb=False)
    if low in _BASES:
        if _BASE_VERB.search(left):
            return _times(word, Decimal(_BASES[low]), verb=True)
        return (
            _times(word, Decimal(_BASES[low]), verb=False)
            if _BASE_NEXT.match(text, word.end(), limit)
            else None
        )
    if low == "dozen":
        return _exact(word.start(), word.end(), Decimal(12), Decimal(1))
    return _fraction(text, word, left, limit)


def _draft(start: int, end: int, value: Decimal, step: Decimal, kind: Kind, unit: str) -> Draft:
    return Draft(start, end, value, step, 0, kind, unit, suffixed=True, edge=step / 2)


def _exact(start: int, end: int, value: Decimal, step: Decimal) -> Draft:
    return _draft(start, end, value, step, "word", "count")


def _times(word: re.Match[str], value: Decimal, *, verb: bool) -> Draft:
    step = _MULTIPLE_STEPS.get(int(value), Decimal(1) if value > 1 else Decimal("0.1"))
    draft = _draft(word.start(), word.end(), value, step, "multiple", "x")
    draft.as_verb = verb
    return draft


def _number(text: str, word: re.Match[str], left: str, limit: int) -> Draft | None:
    match = _NUMBER.match(text, word.start(), limit)
    if match is None or _IDIOM.match(text, match.end(), limit):
        return None
    if word[0][0].isupper() and re.search(r"[A-Z][A-Za-z]* $", left) and not re.search(r"[.!?:] $", left):
        return None  # "the Magnificent Seven"
    value = Decimal(
        _NUMBERS[match[1].lower()] + _NUMBERS[match[2].lower()] if match[1] else _NUMBERS[word[0].lower()]
    )
    end, step = match.end(), Decimal(1)
    if match["hundred"]:
        value, step = value * 100, Decimal(10)
    part = _PART_NEXT.match(text, end, limit)
    if part and (value > 1 or part[1].lower() != "half"):
        return _named_fraction(text, word.start(), part, value, limit)
    half = _AND_A_HALF.match(text, end, limit)
    dozen = _DOZEN_NEXT.match(text, end, limit)
    if half:
        value, step, end = value + Decimal("0.5"), Decimal("0.5"), half.end()
    elif dozen:
        value, step, end = value * 12, Decimal(12), dozen.end()
    draft = Draft(word.start(), end, value, step, 0, edge=step / 2)
    read_suffix(draft, text, limit)
    if value == 1 and not draft.suffixed:
        return None
    if not draft.suffixed:
        draft.kind, draft.unit = "word", "count"
        draft.suffixed = True
    return draft


def _named_fraction(text: str, start: int, part: re.Match[str], count: Decimal, limit: int) -> Draft | None:
    name = part[1].lower()
    base = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}[name.removesuffix("s")]
    plain_quarters = name.startswith("quarter") and part[0][0] != "-"
    if count >= base or (plain_quarters and not _whole_next(text, part.end(), limit)):
        return None  # "three quarters of growth" are fiscal ones
    step = Decimal(_PARTS.get(name.removesuffix("s"), (0, "0.05"))[1])
    return _draft(start, part.end(), count / base, step, "word", "ratio")


def _whole_next(text: str, end: int, limit: int) -> bool:
    if not re.compile(rf"{SP}of{SP}").match(text, end, limit):
        return False
    if re.compile(_PERIOD_WHOLE, re.IGNORECASE).match(text, end + 4, limit):
        return False
    return re.compile(_OF_WHOLE).match(text, end + 4, limit) is not None


def _fraction(text: str, word: re.Match[str], left: str, limit: int) -> Draft | None:
    low = word[0].lower()
    if low == "half":
        return _half(text, word, left, limit)
    article = re.search(r"(?<![A-Za-z])an?[ \u00a0]$", left, re.IGNORECASE)
    if article is None or low not in ("third", "quarter", "fifth", "tenth"):
        return None
    hedged = _HEDGED.search(left[: article.start()]) is not None
    if low == "quarter":
        accepted = _whole_next(text, word.end(), limit)
    else:
        following = _THIRD_NEXT.match(text, word.end(), limit)
        accepted = following is not None and (hedged or " of " in following[0].replace("\u00a0", " "))
    if not accepted:
        return None
    value, step = _PARTS[low]
    return _draft(word.start() - len(article[0]), word.end(), value, Decimal(step), "word", "ratio")


def _half(text: str, word: re.Match[str], left: str, limit: int) -> Draft | None:
    scaled = _HALF_SCALED.match(text, word.start(), limit)
    dozen = _HALF_DOZEN.match(text, word.start(), limit)
    if dozen:
        return _exact(word.start(), dozen.end(), Decimal(6), Decimal(1))
    if scaled:
        draft = Draft(word.start(), scaled.end(), Decimal("0.5"), Decimal("0.1"), 0, edge=Decimal("0.05"))
        read_suffix(draft, text, limit)
        return draft
    if _HALF_PERIOD.search(left) or text.startswith("-", word.end()):
        return None
    following = re.compile(rf"{SP}of{SP}{_PERIOD_WHOLE}", re.IGNORECASE).match(text, word.end(), limit)
    if following or not (_HALF_NEXT.match(text, word.end(), limit) or _HALF_PREVIOUS.search(left)):
        return None
    value, step = _PARTS["half"]
    return _draft(word.start(), word.end(), value, Decimal(step), "word", "ratio")


def _digits(text: str, word: re.Match[str], left: str, limit: int) -> Draft | None:
    teens = word[0].lower() == "teens"
    match = (_TEENS_BEFORE if teens else _DIGITS).search(left)
    if match is None or _DIGITS_OTHER.match(text, word.end(), limit):
        return None
    bands = (
        _TEEN_BANDS
        if teens
        else {"single": _BANDS, "double": _DOUBLE_BANDS, "triple": dict.fromkeys(_BANDS, (100, 999))}[
            match["size"].lower()
        ]
    )
    first = (match["low"] or "").lower()
    low, high = bands[first][0], bands[(match["high"] or first).lower()][1]
    if low > high:
        return None
    percent = _DIGITS_NEXT.match(text, word.end(), limit)
    start, end = word.start() - len(match[0]), percent.end() if percent else word.end()
    draft, top = (_draft(start, end, Decimal(value), Decimal(1), "word", "ratio") for value in (low, high))
    draft.exponent = top.exponent = -2
    draft.high = top
    return draft
