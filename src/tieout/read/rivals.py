"""What else a number could be a number of: the other measures and periods its sentence names.

Where the words tie number and name closely there is no rival. Elsewhere each rival becomes a
reading that cannot be ruled out: if it is true, the claim is left alone.
"""

from __future__ import annotations

import re

from tieout.core.article import Span
from tieout.core.measure import Dimensions
from tieout.read.draft import Subject
from tieout.read.periods import PeriodMention
from tieout.read.relation import is_base_period
from tieout.read.scan import Scan
from tieout.read.wordlist import words

LINKS = words("links")
"""Words that tie a name to the number behind them."""

SAFE = words("safe")
"""Words that may stand before a name without changing what it names."""

_OF_PROFIT = words("of_profit")
CARRYING = words("carrying")
"""Words that carry a subject on from one number to the next."""

_BREAK = re.compile(r"[,;:()|]|\s[–—-]\s|—")
MOST = 10


def metric_is_firm(
    scan: Scan, subject: Subject, number: Span, previous: Span | None, used: Span | None, change: bool
) -> bool:
    """Whether the words bind the number to the subject's name, or to the number before it.

    `used` is where the name that served the number before stands.
    """
    if subject.span is None:
        if previous is None:
            return False
        gap = Span(previous.end, number.start)
        named = [
            n for n in scan.names if gap.encloses(n.span) and not (used is not None and used.encloses(n.span))
        ]
        known = (
            [m.span for m in scan.cues]
            + [p.span for p in scan.periods]
            + [n.span for n in scan.names]
            + [m.span for m in scan.mentions if m.kind == "tag"]
        )
        words = [w.lower for w in scan.words_in(gap) if not any(k.encloses(w.span) for k in known)]
        whole = [w.lower for w in scan.words_in(gap)][-2:] in (
            ["of", "a"],
            ["of", "the"],
            ["of", "an"],
            ["of", "its"],
        )
        return (
            not whole
            and not named
            and not re.search(r"[;:.]\s|[;:]", scan.text[gap.start : gap.end])
            and all(w in CARRYING for w in words)
        )
    if subject.span.encloses(number):
        return True
    if subject.span.start >= number.end:
        gap = Span(number.end, subject.span.start)
        return len(scan.words_in(gap)) <= 4 and not _BREAK.search(scan.text, gap.start, gap.end)
    gap = Span(subject.span.end, number.start)
    if any(n.span.start >= gap.start and n.span.end <= gap.end for n in scan.numbers):
        return False
    if "as none is said" in "".join(subject.why) and any(w.lower in _OF_PROFIT for w in scan.words_in(gap)):
        return False
    inner = re.sub(r"\([A-Z]{2,5}\)", "", scan.text[gap.start : gap.end])
    moves = {m.span for m in scan.cues if {"up", "down"} & set(m.value.split())}
    words = [
        w.lower
        for w in scan.words_in(gap)
        if not _in_period(scan, w.span) and not any(m.encloses(w.span) for m in moves)
    ]
    if not change and inner.strip()[:1] in (",", ";"):
        return False
    if len(_BREAK.findall(inner.strip())) > 1 or (
        _BREAK.search(inner.strip().strip(":—–-,(")) and not (change and inner.strip().startswith(","))
    ):
        return False
    return len(words) <= 6 and all(w in LINKS for w in words)


def _in_period(scan: Scan, span: Span) -> bool:
    return any(p.span.encloses(span) for p in scan.periods)


def unknown_qualifier(scan: Scan, subject: Subject) -> bool:
    """Whether an unknown word qualifies the subject's name: "services revenue", "infrastructure sales"."""
    if subject.span is None:
        return False
    name = next((m for m in scan.names if m.span.start == subject.span.start), None)
    before = [w for w in scan.words if w.span.end <= subject.span.start]
    if name is None or not before:
        return False
    word = before[-1]
    gap = scan.text[word.span.end : subject.span.start]
    if not re.fullmatch(r"['’]?s?[\s-]*", gap) or gap.strip("\t -") in ("'s", "’s", "'", "’"):
        return False
    if (
        word.lower in SAFE
        or word.lower in LINKS
        or word.lower.endswith(("ly", "ed", "ing"))
        or word.text.isdigit()
    ):
        return False
    known = [m.span for m in scan.mentions] + [p.span for p in scan.periods] + [n.span for n in scan.numbers]
    return not any(span.overlaps(word.span) for span in known)


def rival_measures(
    scan: Scan, subject: Subject, firm: bool, earlier: Subject | None, spoken: Dimensions
) -> tuple[tuple[tuple[str, ...], Dimensions], ...]:
    """Other (metrics, dimensions) the sentence, the sentence before or the heading name."""
    metrics: dict[tuple[str, ...], None] = {subject.metrics: None}
    dimensions: dict[Dimensions, None] = {subject.dimensions: None}
    if not firm:
        for name in scan.names:
            if name.kind == "metric" or name.meaning.metrics:
                metrics[name.meaning.metrics] = None
        if earlier is not None and earlier.metrics:
            metrics[earlier.metrics] = None
        if any(name.kind == "member" and not name.meaning.metrics for name in scan.names):
            metrics[("revenue",)] = None
    if not firm or not subject.own_dimensions:
        dimensions[()] = None
        for name in scan.names:
            if name.kind == "member":
                dimensions[tuple(p for p in name.meaning.dimensions if p[0] != "product")] = None
        dimensions[spoken] = None
        if earlier is not None:
            dimensions[earlier.dimensions] = None
    both = [(m, d) for m in metrics for d in dimensions if (m, d) != (subject.metrics, subject.dimensions)]
    return tuple(both[: MOST * 3])


def rival_periods(scan: Scan, period: PeriodMention | None, number: Span) -> tuple[PeriodMention, ...]:
    """The other periods the sentence names; of its clause alone where the number has one of its own there."""
    others = [p for p in scan.periods if p is not period and not (is_base_period(scan, p) and not p.explicit)]
    if period is None or not _together(scan, period.span, number):
        return tuple(others)
    return tuple(p for p in others if _together(scan, p.span, number))


_CLAUSE = frozenset(["while", "whereas", "but", "although", "though", "because"])


def _together(scan: Scan, one: Span, other: Span) -> bool:
    """Whether no word that opens another clause stands between two places of a sentence."""
    between = Span(min(one.end, other.end), max(one.start, other.start, min(one.end, other.end)))
    return not any(w.lower in _CLAUSE for w in scan.words_in(between))


_STRONG_TIMES = re.compile(
    r"\b(?:year-to-date|year to date|so far|to date|since|spring|summer|autumn|winter|cumulative(?:ly)?|ever|combined|annualized|began|begun|"
    r"started?|start|beginning|outset|opened|opening|entered|entering|initial(?:ly)?|original(?:ly)?|history|historical|"
    r"late|early|mid|thus far|altogether|all told|together|jointly|aggregate|trailing|twelve-month|12-month|rolling|"
    r"(?:two|three|four|six|eight|several)\s+quarters|excluding|outside of|except for|apart from|aside from|other than|"
    r"net of|stripping out|without)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:first|second|third|fourth|then|later|earlier|previous(?:ly)?|prior|preceding|following|"
    r"January|February|March|April|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"20\d\d|quarters?|half|months?|years?|weeks?|once|former(?:ly)?|ago|before|last|next|old)\b",
    re.IGNORECASE,
)


def loose_time(scan: Scan, number: Span, period: PeriodMention | None, base: bool) -> bool:
    """Whether the sentence has time words that no period expression took up.

    Beside a period of the number's own only those count that bend its meaning ("at the start of the quarter").
    """
    own = period is not None and abs(period.span.start - number.end) < 60 and not period.span.encloses(number)
    taken = [p.span for p in scan.periods] + [n.span for n in scan.numbers]
    taken += [m.span for m in scan.cues if {"yoy", "qoq"} & set(m.value.split())] + [
        m.span for m in scan.names
    ]
    known = [p.span for p in scan.periods if p.relative != "ttm"]
    known += [m.span for m in scan.mentions if m.kind in ("tag", "metric")]
    if any(
        not any(place.overlaps(Span(m.start(), m.end())) for place in known)
        for m in _STRONG_TIMES.finditer(scan.text, scan.span.start, scan.span.end)
    ) or any(p.relative == "ttm" for p in scan.periods):
        return True
    found = [] if own else list(_TIMES.finditer(scan.text, scan.span.start, scan.span.end))
    return any(
        not any(t.overlaps(Span(m.start(), m.end())) for t in taken)
        and not (base and m.group().lower() in _EARLIER)
        for m in found
    )


def unknown_behind(scan: Scan, number: Span, subject: Subject) -> bool:
    """Whether the number is said to be of something tieout does not know: "$3.06 billion of profit"."""
    if subject.span is not None and subject.span.start >= number.end:
        return False
    match = re.compile(r"\s+(?:worth\s+)?(?:of|in|from)\s+").match(scan.text, number.end, scan.span.end)
    if match is None:
        return False
    behind = [w for w in scan.words if w.span.start >= match.end()][:4]
    known = [m.span for m in scan.mentions] + [p.span for p in scan.periods] + [n.span for n in scan.numbers]
    for word in behind:
        if any(k.overlaps(word.span) for k in known):
            return False
        if word.lower not in SAFE and word.lower not in LINKS:
            return True
    return False


_EARLIER = frozenset(
    [
        "previous",
        "previously",
        "prior",
        "earlier",
        "original",
        "originally",
        "initial",
        "initially",
        "old",
        "before",
    ]
)


def has_time_word(scan: Scan) -> bool:
    """Whether a word of time stands anywhere in the sentence."""
    return bool(_TIMES.search(scan.text, scan.span.start, scan.span.end)) or bool(
        re.search(r"\bMay\b", scan.text[scan.span.start : scan.span.end])
    )


def other_company(scan: Scan, number: Span, entity: str | None, main: str) -> bool:
    """Whether another company than the number's is named before it in the sentence."""
    owner = main if entity is None else entity
    return any(m.kind == "entity" and m.value != owner and m.span.end <= number.start for m in scan.mentions)
