"""Two companies at the head of a line, two numbers behind it: "X vs. Y: sales of $9 billion, $7 billion"."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.core.measure import Scenario
from tieout.read.draft import APART, Draft
from tieout.read.firm import COMPARING
from tieout.read.memory import Sentence
from tieout.read.periods import PeriodMention
from tieout.read.shape import Shape
from tieout.read.whose import ANOTHER_COMPANY

_COMPARING = "|".join(sorted(COMPARING))
_VERSUS = r"(?:vs|versus|and|against|or|—|/)"
_NUMBER = r"(?:MONEY|PCT)"
_HEDGE = (
    r"(?:(?:about|around|roughly|nearly|almost|approximately|some|just|over|under"
    r"|(?:more|less) than|at least) )*"
)
_DATED = r"(?:\( (?:the )?P \) |(?:in|for) (?:the )?P )?"
_PAIRED = re.compile(
    rf"\^ (?:(?:{_COMPARING}|M|TAG|P|[:,]) )*?(?P<a>E) (?:\( (?:the )?P \) )?{_VERSUS} (?P<b>E) "
    rf"(?:(?:{_COMPARING}|M|TAG|P|\(|\)) )*[:,—] "
    rf"(?:(?:M|TAG|P|the|in|on|for|of|at|was|is|[:,—]) )*"
    rf"{_HEDGE}(?P<one>{_NUMBER}) (?:(?:in|of) (?:TAG )*(?:M )+)?{_DATED}"
    rf"(?:, )?(?:{_VERSUS}|compared (?:with|to)|to|next to|,) "
    rf"{_HEDGE}(?P<two>{_NUMBER}) (?:(?:in|of) (?:TAG )*(?:M )+)?{_DATED}"
    rf"(?:(?:\( )?(?:the )?(?P<p>P) (?:{_VERSUS}|,) (?:the )?(?P<q>P) (?:\) )?)?$"
)
"""Two companies, two numbers and, it may be, two periods, each pair in the same order."""

NAMED = 2


def headed(sentence: Sentence) -> None:
    """Each of two numbers takes its company, in order, of the two that the line is headed with.

    Both are of the one measure that the line names, each of the period beside it or in its place of a pair.
    """
    shape, drafts = sentence.shape, sentence.drafts
    found = None if shape is None or len(drafts) != NAMED else _PAIRED.fullmatch(shape.text())
    if shape is None or found is None:
        return
    owners = [token.mention.value for name in "ab" for token in shape.group(found, name) if token.mention]
    lead = _lead(drafts)
    if lead is None or lead.subject is None or len(set(owners)) != NAMED:
        return
    periods = _periods(sentence, shape, found)
    if periods is None:
        return
    for position, draft in enumerate(drafts):
        drafts[position] = replace(
            draft,
            relation=lead.relation,
            change=lead.change,
            base=lead.base,
            base_period=lead.base_period,
            negative=lead.negative,
            positive=lead.positive,
            is_base=False,
            from_draft=None,
            subject=replace(lead.subject, entity=owners[position]),
            period=periods[position],
            period_shared=periods[0] is periods[1],
            firm=True,
            loose="" if lead.loose in (ANOTHER_COMPANY, APART) else lead.loose,
            unread=lead.unread,
            rivals=lead.rivals,
            rival_companies=tuple(owners[:position]),
            rival_periods=(),
            rival_scenario=sentence.memory.guided > 0,
            owner_named=True,
        )


def _lead(drafts: list[Draft]) -> Draft | None:
    """The number that the words bind to the measure both are of; None where they name two, or none firmly."""
    if any(d.scenario is not Scenario.ACTUAL or d.conjecture or d.forecast for d in drafts):
        return None
    named = [d for d in drafts if d.subject is not None and d.subject.span is not None and not d.unread]
    measures = {(d.subject.metrics, d.subject.dimensions) for d in named if d.subject is not None}
    return next((d for d in named if d.firm), None) if len(measures) == 1 else None


def _periods(
    sentence: Sentence, shape: Shape, found: re.Match[str]
) -> tuple[PeriodMention | None, PeriodMention | None] | None:
    """The period of either number; None where the words do not tell which is whose."""
    told = [p for p in sentence.scan.periods if any(t.sign == "P" and t.span == p.span for t in shape.tokens)]
    if any(p.kind == "relative" for p in told) or len(told) > NAMED:
        return None
    if len(told) < NAMED:
        return (told[0], told[0]) if told else (None, None)
    places = [found.start(name) for name in ("a", "b", "one", "two")]
    periods = [m.start() for m in re.finditer(r"(?<= )P ", found.string)]
    sides = [sum(place < period for place in places) for period in periods]
    paired = found["p"] is not None or sides in ([1, 2], [3, 4])
    return (told[0], told[1]) if paired else None
