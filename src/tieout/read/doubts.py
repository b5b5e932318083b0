"""What keeps a number from being called wrong: loose words around it, and what else it could be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tieout.core.article import Span
from tieout.read.bases import last_words, than_number
from tieout.read.draft import APART, Draft, Subject
from tieout.read.firm import LINKS, is_firm
from tieout.read.memory import Sentence
from tieout.read.periods import PeriodMention
from tieout.read.relation import PAST_VERBS, Told
from tieout.read.rivals import rival_measures, rival_periods
from tieout.read.scan import Scan
from tieout.read.scenario import guided_ahead
from tieout.read.wordlist import words

SAFE = words("safe")
"""Words that may stand before a name without changing what it names."""

WEAK = frozenset(["was", "were", "stood", "ended"])
"""Past verbs that are also said of what lies ahead, unless a period is named."""

ADDED = frozenset(["added", "adding", "adds", "gained", "put"])

FIRST = frozenset({"original", "originally", "initial", "initially"})
EARLIER = FIRST | {"previous", "previously", "prior", "earlier", "old", "before"}
"""Words of time that the base of a change may have beside it."""

NEAR = 60
"""Characters between a number and a period of its own."""

_STRONG_TIMES = re.compile(
    r"\b(?:year-to-date|year to date|so far|to date|since|spring|summer|autumn|winter|cumulative(?:ly)?|ever"
    r"|combined|annualized|began|begun|started?|start|beginning|outset|opened|opening|entered|entering"
    r"|initial(?:ly)?|original(?:ly)?|history|historical|late|early|mid|thus far|altogether|all told"
    r"|together|jointly|aggregate|trailing|twelve-month|12-month|rolling"
    r"|(?:two|three|four|six|eight|several)\s+quarters|excluding|outside of|except for|apart from|aside from"
    r"|other than|net of|stripping out|without)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:first|second|third|fourth|then|later|earlier|previous(?:ly)?|prior|preceding|following"
    r"|January|February|March|April|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|20\d\d|quarters?|half|months?|years?|weeks?|once|former(?:ly)?|ago|before|last|next|old)\b",
    re.IGNORECASE,
)
_HAD = re.compile(
    r"\b(?:had(?:\s+(?:previously|earlier|originally|initially))?\s+"
    r"(?:expected|guided|forecast|projected|called|targeted|predicted|anticipated|said|seen|planned)"
    r"|previously|earlier\s+(?:guidance|forecast|outlook)|before\s+the\s+report)\b",
    re.IGNORECASE,
)
"""How a sentence tells of guidance that was given before the one now in force."""

_MAY = re.compile(r"\bMay\b")
_OF = re.compile(r"\s+(?:worth\s+)?(?:of|in|from)\s+")
_POSSESSIVE = ("'s", "’s", "'", "’")


def doubted(sentence: Sentence, draft: Draft, index: int, relation: Told) -> Draft:
    """The draft of number `index` with what else it could be; as it is where it names no measure."""
    subject, scan = draft.subject, sentence.scan
    if subject is None or not subject.metrics:
        return draft
    change = relation.change is not None or relation.is_base
    firm = is_firm(scan, subject, index, sentence.last, change=change)
    past = _past(scan, index, draft.period)
    ahead = sentence.memory.guided > 0 and not past
    cued = scan.has_cue("guidance", scan.span) or scan.has_cue("modal", scan.span)
    spoken = sentence.memory.members_of(sentence.block)
    return replace(
        draft,
        past=past,
        firm=firm,
        loose=next(_loose(sentence, draft, subject, index, relation, firm), ""),
        rivals=rival_measures(scan, subject, sentence.before, spoken, firm=firm),
        rival_periods=rival_periods(scan, draft.period, draft.number),
        rival_scenario=ahead or cued or relation.is_base,
    )


def has_time_word(scan: Scan) -> bool:
    """Whether a word of time stands anywhere in the sentence."""
    start, end = scan.span.start, scan.span.end
    return bool(_TIMES.search(scan.text, start, end) or _MAY.search(scan.text, start, end))


def _past(scan: Scan, index: int, period: PeriodMention | None) -> bool:
    """Whether a verb of the number's clause reports it as having happened."""
    start, end = scan.before(index).start, scan.numbers[index].span.start
    lead = scan.text[start:end]
    clause = Span(start + max(lead.rfind(","), lead.rfind(";"), lead.rfind("—")) + 1, end)
    labelled = period is not None and period.explicit and not lead.rstrip().endswith("(was")
    reports = any(w in PAST_VERBS and (labelled or w not in WEAK) for w in scan.lower_in(clause))
    return reports and not scan.has_cue("modal", clause)


def _loose(
    sentence: Sentence, draft: Draft, subject: Subject, index: int, relation: Told, firm: bool
) -> Iterator[str]:
    """Why the words bind the number to its reading too loosely to call it wrong, the weightiest first."""
    if subject.span is None and sentence.last is not None and sentence.last.loose:
        yield sentence.last.loose
    if not firm:
        yield APART
    yield from _loose_names(sentence, draft, subject)
    yield from _loose_changes(sentence, subject, index, relation)
    yield from _loose_times(sentence, draft)
    owner = sentence.memory.main if subject.entity is None else subject.entity
    entities = (m for m in sentence.scan.mentions if m.kind == "entity" and m.value != owner)
    if any(entity.span.end <= draft.number.start for entity in entities):
        yield "another company is named before the number"


def _loose_names(sentence: Sentence, draft: Draft, subject: Subject) -> Iterator[str]:
    kinds = {sentence.catalogue.metric(m).kind for m in subject.metrics}
    if "specification" not in kinds and _qualified(sentence.scan, subject):
        yield "a word tieout does not know qualifies the name of what is measured"
    if _of_unknown(sentence.scan, draft.number, subject):
        yield "the number is said to be of something tieout does not know"
    if draft.period is not None and draft.period.kind == "on" and kinds == {"flow"}:
        yield "a date is told of what runs over a period"


def _loose_changes(sentence: Sentence, subject: Subject, index: int, relation: Told) -> Iterator[str]:
    scan, before = sentence.scan, sentence.scan.before(index)
    if _HAD.search(scan.text, scan.span.start, before.end):
        yield "the sentence tells what had been said before"
    if relation.change is None:
        yield from _steps(scan, subject, index)
        return
    if _than_else(scan, index):
        yield "the change is told against something else"
    if than_number(scan, index):
        yield "the change is told against another number"
    if guided_ahead(scan, before):
        yield "the guidance itself may have changed by that"


def _steps(scan: Scan, subject: Subject, index: int) -> Iterator[str]:
    """Why a number that looks like a level may be a step: what was added, or what something changed by."""
    ahead = last_words(scan, index)
    if not ADDED.isdisjoint(ahead[-2:]):
        yield "what is added may be no level"
    named_behind = subject.span is not None and subject.span.start >= scan.numbers[index].span.end
    if "by" in ahead[-2:] and not named_behind:
        yield "what something differs or changes by is no level"


def _than_else(scan: Scan, index: int) -> bool:
    """Whether a change is told against what is neither a number nor a time: "more than it booked"."""
    after = scan.clause(scan.after(index))
    than = next((w for w in scan.words_in(after) if w.lower == "than"), None)
    if than is None:
        return False
    rest = Span(than.span.end, scan.span.end)
    first = next(iter(scan.words_in(rest)), None)
    timed = [m.span for m in scan.cues if {"yoy", "qoq"} & set(m.value.split())]
    timed += [p.span for p in scan.periods] + [n.span for n in scan.numbers]
    if first is None or any(span.overlaps(than.span) for span in timed):
        return first is None
    near = Span(than.span.end, min(scan.span.end, than.span.end + NEAR))
    return not any(near.overlaps(span) for span in timed)


def _loose_times(sentence: Sentence, draft: Draft) -> Iterator[str]:
    if draft.period is None and sentence.memory.label_block == sentence.block:
        yield "the paragraph is headed by a date tieout does not read"
    if _unread_time(sentence.scan, draft):
        yield "the sentence speaks of a time tieout does not read"


def _qualified(scan: Scan, subject: Subject) -> bool:
    """Whether an unknown word qualifies the subject's name: "services revenue", "infrastructure sales"."""
    if subject.span is None:
        return False
    start = subject.span.start
    before = [w for w in scan.words if w.span.end <= start]
    if not before or not any(m.span.start == start for m in scan.names):
        return False
    word = before[-1]
    gap = scan.text[word.span.end : start]
    if not re.fullmatch(r"['’]?s?[\s-]*", gap) or gap.strip("\t -") in _POSSESSIVE:
        return False
    if _harmless(word.lower) or word.lower.endswith(("ly", "ed", "ing")) or word.text.isdigit():
        return False
    return not any(span.overlaps(word.span) for span in _known(scan))


def _of_unknown(scan: Scan, number: Span, subject: Subject) -> bool:
    """Whether the number is said to be of something tieout does not know: "$3.06 billion of profit"."""
    if subject.span is not None and subject.span.start >= number.end:
        return False
    match = _OF.match(scan.text, number.end, scan.span.end)
    if match is None:
        return False
    known = _known(scan)
    for word in [w for w in scan.words if w.span.start >= match.end()][:4]:
        if any(span.overlaps(word.span) for span in known):
            return False
        if not _harmless(word.lower):
            return True
    return False


def _harmless(word: str) -> bool:
    return word in SAFE or word in LINKS


def _known(scan: Scan) -> list[Span]:
    """Where names, cues, periods and numbers stand."""
    return [
        *(m.span for m in scan.mentions),
        *(p.span for p in scan.periods),
        *(n.span for n in scan.numbers),
    ]


def _unread_time(scan: Scan, draft: Draft) -> bool:
    """Whether the sentence has time words that no period expression took up.

    Beside a period of the number's own only those count that bend its meaning: "at the start of the quarter".
    """
    start, end = scan.span.start, scan.span.end
    if any(p.relative == "ttm" for p in scan.periods):
        return True
    periods = [p.span for p in scan.periods]
    known = [*periods, *(m.span for m in scan.mentions if m.kind in ("tag", "metric"))]
    if any(not _within(m, known) for m in _STRONG_TIMES.finditer(scan.text, start, end)):
        return True
    period, number = draft.period, draft.number
    if period is not None and abs(period.span.start - number.end) < NEAR and not period.span.encloses(number):
        return False
    taken = [*periods, *(n.span for n in scan.numbers), *(m.span for m in scan.names)]
    taken += [m.span for m in scan.cues if {"yoy", "qoq"} & set(m.value.split())]
    return any(
        not _within(match, taken) and not (draft.is_base and match.group().lower() in EARLIER)
        for match in _TIMES.finditer(scan.text, start, end)
    )


def _within(match: re.Match[str], spans: list[Span]) -> bool:
    place = Span(match.start(), match.end())
    return any(span.overlaps(place) for span in spans)
