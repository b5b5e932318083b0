"""Words beside a number that make of it a part, a distance, a wish or an average."""

from __future__ import annotations

import re

from tieout.core.article import Span
from tieout.read.scan import Scan
from tieout.read.wordlist import words

TURNING = words("turning")
"""Words that make of a number a part, a distance, a wish or an average."""

DIRECTLY = frozenset(["first", "last", "next", "every", "each", "another"])
"""Words that do so where they stand right before it: "the first $25 billion"."""

_FORMS = (
    re.compile(
        r"\b(?:other|second|third|main|larg(?:er|est)|small(?:er|est)|bigg(?:er|est)|next)\s+(?:\w+\s+)?"
        r"(?:line|unit|area|source|business)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:one|a|some|many|another)\s+(?:readers?|sites?|pages?|observers?|people|users?|posts?)\b"
        r"|\bby\s+(?:many|some|one)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:parts?|some|most|(?<!first )(?<!second )half|rest)\s+of\s+(?!that|this|it\b)"
        r"|\baway\s+from\b|\btalk\s+(?:is|was)\s+of\b",
        re.IGNORECASE,
    ),
)
"""One line of several, somebody who puts a number at so much, a part of the whole."""

_UP_TO = re.compile(r"\b(?:through|up\s+to(?:\s+and\s+including)?)\s+(?:the\s+)?$", re.IGNORECASE)
"""Before a period: the sum of all up to it."""


_AFTER = re.compile(r"\bafter\s+(?:the\s+)?$", re.IGNORECASE)
"""Before a period: with a total, what had come together by then."""
_IDLE = re.compile(
    r"\b(?:every\s+(?:single\s+)?(?:time|reader|investor|one\s+of\s+us)|every(?=\s+[^.,;]{0,20}\bends\b)"
    r"|most\s+(?:people|readers|of\s+us|investors|observers|eyes|likely)|(?:never|not|hardly)\s+shy"
    r"|(?<!would )surprises?\s+(?:nobody|no\s+one|anyone|few)|(?:came|come|comes)\s+as\s+(?:a|no)\s+surprise"
    r"|moves?\s+on|step\s+back"
    r"|(?:strangely|oddly|sure|curiously|funnily|fair)\s+enough"
    r"|without\s+(?:doubt|question|fanfare|further|drama|fuss|comment|ado)"
    r"|(?:walk|c[ao]m|turn|look|stepp)(?:e|ed|ing)?\s+away\s+from(?=\s[^.,;]{3,40}\swith\s))\b"
    r"|^\W*Asked\s+(?:for|about)\b",
    re.IGNORECASE,
)
"""Set phrases in which such words say nothing of a number."""


def is_turned(scan: Scan, index: int) -> bool:
    """Whether a word of the number's clause makes it something else than a level of the whole."""
    number = scan.numbers[index].span
    stretch = Span(scan.before(index).start, scan.clause(scan.after(index)).end)
    known = [p.span for p in scan.periods] + [m.span for m in scan.mentions]
    known += [Span(m.start(), m.end()) for m in _IDLE.finditer(scan.text, stretch.start, stretch.end)]
    near = [w for w in scan.words_in(stretch) if not any(span.encloses(w.span) for span in known)]
    if any(w.lower in TURNING or (w.lower in DIRECTLY and w.span.end + 1 == number.start) for w in near):
        return True
    if any(w.lower in ("total", "sum", "tally") for w in scan.words_in(scan.span)) and any(
        _AFTER.search(scan.text, scan.span.start, p.span.start) for p in scan.periods
    ):
        return True
    periods = (p.span.start for p in scan.periods if stretch.encloses(p.span))
    if any(_UP_TO.search(scan.text, stretch.start, start) for start in periods):
        return True
    found = (match for form in _FORMS for match in form.finditer(scan.text, stretch.start, stretch.end))
    return any(not any(span.encloses(Span(m.start(), m.end())) for span in known) for m in found)
