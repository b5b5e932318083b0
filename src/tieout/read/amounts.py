"""Every number in a stretch of text: what it says, in which unit, and how precisely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from tieout.core.article import Span
from tieout.core.interval import Interval
from tieout.read.amount_forms import (
    DASHES,
    EFFECTS,
    MINUS_WORD,
    PREFIX,
    SIGN,
    SP,
    Digits,
    Draft,
    Kind,
    currency,
    hedge_after,
    hedge_before,
    read_digits,
    read_suffix,
)
from tieout.read.amount_words import TRIGGERS, read_word

__all__ = ["Amount", "Kind", "amounts", "number_count"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as written: `low` (to `high`) in full units, signed; the `interval` it claims, hedge applied.

    `unit` is a currency code, "ratio", "x", a power or memory unit as written ("GW"), "count" for
    number words and hyphenated counts ("72-GPU"), and "" where digits are all there is. `step` is
    one unit of the last digit that claims something; `figures` counts those digits, zero for words.
    `hedge` is the hedge as written, in lower case. `foreign` marks continental decimals and scales
    ("14,4 Milliarden"): callers abstain. `as_verb`: "doubled", so a change and no level.
    """

    span: Span
    kind: Kind
    low: Decimal
    high: Decimal | None
    interval: Interval
    figures: int
    unit: str
    text: str
    step: Decimal
    scaled: bool = False
    sign: int = 0
    hedge: str | None = None
    foreign: bool = False
    as_verb: bool = False


def amounts(text: str, start: int = 0, end: int | None = None) -> list[Amount]:
    """The numbers of `text` from `start` to `end`, in order; spans never overlap.

    Names ("GB300", "S&P 500", "10-K"), period labels ("Q2", "FY26", "2Q25"), times, phone numbers,
    addresses and list numbers are none. Days of the month come as ordinals.
    """
    limit = len(text) if end is None else min(end, len(text))
    begin = max(start, 0)
    found: list[Draft] = []
    for draft in _merged(text, begin, limit):
        if found and draft.start < found[-1].end:
            continue
        if draft.hedge is None and draft.kind not in ("year", "ordinal"):
            _hedge(draft, text, begin, limit)
        if not (found and _joined(found[-1], draft, text, begin, found[-2].end if len(found) > 1 else begin)):
            found.append(draft)
    return [_finish(draft, text) for draft in found]


def number_count(found: Iterable[Amount]) -> int:
    """How many of the amounts can be checked: all but years and ordinals."""
    return sum(amount.kind not in ("year", "ordinal") for amount in found)


# Scanning --------------------------------------------------------------------------------------------

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
    r"|(?:1[-. ])?[0-9]{3}[-. )]{1,2}[0-9]{3}[-. ][0-9]{4}(?![0-9])"  # telephones
    r"|[0-9]{1,2}-[KQF](?:/A)?(?![A-Za-z])|13[DFG](?![A-Za-z])"  # forms
    r"|[1-4][QqHh](?:FY|CY)?['’]?[0-9]{0,4}[EA]?(?![A-Za-z0-9])"  # 2Q25, 1H26
    r"|(?:3|6|9|12)M(?=[ \u00a0]?(?:FY|CY|['’]?[0-9]{2}))"  # 9M25
    r"|[0-9]+-for-[0-9]+|[0-9]+-in-[0-9]+|24x7|2G(?![A-Za-z])|3M(?=['’]s| Co)"
    r"|[0-9]{3,6}\.[A-Z]{1,3}(?![A-Za-z])"  # 2330.TW
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![A-Za-z])")
_MONTH_BEFORE = re.compile(rf"(?<![A-Za-z]){_MONTH}{SP}$")
_MONTH_AFTER = re.compile(rf"{SP}(?:of{SP})?{_MONTH}(?![A-Za-z])")
_NOT_DAY = re.compile(
    rf"{SP}?(?:%|per|trillion|billion|million|thousand|bn|[BM](?![A-Za-z])|bps|basis|x(?![A-Za-z]))"
)
_NAMES = re.compile(
    r"(?<![A-Za-z])(?:S&P|Nasdaq|NASDAQ|Russell|Dow|FTSE|Nikkei|Fortune|Forbes|Stoxx|STOXX|CAC|DAX|Hang Seng|CSI|KOSPI"
    r"|Wilshire|Windows|iPhone|Xeon|EPYC|Epyc|Llama|GPT|RTX|GTX|Gemini|Grok|Claude|Core|Ryzen|Instinct|PowerEdge|Latitude"
    r"|Precision|XPS|Boeing|Airbus|Gen|Wi-?Fi|WiFi|Bluetooth|PCIe|HBM|DDR|USB|CUDA|Android|iOS|Section|Sec\.|Item|Note"
    r"|Notes|Page|page|p\.|pp\.|Figure|Fig\.|Table|Exhibit|Chapter|Part|Rule|Form|Level|Phase|phase|Tier|tier|Version"
    r"|version|v\.|Step|No\.|no\.|Nos\.|Number|number|Building|Suite|Route|Highway|Article|Volume|Vol\.|Issue|ASC|ASU|IFRS"
    r"|Regulation|Schedule|Quarter|quarter|Q|FQ)[ \u00a0-]$"
)
_LABELS = re.compile(r"(?:Q[1-4]|H[12]|FY|CY|[Ff]iscal|[Ff]iscal [Yy]ear|[1-4]Q|[12]H)[ \u00a0]?['’]?$")
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
_LEADING_DOT = " \t\n$(€£~<>|" + DASHES
_SIGN_AFTER = " \t\n\r\u00a0\u2007\u2009\u202f([|/:,;\"'“‘~≈<>=*"
_BAND = re.compile(r"(?<![A-Za-z])(low|mid|high)[- ](?:to[- ]?)?$", re.IGNORECASE)
_BAND_TENS = {"low": (0, 3), "mid": (4, 6), "high": (7, 9)}


def _merged(text: str, begin: int, limit: int) -> Iterator[Draft]:
    """Drafts from digits and from words, by start."""
    words = [
        draft
        for word in _WORD.finditer(text, begin, limit)
        if word[0].lower() in TRIGGERS and (draft := read_word(text, word, begin, limit)) is not None
    ]
    words.sort(key=lambda draft: draft.start)
    waiting = 0
    for draft in _Scan(text, begin, limit).drafts():
        while waiting < len(words) and words[waiting].start < draft.start:
            yield words[waiting]
            waiting += 1
        yield draft
    yield from words[waiting:]


@dataclass(slots=True)
class _Scan:
    """One pass over the digits of a stretch; `previous` is where the last number ended."""

    text: str
    begin: int
    limit: int
    previous: int = -1
    previous_kind: Kind | None = None

    def drafts(self) -> Iterator[Draft]:
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
        if start > self.begin and text[start - 1] == "." and value == value.to_integral():
            if start - 1 == self.begin or text[start - 2] in _LEADING_DOT:
                draft.start, draft.value = start - 1, value.scaleb(-length)
                draft.step = step.scaleb(-length)
        left = text[max(self.begin, draft.start - 28) : draft.start]
        prefix = PREFIX.search(left[-14:]) if left else None
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
        labelled = len(digits) <= 2 and _LABELS.search(left) is not None
        if labelled and not _NOT_DAY.match(text, end, self.limit):
            return None
        if before in ("'", "’") and len(digits) == 2:
            return None
        ordinal = self._ordinal(draft, left, digits)
        if ordinal is not None:
            return ordinal
        if self._accounting(draft, before):
            return draft
        linked = self._sign(draft, left)
        if not read_suffix(draft, text, self.limit):
            return (
                self._year(start, end)
                if re.match(r"[EAFe](?![A-Za-z0-9])", text[end : end + 2]) and len(digits) == 4
                else None
            )
        bare = draft.bare
        if bare and draft.unit == "" or draft.unit == "count":
            if len(digits) == 4 and digits.isdecimal() and self._is_year(draft, start, left, linked):
                return self._year(start, end)
            if linked or self._numbering(draft, start, left, digits) or _NAMES.search(left):
                return None
        self._band(draft, left)
        return self._parenthesised(draft)

    def _ordinal(self, draft: Draft, left: str, digits: str) -> Draft | None:
        text, end = self.text, draft.end
        suffix = _ORDINAL.match(text, end, self.limit)
        if suffix:
            draft.kind, draft.end = "ordinal", suffix.end()
            return draft
        if len(digits) > 2 or not 1 <= draft.value <= 31 or _NOT_DAY.match(text, end, self.limit):
            return None
        day_range = (
            self.previous_kind == "ordinal" and self.previous == draft.start - 1 and left[-1:] in DASHES
        )
        if day_range or _MONTH_BEFORE.search(left) or _MONTH_AFTER.match(text, end, self.limit):
            draft.kind = "ordinal"
            return draft
        return None

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
        match = SIGN.search(left)
        if match is None:
            word = MINUS_WORD.search(left)
            if word:
                draft.start, draft.sign = draft.start - len(word[0]), -1
            return False
        dash = draft.start - 1
        if self._signs(dash):
            draft.sign, draft.start = 1 if match["first"] == "+" else -1, dash
            return False
        return (
            self.previous != dash
            and self.text[dash - 1].isalnum()
            and match["first"] != "\u2013"
            and _BAND.search(left) is None
            and not left.lower().endswith("sub-")
        )

    def _is_year(self, draft: Draft, start: int, left: str, linked: bool) -> bool:
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
            return not (self._alone(start - 1, end + 1) and len(digits) == 2 and before == "(")
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
        at_start = (
            start == self.begin or (len(left) < 28 or "\n" in left) and _LINE_START.search(left) is not None
        )
        return at_start and len(digits) <= 2 and _LIST_NEXT.match(text, end, self.limit) is not None

    def _alone(self, start: int, end: int) -> bool:
        """Whether start to end fills its cell, line or stretch."""
        before = self.text[max(self.begin, start - 8) : start].rstrip(" \u00a0")
        after = self.text[end : min(end + 8, self.limit)].lstrip(" \u00a0")
        return (not before or before[-1] in "|\t\n") and (not after or after[0] in "|\t\n")

    def _parenthesised(self, draft: Draft) -> Draft:
        """Takes parentheses for a minus where accounts would: alone in a cell, or behind "of" and the like."""
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
        match = _BAND.search(left)
        if match is None or draft.kind != "percent" or draft.value % 10 or draft.value < 20:
            return
        low, high = _BAND_TENS[match[1].lower()]
        top = Draft(
            draft.start, draft.end, draft.value + high, Decimal(1), 2, draft.kind, draft.unit, draft.exponent
        )
        draft.start -= len(match[0])
        draft.value, draft.step, draft.high = draft.value + low, Decimal(1), top


# Hedges and ranges -----------------------------------------------------------------------------------


def _hedge(draft: Draft, text: str, begin: int, limit: int) -> None:
    draft.hedge = hedge_before(text, begin, draft.start)
    after = hedge_after(text, draft.end, limit)
    if after is not None:
        draft.hedge, draft.end = draft.hedge or after[0], after[1]


_DASH_GAP = re.compile(rf"{SP}?[{DASHES}]{SP}?")
_TO_GAP = re.compile(rf"{SP}to{SP}|-to-")
_AND_GAP = re.compile(rf"{SP}and{SP}")
_BETWEEN = re.compile(rf"(?<![A-Za-z])between{SP}(?:[a-z]+{SP})?$", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;:,()|\n—]")
_GOVERNS = re.compile(
    r"(?<![A-Za-z])(?:rose|rising|fell|falling|grew|growing|climb(?:ed|ing)|jump(?:ed|ing)|increas(?:ed|ing)|advanc(?:ed|ing)"
    r"|declin(?:ed|ing)|dropp(?:ed|ing)|slipp(?:ed|ing)|slid|sank|tumbl(?:ed|ing)|surg(?:ed|ing)|soar(?:ed|ing)|gain(?:ed|ing)"
    r"|add(?:ed|ing)|lost|shed|contract(?:ed|ing)|expand(?:ed|ing)|improv(?:ed|ing)|plung(?:ed|ing)|shr[aiu]nk|rais(?:ed|ing)"
    r"|cut|lift(?:ed|ing)|boost(?:ed|ing)|lower(?:ed|ing)|trimm(?:ed|ing)|mov(?:ed|ing)|went|widen(?:ed|ing)|narrow(?:ed|ing)"
    r"|edg(?:ed|ing)|inch(?:ed|ing)|rebound(?:ed|ing)|swung|up|down|by)(?![A-Za-z])",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?<![A-Za-z])from(?![A-Za-z])", re.IGNORECASE)
_RANGE_NEXT = re.compile(rf"(?<![A-Za-z])(?:to|of|at|range){SP}$", re.IGNORECASE)


def _joined(low: Draft, high: Draft, text: str, begin: int, before: int) -> bool:
    """Whether `high` is the upper end of a range that `low` begins; then it is put there."""
    if (
        low.high
        or high.high
        or low.kind in ("year", "ordinal", "word")
        or high.kind in ("year", "ordinal", "word")
    ):
        return False
    gap = text[low.end : high.start] if high.start - low.end <= 6 else ""
    dash, to = _DASH_GAP.fullmatch(gap) is not None, _TO_GAP.fullmatch(gap) is not None
    left = text[max(begin, before, low.start - 64) : low.start]
    between = _AND_GAP.fullmatch(gap) is not None and _BETWEEN.search(left) is not None
    if not (dash or to or between) or (high.hedge and not low.hedge and text[high.end - 1] not in "+so"):
        return False
    window = _CLAUSE.split(left)[-1]
    origin = to and _FROM.search(window) is not None and not _RANGE_NEXT.search(window)
    governed = to and _GOVERNS.search(window) is not None and not _RANGE_NEXT.search(window)
    unfinished = _finish_ends(low, high)
    if low.kind != high.kind or low.unit != high.unit and "" not in (low.unit, high.unit) or origin:
        return False
    if governed and not unfinished:
        return False
    return _set_high(low, high, dash=dash)


def _finish_ends(low: Draft, high: Draft) -> bool:
    """Lends each end the unit or scale written only at the other; whether the low end lacked one."""
    if low.value > high.value:
        return False
    if low.bare and high.suffixed and not high.symbol:
        low.adopt(high)
        return True
    if low.symbol and not high.symbol and high.kind == "count" and high.unit in ("", "count"):
        high.kind, high.unit, high.symbol = low.kind, low.unit, True
    if low.kind == high.kind == "money" and high.scaled and not low.scaled and low.unit == high.unit:
        low.exponent, low.scaled = high.exponent, True
        return True
    return False


def _set_high(low: Draft, high: Draft, *, dash: bool) -> bool:
    if low.sign < 0 and dash and high.sign == 0:
        high.sign = -1
    first = low.value.scaleb(low.exponent) * (low.sign or 1)
    last = high.value.scaleb(high.exponent) * (high.sign or 1)
    if first == last or (first > last and not (low.sign < 0 and high.sign < 0)):
        return False
    low.high, low.end, low.hedge = high, high.end, low.hedge or high.hedge
    low.foreign = low.foreign or high.foreign
    low.unit = low.unit or high.unit
    return True


def _finish(draft: Draft, text: str) -> Amount:
    top = draft.high or draft
    low, high = _signed(draft), _signed(top)
    interval = _interval(draft, top)
    if low > high:
        low, high = high, low
    return Amount(
        Span(draft.start, draft.end),
        draft.kind,
        low,
        high if draft.high else None,
        interval,
        draft.figures,
        draft.unit,
        text[draft.start : draft.end],
        draft.step.scaleb(draft.exponent),
        draft.scaled or top.scaled,
        draft.sign,
        draft.hedge,
        draft.foreign,
        draft.as_verb,
    )


def _signed(draft: Draft) -> Decimal:
    value = draft.value.scaleb(draft.exponent)
    return -value if draft.sign < 0 and value else value


def _interval(draft: Draft, top: Draft) -> Interval:
    if draft.kind in ("year", "ordinal"):
        return Interval.point(draft.value)
    effect = EFFECTS[draft.hedge] if draft.hedge else None
    mixed = (draft.sign < 0) != (top.sign < 0)
    low, high = (-1 if mixed else 1) * draft.value.scaleb(draft.exponent), top.value.scaleb(top.exponent)
    low_step, high_step = draft.step.scaleb(draft.exponent), top.step.scaleb(top.exponent)
    low_half = low_step / 2 if draft.edge is None else draft.edge.scaleb(draft.exponent)
    high_half = high_step / 2 if top.edge is None else top.edge.scaleb(top.exponent)
    if low > high:  # "-7% to -5%" is written from its far end
        low, high, low_step, high_step, low_half, high_half = (
            high,
            low,
            high_step,
            low_step,
            high_half,
            low_half,
        )
    ends = {
        None: (low - low_half, high + high_half),
        "nearly": (low - low_step, high),
        "about": (low - low_step, high + high_step),
        "just over": (low - low_half, high + high_step),
        "over": (low - low_half, None),
        "under": (None, high + high_half),
    }[effect]
    interval = Interval(*ends)
    return -interval if draft.sign < 0 and not mixed else interval
