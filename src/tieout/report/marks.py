"""Which stretches of an article carry which findings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from tieout.core.article import Article, Block, Span
from tieout.core.finding import Check, Verdict

SIGNS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.SUPPORTED: ("✓", "+"),
    Verdict.CONTRADICTED: ("✗", "X"),
    Verdict.WRONG_PERIOD: ("✗", "X"),
    Verdict.WRONG_METRIC: ("✗", "X"),
    Verdict.WRONG_SCALE: ("✗", "X"),
    Verdict.STALE: ("✗", "X"),
    Verdict.UNVERIFIABLE: ("?", "?"),
    Verdict.OPINION: ("~", "~"),
}
"""The sign of a verdict, and the one for streams that know only ASCII."""

STYLES: Mapping[Verdict, str] = {
    Verdict.SUPPORTED: "green",
    Verdict.CONTRADICTED: "bold red",
    Verdict.WRONG_PERIOD: "bold red",
    Verdict.WRONG_METRIC: "bold red",
    Verdict.WRONG_SCALE: "bold red",
    Verdict.STALE: "bold magenta",
    Verdict.UNVERIFIABLE: "yellow",
    Verdict.OPINION: "dim",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text and the findings on it, by their position in the check."""

    span: Span
    findings: tuple[int, ...]


def marks(check: Check) -> tuple[Mark, ...]:
    """A mark for each claim's number, in the order of the text; marks that overlap are one."""
    found: list[Mark] = []
    order = sorted(range(len(check.findings)), key=lambda i: check.findings[i].claim.number)
    for index in order:
        span = check.findings[index].claim.number
        if found and found[-1].span.overlaps(span):
            last = found.pop()
            span = Span(last.span.start, max(last.span.end, span.end))
            found.append(Mark(span, (*last.findings, index)))
        else:
            found.append(Mark(span, (index,)))
    return tuple(found)


def inside(span: Span, marked: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The marks that start in `span`, of marks in order."""
    first = bisect_left(marked, span.start, key=lambda mark: mark.span.start)
    after = bisect_left(marked, span.end, first, key=lambda mark: mark.span.start)
    return marked[first:after]


def pieces(span: Span, marked: tuple[Mark, ...]) -> Iterator[tuple[Span, Mark | None]]:
    """The stretches of `span` in order, marked and unmarked, none empty; a mark belongs where it starts."""
    at = span.start
    for mark in inside(span, marked):
        if mark.span.start > at:
            yield Span(at, mark.span.start), None
        yield mark.span, mark
        at = mark.span.end
    if at < span.end:
        yield Span(at, span.end), None


def worst(check: Check, mark: Mark) -> Verdict:
    """The verdict a mark is drawn with: the first that accuses, else the first."""
    found = [check.findings[index].verdict for index in mark.findings]
    return next((verdict for verdict in found if verdict.accuses), found[0])


def sign(verdict: Verdict, *, unicode: bool) -> str:
    """The verdict's sign."""
    return SIGNS[verdict][0 if unicode else 1]


def runs(article: Article) -> Iterator[tuple[str, list[Block]]]:
    """The article's blocks by kind; the items of a list and the rows of a table stand together."""
    blocks = article.blocks or ((Block("paragraph", Span(0, len(article.text))),) if article.text else ())

    def together(numbered: tuple[int, Block]) -> tuple[str, int]:
        index, block = numbered
        if block.kind == "table_row":
            return block.kind, block.table
        return block.kind, -1 if block.kind == "list" else index

    for (kind, _), run in groupby(enumerate(blocks), together):
        yield kind, [block for _, block in run]
