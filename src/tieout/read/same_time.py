"""Numbers of a sentence that are of one time, though it is told of one of them only."""

from __future__ import annotations

from tieout.core.article import Span
from tieout.core.claim import Relation
from tieout.core.measure import Scenario
from tieout.read.draft import Draft
from tieout.read.memory import Sentence
from tieout.read.periods import PeriodMention
from tieout.read.relation import PAST_VERBS
from tieout.read.scan import Scan
from tieout.read.times import EARLIER_TIMES
from tieout.read.wordlist import words

BESIDE = words("set_beside")
"""Words that set a number beside what the main clause tells: "alongside", "besides", "on"."""

LISTING = words("listing")
"""Words between two items of a list of numbers."""

_AHEAD = ("guidance", "modal", "consensus", "conjecture")
"""Cues of what has not happened: a clause with one of them has a time of its own."""


def time_told_behind(sentence: Sentence, position: int) -> PeriodMention | None:
    """The time of a later number that an undated one shares; None where each may have its own.

    It does where it is the change that led to that number, an item of the same list, or set beside it.
    """
    scan, drafts = sentence.scan, sentence.drafts
    draft = drafts[position]
    if draft.scenario is not Scenario.ACTUAL or draft.forecast:
        return None
    if _led(drafts, position):
        level = next(d for d in drafts[position + 1 :] if not d.is_base)
        return level.period
    later = next((d for d in drafts[position + 1 :] if d.period is not None), None)
    if later is None or later.earlier or later.scenario is not Scenario.ACTUAL or later.forecast:
        return None
    told = later.period
    if told is None or not (told.explicit and told.kind in ("part", "ended", "year")) or _several(scan):
        return None
    if any(scan.has_cue(cue, scan.span) for cue in _AHEAD):
        return None
    listed = all(_listed(scan, a, b) for a, b in zip(drafts[position:], drafts[position + 1 :], strict=False))
    return told if listed or _beside(scan, draft, later) else None


def _led(drafts: list[Draft], position: int) -> bool:
    """Whether a number is the change that led to the next level: "rose 12%, from $4 to $5 billion in Q2"."""
    draft = drafts[position]
    if draft.change is None or draft.relation is not Relation.CHANGE or draft.base == "period":
        return False
    level = next((d for d in drafts[position + 1 :] if not d.is_base), None)
    if level is None or level.relation is not Relation.LEVEL or level.scenario is not draft.scenario:
        return False
    one, other = draft.subject, level.subject
    if level.period is None or level.earlier or one is None or other is None:
        return False
    if level.period.kind == "relative" and level.period.relative in EARLIER_TIMES:
        return False  # "double the $3.3 billion of last year"
    return other.span is None and (one.metrics, one.dimensions) == (other.metrics, other.dimensions)


def _several(scan: Scan) -> bool:
    """Whether the sentence names more than one time outright."""
    return len({(p.kind, p.part, p.year, p.month, p.day) for p in scan.periods if p.explicit}) > 1


def _listed(scan: Scan, draft: Draft, later: Draft) -> bool:
    """Whether two numbers stand in one list: "sales of $5 billion, capex of $1 billion"."""
    gap = Span(draft.number.end, max(draft.number.end, later.number.start))
    passed = [m.span for m in scan.mentions if m.kind != "cue" or {"up", "down"} & set(m.value.split())]
    passed += [p.span for p in scan.periods if gap.encloses(p.span)]
    plain = [w.lower for w in scan.words_in(gap) if not any(span.encloses(w.span) for span in passed)]
    if ";" in scan.text[gap.start : gap.end] or later.is_base:
        return False
    return all(w in LISTING for w in plain)


def _beside(scan: Scan, draft: Draft, later: Draft) -> bool:
    """Whether a number stands in a phrase before the main clause: "Alongside sales of $5 billion, it"."""
    first = scan.words[0].lower if scan.words else ""
    phrase = scan.clause(Span(scan.span.start, scan.span.end))
    if first not in BESIDE or not phrase.encloses(draft.number) or phrase.encloses(later.number):
        return False
    known = [m.span for m in scan.mentions]
    verbs = (
        w
        for w in scan.words_in(phrase)
        if w.lower in PAST_VERBS and not any(k.encloses(w.span) for k in known)
    )
    return next(verbs, None) is None
