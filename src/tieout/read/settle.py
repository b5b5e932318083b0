"""Which periods a draft may speak of, from its own words or from what was spoken of before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tieout.catalogue import Metric
from tieout.core.article import Published, Span
from tieout.core.claim import Claim, Relation
from tieout.core.measure import Scenario
from tieout.core.period import AnyBalance, Latest, Period, PeriodRef
from tieout.read.clock import Clock
from tieout.read.draft import Draft
from tieout.read.periods import PeriodMention, Relative
from tieout.read.timeline import PASSING, Case, Setting, Timeline, Whens
from tieout.read.when import When, bound, distinct, fitted, left_open, ranked, restated

ELSEWHERE = ("ttm", "latest", "current", "next")
"""Relative periods that are no part of what was spoken of: unread where they cannot be told."""

BACK: dict[Relative, int] = {"year_ago": 4, "prior": 1}
"""How many quarters before the number it led to a base lies: "from $20.7 billion a year earlier"."""

COUNTED = "as long before what it led to"
"""Why a period is one counted back from the number it stands beside."""


def settled(case: Case, metric: Metric, setting: Setting) -> Whens:
    """The periods the claim may speak of; none where neither the words nor the article settle it."""
    if metric.kind == "specification":
        return (When(AnyBalance(None, None), "said", "a product's property"),)
    if metric.kind == "statement":
        return _of_statement(case.draft, setting.line)
    if case.draft.is_base:
        return _of_base(case, metric, setting)
    own = _own(case, metric, setting)
    if own is not None:
        return own
    return _spoken_before(case, metric, setting)


def all_ahead(whens: Whens, published: Published | None) -> bool:
    """Whether no period of these had ended when the article appeared."""
    return published is not None and all(_is_later(when.period, published) for when in whens)


def _is_later(period: PeriodRef, published: Published) -> bool:
    if isinstance(period, Latest):
        return period.back < 0
    return isinstance(period, Period) and period.end > published.last


def undated_ahead(clock: Clock, line: Timeline, ticker: str) -> Whens:
    """Guidance without a period: the next quarter or the year under way."""
    topic = clock.topic or line.topic_of(ticker)
    following = clock.shifted(topic, -1, "the quarter after the one reported")
    years = clock.read(PeriodMention(Span(0, 0), "part", "FY", None), ahead=True)
    return left_open((*years, *following))


def _of_statement(draft: Draft, line: Timeline) -> Whens:
    told = draft.period
    if told is not None and told.kind == "on" and told.year and told.month:
        month = Published.month(told.year, told.month)
        return (When(AnyBalance(month.first, month.last), "said", "date of the statement"),)
    return (When(AnyBalance(None, line.published.last if line.published else None), "said", "a statement"),)


def _own(case: Case, metric: Metric, setting: Setting) -> Whens | None:
    """The periods of the draft's own mention; None where what was spoken of before must tell."""
    draft, mention, line = case.draft, case.draft.period, setting.line
    if mention is None or (mention.kind == "on" and metric.kind == "flow"):
        return None
    ahead = _is_ahead(draft)
    clock = line.clock(case.ticker)
    if metric.kind == "balance" and mention.kind == "ended":
        mention = replace(mention, part="Q1")  # of a stretch of any length, a balance is that of its last day
    found = _counted_back(case, clock, clock.read(mention, ahead=ahead), setting)
    beside = () if ahead else _beside(case, mention, line)
    if found or beside:
        found = distinct((*found, *beside))
        if not ahead and draft.scenario is Scenario.ACTUAL and draft.sets_topic:
            line.set_topic(case.ticker, found, mention, own=not beside)
        return fitted(found, metric)
    untold = mention.kind == "relative" and mention.relative in (*ELSEWHERE, *PASSING)
    return () if ahead or untold or mention.explicit or mention.kind in ("ended", "on") else None


def _beside(case: Case, mention: PeriodMention, line: Timeline) -> Whens:
    """The periods the mention may be where it is told of another company, or by another's year."""
    bare = mention.kind == "part" and mention.year is None
    others = dict.fromkeys((*case.draft.peers, *(line.pins if bare and case.ticker not in line.pins else ())))
    read = {
        other: line.clock(other).read(mention, ahead=False)
        for other in others
        if other != case.ticker and other in line.calendars
    }
    beside = line.beside(case.ticker, read)
    if not bare or case.ticker in line.pins:
        return beside
    return (*beside, *restated(line.led_beside(case.ticker), "beside the first period named", "possible"))


def _counted_back(case: Case, clock: Clock, found: Whens, setting: Setting) -> Whens:
    """The periods of "a year earlier", counted from the number before it or the one it leads to first.

    A number that goes on from the sentence before counts from what was told there.
    """
    mention, goal = case.draft.period, case.draft.leads_to
    back = BACK.get(mention.relative) if mention is not None and mention.kind == "relative" else None
    if back is None:
        return found
    told = [each for each in case.before if each.whens and _of_company(each.claim, case.ticker)]
    led_to = next((each for each in reversed(told) if not each.is_base and not _guided(each.claim)), None)
    if led_to is not None:
        whens = led_to.whens
    elif goal is not None:
        whens = clock.read(goal, ahead=False)
    else:
        key = setting.key(case.draft)
        whens = setting.line.spoken.get(key, ()) if key is not None and not case.before else ()
        if key in setting.line.lost and not case.before:
            return ()
    if not whens:
        return found
    same = clock.shifted(whens, back, COUNTED)
    known = {when.period for when in same}
    return (*same, *left_open(tuple(when for when in found if when.period not in known)))


def _is_ahead(draft: Draft) -> bool:
    return draft.scenario is Scenario.GUIDANCE or draft.forecast


def _spoken_before(case: Case, metric: Metric, setting: Setting) -> Whens:
    """The periods of what the sentence or the article said before of the same measure, else its topic."""
    draft, line = case.draft, setting.line
    ahead = _is_ahead(draft)
    balance = metric.kind == "balance" and not ahead
    key = setting.key(draft)
    seen = line.seen_before(key, draft)
    if seen is not None and draft.relation is Relation.LEVEL:
        return seen
    spoken = line.spoken.get(key, ()) if key is not None else ()
    if draft.relation not in (Relation.LEVEL, Relation.COUNT):
        same = _of_same_subject(case)
        if same:
            return same
        if bound(spoken):
            return _since_last(case, spoken, line) or spoken
        if balance and draft.relation is not Relation.SHARE:
            return fitted(line.topic_of(case.ticker), metric)
    if balance:
        changed = _of_change_before(case)
        if changed or (spoken and draft.relation is not Relation.LEVEL):
            return changed or spoken
        compared = draft.peers and (draft.whole is not None or draft.added)
        return _compared_balance(case, metric, line) if compared else undated_balance(line.published)
    if ahead:
        return undated_ahead(line.clock(case.ticker), line, case.ticker)
    others = {other: line.topic_of(other) for other in draft.peers if other in line.calendars}
    return distinct((*line.topic_of(case.ticker), *line.beside(case.ticker, others)))


def _since_last(case: Case, spoken: Whens, line: Timeline) -> Whens:
    """The later of two times told last, for a change that goes on: "Q2 2026: A; Q2 2025: B; up 19%"."""
    draft, clock = case.draft, line.clock(case.ticker)
    quarters = {"yoy": 4, "qoq": 1}.get(draft.base or "")
    if quarters is None or draft.subject is None or draft.subject.span is not None:
        return ()
    for when in line.past.get(case.ticker, ())[: len(("now", "then"))]:
        if clock.back(when.period, quarters) == spoken[0].period:
            others = restated(spoken, "told last", "possible")
            return (When(when.period, "said", "the later of two told"), *others)
    return ()


def _compared_balance(case: Case, metric: Metric, line: Timeline) -> Whens:
    """The dates of an undated balance set beside another company's: what is spoken of, else the latest."""
    if line.published is None:
        return ()
    earlier = (When(Latest("instant", back), "possible", "an earlier date, not said") for back in range(1, 5))
    return distinct((*fitted(line.topic_of(case.ticker), metric), *earlier))


def _of_same_subject(case: Case) -> Whens:
    """The periods of the last claim of the sentence on the same measure."""
    for told in reversed(case.before):
        if bound(told.whens) and not told.is_base and _same_subject(told.claim, case):
            return told.whens
    return ()


def _of_change_before(case: Case) -> Whens:
    """The periods of the last claim of the sentence that is no level, on the same measure."""
    for told in reversed(case.before):
        if told.whens and told.claim.relation is not Relation.LEVEL and _same_subject(told.claim, case):
            return told.whens
    return ()


def _same_subject(claim: Claim, case: Case) -> bool:
    subject = case.draft.subject
    return subject is not None and any(
        reading.subjects[0].entity == case.ticker
        and reading.subjects[0].metric in subject.metrics
        and reading.subjects[0].dimensions == subject.dimensions
        for reading in claim.readings
    )


def _of_company(claim: Claim, ticker: str) -> bool:
    """Whether a claim is told of this company, as far as it could be read."""
    return not claim.readings or claim.readings[0].subjects[0].entity == ticker


def undated_balance(published: Published | None) -> Whens:
    """Any date in the year before publication, for a balance without one."""
    if published is None:
        return (When(AnyBalance(None, None), "said", "undated balance"),)
    first = date(published.first.year - 1, published.first.month, min(published.first.day, 28))
    why = "undated balance: any date in the year before publication"
    return (When(AnyBalance(first, published.last), "said", why),)


def _of_base(case: Case, metric: Metric, setting: Setting) -> Whens:
    """The period of a "from" number: its own, else a year or a quarter before what it leads to."""
    line = setting.line
    clock = line.clock(case.ticker)
    before = [told for told in case.before if told.whens and _of_company(told.claim, case.ticker)]
    if case.draft.period is not None:
        found = _counted_back(case, clock, clock.read(case.draft.period, ahead=False), setting)
        if found:
            return fitted(found, metric)
    last = before[-1] if before else None
    if case.draft.scenario is Scenario.GUIDANCE:
        return last.whens if last is not None else undated_ahead(clock, line, case.ticker)
    if last is not None:
        bases = _bases_of(last.claim)
        if bases:
            return fitted(bases, metric)
        if _guided(last.claim):
            return _now(case, metric, line)
    now = next((told for told in reversed(before) if not told.is_base), last)
    subjects = [told.whens for told in dict.fromkeys((now, last)) if told is not None]
    found = fitted(ranked(_earlier(clock, subjects or [line.topic_of(case.ticker)])), metric)
    if metric.kind == "balance":
        return (*found, When(AnyBalance(None, None), "open", "an earlier date, not said"))
    return found


def _earlier(clock: Clock, subjects: Sequence[Whens]) -> Whens:
    """The periods a year and a quarter before each of these, the first's first."""
    return tuple(
        when
        for subject in subjects
        for quarters, why in ((4, "a year before"), (1, "a quarter before"))
        for when in clock.shifted(subject, quarters, why)
    )


def _bases_of(claim: Claim) -> Whens:
    """The periods that a change told before is measured from, in each of its readings."""
    if claim.relation is not Relation.CHANGE:
        return ()
    found = dict.fromkeys(r.object.period for r in claim.readings if r.object is not None)
    periods = [period for period in found if isinstance(period, Period | Latest)]
    return tuple(
        When(period, "said" if not place else "open", "the base of the change before it")
        for place, period in enumerate(periods)
    )


def _guided(claim: Claim) -> bool:
    return any(m.scenario is Scenario.GUIDANCE for reading in claim.sure for m in reading.subjects)


def _now(case: Case, metric: Metric, line: Timeline) -> Whens:
    """What is reported by now: the base of a number that lies ahead."""
    now = line.topic_of(case.ticker)
    if line.published is not None:
        now = (*now, When(Latest("year"), "open", "latest reported year"))
    return fitted(ranked(now, "now, as the number before it lies ahead"), metric)
