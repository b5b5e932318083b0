"""Words for a year or a quarter back: "a year earlier", and as a base, "than it had a year earlier"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tieout.core.article import Span
from tieout.read.words import Meaning, Mention

_BACK = r"(?:ago|earlier|before|prior|previously|back|beforehand)"
_PRIOR = r"(?:prior|previous|preceding)"
_LEVEL = (
    r"(?:(?:fiscal\s+)?(?:quarter|period|three\s+months)|levels?|figure|mark|reading|number|total|base|value"
    r"|balance|result|comparison|comparable|amount|sum|tally)"
)
_LAST_YEAR = rf"(?:last|(?:the\s+)?{_PRIOR})\s+(?:fiscal\s+)?year"
_YEAR_BACK = rf"(?:(?:a|one)(?:\s+(?:full|fiscal))?\s+year|(?:twelve|12)\s+months|four\s+quarters)\s+{_BACK}"

YEAR_AGO = (
    rf"{_YEAR_BACK}|(?:a|one)\s+year\s+after|(?:the\s+)?year[\s-](?:ago|earlier|before|prior)(?:\s+{_LEVEL})?"
    r"|(?:the\s+)?(?:same|comparable|corresponding|equivalent|matching)\s+(?:fiscal\s+)?"
    r"(?:quarter|period|three[\s-]months?(?:\s+period)?|point|date|time|stage|day)\s+"
    rf"(?:(?:(?:of|in|from|for)\s+)?{_LAST_YEAR}|{_YEAR_BACK}|(?:(?:of|in)\s+)?the\s+year\s+before)"
    rf"|(?:the\s+)?(?:(?:same|comparable|corresponding|equivalent)\s+)?{_PRIOR}[\s-]year(?:(?:['’]s)?\s+{_LEVEL})?"
    r"|[PL]Y(?=\s*[:=])"
    rf"|last\s+year['’]s\s+(?:\w+[\s-]+)?{_LEVEL}|the\s+same\s+time\s+last\s+year"
)
"""The same quarter or date of the year before."""

QUARTER_AGO = (
    rf"(?:the\s+)?(?:immediately\s+)?{_PRIOR}[\s-](?:fiscal\s+)?quarter(?:(?:['’]s)?\s+{_LEVEL})?"
    r"|[PL]Q(?=\s*[:=])"
    rf"|(?:(?:a|one)\s+quarter|(?:three|3)\s+months|90\s+days)\s+{_BACK}"
    rf"|the\s+(?:quarter|three\s+months)\s+(?:just\s+|immediately\s+)?(?:before|prior)|the\s+{_PRIOR}\s+three\s+months"
)
"""The quarter before."""

_THAN = (
    r"(?:from|than|over|above|below|on|at|versus|vs\.?|against|compared\s+(?:with|to)|relative\s+to"
    r"|measured\s+against|under)"
)
_WHERE = r"(?:(?:what|where)\s+)?(?:(?:it|they|that|those|the\s+(?:company|figure|number))\s+)?"
_DID = (
    r"(?:(?:had\s+been|has\s+been|was|were|is|had|did|stood|reported|recorded|posted|showed|saw|held"
    r"|carried)\s+)?"
)
_OF = (
    r"(?:(?:(?:in|at|for|of|during)\s+)?"
    r"(?:the\s+(?:levels?|figure|number|total|reading|mark|value|amount|sum|tally|balance|result|count|one)"
    r"\s+(?:of|from|in|seen|recorded)\s+)?)"
)
_FROM_BACK = rf"\b{_THAN}\s+{_WHERE}{_DID}{_OF}"
_PAST = r"(?:past|last|preceding|previous|prior|latest|trailing)"
_FORMS = tuple(
    (cue, re.compile(text, re.IGNORECASE))
    for cue, text in (
        ("yoy", rf"{_FROM_BACK}(?:{YEAR_AGO})(?!\w)"),
        (
            "yoy",
            rf"\b(?:over|in(?!\s+(?:the\s+)?{_PRIOR}\s+year)|within|across)\s+(?:the\s+)?(?:{_PAST}\s+)"
            r"(?:year|(?:twelve|12)\s+months|four\s+quarters)\b",
        ),
        ("qoq", rf"{_FROM_BACK}(?:{QUARTER_AGO})(?!\w)"),
        ("qoq", rf"\b(?:over|across)\s+(?:the\s+)?(?:{_PAST}\s+)(?:quarter|three\s+months)\b"),
    )
)
_AT = re.compile(r"(?:on|at)\s", re.IGNORECASE)


def lapses(text: str, span: Span) -> Iterator[Mention]:
    """The words of a sentence that measure a change from a year or a quarter back, as cues."""
    for cue, form in _FORMS:
        for match in form.finditer(text, span.start, span.end):
            if _AT.match(match.group()) and not text[span.start : match.start()].strip(" (,—–-"):
                continue  # "At the same time a year earlier, debt was": when, and not against what
            yield Mention(Span(match.start(), match.end()), Meaning("cue", cue), match.group())
