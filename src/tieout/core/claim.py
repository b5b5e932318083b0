"""What an article says, in the ledger's terms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from tieout.core.article import Span
from tieout.core.interval import Interval
from tieout.core.measure import Measure
from tieout.core.quantity import Unit


class Relation(StrEnum):
    """How a claim's value relates to its subjects and object."""

    LEVEL = "level"
    CHANGE = "change"
    COMPARISON = "comparison"
    SHARE = "share"
    MULTIPLE = "multiple"
    COUNT = "count"
    DIRECTION = "direction"
    SPAN = "span"
    DATE = "date"
    OPINION = "opinion"


Change = Literal["relative", "points", "amount"]
"""Growth as a fraction of the base, a difference of ratios, a difference of amounts."""

Standing = Literal["said", "open", "family", "possible"]
"""How a reading stands: what the words say; what they leave open; a rarer meaning of a generic name;
what cannot be ruled out.

A gap in the ledger for a said or an open reading makes the claim unverifiable; gaps of the others
do not matter. A family reading that ties supports; a possible one only keeps the claim from being
called wrong.
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A number as the article gives it: the interval it claims, the number itself, its unit.

    `value_high` is set on ranges. `figures` is the number of significant digits written, zero for words.
    """

    interval: Interval
    value: Decimal
    unit: Unit
    value_high: Decimal | None = None
    figures: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a claim: what is measured, against what, and where each part was read from.

    `object` is the base of a change, the whole of a share, the other side of a comparison.
    `issued` tells which issue of a guidance is meant.
    """

    subjects: tuple[Measure, ...]
    object: Measure | None = None
    standing: Standing = "said"
    issued: Literal["", "latest", "previous"] = ""
    why: tuple[str, ...] = ()

    @property
    def entities(self) -> tuple[str, ...]:
        """The companies it speaks of, each once: two where one is set against or added to another."""
        return tuple(dict.fromkeys(measure.entity for measure in self.measures))

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The subjects, and the object behind them."""
        return self.subjects if self.object is None else (*self.subjects, self.object)


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement, its readings from the preferred down.

    `span` is the quote; `number` the span of the number inside it (of the word, where there is
    none). `direction` is the catalogue's word for a direction claim or a comparison ("exceeds").
    No readings: `why_unread` says what could not be read.
    """

    relation: Relation
    readings: tuple[Reading, ...]
    said: Said | None
    span: Span
    number: Span
    sentence: Span
    change: Change | None = None
    hedge: str | None = None
    speaker: str | None = None
    direction: str | None = None
    why_unread: str = ""
    loose: str = ""
    """Why the words bind number and reading too loosely to call it wrong; empty where they do not."""
    goes_with: Span | None = None
    """The number this claim takes its subject from: "EPS of $2.15, up 63%"."""
    twin: Span | None = None
    """A number that tells the same of another time: "5.7%, against 5.7% a year ago"."""
    owner_named: bool = False
    """Whether the sentence itself names the company or the segment that the number is of."""

    @property
    def sure(self) -> tuple[Reading, ...]:
        """The readings without those that only cannot be ruled out."""
        return tuple(reading for reading in self.readings if reading.standing != "possible")
