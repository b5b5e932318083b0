"""Asides that leave a number its name's: "revenue, straight from the filing: $5 billion"."""

from __future__ import annotations

import re

from tieout.core.article import Span
from tieout.read.scan import Scan

_PAPER = (
    r"(?:filings?|releases?|reports?|statements?|10-[QK]s?|8-Ks?|books|accounts|disclosures?|announcements?"
    r"|documents?|letter|deck|slides?|presentation|tables?|paperwork|results|update|scorecard|figures|numbers)"
)
_WHOSE = (
    r"(?:[A-Z][\w&.-]*(?:['’]s?)?|the|its|their|our|a|an|this|that|same|latest|own|company(?:['’]s)?|quarterly|annual"
    r"|official|earnings|press|regulatory|interim|published|audited|financial)"
)
_FROM = r"(?:from|as\s+per|per|according\s+to|via|in|by|out\s+of|courtesy\s+of|based\s+on)"
_HOW = (
    r"(?:taken|drawn|lifted|quoted|copied|read|pulled|straight|directly|right|fresh|hot"
    r"|as\s+(?:given|stated|shown|printed|reported|disclosed|filed|published|told|recorded|set\s+out))"
)
_OUT_OF_PAPERS = re.compile(rf"(?:{_HOW}\s+){{0,2}}{_FROM}\s+(?:{_WHOSE}\s+){{0,7}}{_PAPER}\b")
"""Where a number was read: "per the release", "in the same Acme report"."""

_AS_TOLD = re.compile(
    r"as\s+(?:[\w&.'’-]+\s+){1,4}?"
    r"(?:reported|disclosed|stated|announced|filed|gave|put|tells|told)\b(?:\s+(?:it|them))?",
)
"""Who told the number: "as Acme reported it"."""

_APPOSED = re.compile(
    r"(?:the|our|my|this|that|a|an|its)\s+(?:[\w'’-]+\s+){0,4}?"
    r"(?:number|figure|line|metric|measure|item|stat|one|headline|yardstick|gauge|indicator)"
    r"(?:\s+(?!of\b|for\b|from\b|in\b|on\b|at\b|before\b|after\b|within\b|ex\b)[\w'’-]+){0,6}",
    re.IGNORECASE,
)
"""The name once more in other words: "the number everybody watches"."""

_IN_WHICH = re.compile(
    rf"{_PAPER},?\s+(?:(?:in|on)\s+which|where|which\s+(?:shows|showed|lists|listed|has|had|put))\b"
)
"""How a clause begins on what papers say."""

_SET_PHRASE = re.compile(
    r"(?:all\s+)?(?:at\s+a\s+glance|in\s+(?:brief|short|a\s+nutshell|a\s+word|numbers|figures|sum|order|sequence)"
    r"|for\s+the\s+record|(?:year|quarter)\s+by\s+(?:year|quarter)|side\s+by\s+side|then\s+and\s+now|over\s+time)\b"
)
"""How a number is given: "at a glance"."""

_OPENS = re.compile(r"\s*[,(–—]\s*|\s+-\s+|\s+(?=as\s)")
_CLOSES = re.compile(r"\s*(?:[,)]|[–—](?=\s))|\s+-(?=\s)|(?=\s*:)|(?=\s)")
_OTHERWISE = frozenset(
    ["guidance", "consensus", "modal", "conjecture", "market", "up", "down", "exceeds", "below", "beat"]
)
"""Cues of words that say more than an aside may."""


def asides(scan: Scan, gap: Span) -> list[Span]:
    """The asides in a stretch, with the marks that set them apart."""
    found: list[Span] = []
    for opening in _OPENS.finditer(scan.text, gap.start, gap.end):
        aside = next(
            (
                told
                for told in (
                    each.match(scan.text, opening.end(), gap.end)
                    for each in (_AS_TOLD, _OUT_OF_PAPERS, _SET_PHRASE, _APPOSED)
                )
                if told is not None and _says_nothing(scan, Span(told.start(), told.end()))
            ),
            None,
        )
        if aside is None or (found and opening.start() < found[-1].end):
            continue
        closing = _CLOSES.match(scan.text, aside.end(), gap.end)
        if closing is not None:
            found.append(Span(opening.start(), closing.end()))
    return found


def in_papers(scan: Scan, start: int) -> bool:
    """Whether the words from `start` on say but where the number was read: "in the same Acme report"."""
    told = _OUT_OF_PAPERS.match(scan.text, start, scan.span.end)
    return told is not None and _says_nothing(scan, Span(told.start(), told.end()))


def since_papers(scan: Scan, stretch: Span) -> Span:
    """The part of a stretch that tells what a report says: "We update our model after it, in which"."""
    relative = list(_IN_WHICH.finditer(scan.text, stretch.start, stretch.end))
    return Span(relative[-1].end(), stretch.end) if relative else stretch


def _says_nothing(scan: Scan, aside: Span) -> bool:
    """Whether an aside holds no number, measure or stranger, and no word of more weight."""
    if any(aside.overlaps(each.span) for each in (*scan.numbers, *scan.names)):
        return False
    if any(_OTHERWISE & set(m.value.split()) for m in scan.cues if aside.encloses(m.span)):
        return False
    known = [m.span for m in scan.mentions if m.kind == "entity" and m.value]
    known += [p.span for p in scan.periods]
    return all(
        word.text[:1].islower() or word.text[:1].isdigit() or any(span.encloses(word.span) for span in known)
        for word in scan.words_in(aside)
    )
