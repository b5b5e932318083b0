"""Figures as rows of a table, for a DataFrame or a CSV writer."""

from __future__ import annotations

from collections.abc import Iterable

from tieout.core.fact import Derived, Fact, Figure, point
from tieout.core.period import Period
from tieout.core.quantity import Precision
from tieout.report.json import latest
from tieout.report.vocabulary import Vocabulary


def rows(figures: Iterable[Figure], words: Vocabulary) -> list[dict[str, object]]:
    """One row a figure, each with the same keys in the same order."""
    return [_row(figure, words) for figure in figures]


def _row(figure: Figure, words: Vocabulary) -> dict[str, object]:
    measure = figure.measure
    period = measure.period if isinstance(measure.period, Period) else None
    members = dict(measure.dimensions)
    document = latest(figure.documents())
    fact = figure if isinstance(figure, Fact) else None
    return {
        "company": measure.entity,
        "metric": measure.metric,
        "label": words.metric(measure.metric),
        "segment": members.get("segment"),
        "line": members.get("line"),
        "members": ", ".join(f"{axis} {member}" for axis, member in measure.dimensions) or None,
        "scenario": measure.scenario.value,
        "period": words.period(measure.entity, measure.period) or None,
        "start": period.start if period else None,
        "end": period.end if period else None,
        "value": point(figure),
        "low": figure.interval.low,
        "high": figure.interval.high,
        "unit": figure.unit,
        "decimals": _decimals(fact) if fact else None,
        "bound": (fact.quantity.bound or None) if fact else None,
        "basis": figure.basis,
        "formula": figure.formula if isinstance(figure, Derived) else None,
        "vintage": figure.vintage or None,
        "known": figure.known,
        "grade": document.grade.value,
        "document": document.title,
        "url": document.url,
    }


def _decimals(fact: Fact) -> int | str:
    decimals = fact.quantity.decimals
    return decimals.value if isinstance(decimals, Precision) else decimals
