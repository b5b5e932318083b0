"""One filing states many facts several times: in tables, in notes, in prose. What agrees is told once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tieout.core.filed import Filed
from tieout.core.quantity import Precision, Quantity
from tieout.core.skipped import Skipped, together

COMPLETE = "told again with the same value and precision"
CONSISTENT = "told again, rounded otherwise"


@dataclass(frozen=True, slots=True)
class Distinct:
    """The rows without repetition, in order, and what was left out as such.

    `conflicts` are rows of one filing that cannot all be true; they stay among `rows`, each value once.
    """

    rows: tuple[Filed, ...]
    conflicts: tuple[tuple[Filed, ...], ...]
    skipped: tuple[Skipped, ...]


def distinct(facts: Iterable[Filed]) -> Distinct:
    """The facts of one filing, complete and consistent duplicates left out but for the most precise."""
    told: defaultdict[tuple[object, ...], list[Filed]] = defaultdict(list)
    for fact in facts:
        told[_key(fact)].append(fact)
    rows: list[Filed] = []
    conflicts: list[tuple[Filed, ...]] = []
    skipped: list[Skipped] = []
    for same in told.values():
        unlike = _unlike(same)
        skipped.append(Skipped("facts", COMPLETE, len(same) - len(unlike)))
        if len(unlike) > 1 and consistent(unlike):
            skipped.append(Skipped("facts", CONSISTENT, len(unlike) - 1))
            rows.append(max(unlike, key=_precision))
            continue
        rows.extend(unlike)
        if len(unlike) > 1:
            conflicts.append(unlike)
    return Distinct(tuple(rows), tuple(conflicts), together(skipped))


def consistent(facts: Sequence[Filed]) -> bool:
    """Whether one value could have been rounded to all of these."""
    known = [Quantity(fact.value, fact.unit, fact.decimals).interval() for fact in facts]
    lows = [each.low for each in known if each.low is not None]
    highs = [each.high for each in known if each.high is not None]
    return max(lows) <= min(highs)


def _unlike(facts: Iterable[Filed]) -> tuple[Filed, ...]:
    """The first of each value and precision."""
    first: dict[tuple[object, ...], Filed] = {}
    for fact in facts:
        first.setdefault((fact.value, fact.decimals), fact)
    return tuple(first.values())


def _key(fact: Filed) -> tuple[object, ...]:
    return (fact.cik, fact.taxonomy, fact.concept, fact.dimensions, fact.unit, fact.start, fact.end)


def _precision(fact: Filed) -> tuple[int, int]:
    """How fine a fact is; of one whose rounding is not stated only the point is known, so it comes last."""
    if isinstance(fact.decimals, int):
        return 1, fact.decimals
    return (2, 0) if fact.decimals is Precision.EXACT else (0, 0)
