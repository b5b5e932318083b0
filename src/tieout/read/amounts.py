"""Every number in a stretch of text: what it says, in which unit, and how precisely."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tieout.core.article import Span
from tieout.core.interval import Interval
from tieout.read.amount_forms import DASHES, EFFECTS, SP, Draft, Kind, hedge_after, hedge_before
from tieout.read.amount_scan import drafts

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
    for draft in drafts(text, begin, limit):
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
_CLAUSE = re.compile(r"[.;:,()|—]")
_GOVERNS = re.compile(
    r"(?<![A-Za-z])(?:rose|rising|fell|falling|grew|growing|climb(?:ed|ing)|jump(?:ed|ing)|increas(?:ed|ing)|advanc(?:ed|ing)"
    r"|declin(?:ed|ing)|dropp(?:ed|ing)|slipp(?:ed|ing)|slid|sank|tumbl(?:ed|ing)|surg(?:ed|ing)|soar(?:ed|ing)|gain(?:ed|ing)"
    r"|add(?:ed|ing)|lost|shed|contract(?:ed|ing)|expand(?:ed|ing)|improv(?:ed|ing)|plung(?:ed|ing)|shr[aiu]nk|rais(?:ed|ing)"
    r"|cut|lift(?:ed|ing)|boost(?:ed|ing)|lower(?:ed|ing)|trimm(?:ed|ing)|mov(?:ed|ing)|went|widen(?:ed|ing)|narrow(?:ed|ing)"
    r"|edg(?:ed|ing)|inch(?:ed|ing)|rebound(?:ed|ing)|swung|up|down|by)(?![A-Za-z])",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?<![A-Za-z])(?<!range )(?<!ranges )(?<!ranged )(?<!ranging )from(?![A-Za-z])", re.IGNORECASE
)
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
    if low.kind != high.kind or (low.unit != high.unit and "" not in (low.unit, high.unit)) or origin:
        return False
    if governed and not unfinished:
        return False
    return _set_high(low, high, dash=dash)


def _finish_ends(low: Draft, high: Draft) -> bool:
    """Lends each end the unit or scale written only at the other; whether the low end lacked one."""
    if low.value > high.value and low.sign >= 0:
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


_ROUND = frozenset(map(Decimal, range(30, 100, 10)))


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


def _of_round_tens(value: Decimal, step: Decimal) -> Decimal:
    """How far "nearly" and "about" reach: two and a half times as far from a full thirty to ninety."""
    tens = step and value / step
    return step * Decimal("2.5") if tens in _ROUND else step


def _interval(draft: Draft, top: Draft) -> Interval:
    if draft.kind in ("year", "ordinal"):
        return Interval.point(draft.value)
    effect = EFFECTS[draft.hedge] if draft.hedge else None
    mixed = (draft.sign < 0) != (top.sign < 0)
    low, high = (-1 if mixed else 1) * draft.value.scaleb(draft.exponent), top.value.scaleb(top.exponent)
    low_step, high_step = draft.step.scaleb(draft.exponent), top.step.scaleb(top.exponent)
    if effect in ("nearly", "about") and draft.kind in ("percent", "money"):
        low_step, high_step = _of_round_tens(low, low_step), _of_round_tens(high, high_step)
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
