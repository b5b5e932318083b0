"""A sentence as a line of signs: companies, names, numbers, periods and comparing words, the rest as it is.

"Nvidia's revenue was twice Dell's" is `^ ES M was TIMES ES`. Sentences of several companies are read by it,
because what binds a number to one of two companies is the order of words and little else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tieout.core.article import Span
from tieout.read.scan import Scan
from tieout.read.words import Mention

KINDS = {
    "money": "MONEY",
    "percent": "PCT",
    "points": "PTS",
    "multiple": "TIMES",
    "word": "PART",
    "count": "COUNT",
}
_BREAK = re.compile(r"[,;:()|]|—|\s[–-]\s")
_POSSESSIVE = re.compile(r"\.?['’]s?")
_LEGAL_FORM = re.compile(
    r"(?:,?\s+(?:Inc|Corp|Co|Ltd|plc|PLC|Corporation|Company|Holdings|Industries|Group)\b\.?)+|\.(?=\s[a-z])"
)
_COMPARING = {"exceeds": "OVER", "below": "UNDER", "yoy": "YOY", "qoq": "YOY"}
_VERBS = ("booked", "shipped", "delivered")
"""Verbs that name a measure by themselves, and are but verbs beside another name."""


@dataclass(frozen=True, slots=True)
class Token:
    """A sign where it stands; `mention` is the company or name it stands for, `index` its number's place."""

    sign: str
    span: Span
    mention: Mention | None = None
    index: int = -1

    @property
    def adjective(self) -> bool:
        """Whether a word that compares is no verb: "larger than", "above"."""
        return self.mention is not None and self.mention.text.lower().endswith(
            ("than", "above", "below", "under")
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """The signs of a sentence, the first one `^`."""

    tokens: tuple[Token, ...]

    def text(self, start: int = 0, end: int | None = None) -> str:
        """The signs from one position to another in a row, a blank behind each."""
        return "".join(f"{token.sign} " for token in self.tokens[start:end])

    def group(self, match: re.Match[str], *names: str) -> tuple[Token, ...]:
        """The tokens of the first of these groups that took part in a match over the whole row."""
        for name in names:
            start, end = match.span(name) if name in match.re.groupindex else (-1, -1)
            if end > start >= 0:
                first = match.string.count(" ", 0, start)
                return self.tokens[first : match.string.count(" ", 0, end - 1) + 1]
        return ()


def shape(scan: Scan) -> Shape:
    """The signs of a sentence."""
    signs = _marked(scan)
    numbers = [token.span for token in signs if token.index >= 0]
    signs = [t for t in signs if t.index >= 0 or not any(t.span.overlaps(span) for span in numbers)]
    marked = sorted(signs, key=lambda token: (token.span.start, -token.span.end))
    taken: list[Token] = []
    for token in marked:
        if not taken or token.span.start >= taken[-1].span.end:
            taken.append(token)
    plain = [
        *(Token(word.lower, word.span) for word in scan.words),
        *(
            Token("—" if match.group().strip() in "—–-" else match.group(), Span(match.start(), match.end()))
            for match in _BREAK.finditer(scan.text, scan.span.start, scan.span.end)
        ),
    ]
    rest = [token for token in plain if not any(token.span.overlaps(other.span) for other in taken)]
    start = Token("^", Span(scan.span.start, scan.span.start))
    return Shape((start, *sorted([*taken, *rest], key=lambda token: token.span)))


def _marked(scan: Scan) -> list[Token]:
    found = [Token(KINDS[n.kind], n.span, None, index) for index, n in enumerate(scan.numbers)]
    found += [Token("P", period.span) for period in scan.periods]
    for mention in scan.mentions:
        sign = _sign(scan, mention)
        if sign:
            found.append(Token(sign, whole_name(scan, mention), mention))
    return found


def whole_name(scan: Scan, mention: Mention) -> Span:
    """The mention, a company's with the legal form behind its name: "Vertiv Holdings Co."."""
    form = _LEGAL_FORM.match(scan.text, mention.span.end, scan.span.end) if mention.kind == "entity" else None
    return mention.span if form is None else Span(mention.span.start, form.end())


def _sign(scan: Scan, mention: Mention) -> str:
    """The sign of a mention; empty for one that stands as its words."""
    if mention.kind == "entity":
        return "ES" if _POSSESSIVE.match(scan.text, whole_name(scan, mention).end, scan.span.end) else "E"
    if mention.kind == "tag":
        return "TAG"
    if mention.kind == "cue":
        return next((sign for cue, sign in _COMPARING.items() if cue in mention.value.split()), "")
    around = any(mention.span.encloses(n.span) for n in scan.numbers)  # "shipped … of AI servers"
    verb = mention.text.lower() in _VERBS and len(scan.names) > 1
    return "" if around or verb else "M"
