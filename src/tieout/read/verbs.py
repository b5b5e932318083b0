"""What a number is of when only a verb tells: what a company "earned" or "took in"."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.core.article import Span
from tieout.read.draft import Subject
from tieout.read.scan import Scan

PROFIT = Subject(
    ("net_income", "net_income_consolidated", "net_income_non_gaap", "operating_income"),
    ("net_income", "operating_income"),
    why=("profit, as that is what a company earns",),
    family="profit",
)
REVENUE = Subject(("revenue",), ("revenue",), why=("revenue, as that is what a company takes in",))

_EARNED = r"earned|earns|netted|nets"
_TOOK = r"took\s+in|takes\s+in|brought\s+in|brings\s+in|pulled\s+in|pulls\s+in|raked\s+in|rakes\s+in"
_VERB = re.compile(
    rf"(?P<who>\S+)\s+(?:(?P<earned>{_EARNED})|{_TOOK})\s+(?:(?:about|nearly|roughly|almost|some|just)\s+)*$",
    re.IGNORECASE,
)
_NOUN = frozenset(["company", "firm"])
_ENDS = re.compile(r"\s*(?:[.;!?]|,\s+(?:up|down|or|compared|versus)\b|$)", re.IGNORECASE)
_JOIN = re.compile(r"\s*(?:in|for|during|over)\s+(?:the\s+)?", re.IGNORECASE)


def by_verb(scan: Scan, index: int) -> Subject | None:
    """Profit of what a company "earned" and revenue of what it "took in"; None for any other words.

    The company stands right before the verb, and the number ends the phrase or a period follows it: what
    is earned or taken in *from* something is a part, and what has a name of its own is read by it.
    """
    number = scan.numbers[index]
    if number.kind != "money" or not number.scaled:
        return None
    verb = _VERB.search(scan.text, scan.before(index).start, number.span.start)
    if verb is None or not _by_company(scan, verb) or not _whole(scan, number.span):
        return None
    told = PROFIT if verb["earned"] else REVENUE
    return replace(told, span=Span(verb.end("who") + 1, number.span.start - 1))


def _by_company(scan: Scan, verb: re.Match[str]) -> bool:
    who = Span(verb.start("who"), verb.end("who"))
    named = any(m.kind == "entity" and m.span.end == who.end for m in scan.mentions)
    return named or verb["who"].lower() in _NOUN


def _whole(scan: Scan, number: Span) -> bool:
    """Whether the number ends its phrase, a period between them or not."""
    end = number.end
    joined = _JOIN.match(scan.text, end, scan.span.end)
    if joined is not None:
        dated = [p for p in scan.periods if p.span.start <= joined.end() < p.span.end]
        if not dated:
            return False
        end = dated[0].span.end
    return _ENDS.match(scan.text, end, scan.span.end) is not None
