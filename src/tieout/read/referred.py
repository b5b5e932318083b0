"""What a sentence goes back to with a pronoun: "All eyes were on revenue. It came to $3.2 billion."."""

from __future__ import annotations

from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.read.draft import Subject
from tieout.read.firm import ACTS, ANAPHORS, CARRYING, LINKS
from tieout.read.periods import PeriodMention
from tieout.read.scan import Scan
from tieout.read.subject import Subjects

AHEAD = frozenset({"guidance", "consensus", "modal", "conjecture"})
ADVICE = ("should", "can", "will")
"""Words of what lies ahead that are also said to the reader: "one should start with revenue"."""


OF_TWO = frozenset(["former", "latter"])
"""Words that stand for one of two measures told before, and not for the last one alone."""


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
    known = (LINKS | CARRYING | ANAPHORS) - ACTS - OF_TWO
    times = [p.span for p in scan.periods if p.span.start < scan.numbers[0].span.end + 24]
    times += [m.span for m in scan.cues if {"yoy", "qoq"} & set(m.value.split())]
    if "had" in told and not times:
        return False  # "It had been $25 billion": when is not said
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


def told_of(scan: Scan, catalogue: Catalogue) -> Subject | None:
    """The one measure a sentence without numbers names, for a pronoun in the next; None if not just one."""
    metrics = [m for m in scan.names if m.kind == "metric"]
    if scan.numbers or len(metrics) != 1 or scan.block.kind in ("heading", "title"):
        return None
    ahead = (m for m in scan.cues if not AHEAD.isdisjoint(m.value.split()) and m.text.lower() not in ADVICE)
    if any(ahead):
        return None
    members = [m for m in scan.names if m.kind == "member"]
    if len(members) > 1:
        return None
    owners = {m.value for m in scan.mentions if m.kind == "entity"}
    if len(owners) > 1:
        return None
    subject = Subjects(scan, catalogue).build([*members, *metrics], scan.span)
    return replace(subject, entity=next(iter(owners), None))
