"""What an ingester left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something a document holds that no row was made of: what, why, how often."""

    what: str
    why: str
    count: int = 1


def counted(skipped: Iterable[Skipped]) -> tuple[Skipped, ...]:
    """The same, each what and why once with its total, most first."""
    total = Counter[Skipped]()
    for each in skipped:
        total[replace(each, count=1)] += each.count
    return tuple(replace(each, count=count) for each, count in total.most_common())
