"""Statements without a number of their own: comparisons, directions, and spans of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.core.claim import Relation
from tieout.core.measure import Scenario
from tieout.read.attach import Memory
from tieout.read.draft import Base, Draft, Subject
from tieout.read.periods import PeriodMention
from tieout.read.relation import clause, is_base_period
from tieout.read.scan import Scan
from tieout.read.subject import Subjects, entity_of, merged, owner_of
from tieout.read.wordlist import words
from tieout.read.words import Mention

_ADVERBS = words("adverbs")
_NOUNS = frozenset(["expansion", "contraction", "compression"])
_DENIED = re.compile(
    r"\b(?:not|n['’]t|never|without|neither|nor|if|whether|hardly|no)\b|n['’]t\b", re.IGNORECASE
)
_SPAN = re.compile(
    r"\b(?:in|within|over|during)\s+(?:just\s+|only\s+|about\s+|under\s+|roughly\s+|the\s+space\s+of\s+|a\s+mere\s+)*"
    r"(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|\d{1,2})\s+(?P<unit>months|quarters|years)\b",
    re.IGNORECASE,
)


def comparisons(scan: Scan, drafts: Sequence[Draft], catalogue: Catalogue, memory: Memory) -> list[Draft]:
    """Drafts of "exceeds all of last year's shipments": a subject, a direction, the other side.

    Only where the other side is named with a metric and a period of its own.
    """
    found: list[Draft] = []
    for cue in scan.cues:
        kinds = cue.value.split()
        if "exceeds" not in kinds and "below" not in kinds:
            continue
        other = _other_side(scan, cue, catalogue)
        if other is None:
            continue
        subject, mention_end, whole = other
        nearest = [d for d in drafts if d.number.end <= cue.span.start]
        draft = nearest[-1] if nearest else None
        told = draft.subject if draft is not None else _named_before(scan, cue, catalogue, memory)
        if told is None or (draft is not None and draft.unread):
            continue
        period = next(
            (p for p in scan.periods if cue.span.end <= p.span.start and p.span.end <= mention_end), None
        )
        if period is None and set(told.metrics) & set(whole.metrics) and told.dimensions == whole.dimensions:
            continue
        found.append(
            Draft(
                relation=Relation.COMPARISON,
                span=Span(cue.span.start, mention_end),
                number=cue.span,
                sentence=scan.span,
                subject=told,
                whole=whole,
                whole_period=period,
                direction="exceeds" if "exceeds" in kinds else "below",
                period=draft.period if draft is not None else None,
                scenario=draft.scenario if draft is not None else Scenario.ACTUAL,
            )
        )
    return found


def _other_side(scan: Scan, cue: Mention, catalogue: Catalogue) -> tuple[Subject, int, Subject] | None:
    stretch = clause(scan, Span(cue.span.end, scan.span.end))
    if any(n.span.overlaps(Span(cue.span.start, stretch.end)) for n in scan.numbers):
        return None
    subjects = Subjects(scan, catalogue)
    names = [m for m in scan.names if stretch.encloses(m.span)]
    periods = [p for p in scan.periods if stretch.encloses(p.span)]
    if not names or any(scan.has_cue(word, stretch) for word in ("consensus", "guidance")):
        return None
    subject = merged(subjects.build(names[:2], stretch), None, catalogue, "money", True)
    subject = replace(subject, entity=entity_of(scan, names[0].span.start, subject) if subject.span else None)
    return (
        subject,
        max(
            names[-1].span.end if len(names) < 3 else names[1].span.end, periods[0].span.end if periods else 0
        ),
        subject,
    )


def _named_before(scan: Scan, cue: Mention, catalogue: Catalogue, memory: Memory) -> Subject | None:
    subjects = Subjects(scan, catalogue)
    ahead = subjects.ahead(Span(scan.span.start, cue.span.start))
    if ahead is None:
        return None
    return merged(ahead, memory.subject, catalogue, "money", True)


def directions(scan: Scan, drafts: Sequence[Draft], catalogue: Catalogue, memory: Memory) -> list[Draft]:
    """Drafts of "the margin held steady", "margin expansion": a subject and a word for its change.

    Left out: words a number goes with ("rose 5%"), denials, forecasts, and words for something else.
    """
    found: list[Draft] = []
    for direction in catalogue.directions.values():
        for word in direction.words:
            for match in re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE).finditer(
                scan.text, scan.span.start, scan.span.end
            ):
                place = Span(match.start(), match.end())
                subject = _subject_of(scan, place, word, direction.sign, drafts, catalogue, memory)
                if subject is None or any(d.number.overlaps(place) for d in found):
                    continue
                near = [
                    d
                    for d in drafts
                    if d.subject is not None and set(d.subject.metrics) & set(subject.metrics)
                ]
                start = subject.span.start if subject.span else place.start
                found.append(
                    Draft(
                        relation=Relation.DIRECTION,
                        span=Span(min(start, place.start), place.end),
                        number=place,
                        sentence=scan.span,
                        subject=subject,
                        base=_base_near(scan, place),
                        direction=direction.id,
                        period=_period_near(scan, place, near),
                    )
                )
    return found


def _base_near(scan: Scan, place: Span) -> Base:
    """What the change is from, as a cue in the word's clause says; a year earlier is assumed."""
    behind = clause(scan, Span(place.end, scan.span.end))
    if scan.has_cue("yoy", behind):
        return "yoy"
    return "qoq" if scan.has_cue("qoq", behind) else "assumed"


def _period_near(scan: Scan, place: Span, near: Sequence[Draft]) -> PeriodMention | None:
    """The period behind the word before any number, else that of a number on the same subject, else one ahead."""
    stop = min((n.span.start for n in scan.numbers if n.span.start >= place.end), default=scan.span.end)
    for mention in scan.periods:
        if place.end <= mention.span.start < stop and not is_base_period(scan, mention):
            return mention
    told = next((d.period for d in near if d.period is not None), None)
    ahead = [p for p in scan.periods if p.span.end <= place.start and not is_base_period(scan, p)]
    return told or (ahead[-1] if ahead else None)


def _subject_of(
    scan: Scan,
    place: Span,
    word: str,
    sign: int,
    drafts: Sequence[Draft],
    catalogue: Catalogue,
    memory: Memory,
) -> Subject | None:
    before = [m for m in scan.names if m.span.end <= place.start]
    if not before:
        return None
    between = [w.lower for w in scan.words_in(Span(before[-1].span.end, place.start))]
    gap = scan.text[before[-1].span.end : place.start]
    if len(between) > 2 or any(w not in _ADVERBS for w in between) or any(c in gap for c in ",;:()—"):
        return None
    if word in _NOUNS and between:
        return None
    if word == "flat" and (not between or between[-1] in ("is", "are", "was", "were", "s")) and between:
        return None
    if (
        word
        in ("higher", "lower", "growing", "rising", "falling", "steady", "decline", "increasing", "improving")
        and not between
    ):
        return None
    after = scan.words_in(Span(place.end, min(scan.span.end, place.end + 40)))
    if (
        after
        and after[0].lower in ("short", "by", "to", "from", "than", "rate", "target", "risk")
        and word not in _NOUNS
        and sign != 0
    ):
        return None
    if sign != 0 and any(place.end <= n.span.start < place.end + 40 for n in scan.numbers):
        return None
    stretch = Span(scan.span.start, place.end)
    if (
        _DENIED.search(scan.text, scan.span.start, place.end)
        and "n't" in scan.text[max(scan.span.start, place.start - 12) : place.end]
    ):
        return None
    if (
        _DENIED.search(scan.text, max(scan.span.start, place.start - 40), place.start)
        or scan.has_cue("modal", stretch)
        or scan.has_cue("conjecture", stretch)
        or scan.has_cue("guidance", stretch)
        or scan.has_cue("consensus", scan.span)
    ):
        return None
    subjects = Subjects(scan, catalogue)
    subject = subjects.ahead(Span(scan.span.start, place.start))
    if subject is None:
        return None
    subject = merged(subject, memory.subject, catalogue, "percent", True)
    if any(catalogue.metric(m).kind in ("market", "statement", "specification") for m in subject.metrics):
        return None
    entity = entity_of(scan, place.start, subject)
    return replace(subject, entity=entity if entity is not None else owner_of(subject, catalogue))


def spans(scan: Scan, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of "in just six months" where the sentence itself names both ends of the time."""
    match = _SPAN.search(scan.text, scan.span.start, scan.span.end)
    if match is None:
        return []
    base = next(
        (i for i, d in enumerate(drafts) if d.is_base and d.period is not None and d.period.explicit), None
    )
    if base is None or base + 1 >= len(drafts):
        return []
    end = drafts[base + 1]
    if end.period is None or not end.period.explicit or end.subject is None:
        return []
    place = Span(match.start("n"), match.end("unit"))
    number = next((n for n in scan.numbers if n.span.overlaps(Span(match.start("n"), match.end("n")))), None)
    return [
        Draft(
            relation=Relation.SPAN,
            span=Span(match.start(), match.end()),
            number=place,
            sentence=scan.span,
            amount=number,
            subject=end.subject,
            base="from",
            from_draft=base,
            period=end.period,
            direction=match.group("unit").lower(),
        )
    ]


def opinions(scan: Scan) -> list[Draft]:
    """Drafts of what is a recommendation or a valuation in words: no statement that a document could settle."""
    return [
        Draft(relation=Relation.OPINION, span=m.span, number=m.span, sentence=scan.span)
        for m in scan.cues
        if "opinion" in m.value.split()
    ]


def quarter_ends(scan: Scan) -> list[Draft]:
    """Drafts of "the quarter ending November 3rd": the day a fiscal quarter is said to have ended."""
    found: list[Draft] = []
    for mention in scan.periods:
        if (
            mention.kind == "ended"
            and mention.part == "Q1"
            and mention.day is not None
            and mention.month is not None
        ):
            found.append(
                Draft(
                    relation=Relation.DATE,
                    span=mention.span,
                    number=mention.span,
                    sentence=scan.span,
                    subject=Subject(("revenue",), ("revenue",)),
                    period=mention,
                    direction=f"{mention.year or 0:04d}-{mention.month:02d}-{mention.day:02d}",
                )
            )
    return found
