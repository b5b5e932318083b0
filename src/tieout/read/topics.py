"""Sentences that only say what time they turn to, and those behind them that are told of that time."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.core.article import Span
from tieout.core.claim import Relation
from tieout.core.measure import Scenario
from tieout.read.bases import is_base_period
from tieout.read.draft import Draft
from tieout.read.memory import Sentence, Topic
from tieout.read.periods import BACKWARD, PeriodMention
from tieout.read.scan import Scan
from tieout.read.times import EARLIER_TIMES, NOW

_ASKS = re.compile(
    r"(?:[^?:]{0,40}[:,.]\s+)?(?:And\s+)?(?:How|What)\s+(?:did|was|were|about)\b", re.IGNORECASE
)
_TURNS = re.compile(
    r"(?:Let(?:['’]s|\s+us)\s+)?(?:now\s+)?(?:Consider|Take|Look(?:ing)?\s+at|Turn(?:ing)?(?:\s+now)?\s+to"
    r"|(?:This|The\s+next)\s+(?:part|section|paragraph|note|page)\s+is\s+about|Now\s+(?:to|for)|On\s+to|Start\s+with|Here\s+is)\b",
    re.IGNORECASE,
)
_REPORT = r"(?:results|numbers|figures|report|earnings|accounts|print|release|statement)"
_REPORTS = re.compile(
    rf"\b(?:{_REPORT}|reported)\s+(?:on|for|of|from|covering|about)\s+(?:the\s+)?§"
    rf"|§(?:['’]s)?\s+{_REPORT}\b|§\s+is\s+in\s+the\s+books|\bbooks\s+on\s+(?:the\s+)?§",
    re.IGNORECASE,
)
"""How a sentence says that a time, which the sign stands for, has been reported."""

_DONE = re.compile(
    r"\b(?:has|have|just|is\s+out|are\s+out|is\s+in|are\s+in|was\s+out|were\s+out|came\s+out|reported|released|published|filed"
    r"|posted|presented|issued|detailed|closed)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:will|would|due|next|coming|upcoming|tomorrow|soon|ahead|expects?|before|until|since|after|unlike|waits?|waiting"
    r"|not|never|no|if|when|while|than|against|versus|back|then|remember|forget|far|again|still|once|ago|last|from)\b",
    re.IGNORECASE,
)
"""Words beside which a time named may not be the one that is turned to."""

_BACKGROUND = frozenset(
    [
        *(
            "had",
            "has",
            "have",
            "having",
            "been",
            "still",
            "usually",
            "typically",
            "now",
            "currently",
            "today",
        ),
        *(
            "already",
            "ever",
            "once",
            "then",
            "always",
            "never",
            "so",
            "since",
            "recently",
            "lately",
            "annual",
        ),
        *("annually", "would", "historically", "meanwhile", "elsewhere", "before", "is", "are", "until"),
    ]
)
"""Words of a sentence that may tell of another time than the one turned to: "It has revenue of"."""


def topic_of(scan: Scan, block: int) -> Topic | None:
    """The time that a sentence without numbers turns to; None for any other sentence."""
    named = [p for p in scan.periods if p.explicit]
    if (
        scan.numbers
        or len(named) != 1
        or len(scan.periods) != 1
        or scan.block.kind not in ("paragraph", "list")
    ):
        return None
    period = named[0]
    if period.kind not in ("part", "ended") or is_base_period(scan, period):
        return None
    cues = {cue for m in scan.cues for cue in m.value.split()}
    if cues & {"guidance", "consensus", "modal", "conjecture"}:
        return None
    text = scan.text[scan.span.start : scan.span.end].lstrip("*_ ")
    rest = f"{scan.text[scan.span.start : period.span.start]}§{scan.text[period.span.end : scan.span.end]}"
    if _NOT_YET.search(rest):
        return None
    asks = text.rstrip("*_ ").endswith("?") and _ASKS.match(text) is not None
    reports = _REPORTS.search(rest) is not None and _DONE.search(rest) is not None
    if not (asks or reports or _TURNS.match(text)):
        return None
    owners = frozenset(m.value for m in scan.mentions if m.kind == "entity")
    return Topic(period, block, block + asks, owners, reports and not asks)


def take_topic(sentence: Sentence) -> None:
    """Give the time turned to before to the numbers of a sentence that names none and tells of no other.

    Behind a sentence that speaks of an earlier time without a number, they may be of that one.
    """
    topic, drafts = sentence.memory.topic, sentence.drafts
    passing = sentence.memory.passing
    if passing is not None and sentence.memory.passing_block == sentence.block:
        for position, draft in enumerate(drafts):
            if draft.period is None:
                drafts[position] = replace(draft, rival_periods=(*draft.rival_periods, passing))
    if topic is None or not _holds(sentence, topic):
        return
    period = topic.period
    whole = _whole_year(period) if topic.reported else None
    for position, draft in enumerate(drafts):
        if draft.period is None and not draft.is_base and draft.relation in (Relation.LEVEL, Relation.CHANGE):
            rivals = draft.rival_periods if whole is None else (*draft.rival_periods, whole)
            drafts[position] = replace(draft, period=period, period_shared=False, rival_periods=rivals)


def keep_topic(sentence: Sentence) -> None:
    """Keep the time a sentence turns to, as long as those behind it go on with it."""
    memory, scan = sentence.memory, sentence.scan
    if any(p.explicit or p.relative in NOW for p in scan.periods):
        memory.passing = None
    if not scan.numbers:
        before = next((p for p in scan.periods if p.year is None and _is_passing(p)), None)
        memory.passing, memory.passing_block = before or memory.passing, sentence.block
    found = topic_of(scan, sentence.block)
    if found is not None:
        memory.topic = found
    elif memory.topic is not None and not (sentence.drafts and _holds(sentence, memory.topic)):
        memory.topic = None


def _whole_year(period: PeriodMention) -> PeriodMention | None:
    """The year that a quarter closes, or may close; None where it does not."""
    if period.kind == "ended":
        return replace(period, unsaid=True)
    return replace(period, part="FY") if period.part == "Q4" else None


def _holds(sentence: Sentence, topic: Topic) -> bool:
    """Whether a sentence may only be told of the time turned to before it."""
    scan = sentence.scan
    if not topic.block <= sentence.block <= topic.last or not sentence.drafts:
        return False
    owners = {m.value for m in scan.mentions if m.kind == "entity"}
    if (owners and topic.owners and not owners <= topic.owners) or len(owners | topic.owners) > 1:
        return False
    if any(p.relative not in BACKWARD or p.explicit for p in scan.periods):
        return False
    words = scan.lower_in(Span(scan.span.start, sentence.drafts[-1].number.end))
    return _BACKGROUND.isdisjoint(words) and all(_plain(draft) for draft in sentence.drafts)


def _is_passing(period: PeriodMention) -> bool:
    """Whether a time without a year may be another than the one the article tells of."""
    return period.relative in EARLIER_TIMES if period.kind == "relative" else period.kind in ("part", "ended")


def _plain(draft: Draft) -> bool:
    return draft.scenario is Scenario.ACTUAL and not draft.forecast and not draft.conjecture
