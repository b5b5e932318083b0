"""Parts of a company that a sentence speaks of and no pack knows: their numbers are not the company's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tieout.core.article import Span
from tieout.read.doers import part_has, stranger_has
from tieout.read.draft import Draft, Subject
from tieout.read.firm import LINKS
from tieout.read.relation import PAST_VERBS
from tieout.read.scan import Scan
from tieout.read.wordlist import words

OWNERS = words("owners")
"""Nouns that stand for the company itself."""

ACTING = words("acting_on")
"""Verbs of what is done with a part of something held: 'released $180 million of inventory'."""

SAFE = words("safe")
PEOPLE = frozenset(
    [
        "there",
        "here",
        "these",
        "those",
        "management",
        "executives",
        "it",
        "they",
        "we",
        "he",
        "she",
        "that",
        "this",
        "which",
        "what",
    ]
)
"""Heads of a sentence whose numbers are the company's all the same."""

NO_HEADS = words("no_heads")
"""Words before a verb that are not what acts: "Also reported: operating income"."""

VERBS = PAST_VERBS | {
    "contributed",
    "made",
    "makes",
    "added",
    "accounted",
    "brought",
    "took",
    "lost",
    "provided",
    "bought",
    "purchased",
    "ordered",
    "spent",
    "paid",
}

_LABEL = re.compile(r"(?:[^:.;,|]{1,60}:|(?:In|At|For)\s+[^:.;,|]{1,30},)\s")
_CLAUSE_END = re.compile(r"[,;()—|]|\s[–-]\s|\b(?:and|while|but|as|with|after)\b")
_OF_WHICH = re.compile(
    r"\bof\s+(?:which|that|this|it)[\s,]+(?:about\s+|some\s+|roughly\s+|nearly\s+)?$", re.IGNORECASE
)
_OF_THE_WHOLE = re.compile(r"\s*of\s+[^,.;]*,\s*(?:about\s+|some\s+)?$", re.IGNORECASE)
_CAME_FROM = re.compile(
    r"\s*(?:,\s*)?(?:(?:came|comes|stemmed|was|were|is)\s+)?(?:from|at|in)\s+(?!the\b|a\b|its\b)",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"(?P<who>[A-Z][\w&.’'-]*(?:\s+[A-Z][\w&.’'-]*)*),?\s+(?:whose|(?:which|that|who)\s+(?:had|has|made|posted|reported))\b"
)
_OF = re.compile(r"\s+(?:worth\s+)?of\b")
_OF_THAT = re.compile(r"\s+of\s+(?:that|this|it|which|them|those)\b")
_LEFT = re.compile(
    r"\s+(?:was|were|is|are|had\s+been|has\s+been)?\s*(?:shipped|moved|slipped|converted|turned|cancell?ed|placed|pushed|shifted|lost"
    r"|delivered|filled|burned|worked)\b"
)
_CONVERTED = re.compile(
    r"\b(?:convert|turn|mov|shift|slip|push|cancel|cost|lost|los|burn|gave|plac|fill)(?:ed|es|e|ing|s|led)?\s+(?:[\w&.’'-]+\s+){0,2}$"
)
_CLAUSE = re.compile(r"[;:—]|,\s|\b(?:and|while|but|as|with|after|when)\b")
_ADVERBS = words("sentence_adverbs")
"""Words a sentence begins with that nothing can be in apposition to: "Overall, a strong quarter"."""
_APPOSED = re.compile(r"([A-Z][\w&.’'-]+),\s+(?:which|who|whose|a|an)\b")
_ASIDE_THEN = re.compile(
    r"(?P<who>(?:The\s+)?[A-Z][\w&.’'-]+(?:\s+(?:&\s+)?[A-Z][\w&.’'-]+)*),\s+"
    r"(?:which|who|whose|an?|the|its|our|one)\s[^,;.]{1,70},\s+(?:had|has|made|posted|reported|saw|earned|booked)\b"
)
"""Who has something, with an aside behind the name: "Steel Dynamics, its nearest rival, had sales of"."""
_IT_IS = re.compile(
    r"\b(?:it|that|this|they|these|those|which)\s+(?:was|were|is|are)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_ACRONYM = re.compile(r"([A-Z]{2,5}):\s")
_TOPIC_IS = re.compile(
    r"\b(?:problem|trouble|worry|weak\s+spot|star|exception|standout|surprise|engine|story|culprit|bright\s+spot)\s+(?:is|was|remains)\s+(?:the\s+|its\s+)?(?P<what>[\w-]+)\s*:"
)
_FRAME = re.compile(
    r"(?:(?<=[.;:!?\n]\s)|(?<=\n)|\A|(?<=,\s)(?:and\s+|but\s+|while\s+)?)"
    r"(?:[Ii]n|[Ww]ith(?:out)?|[Ww]ithin|[Aa]cross|[Oo]ver\s+in|[Oo]utside|[Aa]mong)\s+(?P<what>(?:the\s+)?[A-Z][\w&.’'-]*(?:\s+[A-Z&][\w&.’'-]*)*),"
)
"""Where a clause is told of: "In China,", "Without Juniper,"."""
_BEFORE_SUMS = frozenset(
    [
        "about",
        "some",
        "nearly",
        "roughly",
        "almost",
        "over",
        "just",
        "only",
        "around",
        "a",
        "an",
        "the",
        "its",
        "than",
        "more",
    ]
)
SETTING = frozenset(
    [
        "competitors",
        "rivals",
        "peers",
        "others",
        "suppliers",
        "things",
        "matters",
        "results",
        "numbers",
        "reports",
    ]
)
"""Heads of a sentence that sets the scene for one company's number: "Rivals reported too: Acme posted"."""
_TURNS = re.compile(r"[:;]\s|(?=,\s+where\b)")
"""Where a sentence turns to something else."""
_A_PART = re.compile(r"(?:The|Its)\s+(?:[\w&-]+\s+){1,3}(?:segment|unit|division|business|arm|operation)s?\b")


def stands_for_company(word: str) -> bool:
    """Whether a noun, in small letters, stands for the company itself: "the chipmaker's revenue"."""
    return word in OWNERS or word.endswith("maker")


def strangers(scan: Scan, draft: Draft, subject: Subject, *, balance: bool) -> Iterator[str]:
    """Why a number read as the whole company's may be that of a part. `balance`: of what is held on a day."""
    if balance and _acted_upon(scan, draft, subject):
        yield "something is done with it, and the whole is what is held"
    if (
        _has_strange_subject(scan, draft.number)
        or _whose(scan, draft.number)
        or stranger_has(scan, draft.number)
    ):
        yield "the sentence is about something tieout does not know"
    if _is_amount_of(scan, draft, subject):
        yield "it may be a part of what is named behind it"
    if subject.dimensions or subject.own_dimensions:
        return
    if _is_part(scan, draft.number):
        yield "it is a part of the whole, and tieout does not know of which"
    if part_has(scan, draft.number):
        yield "a part of the company is what has the number"
    if _is_headed(scan, draft.number) or any(
        m.kind == "member" and _in_clause(scan, m.span, draft.number) for m in scan.mentions
    ):
        yield "a part of the company is named before the number"


def _whose(scan: Scan, number: Span) -> bool:
    """Whether the clause is told of what no pack knows: "Mellanox, whose revenue was"."""
    known = [m.span for m in scan.mentions if m.value and m.kind == "entity"]
    known += [m.span for m in scan.names] + [p.span for p in scan.periods]
    for match in _WHOSE.finditer(scan.text, scan.span.start, number.start):
        if not any(span.end >= match.start("who") and span.start <= match.end("who") for span in known):
            return True
    return False


def _is_amount_of(scan: Scan, draft: Draft, subject: Subject) -> bool:
    """Whether a number "of" a measure may be a part of it: "AI servers brought $8 billion of revenue".

    It is the whole only where nobody but the company is said to have, make or report it.
    """
    number, name = draft.number, subject.span
    if _OF_THAT.match(scan.text, number.end):
        return True
    if name is None or draft.change is not None or name.start < number.end or not subject.metrics:
        return False
    if not _OF.match(scan.text, number.end):
        return False
    owners = [m for m in scan.mentions if m.kind == "entity"]
    acting = {m.value for m in owners if m.span.end <= number.start}
    following = min(
        (n.span.start for n in scan.numbers if n.span.start > number.start), default=scan.span.end
    )
    if acting and any(name.end <= m.span.start < following and m.value not in acting for m in owners):
        return True  # "The reseller was $970 million of revenue at Acme"
    if _LEFT.match(scan.text, name.end) or _CONVERTED.search(scan.text, scan.span.start, number.start):
        return True
    opening = max(
        (m.end() for m in _CLAUSE.finditer(scan.text, scan.span.start, number.start)), default=scan.span.start
    )
    if _IT_IS.search(scan.text, opening, number.start):
        return True  # "It was $17.1 billion of revenue": something that was so much of it
    passed = [m.span for m in scan.mentions if m.kind in ("entity", "tag", "cue")] + [
        p.span for p in scan.periods
    ]
    passed += [n.span for n in scan.numbers]
    ahead = [
        w for w in scan.words_in(Span(opening, number.start)) if not any(s.encloses(w.span) for s in passed)
    ]
    if any(scan.text[m.span.end : number.start].split() == ["at"] for m in owners):
        return False  # "we have Acme at $3 billion of revenue"
    if ahead and ahead[0].lower in ("customers", "clients", "buyers"):
        ahead = ahead[1:]  # "Customers ordered $15 billion of AI servers": those of the company
    return any(not _plain(word.lower) for word in ahead)


def _acted_upon(scan: Scan, draft: Draft, subject: Subject) -> bool:
    """Whether a number "of" a balance is what somebody does something with: "sold $1 billion of stock"."""
    name, number = subject.span, draft.number
    if name is None or name.start < number.end or draft.change is not None:
        return False
    ahead = [
        w.lower for w in scan.words_in(Span(scan.span.start, number.start)) if w.lower not in _BEFORE_SUMS
    ]
    return not ACTING.isdisjoint(ahead[-2:])


def _plain(word: str) -> bool:
    """Whether a word ahead of "$3 billion of revenue" leaves it the company's."""
    if word in PEOPLE or word in SAFE or word in LINKS or word in VERBS or stands_for_company(word):
        return True
    return word.endswith(("ly", "ing", "ed"))


def _is_headed(scan: Scan, number: Span) -> bool:
    """Whether the line begins with the name of a part and a colon: "AI systems: orders $2.1 billion, ..."."""
    label = _LABEL.match(scan.text, scan.span.start, number.start)
    if label is None:
        return False
    head = Span(label.start(), label.end())
    return any(m.kind == "member" and head.encloses(m.span) for m in scan.mentions)


def _in_clause(scan: Scan, name: Span, number: Span) -> bool:
    """Whether a name stands before the number with nothing that ends a clause between them."""
    return name.end <= number.start and not _CLAUSE_END.search(scan.text, name.end, number.start)


def _is_part(scan: Scan, number: Span) -> bool:
    """Whether the number is said to be one of the parts: "of which $4.3 billion came from gaming"."""
    before = scan.text[scan.span.start : number.start]
    if _OF_WHICH.search(before):
        return True
    return bool(_OF_THE_WHOLE.match(before)) and bool(_CAME_FROM.match(scan.text, number.end, scan.span.end))


def _is_topic(scan: Scan, number: Span, known: list[Span]) -> bool:
    """Whether a clause turns to what no pack knows, and lists of it: "The problem is servers: revenue of"."""
    topic = _TOPIC_IS.search(scan.text, scan.span.start, number.start)
    if topic is None:
        return False
    what = Span(topic.start("what"), topic.end("what"))
    plain = topic["what"].lower() in SAFE | LINKS or topic["what"].endswith(("ly", "ed", "ing"))
    return not plain and not any(span.overlaps(what) for span in known)


def _is_framed(scan: Scan, number: Span, known: list[Span]) -> bool:
    """Whether the clause is set in a place or a line no pack knows: "In AI, revenue was", "With China,"."""
    for match in _FRAME.finditer(scan.text, scan.span.start, number.start):
        frame = Span(match.start("what"), match.end("what"))
        if any(span.overlaps(frame) for span in known) or any(m.span.overlaps(frame) for m in scan.mentions):
            continue
        words = scan.words_in(frame)
        if words and not any(w.text[:1].islower() for w in words[-1:]):
            return True
    return False


def _has_strange_subject(scan: Scan, number: Span) -> bool:
    """Whether the sentence begins with what acts and no pack knows: "Gaming earned", "The toys unit made"."""
    known = [m.span for m in scan.mentions if m.value or m.kind in ("metric", "member")]
    known += [p.span for p in scan.periods] + [n.span for n in scan.numbers]
    apposed = _APPOSED.match(scan.text, scan.span.start, number.start)
    adverb = apposed is not None and (apposed[1].lower() in _ADVERBS or apposed[1].endswith("ly"))
    if (
        apposed is not None
        and not adverb
        and not any(span.overlaps(Span(apposed.start(), apposed.end(1))) for span in known)
    ):
        return True
    aside = _ASIDE_THEN.match(scan.text, scan.span.start, number.start)
    if aside is not None and not any(
        span.overlaps(Span(aside.start("who"), aside.end("who"))) for span in known
    ):
        return True
    label = _ACRONYM.match(scan.text, scan.span.start, number.start)
    if label is not None and not any(span.overlaps(Span(label.start(), label.end(1))) for span in known):
        return True
    if _is_framed(scan, number, known) or _is_topic(scan, number, known):
        return True
    part = _A_PART.match(scan.text, scan.span.start, number.start)
    if part is not None:
        return not any(span.overlaps(Span(part.start(), part.end())) for span in known)
    head, verb = [*scan.words[:2], None, None][:2]
    if head is None or verb is None or verb.span.start >= number.start or verb.lower not in VERBS:
        return False
    turn = _TURNS.search(scan.text, verb.span.end, number.start)
    if (
        head.lower in SETTING
        and turn is not None
        and any(
            m.kind == "entity"
            and m.value
            and (turn.end() <= m.span.start < number.start or m.span.end == turn.start())
            for m in scan.mentions
        )
    ):
        return False  # "Competitors reported too: Acme posted": its own clause says whose the number is
    idle = head.lower in NO_HEADS or head.lower.endswith("ly")
    plain = idle or head.lower in PEOPLE or stands_for_company(head.lower)
    return not plain and not any(span.overlaps(head.span) for span in known)
