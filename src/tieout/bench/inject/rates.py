"""Rates with intervals that know that the claims about one company go together."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

RESAMPLES = 500
_LOW, _HIGH = 0.025, 0.975


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many, and where the rate lies; None where there is nothing to rate.

    `bound` says that the sample holds no event (or nothing else), so that it can only bound the rate.
    """

    hits: int
    n: int
    low: float | None
    high: float | None
    bound: bool = False

    @property
    def value(self) -> float | None:
        """The share itself."""
        return self.hits / self.n if self.n else None

    def __str__(self) -> str:
        if self.value is None:
            return "-"
        share = f"{100 * self.value:.1f} %"
        if self.low is None or self.high is None:
            return f"{share} (one company)"
        if not self.bound:
            return f"{share} ({100 * self.low:.1f} to {100 * self.high:.1f})"
        return (
            f"{share} (<= {100 * self.high:.2f})" if not self.hits else f"{share} (>= {100 * self.low:.1f})"
        )


def rate(events: Iterable[tuple[str, bool]], correlation: float = 0.0) -> Rate:
    """The rate of events given with their companies.

    The interval is a bootstrap over companies: whole companies are drawn again, 500 times, with a fixed seed;
    of one company nothing can be drawn. Where no event happened, or nothing but events, the rule of three
    bounds the rate, for the sample divided by its design effect: 1 + (m - 1) times the `correlation` inside
    companies, m being the size of a company's part, weighted by itself.
    """
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for company, happened in events:
        groups[company].append(happened)
    counts = [(sum(group), len(group)) for _, group in sorted(groups.items())]
    hits, n = sum(hit for hit, _ in counts), sum(size for _, size in counts)
    if not n:
        return Rate(0, 0, None, None)
    if hits in (0, n):
        size = sum(size**2 for _, size in counts) / n
        edge = min(1.0, 3 * (1 + (size - 1) * correlation) / n)
        return Rate(hits, n, 0.0, edge, True) if not hits else Rate(hits, n, 1 - edge, 1.0, True)
    if len(counts) == 1:
        return Rate(hits, n, None, None)
    rng = random.Random(n)  # noqa: S311 - the same interval again for the same run
    drawn: list[float] = []
    for _ in range(RESAMPLES):
        sample = rng.choices(counts, k=len(counts))
        drawn.append(sum(hit for hit, _ in sample) / sum(size for _, size in sample))
    drawn.sort()
    return Rate(hits, n, drawn[int(_LOW * RESAMPLES)], drawn[int(_HIGH * RESAMPLES) - 1])


def correlation(events: Iterable[tuple[str, bool]]) -> float:
    """How far the claims of one company go together, 0 to 1: analysis of variance over the events given."""
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for company, happened in events:
        groups[company].append(happened)
    n, k = sum(map(len, groups.values())), len(groups)
    if k < 2 or n <= k:
        return 0.0
    mean = sum(map(sum, groups.values())) / n
    between = sum(len(g) * (sum(g) / len(g) - mean) ** 2 for g in groups.values()) / (k - 1)
    within = sum(sum((x - sum(g) / len(g)) ** 2 for x in g) for g in groups.values()) / (n - k)
    typical = (n - sum(len(g) ** 2 for g in groups.values()) / n) / (k - 1)
    whole = between + (typical - 1) * within
    return max(0.0, (between - within) / whole) if whole else 0.0
