"""A number as a filer stated it: a concept of a taxonomy, not yet a metric of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tieout.core.measure import Dimensions
from tieout.core.quantity import Decimals, Precision

OWN = "tieout"
"""The taxonomy of figures whose concept is a catalogue id: those of releases, read from tables and prose."""
FOCUS = ("dei", "DocumentFiscalYearFocus")
"""Taxonomy and concept by which an annual filing says the number of its fiscal year."""
ANNUAL = frozenset(
    f"{form}{amended}" for form in ("10-K", "10-KT", "10-K405", "20-F", "40-F") for amended in ("", "/A")
)
"""Forms that report a whole year."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One number of one filing, as filed.

    `taxonomy` and `concept` without the colon ("us-gaap", "Revenues"; a filer's own prefix for its
    extensions); `dimensions` sorted (axis, member) pairs, both with their prefix; `unit` as filed ("USD",
    "USD/shares", "shares", "pure"); no `start` is an instant; `accepted` is aware, in UTC, None where only
    the day is held; `document` the file within the filing, `locator` the element's id there. `digest` names
    the bytes it was read from. `scenario` and `bound` as in a facts file.
    """

    cik: int
    taxonomy: str
    concept: str
    dimensions: Dimensions
    unit: str
    start: date | None
    end: date
    value: Decimal
    decimals: Decimals = Precision.UNKNOWN
    accession: str = ""
    form: str = ""
    filed: date | None = None
    accepted: datetime | None = None
    document: str = ""
    locator: str = ""
    digest: str = ""
    scenario: str = "actual"
    bound: str = ""
