"""Words of change around a number, and which way they point."""

from __future__ import annotations

import re

from tieout.core.article import Span
from tieout.read.scan import Scan
from tieout.read.wordlist import words
from tieout.read.words import Mention

UP_NOUNS = words("up_nouns")
DOWN_NOUNS = words("down_nouns")
CUE_GAP = words("cue_gap")
"""Words that may stand between a change word and its number: "an increase of about 63%"."""
RIGHT_GAP = words("right_gap")
"""Words that may stand between a number and its noun of change: "a 38% year-over-year jump"."""
TRANSITIVE = words("transitive")
"""Change words that take what changes behind them: "grew revenue 12%"."""
COMPARING = words("comparing")
_LINKED = words("links") | {"its", "their", "company"}
AMOUNTS = frozenset(
    ["amounts", "amounted", "amounting", "was", "is", "came", "comes", "worked", "equals", "equaled"]
)
"""Verbs that say how much a change was: "the increase on the year amounts to"."""
_HEDGES = frozenset(
    ["about", "around", "roughly", "nearly", "almost", "some", "just", "over", "under", "a", "only"]
)
OWNERS = ("its", "the", "full-year", "annual")

FARTHEST_NOUN = 7
"""How many words behind a number its noun of change may stand."""

_YOY_LABEL = re.compile(r"\b(?:YoY|Y/Y|y/y|year[- ]over[- ]year|growth|change)\s*:?\s*\(?$", re.IGNORECASE)
_GROWTH = re.compile(
    r"\bgrowth(?:\s+rate)?\s+(?:in\s+the\s+quarter\s+)?"
    r"(?:(?:was|is|were|reached|hit|of|at)|(?:came\s+in|stood|ran|held)\s+(?:steady\s+)?at|came\s+to"
    r"|(?:accelerated|quickened|picked\s+up|improved|rose|slowed|eased|cooled|fell|decelerated|dropped)\s+to)"
    r"\s+(?:(?:a|about|nearly|roughly|around|some|just|only|still)\s+)*$",
    re.IGNORECASE,
)
"""Growth told as a level: "growth was 9%", "growth slowed to 5%"."""

CHANGE_LABEL = re.compile(
    r"(?<!after )(?<!after the )(?<!despite the )\b"
    r"(?:change|chg|delta|growth|increase|decrease|decline|gain|move|movement|difference|drop|fall|rise|reduction"
    r"|improvement|advance|dip|slide)\b(?:[^:=→.;\d]|vs\.){0,60}[:=→]\s*\(?$",
    re.IGNORECASE,
)
"""A label that says its number is a change: "Change from the previous quarter: "."""

_SIGNS = "more|higher|bigger|larger|greater|better|ahead|up|less|lower|smaller|fewer|worse|behind|down|short"
_ASIDE = (
    r",?\s+or\s+(?:about\s+|nearly\s+|roughly\s+)?"
    r"(?:[\d.,]+\s?(?:%|percent|per\s+cent|points?)|an?\s+\w+),"
)
"""A second way to say the number: "$22 billion, or 62%, higher"."""
_COMPARED = re.compile(
    rf"(?:{_ASIDE}\s+(?P<aside>(?!up\b|down\b)(?:{_SIGNS}))\b"
    rf"|(?:{_ASIDE})?\s+(?P<sign>{_SIGNS})\s+(?:than|of|on|versus|vs\.?)\b"
    rf"|\s+(?P<plain>{_SIGNS})\s+from\b)",
    re.IGNORECASE,
)
WORSE = frozenset(["less", "lower", "smaller", "fewer", "worse", "behind", "down", "short"])
"""Comparatives that tell of a fall."""

OVER = frozenset(["above", "over", "beyond"])
UNDER = frozenset(["below", "under", "beneath", "behind"])
"""Words that set a change on or off a time before: "19% under the previous year's figure"."""
PUT_ON = frozenset(["added", "adds", "adding", "gained", "tacked", "put", "gain"])
TAKEN_OFF = frozenset(["lost", "loss", "shed", "gave", "surrendered", "lopped", "shaved", "knocked", "took"])
"""Verbs that put points on a ratio, or take them off one."""

ONTO = frozenset(["to", "on", "onto"])
OFF = frozenset(["from", "off"])
"""Prepositions of what a change is put on, or taken off."""
POSSESSORS = frozenset(["its", "the", "their", "his", "her", "our", "s", "company", "group", "firm"])
"""Words of whose a measure is, between a preposition and its name."""

_SET_AGAINST = re.compile(
    r"\b(?:(?P<up>beat|beats|beating|topp(?:ed|ing)|tops|exceed(?:ed|s|ing)?|surpass(?:ed|es|ing)?|outdid|above"
    r"|ahead\s+of|over"
    r"|(?:higher|larger|more|better|greater)\s+than)"
    r"|(?P<down>below|under|behind|beneath|short\s+of|trail(?:ed|s|ing)|miss(?:ed|es|ing)|lagg(?:ed|ing)|lags|undershot"
    r"|(?:lower|smaller|less|worse|fewer)\s+than))(?=\s)",
    re.IGNORECASE,
)
"""Words that set a number above or below a time before, the difference behind: "beat last year's by"."""
_BY = re.compile(
    r"(?:\s|['’]s?|\b(?:the|its|that|those|of|in|for|from|level|figure|number|mark|result|total|one|quarter|period)\b)*"
    r"\bby\s+(?:(?:a|about|some|roughly|around|nearly|almost|just|more|than|over|full|whopping)\s+)*",
    re.IGNORECASE,
)

_LISTING = frozenset(["and", "with", "both", "first", "namely"])
"""Words before an entry of what a verb said of several is shared out to."""

_OFF_BY = re.compile(
    r"(?<!based )(?<!coming )(?<!comes )(?<!came )(?<!living )(?<!paid )(?<!pay )\boff\s+(?:by\s+)?"
    r"(?:(?:about|nearly|roughly|almost|some|around|just|only|a|an|another|more\s+than|over)\s+)*$",
    re.IGNORECASE,
)
"""The adverb of a fall, right before its percentage: "Off 13% on the year", "sales, off 13%"."""

LASTING = re.compile(
    r"over\s+(?:the\s+|these\s+|its\s+)?(?:(?:first|second|past|last|full|whole)\s+)?"
    r"(?:(?:two|three|four|six|nine|twelve|\d+)\s+(?:months|quarters|years|weeks)|half|period|(?:quarter|year)\s+to)\b",
    re.IGNORECASE,
)
"""Words of how long: "$147.8 billion over nine months" is no change."""
COMPARATIVES = WORSE | frozenset(["more", "higher", "bigger", "larger", "greater", "better", "ahead", "up"])

_LESS_OF = (["that"], ["the"], ["its"], ["this"], ["those"], ["capital"], ["capex"])
"""What is taken off when "less" is a minus sign."""

_MAKES = tuple(
    [verb]
    for verb in ("made", "makes", "make", "making", "end", "ends", "ended", "ending", "wound", "winding")
)
"""Verbs that "up" belongs to and then tells of no rise: "made up", "ending up at"."""


def left_sign(scan: Scan, index: int) -> int:
    """1 or -1 when a change word stands before the number with nothing else between; else 0."""
    stretch = scan.before(index)
    if scan.numbers[index].kind in ("percent", "points") and _OFF_BY.search(
        scan.text, stretch.start, stretch.end
    ):
        return -1
    if scan.numbers[index].kind != "money" and (labelled := _label_sign(scan, stretch)):
        return labelled
    against = set_against(scan, index)
    if against is not None:
        return -1 if against["down"] else 1
    for cue in reversed([m for m in scan.cues if stretch.encloses(m.span)]):
        ahead = scan.text[max(0, cue.span.start - 8) : cue.span.start].lower()
        if cue.text.lower() == "up" and ahead.split()[-1:] in _MAKES:
            return 0
        sign = sign_of(cue)
        if sign and scan.numbers[index].kind == "money" and _describes(scan, cue):
            return 0
        if sign:
            between = Span(cue.span.end, stretch.end)
            joined = (
                _of_named(scan, index, cue, between)
                or _joined(scan, between)
                or _noun_of(scan, cue, between)
                or _shared_out(scan, between)
            )
            return sign if joined else 0
    last = [w.lower for w in scan.words_in(stretch) if w.lower not in CUE_GAP][-1:]
    sign = 0 if not last else 1 if PUT_ON.issuperset(last) else -1 if TAKEN_OFF.issuperset(last) else 0
    return sign if scan.numbers[index].kind == "points" or lands_on(scan, index, sign) else 0


PARTICIPLES = frozenset(["increased", "reduced", "improved", "decreased"])
_DESCRIBED = frozenset(["a", "an", "its", "of", "on", "the", "with"]) | words("says")
"""Words before a participle that describes: "reported increased revenue", but "Acme increased revenue"."""


def _describes(scan: Scan, cue: Mention) -> bool:
    """Whether a comparative stands before a measure as its adjective: "lower net income of $1.5 billion"."""
    text = cue.text.lower()
    name = next((m for m in scan.names if m.span.start >= cue.span.end), None)
    ahead = scan.lower_in(Span(scan.span.start, cue.span.start))[-1:]
    participle = text in PARTICIPLES and not _DESCRIBED.isdisjoint(ahead)
    if name is None or not (text.endswith("er") or participle):
        return False
    known = [m.span for m in scan.mentions if m.kind in ("entity", "member", "tag")]
    gap = scan.words_in(Span(cue.span.end, name.span.start))
    return all(any(span.encloses(word.span) for span in known) for word in gap)


def lands_on(scan: Scan, index: int, sign: int) -> bool:
    """Whether the words behind say what a percentage was put on or taken off: "added 19% to its revenue"."""
    if not sign or scan.numbers[index].kind not in ("percent", "points"):
        return False
    words = scan.words_in(scan.after(index))
    if not words or words[0].lower not in (ONTO if sign > 0 else OFF):
        return False
    return complement(scan, words[0].span.end) is not None


def complement(scan: Scan, start: int) -> Mention | None:
    """The name that stands right behind a preposition, but for articles and owners: "to its revenue"."""
    name = next((m for m in scan.names if m.span.start >= start), None)
    if name is None:
        return None
    passed = [m.span for m in scan.mentions if m.kind in ("entity", "tag", "member")]
    between = scan.words_in(Span(start, name.span.start))
    plain = all(
        w.lower in POSSESSORS or any(span.encloses(w.span) for span in passed) for w in between
    ) and not set(scan.text[start : name.span.start]) & set(",;:()")
    return name if plain else None


def _label_sign(scan: Scan, stretch: Span) -> int:
    """1 or -1 when a number stands behind a label that is a noun of a rise or a fall: "Decline: 13%"."""
    label = CHANGE_LABEL.search(scan.text, stretch.start, stretch.end)
    if label is None:
        return 0
    told = {word.lower for word in scan.words_in(Span(label.start(), stretch.end))}
    up, down = not UP_NOUNS.isdisjoint(told), not DOWN_NOUNS.isdisjoint(told)
    return 0 if up == down else 1 if up else -1


def headed_sign(scan: Scan, index: int) -> int:
    """1 or -1 when the head of a line says which way its companies went: "Revenue fell at both: 9% at X"."""
    stretch = scan.before(index)
    colon = scan.text.find(":", stretch.start, stretch.end)
    signs = [(cue, sign) for cue in scan.cues if stretch.encloses(cue.span) and (sign := sign_of(cue))]
    if index or colon < 0 or len(signs) != 1 or signs[0][0].span.end > colon:
        return 0
    cue, sign = signs[0]
    between = scan.lower_in(Span(cue.span.end, colon))
    entry = scan.words_in(Span(colon, stretch.end))
    named = [m.span for m in scan.within(Span(colon, stretch.end), "entity")]
    plain = all(w.lower in CUE_GAP or any(n.encloses(w.span) for n in named) for w in entry)
    return sign if plain and all(word in COMPARING for word in between) else 0


def set_against(scan: Scan, index: int) -> re.Match[str] | None:
    """The word that sets a number off a time before, the difference behind: "beat last year's by 5%"."""
    before = scan.before(index)
    times = [p.span for p in scan.periods if p.kind == "relative"]
    times += [m.span for m in scan.cues if {"yoy", "qoq"} & set(m.value.split())]
    set_off = list(_SET_AGAINST.finditer(scan.text, before.start, before.end))[-1:]
    if not set_off or not any(set_off[0].end() < time.end <= before.end for time in times):
        return None
    rest, at = "", set_off[0].end()
    for time in sorted(times):
        if at < time.end <= before.end:
            rest += scan.text[at : max(at, time.start)]
            at = time.end
    return set_off[0] if _BY.fullmatch(rest + scan.text[at : before.end]) else None


def sign_of(cue: Mention) -> int:
    """1 for a word of rise, -1 for one of fall, else 0."""
    kinds = cue.value.split()
    return 1 if "up" in kinds else -1 if "down" in kinds else 0


def _of_named(scan: Scan, index: int, cue: Mention, between: Span) -> bool:
    """Whether only what changes stands between the word and the number: "grew services revenue by 12%"."""
    kind, by = scan.numbers[index].kind, scan.lower_in(between)[-1:] == ["by"]
    parted = any(mark in scan.text[between.start : between.end] for mark in ",;:(")
    if (
        parted
        or cue.text.lower() not in TRANSITIVE
        or not (kind == "percent" or (by and kind in ("points", "money")))
    ):
        return False
    named = [m.span for m in scan.names if between.encloses(m.span)]
    return bool(named) and all(
        any(name.encloses(word.span) for name in named) or word.lower in CUE_GAP or word.lower in OWNERS
        for word in scan.words_in(between)
    )


def _noun_of(scan: Scan, cue: Mention, between: Span) -> bool:
    """Whether a noun of change is told as a level: "growth in Acme's revenue worked out at"."""
    if cue.text.lower() not in UP_NOUNS | DOWN_NOUNS:
        return False
    named = [m.span for m in scan.within(between) if m.kind in ("metric", "member", "entity", "tag")]
    timed = [m.span for m in scan.within(between, "cue") if {"yoy", "qoq"} & set(m.value.split())]
    passed = [*named, *timed, *(p.span for p in scan.periods)]
    rest = [w.lower for w in scan.words_in(between) if not any(span.encloses(w.span) for span in passed)]
    rest = rest[1:] if rest[:1] == ["rate"] else rest
    if [w for w in rest if w not in _HEDGES][-1:] == ["to"] and AMOUNTS.isdisjoint(rest):
        return False  # "the drop in gross margin, to 30%": what it came down to
    if not named:
        return not AMOUNTS.isdisjoint(rest) and _LINKED.issuperset(rest)
    return rest[:1] in (["in"], ["of"], ["for"]) and _LINKED.issuperset(rest[1:])


def _shared_out(scan: Scan, between: Span) -> bool:
    """Whether a verb said of several is shared out: "Both lines grew in Q2: revenue by 19% and"."""
    name = next((m for m in reversed(scan.names) if between.encloses(m.span)), None)
    if name is None:
        return False
    behind = scan.lower_in(Span(name.span.end, between.end))
    head = scan.text[between.start : name.span.start]
    opened = between.start + max(head.rfind(mark) for mark in ":,—–;") + 1
    alone = [w.lower for w in scan.words_in(Span(opened, name.span.start))]
    return (
        behind[:1] == ["by"]
        and CUE_GAP.issuperset(behind)
        and opened > between.start
        and (POSSESSORS | _LISTING).issuperset(alone)
    )


def _joined(scan: Scan, between: Span) -> bool:
    """Whether nothing of weight stands between a change word and a number."""
    periods = [p.span for p in scan.periods]
    return all(
        word.lower in CUE_GAP or any(period.encloses(word.span) for period in periods)
        for word in scan.words_in(between)
    ) and not any(c in scan.text[between.start : between.end] for c in ";:")


def right_sign(scan: Scan, index: int) -> int:
    """1 or -1 when a noun of change stands behind the number: "a 38% year-over-year jump"."""
    stretch = scan.after(index)
    compared = _COMPARED.match(scan.text, stretch.start, scan.span.end)
    if compared is not None:  # "$22 billion, or 62%, better than a year earlier"
        return -1 if (compared["aside"] or compared["sign"] or compared["plain"]).lower() in WORSE else 1
    ahead = scan.words_in(stretch)
    passed = [m.span for m in scan.mentions if m.kind in ("metric", "member", "entity") or _times(m)]
    for position, word in enumerate(ahead):
        if word.lower == "less" and [w.lower for w in ahead[position + 1 : position + 2]] in _LESS_OF:
            return 0
        gap = scan.text[stretch.start : word.span.start]
        if position > FARTHEST_NOUN or any(c in gap for c in ",;:(|"):
            return 0
        if LASTING.match(scan.text, word.span.start):
            return 0
        if word.lower in OVER | UNDER and not gap.strip() and _time_follows(scan, word.span.end):
            return 1 if word.lower in OVER else -1
        if word.lower in UP_NOUNS or word.lower in DOWN_NOUNS:
            return 1 if word.lower in UP_NOUNS else -1
        if word.lower not in RIGHT_GAP and not any(span.encloses(word.span) for span in passed):
            return 0
    return 0


def _times(mention: Mention) -> bool:
    """Whether a mention says from when a change is measured: "y/y"."""
    return mention.kind == "cue" and not {"yoy", "qoq"}.isdisjoint(mention.value.split())


def falls(scan: Scan) -> bool:
    """Whether any word of the sentence tells of a fall."""
    return any(sign_of(cue) < 0 for cue in scan.cues) or any(w.lower in DOWN_NOUNS for w in scan.words)


def _time_follows(scan: Scan, start: int) -> bool:
    """Whether a period or "a year earlier" stands right behind, in the same clause and before any number."""
    clause = scan.clause(Span(start, min(scan.span.end, start + 24)))
    number = next((n.span.start for n in scan.numbers if n.span.start >= start), clause.end)
    return names_time(scan, Span(start, max(start, min(clause.end, number))))


def names_time(scan: Scan, stretch: Span) -> bool:
    """Whether a period, or a word for a year or a quarter earlier, touches the stretch."""
    return any(p.span.overlaps(stretch) for p in scan.periods) or any(
        {"yoy", "qoq"} & set(m.value.split()) for m in scan.cues if m.span.overlaps(stretch)
    )


def growth_label(scan: Scan, index: int) -> bool:
    """Whether "YoY" or its kin stands right behind the number, or a label of growth right before it."""
    after, before = scan.after(index), scan.before(index)
    for cue in scan.cues:
        if after.encloses(cue.span) and {"yoy", "qoq"} & set(cue.value.split()):
            gap = scan.text[after.start : cue.span.start]
            if len(gap) <= 6 and not any(c in gap for c in ",;"):
                return True
    if any(each.search(scan.text, before.start, before.end) for each in (_GROWTH, CHANGE_LABEL)):
        return True
    return bool(_YOY_LABEL.search(scan.text[max(before.start, before.end - 30) : before.end]))
