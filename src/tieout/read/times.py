"""Words of time that no period expression took up: what keeps the period of a number in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tieout.core.article import Span
from tieout.read.draft import Draft
from tieout.read.labels import heads_next
from tieout.read.later import is_counted_on
from tieout.read.memory import Sentence
from tieout.read.periods import PeriodMention, Relative
from tieout.read.referred import ONE_OF_TWO
from tieout.read.scan import Scan

FIRST = frozenset({"original", "originally", "initial", "initially"})
EARLIER = FIRST | {"previous", "previously", "prior", "earlier", "old", "before"}
"""Words of time that the base of a change may have beside it."""

NOW: tuple[Relative | None, ...] = ("latest", "current", "the")
"""Relative periods that name what is spoken of anyway."""

EARLIER_TIMES: tuple[Relative | None, ...] = ("year_ago", "prior", "last_year", "earlier")
"""Relative periods that a label gives to what it sets beside something later."""

NEAR = 60
"""Characters between a number and a period of its own."""

CLOSE = 4
"""Characters between a change and the "since" that says what it is measured from."""

SINCE_THEN = re.compile(
    r"\b(?:since\s+(?:then|that\s+(?:time|date|day|point))|ever\s+since|from\s+there)\b", re.IGNORECASE
)
"""Words for the time that the sentence before told of."""

_SINCE = re.compile(
    r"\bsince\s+(?:(?P<then>then\b|that\s+(?:time|date|day|point)\b)|(?:the\s+)?)", re.IGNORECASE
)
_STRONG_TIMES = re.compile(
    r"\b(?:year-to-date|year to date|half-?way|half-time|half-year|half-yearly|so far|to date|since"
    r"|spring|summer|autumn"
    r"|winter|cumulative(?:ly)?|ever|in all(?!,?\s+all\b)(?<!all\sin\sall)"
    r"|(?:christmas|holiday|festive)[\s-]quarter"
    r"|(?:two|three|four|five|six|ten|\d+)\s+years\s+(?:earlier|ago|before)"
    r"|(?:a|one|two)\s+decades?\s+(?:earlier|ago|before)"
    r"|combined|annualized|began|begun|started?(?!\s+(?:with\b|looking\b))"
    r"|start(?!\s+with\b|\s*[.,;]|\s*$)|beginning|outset"
    r"|opened(?!\s+(?:its|the|their)\s+books\s+on\s[^,;.]{3,60},|\s+with\s+(?-i:[A-Z]))|opening|entered|entering"
    r"|initial(?:ly)?|original(?:ly)?|history|historical"
    r"|(?:late|early)(?!,?\s+(?:(?:on|in\s+the)\s+)?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|morning|evening|trad(?:e|ing)))"
    r"|mid|thus far"
    r"|(?:total|sum|tally|count)\b[^.;]{0,40}?\b(?:at|in|by)\s+the\s+end(?!\s+of)"
    r"|(?<=quarter\s)(?:to|through)\s+(?:the\s+)?(?:second|third|fourth)(?!\s+quarter)"
    r"|together|jointly|aggregate|trailing|twelve-month|12-month|rolling"
    r"|(?:two|three|four|six|eight|several)\s+quarters|excluding|outside of|except for|apart from|aside from"
    r"|other than|net of|stripping out|without)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:altogether|all\s+told"
    r"|first(?!\s+(?:number|figure|thing|line|item|stop|look)\b|\s*[.;]?\s*$)"
    r"|second|third|fourth|then|later|earlier|previous(?:ly)?|prior|preceding"
    r"|following(?=\s+(?:fiscal\s+)?(?:quarter|year|period|month|week|day|three|six|nine|twelve|one)|\s*[.,;]|\s*$)"
    r"|January|February|March|April|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|20\d\d|quarters|quarter(?!\s+(?:in\s+which|when|that|of))|half|months?"
    r"|(?<!for\s)years?|weeks?"
    r"|once(?!\s+(?:the\s+dust|everything|all\s+(?:is|was)|you|we|it\s+was\s+(?:all\s+)?(?:over|counted))\b)"
    r"|(?<!the )former(?:ly)?|ago|before"
    r"|last(?!\s+day\s+of\b)|next(?!\s+to\b|,)|old)\b",
    re.IGNORECASE,
)
_COUPLED = re.compile(r"\bcombined\s[^;]{2,80}?\s(?P<joined>with)\s")

_LAST_DAY = re.compile(r"\blast\s+day\b", re.IGNORECASE)

_FROM_THERE = re.compile(
    r"(?:^\W*(?:After|Following|Before|Past|Leaving)|\b(?:last|final|first)\s+day\s+of|\b(?:walk|step|head|went|go|goes|going)\w*\s+into)"
    r"\s+(?:the\s+)?$"
)
"""What before a period makes it the one that the number's own is counted from."""

_ITS_OWN = re.compile(r"['’]s\s+(?:\w+\s+){0,2}|,\s+when\s[^,;:]*")
"""What behind such a period gives it the number all the same: "After Q1's $23 billion", ", when it was"."""

_MAY = re.compile(r"\bMay\b")


def has_time_word(scan: Scan) -> bool:
    """Whether a word of time stands anywhere in the sentence."""
    start, end = scan.span.start, scan.span.end
    return bool(_TIMES.search(scan.text, start, end) or _MAY.search(scan.text, start, end))


def untold_times(sentence: Sentence, draft: Draft) -> Iterator[str]:
    """Why the period of the number may be another than the one read."""
    if draft.period is None and sentence.memory.label_block == sentence.block:
        yield "the paragraph is headed by a date tieout does not read"
    if sentence.memory.long_block == sentence.block and draft.period is None:
        yield "the paragraph speaks of a half year or of nine months"
    if _counted_from(sentence, draft):
        yield "its time is counted from the one named"
    if _on_last_day(sentence, draft):
        yield "a last day is told of what runs over a period"
    if _leads_in(sentence, draft):
        yield "what its time is counted from may be told behind it"
    if _unread_time(sentence.scan, draft):
        yield "the sentence speaks of a time tieout does not read"


def _counted_from(sentence: Sentence, draft: Draft) -> bool:
    """Whether the period only says what the number's own time comes after, or before: "After Q2 FY2026"."""
    period, scan = draft.period, sentence.scan
    if period is None or not period.explicit:
        return False
    if is_counted_on(scan.text, period) and len({m.value for m in scan.mentions if m.kind == "entity"}) > 1:
        return True  # from a time of one company's calendar, told of another's
    if period.span.start >= draft.number.start:
        return False
    counted = _FROM_THERE.search(scan.text[scan.span.start : period.span.start])
    if counted is None or _ITS_OWN.fullmatch(scan.text, period.span.end, draft.number.start):
        return False
    on_its_end = counted.group().lower().startswith(("last", "final"))
    return not (on_its_end and _is_balance(sentence, draft))


def _is_balance(sentence: Sentence, draft: Draft) -> bool:
    """Whether the number is of what is held on a day, by every measure it may be of."""
    metrics = () if draft.subject is None else draft.subject.metrics
    return bool(metrics) and all(sentence.catalogue.metric(metric).kind == "balance" for metric in metrics)


def _on_last_day(sentence: Sentence, draft: Draft) -> bool:
    """Whether what runs over a period is told of its last day."""
    scan = sentence.scan
    if not _LAST_DAY.search(scan.text, scan.span.start, draft.number.start):
        return False
    metrics = () if draft.subject is None else draft.subject.metrics
    return any(sentence.catalogue.metric(metric).kind != "balance" for metric in metrics)


def _leads_in(sentence: Sentence, draft: Draft) -> bool:
    """Whether the sentence begins with a time before another, and of a measure not spoken of yet."""
    period, spoken, subject = draft.period, sentence.before, draft.subject
    if period is None or not draft.earlier or period.kind != "relative" or sentence.drafts or period.anchor:
        return False
    begins = not sentence.scan.text[sentence.scan.span.start : period.span.start].strip()
    named = spoken is not None and subject is not None and spoken.metrics == subject.metrics
    return begins and not named and not (subject is not None and ONE_OF_TWO in subject.why)


def _unread_time(scan: Scan, draft: Draft) -> bool:
    """Whether the sentence has time words that no period expression took up.

    Beside a period of the number's own only those count that bend its meaning: "at the start of the quarter".
    """
    start, end = scan.span.start, scan.span.end
    if any(p.relative == "ttm" for p in scan.periods) or _dated_behind(scan, draft) or _of_both(scan, draft):
        return True
    if any(p.relative == "earlier" and p is not draft.period for p in scan.periods) and not (
        draft.is_base or (draft.period is not None and draft.period.explicit)
    ):
        return True
    periods = [p.span for p in scan.periods]
    if draft.period is not None and _of_another(scan, draft.period):
        return True
    known = [*periods, *(m.span for m in scan.mentions if m.kind in ("tag", "metric"))]
    measured = [*_bases_of_changes(scan, draft), *_coupled(scan)]
    known += measured
    if any(not _within(m, known) for m in _STRONG_TIMES.finditer(scan.text, start, end)):
        return True
    period, number = draft.period, draft.number
    if period is not None and abs(period.span.start - number.end) < NEAR and not period.span.encloses(number):
        return False
    taken = [*periods, *measured, *(n.span for n in scan.numbers), *(m.span for m in scan.names)]
    taken += [m.span for m in scan.cues if {"yoy", "qoq"} & set(m.value.split())]
    return any(
        not _within(match, taken) and not (draft.is_base and match.group().lower() in EARLIER)
        for match in _TIMES.finditer(scan.text, start, end)
    )


def _coupled(scan: Scan) -> list[Span]:
    """Each "combined" by which a company has two things: "Acme combined sales of 5 with income of 2"."""
    owners = [m.span.end for m in scan.mentions if m.kind == "entity"]
    found: list[Span] = []
    for match in _COUPLED.finditer(scan.text, scan.span.start, scan.span.end):
        told = [n.span for n in scan.numbers if n.span.start > match.start()]
        both = len(told) > 1 and told[0].end <= match.start("joined") < told[1].start
        if both and match.start() - 1 in owners:
            found.append(Span(match.start(), match.start() + len("combined")))
    return found


def _bases_of_changes(scan: Scan, draft: Draft) -> list[Span]:
    """Each "since" that only says what a change is measured from, where that is read: "lost 5% since Q1"."""
    own = draft.period is not None and draft.period.explicit
    settled = draft.base not in (None, "assumed") if draft.change is not None else own
    found: list[Span] = []
    for since in _SINCE.finditer(scan.text, scan.span.start, scan.span.end):
        then = since["then"] is not None
        base = next((p for p in scan.periods if p.span.start == since.end() and p is not draft.period), None)
        changed = any(
            0 <= since.start() - n.span.end < CLOSE and n.kind in ("percent", "points") for n in scan.numbers
        )
        if settled and (then or (base is not None and base.explicit and changed)):
            found.append(Span(since.start(), since.end()))
    return found


def _dated_behind(scan: Scan, draft: Draft) -> bool:
    """Whether a time in brackets behind the number was not read as its own: "$14.9B (Sep 2024)"."""
    behind = next((p for p in scan.periods if p.span.start >= draft.number.end), None)
    if behind is None or behind is draft.period or heads_next(scan, behind):
        return False
    return scan.text[draft.number.end : behind.span.start].strip() == "("


def _of_both(scan: Scan, draft: Draft) -> bool:
    """Whether two times joined by "and" stand beside the only number: "Over 2024 and 2025 it was"."""
    if len(scan.numbers) != 1 or draft.change is not None:
        return False
    return any(
        scan.text[first.span.end : second.span.start].strip() == "and"
        for first, second in pairwise(scan.periods)
    )


def _of_another(scan: Scan, period: PeriodMention) -> bool:
    """Whether a period is said to be of another one: "the first three quarters of last year"."""
    pairs = zip(scan.periods, scan.periods[1:], strict=False)
    return any(
        period in pair and scan.text[pair[0].span.end : pair[1].span.start].strip() in ("", "of")
        for pair in pairs
    )


def _within(match: re.Match[str], spans: list[Span]) -> bool:
    place = Span(match.start(), match.end())
    return any(span.overlaps(place) for span in spans)
