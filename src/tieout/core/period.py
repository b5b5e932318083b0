"""What a number describes: a stretch of days, or one day's balance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Closed days `start` to `end`; an instant (a balance's date) has no start.

    A policy without an end carries `date.max`.
    """

    start: date | None
    end: date

    def __post_init__(self) -> None:
        if self.start is not None and self.start > self.end:
            raise ValueError(f"period ends before it starts: {self.start} > {self.end}")

    @staticmethod
    def instant(day: date) -> Period:
        """The balance date `day`."""
        return Period(None, day)

    @property
    def is_instant(self) -> bool:
        """Whether this is a balance date."""
        return self.start is None

    @property
    def days(self) -> int:
        """Number of days, both ends included; 0 for an instant."""
        return 0 if self.start is None else (self.end - self.start).days + 1

    def closing(self) -> Period:
        """The balance date at this period's end."""
        return Period(None, self.end)

    def __sub__(self, part: Period) -> Period:
        """The other part of this period: nine months less six is the third quarter.

        Raises ValueError unless `part` is a proper leading or trailing part.
        """
        if self.start is None or part.start is None:
            raise ValueError("an instant has no parts")
        if part.start == self.start and part.end < self.end:
            return Period(part.end + ONE_DAY, self.end)
        if part.end == self.end and part.start > self.start:
            return Period(self.start, part.start - ONE_DAY)
        raise ValueError(f"{part} is not a leading or trailing part of {self}")

    def __str__(self) -> str:
        return f"{self.end}" if self.start is None else f"{self.start} to {self.end}"


Span = Literal["quarter", "half", "nine_months", "year", "instant"]


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest reported stretch of this length as of the article, `back` quarters earlier.

    The article says "last quarter"; only the ledger knows which one that was, so `verify` binds it.
    """

    span: Span
    back: int = 0


@dataclass(frozen=True, slots=True)
class AnyBalance:
    """Any balance date from `first` to `last`: what an undated balance leaves open (None: unbounded)."""

    first: date | None
    last: date | None


PeriodRef = Period | Latest | AnyBalance
