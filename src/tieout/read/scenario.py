"""How a number is meant: as an actual figure, as guidance, or as what analysts expect."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tieout.core.article import Span
from tieout.core.measure import Scenario
from tieout.read.bases import from_to
from tieout.read.draft import Draft
from tieout.read.relation import PAST_VERBS
from tieout.read.scan import Scan
from tieout.read.subject import STOPS
from tieout.read.words import Mention

GUIDANCE_NOUNS = frozenset({"guidance", "outlook", "forecast"})

EXPECTED = frozenset({"expected", "anticipated", "forecast", "estimated", "projected"})
"""Words right behind a number that analysts give: "the $2.32 expected"."""

JOINS = frozenset({"with", "as", "after", "by", "and", "but"})
BEATS = JOINS | {"beat", "beats", "missed", "posting", "reporting", "delivering", "up", "improved", "rose"}
"""Words between "consensus" and a number that is the company's: "beat consensus with $2.32"."""

BEATEN_BY = frozenset({"beat", "beating", "missed", "topped", "topping", "exceeded", "missing"})
"""Words before "consensus by" a number: the distance from it, told by those who keep it."""

BESIDE = frozenset({"above", "over", "below", "more", "ahead", "under"})
"""Words that set a number beside the consensus behind it: "$2.32, above consensus"."""

EXCEEDED = frozenset({"beat", "beating", "above", "exceeded", "topped", "topping"})
REPORTED = frozenset({"reported", "posted", "delivered", "hit", "came", "totaled", "rose", "grew", "fell"})
ANOTHER_CLAUSE = frozenset({"after", "as", "because", "while", "since", "when", "amid", "following"})

_WITH_TOLERANCE = re.compile(
    r"\s*[,(]?\s*(?:±|\+\s?/\s?[-–−]|plus\s+or\s+minus|plus/minus|give\s+or\s+take)\s*", re.IGNORECASE
)
_BREAKS = ";,–—("
_NEAR = 4
"""How many words behind a number may still say how it is meant."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The scenario, by whom the number is told, and whether it is only said to be possible."""

    scenario: Scenario
    speaker: str | None = None
    forecast: bool = False


EXPECTATION = Meant(Scenario.CONSENSUS, "analysts")


def meant(scan: Scan, index: int, last: Draft | None, *, carried: bool, base: bool) -> Meant:
    """How number `index` is meant.

    `last` is the draft of the number before; `carried`: whether this one takes its subject from it;
    `base`: whether it is the base of a change.
    """
    before, after = scan.before(index), scan.after(index)
    if _of_analysts(scan, before, after):
        return EXPECTATION
    modal = scan.has_cue("modal", before) or scan.has_cue("conjecture", before)
    if _guided_before(scan, before) or _guided_behind(scan, after) or _with_tolerance(scan, index):
        return Meant(Scenario.GUIDANCE, None, modal)
    if last is not None and not PAST_VERBS.intersection(scan.lower_in(before)):
        moves = base and any({"up", "down"} & set(m.value.split()) for m in scan.within(before, "cue"))
        if last.scenario is Scenario.GUIDANCE and (not moves or from_to(scan, index)):
            return Meant(Scenario.GUIDANCE, None, modal)
        if last.scenario is Scenario.CONSENSUS and carried and not last.unread and not base:
            return EXPECTATION
    return Meant(Scenario.ACTUAL, None, modal)


def is_tolerance(scan: Scan, index: int) -> bool:
    """Whether the number says how far off another may be: "$12.5 billion ± $300 million"."""
    return (
        index > 0
        and _WITH_TOLERANCE.fullmatch(scan.text, scan.before(index).start, scan.before(index).end) is not None
    )


def _with_tolerance(scan: Scan, index: int) -> bool:
    """Whether the number is told with how far off it may be, as only guidance is."""
    return index + 1 < len(scan.numbers) and is_tolerance(scan, index + 1)


def guided_ahead(scan: Scan, before: Span) -> bool:
    """Whether guidance itself is named before the number."""
    return any(m.text.lower() in GUIDANCE_NOUNS for m in scan.within(before, "cue"))


def guidance_near(scan: Scan, index: int) -> bool:
    """Whether a word of guidance stands before the number or behind it in its clause."""
    before, after = scan.before(index), scan.after(index)
    return scan.has_cue("guidance", before) or scan.has_cue("guidance", scan.clause(after))


def _guided_before(scan: Scan, before: Span) -> bool:
    """Whether a word of guidance before the number tells of this very number."""
    cues = [m for m in _cues(scan, "guidance") if before.encloses(m.span)]
    if not cues:
        return False
    between = scan.words_in(Span(cues[-1].span.end, before.end))
    if any(w.lower in ANOTHER_CLAUSE for w in between):  # "raised its forecast after orders of $60.9 billion"
        return False
    return not _reported_after(scan, cues[-1], before)


def _reported_after(scan: Scan, cue: Mention, before: Span) -> bool:
    """Whether a verb of report stands between the guidance word and the number."""
    between = scan.lower_in(Span(cue.span.end, before.end))
    if cue.text.lower() not in GUIDANCE_NOUNS:
        return not REPORTED.isdisjoint(between)
    ahead = scan.lower_in(Span(before.start, cue.span.start))
    return not EXCEEDED.isdisjoint(ahead) and not {"with", "as", "at"}.isdisjoint(between)


def _guided_behind(scan: Scan, after: Span) -> bool:
    """Whether a word of guidance stands right behind the number."""
    behind = scan.words_in(scan.clause(after))[:_NEAR]
    if not behind:
        return False
    cut = next((w.span.start for w in behind if w.lower in STOPS), behind[-1].span.end)
    return scan.has_cue("guidance", Span(after.start, max(after.start, cut)))


def _of_analysts(scan: Scan, before: Span, after: Span) -> bool:
    behind = scan.lower_in(after)[:2]
    if behind and behind[0] in EXPECTED and behind[1:] != ["to"] and not scan.has_cue("guidance", before):
        return True
    cues = _cues(scan, "consensus")
    return any(_led_by(scan, cue, before) for cue in cues if before.encloses(cue.span)) or any(
        _set_beside(scan, cue, after) for cue in cues if after.encloses(cue.span)
    )


def _led_by(scan: Scan, cue: Mention, before: Span) -> bool:
    """Whether the number is the consensus named before it, or its distance from it."""
    gap = Span(cue.span.end, before.end)
    between = scan.lower_in(gap)
    if BEATS.isdisjoint(between) and not _broken(scan, gap):
        return True
    ahead = scan.lower_in(Span(max(before.start, cue.span.start - 24), cue.span.start))
    return between[:1] == ["by"] and not BEATEN_BY.isdisjoint(ahead)


def _set_beside(scan: Scan, cue: Mention, after: Span) -> bool:
    """Whether the number is the consensus named behind it."""
    gap = Span(after.start, cue.span.start)
    between = scan.lower_in(gap)
    if len(between) > _NEAR or _broken(scan, gap):
        return False
    return STOPS.isdisjoint(between) or between[0] in BESIDE


def _broken(scan: Scan, gap: Span) -> bool:
    return any(c in scan.text[gap.start : gap.end] for c in _BREAKS)


def _cues(scan: Scan, kind: str) -> list[Mention]:
    return [m for m in scan.cues if kind in m.value.split()]
