"""Who tells a number: analysts, rumours, somebody else than the company."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tieout.core.measure import Scenario
from tieout.read.draft import Draft
from tieout.read.scan import Scan

HEAD = 4
"""Words at the head of a sentence that say what it is about."""

_OTHERS = re.compile(
    r"(?P<who>[A-Z][\w&.’'-]*(?:\s+[A-Z&][\w&.’'-]*){0,3})(?:\s+now|,\s+which|,\s+who)?\s+"
    r"(?:has|had|sees|thinks|models?|reckons?|estimates?|puts?|believes?|pencils?|wants?|hopes?|predicts?|bets?)\b"
)
_PRONOUNS = frozenset(
    ["it", "they", "he", "she", "we", "management", "that", "this", "which", "what", "who", "the"]
)
_HEARSAY = re.compile(
    r"\b(?:seem(?:s|ed)|rumou?r(?:s|ed)?|supposedly|allegedly|reportedly|mistakenly|wrongly|incorrectly|misreported|contrary\s+to"
    r"|(?:hop(?:es?|ed|ing)|brac(?:ed|ing)|wish(?:ed|es)|pray(?:ed)?)\s+(?:of|for)|fears?\s+of|those\s+who|misled"
    r"|correction|earlier\s+(?:version|draft|edition)|erroneous(?:ly)?|not\s+true|untrue|false(?:ly)?|misstated|inaccurate(?:ly)?"
    r"|claim(?:ed|s)|retract(?:s|ed)|strip(?:s|ped)?\s+out|adjusts|pro[\s-]forma|like[\s-]for[\s-]like|hypothetical(?:ly)?"
    r"|(?:some|other|several|press|media)\s+(?:reports?|outlets|sites|pages|stories)|hearsay|whispers?|in\s+(?:our|my)\s+models?|(?:is|are|was|were)\s+(?:wrong|mistaken))\b",
    re.IGNORECASE,
)


def other_voices(scan: Scan, draft: Draft) -> Iterator[str]:
    """Why the number may be told by somebody whose numbers no filing holds."""
    if draft.scenario is not Scenario.CONSENSUS and _of_analysts(scan):
        yield "the sentence begins with what analysts expect"
    if _of_another(scan):
        yield "somebody else's number may be meant"
    if _HEARSAY.search(scan.text, scan.span.start, scan.span.end):
        yield "the sentence tells hearsay"


def _of_analysts(scan: Scan) -> bool:
    """Whether analysts are what the sentence is about."""
    first = scan.words[:HEAD]
    return bool(first) and any(
        "consensus" in m.value.split() and m.span.end <= first[-1].span.end for m in scan.cues
    )


def _of_another(scan: Scan) -> bool:
    """Whether the sentence begins with what somebody without a pack has or thinks: "UBS has $10.10"."""
    other = _OTHERS.match(scan.text, scan.span.start, scan.span.end)
    if other is None:
        return False
    known = [m.span for m in scan.mentions if m.value and m.kind in ("entity", "metric", "member")]
    known += [p.span for p in scan.periods]
    pronoun = other["who"].split()[0].lower() in _PRONOUNS or other["who"] == "To"
    return not pronoun and not any(
        span.start < other.end("who") and span.end > other.start() for span in known
    )
