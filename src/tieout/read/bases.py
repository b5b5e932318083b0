"""What numbers are measured from: "from" numbers, the periods of bases, the far sides of comparisons."""

from __future__ import annotations

import re

from tieout.core.article import Span
from tieout.read.bracketed import set_beside
from tieout.read.draft import Base
from tieout.read.labels import without
from tieout.read.periods import BACKWARD, PeriodMention, Relative
from tieout.read.scan import Scan
from tieout.read.signs import (
    CHANGE_LABEL,
    COMPARATIVES,
    DOWN_NOUNS,
    LASTING,
    UP_NOUNS,
    left_sign,
    names_time,
)
from tieout.read.wordlist import words

BASE_WORDS = frozenset(
    [
        *("above", "below", "from", "versus", "vs", "against", "compared", "than", "over", "since"),
        *("relative", "under", "beneath", "beyond", "comparison", "ahead", "behind", "short"),
        *("beat", "beating", "topped", "exceeded", "exceeding", "surpassed", "outdid", "trailed", "trailing"),
        *("missed", "lagged", "undershot"),
    ]
)
SET_APART = frozenset(["ahead", "behind", "short", "shy"])
"""Words that set a change on or off a time before, told with "of" for the most part."""

SKIPPED = words("skipped")
"""Words that may stand between a base word and the period it sets apart."""

FARTHEST_BASE = 7
"""How many words before a period its base word may stand."""

FROM = ("from", "versus", "vs", "against", "replacing")
HEDGES = frozenset(["approximately", "some", "more", "than", "over", "between"])
THAN = ("over", "than", "from", "on", "versus", "vs", "against", "above", "below")
BY_RELATIVE: dict[Relative, Base] = {"year_ago": "yoy", "last_year": "yoy", "prior": "qoq", "latest": "qoq"}

_FORMER = words("former")
_ARTICLES = ("s", "the", "a", "its", "just", "about", "only", "roughly", "nearly", "around")
_ON_IDLE = frozenset(_ARTICLES) | {"some", "almost", "exactly", "over", "more", "than", "approximately"}
_MOVED = frozenset(
    ["up", "down", "advancing", "improving", "building", "gaining", "improved", "advanced", "step"]
)
"""Words besides nouns of change that "on" sets against what was before."""
_WAS = re.compile(
    r"\((?:was|were|previously|prior|from|versus|vs\.?|up from|down from)\s+(?:about\s+|roughly\s+)?$"
)

_BETWEEN = re.compile(r"(?:Between|From)\s+(?=\D)")

_BY_ITSELF = re.compile(r"(?:\s*(?:[\[(;,/|–—-]|\bin\b|\bvs\.?|\bthe\b))*\s*", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:\s+(?:figure|number|level|value|result|total|amount|reading|quarter|period|comparable|count))?\s*\)?"
    r"\s*(?:[:=→➜|]|[–—-](?=\s))[\s(]*(?:about\s+|roughly\s+|nearly\s+|around\s+|just\s+)?",
    re.IGNORECASE,
)
"""What stands between a time that is a label and its number."""

_ITS = re.compile(r"['’]s\s+")
"""How a time takes a number: "from the previous quarter's $24.7 billion"."""

_EACH = re.compile(
    r"[,;(–—]\s*(?:and\s+)?(?:each|both|all|in\s+(?:each|both|either)\s+cases?|also|likewise)\b"
)
"""What begins a remark on all the changes of a sentence."""

FARTHEST_HEAD = 2
"""How many words may stand before what a sentence begins with."""

_EARLIER = ("year_ago", "last_year", "prior", "earlier")
"""Relative periods that something is usually compared with."""


def is_base(scan: Scan, index: int) -> bool:
    """Whether the words before a number make it what another is measured from or set beside."""
    before = scan.before(index)
    if set_beside(scan, index) or _in_brackets_of_base(scan, index):
        return True
    if _reached_from_a_time(scan, before) or CHANGE_LABEL.search(scan.text, before.start, before.end):
        return False
    if any(
        {"yoy", "qoq"} & set(m.value.split()) and _ITS.fullmatch(scan.text, m.span.end, before.end)
        for m in scan.cues
    ):
        return True
    if comes_after(scan, index):
        return True
    if _labelled_by_a_time(scan, before):
        return True
    former = _WAS.search(scan.text[before.start : before.end])  # "$105 billion (was $101 billion)"
    return (
        base_number(last_words(scan, index))
        or bool(former)
        or _behind_than(scan, index)
        or _behind_on(scan, index)
        or _leads_from(scan, index)
    )


def _in_brackets_of_base(scan: Scan, index: int) -> bool:
    """Whether brackets behind a time compared with open upon it: "62% more than a year ago ($35 billion)"."""
    start = scan.numbers[index].span.start
    ahead = scan.text[scan.span.start : start]
    if not index or not ahead.rstrip().endswith("("):
        return False
    end = scan.span.start + len(ahead.rstrip()[:-1].rstrip())
    lapsed = any(m.span.end == end and {"yoy", "qoq"} & set(m.value.split()) for m in scan.cues)
    return lapsed or any(p.span.end == end and is_base_period(scan, p) for p in scan.periods)


def _leads_from(scan: Scan, index: int) -> bool:
    """Whether it is the first of two that a move leads over: "went from revenue of $8.5 billion to"."""
    if index + 1 >= len(scan.numbers) or last_words(scan, index + 1)[-1:] != ["to"]:
        return False
    number = scan.numbers[index].span
    name = next((m for m in reversed(scan.names) if m.span.end <= number.start), None)
    if name is None or scan.lower_in(Span(name.span.end, number.start)) != ["of"]:
        return False
    tags = [m.span for m in scan.mentions if m.kind in ("tag", "entity", "member")]
    ahead = scan.words_in(Span(scan.before(index).start, name.span.start))
    plain = [w.lower for w in ahead if not any(span.encloses(w.span) for span in tags)]
    return [w for w in plain if w not in _ARTICLES and w != "s"][-1:] == ["from"]


def _behind_on(scan: Scan, index: int) -> bool:
    """Whether the number is what another is a gain on: "an advance on the $23.4 billion of"."""
    told = [w for w in scan.words_in(scan.before(index)) if w.lower not in _ON_IDLE]
    return (
        len(told) > 1
        and told[-1].lower == "on"
        and index > 0
        and (told[-2].lower in UP_NOUNS | DOWN_NOUNS or told[-2].lower in _MOVED)
        and scan.text[told[-1].span.end : scan.numbers[index].span.start].split()[:1] != ["a"]
    )


def comes_after(scan: Scan, index: int) -> bool:
    """Whether a time makes the number what came before: "after $23.4 billion a quarter earlier"."""
    return last_words(scan, index)[-1:] in (["after"], ["following"]) and _time_behind(scan, index)


def _time_behind(scan: Scan, index: int) -> bool:
    """Whether a time before another stands right behind the number."""
    end = scan.numbers[index].span.end
    near = Span(end, min(scan.span.end, end + 8))
    return any(
        p.relative in _EARLIER and p.kind == "relative" and p.span.overlaps(near) for p in scan.periods
    )


def _labelled_by_a_time(scan: Scan, before: Span) -> bool:
    """Whether a number stands with an earlier time as its label: "[a year ago: $22 billion]"."""
    named = [p for p in scan.periods if before.encloses(p.span) and p.relative in _EARLIER]
    if not named:
        return False
    ahead = without(scan, Span(before.start, named[-1].span.start), ())
    behind = named[-1].span.end
    return bool(_BY_ITSELF.fullmatch(ahead)) and bool(_LABEL.fullmatch(scan.text, behind, before.end))


def _reached_from_a_time(scan: Scan, before: Span) -> bool:
    """Whether the number is what a change led to: "fell 1% from the first quarter to $33.8 billion"."""
    times = [p.span for p in scan.periods if before.encloses(p.span)]
    between = scan.lower_in(Span(times[-1].end, before.end)) if times else []
    return bool(between) and between[0] == "to" and between[1:] in ([], ["a", "record"], ["about"], ["just"])


def last_words(scan: Scan, index: int) -> list[str]:
    """The last words before a number, those of periods left out."""
    periods = [p.span for p in scan.periods]
    return [
        word.lower
        for word in scan.words_in(scan.before(index))
        if not any(period.encloses(word.span) for period in periods)
    ][-6:]


def base_number(last: list[str]) -> bool:
    """Whether the words right before a number make it the base of a change or comparison."""
    trimmed = [w for w in last if w not in _ARTICLES]
    while trimmed and (trimmed[-1] in HEDGES or trimmed[-2:] == ["at", "least"]):
        del trimmed[-2 if trimmed[-1] == "least" else -1 :]
    if not trimmed or trimmed[-1] in FROM:
        return bool(trimmed)
    start = next((i for i, w in enumerate(last) if w in FROM or w == "compared"), None)
    if start is not None and len(last) > start + 1 and all(w in _FORMER for w in last[start + 1 :]):
        return True
    return len(trimmed) > 1 and trimmed[-2] == "compared" and trimmed[-1] in ("to", "with")


def _behind_than(scan: Scan, index: int) -> bool:
    """Whether the number is what another is higher than: "44% higher than the $8.5 billion of last year"."""
    if scan.numbers[index].hedge is not None or not index:
        return False
    before = scan.before(index)
    bare = [w for w in scan.lower_in(before) if w not in ("the", "its", "a", "s")]
    if bare[-1:] == ["than"]:
        compared = UP_NOUNS | DOWN_NOUNS | COMPARATIVES | {"double", "triple"}
        return not compared.isdisjoint(bare[-4:-1])
    named = [p.span for p in scan.periods if before.encloses(p.span)]
    if not named:
        return False
    gap = Span(named[-1].end, before.end)
    if scan.words_in(gap) and scan.text[gap.start : gap.end].strip() not in ("'s", "’s"):
        return False
    lead = scan.lower_in(Span(before.start, named[-1].start))
    if not lead or lead[-1] not in THAN:
        return False
    grown = scan.numbers[index - 1].kind in ("percent", "points") and lead == ["on"]  # "11% on last year's"
    return lead[-1] != "on" or grown or any(w in UP_NOUNS or w in DOWN_NOUNS for w in lead)


def than_number(scan: Scan, index: int) -> bool:
    """Whether a change is told against the very next number: "$68 billion more than the $455 billion of"."""
    if index + 1 >= len(scan.numbers):
        return False
    between = scan.lower_in(scan.after(index))
    timed = names_time(scan, scan.clause(scan.after(index)))  # "13% less than a year earlier, $22.9 billion"
    return "than" in between and len(between) <= 6 and not timed


def time_of_than(scan: Scan, index: int) -> tuple[Base, PeriodMention] | None:
    """The time of the number a change is told against: "2 points less than the 21.4% of last year"."""
    clause = scan.clause(scan.after(index + 1))
    told = next((p for p in scan.periods if clause.encloses(p.span)), None)
    if told is None or not (told.explicit or told.relative in BY_RELATIVE):
        return None
    return ("period" if told.explicit else BY_RELATIVE[told.relative]), told


def time_of_from(scan: Scan, index: int) -> tuple[Base, PeriodMention] | None:
    """The time of the number a change goes on from: "up 60% from $354 million in the quarter before that"."""
    if index + 1 >= len(scan.numbers) or names_time(scan, scan.after(index)):
        return None
    if scan.numbers[index].kind == scan.numbers[index + 1].kind:
        return None  # "growth picked up to 44% from 12% the quarter before"
    between = [w for w in scan.lower_in(scan.after(index)) if w not in _ARTICLES and w not in HEDGES]
    if between not in (["from"], ["against"], ["versus"], ["vs"], ["compared", "with"], ["compared", "to"]):
        return None
    told = time_of_than(scan, index)
    return told if told is not None and told[0] != "period" else None


def than_another(scan: Scan, stretch: Span) -> bool:
    """Whether a "higher" behind a number is higher than something else, and not than some time before."""
    for position, word in enumerate(scan.words_in(scan.clause(stretch))):
        if word.lower == "than":
            near = Span(word.span.end, min(scan.span.end, word.span.end + 24))
            company = next((m for m in scan.mentions if m.kind == "entity" and m.span.overlaps(near)), None)
            if company is not None and not names_time(scan, Span(near.start, company.span.start)):
                return True
            return not names_time(scan, Span(word.span.start, min(scan.span.end, word.span.end + 40)))
        if position > 6:
            return False
    return False


def base_of(scan: Scan, index: int) -> tuple[Base, PeriodMention | None]:
    """What the change at number `index` is measured from, as the words around it say.

    "assumed" where they do not: a year earlier for a flow.
    """
    after, before = scan.after(index), scan.before(index)
    first = between_two(scan)
    if first is not None and first.span.end <= before.end:
        return ("period", first) if first.explicit else (BY_RELATIVE[first.relative], None)
    behind = (scan.clause(after), after)
    ahead = Span(max(before.start, before.end - 60), before.end)
    for stretch in (*behind, ahead, *_over_all(scan, index)):
        cues: list[tuple[int, Base]] = [
            (m.span.start, "yoy" if "yoy" in m.value.split() else "qoq")
            for m in scan.cues
            if m.span.overlaps(stretch) and {"yoy", "qoq"} & set(m.value.split())
        ]
        named = [p for p in scan.periods if stretch.encloses(p.span) and is_base_period(scan, p)]
        if named and (not cues or named[0].span.start < min(cues)[0]):
            if named[0].kind != "relative" or named[0].relative == "earlier":
                return "period", named[0]
            if named[0].relative in BY_RELATIVE:
                return BY_RELATIVE[named[0].relative], None
        if cues:
            nearest = max(cues) if stretch is ahead else min(cues)
            return nearest[1], None
    compared = _comparison(scan, index)
    return ("assumed" if compared is None else compared), None


def _comparison(scan: Scan, index: int) -> Base | None:
    """The base that a sentence says it compares with ahead: "the year-ago comparison was kind to Acme"."""
    ahead = (p for p in scan.periods if p.kind == "relative" and p.span.end <= scan.numbers[index].span.start)
    told: set[Base] = {
        BY_RELATIVE[p.relative]
        for p in ahead
        if p.relative in ("year_ago", "prior")
        and scan.text[p.span.start : p.span.end].lower().endswith(("comparison", "comparable", "base"))
    }
    return told.pop() if len(told) == 1 else None


def _over_all(scan: Scan, index: int) -> list[Span]:
    """The stretches whose base is that of every change: the sentence's head, "each against a year ago"."""
    found: list[Span] = []
    first = next((m for m in scan.cues if {"yoy", "qoq"} & set(m.value.split())), None)
    if first is not None and len(scan.lower_in(Span(scan.span.start, first.span.start))) <= FARTHEST_HEAD:
        found.append(Span(scan.span.start, first.span.end))
    last = _EACH.search(scan.text, scan.after(index).start, scan.span.end)
    if last is not None:
        found.append(Span(last.start(), scan.span.end))
    return [stretch for stretch in found if not any(stretch.encloses(n.span) for n in scan.numbers)]


def between_two(scan: Scan) -> PeriodMention | None:
    """The first of two times that a change lies between: "Between June 30 and September 30, cash fell"."""
    opening = _BETWEEN.match(scan.text, scan.span.start)
    pairs = zip(scan.periods, scan.periods[1:], strict=False)
    if opening is None:
        return None
    first, second = next(pairs, (None, None))
    if first is None or second is None or first.span.start - opening.end() > 16:
        return None
    if not (first.explicit or first.relative in BACKWARD):
        return None
    joint = scan.text[first.span.end : second.span.start].split()
    return first if joint[:1] in (["and"], ["to"]) and len(joint) <= 5 else None


def is_base_period(scan: Scan, mention: PeriodMention) -> bool:
    """Whether a period is what something is compared with: "from last quarter", "than all of fiscal 2025"."""
    if mention is between_two(scan) or spanned_to(scan, mention) is not None:
        return True
    before = [w for w in scan.words if w.span.end <= mention.span.start]
    on = [w for w in before[-2:] if w.lower != "the"][-1:]
    if on and on[0].lower == "on" and mention.kind in ("part", "relative", "year"):
        return _compares(scan, on[0].span)  # "up 8% on the first quarter", not "reporting on it"
    within = False
    for word in reversed(before[-FARTHEST_BASE:]):
        if any(n.span.overlaps(word.span) for n in scan.numbers):
            return False
        named = any(n.span.encloses(word.span) for n in scan.names)
        if word.lower in SET_APART and mention.relative in _EARLIER:
            return True  # "7% ahead of the prior quarter"
        if word.lower in BASE_WORDS and not named:
            return word.lower != "over" or (
                _compares(scan, word.span) and not LASTING.match(scan.text, word.span.start)
            )
        if named and within and mention.relative not in _EARLIER:
            return False  # "revenue from storage in the quarter": told of that quarter
        if word.lower not in SKIPPED and not named:
            return False
        within = within or word.lower in ("in", "for", "during")
    return False


def _compares(scan: Scan, over: Span) -> bool:
    """Whether "over" or "on" stands behind a change: not in "sales over nine months", "a report on Q2"."""
    ahead = scan.words_in(Span(max(scan.span.start, over.start - 40), over.start))[-2:]
    near = Span(ahead[0].span.start, over.start) if ahead else Span(over.start, over.start)
    told = any(
        {"up", "down", "yoy", "qoq"} & set(m.value.split()) for m in scan.cues if m.span.overlaps(near)
    )
    return told or any(
        n.span.overlaps(near)
        and (n.kind in ("percent", "points") or (n.kind == "money" and left_sign(scan, at)))
        for at, n in enumerate(scan.numbers)
    )


def spanned_to(scan: Scan, mention: PeriodMention) -> PeriodMention | None:
    """The period up to which a change runs from this one: "between Q2 FY2025 and Q2 FY2026"; else None."""
    behind = next((p for p in scan.periods if p.span.start >= mention.span.end), None)
    if behind is None or not (mention.explicit and behind.explicit):
        return None
    passed = ("the", "end", "close", "of")
    opens = [w.lower for w in scan.words if w.span.end <= mention.span.start and w.lower not in passed][-1:]
    gap = [w for w in scan.lower_in(Span(mention.span.end, behind.span.start)) if w not in passed]
    return behind if (opens, gap) in ((["between"], ["and"]), (["from"], ["to"])) else None


def from_to(scan: Scan, index: int) -> bool:
    """Whether a number is what something went from, and the next what it went to: "from $1 to $2"."""
    if index + 1 >= len(scan.numbers) or scan.lower_in(scan.before(index))[-1:] != ["from"]:
        return False
    between = scan.lower_in(scan.after(index))
    return between[:1] == ["to"] and HEDGES.union(_ARTICLES, ["about", "nearly"]).issuperset(between[1:])


def other_sides(scan: Scan) -> list[Span]:
    """The stretches behind "exceeds" and its kin that name a measure and a period and hold no number."""
    found: list[Span] = []
    for cue in scan.cues:
        if not {"exceeds", "below"} & set(cue.value.split()):
            continue
        stretch = scan.clause(Span(cue.span.end, scan.span.end))
        whole = Span(cue.span.start, stretch.end)
        if any(n.span.overlaps(whole) for n in scan.numbers):
            continue
        if any(stretch.encloses(m.span) for m in scan.names) and any(
            stretch.encloses(p.span) for p in scan.periods
        ):
            found.append(stretch)
    return found
