"""Where a place of an article stands in its text as read."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate

_OPENS = re.compile(r"[-+~≈$€£(]+(?=\w)")
"""Marks that a number begins with."""

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
        if source[at].isalnum():
            return places[before]
        opens = _OPENS.match(source, at)  # "$4": with what follows it, and not with what stands before
        if opens is not None:
            return places[before] - (opens.end() - at)
        return places[max(before - 1, 0)] + 1

    return place
