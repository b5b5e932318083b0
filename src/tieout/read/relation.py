"""How a number relates to its subject: a level, a change, a share, the base of a change."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tieout.core.article import Span
from tieout.core.claim import Change, Relation
from tieout.read.amounts import Amount
from tieout.read.draft import Base
from tieout.read.periods import PeriodMention
from tieout.read.scan import Scan
from tieout.read.wordlist import words

_TRANSITIVE = words("transitive")
UP_NOUNS = words("up_nouns")
DOWN_NOUNS = words("down_nouns")
CUE_GAP = words("cue_gap")
"""Words that may stand between a change word and its number: "an increase of about 63%"."""
RIGHT_GAP = words("right_gap")
BASE_WORDS = frozenset(
    ["above", "below", "from", "versus", "vs", "against", "compared", "than", "over", "since", "relative"]
)
SKIPPED = words("skipped")
PAST_VERBS = words("past_verbs")

_WAS = re.compile(
    r"\((?:was|were|previously|prior|from|versus|vs\.?|up from|down from)\s+(?:about\s+|roughly\s+)?$"
)
_CLAUSE_END = re.compile(r"[,;()—|]|\s[–-]\s")
_YOY_LABEL = re.compile(r"\b(?:YoY|Y/Y|y/y|year[- ]over[- ]year|growth|change)\s*:?\s*\(?$", re.IGNORECASE)
_OF = re.compile(r"\s*of\s+(?!about\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """The relation, its direction, and whether the number is the base of a change."""

    relation: Relation | None
    change: Change | None = None
    negative: bool = False
    positive: bool = False
    is_base: bool = False
    share: bool = False


def told(scan: Scan, index: int, ratio_ahead: bool) -> Told:
    """What the words around number `index` make of it; relation None where they leave it open.

    `ratio_ahead`: whether a metric that is itself a ratio stands before or behind the number.
    """
    amount = scan.numbers[index]
    last = _last_words(scan, index)
    base = base_number(last) or _than_number(scan, index) or _former(scan, index)
    left = 0 if base else left_sign(scan, index)
    right = right_sign(scan, index)
    negative = (left or right) < 0 and amount.sign >= 0
    positive = (left or right) > 0
    if right and than_another(scan, scan.after(index)):
        return Told(None)
    if amount.kind == "points":
        return Told(Relation.CHANGE, "points", negative, positive)
    if base:
        return Told(Relation.LEVEL, is_base=True)
    if amount.kind == "word" or (amount.kind == "multiple" and getattr(amount, "as_verb", False)):
        if getattr(amount, "as_verb", False):
            return Told(Relation.CHANGE, "relative", False, True)
        return Told(Relation.SHARE, share=True) if _OF.match(scan.text, amount.span.end) else Told(None)
    if amount.kind == "percent":
        to = bool(last) and last[-1] in ("to", "at") and not left
        if to and ratio_ahead:
            return Told(Relation.LEVEL)
        if left or right or _growth_label(scan, index) or (amount.sign > 0 and not ratio_ahead):
            return Told(Relation.CHANGE, "points" if False else "relative", negative, positive)
        if _OF.match(scan.text, amount.span.end):
            return Told(Relation.SHARE, share=True)
        if ratio_ahead:
            return Told(Relation.LEVEL)
        return Told(Relation.CHANGE, "relative") if amount.sign < 0 else Told(None)
    if amount.kind == "money" and (left or right) and _amount_of_change(scan, index, left, right, last):
        return Told(Relation.CHANGE, "amount", negative, positive)
    if amount.kind == "multiple" and right > 0:
        return Told(Relation.MULTIPLE, "relative", False, True)
    return Told(Relation.COUNT if amount.kind == "count" else Relation.LEVEL)


def base_number(last: list[str]) -> bool:
    """Whether the words right before a number make it the base of a change or comparison."""
    trimmed = [
        w
        for w in last
        if w not in ("the", "a", "its", "just", "about", "only", "roughly", "nearly", "around")
    ]
    if not trimmed:
        return False
    if trimmed[-1] in ("from", "versus", "vs", "against"):
        return True
    while trimmed and trimmed[-1] in _HEDGES:
        trimmed.pop()
    if trimmed[-1:] in (["from"], ["versus"], ["vs"], ["against"]):
        return True
    if not trimmed:
        return False
    start = next(
        (i for i, w in enumerate(last) if w in ("from", "versus", "vs", "against", "compared")), None
    )
    if start is not None and len(last) > start + 1 and all(w in _FORMER for w in last[start + 1 :]):
        return True
    return len(trimmed) > 1 and trimmed[-2] == "compared" and trimmed[-1] in ("to", "with")


_HEDGES = frozenset(["at", "least", "approximately", "some", "more", "than", "over", "between"])
_MAKES = (["made"], ["makes"], ["make"], ["making"])
_FORMER = words("former")


def _former(scan: Scan, index: int) -> bool:
    """Whether a bracket sets the number beside the one before it: "$105 billion (was $101 billion)"."""
    stretch = scan.before(index)
    return bool(_WAS.search(scan.text[stretch.start : stretch.end]))


def _than_number(scan: Scan, index: int) -> bool:
    """Whether the number is what another is higher than: "44% higher than the $8.5 billion of last year"."""
    if scan.numbers[index].hedge is not None or not index:
        return False
    before = scan.before(index)
    words = [w.lower for w in scan.words_in(before)]
    bare = [w for w in words if w not in ("the", "its", "a", "s")]
    if bare[-1:] == ["than"]:
        return any(w in UP_NOUNS or w in DOWN_NOUNS or w in ("double", "triple") for w in bare[-4:-1])
    named = [p for p in scan.periods if before.encloses(p.span)]
    if (named and scan.words_in(Span(named[-1].span.end, before.end)) == []) or (
        named and scan.text[named[-1].span.end : before.end].strip() in ("'s", "’s")
    ):
        lead = [w.lower for w in scan.words_in(Span(before.start, named[-1].span.start))]
        return (
            bool(lead)
            and lead[-1] in ("over", "than", "from", "on", "versus", "vs", "against", "above", "below")
            and (lead[-1] != "on" or any(w in UP_NOUNS or w in DOWN_NOUNS for w in lead))
        )
    return False


def left_sign(scan: Scan, index: int) -> int:
    """1 or -1 when a change word stands before the number with nothing else between; else 0."""
    stretch = scan.before(index)
    for cue in reversed([m for m in scan.cues if stretch.encloses(m.span)]):
        kinds = cue.value.split()
        sign = 1 if "up" in kinds else -1 if "down" in kinds else 0
        if (
            cue.text.lower() == "up"
            and scan.text[max(0, cue.span.start - 7) : cue.span.start].lower().split()[-1:] in _MAKES
        ):
            return 0
        if not sign:
            continue
        between = Span(cue.span.end, stretch.end)
        named = (
            [m.span for m in scan.names if between.encloses(m.span)]
            if cue.text.lower() in _TRANSITIVE
            else []
        )
        if (
            named
            and scan.numbers[index].kind == "percent"
            and all(
                any(n.encloses(w.span) for n in named)
                or w.lower in CUE_GAP
                or w.lower in ("its", "the", "full-year", "annual")
                for w in scan.words_in(between)
            )
        ):
            return sign
        if any(
            w.lower not in CUE_GAP
            for w in scan.words_in(between)
            if not any(p.span.encloses(w.span) for p in scan.periods)
        ):
            return 0
        if any(c in scan.text[between.start : between.end] for c in ";:"):
            return 0
        return sign
    return 0


def right_sign(scan: Scan, index: int) -> int:
    """1 or -1 when a noun of change stands behind the number: "a 38% year-over-year jump"."""
    stretch = scan.after(index)
    for position, word in enumerate(scan.words_in(stretch)):
        gap = scan.text[stretch.start : word.span.start]
        if position > 7 or any(c in gap for c in ",;:(|"):
            return 0
        if word.lower in ("above", "below") and not gap.strip() and _time_follows(scan, word.span.end):
            return 1 if word.lower == "above" else -1
        if word.lower in UP_NOUNS or word.lower in DOWN_NOUNS:
            return 1 if word.lower in UP_NOUNS else -1
        named = any(
            m.kind in ("metric", "member", "entity") and m.span.encloses(word.span) for m in scan.mentions
        )
        if word.lower not in RIGHT_GAP and not named:
            return 0
    return 0


def _time_follows(scan: Scan, start: int) -> bool:
    """Whether a period or "a year earlier" stands right behind."""
    near = Span(start, min(scan.span.end, start + 24))
    return any(p.span.overlaps(near) for p in scan.periods) or any(
        {"yoy", "qoq"} & set(m.value.split()) for m in scan.cues if m.span.overlaps(near)
    )


def than_number(scan: Scan, index: int) -> bool:
    """Whether a change is told against the very next number: "$68 billion higher than the $455 billion of"."""
    if index + 1 >= len(scan.numbers):
        return False
    words = [w.lower for w in scan.words_in(scan.after(index))]
    return "than" in words and len(words) <= 6


def than_another(scan: Scan, stretch: Span) -> bool:
    """Whether a "higher" behind a number is higher than something else, and not than some time before."""
    for position, word in enumerate(scan.words_in(clause(scan, stretch))):
        if word.lower == "than":
            after = Span(word.span.start, min(scan.span.end, word.span.end + 40))
            times = any(p.span.overlaps(after) for p in scan.periods)
            return not times and not any(
                {"yoy", "qoq"} & set(m.value.split()) for m in scan.cues if m.span.overlaps(after)
            )
        if position > 6:
            return False
    return False


def _growth_label(scan: Scan, index: int) -> bool:
    """Whether "YoY" or its kin stands right behind the number, or a label of growth right before it."""
    stretch = scan.after(index)
    for cue in scan.cues:
        if (
            cue.span.start >= stretch.start
            and cue.span.end <= stretch.end
            and {"yoy", "qoq"} & set(cue.value.split())
        ):
            gap = scan.text[stretch.start : cue.span.start]
            if len(gap) <= 6 and not any(c in gap for c in ",;"):
                return True
    return bool(
        _YOY_LABEL.search(
            scan.text[max(scan.before(index).start, scan.before(index).end - 30) : scan.before(index).end]
        )
    )


def _amount_of_change(scan: Scan, index: int, left: int, right: int, last: list[str]) -> bool:
    """Whether a sum of money is itself the change: "rose by $5 billion", "a $455 billion surge in"."""
    if right:
        return True
    return (bool(last) and last[-1] in ("by", "of", "another")) or (
        bool(last) and left != 0 and last[-1] not in ("to", "at")
    )


def _last_words(scan: Scan, index: int) -> list[str]:
    return [
        w.lower
        for w in scan.words_in(scan.before(index))
        if not any(p.span.encloses(w.span) for p in scan.periods)
    ][-6:]


def base_of(scan: Scan, index: int) -> tuple[Base, PeriodMention | None]:
    """What the change at number `index` is measured from, as the words around it say.

    "assumed" where they do not: a year earlier for a flow.
    """
    after, before = scan.after(index), scan.before(index)
    stretches = (clause(scan, after), after, Span(max(before.start, before.end - 60), before.end))
    for stretch in stretches:
        found = [
            (m.span.start, "yoy" if "yoy" in m.value.split() else "qoq")
            for m in scan.cues
            if m.span.overlaps(stretch) and {"yoy", "qoq"} & set(m.value.split())
        ]
        named = [p for p in scan.periods if stretch.encloses(p.span) and is_base_period(scan, p)]
        if named and (not found or named[0].span.start < min(found)[0]):
            mention = named[0]
            if mention.kind == "relative":
                by_relative: dict[str, Base] = {
                    "year_ago": "yoy",
                    "last_year": "yoy",
                    "prior": "qoq",
                    "latest": "qoq",
                }
                if mention.relative in by_relative:
                    return by_relative[mention.relative], None
                if mention.relative == "earlier":
                    return "period", mention
            else:
                return "period", mention
        if found:
            nearest = min(found) if stretch is not stretches[2] else max(found)
            return ("yoy", None) if nearest[1] == "yoy" else ("qoq", None)
    return "assumed", None


def is_base_period(scan: Scan, mention: PeriodMention) -> bool:
    """Whether a period is what something is compared with: "from last quarter", "than all of fiscal 2025"."""
    before = [w for w in scan.words if w.span.end <= mention.span.start]
    for word in reversed(before[-7:]):
        if any(n.span.overlaps(word.span) for n in scan.numbers):
            return False
        if word.lower in BASE_WORDS:
            return True
        if word.lower not in SKIPPED and not any(n.span.encloses(word.span) for n in scan.names):
            return False
    return False


def other_sides(scan: Scan) -> list[Span]:
    """The stretches behind "exceeds" and its kin that name a measure and a period and hold no number."""
    found: list[Span] = []
    for cue in scan.cues:
        if not {"exceeds", "below"} & set(cue.value.split()):
            continue
        stretch = clause(scan, Span(cue.span.end, scan.span.end))
        whole = Span(cue.span.start, stretch.end)
        if any(n.span.overlaps(whole) for n in scan.numbers):
            continue
        if any(stretch.encloses(m.span) for m in scan.names) and any(
            stretch.encloses(p.span) for p in scan.periods
        ):
            found.append(stretch)
    return found


def clause(scan: Scan, stretch: Span) -> Span:
    """The stretch up to its first comma, semicolon, dash or bracket."""
    for match in _CLAUSE_END.finditer(scan.text, stretch.start, stretch.end):
        if not any(p.span.encloses(Span(match.start(), match.end())) for p in scan.periods):
            return Span(stretch.start, match.start())
    return stretch


def amount_interval_sign(amount: Amount, negative: bool) -> bool:
    """Whether the said interval must be mirrored: the words say down, the number has no sign."""
    return negative and amount.sign == 0
