"""Which metrics and segments a name may mean, and how each choice stands."""

from __future__ import annotations

from dataclasses import dataclass

from tieout.catalogue import Catalogue, Metric
from tieout.core.claim import Relation, Standing
from tieout.core.measure import Dimensions, Scenario
from tieout.read.amounts import Amount
from tieout.read.draft import Draft, Subject

PLAIN = frozenset({"GAAP", "non-GAAP", "basic", "diluted", "plain"})
"""Qualifiers that choose among the members of a family."""


@dataclass(frozen=True, slots=True)
class Option:
    """A metric and its dimensions, how that choice stands, and why."""

    metric: Metric
    dimensions: Dimensions
    standing: Standing
    why: tuple[str, ...] = ()


def options(subject: Subject, ticker: str, draft: Draft, catalogue: Catalogue) -> list[Option]:
    """Every metric the name may mean, and every segment, with its standing."""
    found: list[Option] = []
    for place, (metrics, dimensions) in enumerate(((subject.metrics, subject.dimensions), *subject.others)):
        needs = subject.needs if metrics == subject.metrics else metrics
        fits = fitting(metrics, subject.tags, dimensions, ticker, draft, catalogue)
        if not fits and metrics and subject.tags & PLAIN:  # "GAAP EPS was $1.58 and non-GAAP $2.15"
            family = catalogue.family_of(metrics[0])
            fits = fitting(family, subject.tags, dimensions, ticker, draft, catalogue)[:1]
            needs = tuple(metric.id for metric in fits)
        for metric in fits:
            standing: Standing = "family"
            if metric.id in needs:
                standing = "said" if not found and not place else "open"
            if draft.scenario is Scenario.GUIDANCE and found and not place:
                standing = "family"  # companies guide the usual member of a family, seldom the others
            found.append(Option(metric, dimensions, standing, subject.why))
    return found


def fitting(
    metrics: tuple[str, ...],
    tags: frozenset[str],
    dimensions: Dimensions,
    ticker: str,
    draft: Draft,
    catalogue: Catalogue,
) -> list[Metric]:
    """Those of the metrics that answer to the qualifiers, the segment and the unit of the number."""
    found = [
        metric
        for metric in map(catalogue.metric, metrics)
        if metric.company in (None, ticker)
        and _answers(metric, tags)
        and not (dimensions and "non-GAAP" in metric.tags and not metric.default_dimensions)
    ]
    if draft.amount is None or draft.relation not in (Relation.LEVEL, Relation.COUNT):
        return found
    return _of_unit(found, draft.amount)


def _answers(metric: Metric, tags: frozenset[str]) -> bool:
    if "non-GAAP" in tags:
        if metric.tags & {"GAAP", "plain"}:
            return False
    elif "GAAP" in tags and "non-GAAP" in metric.tags:
        return False
    return not (
        ("basic" in tags and "diluted" in metric.tags) or ("diluted" in tags and "basic" in metric.tags)
    )


def _of_unit(found: list[Metric], amount: Amount) -> list[Metric]:
    """Those a number of this kind can be a level of; unscaled money may also be whole dollars."""
    per_share = amount.kind == "money" and not amount.scaled
    unit = {"money": "USD", "percent": "ratio", "multiple": "x"}.get(amount.kind)
    if unit is None:
        return found
    exact = [metric for metric in found if metric.unit == ("USD/share" if per_share else unit)]
    return found if per_share and not exact else exact
