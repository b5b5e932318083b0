"""Whether the words bind a number to the name of what it measures."""

from __future__ import annotations

import re

from tieout.core.article import Span
from tieout.read.asides import asides
from tieout.read.bases import comes_after, from_to
from tieout.read.draft import TOLD_BEFORE, Draft, Subject
from tieout.read.labels import in_brackets, labelled_behind, labels
from tieout.read.scan import Scan
from tieout.read.signs import lands_on, left_sign, set_against
from tieout.read.subject import SUPPOSED
from tieout.read.wordlist import words

LINKS = words("links")
"""Words that tie a name to the number behind them."""

CARRYING = words("carrying")
"""Words that carry a subject on from one number to the next."""

ANAPHORS = words("anaphors")
"""Words that stand for what was told before: "it", "the figure", "the same line"."""

ACTS = words("acts")
"""Linking words that say of a company that it did something, and not of a figure that it was so much."""

CONCLUDING = words("concluding")
"""Words that draw a change from the numbers before it, or set it against the next."""

SETTING = words("setting")
"""Words that set a number against the one before it: "whereas in Q2 FY2024 it was", "not the"."""

MOVING = words("moving")
"""Words by which a change gets the name of what it moved: "compression of 2 points left gross margin at"."""

GIVING = words("giving")
"""Words that give a number the name behind it."""

HEADS = words("heads")
"""Words a noun phrase about a measure begins with: "The figure for"."""

COMPARING = words("comparing")
"""Words of a head that sets companies side by side, and says nothing else."""

FARTHEST_BEHIND = 4
FARTHEST_AHEAD = 6
"""How many words may stand between a number and a name that is firmly its own."""

OF_PROFIT = words("of_profit")
"""Words that speak of profit, or of a part of a change, where no metric is named."""
_BREAK = re.compile(r"[,;:()|]|\s[–—-]\s|—")
_END = re.compile(r"(?<!\bvs)\.\s|[;:]")
_WHICH = re.compile(r"^,\s+(?:which|that)\b")
"""A clause about the name itself: "net margin, which had been 1.9%"."""
_BROUGHT = re.compile(
    r":\s+(?:brought|brings|saw|yielded|gave|showed|shows|delivered|produced|had|was|posted)$"
)
"""What a time is said to do behind the colon: "the path of revenue: Q2 brought"."""
_CONCERNED = re.compile(r"^(?:(?:is|are|was|were)\s+concerned|goes|go|come(?:s)?\s+in(?=,))(?=,)")
"""How a topic closes: "As far as revenue is concerned, "."""
_TOPIC = re.compile(
    r"(?:(?:[QA]|Question|Answer):\s+)?"
    r"(?:(?:On|In|Under|At|Next\s+to|Beside)\s+(?:the\s+)?(?:line|row|entry|column|heading|label|item|caption|tab)\s+"
    r"(?:marked|labell?ed|called|named|headed|reading|entitled|for|of)"
    r"|(?:As|So)\s+far\s+as|Where|Looking\s+at|Turning\s+to|Moving\s+to|As\s+for|As\s+to|In\s+terms\s+of|When\s+it\s+comes\s+to|Regarding|On|For|In"
    r"|Speaking\s+of|Under|With\s+(?:regard|respect)\s+to|Measured\s+by|Judged\s+by|By)\s+"
)
_CLOSES = re.compile(r"\s*(?:[;.,)—–]|$|\n)")
_DIRECTLY = re.compile(
    r"\s*[(\[]?\s*(?:(?:it|they)\s+)?(?:(?:had\s+)?(?:posted|reported|recorded|seen|booked|registered|shown|made"
    r"|logged|achieved)\s+)?(?:(?:in|for|of|at|during|from)\s+)?(?:the\s+)?"
)
"""What may stand between a number and the time behind it: "$26 billion posted in Q2 FY2024"."""
_MOVED_IT = re.compile(
    r"\b(?:put|puts|putting|left|leaves|leaving|took|takes|taking|brought|sent)\s+(?:it|them)\b"
)
"""Words of what a figure did to what it is of: "revenue of $29.8 billion put it 27% ahead of"."""
_COMES_TO = re.compile(
    r",\s+(?:(?:which|that)\s+(?:makes?|made|is\s+good|was\s+good)\s+for|which\s+(?:marks?|marked|equals?|equalled)"
    r"|(?:making|good)\s+for|marking|reflecting|representing|implying|signifying|equal(?:ling)?\s+to|or)\b(?=\s+(?:an?|the|sequential|annual|year)\b)",
    re.IGNORECASE,
)
"""How a sentence draws a change from the numbers it has told: ", which makes for an increase of 6%"."""
_BRINGS = re.compile(
    r"\s+(?:brought|brings|yielded|gave|saw|shows?|showed|produced|delivered|had|came\s+to|came\s+in\s+at"
    r"|took\s+(?:it|the\s+(?:number|figure|total|tally|count|amount))(?:\s+(?:higher|lower|up|down))?,?\s+to)\s+"
)
_FINISHING = re.compile(r"\b(?:finishing|ending|closing|concluding)\s+(?:the\s+)?$")
_WITH = re.compile(r"\s+(?:with|at|on)\s+")
_WENT = frozenset(
    ["built", "went", "crept", "swung", "grew", "rose", "fell", "sank", "slid", "ran", "drew", "came", "got"]
)
_TICKER = re.compile(r"\([A-Z]{2,5}\)")
_OF_A_WHOLE = (["of", "a"], ["of", "the"], ["of", "an"], ["of", "its"])


def is_firm(scan: Scan, subject: Subject, index: int, last: Draft | None, *, change: bool) -> bool:
    """Whether the words bind number `index` to the subject's name, or to the number before it.

    `last` is the draft of the number before; `change`: whether the number is a change or its base.
    """
    number = scan.numbers[index].span
    if subject.span is None:
        return _carried(scan, index, last, change=change)
    if subject.span.encloses(number):
        return True
    if subject.span.start >= number.end:
        gap = Span(number.end, subject.span.start)
        if change and lands_on(scan, index, left_sign(scan, index)):
            return True
        return labelled_behind(scan, index, subject.span) or _belongs(scan, gap, change=change)
    against = set_against(scan, index)
    gap = Span(subject.span.end, number.start if against is None else against.start())
    if gap.start > gap.end:
        return False
    if from_to(scan, index) and _moved(scan, gap):
        return True
    return labels(scan, gap) or _bound(scan, subject, gap, change=change)


def _moved(scan: Scan, gap: Span) -> bool:
    """Whether a single verb of the past stands between a name and "from": "cash built from"."""
    passed = [p.span for p in scan.periods] + [m.span for m in scan.mentions if m.kind == "entity"]
    rest = [w.lower for w in scan.words_in(gap) if not any(span.encloses(w.span) for span in passed)]
    rest = [w for w in rest if w not in ("at", "has", "had", "have")]
    plain = not any(c in scan.text[gap.start : gap.end] for c in ",;:()—")
    return plain and len(rest) == 2 and (rest[0] in _WENT or rest[0].endswith("ed"))


def _belongs(scan: Scan, gap: Span, *, change: bool) -> bool:
    """Whether only words that give a number its name stand between: "$5.6 billion of new AI orders"."""
    if _BREAK.search(scan.text, gap.start, gap.end):
        return False
    known = [m.span for m in scan.mentions if m.kind != "cue" or {"yoy", "qoq"} & set(m.value.split())]
    known += [p.span for p in scan.periods]
    between = [
        w.lower
        for w in scan.words_in(gap)
        if not w.text[:1].isupper() and not any(span.encloses(w.span) for span in known)
    ]
    giving = GIVING | MOVING if change else GIVING
    return len(between) <= FARTHEST_BEHIND and giving.issuperset(between)


def _carried(scan: Scan, index: int, last: Draft | None, *, change: bool) -> bool:
    """Whether nothing but carrying words stands between the number and the one whose subject it takes.

    A change may also be led up to by linking words, and what it reached: "so it rose 27%", "ending up at 5%".
    """
    if not index:
        return False
    gap = Span(scan.numbers[index - 1].span.end, scan.numbers[index].span.start)
    used = last.subject.span if last is not None and last.subject is not None else None
    named = (n.span for n in scan.names if gap.encloses(n.span))
    if any(used is None or not used.encloses(name) for name in named):
        return False
    if last is not None and (last.unread or not last.firm):
        return False
    if _timed(scan, index, gap):
        return True
    between = scan.words_in(gap)
    dated = _dated(scan, index, gap, last)
    after = comes_after(scan, index)
    if not (change or dated or after) and between[-1:] and between[-1].lower == "after":
        return False  # what came before, and when is not said
    if _of_a_whole([w.lower for w in between]):
        return False
    if after:
        between = between[:-1]
    start = max([gap.start, *(_label_end(scan, p.span, gap) for p in scan.periods)])
    end = _END.search(scan.text, start, gap.end)
    brings = _brings(scan, index, gap)
    starts = end is not None and brings is not None and _opens_with(scan, end.end(), brings)
    anaphor = end is not None and any(w.lower in ANAPHORS for w in scan.words_in(Span(end.end(), gap.end)))
    if end is not None and not (starts or anaphor):
        return False
    known = [m.span for m in scan.mentions if m.kind in ("cue", "metric", "member", "tag")]
    known += [p.span for p in scan.periods]
    known += _only_owner(scan)
    known += [Span(m.start(), m.end()) for m in _MOVED_IT.finditer(scan.text, gap.start, gap.end)]
    known += [] if brings is None else [brings]
    if change:
        known += [Span(m.start(), m.end()) for m in _COMES_TO.finditer(scan.text, gap.start, gap.end)]
    told = [w.lower for w in between if not any(k.encloses(w.span) for k in known)]
    further = _further(scan, last, told, gap, change=change, ended=end is not None, dated=dated)
    return (CARRYING | further).issuperset(told)


def _brings(scan: Scan, index: int, gap: Span) -> Span | None:
    """The words from a time to the number it is said to have brought: "; Q2 FY2026 brought $29.8 billion".

    None where more is said of the number than when it was: "Q2 brought $2 billion in charges".
    """
    number, time = scan.numbers[index].span, _last_time(scan, gap)
    if time is None or not _CLOSES.match(scan.text, number.end):
        return None
    if _BRINGS.fullmatch(scan.text, time.end, number.start):
        return Span(time.end, number.start)
    finishing = _FINISHING.search(scan.text, gap.start, time.start)
    if finishing is not None and _WITH.fullmatch(scan.text, time.end, number.start):
        return Span(finishing.start(), number.start)
    return None


def _last_time(scan: Scan, gap: Span) -> Span | None:
    """The last time outright in a stretch; None without one."""
    return next((p.span for p in reversed(scan.periods) if p.explicit and gap.encloses(p.span)), None)


def _opens_with(scan: Scan, start: int, brings: Span) -> bool:
    """Whether the clause that starts there opens with the time that brings its number."""
    time = next((p.span for p in scan.periods if p.span.end == brings.start), None)
    return time is not None and scan.text[start : time.start].strip().lower() in ("", "the", "and", "and the")


def _further(
    scan: Scan, last: Draft | None, told: list[str], gap: Span, *, change: bool, ended: bool, dated: bool
) -> frozenset[str]:
    """What words besides carrying ones may stand before a number that takes the subject of the last one."""
    reached = last is not None and last.change is not None and told[-1:] in (["at"], ["to"])
    if last is not None and _in_brackets(scan, last, gap):
        return LINKS - ACTS  # "Revenue (+19% y/y) hit $29.8 billion"
    if last is not None and last.earlier and scan.words[0].lower in _FORMERLY:
        return (LINKS | ANAPHORS | {"time"}) - ACTS  # "After revenue of $25 billion, Acme this time reported"
    if reached or change:
        return (LINKS | ANAPHORS | CONCLUDING) - ACTS | (MOVING if reached else frozenset[str]())
    if ended or dated:
        return (LINKS - ACTS) | ANAPHORS | (frozenset[str]() if ended else SETTING)
    return frozenset[str]()


def _only_owner(scan: Scan) -> list[Span]:
    """Where the one company that a sentence speaks of is named; nowhere if it speaks of several."""
    owners = [m for m in scan.mentions if m.kind == "entity"]
    return [m.span for m in owners] if len({m.value for m in owners}) == 1 else []


def _of_a_whole(between: list[str]) -> bool:
    """Whether the words before a number set it as the whole of the last: "$3 billion, of a $9 billion"."""
    return between[-2:] in _OF_A_WHOLE and between[-3:-2] != ["ahead"]


def _timed(scan: Scan, index: int, gap: Span) -> bool:
    """Whether a time labels the number, alone or in a bracket: "in Q2 FY2026 (a year ago: $22 billion)"."""
    label = in_brackets(scan, index) or gap
    times = [p.span for p in scan.periods]
    if not any(label.encloses(time) for time in times) or not labels(scan, label):
        return False
    ahead = Span(gap.start, max(gap.start, label.start - 1))
    passed = [*times, *(n.span for n in scan.names)]  # those of a name are of the number before
    said = [w.lower for w in scan.words_in(ahead) if not any(span.encloses(w.span) for span in passed)]
    return not _END.search(scan.text, ahead.start, ahead.end) and CARRYING.issuperset(said)


def _dated(scan: Scan, index: int, gap: Span, last: Draft | None) -> bool:
    """Whether the number has a time of its own: "where in Q2 it was", "not the $26 billion of Q2"."""
    number = scan.numbers[index].span
    before = last.period.span if last is not None and last.period is not None else None
    for period in scan.periods:
        if gap.encloses(period.span) and period.span != before:
            return True
        between = scan.text[number.end : period.span.start]
        if period.span.start >= number.end and _DIRECTLY.fullmatch(between):
            return True
    return False


_FORMERLY = frozenset(["after", "following", "from", "against", "versus", "compared"])
"""Words that a sentence begins with to tell first what was before."""


def _in_brackets(scan: Scan, last: Draft, gap: Span) -> bool:
    """Whether the change before stands in brackets behind its name, and they close in the gap."""
    name = None if last.subject is None else last.subject.span
    if last.change is None or name is None or name.end > last.number.start:
        return False
    opens = scan.text[name.end : last.number.start].lstrip()[:1] in ("(", "[")
    return opens and any(c in scan.text[gap.start : gap.end] for c in ")]")


def _label_end(scan: Scan, period: Span, gap: Span) -> int:
    """Where a label of time ends that opens a bracket: "(Q2 FY2025: $26.3 billion)"."""
    if not gap.encloses(period) or scan.text[gap.start : period.start].strip() not in ("(", "[", "vs.", "vs"):
        return gap.start
    return period.end + 1 if scan.text[period.end : period.end + 1] == ":" else gap.start


def _without_times(scan: Scan, gap: Span, aside: list[Span]) -> str:
    """The words of a stretch but those of times and asides: "the quarter ended June 30, 2024" has a comma."""
    text, at = "", gap.start
    for left_out in sorted([*(p.span for p in scan.periods), *aside]):
        if gap.encloses(left_out) and left_out.start >= at:
            text += scan.text[at : left_out.start]
            at = left_out.end
    return text + scan.text[at : gap.end]


def _listed(scan: Scan, subject: Subject, start: int) -> bool:
    """Whether name and number stand as an entry of a list: ": revenue, $8.7 billion; net income, ..."."""
    number = next(n for n in scan.numbers if n.span.start >= start)
    name = subject.span.start if subject.span is not None else scan.span.start
    head = scan.text[scan.span.start : name].rstrip()
    if not _CLOSES.match(scan.text, number.span.end):
        return False
    return (
        not head
        or head[-1] in ":;—–"
        or (scan.text[number.span.end : number.span.end + 1] == "," and _bare(scan, name))
    )


def _bare(scan: Scan, name: int, start: int | None = None) -> bool:
    """Whether only articles, owners, times and "figure for" stand between the sentence's start and a name."""
    known = [m.span for m in scan.mentions if m.kind in ("entity", "tag", "member")]
    known += [p.span for p in scan.periods]
    ahead = [
        w
        for w in scan.words_in(Span(start or scan.span.start, name))
        if not any(k.encloses(w.span) for k in known)
    ]
    return all(word.lower in HEADS for word in ahead)


def _is_topic(scan: Scan, name: Span) -> bool:
    """Whether the sentence only puts the name first: "Looking at revenue, the company posted"."""
    opening = _TOPIC.match(scan.text, _headed(scan, name.start), name.start)
    return opening is not None and _bare(scan, name.start, opening.end())


def _headed(scan: Scan, end: int) -> int:
    """Where the sentence begins behind a head of companies and times before `end`: "X vs. Y: On revenue"."""
    colon = scan.text.find(":", scan.span.start, end)
    if colon < 0 or scan.text[colon + 1 : colon + 2].strip(" *"):
        return scan.span.start
    known = [m.span for m in scan.mentions if m.kind == "entity"] + [p.span for p in scan.periods]
    rest = (
        w for w in scan.words_in(Span(scan.span.start, colon)) if not any(k.encloses(w.span) for k in known)
    )
    if any(w.lower not in COMPARING for w in rest):
        return scan.span.start
    return next((w.span.start for w in scan.words if w.span.start > colon), end)


def _heads_list(scan: Scan, name: Span, gap: Span, *, change: bool) -> bool:
    """Whether the name heads a line of companies: "Revenue, side by side: X at $29.8 billion".

    The head of a change says which way it went: "Revenue fell at both: 9% at X".
    """
    colon = scan.text.find(":", name.end, gap.end)
    if colon < 0 or not _bare(scan, name.start):
        return False
    passed = [m.span for m in scan.mentions if m.kind == "entity"] + [p.span for p in scan.periods]
    ways = [m.span for m in scan.cues if change and {"up", "down"} & set(m.value.split())]
    head = [
        w
        for w in scan.words_in(Span(name.end, colon))
        if not any(k.encloses(w.span) for k in (*passed, *ways))
    ]
    entry = [w for w in scan.words_in(Span(colon, gap.end)) if not any(k.encloses(w.span) for k in passed)]
    companies = [m.span.end for m in scan.within(Span(colon, gap.end), "entity")]
    told = _without_times(scan, Span(max(companies, default=colon), gap.end), []).strip(" :()-–—,")
    return (
        len(companies) <= 1
        and all(w.lower in COMPARING for w in head)
        and all(w.lower in LINKS for w in entry)
        and _BREAK.search(told) is None
    )


def _bound(scan: Scan, subject: Subject, gap: Span, *, change: bool) -> bool:
    """Whether only linking words stand between a name and the number behind it."""
    between, name = scan.words_in(gap), subject.span or gap
    if any(gap.encloses(n.span) for n in scan.numbers):
        return False
    if SUPPOSED[1] in subject.why and any(w.lower in OF_PROFIT for w in between):
        return False
    aside = asides(scan, gap)
    inner = _TICKER.sub("", _without_times(scan, gap, aside)).strip()
    # a bare member may go on with what was told of another: "storage was $3 million better; PCs, $2 million"
    named = any(why.startswith("metric from") for why in subject.why)
    if inner == "," and named and _listed(scan, subject, gap.end):
        return True
    if named and _heads_list(scan, name, gap, change=change):
        return True
    inner, topic = _WHICH.sub("", _CONCERNED.sub("", inner)), False
    if named and any(scan.text[gap.start : p.span.start].rstrip()[-1:] == ":" for p in scan.periods):
        inner = _BROUGHT.sub("", inner)
    if inner[:1] == "," and named and (_bare(scan, name.start) or _is_topic(scan, name)):
        inner, topic = inner[1:].strip(), _is_topic(scan, name)
    if not change and inner[:1] in (",", ";"):
        return False
    if len(_BREAK.findall(inner)) > 1:
        return False
    if _BREAK.search(inner.strip(":—–-,(")) and not (change and "," in inner):
        return False
    passed = [p.span for p in scan.periods]
    passed += [m.span for m in scan.mentions if m.kind == "entity" and m.value]  # "revenue at Acme was"
    told = {"up", "down", "level"} if "," in inner else {"up", "down", "level", "yoy", "qoq"}
    passed += [m.span for m in scan.cues if told & set(m.value.split())]
    passed += aside
    weighty = [w.lower for w in between if not any(span.encloses(w.span) for span in passed)]
    weighty = [word for word in weighty if word not in ("concerned", "the", "of", "our", "its")]
    linking = LINKS | CARRYING | ANAPHORS if TOLD_BEFORE in subject.why else LINKS
    tying = linking | ANAPHORS if topic else linking  # "In revenue, it is"
    return len(weighty) <= FARTHEST_AHEAD and tying.issuperset(weighty)
