"""What an article has spoken of so far, and what each later claim may lean on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tieout.catalogue import Catalogue
from tieout.core.article import Published
from tieout.core.calendar import QUARTERS, FiscalCalendar
from tieout.core.claim import Claim, Relation
from tieout.core.company import Company
from tieout.core.measure import Dimensions, Scenario
from tieout.core.period import Latest, Period
from tieout.read.aligned import aligned
from tieout.read.clock import Clock
from tieout.read.draft import Draft
from tieout.read.periods import PeriodMention
from tieout.read.when import When, distinct, left_open, restated

MOST_PAST = 10
"""How many of the periods spoken of are kept."""

PASSING = frozenset({"year_ago", "prior", "last_year", "earlier", "next", "year_end", "ttm"})
"""Relative periods that an article names in passing: they do not become what it speaks of."""

Key = tuple[str, str, Dimensions]
"""Company, metric and dimensions: what a claim measures, whenever."""

Whens = tuple[When, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim already made, the periods it may speak of, and whether it is the base of a change.

    `dated`: the words give it a period of its own.
    """

    claim: Claim
    whens: Whens
    is_base: bool = False
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A draft about to become a claim: the company it is told of, and its sentence's claims before it."""

    draft: Draft
    ticker: str
    before: Sequence[Told]


@dataclass(slots=True)
class Timeline:
    """What the article has spoken of so far, company by company.

    `topic` is the last period spoken of, `quarter` the last quarter, `past` the latest ones of any kind,
    `near` those of this paragraph, the latest first.
    `pinned` is the fiscal year of the last explicit label, `pins` the last of each company, `lead` the
    article's first one. `seen` holds the
    levels told, by what they measure and their number; `spoken` the periods of the last ones,
    `lost` the measures whose last number could not be read, `dated` those whose last number the words date;
    `one_time` whether the last sentence told of one time only.
    """

    published: Published | None
    lead: PeriodMention | None
    calendars: Mapping[str, FiscalCalendar]
    topic: dict[str, Whens] = field(default_factory=dict[str, Whens])
    quarter: dict[str, Whens] = field(default_factory=dict[str, Whens])
    past: dict[str, Whens] = field(default_factory=dict[str, Whens])
    near: dict[str, Whens] = field(default_factory=dict[str, Whens])
    pinned: int | None = None
    pins: dict[str, int] = field(default_factory=dict[str, int])
    block: int = -1
    seen: dict[tuple[Key, Decimal], Whens] = field(default_factory=dict[tuple[Key, Decimal], Whens])
    spoken: dict[Key, Whens] = field(default_factory=dict[Key, Whens])
    lost: set[Key] = field(default_factory=set[Key])
    dated: set[Key] = field(default_factory=set[Key])
    one_time: bool = False
    bound: set[tuple[Key, Decimal]] = field(default_factory=set[tuple[Key, Decimal]])

    def clock(self, ticker: str) -> Clock:
        """The company's clock at this point of the article.

        Before any topic, an undated article on one company speaks of the quarter it names first.
        """
        topic, beside = self.topic.get(ticker, ()), self._of_others(ticker)
        if beside and not topic and self.published is not None:
            topic = (When(Latest("quarter"), "open", "latest reported"),)
        if not topic and self.published is None and len(self.calendars) == 1:
            topic = self._led_quarter(ticker)
        return Clock(self.calendars[ticker], self.published, distinct((*topic, *beside)), self.pinned)

    def enter(self, block: int, *, goes_on: bool = False) -> None:
        """Go on to a paragraph: a year told in passing does not outlast the one before.

        `goes_on`: it only goes on with what that one told.
        """
        if block != self.block:
            self.block = block
            if not goes_on:
                self.topic |= self.quarter
                self.near.clear()

    def follow(self, block: int) -> None:
        """Go on to the next item of a list: what one tells of, the next may leave out."""
        if block == self.block + 1:
            self.block = block

    def speak_of(self, mention: PeriodMention, *, lasting: bool, whose: str | None = None) -> None:
        """Take a period told of alone as the topic of what follows: for each company its own, or another's.

        `lasting`: a heading's outlasts the paragraph. `whose`: the one company it is told of.
        """
        if mention.kind not in ("part", "ended"):
            return
        read = {ticker: self.clock(ticker).read(mention, ahead=False) for ticker in self.calendars}
        for ticker, found in read.items():
            if found:
                rest = () if ticker == whose else tuple(other for other in read if other != ticker)
                others = self.beside(ticker, {other: read[other] for other in rest})
                self.set_topic(ticker, distinct((*found, *others)), mention, alone=True)
                self._turn(ticker)
                if lasting:
                    self.quarter[ticker] = self.topic.get(ticker, ())

    def _turn(self, ticker: str) -> None:
        """Forget when the company's measures were told of: a sentence has since turned to another time."""
        self.spoken = {key: whens for key, whens in self.spoken.items() if key[0] != ticker}

    def beside(self, ticker: str, others: Mapping[str, Whens]) -> Whens:
        """This company's periods that overlap those of others."""
        own = self.calendars[ticker]
        return distinct(
            when
            for other, whens in others.items()
            for when in aligned(whens, self.calendars[other], own, self.published)
        )

    def remember(self, mention: PeriodMention) -> None:
        """Keep a period the article names, though it may not become its topic."""
        if not mention.explicit:
            return
        for ticker in self.calendars:
            past = self.past.get(ticker, ())
            known = {when.period for when in past}
            found = self.clock(ticker).read(mention, ahead=False)
            kept = (when for when in found if isinstance(when.period, Period) and when.period not in known)
            self.past[ticker] = (*past, *kept)[:MOST_PAST]
            self.near[ticker] = distinct((*found, *self.near.get(ticker, ())))

    def topic_of(self, ticker: str) -> Whens:
        """What the article speaks of here: the last label; before any, its first; else the latest quarter."""
        found, beside = self.topic.get(ticker, ()), self._of_others(ticker)
        if found:
            return distinct((*restated(found, "period spoken of before"), *beside))
        latest: Whens = ()
        if self.published is not None:
            latest = (
                When(Latest("quarter"), "said", "latest reported"),
                When(Latest("year"), "possible", "latest reported year"),
            )
        led = self._led(ticker)
        if not led and not beside:
            return latest
        weaker = tuple(
            When(when.period, "possible" if when.standing == "possible" else "open", when.why)
            for when in latest
        )
        why = "first period the article names"
        if beside:
            return distinct((*beside, *left_open(led), *weaker))
        if len(self.calendars) > 1:  # whose it is, the article does not say
            return (*restated(led, why, "family"), *weaker)
        return (*restated(led, why), *weaker)

    def _of_others(self, ticker: str) -> Whens:
        """What this company's periods are beside those the article has since spoken of for others."""
        spoken = list(self.topic)
        since = spoken[spoken.index(ticker) + 1 :] if ticker in spoken else spoken
        return self.beside(ticker, {other: self.topic[other] for other in reversed(since)})

    def led_beside(self, ticker: str) -> Whens:
        """This company's periods beside the first period the article names, if that is told of another's."""
        return self.beside(ticker, {other: self._led(other) for other in self.calendars if other != ticker})

    def _led(self, ticker: str) -> Whens:
        """The first period the article names, read without what was spoken of since."""
        if self.lead is None:
            return ()
        return Clock(self.calendars[ticker], self.published).read(self.lead, ahead=False)

    def _led_quarter(self, ticker: str) -> Whens:
        """The same, where it is a quarter: a year named first may be told in passing."""
        clock = Clock(self.calendars[ticker], self.published)
        led = self._led(ticker)
        parts = [clock.part_of(when) for when in led]
        return led if all(part is not None and part[1] in QUARTERS for part in parts) else ()

    def set_topic(
        self, ticker: str, found: Whens, mention: PeriodMention, *, own: bool = True, alone: bool = False
    ) -> None:
        """Take these periods of a mention as what the article now speaks of; passing ones are left aside.

        `own`: the mention is told of this company alone, so its year is one of this company's. `alone`: it is
        told without a number, so a half or nine months are what the numbers behind it are of.
        """
        if mention.kind == "on" or (mention.kind == "relative" and mention.relative in PASSING):
            return
        kept = tuple(when for when in found if isinstance(when.period, Period | Latest))
        if not kept:
            return
        part = self.clock(ticker).part_of(kept[0])
        if part is None or part[1] in QUARTERS:
            self.quarter[ticker] = kept
        if alone or part is None or part[1] in QUARTERS or part[1] == "FY":
            self.topic.pop(ticker, None)  # the last one spoken of stands last
            self.topic[ticker] = kept
        named = {when.period for when in kept}
        others = (when for when in self.past.get(ticker, ()) if when.period not in named)
        self.past[ticker] = (*kept, *others)[:MOST_PAST]
        self.near[ticker] = distinct((*kept, *self.near.get(ticker, ())))
        year = self.clock(ticker).year_of(kept) if mention.explicit and own else None
        if year is not None:
            self.pinned = self.pins[ticker] = year

    def keep(self, key: Key, draft: Draft, whens: Whens, *, dated: bool) -> None:
        """Keep the periods of a level, for what later sentences say of the same number or measure."""
        if draft.amount is None or draft.relation is not Relation.LEVEL or draft.is_base:
            return
        self.seen.setdefault((key, draft.amount.low), whens)
        if not draft.loose:
            self.bound.add((key, draft.amount.low))
        self.lost.discard(key)
        if whens and draft.scenario is Scenario.ACTUAL and not draft.earlier:
            self.spoken[key] = whens
            (self.dated.add if dated else self.dated.discard)(key)

    def lose(self, key: Key) -> None:
        """Forget the periods of a measure a number of which could not be read: the next may go on from it."""
        self.spoken.pop(key, None)
        self.lost.add(key)

    def seen_before(self, key: Key | None, draft: Draft) -> Whens | None:
        """The periods of the very number, where it was told of this measure before; else None."""
        if key is None or draft.amount is None:
            return None
        return self.seen.get((key, draft.amount.low))

    def bound_before(self, key: Key | None, draft: Draft) -> bool:
        """Whether a sentence before bound the very number closely to this measure."""
        return key is not None and draft.amount is not None and (key, draft.amount.low) in self.bound


@dataclass(frozen=True, slots=True)
class Setting:
    """What every step from draft to claim sees: catalogue, companies, the timeline. `main` is a ticker."""

    catalogue: Catalogue
    companies: Mapping[str, Company]
    main: str
    line: Timeline

    def key(self, draft: Draft) -> Key | None:
        """What a draft measures; None where no metric of the company answers, and for a sum of companies'."""
        subject = draft.subject
        if subject is None or not subject.metrics or draft.added:
            return None
        ticker = self.main if subject.entity is None else subject.entity
        own = [m for m in subject.metrics if self.catalogue.metric(m).company in (None, ticker)]
        return (ticker, own[0], subject.dimensions) if own else None
