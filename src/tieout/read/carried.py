"""What a number is of when no name stands by it: the subject spoken of before, or what its form tells."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.core.article import Span
from tieout.core.claim import Relation
from tieout.core.measure import Scenario
from tieout.read.amounts import Amount
from tieout.read.draft import Draft, Subject
from tieout.read.lead_in import listed
from tieout.read.left_out import left_out
from tieout.read.memory import Sentence
from tieout.read.owner import owned
from tieout.read.referred import names_one_of_two, one_of_two
from tieout.read.relation import Told
from tieout.read.scan import Scan
from tieout.read.scenario import guidance_near, guided_ahead
from tieout.read.signs import left_sign, right_sign
from tieout.read.subject import SUPPOSED, fits, supposed, tagged
from tieout.read.verbs import by_verb

EARN = re.compile(r"\b(?:earn(?:ed|ings|s)?|profit|EPS|income)\b", re.IGNORECASE)
_EARNED = re.compile(r"\b(earn(?:ed|s))\s+(?:[A-Za-z]+\s+)?$", re.IGNORECASE)
_A_SHARE = re.compile(
    r"\s*(?:per|a)[\s-](?:diluted\s+)?share\b(?:\s+(?:in|for|during)\s+(?:the\s+)?)?", re.IGNORECASE
)
_OTHER_SHARE = re.compile(r"\b(?:basic|dividends?|interest)\b", re.IGNORECASE)

EPS = Subject(
    ("eps_diluted_non_gaap", "eps_diluted", "eps_basic"),
    ("eps_diluted_non_gaap", "eps_diluted"),
    why=("EPS, as an amount per share is earned",),
    family="eps",
)
REVENUE = Subject(("revenue",), ("revenue",), why=("revenue, as guidance names none",))
CARRIED = "carried over from the number before"

COORDINATING = frozenset([
    "and", "but", "or", "plus", "by", "a", "about", "some", "nearly", "around", "roughly", "almost", "just",
    "only", "even", "over", "still", "another", "approximately", "also", "then", "though", "while", "more",
    "than", "fully", "full", "on", "as", "well", "rather", "not",
])  # fmt: skip
"""Words between two percentages of one verb: "fell 3% q/q and by about 8% y/y"."""

ELLIPTICAL = frozenset(["and", "by", "with", "in", "the", "for", "while", "its"])
"""Words of a change that leaves out its verb."""


def carried(sentence: Sentence, index: int, relation: Told, *, per_share: bool) -> Subject | None:
    """The subject spoken of before, where the number can be one of it; EPS for what is earned a share."""
    scan, previous = sentence.scan, sentence.memory.subject
    amount, before = scan.numbers[index], scan.before(index)
    if names_one_of_two(scan, index):
        told = one_of_two(scan, index, sentence.memory, sentence.block)
        return None if told is None else owned(sentence, told, amount.span.start)
    gone = left_out(sentence, index)
    later = sentence.memory.ahead if gone is None and sentence.memory.both_block != sentence.block else None
    item = listed(scan, index, sentence.memory.lead) or gone or listed(scan, index, later)
    if item is not None and ((relation.changes and item is gone) or fits(item, amount, sentence.catalogue)):
        return owned(sentence, item, amount.span.start)
    tags = frozenset(m.value for m in scan.within(before, "tag"))
    earned = bool(EARN.search(scan.text, scan.span.start, amount.span.end))
    if per_share and earned:
        return owned(sentence, replace(EPS, tags=tags, span=_earned(scan, before, amount)), amount.span.start)
    told = by_verb(scan, index)
    if told is not None:
        return owned(sentence, replace(told, tags=tags), amount.span.start)
    if previous is None:
        return _guided(amount, earned) if guidance_near(scan, index) else None
    level = not relation.changes and not relation.share
    fitting = fits(previous, amount, sentence.catalogue)
    in_dollars = amount.kind == "money" and amount.scaled
    if in_dollars and not relation.changes and _begins_guidance(sentence, before, previous):
        return replace(REVENUE, others=((previous.metrics, previous.dimensions),) if fitting else ())
    if level and not fitting:
        return REVENUE if in_dollars and guidance_near(scan, index) else None
    why = (CARRIED, SUPPOSED[0]) if supposed(previous) else (CARRIED,)
    kept = replace(previous, span=None, tags=tags or previous.tags, why=why)
    return tagged(scan, owned(sentence, kept, amount.span.start), scan.after(index))


def _earned(scan: Scan, before: Span, amount: Amount) -> Span | None:
    """The verb of "earned $2.32 a share", if no other kind of share or income is spoken of."""
    verb = _EARNED.search(scan.text, before.start, amount.span.start)
    share = _A_SHARE.match(scan.text, amount.span.end, scan.span.end)
    if verb is None or share is None or _OTHER_SHARE.search(scan.text, scan.span.start, scan.span.end):
        return None
    dated = any(p.span.start <= share.end() + 1 and p.span.end > share.end() for p in scan.periods)
    ends = not scan.text[share.end() : scan.span.end].strip(" .")
    return Span(verb.start(1), verb.end(1)) if dated or ends else None


def is_carried(subject: Subject | None) -> bool:
    """Whether the subject is that of the number before."""
    return subject is not None and subject.span is None and CARRIED in subject.why


def _guided(amount: Amount, earned: bool) -> Subject | None:
    """What guidance that names no measure is of: revenue, or EPS."""
    if amount.kind != "money":
        return None
    if amount.scaled:
        return REVENUE
    return EPS if earned else None


def _begins_guidance(sentence: Sentence, before: Span, previous: Subject) -> bool:
    """Whether guidance is spoken of from this number on, and of nothing named."""
    last = sentence.last
    return (
        previous.metrics != REVENUE.metrics
        and guided_ahead(sentence.scan, before)
        and (last is None or last.scenario is not Scenario.GUIDANCE)
    )


def gone_on(sentence: Sentence, before: Span) -> Draft | None:
    """The change whose verb the words leave out: the last one, a level that it led to aside."""
    scan, drafts = sentence.scan, sentence.drafts
    led_to = len(drafts) > 1 and drafts[-1].relation is Relation.LEVEL and not drafts[-1].is_base
    last = drafts[-2] if led_to else sentence.last
    if last is None or last.relation is not Relation.CHANGE or last.change != "relative":
        return None
    words = scan.words_in(before)
    named = [m.span for m in scan.names if before.encloses(m.span)]
    of_names = {w.lower for w in words if any(name.encloses(w.span) for name in named)}
    fits = bool(named) and len(words) <= 6 and all(w.lower in ELLIPTICAL | of_names for w in words)
    return last if fits else None


def goes_same_way(scan: Scan, last: Draft, index: int) -> bool:
    """Whether a change without a word of its own goes the way of the one before: "fell 3% q/q and 8% y/y"."""
    amount, before = scan.numbers[index], scan.before(index)
    signed = last.amount is not None and last.amount.sign
    if last.relation is not Relation.CHANGE or last.change != "relative" or signed or amount.sign:
        return False
    if left_sign(scan, index) or right_sign(scan, index):
        return False
    passed = [p.span for p in scan.periods]
    passed += [m.span for m in scan.cues if {"yoy", "qoq"} & set(m.value.split())]
    words = [w.lower for w in scan.words_in(before) if not any(span.encloses(w.span) for span in passed)]
    return COORDINATING.issuperset(words) and ";" not in scan.text[before.start : before.end]


def level_before(sentence: Sentence, relation: Told) -> Span | None:
    """The level in the same sentence that a carried-over change or base belongs to."""
    if not (relation.is_base or relation.change):
        return None
    for draft in reversed(sentence.drafts):
        level = draft.relation is Relation.LEVEL and draft.scenario is Scenario.ACTUAL
        if level and not draft.is_base and not draft.unread:
            return draft.number
    return None
