"""The readings that cannot be ruled out: other measures, periods, bases and scenarios the sentence names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tieout.core.calendar import QUARTERS, Part
from tieout.core.claim import Reading, Relation
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Latest, Period
from tieout.read.clock import SINCE_NOW, Clock
from tieout.read.draft import TOLD_BEFORE, Draft
from tieout.read.options import PLAIN, Option, fitting, options
from tieout.read.readings import LASTS, readings
from tieout.read.settle import BACK, COUNTED, ELSEWHERE, undated_ahead, undated_balance
from tieout.read.timeline import Case, Setting, Timeline, Whens
from tieout.read.when import When, distinct, restated

MOST_POSSIBLE = 160
MOST_TOLD = 4
"""How many of the times told in the paragraph a step back may be counted from."""


def possible(
    case: Case, chosen: Sequence[Option], whens: Whens, main: tuple[Reading, ...], setting: Setting
) -> tuple[Reading, ...]:
    """The readings besides `main` that cannot be ruled out: if one is true, the claim is left alone."""
    rivals = _rival_options(case, chosen, setting)
    every = (*whens, *_rival_whens(case, whens, setting))
    every = restated(every, "named beside it", "possible")
    drafts = _other_bases(case.draft)
    if case.draft.rival_scenario and case.draft.scenario in (Scenario.ACTUAL, Scenario.GUIDANCE):
        drafts = _other_scenarios(case.draft, drafts)
        if not _is_dated(case, whens, setting):
            ahead = undated_ahead(setting.line.clock(case.ticker), setting.line, case.ticker)
            every = (*every, *restated(ahead, "guided", "possible"))
    known = {(r.subjects, r.object, r.issued) for r in main}
    found: dict[tuple[tuple[Measure, ...], Measure | None, str], Reading] = {}
    for draft in drafts:
        for reading in readings(replace(case, draft=draft), rivals, every, setting):
            key = (reading.subjects, reading.object, reading.issued)
            if key not in known:
                found.setdefault(key, replace(reading, standing="possible"))
    for reading in _of_rival_companies(case, setting):
        found.setdefault((reading.subjects, reading.object, reading.issued), reading)
    return tuple(found.values())[:MOST_POSSIBLE]


def _of_rival_companies(case: Case, setting: Setting) -> Iterator[Reading]:
    """The readings of the same measure as another company's, where nothing says whose the number is."""
    draft, line = case.draft, setting.line
    for other in draft.rival_companies:
        if draft.subject is None or other not in setting.companies:
            continue
        spoken = line.beside(other, {case.ticker: line.topic_of(case.ticker)})
        own = () if draft.period is None else line.clock(other).read(draft.period, ahead=False)
        undated = undated_balance(line.published) if draft.period is None else ()
        whens = (*own, *line.topic_of(other), *spoken, *undated)
        whens = restated(whens, "spoken of before", "possible")
        there = replace(case, ticker=other)
        for reading in readings(
            there, options(draft.subject, other, draft, setting.catalogue), whens, setting
        ):
            yield replace(reading, standing="possible")


def _rival_options(case: Case, chosen: Sequence[Option], setting: Setting) -> list[Option]:
    """The measures chosen, those the sentence names beside them, and the same without their qualifiers."""
    subject = case.draft.subject
    named = list(case.draft.rivals)
    if subject is not None and subject.tags & PLAIN and not subject.pinned:
        named.append((subject.metrics, subject.dimensions))
    return [
        *(replace(option, why=()) for option in chosen),
        *(
            Option(metric, dimensions, "possible")
            for metrics, dimensions in named
            for metric in fitting(
                metrics, frozenset(), dimensions, case.ticker, case.draft, setting.catalogue
            )
        ),
    ]


def _rival_whens(case: Case, whens: Whens, setting: Setting) -> list[When]:
    """The periods the sentence names beside the number's own, and those spoken of before."""
    line = setting.line
    clock, mention = line.clock(case.ticker), case.draft.period
    others = [
        when
        for rival in case.draft.rival_periods
        for ahead in (False, True)
        for when in clock.read(rival, ahead=ahead)
    ]
    others += [
        when
        for rival in case.draft.rival_periods
        for other in case.draft.others
        if other in line.calendars
        for when in line.beside(case.ticker, {other: line.clock(other).read(rival, ahead=False)})
    ]
    past = line.past.get(case.ticker, ())
    relative = mention is not None and mention.kind == "relative"
    if mention is not None and relative and mention.part == "Q1":  # "the quarter" is no year
        past = tuple(when for when in past if _is_quarter(clock.part_of(when)))
    leans = (mention is None and not _takes_up(case, setting)) or case.draft.period_shared
    counted = not leans and _is_counted(case, whens, setting)
    if leans or (mention is not None and relative and mention.relative not in ELSEWHERE and not counted):
        others += past
        if line.published is not None:
            others.append(When(Latest("quarter")))
            if mention is None or mention.part == "FY":
                others.append(When(Latest("year")))
        if line.lead is not None:
            others += clock.read(line.lead, ahead=False)
    elif mention is not None and mention.kind == "part" and mention.year is None:
        parts = [clock.part_of(when) for when in past]
        years = {part[0] for part in parts if part is not None and part[1] in QUARTERS}
        others += [When(clock.calendar.period(year, mention.part)) for year in sorted(years)]
    others += _steps_back(case, clock, line)
    if case.draft.earlier and not (mention is not None and mention.explicit):
        others += _as_long_before(case, clock)
    return others


def _is_dated(case: Case, whens: Whens, setting: Setting) -> bool:
    """Whether the words give the number a time of its own, or one counted from such a time."""
    mention = case.draft.period
    own = mention is not None and mention.explicit and not case.draft.period_shared
    return own or _is_counted(case, whens, setting)


def _takes_up(case: Case, setting: Setting) -> bool:
    """Whether it is the change of the one number, of a named time, told just before: "That was 15% more"."""
    draft, line = case.draft, setting.line
    subject = draft.subject
    if subject is None or TOLD_BEFORE not in subject.why or draft.relation is not Relation.CHANGE:
        return False
    return line.one_time and not case.before and setting.key(draft) in line.dated


def _is_counted(case: Case, whens: Whens, setting: Setting) -> bool:
    """Whether a step back is counted from one time that the words give: "$5 in Q2 2025, $4 a year ago"."""
    draft = case.draft
    mention, goal = draft.period, draft.leads_to
    if mention is None or mention.kind != "relative" or mention.relative not in BACK or not whens:
        return False
    told = [each for each in case.before if not each.is_base and each.whens]
    if not told and goal is not None:
        return goal.explicit and goal.kind != "year" and whens[0].why == COUNTED
    counted = {when.period for when in whens if when.why in (COUNTED, SINCE_NOW)}
    if any(when.period not in counted for when in whens):
        return False
    if told:
        return told[-1].dated and len({each.whens for each in told}) == 1
    return setting.key(draft) in setting.line.dated


def _steps_back(case: Case, clock: Clock, line: Timeline) -> Whens:
    """What a step back leads to from the other times told: "$5 in Q2, after $4 in Q1, and $3 a year ago".

    Behind a number of its sentence it goes back from there, else from any time of its paragraph.
    """
    mention = case.draft.period
    steps = BACK.get(mention.relative) if mention is not None and mention.kind == "relative" else None
    if steps is None:
        return ()
    told = tuple(when for each in case.before for when in each.whens)
    spoken = line.near.get(case.ticker, ())[:MOST_TOLD]
    return clock.shifted(distinct(told or spoken), steps, "as long before another")


def _as_long_before(case: Case, clock: Clock) -> Whens:
    """The periods a base may be of where the number it is set beside is one of a reading left open."""
    mention = case.draft.period
    steps = BACK.get(mention.relative) if mention is not None else None
    beside = next((told for told in reversed(case.before) if not told.is_base), None)
    if beside is None or beside.dated:
        return ()
    periods = (reading.subjects[0].period for reading in beside.claim.readings)
    now = distinct(When(period) for period in periods if isinstance(period, Period | Latest))
    return tuple(
        when
        for back in ((steps,) if steps else (4, 1))
        for when in clock.shifted(now, back, "as long before")
    )


def _is_quarter(part: tuple[int, Part] | None) -> bool:
    """Whether a part of a year is a quarter, or no regular part at all."""
    return part is None or part[1] in QUARTERS


def _other_bases(draft: Draft) -> list[Draft]:
    """The draft with each base its change may have, where the words do not settle it."""
    if draft.change is None or draft.base == "from":
        return [draft]
    named = draft.base == "period" and draft.base_period is not None and draft.base_period.explicit
    over = draft.period is not None and draft.period.kind == "ended" and draft.period.part in LASTS
    if draft.firm and (named or over or draft.base not in ("assumed", "period")):
        return [draft]
    return [replace(draft, base="yoy"), replace(draft, base="qoq")]


def _other_scenarios(draft: Draft, drafts: list[Draft]) -> list[Draft]:
    """The drafts, and the same as guidance (or as actual), and as the guidance before."""
    flipped = Scenario.GUIDANCE if draft.scenario is Scenario.ACTUAL else Scenario.ACTUAL
    both = [*drafts, *(replace(d, scenario=flipped) for d in drafts)]
    before = [d for d in both if d.is_base or draft.scenario is Scenario.GUIDANCE]
    return [*both, *(replace(d, scenario=Scenario.GUIDANCE, is_base=True) for d in before)]
