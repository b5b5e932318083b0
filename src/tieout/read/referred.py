"""What a sentence goes back to with a pronoun: "All eyes were on revenue. It came to $3.2 billion."."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.core.claim import Relation
from tieout.read.draft import Subject
from tieout.read.firm import ACTS, ANAPHORS, CARRYING, LINKS
from tieout.read.memory import Memory, Sentence
from tieout.read.periods import PeriodMention
from tieout.read.relation import Told
from tieout.read.scan import Scan
from tieout.read.signs import sign_of
from tieout.read.subject import Subjects
from tieout.read.times import EARLIER_TIMES, NOW
from tieout.read.wordlist import words

CHANGES = words("change_heads")
"""Words of a label that speaks of a change: "Change from the previous quarter:"."""

ONE_OF_TWO = "one of two told of before"
_ONE_OF_TWO = re.compile(
    r"\bthe (?P<which>former|latter)\b(?!['’\s]+(?:s\s|forecast|guidance|outlook|half))", re.IGNORECASE
)

ANSWERS = frozenset(
    ["by", "about", "roughly", "nearly", "almost", "some", "just", "a", "around", "over", "under"]
)
"""Words that an answer of a bare number may begin with."""


def goes_on(scan: Scan, index: int) -> bool:
    """Whether the sentence only says more of the number before it: "That compares with $22 billion"."""
    return not index and _leads_on(scan) and not scan.numbers[0].as_verb


def _leads_on(scan: Scan) -> bool:
    """Whether nothing before the first number names anything: pronouns, links, times and directions."""
    lead = Span(scan.span.start, scan.numbers[0].span.start)
    if any(lead.overlaps(m.span) for m in scan.mentions if m.kind != "cue"):
        return False
    passed = [p.span for p in scan.periods]
    passed += [m.span for m in scan.cues if {"up", "down", "level", "yoy", "qoq"} & set(m.value.split())]
    told = [w.lower for w in scan.words_in(lead) if not any(span.encloses(w.span) for span in passed)]
    known = (LINKS | CARRYING | ANAPHORS) - ACTS
    if scan.text[lead.start : lead.end].rstrip()[-1:] in (":", "=", "→"):
        known |= CHANGES
    if not told and not any(lead.encloses(span) for span in passed):
        return False  # a number that stands first may be told of in what follows
    return all(word in known or word.endswith("ly") for word in told)


def told_period_of(scan: Scan, before: PeriodMention | None) -> PeriodMention | None:
    """The one period that a sentence without numbers names outright, for the pronoun or the list behind it.

    A list keeps that of the line above it to its end.
    """
    if scan.numbers:
        return before if scan.block.kind == "list" else None
    named = [p for p in scan.periods if p.explicit]
    return named[0] if len(named) == 1 and len(scan.periods) == 1 else None


def take_told_period(sentence: Sentence) -> None:
    """Give the period told before to the numbers of a list's item, or of a pronoun, that have none."""
    memory, drafts = sentence.memory, sentence.drafts
    if memory.told_period is None:
        return
    pronoun = bool(drafts) and referred(sentence.scan, 0, memory) is not None
    if not pronoun and sentence.scan.block.kind != "list":
        return
    for position, draft in enumerate(drafts):
        plain = draft.period is not None and draft.period.kind == "relative" and draft.period.part != "FY"
        relative = draft.period.relative if plain and draft.period is not None else None
        if relative in NOW or (draft.period is None and not draft.is_base):
            drafts[position] = replace(draft, period=memory.told_period)
        elif relative in EARLIER_TIMES:
            drafts[position] = replace(draft, leads_to=draft.leads_to or memory.told_period)


def told_of(scan: Scan, catalogue: Catalogue) -> Subject | None:
    """The one measure a sentence without numbers names, for a pronoun in the next; None if not just one."""
    metrics = [m for m in scan.names if m.kind == "metric"]
    if scan.numbers or len(metrics) != 1 or scan.block.kind in ("heading", "title"):
        return None
    if any(scan.has_cue(cue, scan.span) for cue in ("guidance", "consensus", "modal", "conjecture")):
        return None
    members = [m for m in scan.names if m.kind == "member"]
    if len(members) > 1:
        return None
    owners = {m.value for m in scan.mentions if m.kind == "entity"}
    if len(owners) > 1:
        return None
    subject = Subjects(scan, catalogue).build([*members, *metrics], scan.span)
    return replace(subject, entity=next(iter(owners), None))


def referred(scan: Scan, index: int, memory: Memory) -> Subject | None:
    """The measure told of in the sentence before, where a pronoun or an answer stands for it."""
    told = memory.told
    if told is None or index or names_one_of_two(scan, index):
        return None
    lead = Span(scan.span.start, scan.numbers[0].span.start)
    why = (*told.why, "named in the sentence before")
    if memory.asked is not None and {w.lower for w in scan.words_in(lead)} <= ANSWERS:
        return replace(told, span=scan.numbers[0].span, why=why)
    if not _leads_on(scan):
        return None
    it = next((w for w in scan.words_in(lead) if w.lower in ANAPHORS), None)
    return None if it is None else replace(told, span=it.span, why=why)


def names_one_of_two(scan: Scan, index: int) -> re.Match[str] | None:
    """The words "the former" or "the latter" before a number."""
    before = scan.before(index)
    return next(_ONE_OF_TWO.finditer(scan.text, before.start, before.end), None)


def one_of_two(scan: Scan, index: int, memory: Memory, block: int) -> Subject | None:
    """The measure that "the former" or "the latter" stands for; None where not just two were told of."""
    it = names_one_of_two(scan, index)
    if it is None or len(memory.both) != len(("former", "latter")) or memory.both_block != block:
        return None
    told = memory.both[it["which"].lower() == "latter"]
    return replace(told, span=Span(it.start(), it.end()), why=(*told.why, ONE_OF_TWO))


def asked(scan: Scan) -> int | None:
    """Which way a question asks about: 1 "grow", -1 "fall", 0 neither; None for what is no question."""
    if not scan.text[scan.span.start : scan.span.end].rstrip().endswith("?"):
        return None
    return next((sign for cue in scan.cues if (sign := sign_of(cue))), 0)


def answered(sentence: Sentence) -> Told | None:
    """The change that a percentage is as the answer to a question: "By how much did it grow? By 12%"."""
    scan, way = sentence.scan, sentence.memory.asked
    lead = Span(scan.span.start, scan.numbers[0].span.start)
    if not way or scan.numbers[0].kind != "percent" or not {w.lower for w in scan.words_in(lead)} <= ANSWERS:
        return None
    return Told(Relation.CHANGE, "relative", negative=way < 0, positive=way > 0)
