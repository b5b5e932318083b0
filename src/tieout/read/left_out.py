"""What a number is of where its sentence leaves the measure out: "How large was revenue? $3.2 billion."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tieout.core.article import Span
from tieout.core.claim import Change, Relation
from tieout.core.measure import Scenario
from tieout.read.draft import AHEAD_OF_LIST, TOLD_BEFORE, Base, Draft, Subject
from tieout.read.firm import ACTS, ANAPHORS, CARRYING, LINKS
from tieout.read.memory import Sentence
from tieout.read.referred import OF_TWO, told_of, told_period_of
from tieout.read.relation import Told
from tieout.read.scan import Scan
from tieout.read.signs import names_time, sign_of
from tieout.read.times import EARLIER_TIMES, NOW
from tieout.read.wordlist import words
from tieout.read.words import Word

SAYS = words("says")
"""Verbs by which a company gives a figure: "Dell reported $3.2 billion"."""

ANSWERS = frozenset(
    ["by", "about", "roughly", "nearly", "almost", "some", "just", "a", "around", "over", "under"]
)
"""Words that an answer of a bare number may begin with."""

ENDS = frozenset(["finished", "ended", "closed", "exited", "began", "started", "entered"])
"""Verbs by which a company has so much of something on a date: "HPE finished the year with $3.2 billion"."""

_ASIDE = re.compile(
    r"\b(?:(?:By|In) (?:comparison|contrast)|For (?:comparison|context|reference)|Meanwhile|Elsewhere"
    r"|On the other(?: hand| side)?),?\s"
    r"|\b(?:we|you|I|one)\s+(?:count|get|see|find|have|has|read)s?\s",
    re.IGNORECASE,
)
"""Words that only set the sentence beside the one before, or say who reads the figure."""

CHANGES: dict[str, Change] = {"percent": "relative", "money": "amount"}
"""What change a number of each kind is."""

ANSWERING = frozenset(["at", "to", "with", "hit", "reached", "topped", "touched", "is", "was"])
"""Words before a number with which a company stands for its measure: "Dell came in at $3.2 billion"."""

ATTACHING = frozenset(
    ["at", "with", "coming", "landing", "standing", "sitting", "totaling", "totalling", "reaching"]
)
"""Words that give a number to the subject of the clause behind its comma."""

PLACING = frozenset(["as", "at", "end", "for", "in", "of", "on", "over", "the", "with"])
"""Words that set a company beside the one before, and are no verbs: "For HPE, at the end of June"."""

_POSSESSIVE = ("'s", "’s")

ASIDE = 4
"""The most words of a sentence that says nothing of its own: "Not quite."."""


def left_out(sentence: Sentence, index: int) -> Subject | None:
    """The measure told before, where only a pronoun, a company, a time or nothing stands for it; else None.

    A company or a time alone stands for it where it is not the one told before: "HPE reported $9.1 billion".
    """
    scan, told = sentence.scan, sentence.memory.told
    if told is None or index or not (sentence.memory.asked or sentence.memory.told_block == sentence.block):
        return None
    if any(name.span.start < scan.numbers[0].span.start for name in scan.names):
        return None
    lead = Span(scan.span.start, scan.numbers[0].span.start)
    balance = all(sentence.catalogue.metric(m).kind == "balance" for m in told.metrics)
    place = _stands_for(scan, lead, told, asked=sentence.memory.asked, at_a_date=balance)
    if place is None or _named_behind(scan, place):
        return None
    return replace(told, span=place, why=(*told.why, TOLD_BEFORE))


def _named_behind(scan: Scan, place: Span) -> bool:
    """Whether a number put first is told of what is named behind it: "It was $3 billion that X made in"."""
    number = scan.numbers[0].span
    named = any(n.kind == "metric" and n.span.start >= scan.numbers[-1].span.end for n in scan.names)
    cleft = scan.text[number.end : scan.span.end].lstrip().startswith(("that ", "which "))
    return named and (place == number or cleft)


def asked_change(sentence: Sentence, index: int) -> Told | None:
    """What a number is that answers how much a measure rose or fell: "By 12% in Q2"; else None."""
    scan, memory = sentence.scan, sentence.memory
    change = CHANGES.get(scan.numbers[index].kind)
    answers = memory.asked and memory.told_way and (change == "relative" or memory.question)
    if change is None or not answers or left_out(sentence, index) is None:
        return None
    return Told(Relation.CHANGE, change, memory.told_way < 0, memory.told_way > 0)


def bound_closely(drafts: list[Draft]) -> bool:
    """Whether the sentence binds its last number closely, and tells of one measure alone."""
    subjects = {draft.subject.metrics for draft in drafts if draft.subject is not None}
    levels = [draft for draft in drafts if draft.relation is Relation.LEVEL and not draft.earlier]
    if len(subjects) != 1 or len(levels) > 2:
        return False
    last = drafts[-1]
    if last.change == "amount":
        return False  # "The rise was $4.8 billion. It had been $1.1 billion": the rise, or what rose
    told = last.scenario is Scenario.ACTUAL and not last.forecast and not last.conjecture and not last.speaker
    return told and last.firm and not last.loose and not last.unread


def told_since(sentence: Sentence, base: Base | None, subject: Subject | None) -> Base | None:
    """Since when a change is told, where the sentence that gave its measure says so: "from a year ago?"."""
    taken = subject is not None and not {TOLD_BEFORE, AHEAD_OF_LIST}.isdisjoint(subject.why)
    return sentence.memory.told_base if base == "assumed" and taken and sentence.memory.told_base else base


def _way(scan: Scan) -> int:
    """1 for a sentence that speaks of a rise, -1 for one of a fall, 0 for neither or both."""
    signs = {sign_of(cue) for cue in scan.cues} - {0}
    return signs.pop() if len(signs) == 1 else 0


def _stands_for(scan: Scan, lead: Span, told: Subject, *, asked: bool, at_a_date: bool) -> Span | None:
    """The words ahead of a number that stand for the measure told; None where they may say something else."""
    companies = [m for m in scan.mentions if m.kind == "entity" and m.span.start < lead.end]
    times = [p for p in scan.periods if p.span.start < lead.end]
    passed = [m.span for m in companies] + [p.span for p in times]
    passed += [m.span for m in scan.cues if {"up", "down", "yoy", "qoq"} & set(m.value.split())]
    passed += [Span(m.start(), m.end()) for m in _ASIDE.finditer(scan.text, lead.start, lead.end)]
    plain = [w for w in scan.words_in(lead) if not any(span.encloses(w.span) for span in passed)]
    if asked and _leads_to_pronoun(scan, lead):
        return plain[0].span
    known = (LINKS | CARRYING | ANAPHORS | SAYS | {"over"}) - (ACTS - SAYS) - OF_TWO
    if any(word.lower not in known and not word.lower.endswith("ly") for word in plain):
        return None
    if any(word.lower == "had" for word in plain) and not (times or names_time(scan, scan.span)):
        return None  # "It had been $25 billion": when is not said
    anaphor = next((word for word in plain if word.lower in ANAPHORS), None)
    acts = [word for word in plain if word.lower in SAYS]
    if [word.lower for word in plain][-1:] == ["with"]:
        acts += [word for word in plain if word.lower in ENDS and at_a_date]
    if anaphor is not None and not acts:
        return anaphor.span
    if acts:
        doer = anaphor is not None or bool(companies)
        other = bool(times) or any(m.value != told.entity for m in companies) or asked
        return acts[-1].span if doer and other and _ends_there(scan) else None
    if {word.lower for word in plain} <= ANSWERS and not companies and not times:
        return scan.numbers[0].span if asked and _ends_there(scan) else None
    if asked and companies and plain and plain[-1].lower in ANSWERING and _ends_there(scan):
        return plain[-1].span
    return _set_beside(scan, lead, plain, told)


def _set_beside(scan: Scan, lead: Span, plain: Sequence[Word], told: Subject) -> Span | None:
    """The words that only put another company or time beside the one told: "HPE's was", "For HPE,", "Q2:"."""
    companies = [m for m in scan.mentions if m.kind == "entity" and m.span.start < lead.end]
    other = any(m.value != told.entity for m in companies)
    its = [m.span.end for m in companies if scan.text[m.span.end : m.span.end + 2] in _POSSESSIVE]
    if its and other and plain and all(w.lower in LINKS for w in plain):
        return Span(its[-1], its[-1] + 2)
    times = [p.span.end for p in scan.periods if p.span.start < lead.end]
    marked = max([*(m.span.end for m in companies), *times], default=lead.start)
    place = Span(lead.start, marked + (scan.text[marked : marked + 1] in (")", "]")))
    label = _ASIDE.sub("", scan.text[place.end : lead.end])
    for cue in scan.cues:
        label = label.replace(cue.text, "") if cue.span.start >= place.end and sign_of(cue) else label
    if label.strip() in (":", "—", "–", "-", "="):
        return place
    placed = {word.lower for word in plain} <= PLACING and label.strip() in ("", ",", ", ,", "at", "with")
    return lead if other and placed and _ends_there(scan) else None


def _leads_to_pronoun(scan: Scan, lead: Span) -> bool:
    """Whether the number is that of the pronoun behind its comma: "At 5% for Q2, it came in lower"."""
    number = scan.numbers[0].span
    clause = scan.clause(Span(number.end, scan.span.end))
    ahead = [word.lower for word in scan.words_in(lead)]
    if (
        not ahead
        or ahead[0] not in ATTACHING
        or not LINKS.issuperset(ahead)
        or scan.has_cue("guidance", clause)
    ):
        return False
    timed = [p.span for p in scan.periods]
    between = [w.lower for w in scan.words_in(clause) if not any(span.encloses(w.span) for span in timed)]
    rest = scan.words_in(Span(clause.end, scan.span.end))
    article = rest[:1] and rest[0].lower in ("the", "this", "that")
    head = rest[1:2] if article and rest[1:2] and rest[1].lower in ANAPHORS else rest[:1]
    told = [word.lower for word in head]
    return (
        scan.text[clause.end : clause.end + 1] == ","
        and LINKS.issuperset(between)
        and told != []
        and (told[0] in ANAPHORS - OF_TWO)
    )


def _ends_there(scan: Scan) -> bool:
    """Whether the number is all its sentence says, but for times and what stands behind a comma."""
    number = scan.numbers[0].span
    clause = scan.clause(Span(number.end, scan.span.end))
    passed = [p.span for p in scan.periods] + [m.span for m in scan.mentions if m.kind in ("entity", "cue")]
    return all(
        word.lower in LINKS or any(span.encloses(word.span) for span in passed)
        for word in scan.words_in(clause)
    )


def take_told_period(sentence: Sentence) -> None:
    """Give the period told before to the undated numbers of a list's item, or of what stands for it."""
    memory, drafts = sentence.memory, sentence.drafts
    if memory.told_period is None:
        return
    taken = bool(drafts) and drafts[0].subject is not None and TOLD_BEFORE in drafts[0].subject.why
    if not taken and sentence.scan.block.kind != "list":
        return
    for position, draft in enumerate(drafts):
        plain = draft.period is not None and draft.period.kind == "relative" and draft.period.part != "FY"
        relative = draft.period.relative if plain and draft.period is not None else None
        if relative in NOW or (draft.period is None and not draft.is_base):
            drafts[position] = replace(draft, period=memory.told_period)
        elif relative in EARLIER_TIMES:
            drafts[position] = replace(draft, leads_to=draft.leads_to or memory.told_period)


def keep_told(sentence: Sentence) -> None:
    """Keep what the next sentence may leave out: the one measure this one tells of, or took up itself."""
    memory, scan, drafts = sentence.memory, sentence.scan, sentence.drafts
    if not scan.numbers and not scan.names and not scan.periods and len(scan.words) <= ASIDE:
        return
    memory.told_period = told_period_of(scan, memory.told_period)
    memory.question = scan.text[scan.span.start : scan.span.end].rstrip().endswith("?")
    if not scan.numbers:
        memory.told = told_of(scan, sentence.catalogue)
        memory.asked, memory.told_way = memory.told is not None, _way(scan)
        yearly, quarterly = (scan.has_cue(cue, scan.span) for cue in ("yoy", "qoq"))
        memory.told_base = None if yearly is quarterly else "yoy" if yearly else "qoq"
        return
    told = next((d.subject for d in drafts if d.subject is not None and TOLD_BEFORE in d.subject.why), None)
    if told is not None:
        memory.told = replace(told, why=tuple(why for why in told.why if why != TOLD_BEFORE))
        return
    memory.asked = False
    subjects = [draft.subject for draft in drafts]
    firm = bound_closely(drafts) and all(d.firm and not d.loose and not d.unread for d in drafts)
    first = subjects[0] if subjects else None
    alone = (
        first is not None
        and firm
        and all(
            each is not None
            and (each.metrics, each.dimensions, each.entity)
            == (first.metrics, first.dimensions, first.entity)
            for each in subjects
        )
    )
    memory.told, memory.told_block = (first if alone else None), sentence.block
