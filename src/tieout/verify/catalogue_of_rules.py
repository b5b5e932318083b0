"""Every finding code, the function that finds it and what it means; each has its section in the docs."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from tieout.verify import arithmetic, consistency, explain, guidance, rules

RULES: Mapping[str, Callable[..., Any]] = {
    "period.mixup": explain.period_mixup,
    "period.cumulative": explain.period_cumulative,
    "metric.basis": explain.metric_basis,
    "metric.shares": explain.metric_shares,
    "metric.sibling": explain.metric_sibling,
    "metric.segment": explain.metric_segment,
    "company.mixup": explain.company_mixup,
    "metric.level_as_change": explain.level_as_change,
    "scale.thousandfold": explain.scale_thousandfold,
    "scale.percent": explain.scale_percent,
    "scale.sign": explain.scale_sign,
    "growth.base": explain.growth_base,
    "guidance.superseded": guidance.stale,
    "time.not_ended": rules.not_ended,
    "comparison.false": rules.comparison,
    "direction.false": rules.direction,
    "period.quarter_end": rules.quarter_end,
    "arithmetic.span": arithmetic.arithmetic_span,
    "arithmetic.change": arithmetic.arithmetic_change,
    "consistency.self": consistency.contradicts_itself,
    "consistency.mixed_years": consistency.mixed_years,
}

MEANINGS: Mapping[str, str] = {
    "value.false": "The number is not what the documents say, and true of nothing else it may be meant for.",
    "growth.false": "The growth is not what the documents say or their figures give.",
    "share.false": "The share is not what the documents say or their figures give.",
    "guidance.false": "No issue of the guidance says so.",
    "metric.other_product": "The specification belongs to another product, or to another unit of it.",
    "guidance.superseded": "The guidance had been replaced by another issue before the article appeared.",
    "time.not_ended": "The figure is told as known of a period that had not ended when the article appeared.",
    "comparison.false": "The comparison does not hold: what is said to exceed the other does not.",
    "direction.false": "The word for the change is not true of it: a fall told as holding steady.",
    "period.quarter_end": "The day is not the one on which the fiscal quarter ended.",
    "arithmetic.span": "The time between the article's own two dates is not what the article says it is.",
    "arithmetic.change": "The change does not follow from the two numbers told beside it.",
    "consistency.self": "The article gives two values for one figure, which cannot both be true.",
    "consistency.mixed_years": "Numbers told of one fiscal year are true of different ones.",
}
"""What a finding says whose code stands for no rule, or for one whose docstring says what it answers."""


def meanings() -> dict[str, str]:
    """What a finding of each code says, in a sentence."""
    found = {code: (inspect.getdoc(rule) or code).splitlines()[0] for code, rule in RULES.items()}
    return {**found, **MEANINGS}
