"""What was not taken in, and why: nothing is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skipped:
    """`count` things of one kind that were left out, for one reason.

    `what` is the kind, in a word or two and the plural ("text facts", "filings"); `why` finishes the sentence
    ("before inline XBRL"), so that equal ones can be counted together.
    """

    what: str
    why: str
    count: int = 1


def together(skipped: Iterable[Skipped]) -> tuple[Skipped, ...]:
    """The same, equal kinds and reasons counted together, the most frequent first."""
    counts: dict[tuple[str, str], int] = {}
    for each in skipped:
        counts[each.what, each.why] = counts.get((each.what, each.why), 0) + each.count
    found = (Skipped(what, why, count) for (what, why), count in counts.items() if count)
    return tuple(sorted(found, key=lambda each: (-each.count, each.what, each.why)))


def total(skipped: Iterable[Skipped]) -> int:
    """How many things were skipped."""
    return sum(each.count for each in skipped)
