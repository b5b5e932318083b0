"""Numbers that look like levels and are steps, and changes told against something unread."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tieout.core.article import Span
from tieout.read.bases import last_words, than_number, time_of_than
from tieout.read.beside import sure_owner
from tieout.read.draft import TOLD_BEFORE, Subject
from tieout.read.memory import Sentence
from tieout.read.relation import Told
from tieout.read.scan import Scan
from tieout.read.scenario import guided_ahead
from tieout.read.signs import TRANSITIVE
from tieout.read.turned import is_turned

ADDED = frozenset(
    [
        "added",
        "adding",
        "adds",
        "gained",
        "put",
        "additional",
        "extra",
        "incremental",
        "further",
        "swing",
        "another",
    ]
)
_EXPECTED = re.compile(
    r"\b(?:expected|guided|forecast(?:ed)?|projected|targeted|predicted|anticipated|promised|looked\s+for|saw)\b",
    re.IGNORECASE,
)
_OFF_ANOTHER = re.compile(
    r"\s+(?:above|below|under|over|beyond|short\s+of|shy\s+of|ahead\s+of|(?:more|less|higher|lower|larger|smaller)\s+than)\s+"
    r"(?:the\s+[$€£\d]|its\s|that\s|last\s|what\s|a\s+year|analysts|[$€£])"
)
_ON_ANOTHER = re.compile(r"\s+on\s+(?:about\s+|nearly\s+)?[$€£]")
_FROM_A_TIME = re.compile(
    r"\s+(?:from|on|over|versus|vs\.?)\s+(?:the\s+)?(?:prior|previous|preceding|year[\s-]ago|year[\s-]earlier|last|(?:a|one)\s+year)\b",
    re.IGNORECASE,
)
_SPENT = re.compile(
    r"\b(?:burn(?:ed|t|s|ing)?|used|uses|using|consumed|went\s+through|ran\s+through|outflows?|deficit|loss(?:es)?|lost|drain(?:ed)?)\b",
    re.IGNORECASE,
)
_THAN_IT = re.compile(r"than\s+(?:it|they|we|the\s+company)\s+(?P<verb>\w+)", re.IGNORECASE)
DID = frozenset(
    [
        "did",
        "had",
        "has",
        "was",
        "were",
        "is",
        "are",
        "made",
        "stood",
        "reported",
        "posted",
        "recorded",
        "saw",
    ]
)
"""Verbs behind "than it" that stand for what was said before it."""
LOST = frozenset(["lost", "lose", "loses", "losing", "gave", "gives", "giving", "returned", "returns"]) | {
    "raised",
    "raises",
    "raising",
}
"""Verbs of what a company loses, gives back or gets from investors."""
_GIVING = frozenset(["gave", "gives"])
PART_OF_CHANGE = "it is a part of what something changed by"
NEAR = 60
"""Characters behind "than" within which what it is told against may stand."""

_OF_THE_RISE = re.compile(
    r"\s+of\s+(?:the|that|this|its)\s+(?:\w+\s+)?"
    r"(?:rise|increase|growth|gain|jump|improvement|advance|decline|drop|fall|decrease|shortfall|change)\b",
    re.IGNORECASE,
)
_ADDED_BEHIND = re.compile(
    r"\s+(?:(?:better|worse|richer|bigger|smaller)\b(?!\s+than)|(?:was|were|is)\s+(?:new|owed|due|spent|paid)\b|added\b|extra\b|on\s+top\b|more\b(?!\s+than)|of\s+the\s+[$€£]|(?:a|per|each|every)\s+"
    r"(?:day|week|month|hour|minute|head|employee|worker|customer|user|store|rack|unit|GPU|server|gigawatt|megawatt|gallon|ton)\b)",
    re.IGNORECASE,
)
_PER_TIME = re.compile(
    r"\b(?:weekly|daily|monthly|hourly|average[ds]?|averaging|per[\s-](?:head|employee|worker|customer|user)"
    r"|(?:per|best|worst|each|every)[\s-](?:day|week|month)|(?:first|last|final)[\s-](?:week|month)|a\s+day)\b",
    re.IGNORECASE,
)
_OVER_A_YEAR = re.compile(r"(?:Over|In|For)\s+(?:the\s+)?(?:twelve|12)\s+months,")
_A_POINT_OF = re.compile(r"(?:A|Each|Every|One)\s+(?:percentage\s+)?point\s+of\b")
_COMPARED = re.compile(
    r"\b(?:is|was|are|were)\s+(?:much\s+|far\s+|even\s+|still\s+|a\s+little\s+)?(?:smaller|larger|bigger|higher|lower)"
    r"\s*[,:(–—-]\s*(?:at\s+|about\s+|some\s+)?$"
    r"|\bgrowth\s*[,;]\s*(?:and\s+)?$"
)
"""A word of comparison that leads to no change: "its backlog is smaller, $66.8 billion"."""
_OFF = re.compile(r"\s+(?:short|shy|ahead|above|below|under|over|away|off|behind)\b(?:\s+(?:of|from))?\s+")
_LIES = re.compile(
    r"\s+(?:on|in)\s+(?:the|its|their)\s+(?:balance\s+sheet|books|bank|coffers|till|treasury)\b",
    re.IGNORECASE,
)
"""Where something lies that a company has: no figure of a period."""
_OF_WHICH = re.compile(r"\bof\s+(?:which|that|this|it)\b", re.IGNORECASE)
_HAD = re.compile(
    r"\b(?:had(?:\s+(?:previously|earlier|originally|initially))?\s+"
    r"(?:expected|guided|forecast|projected|called|targeted|predicted|anticipated|said|seen|planned)"
    r"|had\s+been\s+(?:guided|expected|forecast|projected|targeted|planned|promised)"
    r"|(?:was|were)\s+(?:forecasting|guiding|expecting|projecting|targeting)|as\s+recently\s+as"
    r"|(?:guidance|outlook|forecast|guide)\s+(?:for\s+[\w\s]{1,20}\s+)?(?:was|were|had\s+been|stood)"
    r"|when\s+(?:it|they|we|he|she|management|the\s+company)\s+(?:said|guided|expected|forecast|saw|spoke\s+of|put|planned)"
    r"|previously|earlier\s+(?:guidance|forecast|outlook)|before\s+the\s+report)\b",
    re.IGNORECASE,
)
"""How a sentence tells of guidance that was given before the one now in force."""


def steps_and_bases(sentence: Sentence, subject: Subject, index: int, relation: Told) -> Iterator[str]:
    """Why the number may be a step rather than a level, or a change from something else."""
    scan, before = sentence.scan, sentence.scan.before(index)
    if _HAD.search(scan.text, scan.span.start, before.end) or _was_expected(scan, before):
        yield "the sentence tells what had been said before"
    if _A_POINT_OF.match(scan.text, scan.span.start):
        yield "it is what a point of something is worth"
    if relation.change is None:
        yield from _steps(sentence, subject, index)
        return
    if relation.change == "amount" and _COMPARED.search(scan.text, before.start, before.end):
        yield "it may be the level of what is smaller or larger than something else"
    if (
        relation.change == "amount"
        and (subject.span is None or TOLD_BEFORE in subject.why)
        and not LOST.isdisjoint(last_words(scan, index)[-3:])
    ):
        yield "what a company loses, gives back or raises is no change of what was told before"
    if _than_else(scan, index) or _off_something(scan, index):
        yield "the change is told against something else"
    if (
        than_number(scan, index)
        and time_of_than(scan, index) is None
        and sure_owner(sentence.shape, index + 1) is None
    ):
        yield "the change is told against another number"
    if guided_ahead(scan, before):
        yield "the guidance itself may have changed by that"


def _was_expected(scan: Scan, before: Span) -> bool:
    """Whether the words before tell what was expected on some earlier day: "In February it expected"."""
    told = _EXPECTED.search(scan.text, scan.span.start, before.end)
    dated = any(p.kind == "on" and p.span.end <= before.end for p in scan.periods)
    return told is not None and (dated or "back" in scan.lower_in(Span(scan.span.start, before.end)))


def _steps(sentence: Sentence, subject: Subject, index: int) -> Iterator[str]:
    """Why a number that looks like a level may be a step: what was added, or what something changed by."""
    scan = sentence.scan
    ahead = last_words(scan, index)
    if not ADDED.isdisjoint(ahead[-2:]) and ahead[-2:] != ["put", "at"]:
        yield "what is added may be no level"
    yield from _elsewhere(sentence, subject, index)
    if _part_of_change(sentence, index):
        yield PART_OF_CHANGE
    if index and ahead[-1:] == ["on"] and not (subject.span and scan.before(index).encloses(subject.span)):
        yield "it is what another number was made on"
    behind = scan.numbers[index].span.end
    if _ON_ANOTHER.match(scan.text, behind) or _OFF_ANOTHER.match(scan.text, behind):
        yield "it is told on another number, or lies so far from it"
    if _FROM_A_TIME.match(scan.text, behind, scan.span.end) or _moves(sentence, index):
        yield "it may be what something rose or fell by"
    if _SPENT.search(scan.text, scan.before(index).start, scan.numbers[index].span.start):
        yield "a word of loss or of spending may turn its sign"
    if _ADDED_BEHIND.match(scan.text, scan.numbers[index].span.end, scan.span.end):
        yield "it may be a part, or what was added"
    near = scan.before(index).start, scan.numbers[index].span.end
    if _PER_TIME.search(scan.text, *near) or _OVER_A_YEAR.match(scan.text, scan.span.start):
        yield "it may be told for a day, a week, a month or twelve months"
    if is_turned(scan, index):
        yield "a word beside it may make it a part, a distance or somebody's guess"
    if "plus" in ahead[-2:]:
        yield "it is one part of a sum"
    named_behind = subject.span is not None and subject.span.start >= scan.numbers[index].span.end
    headed = scan.text[: scan.numbers[index].span.start].rstrip().endswith(":")  # "side by side: $9 billion"
    if "by" in ahead[-2:] and not named_behind and not headed:
        yield "what something differs or changes by is no level"


def _moves(sentence: Sentence, index: int) -> bool:
    """Whether a sum stands right behind what a verb moves: "increased revenue $1.7 billion"."""
    scan, number = sentence.scan, sentence.scan.numbers[index]
    name = next((m for m in reversed(scan.names) if m.span.end <= number.span.start), None)
    if number.kind != "money" or name is None or scan.text[name.span.end : number.span.start].strip():
        return False
    ahead = [w for w in scan.lower_in(Span(scan.span.start, name.span.start)) if w not in ("its", "the")]
    return not TRANSITIVE.isdisjoint(ahead[-1:])


def _elsewhere(sentence: Sentence, subject: Subject, index: int) -> Iterator[str]:
    """Why a number that names no measure may be none of what was told before: it went, or lies somewhere."""
    scan, ahead = sentence.scan, last_words(sentence.scan, index)
    if subject.span is not None:
        return
    if ahead[-1:] == ["back"] or not (LOST - _GIVING).isdisjoint(ahead[-2:]):
        yield "what a company loses, gives back or raises is no figure of what was told before"
    flow = any(sentence.catalogue.metric(m).kind == "flow" for m in subject.metrics)
    if flow and _LIES.match(scan.text, scan.numbers[index].span.end):
        yield "what lies somewhere is no figure of a period"


def _part_of_change(sentence: Sentence, index: int) -> bool:
    """Whether the number is a part of a change: "of which ISG provided", "of the rise in sales"."""
    scan, last, number = sentence.scan, sentence.last, sentence.scan.numbers[index].span
    if _OF_THE_RISE.match(scan.text, number.end, scan.span.end):
        return True
    if last is None:
        return False
    goes_on = last.loose == PART_OF_CHANGE and "and" in scan.lower_in(scan.before(index))
    return goes_on or (
        last.change == "amount" and bool(_OF_WHICH.search(scan.text, last.number.end, number.start))
    )


def _off_something(scan: Scan, index: int) -> bool:
    """Whether a sum lies off what is neither a number nor a time: "$224 million short of a round number"."""
    off = _OFF.match(scan.text, scan.numbers[index].span.end, scan.span.end)
    if off is None:
        return False
    near = Span(off.end(), min(scan.span.end, off.end() + NEAR))
    told = [p.span for p in scan.periods] + [n.span for n in scan.numbers]
    told += [m.span for m in scan.mentions if m.kind != "cue" or {"yoy", "qoq"} & set(m.value.split())]
    return not any(near.overlaps(span) for span in told)


def _than_else(scan: Scan, index: int) -> bool:
    """Whether a change is told against what is neither a number nor a time: "more than it booked"."""
    after = scan.clause(scan.after(index))
    than = next((w for w in scan.words_in(after) if w.lower == "than"), None)
    if than is None:
        return False
    other = _THAN_IT.match(scan.text, than.span.start, scan.span.end)
    if other is not None and other["verb"].lower() not in DID.union(scan.lower_in(scan.before(index))):
        return True  # "shipped $2.6 billion more than it booked"
    rest = Span(than.span.end, scan.span.end)
    first = next(iter(scan.words_in(rest)), None)
    if first is not None and scan.text[first.span.end : first.span.end + 1] in ("'", "’"):
        owned = any(m.kind in ("member", "entity") and m.span.encloses(first.span) for m in scan.mentions)
        if owned:
            return True  # "$4.3 billion more than CSG's"
    timed = [m.span for m in scan.cues if {"yoy", "qoq"} & set(m.value.split())]
    timed += [p.span for p in scan.periods] + [n.span for n in scan.numbers]
    if first is None or any(span.overlaps(than.span) for span in timed):
        return first is None
    near = Span(than.span.end, min(scan.span.end, than.span.end + NEAR))
    return not any(near.overlaps(span) for span in timed)
