"""What one reading of a claim came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tieout.core.claim import Reading
from tieout.core.fact import Figure
from tieout.core.measure import Measure, Scenario
from tieout.verify.context import Context

State = Literal["ties", "refuted", "weak", "unknown"]
"""`weak`: every held figure misses, but none may refute unless the number is explained elsewhere."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one reading came to: the figure that decided, what is missing, and notes that accuse nobody.

    `issue` is the day of the guidance that a number ties with.
    """

    state: State
    reading: Reading
    figure: Figure | None = None
    missing: str = ""
    notes: tuple[str, ...] = ()
    issue: date | None = None


def what_is_missing(reading: Reading, context: Context) -> str:
    """What would settle the reading, in words."""
    subject = reading.subjects[0]
    members = " ".join(member for _, member in subject.dimensions)
    told = f"{_label(subject, context)}{f' of {members}' if members else ''} for {_period(subject, context)}"
    if subject.scenario is not Scenario.ACTUAL:
        told += f" ({subject.scenario})"
    if reading.object is not None:
        told += f", and {_label(reading.object, context)} for {_period(reading.object, context)}"
    return told


def _label(measure: Measure, context: Context) -> str:
    return context.catalogue.metric(measure.metric).label


def _period(measure: Measure, context: Context) -> str:
    return context.name(measure.entity, measure.period)
