"""Words around a name that may make it the name of something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tieout.core.article import Span
from tieout.read.asides import in_papers
from tieout.read.beside import is_beside
from tieout.read.draft import TOLD_BEFORE, Draft, Subject
from tieout.read.firm import LINKS, OF_PROFIT
from tieout.read.memory import Sentence
from tieout.read.narrowed import narrowed
from tieout.read.scan import Scan
from tieout.read.strangers import stands_for_company
from tieout.read.subject import supposed
from tieout.read.wordlist import words

SAFE = words("safe")
"""Words that may stand before a name without changing what it names."""

_ITS_OWN = re.compile(
    r"['’]s?(?:\s+(?:was|were|is|are|came|made|brought|rose|fell|grew|had|stood|earned|took)\b|,)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s+(?:including|excluding|counting|net\s+of|not\s+counting)\b", re.IGNORECASE)
_LEFT_OUT = re.compile(r"['’]s?\s+(?:was|were|is|are|came|rose|fell|grew|had|stood)\b", re.IGNORECASE)

_OF = re.compile(
    r"\s+(?:worth\s+|(?:increase|rise|gain|jump|growth|advance|surge|decrease|decline|drop|fall|slide)\s+)?"
    r"(?:of|in|from)\s+"
)

_POSSESSIVE = ("'s", "’s", "'", "’")


def unclear_names(sentence: Sentence, draft: Draft, subject: Subject) -> Iterator[str]:
    """Why the name may be the name of something else than the measure read."""
    kinds = {sentence.catalogue.metric(m).kind for m in subject.metrics}
    if "specification" not in kinds and qualified(sentence.scan, subject):
        yield "a word tieout does not know qualifies the name of what is measured"
    if supposed(subject) and _speaks_of_profit(sentence.scan, draft.number, subject.span):
        yield "no words name the measure, and the sentence speaks of profit or of what was added"
    if supposed(subject) and _elliptical(sentence.scan, subject):
        yield "what is measured is left out"
    if _owners_part(sentence.scan, draft.number) and not _beside(sentence, draft, subject):
        yield "what the company's number is of is left out"
    if _COUNTED.match(sentence.scan.text, draft.number.end, sentence.scan.span.end):
        yield "something is counted in, or left out"
    if _of_unknown(sentence.scan, draft.number, subject):
        yield "the number is said to be of something tieout does not know"
    if _margin_of_another(sentence, subject):
        yield "the margin may be that of what is told before it"
    if _total_behind(sentence, draft, subject):
        yield "the total may be that of the company and not of what was told before"
    yield from narrowed(sentence.scan, subject, draft)
    if draft.period is not None and draft.period.kind == "on" and kinds == {"flow"}:
        yield "a date is told of what runs over a period"


def _total_behind(sentence: Sentence, draft: Draft, subject: Subject) -> bool:
    """Whether a total without a name follows a number: "cloud revenue $8 billion, its total $16 billion"."""
    if sentence.last is None or (subject.span is not None and subject.span.start > sentence.last.number.end):
        return False
    before = sentence.last.subject
    whole = before is not None and not before.dimensions and not before.own_dimensions
    if before is not None and whole and not qualified(sentence.scan, before):
        return False
    between = Span(sentence.last.number.end, max(sentence.last.number.end, draft.number.start))
    return not {"total", "overall", "whole", "group", "altogether"}.isdisjoint(
        sentence.scan.lower_in(between)
    )


def _margin_of_another(sentence: Sentence, subject: Subject) -> bool:
    """Whether a bare margin stands beside a profit not its own: "EBITDA of $8 billion, a 61% margin"."""
    scan, last = sentence.scan, sentence.last
    if subject.span is None or scan.text[subject.span.start : subject.span.end].lower() not in (
        "margin",
        "margins",
    ):
        return False
    if last is None or last.subject is None or last.subject.span is None:
        return False
    told = set(last.subject.metrics) - {"revenue"}
    if any(sentence.catalogue.metric(m).unit == "ratio" for m in told):
        return False
    own = {m.replace("income", "margin").replace("profit", "margin") for m in told}
    return bool(told) and own.isdisjoint(subject.metrics)


def qualified(scan: Scan, subject: Subject) -> bool:
    """Whether an unknown word qualifies the subject's name: "services revenue", "infrastructure sales"."""
    if subject.span is None:
        return False
    start = subject.span.start
    before = [w for w in scan.words if w.span.end <= start]
    if not before or not any(m.span.start == start for m in scan.names):
        return False
    if before[-1].lower == "s" and len(before) > 1:
        before.pop()  # of the possessive
    word = before[-1]
    gap = scan.text[word.span.end : start]
    if not re.fullmatch(r"['’]?s?[\s-]*", gap):
        return False
    if gap.strip("\t -") in _POSSESSIVE and stands_for_company(word.lower):
        return False
    if any(m.kind == "metric" and m.span.end == word.span.end for m in scan.mentions) and gap.isspace():
        return True  # "networking business sales": a measure of another's name
    if _harmless(word.lower) or word.lower.endswith(("ly", "ed", "ing")) or word.text.isdigit():
        return False
    return not any(span.overlaps(word.span) for span in _known(scan))


def _of_unknown(scan: Scan, number: Span, subject: Subject) -> bool:
    """Whether the number is said to be of something tieout does not know: "$3.06 billion of profit"."""
    if subject.span is not None and subject.span.start >= number.end:
        return False
    match = _OF.match(scan.text, number.end, scan.span.end)
    if match is None or in_papers(scan, match.start() + 1):
        return False
    known = _known(scan)
    for word in [w for w in scan.words if w.span.start >= match.end()][:4]:
        if any(span.overlaps(word.span) for span in known):
            return False
        if not _harmless(word.lower):
            return True
    return False


def _elliptical(scan: Scan, subject: Subject) -> bool:
    """Whether a segment's own measure is left out: "PCs' was $2.1 billion"."""
    return subject.span is not None and _LEFT_OUT.match(scan.text, subject.span.end) is not None


def _owners_part(scan: Scan, number: Span) -> bool:
    """Whether a company's own part is left out: "Compare the arms. Acme's made $2.8 billion"."""
    owners = (m.span.end for m in scan.mentions if m.kind == "entity" and m.span.end <= number.start)
    return any(_ITS_OWN.match(scan.text, end) is not None for end in owners)


def _beside(sentence: Sentence, draft: Draft, subject: Subject) -> bool:
    """Whether another company's number before says what is left out: "X's sales fell 2%, and Y's fell 3%"."""
    if sentence.sides:
        return True
    if TOLD_BEFORE in subject.why and not sentence.memory.asked:
        return sentence.memory.told is not None and sentence.memory.told.entity != subject.entity
    numbers = sentence.scan.numbers
    index = next((i for i, number in enumerate(numbers) if number.span == draft.number), 0)
    return subject.span is None and is_beside(sentence, index)


def _speaks_of_profit(scan: Scan, number: Span, own: Span | None) -> bool:
    """Whether words other than the name itself speak of profit."""
    before = scan.words_in(Span(scan.span.start, number.start))
    return any(w.lower in OF_PROFIT and not (own and own.encloses(w.span)) for w in before)


def _harmless(word: str) -> bool:
    return word in SAFE or word in LINKS


def _known(scan: Scan) -> list[Span]:
    """Where names, cues, periods and numbers stand."""
    return [
        *(m.span for m in scan.mentions),
        *(p.span for p in scan.periods),
        *(n.span for n in scan.numbers),
    ]
