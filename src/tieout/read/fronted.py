"""Numbers put before what they are told of: "From $25.0 billion, revenue rose to $29.8 billion"."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.core.article import Span
from tieout.read.bases import last_words
from tieout.read.draft import Subject
from tieout.read.firm import CARRYING, LINKS
from tieout.read.memory import Sentence
from tieout.read.scan import Scan
from tieout.read.signs import sign_of
from tieout.read.subject import Subjects
from tieout.read.wordlist import words
from tieout.read.words import Mention

SAFE = words("safe")
TALES = words("tales")
"""Nouns that stand for a measure as it went: "the path of revenue"."""

_THAT_IS = re.compile(
    r"\s*[–—:,;.-]\s+(?:and\s+|so\s+)?(?:that|this|it|such|those|these|here)(?:,\s[a-z\s]{2,30},)?"
    r"(?:['’]s|\s+(?:is|was|are|were|marks|marked|represents|represented)|(?<=\bthat|\bthis)\s+much)\b"
    r"|\s*[–—:,;.-]\s+(?:by\s+)?so\s+much\b",
    re.IGNORECASE,
)
"""How a sentence takes up a number that stands alone before it."""

_HEDGES = frozenset(["about", "around", "roughly", "nearly", "almost", "some", "just", "over", "a", "only"])
_LEVELS = frozenset(
    [
        "base",
        "low",
        "high",
        "peak",
        "level",
        "figure",
        "total",
        "record",
        "comparable",
        "mark",
        "trough",
        "sum",
        "count",
    ]
)
"""Nouns that a number put first may be of, and leave what it measures to the clause behind."""

_IT_WAS = re.compile(r"It\s+(?:was|is)\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_IS_WHAT = re.compile(r"\s+(?:is|was|were|are)\s+(?:what|how\s+much)\s", re.IGNORECASE)
_TO_SHOW = frozenset(
    ["had", "has", "have", "to", "show", "put", "down", "under", "can", "call", "calls", "called", "lists"]
)
_THAT = re.compile(r"\s+(?:that|which)\s")

MADE = (
    (words("says") | words("past_verbs") | words("owners"))
    - {"gave", "carried", "returned", "dropped", "fell", "declined", "slipped", "grew", "increased", "rose"}
) | {"it", "they", "the", "its", "in", "as", "of", "took", "brought", "total", "for", "up", "s", "out"}
"""Words by which a company is said to have made a figure."""

_OF_SUBJECTS = frozenset(
    ["a", "share", "per", "by", "for", "in", "the", "its", "their", "our", "s", "company", "as", "of"]
)
"""Words between a number and the subject of the main clause behind it."""

OPENERS = words("openers")
"""Words a sentence begins with that leave what it is told of to the clause behind the comma."""


def fronted(scan: Scan) -> Span | None:
    """The stretch a sentence begins with that holds numbers and names no measure of theirs; None without one.

    It ends at the comma behind which the main clause names the measure before any further number.
    """
    if not scan.numbers or not scan.words:
        return None
    opening = _cleft(scan) or _what(scan) or _taken_up(scan) or _adverbial(scan)
    if opening is None or any(opening.encloses(name.span) for name in scan.names):
        return None
    return opening if _named(scan, opening) is not None else None


def _cleft(scan: Scan) -> Span | None:
    """The stretch of a number put first for weight: "It was $25 billion that Acme made in revenue"."""
    number = scan.numbers[0].span
    begins = _IT_WAS.fullmatch(scan.text, scan.span.start, number.start)
    that = _THAT.match(scan.text, number.end, scan.span.end)
    name = next((each for each in scan.names if that is not None and each.span.start >= that.end()), None)
    if begins is None or that is None or name is None:
        return None
    known = [m.span for m in scan.mentions if m.kind in ("entity", "tag")] + [p.span for p in scan.periods]
    between = [
        w.lower
        for w in scan.words_in(Span(that.end(), name.span.start))
        if not any(span.encloses(w.span) for span in known)
    ]
    plain = MADE.issuperset(between) and not {"in", "as", "of"}.isdisjoint(between)
    return Span(scan.span.start, number.end) if plain else None


def _what(scan: Scan) -> Span | None:
    """The stretch up to a number that is then said to be "what Acme had to show as revenue"."""
    at = next(
        (n.span for n in scan.numbers[:2] if _IS_WHAT.match(scan.text, n.span.end, scan.span.end)), None
    )
    is_what = None if at is None else _IS_WHAT.match(scan.text, at.end, scan.span.end)
    if at is None or is_what is None:
        return None
    name = next((each for each in scan.names if each.span.start >= is_what.end()), None)
    ahead = Span(scan.span.start, at.start)
    hedged = [w.lower for w in scan.words_in(ahead)]
    begins = scan.words[0].lower in OPENERS or _HEDGES.issuperset(hedged)
    if name is None or not begins:
        return None
    known = [m.span for m in scan.mentions if m.kind in ("entity", "tag")] + [p.span for p in scan.periods]
    gap = Span(is_what.end(), name.span.start)
    between = [w.lower for w in scan.words_in(gap) if not any(k.encloses(w.span) for k in known)]
    plain = (MADE | _TO_SHOW).issuperset(between) and not {"in", "as", "of", "under"}.isdisjoint(between)
    return Span(scan.span.start, at.end) if plain else None


def _adverbial(scan: Scan) -> Span | None:
    """The stretch from an opening word to its comma or colon: "From $25 billion to $30 billion: Dell"."""
    if scan.words[0].lower not in OPENERS:
        return None
    if _of_something(scan):
        return None
    if last_words(scan, 0)[-1:] == ["at"] and not _is_its_level(scan):
        return None
    head = scan.clause(Span(scan.numbers[0].span.end, scan.span.end))
    colon = scan.text.find(":", head.start, head.end)
    if colon >= 0:
        return Span(scan.span.start, colon)
    return Span(scan.span.start, head.end) if scan.text[head.end : head.end + 1] == "," else None


def _is_its_level(scan: Scan) -> bool:
    """Whether "at" and a number put first tell the level of what the main clause begins with: its subject.

    "At $25 billion, Acme's revenue was": yes. "At $25 a share, Acme is worth more than its revenue": no.
    """
    name = next((each for each in scan.names if each.kind == "metric"), None)
    head = scan.clause(Span(scan.numbers[0].span.end, scan.span.end))
    if name is None or name.span.start < head.end:
        return False
    known = [m.span for m in scan.mentions if m.kind in ("entity", "member", "tag")]
    known += [p.span for p in scan.periods]
    between = [
        w.lower
        for w in scan.words_in(Span(scan.numbers[0].span.end, name.span.start))
        if not any(span.encloses(w.span) for span in known)
    ]
    return _OF_SUBJECTS.issuperset(between)


def _of_something(scan: Scan) -> bool:
    """Whether a noun of its own has the first number: "Against spending on deals of $2 billion, revenue"."""
    ahead = scan.words_in(Span(scan.span.start, scan.numbers[0].span.start))
    while ahead and ahead[-1].lower in _HEDGES:
        ahead = ahead[:-1]
    if len(ahead) < 2 or ahead[-1].lower != "of":
        return False
    noun = ahead[-2]
    known = [m.span for m in scan.mentions] + [p.span for p in scan.periods] + [n.span for n in scan.numbers]
    plain = noun.lower in SAFE or noun.lower in LINKS or noun.lower in CARRYING or noun.lower in _LEVELS
    return not plain and not any(span.encloses(noun.span) for span in known)


def _taken_up(scan: Scan) -> Span | None:
    """The numbers that stand alone and are then taken up: "$25 billion - that's the revenue Dell gave"."""
    up = _THAT_IS.search(scan.text, scan.numbers[0].span.end, scan.span.end)
    if up is None:
        return None
    opening = Span(scan.span.start, up.start())
    passed = [p.span for p in scan.periods] + [n.span for n in scan.numbers]
    changes = [m.span for m in scan.cues if {"up", "down", "yoy", "qoq"} & set(m.value.split())]
    leading = [*passed, *changes]
    plain = [w.lower for w in scan.words_in(opening) if not any(span.encloses(w.span) for span in leading)]
    if not (CARRYING | {"plus", "minus"}).issuperset(plain):
        return None
    named = (name for name in scan.names if name.kind == "metric" and name.span.start >= up.end())
    name = next(named, None)
    if name is None:
        return None
    gap = Span(up.end(), name.span.start)
    if scan.clause(gap) != gap:
        return None
    known = [m.span for m in scan.mentions] + passed
    between = [w for w in scan.words_in(gap) if not any(k.encloses(w.span) for k in known)]
    return opening if all(w.lower in SAFE | LINKS | TALES for w in between) else None


def so_much(scan: Scan, opening: Span) -> int:
    """1 or -1 for a change put first whose verb stands behind: "19%: so much did revenue grow"; else 0."""
    up = _THAT_IS.match(scan.text, opening.end, scan.span.end)
    if up is None or not up.group().lower().endswith("much"):
        return 0
    signs = {sign_of(cue) for cue in scan.cues if cue.span.start >= up.end()} - {0}
    return signs.pop() if len(signs) == 1 else 0


def pair_periods(sentence: Sentence) -> None:
    """Give numbers put first the periods told behind, in order: "$25 billion to $30 billion: Q1 to Q2"."""
    opening, drafts = sentence.opening, sentence.drafts
    if opening is None:
        return
    first = [place for place, draft in enumerate(drafts) if opening.encloses(draft.number)]
    told = [p for p in sentence.scan.periods if p.explicit and p.span.start >= opening.end]
    undated = all(not opening.encloses(p.span) for p in sentence.scan.periods)
    put_first = _cleft(sentence.scan) or _taken_up(sentence.scan)
    alone = len(first) == 1 and drafts[first[0]].period is None and put_first is not None
    if (len(first) > 1 or alone) and len(told) == len(first) and undated:
        for place, period in zip(first, told, strict=True):
            drafts[place] = replace(drafts[place], period=period, period_shared=False)
    elif len(told) == 1 and len(first) == len(drafts) and any(drafts[place].earlier for place in first):
        for place in first:  # "$25 billion instead of $22 billion a year before - that is revenue for Q2"
            draft = drafts[place]
            own = draft.period if draft.earlier else told[0]
            drafts[place] = replace(draft, period=own, leads_to=told[0] if draft.earlier else None)
    if len(told) == 1 and not any(opening.encloses(p.span) for p in sentence.scan.periods if p.explicit):
        for place in first:
            if drafts[place].change is not None and drafts[place].period is None:
                drafts[place] = replace(drafts[place], period=told[0], period_shared=False)


def reading_order(scan: Scan, opening: Span | None) -> list[int]:
    """The numbers in the order in which each can be told: those put first after the one they lead up to."""
    every = list(range(len(scan.numbers)))
    if opening is None or _THAT_IS.match(scan.text, opening.end, scan.span.end):
        return every
    first = [index for index in every if opening.encloses(scan.numbers[index].span)]
    rest = every[len(first) :]
    return [*rest[:1], *first, *rest[1:]]


def told_behind(scan: Scan, opening: Span, subjects: Subjects) -> Subject | None:
    """The measure that the clause behind the opening names first."""
    name = _named(scan, opening)
    if name is None:
        return None
    ends = [n.span.start for n in scan.numbers if n.span.start >= opening.end]
    if last_words(scan, 0)[-1:] == ["at"]:  # its level: the main clause's subject, and no later name
        ends += [m.span.start for m in scan.names if m.kind == "metric" and m.span.start >= name.span.end]
    end = min(ends, default=scan.span.end)
    built = Subjects(scan, subjects.catalogue).ahead(
        Span(opening.end, scan.clause(Span(name.span.start, max(end, name.span.end))).end)
    )
    return None if built is None else replace(built, why=(*built.why, "named behind what stands first"))


def _named(scan: Scan, opening: Span) -> Mention | None:
    """The first name behind the opening, if no number stands before it."""
    behind = [name for name in scan.names if name.span.start >= opening.end]
    number = next((n.span.start for n in scan.numbers if n.span.start >= opening.end), scan.span.end)
    return behind[0] if behind and behind[0].span.start < number else None
