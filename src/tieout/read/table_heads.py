"""Column heads that take several rows: "Three Months Ended" above "June 28, 2025" is one period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tieout.core.article import Span
from tieout.read.periods import PeriodMention, period_mentions
from tieout.read.scan import Scan


def stacked(above: Sequence[Scan | None], cell: Scan, column: int) -> PeriodMention | None:
    """The period that a head gives together with those above it in its column; None where they give none.

    A head below that names a stretch of its own stands alone.
    """
    own = cell.periods[0] if cell.periods else None
    if own is not None and own.kind in ("part", "ended", "relative"):
        return own
    over = above[column] if column < len(above) else None
    if over is None:
        return own
    joined = f"{_words(over)} {_words(cell)}"
    found = period_mentions(joined, Span(0, len(joined)))
    whole = next((each for each in found if each.kind in ("part", "ended")), None)
    return own if whole is None else replace(whole, span=cell.span)


def _words(cell: Scan) -> str:
    return cell.text[cell.span.start : cell.span.end].strip().rstrip(",:")
