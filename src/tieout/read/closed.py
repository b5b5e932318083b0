"""Sentences that can be about nothing but the one measure they name, in whatever order they tell of it."""

from __future__ import annotations

from tieout.read.draft import Subject
from tieout.read.firm import ANAPHORS, CARRYING, HEADS, LINKS
from tieout.read.scan import Scan
from tieout.read.strangers import stands_for_company
from tieout.read.wordlist import words

PLAIN = (words("plain") | LINKS | CARRYING | ANAPHORS | HEADS) - words("turning")
"""Words that bring nothing else into a sentence that a number could be of."""

TELLING = frozenset({"up", "down", "level", "yoy", "qoq"})
"""Cues of what has happened; all others speak of plans, guesses and opinions."""

TOGETHER = 2
"""The most numbers of a closed sentence: a measure now and before, or its level and its change."""


def is_closed(scan: Scan, subject: Subject) -> bool:
    """Whether every word of the sentence is known, and one measure of one company all that it names.

    Where name and number stand is no matter then: "How much? $3.2 billion, if the question is revenue".
    """
    if subject.span is None or len(scan.names) != 1:
        return False
    if not any(name.kind == "metric" and name.span.overlaps(subject.span) for name in scan.names):
        return False
    if len(scan.numbers) > TOGETHER:
        return False
    companies = {m.value for m in scan.mentions if m.kind == "entity"}
    if len(companies) > 1 or any(TELLING.isdisjoint(cue.value.split()) for cue in scan.cues):
        return False
    known = [m.span for m in scan.mentions] + [p.span for p in scan.periods] + [n.span for n in scan.numbers]
    return all(
        w.lower in PLAIN or w.lower.endswith("ly") or stands_for_company(w.lower)
        for w in scan.words
        if not any(span.overlaps(w.span) for span in known)
    )
