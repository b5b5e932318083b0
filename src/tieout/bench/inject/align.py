"""Where a place of an article stands in its text as read."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

Place = Callable[[int], int]


def aligned(source: str, read: str) -> Place:
    """From places in the source to places in the text as read, which lost nothing but marks and white space.

    Raises ValueError where letters or digits were lost as well.
    """
    places = [at for at, char in enumerate(read) if char.isalnum()]
    counts = list(accumulate((char.isalnum() for char in source), initial=0))
    if counts[-1] != len(places):
        raise ValueError(f"the text read has {len(places)} letters and digits, the source {counts[-1]}")

    def place(at: int) -> int:
        before = counts[at]
        return places[before] if source[at].isalnum() else places[max(before - 1, 0)] + 1

    return place
