"""Which of the sentence's periods a number is told of."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from tieout.core.article import Span
from tieout.core.claim import Relation
from tieout.core.measure import Scenario
from tieout.read.bases import from_to, is_base_period, spanned_to
from tieout.read.dated_behind import dated_behind, with_its_year
from tieout.read.draft import Draft
from tieout.read.labels import heads_next
from tieout.read.memory import Sentence
from tieout.read.periods import BACKWARD, PeriodMention
from tieout.read.relation import PAST_VERBS
from tieout.read.same_time import time_told_behind
from tieout.read.scan import Scan
from tieout.read.signs import OFF, ONTO, complement

ANOTHER = frozenset(
    [
        "and",
        "to",
        "from",
        "where",
        "whereas",
        "when",
        "against",
        "while",
        "but",
        "versus",
        "vs",
        "with",
        "after",
        "above",
        "than",
        "supporting",
    ]
)
"""Words behind a number that begin something else: the period behind them is not the number's."""

_ASIDE = re.compile(r"\([^()]*\)")
_CAME_TO_A_CLOSE = re.compile(
    r"\s+(?:(?:came|comes|drew|draws)\s+to\s+(?:a|its|an)\s+(?:close|end)|ended|closed)\b"
)
"""What a time is said to have done that a number stands at the end of: "$8 billion as Q2 came to a close"."""
_AS_OF = re.compile(r"\bas\s+of\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")

_AS_ITS = re.compile(r"\bas\s+(?:its|the|their|our)\s", re.IGNORECASE)
_FOR = re.compile(r"\s+(?:for|of)\s+(?:the\s+)?")

ANOTHER_CLAUSE = frozenset(
    ["because", "while", "but", "as", "after", "though", "although", "when", "since", "whereas"]
)

TO_A_RATIO = frozenset(["to", "from", "of", "off", "in", "on", "its", "the", "their"])
CLOSE = 3
"""Characters between a time and the verb of which it is the subject's."""

TO_ITS = 2
"""Words, and how many, between points and the ratio that they move."""


_OPENED = re.compile(r"\s*\((?:(?:at |as of )?(?:the )?end of )?(?:the )?\s*")
"""A bracket that opens upon a time: "(end of Q2 FY2026)"."""


def period_of(sentence: Sentence, index: int, *, base: bool) -> PeriodMention | None:
    """The period said of this very number: behind it, else before it since the last number."""
    scan = sentence.scan
    if sentence.sides and sentence.sides[index].period is not None:
        return sentence.sides[index].period
    before, after = scan.before(index), scan.after(index)
    label = _in_brackets(scan, after)
    if label is not None and label.span not in sentence.used_periods:
        sentence.used_periods.add(label.span)
        return label
    stretch = after if index + 1 >= len(scan.numbers) else scan.clause(after)
    if base and index:
        stretch = _inside(scan, index, stretch)
    free = [p for p in scan.periods if p.span not in sentence.used_periods]
    behind = next(
        (
            p
            for p in free
            if stretch.encloses(p.span) and not is_base_period(scan, p) and not heads_next(scan, p)
        ),
        None,
    )
    since = next((p for p in scan.periods if behind is not None and spanned_to(scan, p) is behind), behind)
    gap = None if since is None else Span(_past_its_base(scan, index, since), since.span.start)
    if behind is not None and gap is not None and _joined(scan, gap):
        sentence.used_periods.add(behind.span)
        return _with_its_quarter(scan, behind)
    for mention in reversed(free):
        if not before.encloses(mention.span):
            continue
        if _of_forecast(scan, mention, before):
            continue
        near = base and len(scan.words_in(Span(mention.span.end, before.end))) <= 2
        if near or not is_base_period(scan, mention):
            sentence.used_periods.add(mention.span)
            return mention
    return None


def _past_its_base(scan: Scan, index: int, when: PeriodMention) -> int:
    """Where the number ends with what it is a change from: "fell 39% from a year earlier in fiscal 2022"."""
    start = _past_its_ratio(scan, index)
    if any(p.explicit and scan.before(index).encloses(p.span) for p in scan.periods):
        return start  # "in fiscal 2022 was 2% above the total of a year earlier in fiscal 2021"
    told = [m.span.end for m in scan.cues if {"yoy", "qoq"} & set(m.value.split())]
    return max((end for end in told if start <= end <= when.span.start), default=start)


def _past_its_ratio(scan: Scan, index: int) -> int:
    """Where the number ends; of points, behind the ratio they move: "added 2 points to its margin in Q1"."""
    number = scan.numbers[index]
    name = next((n.span for n in scan.names if n.span.start >= number.span.end), None)
    if number.kind != "points" or name is None:
        return number.span.end
    between = scan.lower_in(Span(number.span.end, name.start))
    return name.end if set(between) <= TO_A_RATIO and len(between) <= TO_ITS else number.span.end


def _inside(scan: Scan, index: int, stretch: Span) -> Span:
    """The stretch as far as the brackets go that opened since the number before."""
    before = scan.text[scan.before(index).start : scan.before(index).end]
    closes = scan.text.find(")", stretch.start, stretch.end)
    return Span(stretch.start, closes) if before.rfind("(") > before.rfind(")") and closes >= 0 else stretch


def _in_brackets(scan: Scan, after: Span) -> PeriodMention | None:
    """The time alone in brackets behind a number or its company: "$29.8 billion at Dell (Q2 FY2026)"."""
    owner = next(iter(scan.within(after, "entity")), None)
    at = owner is not None and scan.text[after.start : owner.span.start].strip() in ("at", "for")
    ends = (after.start, owner.span.end) if owner is not None and at else (after.start,)
    for mention in scan.periods:
        opens = any(_OPENED.fullmatch(scan.text, end, mention.span.start) for end in ends)
        if opens and mention.explicit and scan.text[mention.span.end : mention.span.end + 1] == ")":
            return mention
    return None


def _of_forecast(scan: Scan, mention: PeriodMention, before: Span) -> bool:
    """Whether it is that of a forecast in another clause: "hikes annual forecast as backlog tops"."""
    between = scan.words_in(Span(mention.span.end, before.end))
    forecast = bool(between) and any(
        m.span.encloses(between[0].span) and {"guidance", "consensus"} & set(m.value.split())
        for m in scan.cues
    )
    return forecast and not ANOTHER_CLAUSE.isdisjoint(w.lower for w in between)


_AT_ITS_END = re.compile(
    r"\b(?:end|close)\s+of\s+(?:the\s+)?(?:(?:fiscal|calendar)\s+)?(?:year\s+)?$", re.IGNORECASE
)


def _with_its_quarter(scan: Scan, mention: PeriodMention) -> PeriodMention:
    """The year with the quarter said before: "March-quarter revenue was $61.9 billion in 2024"."""
    if mention.kind != "year" and not (mention.kind == "part" and mention.part == "FY" and mention.year):
        return mention
    if _AT_ITS_END.search(scan.text, scan.span.start, mention.span.start):
        return mention  # "for nine months ..., from $11.6 billion at the end of 2024"
    quarters = [
        p
        for p in scan.periods
        if p.span.end <= mention.span.start
        and p.year is None
        and not p.last_year
        and (p.kind == "ended" or (p.kind == "part" and p.part != "FY"))
    ]
    if not quarters:
        return mention
    return replace(quarters[-1], year=mention.year, basis=mention.basis, span=mention.span)


def _joined(scan: Scan, gap: Span) -> bool:
    """Whether nothing between a number and a period behind it begins something else."""
    asides = [Span(m.start(), m.end()) for m in _ASIDE.finditer(scan.text, gap.start, gap.end)]
    passed = [*asides, *(name.span for name in scan.names)]
    words = [
        w.lower
        for w in scan.words_in(gap)
        if not any(span.encloses(w.span) for span in passed)
        and not (w.lower in ONTO | OFF and _takes_name(scan, w.span.end, gap.end))
    ]
    text = _ASIDE.sub("", scan.text[gap.start : gap.end])
    if any(scan.has_cue(cue, gap) for cue in ("exceeds", "below", "beat")):
        return False
    named_as = _named_as(scan, gap)
    closes = words[-1:] == ["as"] and _comes_to_a_close(scan, gap.end)
    alike = named_as or closes or words[-2:] == ["as", "of"]
    if not ANOTHER.isdisjoint(words) or ("as" in words and not alike):
        return False
    return not (("," in text and len(words) > 4) or "—" in text or ";" in text)


def _named_as(scan: Scan, gap: Span) -> bool:
    """Whether the number is given name and time together: "disclosed $5 billion as its revenue for Q2"."""
    it = _AS_ITS.search(scan.text, gap.start, gap.end)
    name = None if it is None else complement(scan, it.start() + len("as"))
    if name is None or not _FOR.fullmatch(scan.text, name.span.end, max(gap.end, name.span.end)):
        return False
    when = next((p for p in scan.periods if p.span.start == gap.end), None)
    return when is None or not any(
        {"up", "down"} & set(m.value.split()) for m in scan.cues if 0 <= m.span.start - when.span.end < CLOSE
    )


def _comes_to_a_close(scan: Scan, start: int) -> bool:
    """Whether the time that starts there is said to have ended."""
    period = next((p.span for p in scan.periods if p.span.start == start), None)
    return period is not None and _CAME_TO_A_CLOSE.match(scan.text, period.end) is not None


def _takes_name(scan: Scan, start: int, end: int) -> bool:
    """Whether a preposition takes a name before any period: "added 2 points to its margin in Q2"."""
    name = complement(scan, start)
    return name is not None and name.span.end <= end


def spread_periods(sentence: Sentence) -> None:
    """Give two times that a change runs between to what it went from and to: "between Q1 and Q2, A to B"."""
    scan, drafts = sentence.scan, sentence.drafts
    pairs = [(p, later) for p in scan.periods if (later := _run_to(scan, p)) is not None]
    if len(pairs) != 1 or len([p for p in scan.periods if p.explicit]) != len(pairs[0]):
        return
    for place, (former, latter) in enumerate(pairwise(drafts)):
        index = scan.numbers.index(former.amount) if former.amount in scan.numbers else -1
        if index < 0 or not from_to(scan, index) or latter.relation is not Relation.LEVEL:
            continue
        if former.scenario is not Scenario.ACTUAL or latter.scenario is not Scenario.ACTUAL:
            continue
        for draft, period in ((place, pairs[0][0]), (place + 1, pairs[0][1])):
            drafts[draft] = replace(drafts[draft], period=period, period_shared=False, rival_periods=())
        return


def _run_to(scan: Scan, mention: PeriodMention) -> PeriodMention | None:
    """The time up to which a change runs from this one, if both are told apart from its numbers."""
    later = spanned_to(scan, mention)
    if later is None or any(mention.span.end <= n.span.start < later.span.start for n in scan.numbers):
        return None
    return later


def share_periods(sentence: Sentence) -> None:
    """Numbers without a period take the sentence's: "A and B in Q2", "In Q2, A ... and B ..."."""
    drafts = sentence.drafts
    for position in range(len(drafts)):
        later = drafts[position + 1] if position + 1 < len(drafts) else None
        draft = drafts[position] = _with_its_bearings(drafts, position)
        if draft.period is not None or draft.is_base:
            continue
        if later is not None and _gives_back(sentence.scan, draft, later):
            both = _alike(sentence, draft, later) and time_told_behind(sentence, position) is later.period
            drafts[position] = replace(draft, period=later.period, period_shared=not both)
            continue
        told = _latest_of(drafts[:position], draft) or time_told_behind(sentence, position)
        if told is not None:
            drafts[position] = replace(draft, period=told, period_shared=False)
            continue
        earlier = next(
            (
                each
                for each in reversed(drafts[:position])
                if not each.is_base
                and each.scenario is draft.scenario
                and each.period is not None
                and not _bracketed(sentence.scan, each)
                and not (draft.change is not None and each.period.relative in BACKWARD)
            ),
            None,
        )
        if earlier is not None and earlier.period is not None:
            follows = draft.subject is not None and draft.subject.span is None
            carried = follows and earlier is drafts[position - 1]
            named = earlier.period.explicit and _same_clause(sentence.scan, earlier, draft)
            drafts[position] = replace(draft, period=earlier.period, period_shared=not (carried or named))
            continue
        only = _only_period(sentence, draft)
        if only is not None:
            apart = Span(only.span.end, max(only.span.end, draft.number.start))
            aside = not ANOTHER_CLAUSE.isdisjoint(sentence.scan.lower_in(apart))
            rivals = (*draft.rival_periods, *with_its_year(sentence.scan, only))
            drafts[position] = replace(draft, period=only, period_shared=aside, rival_periods=rivals)


def _with_its_bearings(drafts: list[Draft], position: int) -> Draft:
    """The draft with the period of the number it leads to; a base without a time takes the last base's."""
    draft = drafts[position]
    if not draft.earlier:
        return draft
    later = drafts[position + 1] if position + 1 < len(drafts) else None
    if later is not None and not later.earlier and later.period is not None:
        draft = replace(draft, leads_to=later.period)
    if draft.period is None and draft.scenario is Scenario.ACTUAL:
        alike = next((d.period for d in reversed(drafts[:position]) if d.is_base), None)
        if alike is not None and alike.kind == "relative":
            draft = replace(draft, period=alike)  # "(X, against Y a year ago) and (Z, against W)"
    return draft


def _only_period(sentence: Sentence, draft: Draft) -> PeriodMention | None:
    """The one period the whole sentence names outright: "X, reporting on Q2, gave a total of $3 billion"."""
    scan = sentence.scan
    if draft.scenario is not Scenario.ACTUAL or draft.forecast:
        return None
    named = [p for p in scan.periods if p.kind in ("part", "ended", "year") and p.explicit]
    if len(named) != 1 or len(scan.periods) != 1 or is_base_period(scan, named[0]):
        return None
    behind = Span(draft.number.end, max(draft.number.end, named[0].span.start))
    fronted = sentence.opening is not None and sentence.opening.encloses(draft.number)
    said = len(scan.numbers) == 1 and dated_behind(scan, behind)
    return named[0] if fronted or said or _joined(scan, behind) else None


def _bracketed(scan: Scan, draft: Draft) -> bool:
    """Whether the number stands in brackets by itself: "in all of fiscal 2025 ($9.8 billion)"."""
    start, end = draft.number.start, draft.number.end
    return scan.text[start - 1 : start] == "(" and scan.text[end : end + 1] == ")"


def _gives_back(scan: Scan, draft: Draft, later: Draft) -> bool:
    """Whether the period behind the next number is also this one's: "A and B in Q2"."""
    if later.period is None or later.period.kind == "on" or later.period.span.start <= later.number.end:
        return False
    if later.is_base or later.scenario != draft.scenario:
        return False
    between = scan.lower_in(Span(draft.number.end, later.number.start))
    if later.period.relative in BACKWARD and {"had", "it", "they"} & set(between):
        return False  # "$5 billion, and it had been $4 billion a year before"
    reaches = between[:1] == ["to"] and draft.base == "period"  # "since then up 27%, to $29.8 billion in Q2"
    return reaches or ("and" in between and PAST_VERBS.isdisjoint(between))


def _alike(sentence: Sentence, draft: Draft, later: Draft) -> bool:
    """Whether both numbers are levels of a date, or both of what runs over a period."""
    if draft.subject is None or later.subject is None or draft.relation is not later.relation:
        return False
    metrics = (*draft.subject.metrics, *later.subject.metrics)
    return len({sentence.catalogue.metric(metric).kind == "balance" for metric in metrics}) == 1


def _latest_of(before: list[Draft], draft: Draft) -> PeriodMention | None:
    """The later of two times told before, for the change between them: "Q2 2026: A; Q2 2025: B; up 19%"."""
    if (
        draft.change is None
        or draft.base not in ("yoy", "qoq", "assumed")
        or len(before) < len(("then", "now"))
    ):
        return None
    told = [d.period for d in before[-2:] if d.relation is Relation.LEVEL and d.period is not None]
    metrics = {d.subject.metrics for d in (*before[-2:], draft) if d.subject is not None}
    if len(told) < len(("then", "now")) or len(metrics) > 1 or any(not p.explicit for p in told):
        return None
    first, second = told
    if (first.kind, first.basis) != (second.kind, second.basis):
        return None
    return max(told, key=lambda p: (p.year or 0, p.month or 0, p.day or 0, p.part))


def _same_clause(scan: Scan, draft: Draft, later: Draft) -> bool:
    between = _AS_OF.sub("", scan.text[draft.number.end : later.number.start]).lower()
    return ANOTHER_CLAUSE.isdisjoint(_WORD.findall(between))
