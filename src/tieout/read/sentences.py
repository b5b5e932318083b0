"""Blocks cut into sentences."""

from __future__ import annotations

import re

from tieout.core.article import Span

_STOP = re.compile(r"[.!?…]++[\"'”’)\]]*+(?=\s|$)|;(?=\s)|\n++")
_NEVER = frozenset({
    "vs", "e.g", "i.e", "mr", "mrs", "ms", "dr", "prof", "st", "approx", "ca", "cf", "al", "fig", "nos",
    "gen", "sen", "rep", "gov", "capt", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept",
    "oct", "nov", "dec", "v", "no", "messrs", "est", "incl", "excl", "calif", "mass", "conn", "dept", "avg",
    "resp", "viz",
})  # fmt: skip
_SOMETIMES = frozenset({
    "inc", "corp", "co", "ltd", "llc", "plc", "bros", "u.s", "u.k", "u.n", "e.u", "d.c", "jr", "sr", "a.m",
    "p.m", "etc", "n.v", "s.a", "a.g", "ag", "bn", "mn", "pts", "bps", "pct", "est",
})  # fmt: skip
"""Abbreviations that may also end a sentence: only before a word that begins one."""

_STARTERS = frozenset({
    "The", "A", "An", "In", "It", "Its", "But", "However", "This", "That", "These", "Those", "For", "And",
    "With", "While", "As", "At", "By", "On", "Since", "We", "They", "He", "She", "His", "Her", "Their",
    "Our", "Analysts", "Management", "Investors", "Shares", "Revenue", "Net", "Still", "Meanwhile", "Yet",
    "If", "When", "After", "Before", "Although", "Despite", "Looking", "There", "Here", "To", "Of", "Both",
    "Such", "Another", "Overall", "Also", "So", "Or", "Not",
})  # fmt: skip
_NUMBER_ALONE = re.compile(
    r"\s*(?:(?:about|some|nearly|roughly|approximately|almost|around|over|just|more\s+than)\s+){0,2}"
    r"[~≈$€£]?\d[\d.,]*\s*(?:%|percent|bps|(?:basis|percentage)?\s*points|[kmbt]n?|thousand|million|billion|trillion)?"
    r"(?:\s+(?:(?:US\s+)?dollars?|(?:a|per)\s+share))?"
    r"(?:\s*(?:→|->|to|[–—-])\s*[~≈$€£]?\d[\d.,]*\s*(?:%|percent|[kmbt]n?|thousand|million|billion|trillion)?)*",
    re.IGNORECASE,
)
_TAKES_UP = re.compile(r"\s+(?:That|This|It|Such|Those)(?:['’]s|\s+(?:is|was|are|were))\b")
"""A number put down alone, and how the words behind its stop take it up: "$924 million. That was revenue"."""

_LAST_WORD = re.compile(r"[A-Za-z][A-Za-z.]*$")
_NEXT_WORD = re.compile(r"\s+[\"'“‘(\[]*([^\s,.;:!?]*)")

WRAP_MIN, WRAP_MAX = 55, 125
"""The widths of lines that were broken by hand."""


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences of `text` within `span`, in order and without white space at their ends.

    Semicolons and line ends part sentences too, colons and dashes do not; a line end inside a
    hard-wrapped paragraph is a space.
    """
    found: list[Span] = []
    start, line = span.start, span.start
    for stop in _STOP.finditer(text, span.start, span.end):
        newline = text[stop.start()] == "\n"
        if newline and _wraps(text, line, stop.start(), stop.end(), span.end):
            line = stop.end()
            continue
        if newline:
            line = stop.end()
        elif text[stop.start()] != ";" and not _ends(text, start, stop, span.end):
            continue
        _append(found, text, start, stop.start() if newline else stop.end())
        start = stop.end()
    _append(found, text, start, span.end)
    return found


def _append(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Span(start, end))


def _wraps(text: str, line: int, end: int, following: int, limit: int) -> bool:
    """Whether a line end only wraps a paragraph."""
    if following - end > 1 or following >= limit:
        return False
    next_character = text[following]
    return next_character.islower() or WRAP_MIN <= end - line <= WRAP_MAX


def _is_taken_up(text: str, start: int, stop: re.Match[str], limit: int) -> bool:
    """Whether a number put down alone is taken up by the words behind its stop."""
    alone = _NUMBER_ALONE.fullmatch(text, start, stop.start())
    return alone is not None and _TAKES_UP.match(text, stop.end(), limit) is not None


def _ends(text: str, start: int, stop: re.Match[str], limit: int) -> bool:
    """Whether a stop ends its sentence: no abbreviation, no initial, and no word in lower case after it."""
    following = _NEXT_WORD.match(text, stop.end(), limit)
    word = following[1] if following else ""
    if not word and stop.end() >= limit:
        return True
    if word[:1].islower() or _is_taken_up(text, start, stop, limit):
        return False
    if text[stop.start()] != "." or stop.end() - stop.start() > 1:
        return True  # marks of question and exclamation, ellipses, quotes behind the stop
    last = _LAST_WORD.search(text, max(start, stop.start() - 12), stop.start())
    if last is None:
        return True
    written = last[0]
    if last.start() > start and text[last.start() - 1].isdigit():
        return True  # the scale of a number ("$4.5B."), no initial
    bare = written.lower()
    if bare in _NEVER:
        return bare == "no" and not word[:1].isdigit() and written == "no"
    if (
        bare in _SOMETIMES
        or (len(written) == 1 and written.isupper())
        or re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", written)
    ):
        return word in _STARTERS
    return True
