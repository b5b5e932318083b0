"""Findings to labels, one to one: the assignment that agrees best in place and value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tieout.bench.labels import Label
from tieout.core.article import Span
from tieout.core.claim import Claim, Relation
from tieout.core.finding import Finding

EQUAL, INSIDE, IN_ORDER, OVERLAP = 1_000_000, 10_000, 3_000, 1_000
"""What agreement is worth: of value, of the number's place, of the quote's turn, of the words shared."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label's quote stands: every occurrence, and the one whose turn it is."""

    spans: tuple[Span, ...]
    turn: Span | None


def matches(labels: Sequence[Label], findings: Sequence[Finding], text: str) -> tuple[int | None, ...]:
    """For each label the position of its finding, None where no finding fits it."""
    places = located(labels, text)
    worth = [
        [_worth(label, place, finding.claim) for finding in findings]
        for label, place in zip(labels, places, strict=True)
    ]
    return assigned(worth)


def located(labels: Sequence[Label], text: str) -> tuple[Place, ...]:
    """Where each quote stands, white space aside; a quote that stands twice is taken in the labels' order."""
    found: list[Place] = []
    used: set[tuple[str, int]] = set()
    last = 0
    for label in labels:
        spans = _occurrences(label.quote, text)
        free = [span for span in spans if (label.quote, span.start) not in used] or list(spans)
        turn = next((span for span in free if span.start >= last), free[0] if free else None)
        if turn is not None:
            used.add((label.quote, turn.start))
            last = turn.start
        found.append(Place(spans, turn))
    return tuple(found)


def _occurrences(quote: str, text: str) -> tuple[Span, ...]:
    words = quote.split()
    if not words:
        return ()
    pattern = r"\s+".join(re.escape(word) for word in words)
    return tuple(Span(*hit.span()) for hit in re.finditer(pattern, text))


def _worth(label: Label, place: Place, claim: Claim) -> int:
    """How well a claim fits a label; 0 where it cannot be meant."""
    best = max(
        (
            _nearness(span, claim) + (IN_ORDER if span == place.turn else 0)
            for span in place.spans
            if span.overlaps(claim.span) or span.encloses(claim.number)
        ),
        default=0,
    )
    if not best:
        return 0
    if label.value is None:
        wordy = (
            claim.said is None
            or claim.direction is not None
            or claim.relation in (Relation.COMPARISON, Relation.DIRECTION)
        )
        return best + (INSIDE if wordy and claim.said is None else 0) if wordy else 0
    if claim.said is None:
        return best
    return EQUAL + best if same_value(label, claim) else 0


def _nearness(span: Span, claim: Claim) -> int:
    shared = min(span.end, claim.span.end) - max(span.start, claim.span.start)
    union = max(span.end, claim.span.end) - min(span.start, claim.span.start)
    inside = INSIDE if span.encloses(claim.number) else INSIDE // 2 if span.overlaps(claim.number) else 0
    return 1 + inside + max(0, shared) * OVERLAP // max(1, union)


def same_value(label: Label, claim: Claim) -> bool:
    """Whether the numbers agree within half a unit of the last digit written, signs aside.

    "Doubled" is a growth of 1 and a multiple of 2; either end of a range will do.
    """
    said = claim.said
    if said is None or label.value is None:
        return False
    told = [value for value in (label.value, label.value_high) if value is not None]
    read = [value for value in (said.value, said.value_high) if value is not None]
    shift = Decimal(label.unit == "ratio") - Decimal(said.unit == "ratio")
    pairs = {(a, b) for a in told for b in read}
    if {label.unit, said.unit} == {"x", "ratio"}:
        pairs |= {(a + shift, b) for a in told for b in read}
    return any(abs(abs(a) - abs(b)) <= _half_unit(b, said.figures) for a, b in pairs)


def _half_unit(value: Decimal, figures: int) -> Decimal:
    if not value:
        return Decimal(0)
    return Decimal(5).scaleb(value.adjusted() - (figures or 2))


def assigned(worth: Sequence[Sequence[int]]) -> tuple[int | None, ...]:
    """For each row its column in the assignment worth most; None where a row's share would be 0.

    The Hungarian method on a square matrix, the worth as negative cost.
    """
    rows, columns = len(worth), max((len(row) for row in worth), default=0)
    size = max(rows, columns)
    cost = [[-worth[i][j] if i < rows and j < columns else 0 for j in range(size)] for i in range(size)]
    column_of = _hungarian(cost)
    return tuple(
        column_of[i] if column_of[i] < columns and worth[i][column_of[i]] > 0 else None for i in range(rows)
    )


def _hungarian(cost: Sequence[Sequence[int]]) -> list[int]:
    """The column of each row in a cheapest complete assignment of a square matrix."""
    size = len(cost)
    row_price, column_price = [0] * (size + 1), [0] * (size + 1)
    row_at = [0] * (size + 1)
    for row in range(1, size + 1):
        row_at[0], at = row, 0
        slack: list[int | None] = [None] * (size + 1)
        came_from, done = [0] * (size + 1), [False] * (size + 1)
        while row_at[at]:
            done[at] = True
            near, step = 0, None
            for column in range(1, size + 1):
                if done[column]:
                    continue
                reduced = cost[row_at[at] - 1][column - 1] - row_price[row_at[at]] - column_price[column]
                known = slack[column]
                if known is None or reduced < known:
                    slack[column], came_from[column], known = reduced, at, reduced
                if step is None or known < step:
                    near, step = column, known
            for column in range(size + 1):
                known = slack[column]
                if done[column]:
                    row_price[row_at[column]] += step or 0
                    column_price[column] -= step or 0
                elif known is not None:
                    slack[column] = known - (step or 0)
            at = near
        while at:
            row_at[at] = row_at[came_from[at]]
            at = came_from[at]
    column_of = [0] * size
    for column in range(1, size + 1):
        column_of[row_at[column] - 1] = column - 1
    return column_of
