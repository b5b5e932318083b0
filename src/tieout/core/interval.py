"""Closed intervals of decimals, open-ended where an end is None, and their arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included; None means unbounded on that side."""

    low: Decimal | None
    high: Decimal | None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"interval ends are swapped: {self.low} > {self.high}")

    @staticmethod
    def point(value: Decimal) -> Interval:
        """The interval that holds `value` alone."""
        return Interval(value, value)

    @staticmethod
    def around(value: Decimal, half_width: Decimal) -> Interval:
        """`value` plus and minus `half_width`."""
        return Interval(value - half_width, value + half_width)

    @staticmethod
    def everything() -> Interval:
        """The interval that refutes nothing."""
        return Interval(None, None)

    @property
    def width(self) -> Decimal | None:
        """High minus low; None where an end is open."""
        if self.low is None or self.high is None:
            return None
        return self.high - self.low

    def within(self, other: Interval) -> bool:
        """Whether every value of this interval lies in `other`."""
        low_ok = other.low is None or (self.low is not None and self.low >= other.low)
        high_ok = other.high is None or (self.high is not None and self.high <= other.high)
        return low_ok and high_ok

    def disjoint(self, other: Interval) -> bool:
        """Whether no value lies in both."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = self.low is not None and other.high is not None and self.low > other.high
        return below or above

    def holds(self, value: Decimal) -> bool:
        """Whether `value` lies in the interval."""
        return Interval.point(value).within(self)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Interval(low, high)

    def __neg__(self) -> Interval:
        return Interval(None if self.high is None else -self.high, None if self.low is None else -self.low)

    def __add__(self, other: Interval) -> Interval:
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def scaled(self, factor: Decimal) -> Interval:
        """Every value times `factor`."""
        if factor == 0:
            return Interval.point(Decimal(0))
        ends = (
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
        )
        return Interval(*ends) if factor > 0 else Interval(ends[1], ends[0])

    def __mul__(self, other: Interval) -> Interval:
        ends = (self.low, self.high, other.low, other.high)
        if any(end is None for end in ends):
            return Interval.everything()
        products = [
            a * b
            for a in (self.low, self.high)
            for b in (other.low, other.high)
            if a is not None and b is not None
        ]
        return Interval(min(products), max(products))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotients; everything, when the divisor may be zero or an end is open."""
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return Interval.everything()
        if other.low <= 0 <= other.high:
            return Interval.everything()
        quotients = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(quotients), max(quotients))
