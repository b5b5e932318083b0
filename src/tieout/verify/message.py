"""Findings in words."""

from __future__ import annotations

from dataclasses import replace

from tieout.catalogue import GROWTH
from tieout.core.claim import Claim, Reading, Relation
from tieout.core.fact import Derived, Fact, Figure, point
from tieout.core.finding import Explanation
from tieout.core.interval import Interval
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Period
from tieout.figures.format import amount
from tieout.verify.candidates import AT_LEAST
from tieout.verify.context import Context


def named(measure: Measure, context: Context) -> str:
    """A measure in words: "ISG revenue for Q2 FY2026"."""
    label = context.catalogue.metric(measure.metric).label
    members = " ".join(member for _, member in measure.dimensions)
    scenario = "" if measure.scenario is Scenario.ACTUAL else f" ({measure.scenario})"
    text = f"{members + ': ' if members else ''}{label}{scenario}"
    if measure.period is None:
        return text
    name = context.name(measure.entity, measure.period)
    if name.startswith("from"):
        return f"{text} {name}"
    return f"{text} at {name}" if name.startswith("the end") else f"{text} for {name}"


def value(figure: Figure, claim: Claim) -> str:
    """A figure's value in words; changes of ratios in points."""
    points = claim.change == "points" or (isinstance(figure, Derived) and figure.in_points)
    if points:
        return f"{point(figure) * 100:+.1f} points"
    decimals = figure.quantity.decimals if isinstance(figure, Fact) else None
    if isinstance(figure, Derived) and figure.unit == "ratio":
        return amount(point(figure), figure.unit, 3)
    floor = isinstance(figure, Derived) and figure.formula.startswith(AT_LEAST)
    return f"{AT_LEAST if floor else ''}{amount(point(figure), figure.unit, decimals)}"


def source(figure: Figure) -> str:
    """The document a figure stands in, and when it was known."""
    documents = list(figure.documents())
    first = documents[0]
    more = f" and {len(documents) - 1} more" if len(documents) > 1 else ""
    return f"{first.title}{more}, {figure.known or 'date unknown'}"


def all_named(reading: Reading, context: Context) -> str:
    """What a reading is of, in words: both measures of two companies, each with its name."""
    if len(reading.entities) == 1:
        return named(reading.subjects[0], context)
    return " and ".join(of_company(measure, context) for measure in reading.measures)


def what_is_known(claim: Claim, known: Figure | None, reading: Reading, context: Context) -> str:
    """What is known of the reading: its value, or its change since the base."""
    measure, base = reading.subjects[0], reading.object
    if len(reading.entities) > 1:
        return _of_companies(claim, known, reading, context)
    if known is None:
        return f"Not true of {named(measure, context)}."
    if isinstance(known.measure.period, Period) or known.measure.period is None:
        measure = known.measure
    what, told = _capital(named(measure, context)), value(known, claim)
    computed = isinstance(known, Derived) and not known.measure.metric.endswith(GROWTH)
    if base is not None and computed and claim.relation in (Relation.CHANGE, Relation.DIRECTION):
        since = context.name(base.entity, base.period)
        return f"{what} changed by {told} since {since} [{source(known)}]."
    if base is not None and claim.relation in (Relation.SHARE, Relation.MULTIPLE):
        return f"{what} was {told} of {named(base, context)} [{source(known)}]."
    return f"{what} was {told} [{source(known)}]."


def _of_companies(claim: Claim, known: Figure | None, reading: Reading, context: Context) -> str:
    """What is known of two companies: each one's figure with its document, and what comes of them."""
    measures = reading.measures
    if not isinstance(known, Derived):
        return f"Not true of {all_named(reading, context)}."
    each = (
        f"{of_company(measure, context)} was {_plain_value(figure)} [{source(figure)}]"
        for measure, figure in zip(measures, known.inputs, strict=True)
    )
    told = _capital("; ".join(each))
    return f"{told}." if claim.said is None else f"{told}. That is {result(known, claim)}."


def result(known: Derived, claim: Claim) -> str:
    """What comes of two companies' figures, as the claim tells it: a sum, a multiple, a share, a distance."""
    if claim.relation is not Relation.CHANGE:
        return value(known, claim)
    word = "less" if point(known) < 0 else "more"
    size = replace(known, value=abs(known.value), interval=Interval.point(abs(known.value)))
    return f"{value(size, claim).lstrip('+')} {word}"


def both(known: Derived) -> str:
    """The two figures of a comparison, the first one's first: "$29.776 billion against $9.136 billion"."""
    return " against ".join(_plain_value(figure) for figure in known.inputs)


def _plain_value(figure: Figure) -> str:
    decimals = figure.quantity.decimals if isinstance(figure, Fact) else None
    return amount(point(figure), figure.unit, decimals)


def of_company(measure: Measure, context: Context) -> str:
    """A measure in words with whose it is: "Dell Technologies: Revenue for Q2 FY2026"."""
    return f"{context.catalogue.company(measure.entity).name}: {named(measure, context)}"


def true_elsewhere(explanation: Explanation, context: Context) -> str:
    """The second sentence: what the number is true of."""
    if explanation.code == "growth.base":
        return f"The number is the change of {named(explanation.measure, context)} since {explanation.scale}."
    if explanation.code.startswith("scale."):
        return f"The number is off by {explanation.scale}."
    what = named(explanation.measure, context)
    if explanation.code == "company.mixup":
        what = of_company(explanation.measure, context)
    if explanation.code == "metric.level_as_change":
        return f"The number is the level itself: {what}."
    return f"The number is true of {what} [{source(explanation.figure)}]."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
