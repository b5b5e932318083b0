"""Sentences that can be about nothing but the one measure they name, in whatever order they tell of it."""

from __future__ import annotations

import re
from itertools import pairwise

from tieout.core.article import Span
from tieout.read.draft import Subject
from tieout.read.firm import ANAPHORS, CARRYING, HEADS, LINKS
from tieout.read.scan import Scan
from tieout.read.strangers import stands_for_company
from tieout.read.wordlist import words

PLAIN = (words("plain") | LINKS | CARRYING | ANAPHORS | HEADS) - words("turning")
"""Words that bring nothing else into a sentence that a number could be of."""

PHRASES = re.compile(
    r"\b(?:cross(?:ed|es)\s+the\s+(?:tape|wires?|desk)|hit\s+the\s+(?:tape|wires?)|tipp(?:ed|s)\s+the\s+scales?|(?:came|comes)\s+to\s+rest"
    r"|(?:the|all\s+the)\s+dust\s+(?:had|has)\s+settled|no\s+need\s+to\s+guess(?:\s+any\s+longer)?|not\s+to\s+be\s+(?:overlooked|missed|forgotten)"
    r"|moves?\s+on|no\s+more,?\s+no\s+less|put(?:ting|s)?\s+(?:\w+\s+)?aside|leaving\s+(?:\w+\s+){1,5}aside|want(?:s|ed)?\s+to\s+(?:know|see|remember|note)"
    r"|among\s+the\s+(?:\w+\s+)?(?:figures|numbers|items|lines)|through\s+time|balance\s+sheet|income\s+statement"
    r"|(?:never|hardly)\s+shy|scroll\s+down|this\s+column|for\s+years)\b",
    re.IGNORECASE,
)
"""Set phrases of words that would say more elsewhere."""

TELLING = frozenset({"up", "down", "level", "yoy", "qoq", "idiom"})
"""Cues of what has happened; all others speak of plans, guesses and opinions."""

TOGETHER = 2
"""The most numbers of a closed sentence that names no time for each."""


def is_closed(scan: Scan, subject: Subject, name: Span | None) -> bool:
    """Whether every word of the sentence is known, and one measure of one company all that it names.

    Where name and number stand is no matter then: "How much? $3.2 billion, if the question is revenue".
    `name`: where the measure is named, by the subject itself or by the number before it.
    """
    if name is None or not any(each.kind == "metric" and each.span.overlaps(name) for each in scan.names):
        return False
    if not all(name.encloses(each.span) for each in scan.names):
        return False
    if not each_dated(scan) and (len(scan.numbers) > TOGETHER or subject.span is None):
        return False
    companies = {m.value for m in scan.mentions if m.kind == "entity"}
    first = scan.numbers[0].span
    if name.start >= first.end and any(
        m.kind == "entity" and m.span.end <= first.start for m in scan.mentions
    ):
        return False  # "Acme gave $1.3 billion back, with revenue in hand"
    if len(companies) > 1 or any(TELLING.isdisjoint(cue.value.split()) for cue in scan.cues):
        return False
    known = [m.span for m in scan.mentions] + [p.span for p in scan.periods] + [n.span for n in scan.numbers]
    known += [Span(m.start(), m.end()) for m in PHRASES.finditer(scan.text, scan.span.start, scan.span.end)]
    return all(
        w.lower in PLAIN or w.lower.endswith("ly") or stands_for_company(w.lower)
        for w in scan.words
        if not any(span.overlaps(w.span) for span in known)
    )


def each_dated(scan: Scan) -> bool:
    """Whether numbers of one kind and as many times take turns: "$2 billion in Q1, $3 billion in Q2"."""
    numbers, times = scan.numbers, [p for p in scan.periods if p.explicit]
    if len(numbers) < TOGETHER or len(times) != len(numbers) or len(scan.periods) != len(times):
        return False
    if (
        len({number.kind for number in numbers}) > 1
        or numbers[0].kind not in ("money", "percent")
        or scan.cues
    ):
        return False
    turns = sorted([(n.span.start, 0) for n in numbers] + [(t.span.start, 1) for t in times])
    return all(one[1] != other[1] for one, other in pairwise(turns))
