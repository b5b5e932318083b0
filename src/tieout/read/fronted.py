"""Numbers put before what they are told of: "From $25.0 billion, revenue rose to $29.8 billion"."""

from __future__ import annotations

from dataclasses import replace

from tieout.core.article import Span
from tieout.read.draft import Subject
from tieout.read.scan import Scan
from tieout.read.subject import Subjects
from tieout.read.wordlist import words
from tieout.read.words import Mention

OPENERS = words("openers")
"""Words a sentence begins with that leave what it is told of to the clause behind the comma."""


def fronted(scan: Scan) -> Span | None:
    """The stretch a sentence begins with that holds numbers and names no measure of theirs; None without one.

    It ends at the comma behind which the main clause names the measure before any further number.
    """
    if not scan.numbers or not scan.words or scan.words[0].lower not in OPENERS:
        return None
    head = scan.clause(Span(scan.numbers[0].span.end, scan.span.end))
    if scan.text[head.end : head.end + 1] != ",":
        return None
    opening = Span(scan.span.start, head.end)
    if any(opening.encloses(name.span) for name in scan.names):
        return None
    return opening if _named(scan, opening) is not None else None


def reading_order(scan: Scan, opening: Span | None) -> list[int]:
    """The numbers in the order in which each can be told: those put first after the one they lead up to."""
    every = list(range(len(scan.numbers)))
    if opening is None:
        return every
    first = [index for index in every if opening.encloses(scan.numbers[index].span)]
    rest = every[len(first) :]
    return [*rest[:1], *first, *rest[1:]]


def told_behind(scan: Scan, opening: Span, subjects: Subjects) -> Subject | None:
    """The measure that the clause behind the opening names first."""
    name = _named(scan, opening)
    if name is None:
        return None
    end = next((n.span.start for n in scan.numbers if n.span.start >= opening.end), scan.span.end)
    built = Subjects(scan, subjects.catalogue).ahead(Span(opening.end, max(end, name.span.end)))
    return None if built is None else replace(built, why=(*built.why, "named behind what stands first"))


def _named(scan: Scan, opening: Span) -> Mention | None:
    """The first name behind the opening, if no number stands before it."""
    behind = [name for name in scan.names if name.span.start >= opening.end]
    number = next((n.span.start for n in scan.numbers if n.span.start >= opening.end), scan.span.end)
    return behind[0] if behind and behind[0].span.start < number else None
