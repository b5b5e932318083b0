"""Drafts, in the article's order -> claims: every reading the words leave open, with its periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.core.article import Published
from tieout.core.claim import Claim, Reading, Relation
from tieout.core.company import Company
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Latest
from tieout.read.draft import APART, Draft
from tieout.read.options import Option, options
from tieout.read.periods import PeriodMention
from tieout.read.possible import possible
from tieout.read.readings import readings
from tieout.read.said import said
from tieout.read.settle import all_ahead, settled
from tieout.read.timeline import Case, Setting, Timeline, Told
from tieout.read.twice import told_twice

MOST_READINGS = 24
MOST_OF_TWO = 96
"""The same where the periods of another company come in."""

NO_PACK = "it is told of a company that has no pack"
NOT_ASKED = "it is told of a company that is not asked for here"


class Resolver:
    """Turns drafts into claims, one company's calendar at a time."""

    def __init__(
        self,
        catalogue: Catalogue,
        companies: Sequence[Company],
        published: Published | None,
        lead: PeriodMention | None,
    ) -> None:
        by_ticker = {company.ticker: company for company in companies}
        calendars = {ticker: company.calendar for ticker, company in by_ticker.items()}
        self.last: tuple[Told, ...] = ()
        self.line = Timeline(published, lead, calendars)
        self.setting = Setting(catalogue, by_ticker, companies[0].ticker, self.line)

    def claims(self, drafts: Sequence[Draft]) -> list[Claim]:
        """The claims of one sentence's drafts, each seeing those before it; going on, also the last one's."""
        before = self.last if drafts and drafts[0].goes_on else ()
        told: list[Told] = []
        for draft in drafts:
            told.append(self._told(draft, (*before, *told)))
        self.last = tuple(told) or self.last
        if told:
            self.line.one_time = len({each.whens for each in told}) == 1
        return told_twice(drafts, [each.claim for each in told])

    def _told(self, draft: Draft, before: Sequence[Told]) -> Told:
        self.line.enter(draft.block, goes_on=draft.goes_on)
        own = draft.period is not None and draft.period.explicit and not draft.period_shared
        told = replace(self._resolved(draft, before), dated=own)
        key = self.setting.key(draft)
        if told.claim.loose == APART and self.line.bound_before(key, draft):
            told = replace(told, claim=replace(told.claim, loose=""))  # "the $14.4 billion figure"
        if told.claim.readings and key is not None:
            self.line.keep(key, draft, told.whens, dated=told.dated)
        elif key is not None and not draft.earlier and draft.amount is not None:
            self.line.lose(key)
        return told

    def _resolved(self, draft: Draft, before: Sequence[Told]) -> Told:
        blank = self._blank(draft)
        subject = draft.subject
        if subject is None or draft.unread or draft.relation is Relation.OPINION:
            return Told(blank, (), draft.earlier)
        if draft.conjecture and draft.scenario is Scenario.ACTUAL and not draft.is_base:
            return Told(replace(blank, relation=Relation.OPINION), (), draft.earlier)
        ticker = self.setting.main if subject.entity is None else subject.entity
        if ticker not in self.setting.companies:
            asked = ticker not in self.setting.catalogue.companies
            return _unread(blank, draft, NO_PACK if asked else NOT_ASKED)
        found = options(subject, ticker, draft, self.setting.catalogue)
        if not found:
            return _unread(blank, draft, "no metric of the company answers to that name")
        return self._read(blank, Case(draft, ticker, before), found)

    def _read(self, blank: Claim, case: Case, found: Sequence[Option]) -> Told:
        draft, first = case.draft, found[0]
        measure = Measure(case.ticker, first.metric.id, first.dimensions, None, draft.scenario)
        outside = Reading((measure,), why=first.why)
        if first.metric.kind == "market":
            return Told(replace(blank, readings=(outside,)), (), draft.earlier)
        whens = settled(case, first.metric, self.setting)
        if draft.scenario is Scenario.ACTUAL and not draft.past and all_ahead(whens, self.line.published):
            case = replace(case, draft=replace(draft, scenario=Scenario.GUIDANCE))
            if any(isinstance(when.period, Latest) for when in whens):
                blank = replace(
                    blank, loose=blank.loose or "what lies ahead is told without a word of guidance"
                )
        most = MOST_OF_TWO if draft.peers else MOST_READINGS
        main = readings(case, found, whens, self.setting)[:most]
        if draft.scenario is Scenario.CONSENSUS:
            return Told(replace(blank, readings=main or (outside,)), whens, draft.earlier)
        if not whens:
            why = "the period is not said, and neither the article nor its date settles it"
            return _unread(blank, draft, why)
        if not main:
            why = "what it is compared with has no period tieout can tell"
            return Told(replace(blank, why_unread=why), whens, draft.earlier)
        others = possible(case, found, whens, main, self.setting)
        return Told(replace(blank, readings=(*main, *others)), whens, draft.earlier)

    def _blank(self, draft: Draft) -> Claim:
        """The claim of a draft before it is read."""
        return Claim(
            draft.relation,
            (),
            said(draft, self.setting.catalogue),
            draft.span,
            draft.number,
            draft.sentence,
            change=draft.change,
            hedge=draft.amount.hedge if draft.amount is not None else None,
            speaker=draft.speaker,
            direction=draft.direction,
            why_unread=draft.unread,
            loose=draft.loose,
            owner_named=draft.owner_named,
            goes_with=draft.goes_with,
        )


def _unread(blank: Claim, draft: Draft, why: str) -> Told:
    return Told(replace(blank, why_unread=why), (), draft.earlier)
