"""Values with a unit and a precision."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Literal

from tieout.core.interval import Interval

Unit = str
"""A currency code ("USD"), "USD/share", "ratio" (38 % is 0.38), "x", "count", "shares", "months", "GW"."""

USD: Unit = "USD"
USD_PER_SHARE: Unit = "USD/share"
RATIO: Unit = "ratio"
MULTIPLE: Unit = "x"
COUNT: Unit = "count"


class Precision(Enum):
    """What is known of a figure's rounding when it is not a number of decimals."""

    EXACT = "exact"
    UNKNOWN = "unknown"


Decimals = int | Precision
"""Digits after the point, as in XBRL: -6 is whole millions, 2 is cents or whole percent."""

Bound = Literal["", "low", "mid", "high", "point", "at_least", "up_to"]
"""Which end of a range a figure is; `at_least` and `up_to` mark a figure printed as "more than", "up to"."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in full units, with the precision it was printed to."""

    value: Decimal
    unit: Unit
    decimals: Decimals
    bound: Bound = ""

    def interval(self) -> Interval:
        """The values this figure can stand for: half a unit of its last digit either way.

        Of unknown precision only the point itself is known; such a figure never refutes.
        """
        if isinstance(self.decimals, Precision):
            around = Interval.point(self.value)
        else:
            around = Interval.around(self.value, Decimal(5).scaleb(-self.decimals - 1))
        if self.bound == "at_least":
            return Interval(around.low, None)
        if self.bound == "up_to":
            return Interval(None, around.high)
        return around
