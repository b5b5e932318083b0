"""A tagged number as a reader tells it, so that readers can be compared field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tieout.core.filed import Filed
from tieout.core.measure import Dimensions
from tieout.core.quantity import Precision
from tieout.ingest.xbrl import read

FIELDS = ("name", "value", "unit", "period", "dimensions", "decimals")


@dataclass(frozen=True, slots=True)
class Number:
    """A number's prefixed concept, value, unit, period ("start to end", or a day), axes and decimals.

    `value` is None where the document says nil, or the reader finds none; `decimals` as written, "" for none.
    """

    name: str
    value: Decimal | None
    unit: str
    period: str
    dimensions: Dimensions
    decimals: str
    nil: bool = False


Numbers = Mapping[str, Number]
"""By the id of their element."""


def ours(name: str, data: bytes) -> Numbers:
    """The numbers of a document as this project reads them, repetitions among them."""
    return {fact.locator: _number(fact) for fact in read({name: data}).facts if fact.locator}


def _number(fact: Filed) -> Number:
    stated = fact.decimals
    decimals = str(stated) if isinstance(stated, int) else "INF" if stated is Precision.EXACT else ""
    return Number(
        f"{fact.taxonomy}:{fact.concept}",
        fact.value,
        fact.unit,
        f"{fact.start} to {fact.end}" if fact.start else str(fact.end),
        fact.dimensions,
        decimals,
    )
