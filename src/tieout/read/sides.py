"""Two companies with a number each, of the one measure told: which number and which time is on whose side.

A sentence that sets two companies side by side has two sides, whatever its words: in each stands one company,
one number and mostly a time of its own. Where every word of it is known and nothing else is named, the order
of companies and numbers tells where one side ends and the other begins.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.read.beside import is_against, sure_owner
from tieout.read.closed import PLAIN, TELLING
from tieout.read.draft import TOLD_BEFORE, Side, Subject
from tieout.read.firm import ACTS, COMPARING
from tieout.read.memory import Memory
from tieout.read.periods import PeriodMention
from tieout.read.scan import Scan
from tieout.read.scenario import is_tolerance
from tieout.read.shape import Shape, Token
from tieout.read.stand_in import ENDS, SAYS
from tieout.read.strangers import stands_for_company
from tieout.read.subject import Subjects, fits
from tieout.read.wordlist import words

TWO = 2

MOVING = frozenset({"up", "down", "yoy", "qoq"})
"""Cues of a number that tells how something moved."""

NEAR = 16
"""Characters within which a qualifier stands by the measure's name."""

_DENYING = frozenset(["not", "neither", "nor", "never", "without", "none", "no", "whether", "unless"])
_PARTING = frozenset(
    [",", ";", ":", "—", "|", ")", "and", "but", "while", "whereas", "where", "against", "versus", "vs", "to"]
) | {"with", "beside", "alongside", "next", "compared", "than", "then", "meanwhile", "over"}
"""Signs that part one side from the other."""
_PASSING = words("passing")
_OF_IT = re.compile(
    r"\bof\s+(?:which|that|this|it|those|these|them)\b(?!\s+(?:of|at|for)\b)|(?<!\ba\s)(?<!\bper\s)\bshare\b",
    re.IGNORECASE,
)
"""Words of a part of what was told: "of which", "its share"."""
_TRILLION = re.compile(r"\S+(?:\s+trillion|[Tt]n?)\b")
_LEFT_OVER = re.compile(r"\s+left\b")
_TOWARDS = frozenset(
    ["next", "compared", "relative", "close", "closer", "closest", "over", "on", "turn", "turning"]
)
"""Words before a "to" that leads to the other company, and sends nothing to it."""
_KNOWN = PLAIN | COMPARING | words("beside") | words("opens_side") | words("side_by_side")
_TO_COMPARE = re.compile(
    r"\s+be\s+(?:set|put|placed|held|laid|lined\s+up|compared|matched|stacked|read|seen)\b"
)
"""What a reader can do with two numbers: "can be set against"."""
_PLACING = frozenset(["in", "for", "at", "the", "of", "end", "as", "on", "during", "("])
_BRACKETS = re.compile(r"\([^()]*\)")


def sides(
    scan: Scan, shape: Shape | None, memory: Memory, catalogue: Catalogue, block: int
) -> tuple[Side, ...]:
    """The side of either number, in their order; none where the sentence does not set two side by side."""
    if shape is None or not _is_plain(scan):
        return ()
    if len(scan.numbers) == 1:
        return _other_side(scan, shape, memory, catalogue, block)
    if len(scan.numbers) != TWO:
        return ()
    owners, subject = _owners(scan, shape), _measure(scan, shape, memory, catalogue)
    companies = [token.mention.value for token in owners if token.mention is not None]
    if subject is None or "" in companies or len(set(companies)) != TWO:
        return ()
    sure = [sure_owner(shape, index) for index in range(TWO)]
    if any(own not in (None, it) for own, it in zip(sure, companies, strict=True)):
        return ()
    against = any(is_against(shape, at) or is_tolerance(scan, at) for at in range(TWO))
    times = _times(scan, shape)
    if against or times is None or not all(fits(subject, number, catalogue) for number in scan.numbers):
        return ()
    return tuple(
        Side(owner, "" if sure[index] else companies[1 - index], times[index], subject)
        for index, owner in enumerate(companies)
    )


def _other_side(
    scan: Scan, shape: Shape, memory: Memory, catalogue: Catalogue, block: int
) -> tuple[Side, ...]:
    """The side of a sentence that sets another company beside the one told: "Y's ran to $3 billion"."""
    told, number = memory.told, scan.numbers[0]
    companies = {t.mention.value for t in shape.tokens if t.sign in ("E", "ES") and t.mention is not None}
    if told is None or memory.asked or memory.told_block != block or len(companies) != 1 or scan.names:
        return ()
    if any(_passes(shape, place) for place in _places(shape)):
        return ()
    owner, before = companies.pop(), memory.main if told.entity is None else told.entity
    worth = _TRILLION.match(scan.text, number.span.start)  # what a company is worth, mostly
    against = is_against(shape, 0) or is_tolerance(scan, 0) or worth is not None
    if owner in ("", before) or against or not fits(told, number, catalogue):
        return ()
    times = scan.periods
    if len(times) != 1 or times[0].kind == "relative" or any(m.kind == "tag" for m in scan.mentions):
        return ()
    known = [m.span for m in scan.mentions] + [p.span for p in times]
    acting = {w.lower for w in scan.words if not any(span.overlaps(w.span) for span in known)} & (ACTS | ENDS)
    return () if acting - SAYS else (Side(owner, "", times[0], _again(told, scan)),)


def _again(told: Subject, scan: Scan) -> Subject:
    """The measure told before, once more."""
    return replace(told, span=scan.numbers[0].span, why=(*told.why, TOLD_BEFORE))


def _is_plain(scan: Scan) -> bool:
    """Whether every word is known, and no number is said to have moved, to be planned or not to be so."""
    cues = (c for c in scan.cues if c.text != "can" or not _TO_COMPARE.match(scan.text, c.span.end))
    if any(TELLING.isdisjoint(c.value.split()) or MOVING & set(c.value.split()) for c in cues):
        return False
    known = [m.span for m in scan.mentions] + [p.span for p in scan.periods] + [n.span for n in scan.numbers]
    told = [w.lower for w in scan.words if not any(span.overlaps(w.span) for span in known)]
    start, end = scan.span.start, scan.span.end
    left = any(_LEFT_OVER.match(scan.text, n.span.end, end) for n in scan.numbers)
    if left or _OF_IT.search(scan.text, start, end) or not _PASSING.isdisjoint(told):
        return False
    return _DENYING.isdisjoint(told) and all(
        word in _KNOWN or word.endswith("ly") or stands_for_company(word) for word in told
    )


def _measure(scan: Scan, shape: Shape, memory: Memory, catalogue: Catalogue) -> Subject | None:
    """The one measure that the sentence names, or the one before it without a number; None for several."""
    named = [t.mention for t in shape.tokens if t.sign == "M" and t.mention is not None]
    metrics = [m for m in named if m.kind == "metric"]
    tags = [m.span for m in scan.mentions if m.kind == "tag"]
    if len(metrics) != len(named) or len({m.value for m in metrics}) > 1:
        return None
    if not scan.names:
        told = memory.told if memory.asked and not tags else None
        if told is None or told.entity is not None:
            return None
        return _again(told, scan)
    if not metrics:
        return None
    subject = Subjects(scan, catalogue).build(metrics[:1], scan.span)
    near = subject.span or metrics[0].span
    return subject if all(near.start - t.end < NEAR and t.start - near.end < NEAR for t in tags) else None


def _owners(scan: Scan, shape: Shape) -> tuple[Token, ...]:
    """The company of either number, in the numbers' order; none where the order does not tell."""
    places = _places(shape)
    told = [shape.tokens[place] for place in places]
    companies = tuple(t for t in told if t.mention is not None)
    if len(told) != TWO + TWO or len(companies) != TWO:
        return ()
    aside = _aside(scan, told)
    if aside is not None:
        held = [t for t in told if aside.encloses(t.span)]
        own = [t for t in held if t.mention is not None]
        if len(held) != TWO or len(own) != 1:
            return ()
        other = next(t for t in companies if t is not own[0])
        return tuple(own[0] if t in held else other for t in told if t.mention is None)
    order = "".join("N" if t.mention is None else "C" for t in told)
    if order != "CCNN" and any(_passes(shape, place) for place in places):
        return ()
    if order == "CCNN":
        runs = [shape.tokens[place - 1].sign for place in places] == ["from", "to", "from", "to"]
        return companies if runs else ()
    parted = {t.sign for t in shape.tokens[places[1] + 1 : places[2]]} & _PARTING
    return companies if parted and order != "NNCC" else ()


def _passes(shape: Shape, place: int) -> bool:
    """Whether something comes from the company at a place, or goes to it: "sales to Y"."""
    token, ahead = shape.tokens[place], shape.tokens[max(place - 2, 0) : place]
    last = ahead[-1].sign if ahead and token.sign == "E" else ""
    return last == "from" or (last == "to" and ahead[0].sign not in _TOWARDS)


def _places(shape: Shape) -> list[int]:
    """Where companies and numbers stand in a row of signs."""
    return [place for place, t in enumerate(shape.tokens) if t.sign in ("E", "ES") or t.index >= 0]


def _aside(scan: Scan, told: list[Token]) -> Span | None:
    """The one pair of brackets that holds any of the companies and numbers."""
    pairs = [Span(*m.span()) for m in _BRACKETS.finditer(scan.text, scan.span.start, scan.span.end)]
    held = [pair for pair in pairs if any(pair.encloses(t.span) for t in told)]
    return held[0] if len(held) == 1 else None


def _times(scan: Scan, shape: Shape) -> tuple[PeriodMention | None, PeriodMention | None] | None:
    """The time told on either side; None where one side may have both of two, or more are told."""
    if len(scan.periods) > TWO or any(p.kind == "relative" for p in scan.periods):
        return None
    if len(scan.periods) < TWO:
        return (None, None)
    one, other = scan.periods
    told = [shape.tokens[place] for place in _places(shape)]
    aside = _aside(scan, told)
    if aside is not None:
        inner = aside.encloses(scan.numbers[0].span)
        if aside.encloses(one.span) is aside.encloses(other.span):
            return None
        return (one, other) if aside.encloses(one.span) is inner else (other, one)
    if one.span.start >= told[-1].span.end:
        return one, other  # "$5 billion at X and $3 billion at Y in Q1 and Q2"
    parted = any(
        _part(pair, one.span, other.span) for pair in (told[::TWO], told[1::TWO], told[:TWO], told[TWO:])
    )
    doubled = other.span.end <= told[TWO].span.start and one.span.end <= told[1].span.end
    if not parted or (doubled and _right_behind(shape, told[1].span.end, other.span)):
        return None
    return one, other


def _part(pair: list[Token], one: Span, other: Span) -> bool:
    """Whether two times stand by one each of two signs, each before it or each behind it."""
    first, second = (t.span for t in pair)
    before = one.end <= first.start and first.end <= other.start and other.end <= second.start
    behind = first.end <= one.start and one.end <= second.start and second.end <= other.start
    return before or behind


def _right_behind(shape: Shape, start: int, period: Span) -> bool:
    """Whether a time stands right behind a place: "$5 billion in the quarter ended"."""
    between = (t.sign for t in shape.tokens if start <= t.span.start and t.span.end <= period.start)
    return _PLACING.issuperset(between)
