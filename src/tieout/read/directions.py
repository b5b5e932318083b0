"""What a word alone says: directions ("the margin held steady") and opinions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from tieout.catalogue import Catalogue, Direction
from tieout.core.article import Span
from tieout.core.claim import Relation
from tieout.read.bases import is_base_period
from tieout.read.draft import Base, Draft, Subject
from tieout.read.memory import Memory
from tieout.read.naming import qualified
from tieout.read.owner import entity_of, owner_of
from tieout.read.periods import PeriodMention
from tieout.read.scan import Scan
from tieout.read.subject import Subjects, merged
from tieout.read.wordlist import words

ADVERBS = words("adverbs")
"""Words that may stand between a subject and its word of direction."""

NOUNS = frozenset(["expansion", "contraction", "compression"])
"""Words of direction that stand right behind what changes: "margin expansion"."""

PARTICIPLES = frozenset(
    ["higher", "lower", "growing", "rising", "falling", "steady", "decline", "increasing", "improving"]
)
"""Words that right behind a name are no statement: "the margin higher prices bring"."""

LINKED = ("is", "are", "was", "were", "s")
ANOTHER = frozenset(["short", "by", "to", "from", "than", "rate", "target", "risk"])
"""Words behind a word of direction that make it part of something else."""

NEAR = 40
"""Characters around a word in which a number or a denial counts."""

_UNTOLD = re.compile(
    r"(?:\s+\w+ly)?\s+(?:in|over|during|for|through|across|since)\s+(?:the\s+|these\s+|those\s+|its\s+|all\s+)?(?:\w+\s+){0,2}"
    r"(?:years?|decades?|months|weeks|quarters|time)\b(?!\s+(?:over|on)\b)",
    re.IGNORECASE,
)
"""Words of a stretch of time right behind the word of direction: "rose quickly in the years before"."""

_DENIED = re.compile(
    r"\b(?:not|n['’]t|never|without|neither|nor|if|whether|hardly|no)\b|n['’]t\b", re.IGNORECASE
)


def directions(scan: Scan, drafts: Sequence[Draft], catalogue: Catalogue, memory: Memory) -> list[Draft]:
    """Drafts of "the margin held steady", "margin expansion": a subject and a word for its change.

    Left out: words a number goes with ("rose 5%"), denials, forecasts, and words for something else.
    """
    found: list[Draft] = []
    for direction, word, place in _words_of_direction(scan, catalogue):
        if not _is_statement(scan, place, word, direction.sign):
            continue
        subject = _subject_of(scan, place, catalogue, memory)
        if subject is None or any(draft.number.overlaps(place) for draft in found):
            continue
        near = [d for d in drafts if d.subject is not None and set(d.subject.metrics) & set(subject.metrics)]
        start = subject.span.start if subject.span else place.start
        draft = Draft(
            relation=Relation.DIRECTION,
            span=Span(min(start, place.start), place.end),
            number=place,
            sentence=scan.span,
            subject=subject,
            base=_base_near(scan, place),
            direction=direction.id,
            period=_period_near(scan, place, near),
        )
        found.append(replace(draft, loose=_loose(scan, draft, subject)))
    return found


def _loose(scan: Scan, draft: Draft, subject: Subject) -> str:
    """Why the word may be told of something else, or of another time; empty where it is not."""
    if qualified(scan, subject):
        return "a word tieout does not know qualifies what changes"
    if draft.period is None and _UNTOLD.match(scan.text, draft.number.end, scan.span.end):
        return "the sentence speaks of a time tieout does not read"
    return ""


def opinions(scan: Scan) -> list[Draft]:
    """Drafts of recommendations and valuations in words: no statement that a document could settle."""
    return [
        Draft(relation=Relation.OPINION, span=m.span, number=m.span, sentence=scan.span)
        for m in scan.cues
        if "opinion" in m.value.split()
    ]


def _words_of_direction(scan: Scan, catalogue: Catalogue) -> Iterator[tuple[Direction, str, Span]]:
    told = scan.text[scan.span.start : scan.span.end].casefold()
    for direction in catalogue.directions.values():
        for word in direction.words:
            if word.casefold() in told:
                for match in _pattern(word).finditer(scan.text, scan.span.start, scan.span.end):
                    yield direction, word, Span(match.start(), match.end())


@lru_cache(maxsize=512)
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)


def _is_statement(scan: Scan, place: Span, word: str, sign: int) -> bool:
    """Whether the word says what has become of the name right before it."""
    return (
        _follows_name(scan, place, word)
        and not _goes_on(scan, place, word, sign)
        and not _denied(scan, place)
    )


def _follows_name(scan: Scan, place: Span, word: str) -> bool:
    """Whether a name stands before the word with nothing of weight between."""
    name = next((m for m in reversed(scan.names) if m.span.end <= place.start), None)
    if name is None:
        return False
    gap = Span(name.span.end, place.start)
    between = scan.lower_in(gap)
    if len(between) > 2 or not ADVERBS.issuperset(between):
        return False
    if any(c in scan.text[gap.start : gap.end] for c in ",;:()—"):
        return False
    if not between:
        return word not in PARTICIPLES
    return word not in NOUNS and not (word == "flat" and between[-1] in LINKED)


def _goes_on(scan: Scan, place: Span, word: str, sign: int) -> bool:
    """Whether the word goes with a number, or is part of another expression."""
    if not sign:
        return False
    if any(place.end <= n.span.start < place.end + NEAR for n in scan.numbers):
        return True
    after = scan.words_in(Span(place.end, min(scan.span.end, place.end + NEAR)))
    return bool(after) and after[0].lower in ANOTHER and word not in NOUNS


def _denied(scan: Scan, place: Span) -> bool:
    """Whether the word is denied, doubted, expected, or told of guidance."""
    close = scan.text[max(scan.span.start, place.start - 12) : place.end]
    if "n't" in close or _DENIED.search(scan.text, max(scan.span.start, place.start - NEAR), place.start):
        return True
    stretch = Span(scan.span.start, place.end)
    return any(scan.has_cue(cue, stretch) for cue in ("modal", "conjecture", "guidance")) or scan.has_cue(
        "consensus", scan.span
    )


def _subject_of(scan: Scan, place: Span, catalogue: Catalogue, memory: Memory) -> Subject | None:
    subject = Subjects(scan, catalogue).ahead(Span(scan.span.start, place.start))
    if subject is None:
        return None
    subject = merged(subject, memory.subject, catalogue, "percent", True)
    if any(catalogue.metric(m).kind in ("market", "statement", "specification") for m in subject.metrics):
        return None
    entity = entity_of(scan, place.start, subject)
    return replace(subject, entity=entity if entity is not None else owner_of(subject, catalogue))


def _base_near(scan: Scan, place: Span) -> Base:
    """What the change is from, as a cue in the word's clause says; a year earlier is assumed."""
    behind = scan.clause(Span(place.end, scan.span.end))
    if scan.has_cue("yoy", behind):
        return "yoy"
    return "qoq" if scan.has_cue("qoq", behind) else "assumed"


def _period_near(scan: Scan, place: Span, near: Sequence[Draft]) -> PeriodMention | None:
    """The period behind the word before any number, else that of a number on the subject, else one ahead."""
    stop = min((n.span.start for n in scan.numbers if n.span.start >= place.end), default=scan.span.end)
    free = [p for p in scan.periods if not is_base_period(scan, p)]
    behind = next((p for p in free if place.end <= p.span.start < stop), None)
    told = next((d.period for d in near if d.period is not None), None)
    ahead = next((p for p in reversed(free) if p.span.end <= place.start), None)
    return behind or told or ahead
