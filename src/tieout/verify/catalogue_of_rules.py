"""Every finding code and the function that finds it; each has its page in the docs."""

from __future__ import annotations

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
