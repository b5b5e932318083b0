"""Times told in a clause of their own behind a number: "$5 billion, it said in its report on Q2"."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.core.article import Span
from tieout.read.periods import PeriodMention
from tieout.read.scan import Scan

_REPORT = re.compile(
    r"\b(?:reports?|releases?|results|statements?|filings?|numbers|figures|update|letter|accounts|earnings)"
    r"\s+(?:on|for|about|covering|of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_SAID_IN = re.compile(
    r",\s[^,;:]{0,60}\b(?:said|says|reported|reports|disclosed|announced|told|wrote|stated|showed|shows)\b"
    r"[^,;:]{0,30}$|,\s(?:according\s+to|per)\s[^,;:]{0,60}$",
    re.IGNORECASE,
)
_THAT_WAS = re.compile(
    r"[^,;:–—-]{0,60}\s*[–—:,-]\s*(?:that|this)\s+(?:was|is)\s+(?:the|its|their)\s+"
    r"(?:tally|figure|number|result|total|amount|sum|outcome|reading|mark|print|count|line|haul|take|level)"
    r"(?:\s+(?:reported|posted|given|shown|disclosed|booked|recorded|published))?"
    r"(?:\s+(?:at|from|by|of|out\s+of)\s+[^,;:]{1,60}?)?\s+(?:for|in|of|during)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def with_its_year(scan: Scan, only: PeriodMention) -> tuple[PeriodMention, ...]:
    """The year that a report on its last quarter may tell of as well."""
    if not _REPORT.search(scan.text[scan.span.start : only.span.start]):
        return ()
    if only.kind == "ended":
        return (replace(only, unsaid=True),)
    return (replace(only, part="FY"),) if only.part == "Q4" else ()


def dated_behind(scan: Scan, behind: Span) -> bool:
    """Whether a clause behind the only number dates it: ", it said in its report on Q2".

    `behind` ends where the time begins.
    """
    lead = scan.text[behind.start : behind.end]
    report = _REPORT.search(lead)
    if report is not None and _SAID_IN.search(lead[: report.start()]):
        return True
    return _THAT_WAS.fullmatch(lead) is not None
