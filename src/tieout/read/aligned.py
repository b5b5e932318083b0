"""One company's periods in another's calendar: the stretches that share the better part of their days."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from tieout.core.article import Published
from tieout.core.calendar import QUARTERS, FiscalCalendar, Part
from tieout.core.period import Latest, Period, PeriodRef
from tieout.read.when import STANDINGS, When, distinct

SHARED = 21
"""Days that two quarters must share: below, one merely ends as the other begins."""

SAME_KIND: dict[Part, tuple[Part, ...]] = {
    **dict.fromkeys(QUARTERS, QUARTERS),
    **dict.fromkeys(("H1", "H2"), ("H1", "H2")),
    "9M": ("9M",),
    "FY": ("FY",),
}

WHY = "the period of the other company that overlaps"


@lru_cache(maxsize=4096)
def aligned(
    whens: tuple[When, ...], own: FiscalCalendar, other: FiscalCalendar, published: Published | None
) -> tuple[When, ...]:
    """The periods of a company with the calendar `other` that overlap these of `own`.

    The one that shares most days is left open, the next only cannot be ruled out; so with the other company's
    latest reported period, and the one before it. Those that had not ended when the article appeared are left
    out.
    """
    found: list[When] = []
    for when in whens:
        periods = [p for p in _overlapping(when.period, own, other) if _has_ended(p, published)]
        for place, period in enumerate(periods):
            standing = "possible" if place or when.standing == "possible" else "open"
            found.append(When(period, standing, WHY))
    return distinct(sorted(found, key=lambda when: STANDINGS.index(when.standing)))


def _has_ended(period: PeriodRef, published: Published | None) -> bool:
    return published is None or not isinstance(period, Period) or period.end <= published.last


def _overlapping(period: PeriodRef, own: FiscalCalendar, other: FiscalCalendar) -> list[PeriodRef]:
    if isinstance(period, Latest):
        return [period, replace(period, back=period.back + 1)]
    part = own.part_of(period) if isinstance(period, Period) else None
    if not isinstance(period, Period) or part is None:
        return []
    whole = own.period(part[0], part[1]) if period.is_instant else period
    years = (whole.end.year - other.offset + step for step in (-1, 0, 1))
    each = (other.period(year, kind) for year in years for kind in SAME_KIND[part[1]])
    sharing = sorted(
        (one for one in each if _shared(one, whole) >= SHARED), key=lambda one: -_shared(one, whole)
    )
    return [one.closing() if period.is_instant else one for one in sharing]


def _shared(one: Period, two: Period) -> int:
    return (min(one.end, two.end) - max(one.start or one.end, two.start or two.end)).days + 1
