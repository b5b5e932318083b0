"""Labels: what a line puts before a number, or in brackets behind it, instead of a sentence about it."""

from __future__ import annotations

import re

from tieout.core.article import Span
from tieout.read.periods import PeriodMention
from tieout.read.scan import Scan
from tieout.read.wordlist import words

_IDLE = words("row_idle")
_HEDGES = r"(?:(?:about|around|roughly|nearly|almost|approximately|some|just|over|under|at least|a)\s+){0,2}"
_CLOSED = re.compile(rf"[\s,()\[\]/–—-]*(?:[:=|→➜➔]|\s[–—-](?=\s))[\s(]*{_HEDGES}")
"""The marks of a label, the last of which sets the number off."""
_BARE = re.compile(rf"[\s,;:|=()\[\]/→➜➔–—-]*(?:the\s+)?[\s,;:|=()\[\]/→➜➔–—-]*{_HEDGES}", re.IGNORECASE)
_OPENS = re.compile(r"\s*[(\[]\s*")
_SET_OFF = re.compile(r"\s*(?:[:=→]|[–—]|-(?=\s))\s*")


def without(scan: Scan, stretch: Span, kinds: tuple[str, ...]) -> str:
    """The text of a stretch without its periods and its mentions of these kinds."""
    taken = [p.span for p in scan.periods]
    taken += [m.span for m in scan.mentions if m.kind in kinds]
    text, at = "", stretch.start
    for span in sorted(taken):
        if stretch.encloses(span) and span.start >= at:
            text += scan.text[at : span.start]
            at = span.end
    return text + scan.text[at : stretch.end]


def labels(scan: Scan, gap: Span) -> bool:
    """Whether name and number stand as label and value: "Revenue, Q2 FY2025: $24.4 billion"."""
    if any(gap.encloses(n.span) for n in scan.numbers):
        return False
    return _CLOSED.fullmatch(without(scan, gap, ("entity", "tag"))) is not None


def in_brackets(scan: Scan, index: int) -> Span | None:
    """The words before a number that ends a bracket, from where it opens: "(prior year: $25 billion)"."""
    before = scan.before(index)
    opens = max(scan.text.rfind(mark, before.start, before.end) for mark in "([")
    closes = max(scan.text.rfind(mark, before.start, before.end) for mark in ")]")
    behind = scan.text[scan.numbers[index].span.end : scan.span.end].lstrip()
    if opens < 0 or closes > opens or behind[:1] not in (")", "]"):
        return None
    return Span(opens + 1, before.end)


def heads_next(scan: Scan, mention: PeriodMention) -> bool:
    """Whether a period is of what follows: "last September's $50 billion", "[a year ago: $22 billion]"."""
    start, end = mention.span.start, mention.span.end
    if scan.text[end : end + 2] in ("'s", "’s"):
        return True
    opened = scan.text[scan.span.start : start].rstrip()[-1:] in ("(", "[", ";", "|")
    return opened and scan.text[end : scan.span.end].lstrip()[:1] in (":", "=", "→")


def is_bare(scan: Scan, stretch: Span) -> bool:
    """Whether a stretch holds periods or companies and, marks aside, nothing else: "Acme (Q2 FY2025):"."""
    held = any(stretch.encloses(p.span) for p in scan.periods) or bool(scan.within(stretch, "entity"))
    return held and _BARE.fullmatch(without(scan, stretch, ("entity",))) is not None


def names_only(scan: Scan) -> bool:
    """Whether a line is but a label: names, companies and periods, and no number."""
    known = [m.span for m in scan.mentions if m.kind != "cue"] + [p.span for p in scan.periods]
    return not scan.numbers and all(
        w.lower in _IDLE or any(k.overlaps(w.span) for k in known) for w in scan.words
    )


def labelled_behind(scan: Scan, index: int, name: Span) -> bool:
    """Whether a name follows a number as its label: "$24.4 billion (revenue)", "$24.4 billion: sales"."""
    number = scan.numbers[index].span
    opens = _OPENS.match(scan.text, number.end, name.start)
    if opens is not None:
        inside = _plain(scan, Span(opens.end(), name.start))
        return inside and _closes(scan, name.end)
    off = _SET_OFF.match(scan.text, number.end, name.start)
    first = not index and not scan.words_in(scan.before(index))
    return off is not None and first and _plain(scan, Span(off.end(), name.start))


def _closes(scan: Scan, start: int) -> bool:
    """Whether a bracket closes behind the name, with no more than a time or a qualifier before it."""
    end = next((at for at in range(start, scan.span.end) if scan.text[at] in ")]"), None)
    return end is not None and _plain(scan, Span(start, end))


def _plain(scan: Scan, stretch: Span) -> bool:
    """Whether a stretch holds but companies, periods, qualifiers and words that name nothing."""
    known = [m.span for m in scan.mentions if m.kind in ("entity", "tag")] + [p.span for p in scan.periods]
    rest = [w for w in scan.words_in(stretch) if not any(k.overlaps(w.span) for k in known)]
    marks = any(c in scan.text[stretch.start : stretch.end] for c in ";:|")
    return not marks and all(w.lower in _IDLE or w.lower in ("for", "at", "a") for w in rest)
