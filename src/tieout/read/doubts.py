"""What keeps a number from being called wrong: loose words around it, and what else it could be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tieout.core.article import Span
from tieout.core.measure import Scenario
from tieout.read.bracketed import UNSAID, alone_in_brackets
from tieout.read.closed import is_closed
from tieout.read.draft import APART, TOLD_BEFORE, Draft, Subject
from tieout.read.firm import is_firm
from tieout.read.memory import Sentence
from tieout.read.misplaced import misplaced
from tieout.read.naming import unclear_names
from tieout.read.periods import PeriodMention
from tieout.read.referred import ONE_OF_TWO, goes_on, points_back
from tieout.read.relation import PAST_VERBS, Told
from tieout.read.rivals import rival_measures, rival_periods
from tieout.read.scan import Scan
from tieout.read.steps import steps_and_bases
from tieout.read.strangers import strangers
from tieout.read.times import untold_times
from tieout.read.voices import other_voices
from tieout.read.whose import firmly_beside, other_companies, rival_companies

_TAKEN_UP = re.compile(r"\s*[–—:-]+\s*(?:that|this|it|which)\b", re.IGNORECASE)
"""A number put first and then said what it is: "$2.6 billion – that is the figure for"."""
_COMPARES = re.compile(
    r"\bcompar(?:es|ed|ing)\s+(?:with|to)\s+(?:(?:the|an?|about|roughly)\s+)?$", re.IGNORECASE
)
"""Words before a number that something told before is set against: "The result compares with $2 billion"."""
WEAK = frozenset(["was", "were", "stood", "ended"])
"""Past verbs that are also said of what lies ahead, unless a period is named."""


def doubted(sentence: Sentence, draft: Draft, index: int, relation: Told) -> Draft:
    """The draft of number `index` with what else it could be; as it is where it names no measure."""
    subject, scan = draft.subject, sentence.scan
    if subject is None or not subject.metrics:
        return draft
    draft = replace(draft, rival_companies=rival_companies(sentence, subject, draft.number))
    change = relation.change is not None or relation.is_base
    firm = is_firm(scan, subject, index, sentence.last, change=change) or firmly_beside(
        sentence, subject, index
    )
    here = sentence.memory.both_block == sentence.block or scan.block.kind == "list" or points_back(scan)
    goes = subject.span is None and sentence.memory.bound and here and goes_on(scan, index)
    if sentence.fronted(index) or goes or sentence.sides:
        firm = True
    other = sentence.sides[index].other if sentence.sides else ""
    past = _past(scan, index, draft.period)
    ahead = sentence.memory.guided > 0 and not past
    cued = scan.has_cue("guidance", scan.span) or scan.has_cue("modal", scan.span)
    spoken = sentence.memory.members_of(sentence.block)
    return replace(
        draft,
        past=past,
        firm=firm,
        loose=next(_loose(sentence, draft, subject, index, relation, firm), ""),
        rival_companies=(*draft.rival_companies, *filter(None, [other])),
        rivals=rival_measures(scan, subject, sentence.before, spoken, firm=firm),
        rival_periods=rival_periods(scan, draft.period, draft.number),
        rival_scenario=ahead or cued or relation.is_base,
    )


def _name(sentence: Sentence, subject: Subject) -> Span | None:
    """Where the sentence names the measure: by the subject itself, or by that of a number before."""
    if subject.span is not None:
        return subject.span
    told = (draft.subject for draft in sentence.drafts if draft.subject is not None and not draft.unread)
    same = (each for each in told if (each.metrics, each.dimensions) == (subject.metrics, subject.dimensions))
    return next((each.span for each in same if each.span is not None), None)


def _past(scan: Scan, index: int, period: PeriodMention | None) -> bool:
    """Whether a verb of the number's clause reports it as having happened."""
    start, end = scan.before(index).start, scan.numbers[index].span.start
    lead = scan.text[start:end]
    clause = Span(start + max(lead.rfind(","), lead.rfind(";"), lead.rfind("—")) + 1, end)
    labelled = period is not None and period.explicit and not lead.rstrip().endswith("(was")
    reports = any(w in PAST_VERBS and (labelled or w not in WEAK) for w in scan.lower_in(clause))
    return reports and not scan.has_cue("modal", clause)


def _shares_time(sentence: Sentence, draft: Draft) -> bool:
    """Whether a time stands before both of two: "A year earlier the former was $5, and the latter $6"."""
    last = sentence.last
    if last is None or last.period is None or last.subject is None or ONE_OF_TWO not in last.subject.why:
        return False
    between = sentence.scan.lower_in(Span(last.number.end, draft.number.start))
    return last.period.span.end <= last.number.start and "and" in between


def _bracket_before_name(scan: Scan, number: Span, subject: Subject) -> bool:
    """Whether brackets that name no measure stand before one: "Acme (Bolt had $44 million) had sales of"."""
    opens = scan.text.rfind("(", scan.span.start, number.start)
    closes = scan.text.find(")", number.end, scan.span.end)
    if opens < 0 or closes < 0 or scan.text.find(")", opens, number.start) >= 0:
        return False
    inside, ahead = Span(opens, closes), Span(scan.span.start, opens)
    named = [m.span for m in scan.names if m.kind == "metric"]
    taken = subject.span is None or TOLD_BEFORE in subject.why
    behind = any(span.start > closes for span in named)
    return taken and behind and not any(inside.encloses(s) or ahead.encloses(s) for s in named)


def _of_what_is_compared(sentence: Sentence, draft: Draft) -> bool:
    """Whether a change follows a number of a named time that a result is set against.

    "The result compares with $2 billion in Q1, a gain of 12%": the gain is the result's, not that of Q1.
    """
    last = sentence.last
    if last is None or last.amount is None or last.period is None or last.period.kind == "relative":
        return False
    lead = sentence.scan.text[sentence.scan.span.start : last.number.start]
    return _COMPARES.search(lead) is not None and draft.number.start > last.number.end


def _loose(
    sentence: Sentence, draft: Draft, subject: Subject, index: int, relation: Told, firm: bool
) -> Iterator[str]:
    """Why the words bind the number to its reading too loosely to accuse; APART, which may fall, last."""
    if relation.change is not None and _of_what_is_compared(sentence, draft):
        yield "a change behind what a result is compared with may be that of the result"
    leans = subject.span is None or sentence.fronted(index)
    if leans and sentence.last is not None and sentence.last.loose:
        yield sentence.last.loose
    if index and draft.period is None and ONE_OF_TWO in subject.why and not _shares_time(sentence, draft):
        yield "the second of two told of together has no time of its own"
    later = sentence.memory.ahead
    if (_TAKEN_UP.match(sentence.scan.text, draft.number.end) and subject.span is None) or (
        later is not None and later.metrics != subject.metrics
    ):
        yield "what the number is of may be told behind it"
    if draft.scenario is Scenario.ACTUAL and draft.amount is not None and draft.amount.high is not None:
        yield "what has been reported is no range"
    if _bracket_before_name(sentence.scan, draft.number, subject):
        yield "what the number is of may be told behind the brackets"
    if alone_in_brackets(sentence.scan, index) and sentence.memory.brackets is None:
        yield UNSAID
    yield from unclear_names(sentence, draft, subject)
    yield from steps_and_bases(sentence, subject, index, relation)
    yield from untold_times(sentence, draft)
    if not sentence.sides:
        balance = all(sentence.catalogue.metric(m).kind == "balance" for m in subject.metrics)
        yield from strangers(sentence.scan, draft, subject, balance=balance)
    yield from misplaced(sentence.scan, draft, subject)
    yield from other_voices(sentence.scan, draft)
    yield from other_companies(sentence, draft, subject, index)
    if not firm and not is_closed(sentence.scan, subject, _name(sentence, subject)):
        yield APART
