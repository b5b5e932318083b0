"""What else a number could be a number of: the other measures and periods its sentence names.

Where the words tie number and name closely there is no rival. Elsewhere each rival becomes a
reading that cannot be ruled out: if it is true, the claim is left alone.
"""

from __future__ import annotations

import re

from tieout.core.article import Span
from tieout.core.calendar import QUARTERS
from tieout.core.measure import Dimensions
from tieout.read.bases import is_base_period
from tieout.read.draft import Rival, Subject
from tieout.read.periods import PeriodMention
from tieout.read.scan import Scan

MOST = 30

_OF_IT = re.compile(
    r"\s+(?:(?:in|for|of|during|as\s+of|by)\s+(?:the\s+)?|(?:at|by|as\s+of)\s+the\s+(?:end|close)\s+of\s+(?:the\s+)?|on\s+)"
)
"""What joins a number to the time right behind it: "$102.5 billion in Q3"."""

_APPOSED = re.compile(r"\s*[,(]\s*(?:the\s+)?")

CLAUSE = frozenset(["while", "whereas", "but", "although", "though", "because"])
"""Words that open another clause."""


def rival_measures(
    scan: Scan, subject: Subject, earlier: Subject | None, spoken: Dimensions, *, firm: bool
) -> tuple[Rival, ...]:
    """Other (metrics, dimensions) the sentence, the sentence before or the heading name."""
    metrics = dict.fromkeys([subject.metrics])
    dimensions = dict.fromkeys([subject.dimensions])
    if not firm:
        metrics |= _metrics_named(scan, earlier)
    if not firm or not subject.own_dimensions:
        dimensions |= _members_named(scan, earlier, spoken)
    both = [(m, d) for m in metrics for d in dimensions if (m, d) != (subject.metrics, subject.dimensions)]
    return tuple(both[:MOST])


def _metrics_named(scan: Scan, earlier: Subject | None) -> dict[tuple[str, ...], None]:
    found = dict.fromkeys(n.meaning.metrics for n in scan.names if n.kind == "metric" or n.meaning.metrics)
    if earlier is not None and earlier.metrics:
        found[earlier.metrics] = None
    if any(name.kind == "member" and not name.meaning.metrics for name in scan.names):
        found[("revenue",)] = None
    return found


def _members_named(scan: Scan, earlier: Subject | None, spoken: Dimensions) -> dict[Dimensions, None]:
    found: dict[Dimensions, None] = {(): None}
    for name in scan.names:
        if name.kind == "member":
            found[tuple(pair for pair in name.meaning.dimensions if pair[0] != "product")] = None
    found[spoken] = None
    if earlier is not None:
        found[earlier.dimensions] = None
    return found


def rival_periods(scan: Scan, period: PeriodMention | None, number: Span) -> tuple[PeriodMention, ...]:
    """The other periods the sentence names; of its clause alone where the number has one of its own there."""
    others = [p for p in scan.periods if p is not period and (p.explicit or not is_base_period(scan, p))]
    if period is not None and period.explicit and period.kind != "year":
        if _OF_IT.fullmatch(scan.text, number.end, max(number.end, period.span.start)):
            return ()
        others = [p for p in others if not _is_the_same(scan, period, p)]
    if period is None or not _together(scan, period.span, number):
        return tuple(others)
    return tuple(p for p in others if _together(scan, p.span, number))


def _is_the_same(scan: Scan, period: PeriodMention, other: PeriodMention) -> bool:
    """Whether a quarter's label and the date it ended say of each other what they are: "Q1 (ended May 2)"."""
    first, second = sorted((period, other), key=lambda p: p.span)
    kinds = {period.kind, other.kind}
    ended = period if period.kind == "ended" else other
    label = other if ended is period else period
    return (
        kinds == {"part", "ended"}
        and ended.part == "Q1"
        and label.part in QUARTERS
        and _APPOSED.fullmatch(scan.text, first.span.end, second.span.start) is not None
    )


def _together(scan: Scan, one: Span, other: Span) -> bool:
    """Whether no word that opens another clause stands between two places of a sentence."""
    first = min(one.end, other.end)
    return CLAUSE.isdisjoint(scan.lower_in(Span(first, max(one.start, other.start, first))))
