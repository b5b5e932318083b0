"""How numbers are written: digits, currencies, scales, units and hedges, and what each says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["money", "percent", "points", "multiple", "count", "word", "year", "ordinal"]

MAX_DIGITS = 20
"""Longer runs of digits are identifiers, never amounts."""

SP = r"[ \n\u00a0\u2007\u2009\u202f]"
"""One space; a line may end between a number and its unit in hard-wrapped text."""
DASHES = "-\u2010\u2011\u2012\u2013\u2212"
"""Hyphens, en dash and minus; the em dash separates clauses and never signs a number."""

SIGNS = DASHES + "+"

ENDED = r"(?![A-Za-z])"


@dataclass(slots=True)
class Draft:
    """A number while it is read: magnitude and step as written, before scale, sign and hedge."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    figures: int
    kind: Kind = "count"
    unit: str = ""
    exponent: int = 0
    scaled: bool = False
    sign: int = 0
    symbol: bool = False
    suffixed: bool = False
    foreign: bool = False
    as_verb: bool = False
    hedge: str | None = None
    high: Draft | None = None
    edge: Decimal | None = None
    """Half-width of number words, where it is not half a step."""

    @property
    def bare(self) -> bool:
        """Whether digits are all that is written."""
        return self.kind == "count" and not (self.symbol or self.suffixed)

    def adopt(self, other: Draft) -> None:
        """Takes over the unit and scale that `other` writes for both ends of a range."""
        self.kind, self.unit = other.kind, other.unit
        self.exponent, self.scaled, self.suffixed = other.exponent, other.scaled, True
        self.symbol = self.symbol or other.symbol


# Digits ------------------------------------------------------------------------------------------

_PLAIN = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_GROUPED = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
_INDIAN = re.compile(r"([0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3})(?:\.([0-9]+))?")
_DOTTED = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]+)|([0-9]{1,3}(?:\.[0-9]{3}){2,})")
_SPACED = re.compile("([0-9]{1,3}(?:[\u00a0\u2009\u202f][0-9]{3})+)(?:[.,]([0-9]+))?")
_COMMA = re.compile(r"([0-9]{1,3}),([0-9]{1,2})|(0),([0-9]+)")
_NOT_DIGITS = re.compile(r"[^0-9]+")

Digits = tuple[int, int, Decimal, Decimal, int, bool]
"""Offset, length, value, step, figures and whether it is written the continental way."""


def read_digits(run: str) -> list[Digits]:
    """The numbers in a run of digits, dots and commas: one, or several where commas only list them."""
    if len(run) <= MAX_DIGITS + 8:
        whole = _one(run, 0)
        if whole is not None:
            return [whole]
    found: list[Digits] = []
    offset = 0
    for piece in run.split(","):
        single = _one(piece, offset) if len(piece) <= MAX_DIGITS + 1 else None
        if single is not None:
            found.append(single)
        offset += len(piece) + 1
    return found


def _one(run: str, offset: int) -> Digits | None:
    for pattern, foreign in (
        (_PLAIN, False),
        (_GROUPED, False),
        (_INDIAN, True),
        (_DOTTED, True),
        (_SPACED, True),
        (_COMMA, True),
    ):
        match = pattern.fullmatch(run)
        if match is None:
            continue
        groups = [group for group in match.groups() if group is not None]
        whole = _NOT_DIGITS.sub("", groups[0])
        fraction = groups[1] if len(groups) > 1 else ""
        if len(whole) + len(fraction) > MAX_DIGITS or (len(whole) > 1 and whole[0] == "0"):
            return None
        value, step, figures = measure(whole, fraction)
        return offset, len(run), value, step, figures, foreign
    return None


def measure(whole: str, fraction: str) -> tuple[Decimal, Decimal, int]:
    """Value, unit of the last digit that claims something, and how many digits do.

    Trailing zeros past the second significant digit claim nothing: 100 claims "10 tens".
    """
    digits = (whole + fraction).lstrip("0")
    value = Decimal((0, tuple(map(int, whole + fraction)), -len(fraction)))
    if not digits:
        return value, Decimal((0, (1,), -len(fraction))), 1
    claimed = max(len(digits.rstrip("0")), min(len(digits), 2))
    return value, Decimal((0, (1,), len(digits) - claimed - len(fraction))), claimed


# What is written before a number -------------------------------------------------------------------

_SYMBOLS = {
    "$": "USD",
    "US$": "USD",
    "C$": "CAD",
    "CA$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "HK$": "HKD",
    "NT$": "TWD",
    "S$": "SGD",
    "R$": "BRL",
    "NZ$": "NZD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "CN¥": "CNY",
    "RMB¥": "CNY",
    "₹": "INR",
    "₩": "KRW",
    "RMB": "CNY",
    "RS": "INR",
    "RS.": "INR",
}
_CODES = (
    "USD",
    "EUR",
    "GBP",
    "JPY",
    "CHF",
    "CNY",
    "CAD",
    "HKD",
    "AUD",
    "TWD",
    "INR",
    "KRW",
    "SGD",
    "BRL",
    "SEK",
    "NOK",
    "DKK",
    "NZD",
    "MXN",
)
_CODE = "|".join(_CODES)
PREFIX = re.compile(
    rf"(?P<outer>\()?(?P<first>[{DASHES}+])?"
    rf"(?:(?<![A-Za-z])(?P<code>(?:US|CA|AU|HK|NT|NZ|[CASR])\$|(?:CN|RMB)¥|{_CODE}|RMB|Rs\.?)|(?P<mark>[$€£¥₹₩]))"
    rf"{SP}?(?P<inner>\()?(?P<second>[{DASHES}+])?$"
)
MINUS_WORD = re.compile(rf"(?<![A-Za-z])(?<!or )(?:minus|negative){SP}$", re.IGNORECASE)


def currency(match: re.Match[str]) -> str:
    """The code of a matched currency symbol or code."""
    written = (match["code"] or match["mark"]).upper()
    return _SYMBOLS.get(written, written)


# What is written after a number --------------------------------------------------------------------

_PERCENT = re.compile(rf"{SP}?[%％]|[-]?{SP}?(?:per[ -]?cent|pct\.?|prozent){ENDED}", re.IGNORECASE)
_POINTS = re.compile(
    rf"(?:{SP}?-?(?P<bps>basis[ -]points?|bps?)|{SP}?%?[ -]?(?P<pp>percentage[ -]points?|pp[ts]s?|pp|pts?\.?)"
    rf"|{SP}?%[ -]?points?|{SP}?-?(?P<bare>points?)){ENDED}",
    re.IGNORECASE,
)
_SCALE = re.compile(
    rf"(?:{SP}?-?|-)(?P<word>trillion|billion|million|thousand|trn|tn|bln|bn|bil|mln|mn|crore|lakh)s?{ENDED}"
    rf"|{SP}?(?P<foreign>Milliarden|Milliarde|Mrd\.?|Millionen|Mio\.?|milliards?|millones|miliardi|milioni){ENDED}",
    re.IGNORECASE,
)
_LETTER = re.compile(rf"(?:mm|MM|[BMKTbmk]){ENDED}(?![0-9_])|{SP}(?:[BM]){ENDED}(?![0-9_])")
_LETTER_MONEY = re.compile(rf"{SP}?(?:mm|MM|[BMKTbmkt]){ENDED}(?![0-9_])")
_EXPONENTS = {"t": 12, "b": 9, "m": 6, "k": 3, "thousand": 3, "crore": 7, "lakh": 5}
_MULTIPLE = re.compile(rf"{SP}?(?:[xX](?![A-Za-z0-9])|×)|-?{SP}?fold{ENDED}|[ \n\u00a0-]times{ENDED}")
_OCCASIONS = re.compile(rf"{SP}(?:a{SP}|per{SP}|this|last|in{SP}a{SP}row|since|over{SP}the|in{SP}the|during)")
_NAMED_MONEY = {
    "dollar": "USD",
    "us dollar": "USD",
    "u.s. dollar": "USD",
    "canadian dollar": "CAD",
    "australian dollar": "AUD",
    "hong kong dollar": "HKD",
    "singapore dollar": "SGD",
    "new taiwan dollar": "TWD",
    "taiwan dollar": "TWD",
    "euro": "EUR",
    "pound": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "won": "KRW",
    "rupee": "INR",
    "swiss franc": "CHF",
    "franc": "CHF",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "$": "USD",
    "rmb": "CNY",
}
_DOLLAR = r"(?:(?:us|u\.s\.|canadian|australian|hong kong|singapore|new taiwan|taiwan) )?dollar"
_MONEY_WORD = re.compile(
    rf"[ \n\u00a0-](?P<name>{_DOLLAR}|euro|pound|yen|yuan|renminbi|won|rupee|(?:swiss )?franc)s?{ENDED}"
    rf"|{SP}?(?P<sign>[€£¥₹])(?!{SP}?[0-9])|{SP}?(?P<code>{_CODE}|RMB){ENDED}(?!{SP}?[0-9])",
    re.IGNORECASE,
)
_CENTS = re.compile(rf"{SP}?¢|[ \n\u00a0-]cents?{ENDED}")
_POWER = re.compile(rf"[ \n\u00a0-]?(?P<unit>[GMk]Wh?|KW|GB|TB|PB|EB){ENDED}(?![0-9])")
_HYPHENATED = re.compile(rf"[{DASHES[:3]}][A-Za-z]")


def read_suffix(draft: Draft, text: str, limit: int) -> bool:
    """Reads scale and unit behind the number into `draft`; False where letters make it part of a name."""
    cents = not draft.symbol and _CENTS.match(text, draft.end, limit)
    if cents:
        _suffix(draft, cents.end(), "money", "USD", -2)
        return True
    _read_scale(draft, text, limit)
    if not draft.scaled and not draft.symbol and _read_ratio(draft, text, limit):
        return True
    money = _MONEY_WORD.match(text, draft.end, limit)
    if money and not (
        draft.kind == "count" and money["name"] and money["name"].casefold() == "won" and not draft.scaled
    ):
        name = next(group for group in money.groups() if group).casefold()
        unit = draft.unit if draft.symbol else _NAMED_MONEY.get(name, name.upper())
        _suffix(draft, money.end(), "money", unit, draft.exponent)
        return True
    if draft.symbol or draft.scaled:
        return True
    power = _POWER.match(text, draft.end, limit)
    if power:
        _suffix(draft, power.end(), "count", power["unit"].replace("KW", "kW"), 0)
        return True
    if _HYPHENATED.match(text, draft.end, limit):
        draft.unit = "count"
        return True
    return not (draft.end < limit and (text[draft.end].isalpha() or text[draft.end] in "_½¼¾"))


def _suffix(draft: Draft, end: int, kind: Kind, unit: str, exponent: int) -> None:
    draft.end, draft.kind, draft.unit, draft.exponent, draft.suffixed = end, kind, unit, exponent, True


def _read_scale(draft: Draft, text: str, limit: int) -> None:
    scale = _SCALE.match(text, draft.end, limit)
    if scale and scale["word"]:
        word = scale["word"].casefold()
        exponent = _EXPONENTS.get(word) or _EXPONENTS[word[0]]
    elif scale:
        exponent = 9 if scale["foreign"].casefold().startswith(("milliard", "mrd", "miliardi")) else 6
        draft.foreign = True
    else:
        scale = (_LETTER_MONEY if draft.symbol else _LETTER).match(text, draft.end, limit)
        if scale is None:
            return
        exponent = _EXPONENTS[scale[0].strip()[0].casefold()]
    draft.end, draft.exponent, draft.scaled, draft.suffixed = scale.end(), exponent, True, True


def _read_ratio(draft: Draft, text: str, limit: int) -> bool:
    points = _POINTS.match(text, draft.end, limit)
    if points and points["bare"] and draft.value > 100:
        return True  # an index's points: a bare count
    if points:
        _suffix(draft, points.end(), "points", "ratio", -4 if points["bps"] else -2)
        return True
    percent = _PERCENT.match(text, draft.end, limit)
    if percent:
        _suffix(draft, percent.end(), "percent", "ratio", -2)
        draft.foreign = draft.foreign or percent[0].casefold().endswith("prozent")
        return True
    multiple = _MULTIPLE.match(text, draft.end, limit)
    if multiple and not (multiple[0].endswith("times") and _OCCASIONS.match(text, multiple.end(), limit)):
        _suffix(draft, multiple.end(), "multiple", "x", 0)
        return True
    return False


# Hedges ----------------------------------------------------------------------------------------------

_BELOW = (
    "nearly",
    "almost",
    "approaching",
    "approached",
    "approaches",
    "just under",
    "just below",
    "just shy of",
    "shy of",
    "just short of",
    "not quite",
    "slightly less than",
    "slightly below",
    "slightly under",
    "virtually",
)
_ABOUT = (
    "about",
    "close to",
    "around",
    "roughly",
    "approximately",
    "approx.",
    "some",
    "circa",
    "ca.",
    "c.",
    "~",
    "≈",
    "in the neighborhood of",
    "on the order of",
    "an estimated",
)
_JUST_OVER = (
    "just over",
    "just above",
    "slightly more than",
    "slightly over",
    "slightly above",
    "a little over",
    "a bit more than",
    "a bit over",
    "little more than",
)
_OVER = (
    "more than",
    "over",
    "above",
    "exceeding",
    "exceeds",
    "exceed",
    "exceeded",
    "at least",
    "greater than",
    "higher than",
    "larger than",
    "well over",
    "well above",
    "north of",
    "upwards of",
    "in excess of",
    "no less than",
    "no fewer than",
    "not less than",
    "a minimum of",
    "surpassing",
    "surpassed",
    "surpasses",
    "surpass",
    "topping",
    "topped",
    "tops",
    "crossed",
    "passed",
    "pass",
    "crossing",
    "crosses",
    "passing",
    "passes",
    "cleared",
    "clearing",
    "clears",
    "breached",
    "breaching",
    "breaches",
    "eclipsed",
    "eclipsing",
    "eclipses",
    "broke through",
    "breaking through",
    "breaks through",
    "broke past",
    "blew past",
    "pushed past",
    "went past",
    "moved past",
    "sailed past",
    "vaulted past",
    "past",
    "beyond",
    "crossed the",
    "crossing the",
    "crosses the",
    "cross the",
    "passed the",
    "passing the",
    "passes the",
    "pass the",
    "cleared the",
    "clearing the",
    "clears the",
    "breached the",
    "breaching the",
    "breaches the",
    "eclipsed the",
    "eclipsing the",
    "eclipses the",
    "topped the",
    "topping the",
    "tops the",
    "surpassed the",
    "surpassing the",
    "surpasses the",
    "exceeded the",
    "exceeding the",
    "exceeds the",
    "broke the",
    "breaks the",
    "breaking the",
    ">",
    ">=",
    "≥",
)
_UNDER = (
    "less than",
    "under",
    "below",
    "up to",
    "at most",
    "fewer than",
    "lower than",
    "no more than",
    "not more than",
    "as much as",
    "as many as",
    "a maximum of",
    "sub-",
    "well below",
    "well under",
    "<",
    "<=",
    "≤",
)
EFFECTS: dict[str, Literal["nearly", "about", "just over", "over", "under"]] = {
    **dict.fromkeys(_BELOW, "nearly"),
    **dict.fromkeys(_ABOUT, "about"),
    **dict.fromkeys(_JUST_OVER, "just over"),
    **dict.fromkeys(_OVER, "over"),
    **dict.fromkeys(_UNDER, "under"),
    "+": "over",
    "plus": "over",
    "better than": "over",
    "or more": "over",
    "or higher": "over",
    "or better": "over",
    "and above": "over",
    "or less": "under",
    "or lower": "under",
    "or so": "about",
}
_WORDED = "|".join(
    sorted(
        (re.escape(word).replace(r"\ ", SP) for word in EFFECTS if word[0].isalpha() and word != "plus"),
        key=len,
        reverse=True,
    )
)
_BEFORE = re.compile(
    rf"(?<![A-Za-z-])({_WORDED}){SP}(?:an?{SP}|another{SP})?$|([~≈<>≤≥]=?){SP}?$|(?<![A-Za-z])(sub-)$",
    re.IGNORECASE,
)
_LAST_WORDS = frozenset(word.split()[-1] for word in EFFECTS)
_ENDING = re.compile(
    rf"(?:([A-Za-z.]{{1,20}})(?:{SP}(?:an?|another))?{SP}|[~≈<>≤≥]=?{SP}?|sub-)$", re.IGNORECASE
)
_RELATIVE = frozenset(EFFECTS[word] for word in ("over", "under"))
_COMPARED = re.compile(
    r"(?:[0-9][%xX]?|percent|points|bps|million|billion|times|increase|growth|rise|gain|jump|improvement|premium|beat"
    r"|discount|surge|decline|drop)\s*\(?$",
    re.IGNORECASE,
)
_MOVED_UP = re.compile(
    r"\b(?:went|go|goes|gone|going|(?:mov|edg|ton|nudg|surg|scal)(?:ed?|es|ing)"
    r"|(?:inch|tick|push|step+|bump|add|pick|creep|ramp|pop+|pump|trend|track|drift|firm|total+|tot+|sum+|bulk|ratchet"
    r"|mount|climb|jump|work|stack)(?:s|es|ed|ing)?|tall(?:y|ies|ied|ying)|(?:buil[dt]|builds|building)|crept|risen"
    r"|rose|grew|grown|c[ao]me|comes|coming|was|is|are|were|shot|shoots?|shooting|it|them)\s+$",
    re.IGNORECASE,
)
"""Verbs with which "up to" says where something went, and no most."""
_AFTER = re.compile(
    rf"\+(?![0-9])|-plus{ENDED}|{SP}plus(?=[.,;:”\"'’)]|$)"
    rf"|{SP}(?:or{SP}(?:more|higher|better|less|lower|so)|and{SP}above){ENDED}"
)


def hedge_before(text: str, begin: int, start: int) -> str | None:
    """The hedge in front of a number, in lower case; a comparison ("5% above $2") is none."""
    if start <= begin or text[start - 1].isalnum():
        return None
    left = text[max(begin, start - 48) : start]
    ending = _ENDING.search(left)
    if ending is None or (ending[1] and ending[1].lower() not in _LAST_WORDS):
        return None
    match = _BEFORE.search(left)
    if match is None:
        return None
    hedge = re.sub(r"\s+", " ", (match[1] or match[2] or match[3])).lower()
    before = left[: match.start()]
    if match[1] and EFFECTS[hedge] in _RELATIVE and _COMPARED.search(before.rstrip()):
        return None
    if hedge == "up to" and _MOVED_UP.search(before):
        return None
    return hedge


def hedge_after(text: str, end: int, limit: int) -> tuple[str, int] | None:
    """The hedge behind a number ("$20 billion-plus", "100+") and where it ends."""
    match = _AFTER.match(text, end, limit)
    return (re.sub(r"\s+", " ", match[0]).strip(" -").lower(), match.end()) if match else None
