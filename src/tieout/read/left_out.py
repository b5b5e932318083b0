"""What a number is of where its sentence leaves the measure out: "How large was revenue? $3.2 billion."."""

from __future__ import annotations

from dataclasses import replace

from tieout.core.article import Span
from tieout.core.claim import Change, Relation
from tieout.core.measure import Scenario
from tieout.read.bases import BY_RELATIVE
from tieout.read.draft import AHEAD_OF_LIST, TOLD_BEFORE, Base, Draft, Subject
from tieout.read.memory import Sentence
from tieout.read.periods import PeriodMention
from tieout.read.referred import told_of, told_period_of
from tieout.read.relation import Told
from tieout.read.scan import Scan
from tieout.read.signs import sign_of
from tieout.read.stand_in import stands_for
from tieout.read.times import EARLIER_TIMES, NOW, SINCE_THEN

CHANGES: dict[str, Change] = {"percent": "relative", "money": "amount", "points": "points"}
"""What change a number of each kind is."""

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
    place = stands_for(scan, lead, told, asked=sentence.memory.asked, at_a_date=balance)
    if place is None or _named_behind(scan, place):
        return None
    return replace(told, span=place, why=(*told.why, TOLD_BEFORE))


def _named_behind(scan: Scan, place: Span) -> bool:
    """Whether a number put first is told of what is named behind it: "It was $3 billion that X made in"."""
    number = scan.numbers[0].span
    named = any(n.kind == "metric" and n.span.start >= scan.numbers[-1].span.end for n in scan.names)
    cleft = scan.text[number.end : scan.span.end].lstrip().startswith(("that ", "which "))
    return _in_an_aside(scan, number) or (named and (place == number or cleft))


def _in_an_aside(scan: Scan, number: Span) -> bool:
    """Whether a number stands in brackets, ahead of what the sentence names: "X (Y made $3 billion) lost"."""
    opened, closed = (scan.text.rfind(sign, scan.span.start, number.start) for sign in "()")
    end = scan.text.find(")", number.end, scan.span.end)
    return opened > closed and end >= 0 and any(n.kind == "metric" and n.span.start > end for n in scan.names)


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


def take_told_period(sentence: Sentence) -> None:
    """Give the period told before to the undated numbers of a list's item, or of what stands for it."""
    memory, drafts = sentence.memory, sentence.drafts
    if memory.told_period is None or sentence.block > memory.told_period_block + 1:
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


def since_then(sentence: Sentence, index: int) -> tuple[Base, PeriodMention | None] | None:
    """What "since then" measures a change from: the time that the sentence before gave its one number."""
    time, scan = sentence.memory.told_time, sentence.scan
    if time is None or sentence.memory.told_time_block != sentence.block:
        return None
    if not SINCE_THEN.search(scan.text, scan.before(index).start, scan.clause(scan.after(index)).end):
        return None
    if time.kind == "relative":
        return (BY_RELATIVE[time.relative], None) if time.relative in ("year_ago", "prior") else None
    return ("period", time) if time.explicit else None


def keep_time(sentence: Sentence) -> None:
    """Keep the time that the sentence gives its one number, for a "since then" in the next."""
    memory, drafts = sentence.memory, sentence.drafts
    if sentence.scan.numbers or len(sentence.scan.words) > ASIDE:
        memory.told_time = drafts[0].period if len(drafts) == 1 else None
        memory.told_time_block = sentence.block


def keep_told(sentence: Sentence) -> None:
    """Keep what the next sentence may leave out: the one measure this one tells of, or took up itself."""
    memory, scan, drafts = sentence.memory, sentence.scan, sentence.drafts
    if not scan.numbers and not scan.names and not scan.periods and len(scan.words) <= ASIDE:
        if sentence.block <= memory.told_period_block + 1:
            memory.told_period_block = sentence.block
        return
    follows = sentence.block <= memory.told_period_block + 1
    memory.told_period = told_period_of(scan, memory.told_period if follows else None)
    memory.told_period_block = sentence.block
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
