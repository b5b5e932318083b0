"""Sentences that name a measure and tell of something beside it: a part, a place on the page, a distance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tieout.core.article import Span
from tieout.read.draft import Draft, Subject
from tieout.read.scan import Scan
from tieout.read.wordlist import words

_OWNED = re.compile(
    r"\s+of\s+(?:its|their|his|our|the\s+company['’]s"
    r"|[A-Z][\w&.-]*(?:\s+[A-Z][\w&.-]*)*['’]s?)\s"
)
_PARTITIVE = re.compile(
    r"\b(?:left|kept|stayed|saved|best|worst|sides?|top|cream|share|out|top\s+lines?)\s+of\s+(?:(?:the|its|their|our)\s+)*$"
    r"|^\W*Of\s+$",
    re.IGNORECASE,
)
"""What stands before the name of a whole that is taken from: "what was left of revenue"."""

_PLACE = re.compile(
    r"\b(?:(?:right|just)\s+(?:under|above|over)|below|beneath|beside|behind|next\s+to|underneath)"
    r"\s+(?:(?:the|its|their|our)\s+)*$",
    re.IGNORECASE,
)
"""What stands before the name of a line on whose other side the number is."""

_HELPED = re.compile(
    r"\b(?:help(?:s|ed)|has|had|gives?|gave|lets?|leaves?|left|makes?|made|puts?|takes?|sends?|sent|earn(?:s|ed)|keeps?|kept|saw|sees)"
    r"\s+(?:it|them|him|her|us|you|readers|holders|investors)\b",
    re.IGNORECASE,
)
"""What a measure does to somebody whose number it then is: "revenue helped it to a value of"."""

_LEADING = re.compile(
    r"\b(?:going\s+at|get(?:s|ting)?\s+to|(?:anything|everything|nothing)\s+but|far\s+from|nowhere\s+near"
    r"|(?:is|was|are|were)\s+not|passed\s+on|passes\s+on|missed\s+out\s+on|turned\s+(?:down|away)"
    r"|squeez\w+|wrung|wrings|\w+s\s+worth)\s+(?:about\s+|around\s+|nearly\s+|some\s+)?$",
    re.IGNORECASE,
)
"""What before a number keeps it from being the measure's: a rate, a refusal, a denial."""

_TRAILING = re.compile(
    r"\s+(?:(?:over|above|under|below|beyond|past|off)\s+(?:what|where|which)\b|(?:further|lower|farther|way)\s+down\b|(?:still\s+)?to\s+(?:come|go)\b|(?:goes|went)\s+to\b"
    r"|(?:short|shy)\s+of\s+(?:a\b|an\b|its\b|[$]|the\s+(?:mark|goal|target|bar|line)))",
    re.IGNORECASE,
)
"""What behind a number makes a distance of it, or another place on the page."""

_ITS_BASE = re.compile(
    r"\s+(?:over|above|under|below)\s+(?:what|where)\s+(?:it|they)\s+(?:(?:had\s+)?(?:been|stood)|was|were)\b",
    re.IGNORECASE,
)
"""What behind a change says what it is measured from: "11% above where it had been a year earlier"."""

_MEANWHILE = re.compile(r"\b(?:as|when|while|and|since|because)\s+(?:(?:the|its)\s+)*$", re.IGNORECASE)
_WENT_ON = re.compile(r"\s+(?:came|was|were|rose|fell|grew|kept|has|had|is|are|climbed|dropped|poured)\b")
"""A measure behind a number that begins a clause of its own: "handed out $1 billion as revenue came in"."""

_ONLY_ONCE = re.compile(r"\b(?:only|just|but)\s+once\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:an?|the|this|that|its)\s+$", re.IGNORECASE)
_NOUN = re.compile(r"[\s-]+(?P<noun>[a-z]+)\b")
ITSELF = frozenset(
    ["figure", "number", "total", "level", "mark", "result", "sum", "print", "reading", "amount"]
)
"""Nouns behind a number that are but the number."""

AFTER_NUMBER = (words("links") | words("carrying") | words("stops") | words("says") | {"it", "they"}) - words(
    "owners"
)
"""Words behind a number that do not make it the size of something."""


def misplaced(scan: Scan, draft: Draft, subject: Subject) -> Iterator[str]:
    """Why the number may be of something that stands by the measure."""
    number, name = draft.number, subject.span
    if _sizes(scan, number):
        yield "the number is the size of something else"
    its_base = draft.change is not None and _ITS_BASE.match(scan.text, number.end, scan.span.end)
    if not its_base and _TRAILING.match(scan.text, number.end, scan.span.end):
        yield "it may be a distance, or stand elsewhere"
    leading = _LEADING.search(scan.text, scan.span.start, number.start)
    if leading is not None and not (leading.group().split()[-1] == "not" and _dated(draft)):
        yield "the words before the number keep it from the measure"
    if draft.change is not None:
        return
    if _ONLY_ONCE.search(scan.text, scan.span.start, scan.span.end):
        yield "a mark is told of that was passed"
    if name is None:
        return
    head = Span(scan.span.start, _phrase(scan, name))
    if _PARTITIVE.search(scan.text[head.start : head.end]) or (
        name.start >= number.end and _OWNED.match(scan.text, number.end, name.start + 1)
    ):
        yield "it may be a part of what is named"
    if name.start >= number.end and (
        _MEANWHILE.search(scan.text[number.end : head.end])
        and _WENT_ON.match(scan.text, name.end, scan.span.end)
    ):
        yield "the measure has a clause of its own"
    if _PLACE.search(scan.text[head.start : head.end]):
        yield "it may stand beside what is named"
    if name.end <= number.start and _HELPED.search(scan.text, name.end, number.start):
        yield "it may be of what the measure acts on"


def _dated(draft: Draft) -> bool:
    """Whether a time stands right behind the number: "not $3 billion, as in Q1, but"."""
    period = draft.period
    return period is not None and 0 <= period.span.start - draft.number.end < len(", as in the ")


def _phrase(scan: Scan, name: Span) -> int:
    """Where the noun phrase of a measure begins: its owner and its time stand before it."""
    known = [m.span for m in scan.mentions if m.kind in ("entity", "tag", "member")]
    known += [p.span for p in scan.periods]
    start = name.start
    for word in reversed([w for w in scan.words if w.span.end <= name.start]):
        if not any(span.encloses(word.span) for span in known) and word.lower != "s":
            return start
        start = word.span.start
    return start


def _sizes(scan: Scan, number: Span) -> bool:
    """Whether the number stands before the noun it is the size of: "a $10 billion question"."""
    if not _ARTICLE.search(scan.text[scan.span.start : number.start]):
        return False
    behind = _NOUN.match(scan.text, number.end, scan.span.end)
    if behind is None:
        return False
    noun, place = behind["noun"], Span(behind.start("noun"), behind.end("noun"))
    known = [m.span for m in scan.mentions] + [p.span for p in scan.periods]
    return noun not in ITSELF | AFTER_NUMBER and not any(span.overlaps(place) for span in known)
