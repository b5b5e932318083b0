"""Whether a number said and a figure known can be the same."""

from __future__ import annotations

from dataclasses import replace

from tieout.core.claim import Said
from tieout.core.fact import Fact, Figure
from tieout.core.interval import Interval

CUT_DIGITS = 3
"""Digits a number must have to be taken for one cut off rather than rounded."""

COARSER = 10
"""A known interval this many times as wide as the said one may still tie: one digit coarser."""


def meets(said: Interval, known: Interval) -> bool | None:
    """True: ties. False: refuted. None: the known value is too coarse to say."""
    if known.disjoint(said):
        return False
    if known.within(said):
        return True
    if _only_touch(said, known):
        return False
    if known.width is None:
        return None
    if said.width is None or known.width <= said.width * COARSER:
        return True
    return None


def _only_touch(said: Interval, known: Interval) -> bool:
    """Whether two intervals share nothing but an end: "$2.33" and a printed $2.32."""
    return (known.high is not None and known.high == said.low) or (
        known.low is not None and known.low == said.high
    )


def ties(said: Interval, figure: Figure) -> bool | None:
    """As `meets`; a figure printed as "more than" or "up to" also ties by the number printed."""
    answer = meets(said, figure.interval)
    if answer is not True and isinstance(figure, Fact) and figure.quantity.bound in ("at_least", "up_to"):
        return True if meets(said, replace(figure.quantity, bound="").interval()) else answer
    return answer


def fits_closely(said: Said | None, figure: Figure | None) -> bool:
    """Whether a figure ties without being much coarser than what is said; True where there is none."""
    if said is None or figure is None or said.interval.width is None:
        return True
    width = figure.interval.width
    return width is not None and width <= said.interval.width * 2


def truncated(said: Said, figure: Figure) -> bool:
    """Whether the number said is the known one with its last digits cut off.

    Some wires write "$3.85 billion" for 3,856 million. Asked only of unhedged numbers of three digits
    or more.
    """
    width = said.interval.width
    if (
        width is None
        or said.value_high is not None
        or said.figures < CUT_DIGITS
        or not width
        or said.interval != Interval.around(said.value, width / 2)
    ):
        return False
    edge = said.value + width if said.value >= 0 else said.value - width
    return figure.interval.within(Interval(min(said.value, edge), max(said.value, edge)))


def printed(said: Said) -> Said:
    """The number itself of one told as a floor.

    Guidance of "at least $36 billion" is not guidance of at least 40.
    """
    if said.interval.high is not None or said.interval.low is None:
        return said
    return replace(said, interval=Interval.around(said.value, abs(said.value - said.interval.low)))
