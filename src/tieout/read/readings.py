"""Options and periods -> readings, with what a change, a share or a comparison is measured against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from tieout.catalogue import Catalogue, Metric
from tieout.core.calendar import Part
from tieout.core.claim import Reading, Relation, Standing
from tieout.core.measure import Measure, Scenario
from tieout.core.period import PeriodRef
from tieout.read.clock import Clock
from tieout.read.draft import Draft, Subject
from tieout.read.options import Option, options
from tieout.read.timeline import Case, Setting, Timeline, Whens
from tieout.read.when import STANDINGS, When, distinct, fitted, left_open, shaped, weaker

LASTS: Mapping[Part, int] = {"FY": 4, "H1": 2, "9M": 3}
"""How many quarters a stretch lasts over which a balance changes: "in the twelve months to June 30"."""


def readings(case: Case, chosen: Sequence[Option], whens: Whens, setting: Setting) -> tuple[Reading, ...]:
    """Every reading of these options and periods, the surest first, each once."""
    made: list[Reading] = []
    for option in chosen:
        metric = option.metric
        own = metric.scenario is not Scenario.ACTUAL or metric.kind == "statement"
        scenario = metric.scenario if own else case.draft.scenario
        issued = _issued(case.draft, scenario)
        for when in whens:
            period = shaped(when.period, metric)
            if period is None:
                continue
            subject = Measure(case.ticker, metric.id, option.dimensions, period, scenario)
            standing = weaker(option.standing, when.standing)
            reading = Reading((subject,), None, standing, issued, (*option.why, when.why))
            made.extend(_with_object(case, reading, metric, period, setting))
    made.sort(key=lambda reading: STANDINGS.index(reading.standing))
    unique: dict[tuple[tuple[Measure, ...], Measure | None], Reading] = {}
    for reading in made:
        unique.setdefault((reading.subjects, reading.object), reading)
    return tuple(unique.values())


def _issued(draft: Draft, scenario: Scenario) -> Literal["", "latest", "previous"]:
    """Which issue of a guidance is meant: the one before, where the number is what it was raised from."""
    if scenario is not Scenario.GUIDANCE:
        return ""
    return "previous" if draft.is_base else "latest"


def _with_object(
    case: Case, reading: Reading, metric: Metric, period: PeriodRef, setting: Setting
) -> Sequence[Reading]:
    """The reading with each thing it may be measured against; itself where it needs none."""
    draft = case.draft
    if draft.added:
        return _with_added(case, reading, draft.added, setting)
    if draft.whole is not None or draft.relation in (Relation.SHARE, Relation.COMPARISON):
        return () if draft.whole is None else list(_with_whole(case, reading, draft.whole, setting))
    if draft.change is None and draft.relation not in (Relation.DIRECTION, Relation.SPAN):
        return (reading,)
    if draft.base == "from" and draft.from_draft is not None:
        return _from_number(case, reading, draft.from_draft)
    subject = reading.subjects[0]
    ahead = subject.scenario in (Scenario.GUIDANCE, Scenario.CONSENSUS)
    scenario = Scenario.ACTUAL if ahead else subject.scenario
    bases = _bases(draft, period, metric, setting.line.clock(case.ticker))
    return [
        replace(
            reading,
            object=replace(subject, period=base, scenario=scenario),
            standing=weaker(reading.standing, standing),
        )
        for base, standing in bases
    ]


def _bases(draft: Draft, period: PeriodRef, metric: Metric, clock: Clock) -> list[tuple[PeriodRef, Standing]]:
    """The periods a change over `period` may be measured from, and how each stands."""
    if draft.base == "period" and draft.base_period is not None:
        found = fitted(clock.read(draft.base_period, ahead=False), metric)
        return [(when.period, when.standing) for when in found]
    mention = draft.period
    if draft.base == "assumed" and metric.kind == "balance" and mention and mention.kind == "ended":
        start = clock.back(period, LASTS[mention.part]) if mention.part in LASTS else None
        if start is not None:
            return [(start, "said")]
    year, quarter = (clock.back(period, quarters) for quarters in (4, 1))
    of_year: list[tuple[PeriodRef, Standing]] = [] if year is None else [(year, "said")]
    if draft.base == "yoy":
        return of_year
    if draft.base == "qoq":
        return [] if quarter is None else [(quarter, "said")]
    second: Standing = "open" if draft.relation is Relation.DIRECTION else "possible"
    if (
        metric.kind == "balance"
    ):  # "rose 10% in the quarter" may be since its start; "on June 30, up 10%" says nothing
        dated = draft.period is not None and draft.period.kind == "on"
        second = "open" if dated or draft.relation is Relation.DIRECTION else "said"
    return of_year if quarter is None else [*of_year, (quarter, second)]


def _from_number(case: Case, reading: Reading, position: int) -> Sequence[Reading]:
    """The change as one from an earlier number of the sentence, in each of that number's readings."""
    if position >= len(case.before):
        return ()
    return [
        replace(reading, object=r.subjects[0], standing=weaker(reading.standing, r.standing))
        for r in case.before[position].claim.readings
        if r.subjects[0].metric == reading.subjects[0].metric
    ]


def _with_whole(case: Case, reading: Reading, whole: Subject, setting: Setting) -> Iterator[Reading]:
    """The reading against each thing the whole, or the other side of the comparison, may be."""
    owner = case.ticker if whole.entity is None else whole.entity
    if owner not in setting.companies:
        return
    subject, draft = reading.subjects[0], case.draft
    whens: Whens = () if subject.period is None else (When(subject.period, "said", "same period"),)
    if owner != case.ticker:
        whens = _periods_there(case, subject, owner, setting.line)
    elif draft.whole_period is not None:
        whens = setting.line.clock(owner).read(draft.whole_period, ahead=False)
    for option in _wholes(draft, subject, whole, owner, setting):
        for when in fitted(whens, option.metric):
            other = Measure(owner, option.metric.id, option.dimensions, when.period)
            if other == subject or not _comparable(subject, other, setting.catalogue):
                continue
            yield replace(
                reading,
                object=other,
                standing=weaker(weaker(reading.standing, option.standing), when.standing),
                why=(*reading.why, *option.why, when.why),
            )


def _comparable(subject: Measure, other: Measure, catalogue: Catalogue) -> bool:
    """Whether two companies' measures may be set side by side: the same one, or each its own."""
    if subject.entity == other.entity or subject.metric == other.metric:
        return True
    return catalogue.metric(subject.metric).company is not None or (
        catalogue.metric(other.metric).company is not None
    )


def _periods_there(case: Case, subject: Measure, owner: str, line: Timeline) -> Whens:
    """The other company's periods: of its own mention, else those beside the subject's, and by its labels."""
    draft = case.draft
    if draft.whole_period is not None and not draft.period_shared:
        return line.clock(owner).read(draft.whole_period, ahead=False)
    beside = () if subject.period is None else line.beside(owner, {case.ticker: (When(subject.period),)})
    mention = draft.whole_period or draft.period
    labelled = () if mention is None else line.clock(owner).read(mention, ahead=False)
    return distinct((*beside, *left_open(labelled)))


def _with_added(
    case: Case, reading: Reading, added: tuple[Subject, ...], setting: Setting
) -> Sequence[Reading]:
    """The reading summed up with other companies' figures of its measure, each in its periods."""
    sums = [reading]
    for other in added:
        single = [replace(each, subjects=each.subjects[:1]) for each in sums]
        sums = [
            replace(found, subjects=(*each.subjects, found.object), object=None)
            for each, first in zip(sums, single, strict=True)
            for found in _with_whole(case, first, other, setting)
            if found.object is not None
        ]
    return sums


def _wholes(draft: Draft, subject: Measure, whole: Subject, owner: str, setting: Setting) -> list[Option]:
    """What the whole may be; a share within a segment may also be one of the company."""
    found = options(whole, owner, replace(draft, amount=None), setting.catalogue)
    within = draft.relation is Relation.SHARE and subject.dimensions
    if not within or whole.dimensions or whole.own_dimensions:
        return found
    return [
        *(replace(option, dimensions=subject.dimensions) for option in found),
        *(replace(option, standing="open") for option in found),
    ]
