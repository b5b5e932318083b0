"""Finds the numbers written in digits, and tells them from names, dates, labels and list numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tieout.read.amount_forms import (
    DASHES,
    MINUS_WORD,
    PREFIX,
    SIGNS,
    SP,
    Digits,
    Draft,
    Kind,
    currency,
    read_digits,
    read_suffix,
)
from tieout.read.amount_words import TRIGGERS, read_word

_CORE = re.compile(
    "[0-9]{1,3}(?:[\u00a0\u2009\u202f][0-9]{3})++(?![0-9])(?:[.,][0-9]++)?+|[0-9]++(?:[.,][0-9]++)*+"
)
_WORD = re.compile(r"[A-Za-z]++")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>|]++")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_ISO = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})-(?:0[1-9]|1[0-2])(?:-(?P<day>[0-3][0-9]))?(?![0-9])(?!-[0-9])"
)
_SKIP = re.compile(
    r"[0-9]{1,4}(?:/[0-9]{1,4})+(?![0-9%])"  # 5/30/2025, 24/7, 1/2
    r"|[0-9]{1,4}:[0-9]{1,2}(?::[0-9]{2})?(?![0-9])"  # 4:30, 3:1
    r"|[0-9]{1,2}[ \u00a0]?(?:[ap]\.m\.|[AaPp][Mm](?![A-Za-z]))"
    r"|(?:1[-. ]{1,2}\(?)?[0-9]{3}[-. )]{1,2}[0-9]{3}[-. ][0-9]{4}(?![0-9])"  # telephones
    r"|[0-9]{1,2}-[KQF](?:/A)?(?![A-Za-z])|13[DFG](?![A-Za-z])"  # forms
    r"|[1-4][QqHh](?:FY|CY)?['’]?[0-9]{0,4}[EA]?(?![A-Za-z0-9])"  # 2Q25, 1H26
    r"|(?:3|6|9|12)M(?=[ \u00a0]?(?:FY|CY|['’]?[0-9]{2}))"  # 9M25
    r"|[0-9]+-for-[0-9]+|[0-9]+-in-[0-9]+|24x7|401\(k\)|2G(?![A-Za-z])|3M(?=['’]s| Co)"
    r"|[0-9]{3,6}\.[A-Z]{1,3}(?![A-Za-z])"  # 2330.TW
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![A-Za-z])")
_MONTH_NAME = re.compile(_MONTH)
_MONTH_AFTER = re.compile(rf"{SP}(?:of{SP})?{_MONTH}(?![A-Za-z])")
_NOT_DAY = re.compile(
    rf"{SP}?(?:%|per|trillion|billion|million|thousand|bn|[BM](?![A-Za-z])|bps|basis|x(?![A-Za-z]))"
)
_NAMES = frozenset({
    "S&P", "Nasdaq", "NASDAQ", "Russell", "Dow", "FTSE", "Nikkei", "Fortune", "Forbes", "Stoxx", "STOXX",
    "CAC", "DAX", "Seng", "CSI", "KOSPI", "Wilshire", "Windows", "iPhone", "Xeon", "EPYC", "Epyc", "Llama",
    "GPT", "RTX", "GTX", "Gemini", "Grok", "Claude", "Core", "Ryzen", "Instinct", "PowerEdge", "Latitude",
    "Precision", "XPS", "Boeing", "Airbus", "Gen", "WiFi", "Wi-Fi", "Bluetooth", "PCIe", "HBM", "DDR",
    "USB", "CUDA", "Android", "iOS", "Section", "Sec.", "Item", "Note", "Notes", "Page", "page", "p.",
    "pp.", "Figure", "Fig.", "Table", "Exhibit", "Chapter", "Part", "Rule", "Form", "Level", "Phase",
    "phase", "Tier", "tier", "Version", "version", "v.", "Step", "No.", "no.", "Nos.", "Number", "number",
    "Building", "Suite", "Route", "Highway", "Article", "Volume", "Vol.", "Issue", "ASC", "ASU", "ISO",
    "IFRS", "Regulation", "Schedule", "Quarter", "quarter", "Q", "FQ",
})  # fmt: skip
"""Words that a number behind them belongs to."""
_LABEL = re.compile(r"Q[1-4]|H[12]|FY|CY|[Ff]iscal|[1-4]Q|[12]H")
_LINE_START = re.compile(r"(?:^|\n)[ \t]*$")
_LIST_NEXT = re.compile(r"[.)][ \t\u00a0]+\S")
_ABOUT_COUNT = re.compile(
    rf"(?:more than|nearly|about|around|roughly|approximately|some|up to|at least|almost|than){SP}$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"{SP}(?:(?:[A-Za-z-]+{SP})?(?:shares|employees|people|customers|units|servers|racks|jobs|workers|stores|patents"
    r"|enterprises|companies|clients|partners|systems|nodes|accounts|developers|engineers|[GCTD]PUs|MW|GPU))(?![A-Za-z])"
)
_LINKED_YEAR = re.compile(r"(?:mid|late|early|end|pre|post|since|year)$", re.IGNORECASE)
_ESTIMATE = re.compile(r"[EAFe](?![A-Za-z0-9])")
_BEFORE_DIGITS = " \n\u00a0\u2007\u2009\u202f(" + SIGNS
_LEADING_DOT = " \t\n$(€£~<>|" + DASHES
_SIGN_AFTER = " \t\n\r\u00a0\u2007\u2009\u202f([|/:,;\"'“‘~≈<>=*"
_BAND = re.compile(r"(?<![A-Za-z])(low|mid|high)[- ](?:to[- ]?)?$", re.IGNORECASE)
_POINTS = (
    "(?:(?P<up>[\u25b2\u25b3\u2191\u2b06\u2197\U0001f53a\U0001f4c8])"
    "|(?P<down>[\u25bc\u25bd\u2193\u2b07\u2198\U0001f53b\U0001f4c9]))\ufe0f?"
)
_ARROW = re.compile(_POINTS + "[ \u00a0]{0,2}(?:by[ \u00a0])?$")
_ARROW_BEHIND = re.compile("[ \u00a0]{0,2}" + _POINTS + r"(?![ \u00a0]*[$(+0-9-])")
"""A sign that points up or down beside a number: the number is a rise or a fall."""
_BAND_TENS = {"low": (0, 3), "mid": (4, 6), "high": (7, 9)}


def _last_word(left: str) -> str:
    """The word that ends here, spaces behind it and opening marks before it apart."""
    words = left.rstrip().rsplit(None, 1)
    return words[-1].lstrip("([“\"'‘—–-") if words else ""


def _may_be_money(left: str) -> bool:
    """Whether the text ends like a currency's sign or code, before signs and brackets."""
    end = left.rstrip(_BEFORE_DIGITS)[-1:]
    return bool(end) and (end in "$€£¥₹₩s." or end.isupper())


def _named(left: str) -> bool:
    """Whether a word that numbers belong to stands right before."""
    if not left or left[-1] not in " \n\u00a0-":
        return False
    return _last_word(left[:-1]) in _NAMES


def drafts(text: str, begin: int, limit: int) -> Iterator[Draft]:
    """Drafts from digits and from words, by start."""
    words = [
        draft
        for word in _WORD.finditer(text, begin, limit)
        if word[0].lower() in TRIGGERS and (draft := read_word(text, word, begin, limit)) is not None
    ]
    words.sort(key=lambda draft: draft.start)
    waiting = 0
    for draft in Scan(text, begin, limit).found():
        while waiting < len(words) and words[waiting].start < draft.start:
            yield words[waiting]
            waiting += 1
        yield draft
    yield from words[waiting:]


@dataclass(slots=True)
class Scan:
    """One pass over the digits of a stretch; `previous` is where the last number ended."""

    text: str
    begin: int
    limit: int
    previous: int = -1
    previous_kind: Kind | None = None

    def found(self) -> Iterator[Draft]:
        """The numbers, in order."""
        text, position = self.text, self.begin
        closed = self._addresses()
        barrier = next(closed, None)
        while core := _CORE.search(text, position, self.limit):
            begin, position = core.span()
            while barrier is not None and barrier[1] <= begin:
                barrier = next(closed, None)
            if barrier is not None and barrier[0] <= begin:
                position = max(position, min(barrier[1], self.limit))
                continue
            iso = None if self._attached(begin) else _ISO.match(text, begin, self.limit)
            if iso:
                position = iso.end()
                yield from self._iso(iso)
                continue
            special = _SKIP.match(text, begin, self.limit)
            if special and not self._money_before(begin):
                position = special.end()
                if text[begin : begin + 4].isdecimal() and text[begin + 4 : begin + 5] == "/":
                    yield from self._keep(self._year(begin, begin + 4))
                continue
            for digits in read_digits(core[0]):
                yield from self._keep(self._number(begin + digits[0], digits))

    def _addresses(self) -> Iterator[tuple[int, int]]:
        return (match.span() for match in _ADDRESS.finditer(self.text, self.begin, self.limit))

    def _keep(self, draft: Draft | None) -> Iterator[Draft]:
        if draft is not None:
            self.previous, self.previous_kind = draft.end, draft.kind
            yield draft

    def _iso(self, match: re.Match[str]) -> Iterator[Draft]:
        yield from self._keep(self._year(match.start("year"), match.end("year")))
        if match["day"]:
            day = Draft(match.start("day"), match.end("day"), Decimal(match["day"]), Decimal(1), 2, "ordinal")
            yield from self._keep(day)
        self.previous = match.end()

    def _year(self, start: int, end: int) -> Draft | None:
        year = Decimal(self.text[start:end])
        return Draft(start, end, year, Decimal(1), 4, "year") if 1990 <= year <= 2060 else None

    def _attached(self, start: int) -> bool:
        return start > self.begin and (self.text[start - 1].isalnum() or self.text[start - 1] in "_$€£")

    def _money_before(self, start: int) -> bool:
        return start > self.begin and self.text[start - 1] in "$€£¥₹"

    def _number(self, start: int, digits: Digits) -> Draft | None:
        _, length, value, step, figures, foreign = digits
        text, end = self.text, start + length
        draft = Draft(start, end, value, step, figures, foreign=foreign)
        dotted = start > self.begin and text[start - 1] == "." and value == value.to_integral()
        if dotted and (start - 1 == self.begin or text[start - 2] in _LEADING_DOT):
            draft.start, draft.value, draft.step = start - 1, value.scaleb(-length), step.scaleb(-length)
        left = text[max(self.begin, draft.start - 28) : draft.start]
        prefix = PREFIX.search(left[-14:]) if _may_be_money(left) else None
        if prefix:
            return self._priced(draft, prefix)
        return self._plain(draft, left)

    def _priced(self, draft: Draft, prefix: re.Match[str]) -> Draft | None:
        """A number behind a currency sign or code."""
        draft.symbol, draft.kind, draft.unit = True, "money", currency(prefix)
        offset = draft.start - prefix.end()
        mark = offset + (prefix.start("code") if prefix["code"] else prefix.start("mark"))
        sign = prefix["second"]
        draft.start = mark
        if prefix["first"] and self._signs(mark - 1):
            sign, draft.start = prefix["first"], mark - 1
        draft.sign = 0 if sign is None else 1 if sign == "+" else -1
        word = MINUS_WORD.search(self.text, max(self.begin, draft.start - 16), draft.start)
        if sign is None and word is not None:
            draft.start, draft.sign = word.start(), -1
        if prefix["inner"] and self.text.startswith(")", draft.end, self.limit):
            draft.sign, draft.end = -1, draft.end + 1
        if not read_suffix(draft, self.text, self.limit):
            return None
        return self._parenthesised(draft)

    def _plain(self, draft: Draft, left: str) -> Draft | None:
        """A number without a currency before it."""
        text, start, end = self.text, draft.start, draft.end
        before = left[-1:]
        if before and (before.isalnum() or before in "_#" or (before == "%" and self.previous == start)):
            return None
        digits = text[start:end]
        if len(digits) <= 2 and (before in ("'", "’") or self._labelled(draft, left)):
            return None
        if self._ordinal(draft, left, digits) or self._accounting(draft, before):
            return draft
        linked = self._sign(draft, left)
        if not read_suffix(draft, text, self.limit):
            estimate = len(digits) == 4 and _ESTIMATE.match(text, end, self.limit)
            return self._year(start, end) if estimate else None  # "2026E"
        if draft.bare:
            if len(digits) == 4 and digits.isdecimal() and self._is_year(draft, left, linked=linked):
                return self._year(start, end)
            if linked or self._numbering(draft, start, left, digits) or _named(left):
                return None
        self._band(draft, left)
        if not draft.sign and draft.kind in ("percent", "points"):
            self._arrow(draft, left)
        return self._parenthesised(draft)

    def _arrow(self, draft: Draft, left: str) -> None:
        """Reads the sign of a change from an arrow before or behind it."""
        arrow = _ARROW.search(left) or _ARROW_BEHIND.match(self.text, draft.end, self.limit)
        if arrow is not None:
            draft.sign = 1 if arrow["up"] else -1

    def _labelled(self, draft: Draft, left: str) -> bool:
        """Whether a period's label ends here: "Q2 25", "fiscal 26"."""
        word = _last_word(left.rstrip("'’"))
        named = _LABEL.fullmatch(word) is not None or (word.lower() == "year" and "iscal " in left[-13:])
        return named and not _NOT_DAY.match(self.text, draft.end, self.limit)

    def _ordinal(self, draft: Draft, left: str, digits: str) -> bool:
        """Reads "3rd" and the days of dates."""
        text, end = self.text, draft.end
        suffix = _ORDINAL.match(text, end, self.limit)
        if suffix:
            draft.kind, draft.end = "ordinal", suffix.end()
            return True
        if len(digits) > 2 or not 1 <= draft.value <= 31 or _NOT_DAY.match(text, end, self.limit):
            return False
        day_range = (
            self.previous_kind == "ordinal" and self.previous == draft.start - 1 and left[-1:] in DASHES
        )
        month_before = left[-1:].isspace() and _MONTH_NAME.fullmatch(_last_word(left)) is not None
        if day_range or month_before or _MONTH_AFTER.match(text, end, self.limit):
            draft.kind = "ordinal"
            return True
        return False

    def _accounting(self, draft: Draft, before: str) -> bool:
        """Reads "(2.3)%" and "(117) million": parentheses around the digits, a unit behind them."""
        if before != "(" or not self.text.startswith(")", draft.end, self.limit):
            return False
        start, end = draft.start, draft.end
        draft.end += 1
        if read_suffix(draft, self.text, self.limit) and draft.suffixed:
            draft.start, draft.sign = start - 1, -1
            return True
        draft.end, draft.unit = end, ""
        return False

    def _signs(self, dash: int) -> bool:
        """Whether a dash or plus at `dash` is a sign: nothing it could join stands before it."""
        return dash <= self.begin or self.text[dash - 1] in _SIGN_AFTER

    def _sign(self, draft: Draft, left: str) -> bool:
        """Reads the sign before digits; True where a dash links them to a name instead ("GPT-4")."""
        mark = left[-1:]
        if not mark or mark not in SIGNS:
            word = MINUS_WORD.search(left) if _last_word(left).lower() in ("minus", "negative") else None
            if word:
                draft.start, draft.sign = draft.start - len(word[0]), -1
            return False
        dash = draft.start - 1
        if self._signs(dash):
            draft.sign, draft.start = 1 if mark == "+" else -1, dash
            return False
        return (
            self.previous != dash
            and self.text[dash - 1].isalnum()
            and mark != "\u2013"
            and _BAND.search(left) is None
            and not left.lower().endswith("sub-")
        )

    def _is_year(self, draft: Draft, left: str, *, linked: bool) -> bool:
        if not 1990 <= draft.value <= 2060 or (linked and not _LINKED_YEAR.search(left[:-1])):
            return False
        counted = _COUNTED.match(self.text, draft.end, self.limit)
        return not (
            counted
            and (draft.value <= 2010 or _ABOUT_COUNT.search(left) or left[-1:] == "~" or draft.value == 2048)
        )

    def _numbering(self, draft: Draft, start: int, left: str, digits: str) -> bool:
        """Whether the digits number a list, a footnote or the second year of a pair ("2024-25")."""
        text, end = self.text, draft.end
        after, before = text[end : min(end + 1, self.limit)], left[-1:]
        if len(digits) <= 2 and (before, after) in (("(", ")"), ("[", "]")):
            alone = before == "(" and self._alone(start - 1, end + 1)
            return not (alone and (len(digits) == 2 or text.endswith("| ", 0, start - 1)))
        if before == "[" and after == "]":
            return True
        if before == "/" and left[-2:-1].isalnum():
            return True
        if (
            self.previous_kind == "year"
            and self.previous == start - 1
            and before in DASHES
            and len(digits) == 2
        ):
            return True
        at_start = start == self.begin or (
            (len(left) < 28 or "\n" in left) and _LINE_START.search(left) is not None
        )
        return at_start and len(digits) <= 2 and _LIST_NEXT.match(text, end, self.limit) is not None

    def _alone(self, start: int, end: int) -> bool:
        """Whether start to end fills its cell, line or stretch."""
        before = self.text[max(self.begin, start - 8) : start].rstrip(" \u00a0")
        after = self.text[end : min(end + 8, self.limit)].lstrip(" \u00a0")
        return (not before or before[-1] in "|\t\n") and (not after or after[0] in "|\t\n")

    def _parenthesised(self, draft: Draft) -> Draft:
        """Reads parentheses as a minus where accounts do: alone in a cell, or behind "of" and its like."""
        start, end = draft.start, draft.end
        if (
            draft.sign
            or start <= self.begin
            or self.text[start - 1] != "("
            or not self.text.startswith(")", end, self.limit)
        ):
            return draft
        left = self.text[max(self.begin, start - 12) : start - 1]
        if self._alone(start - 1, end + 1) or re.search(
            r"(?<![A-Za-z])(?:of|was|were|to|at|is|from)\s$", left
        ):
            draft.sign, draft.start, draft.end = -1, start - 1, end + 1
        return draft

    def _band(self, draft: Draft, left: str) -> None:
        """Reads "mid-20%" and its kin as the range they mean."""
        if (
            draft.kind != "percent"
            or draft.value % 10
            or draft.value < 20
            or (match := _BAND.search(left)) is None
        ):
            return
        low, high = _BAND_TENS[match[1].lower()]
        top = Draft(
            draft.start, draft.end, draft.value + high, Decimal(1), 2, draft.kind, draft.unit, draft.exponent
        )
        draft.start -= len(match[0])
        draft.value, draft.step, draft.high = draft.value + low, Decimal(1), top
