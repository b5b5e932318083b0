"""What a sentence goes back to with a pronoun: "All eyes were on revenue. It came to $3.2 billion."."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.read.draft import Subject
from tieout.read.firm import ACTS, ANAPHORS, CARRYING, LINKS
from tieout.read.labels import names_only
from tieout.read.memory import Memory
from tieout.read.periods import BACKWARD, PeriodMention
from tieout.read.scan import Scan
from tieout.read.strangers import SAFE, stands_for_company
from tieout.read.subject import Subjects
from tieout.read.wordlist import words

CHANGES = words("change_heads")
"""Words of a label that speaks of a change: "Change from the previous quarter:"."""

ONE_OF_TWO = "one of two told of before"
_ONE_OF_TWO = re.compile(
    r"\bthe (?P<which>former|latter)\b(?!['’\s]+(?:s\s|forecast|guidance|outlook|half))", re.IGNORECASE
)

_AT = re.compile(
    r"\s+(?:at|of|with|among|for)\s+(?:(?:the|its|our|their|most|some|many|all)\s+)*(?P<who>[\w-]+)"
)

_NOT_YET = re.compile(r"\b(?:to\s+be|yet\s+to|not\s+yet|waiting\s+to)\s+$")
"""Words before a name that say it has not come: "waiting to be shipped"."""
_ADDS = frozenset(["add", "added", "adds", "adding"])

AHEAD = frozenset({"guidance", "consensus", "modal", "conjecture"})
ADVICE = ("should", "can", "will")
"""Words of what lies ahead that are also said to the reader: "one should start with revenue"."""


OF_TWO = frozenset(["former", "latter"])
"""Words that stand for one of two measures told before, and not for the last one alone."""


FRAMES = (" at ", " for ", "at ", "for ")
"""Words before a company that only say where: "At HPE, it came to"."""


def goes_on(scan: Scan, index: int) -> bool:
    """Whether the sentence only says more of the number before it: "That compares with $22 billion"."""
    return not index and _leads_on(scan) and not scan.numbers[0].as_verb


def points_back(scan: Scan) -> bool:
    """Whether a pronoun stands before the first number: "That compares with"."""
    lead = Span(scan.span.start, scan.numbers[0].span.start)
    return not ANAPHORS.isdisjoint(scan.lower_in(lead))


def _leads_on(scan: Scan) -> bool:
    """Whether nothing before the first number names anything: pronouns, links, times and directions."""
    lead = Span(scan.span.start, scan.numbers[0].span.start)
    framed = [
        m.span for m in scan.within(lead, "entity") if scan.text[: m.span.start].lower().endswith(FRAMES)
    ]
    if any(lead.overlaps(m.span) for m in scan.mentions if m.kind != "cue" and m.span not in framed):
        return False
    passed = [*framed, *(p.span for p in scan.periods)]
    passed += [m.span for m in scan.cues if {"up", "down", "level", "yoy", "qoq"} & set(m.value.split())]
    told = [w.lower for w in scan.words_in(lead) if not any(span.encloses(w.span) for span in passed)]
    known = (LINKS | CARRYING | ANAPHORS) - ACTS - OF_TWO
    if scan.text[lead.start : lead.end].rstrip()[-1:] in (":", "=", "→"):
        known |= CHANGES
    times = [p.span for p in scan.periods if p.span.start < scan.numbers[0].span.end + 24]
    times += [m.span for m in scan.cues if {"yoy", "qoq"} & set(m.value.split())]
    if ends_with_it(told) or ("had" in told and not times):
        return False  # "It had been $25 billion": when is not said
    if not told and not any(lead.encloses(span) for span in passed):
        return False  # a number that stands first may be told of in what follows
    return all(word in known or word.endswith("ly") for word in told)


def ends_with_it(told: list[str]) -> bool:
    """Whether the words ahead of a number speak of what somebody has: "It finished the quarter with"."""
    return told[-1:] == ["with"] and not any(word.startswith("compar") for word in told)


def told_period_of(scan: Scan, before: PeriodMention | None) -> PeriodMention | None:
    """The one period that a sentence without numbers names outright, for the pronoun or the list behind it.

    A list keeps that of the line above it up to an item with a time of its own.
    """
    if scan.numbers:
        first = scan.numbers[0].span.start
        dated = any(p.explicit and p.span.end <= first for p in scan.periods)
        return before if scan.block.kind == "list" and not dated else None
    named = [p for p in scan.periods if p.explicit]
    passing = all(p in named or p.relative in BACKWARD for p in scan.periods)
    return named[0] if len(named) == 1 and passing else None


def told_of(scan: Scan, catalogue: Catalogue) -> Subject | None:
    """The one measure a sentence without numbers names, for a pronoun in the next; None if not just one."""
    metrics = [m for m in scan.names if m.kind == "metric"]
    titled = scan.block.kind in ("heading", "title")
    if scan.numbers or len(metrics) != 1 or (titled and not names_only(scan)):
        return None
    ahead = (m for m in scan.cues if not AHEAD.isdisjoint(m.value.split()) and m.text.lower() not in ADVICE)
    if any(ahead):
        return None
    if _NOT_YET.search(scan.text, scan.span.start, metrics[0].span.start) or not _ADDS.isdisjoint(
        scan.lower_in(scan.span)
    ):
        return None
    members = [m for m in scan.names if m.kind == "member"]
    if len(members) > 1:
        return None
    owners = {m.value for m in scan.mentions if m.kind == "entity"}
    if len(owners) > 1 or _elsewhere(scan, metrics[0].span):
        return None
    subject = Subjects(scan, catalogue).build([*members, *metrics], scan.span)
    return replace(subject, entity=next(iter(owners), None))


def _elsewhere(scan: Scan, name: Span) -> bool:
    """Whether the measure is told of what tieout does not know: "inventories at distributors"."""
    place = _AT.match(scan.text, name.end, scan.span.end)
    if place is None or stands_for_company(place["who"].lower()) or place["who"].lower() in SAFE:
        return False
    who = Span(place.start("who"), place.end("who"))
    known = [m.span for m in scan.mentions] + [p.span for p in scan.periods]
    return not any(span.overlaps(who) for span in known)


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
