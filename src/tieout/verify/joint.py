"""Explanations chosen jointly: the offset that explains most of an article's errors wins."""

from __future__ import annotations

from collections.abc import Sequence

from tieout.core.finding import Explanation, Verdict

COSTS = {
    "period.mixup": 2.0,
    "period.cumulative": 2.2,
    "metric.basis": 1.0,
    "metric.shares": 1.0,
    "metric.sibling": 1.6,
    "metric.segment": 1.8,
    "company.mixup": 1.4,
    "metric.level_as_change": 0.5,
    "scale.thousandfold": 1.0,
    "scale.percent": 1.5,
    "scale.sign": 1.0,
    "growth.base": 2.4,
    "guidance.superseded": 1.0,
}
"""What each kind of explanation costs before its distance; ties between kinds are broken by these."""


THREE_DIGITS = 3
"""Digits a number must have for its explanation to be no coincidence."""

SHARED = 1.5
"""How many of an article's errors an offset must explain to lend its weight to another metric."""

MOST = 3.3
"""What an explanation of a number of one or two digits may cost: dearer ones are coincidences."""


def choose(options: Sequence[Sequence[Explanation]], digits: Sequence[int]) -> list[tuple[Explanation, ...]]:
    """For each claim its explanations, the chosen first; none for a number too short for the dear ones.

    Each claim votes for the offsets that could explain it, one vote split among them; then every claim
    takes its cheapest explanation, an offset's votes making it cheaper. `digits`: how many each claim's
    number is told with.
    """
    weights: dict[int, float] = {}
    for explained in options:
        offsets = {e.offset for e in explained if e.offset}
        for each in offsets:
            weights[each] = weights.get(each, 0.0) + 1 / len(offsets)
    ranked = [sorted(explained, key=lambda e: _cost(e, weights)) for explained in options]
    return [
        tuple(e for e in explained if told >= THREE_DIGITS or _likely(e, weights, told))
        for explained, told in zip(ranked, digits, strict=True)
    ]


def _likely(explanation: Explanation, weights: dict[int, float], digits: int) -> bool:
    """Whether an explanation of a number of one or two digits is more than a coincidence.

    Another metric must be of the same period, or of a period that other errors of the article share;
    another segment must hold the one claimed, or be part of it; that of one digit may not stand beside it.
    """
    if _cost(explanation, weights) > MOST:
        return False
    if explanation.verdict is not Verdict.WRONG_METRIC or explanation.code == "metric.level_as_change":
        return True
    shared = explanation.offset is not None and weights.get(explanation.offset, 0.0) >= SHARED
    if explanation.offset != 0:
        return shared
    told_apart = explanation.kin == "part" or (explanation.kin == "beside" and digits > 1)
    return explanation.code != "metric.segment" or told_apart


def _cost(explanation: Explanation, weights: dict[int, float]) -> float:
    offset = explanation.offset
    cost = COSTS.get(explanation.code, 3.0)
    if offset is None and explanation.verdict is Verdict.WRONG_METRIC:
        return cost + 1.7
    if offset:
        cost += _distance(offset) - min(1.5, 0.5 * weights.get(offset, 0.0))
        if explanation.verdict is Verdict.WRONG_METRIC:
            cost += 1.2
    return cost


def _distance(offset: int) -> float:
    """A year back or a quarter back is the usual slip; further or forward is less likely."""
    usual = {-4: 0.0, -1: 0.1, 1: 0.5, 4: 0.5, -8: 0.6, -2: 0.7, -3: 0.7, -5: 0.9}
    return usual.get(offset, 1.0 + abs(offset) * 0.05)
