"""Drafts, in the article's order -> claims: every reading the words leave open, with its periods."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from tieout.catalogue import Catalogue, Metric
from tieout.core.article import Published, Span
from tieout.core.calendar import QUARTERS, FiscalCalendar
from tieout.core.claim import Claim, Reading, Relation, Said, Standing
from tieout.core.company import Company
from tieout.core.interval import Interval
from tieout.core.measure import Dimensions, Measure, Scenario
from tieout.core.period import AnyBalance, Latest, Period, PeriodRef
from tieout.read.draft import Draft, Subject
from tieout.read.periods import PeriodMention
from tieout.read.when import Clock, When

Option = tuple[str, Dimensions, Standing, tuple[str, ...]]
"""A metric, its dimensions, how that choice stands, and why."""

MOST_READINGS = 24
MOST_POSSIBLE = 160
MOST_PAST = 10
PLAIN = frozenset({"GAAP", "non-GAAP", "basic", "diluted", "plain"})


@dataclass
class Timeline:
    """What the article has spoken of so far: its topic's periods, the pinned year, earlier claims."""

    published: Published | None
    topic: dict[str, tuple[When, ...]] = field(default_factory=dict[str, tuple[When, ...]])
    pinned: int | None = None
    quarter: dict[str, tuple[When, ...]] = field(default_factory=dict[str, tuple[When, ...]])
    block: int = -1
    lead: PeriodMention | None = None
    past: dict[str, tuple[When, ...]] = field(default_factory=dict[str, tuple[When, ...]])
    seen: dict[tuple[str, str, Dimensions, Decimal], int] = field(
        default_factory=dict[tuple[str, str, Dimensions, Decimal], int]
    )
    spoken: dict[tuple[str, str, Dimensions], tuple[When, ...]] = field(
        default_factory=dict[tuple[str, str, Dimensions], tuple[When, ...]]
    )
    claims: list[Claim] = field(default_factory=list[Claim])
    whens: list[tuple[When, ...]] = field(default_factory=list[tuple[When, ...]])
    bases: list[bool] = field(default_factory=list[bool])


class Resolver:
    """Turns drafts into claims, one company's calendar at a time."""

    def __init__(
        self,
        catalogue: Catalogue,
        companies: tuple[Company, ...],
        published: Published | None,
        lead: PeriodMention | None,
    ) -> None:
        self.catalogue = catalogue
        self.companies = {company.ticker: company for company in companies}
        self.main = companies[0]
        self.line = Timeline(published, lead=lead)

    def speak_of(self, mention: PeriodMention) -> None:
        """Take a heading's period as the topic of what follows."""
        for ticker in self.companies:
            found = self._clock(ticker).read(mention, ahead=False)
            if found and mention.kind in ("part", "ended"):
                self._set_topic(ticker, found, mention)

    def remember(self, mention: PeriodMention) -> None:
        """Keep a period the article names, though it may not become its topic."""
        for ticker in self.companies:
            found = self._clock(ticker).read(mention, ahead=False) if mention.explicit else ()
            kept = tuple(
                w
                for w in found
                if isinstance(w[0], Period) and w[0] not in {p[0] for p in self.line.past.get(ticker, ())}
            )
            self.line.past[ticker] = (*self.line.past.get(ticker, ()), *kept)[:MOST_PAST]

    def claim(self, draft: Draft, before: list[int]) -> Claim:
        """The claim of a draft. `before`: positions of the sentence's earlier claims, for "from X to Y"."""
        position = len(self.line.claims)
        if draft.block != self.line.block:
            self.line.block = draft.block
            self.line.topic |= self.line.quarter  # a year told in passing does not outlast its paragraph
        made, whens = self._claim(draft, before)
        if made.loose and self._repeated(draft):
            made = replace(made, loose="")
        self.line.claims.append(made)
        self.line.whens.append(whens)
        self.line.bases.append(draft.is_base)
        if made.readings and draft.amount is not None and draft.subject is not None:
            key = self._key(draft)
            if key is not None and draft.relation is Relation.LEVEL and not draft.is_base:
                self.line.seen.setdefault((*key, draft.amount.low), position)
                if whens and draft.scenario is Scenario.ACTUAL:
                    self.line.spoken[key] = whens
        return made

    def _repeated(self, draft: Draft) -> bool:
        """Whether the very number was told of this measure before: "the $14.4 billion figure"."""
        key = self._key(draft)
        return key is not None and draft.amount is not None and (*key, draft.amount.low) in self.line.seen

    # One claim ---------------------------------------------------------------------------------

    def _claim(self, draft: Draft, before: list[int]) -> tuple[Claim, tuple[When, ...]]:
        said = self._said(draft)
        hedge = draft.amount.hedge if draft.amount is not None else None
        blank = Claim(
            draft.relation,
            (),
            said,
            draft.span,
            draft.number,
            draft.sentence,
            draft.change,
            hedge,
            draft.speaker,
            draft.direction,
            draft.unread,
            draft.loose,
            draft.goes_with,
        )
        subject = draft.subject
        if draft.relation is Relation.OPINION:
            return blank, ()
        if draft.unread or subject is None:
            return blank, ()
        if draft.conjecture and draft.scenario is Scenario.ACTUAL and not draft.is_base:
            return replace(blank, relation=Relation.OPINION), ()
        ticker = self.main.ticker if subject.entity is None else subject.entity
        if ticker not in self.companies:
            return replace(blank, why_unread="it is told of a company without a pack"), ()
        options = self._options(subject, ticker, draft)
        if not options:
            return replace(blank, why_unread="no metric of the company answers to that name"), ()
        first = self.catalogue.metric(options[0][0])
        outside = Reading((Measure(ticker, first.id, options[0][1], None, draft.scenario),), why=subject.why)
        if first.kind == "market":
            return replace(blank, readings=(outside,)), ()
        whens = self._when(draft, ticker, first, before)
        if draft.scenario is Scenario.ACTUAL and not draft.past and self._all_ahead(whens):
            draft = replace(draft, scenario=Scenario.GUIDANCE)
        if draft.scenario is Scenario.CONSENSUS:
            found = self._readings(draft, ticker, options, whens, before) if whens else ()
            return replace(blank, readings=found[:MOST_READINGS] or (outside,)), whens
        if not whens:
            return replace(
                blank, why_unread="the period is not said, and neither the article nor its date settles it"
            ), ()
        readings = self._readings(draft, ticker, options, whens, before)
        if not readings:
            return replace(blank, why_unread="what it is compared with has no period tieout can tell"), whens
        main = readings[:MOST_READINGS]
        return replace(
            blank, readings=(*main, *self._possible(draft, ticker, options, whens, before, main))
        ), whens

    def _said(self, draft: Draft) -> Said | None:
        amount = draft.amount
        if amount is None:
            return None
        interval, low, high = amount.interval, amount.low, amount.high
        unit = amount.unit or "count"
        if amount.as_verb:
            one = Interval.point(Decimal(1))
            if interval.high is not None:  # "doubled" is said of anything short of two and a half times
                interval = Interval(interval.low, max(interval.high, low + Decimal("0.5")))
            interval, low, unit = interval - one, low - 1, "ratio"
        if draft.negative and amount.sign == 0:
            interval, low, high = -interval, -low, None if high is None else -high
            if high is not None:
                low, high = high, low
        if (
            draft.subject is not None
            and amount.hedge == "up to"
            and any(self.catalogue.metric(m).kind == "specification" for m in draft.subject.metrics)
        ):
            interval = Interval.around(low, amount.step / 2)
        if (
            draft.subject is not None
            and unit == "USD"
            and not amount.scaled
            and draft.subject.metrics
            and all(self.catalogue.metric(m).unit == "USD/share" for m in draft.subject.metrics)
        ):
            unit = "USD/share"
        return Said(interval, low, unit, high, amount.figures)

    # Metrics and dimensions --------------------------------------------------------------------

    def _options(self, subject: Subject, ticker: str, draft: Draft) -> list[Option]:
        """Every metric the name may mean, and every segment, with its standing."""
        options: list[Option] = []
        for place, (metrics, dimensions) in enumerate(
            ((subject.metrics, subject.dimensions), *subject.others)
        ):
            needs = subject.needs if metrics == subject.metrics else metrics
            fitting = self._fitting(metrics, subject.tags, dimensions, ticker, draft)
            if not fitting and metrics and subject.tags & PLAIN:  # "GAAP EPS was $1.58 and non-GAAP $2.15"
                fitting = self._fitting(
                    self.catalogue.family_of(metrics[0]), subject.tags, dimensions, ticker, draft
                )[:1]
                needs = tuple(fitting)
            for metric in fitting:
                standing: Standing = (
                    "family" if metric not in needs else "said" if place == 0 and not options else "open"
                )
                if draft.scenario is Scenario.GUIDANCE and options and place == 0:
                    standing = "family"  # companies guide the usual member of a family, seldom the others
                if place:
                    standing = "family" if metric not in needs else "open"
                options.append((metric, dimensions, standing, subject.why))
        return options

    def _fitting(
        self,
        metrics: tuple[str, ...],
        tags: frozenset[str],
        dimensions: Dimensions,
        ticker: str,
        draft: Draft,
    ) -> list[str]:
        found: list[Metric] = []
        for key in metrics:
            metric = self.catalogue.metric(key)
            if metric.company not in (None, ticker):
                continue
            if "GAAP" in tags and "non-GAAP" not in tags and "non-GAAP" in metric.tags:
                continue
            if "non-GAAP" in tags and metric.tags & {"GAAP", "plain"}:
                continue
            if ("basic" in tags and "diluted" in metric.tags) or (
                "diluted" in tags and "basic" in metric.tags
            ):
                continue
            if dimensions and "non-GAAP" in metric.tags and not metric.default_dimensions:
                continue
            found.append(metric)
        amount = draft.amount
        if amount is not None and draft.relation in (Relation.LEVEL, Relation.COUNT):
            unit = (
                "USD/share"
                if amount.kind == "money" and not amount.scaled
                else {"money": "USD", "percent": "ratio", "multiple": "x"}.get(amount.kind, "")
            )
            exact = [m for m in found if m.unit == unit]
            if amount.kind in ("money", "percent", "multiple"):
                found = exact if exact or amount.scaled or amount.kind != "money" else found
        return [m.id for m in found]

    # Periods -----------------------------------------------------------------------------------

    def _when(self, draft: Draft, ticker: str, metric: Metric, before: list[int]) -> tuple[When, ...]:
        """The periods the claim may speak of."""
        clock = self._clock(ticker)
        ahead = draft.scenario is Scenario.GUIDANCE or draft.forecast
        if metric.kind == "specification":
            return ((AnyBalance(None, None), "said", "a product's property"),)
        if (
            metric.kind == "statement"
            and draft.period is not None
            and draft.period.kind == "on"
            and draft.period.year
            and draft.period.month
        ):
            return ((self._around(draft.period.year, draft.period.month), "said", "date of the statement"),)
        if metric.kind == "statement":
            return (
                (
                    AnyBalance(None, self.line.published.last if self.line.published else None),
                    "said",
                    "a statement",
                ),
            )
        if draft.is_base:
            return self._base_when(draft, ticker, metric, before)
        if draft.period is not None:
            mention = draft.period
            if not (mention.kind == "on" and metric.kind == "flow"):
                found = clock.read(mention, ahead=ahead)
                if found:
                    if (
                        not ahead
                        and not draft.is_base
                        and draft.scenario is Scenario.ACTUAL
                        and draft.sets_topic
                    ):
                        self._set_topic(ticker, found, mention)
                    found = self._closing(found, metric)
                    if mention.kind == "on" and metric.kind == "flow":
                        found = ()
                    return found
                if mention.kind == "relative" and mention.relative in ("ttm", "latest", "current", "next"):
                    return ()
                if mention.explicit or mention.kind in ("ended", "on"):
                    return ()
        key = self._key(draft)
        if key is not None and draft.amount is not None:
            earlier = self.line.seen.get((*key, draft.amount.low))
            if earlier is not None and draft.relation is Relation.LEVEL:
                return self.line.whens[earlier]
        if draft.relation not in (Relation.LEVEL, Relation.COUNT):
            for position in reversed(before):
                if (
                    self._bound(self.line.whens[position])
                    and not self.line.bases[position]
                    and self._same_subject(self.line.claims[position], draft)
                ):
                    return self.line.whens[position]
            if key is not None and self._bound(self.line.spoken.get(key, ())):
                return self.line.spoken[key]
            if metric.kind == "balance" and not ahead and draft.relation is not Relation.SHARE:
                return self._closing(self._topic(ticker), metric)
        if metric.kind == "balance" and not ahead:
            for position in reversed(before):
                if (
                    self.line.whens[position]
                    and self.line.claims[position].relation is not Relation.LEVEL
                    and self._same_subject(self.line.claims[position], draft)
                ):
                    return self.line.whens[position]
            return self._undated_balance(draft, key)
        if ahead:
            return self._undated_ahead(clock, ticker)
        return self._topic(ticker)

    def _base_when(self, draft: Draft, ticker: str, metric: Metric, before: list[int]) -> tuple[When, ...]:
        """The period of a "from" number: its own, else a year or a quarter before what it leads to."""
        clock = self._clock(ticker)
        if draft.period is not None:
            found = clock.read(draft.period, ahead=False)
            if found:
                return self._closing(found, metric)
        if draft.scenario is Scenario.GUIDANCE:
            for position in reversed(before):
                if self.line.whens[position]:
                    return self.line.whens[position]
            return self._undated_ahead(clock, ticker)
        subject: tuple[When, ...] = ()
        guided = False
        for position in reversed(before):
            claim = self.line.claims[position]
            if self.line.whens[position]:
                subject = self.line.whens[position]
                guided = any(
                    m.scenario is Scenario.GUIDANCE
                    for r in claim.readings
                    if r.standing != "possible"
                    for m in r.subjects
                )
                if (
                    claim.relation is Relation.CHANGE
                    and claim.readings
                    and claim.readings[0].object is not None
                ):
                    told = claim.readings[0].object.period
                    if isinstance(told, Period | Latest):
                        return self._closing(((told, "said", "the base of the change before it"),), metric)
                break
        if guided:
            now = self._topic(ticker)
            latest: tuple[When, ...] = (
                ((Latest("year"), "open", "latest reported year"),) if self.line.published else ()
            )
            return self._closing(_ranked((*now, *latest), "now, as the number before it lies ahead"), metric)
        subject = subject or self._topic(ticker)
        subject = tuple(w for w in subject if isinstance(w[0], Period | Latest))
        year = clock.shifted(subject, 4, "a year before")
        quarter = clock.shifted(subject, 1, "a quarter before")
        found = self._closing(_ranked((*year, *quarter)), metric)
        if metric.kind == "balance":
            return (*found, (AnyBalance(None, None), "open", "an earlier date, not said"))
        return found

    def _undated_balance(self, draft: Draft, key: tuple[str, str, Dimensions] | None) -> tuple[When, ...]:
        if key is not None and key in self.line.spoken and draft.relation is not Relation.LEVEL:
            return self.line.spoken[key]
        published = self.line.published
        if published is None:
            return ((AnyBalance(None, None), "said", "undated balance"),)
        last = published.last
        first = date(published.first.year - 1, published.first.month, min(published.first.day, 28))
        return (
            (AnyBalance(first, last), "said", "undated balance: any date in the year before publication"),
        )

    def _undated_ahead(self, clock: Clock, ticker: str) -> tuple[When, ...]:
        """Guidance without a period: the next quarter or the year under way."""
        topic = clock.topic or self._topic(ticker)
        following = clock.shifted(topic, -1, "the quarter after the one reported")
        mention = PeriodMention(Span(0, 0), "part", "FY", None)
        years = clock.read(mention, ahead=True)
        return (*((r, "open", w) for r, _, w in years), *((r, "open", w) for r, _, w in following))  # type: ignore[return-value]  # literals

    def _topic(self, ticker: str) -> tuple[When, ...]:
        """What the article speaks of here: the last label; before any, its first; else the latest quarter."""
        found = self.line.topic.get(ticker, ())
        if found:
            return tuple((r, s, "period spoken of before") for r, s, _ in found)
        latest: tuple[When, ...] = ()
        if self.line.published is not None:
            latest = (
                (Latest("quarter"), "said", "latest reported"),
                (Latest("year"), "possible", "latest reported year"),
            )
        if self.line.lead is not None:
            led = Clock(self._calendar(ticker), self.line.published).read(self.line.lead, ahead=False)
            if led:
                return (
                    *((r, s, "first period the article names") for r, s, _ in led),
                    *(
                        (r, "open" if isinstance(r, Latest) and r.span == "quarter" else "possible", w)
                        for r, _, w in latest
                    ),
                )  # type: ignore[return-value]  # literals
        return latest

    def _set_topic(self, ticker: str, found: tuple[When, ...], mention: PeriodMention) -> None:
        if mention.kind in ("on",) or (
            mention.kind == "relative"
            and mention.relative in ("year_ago", "prior", "last_year", "earlier", "next", "year_end", "ttm")
        ):
            return
        kept = tuple((r, s, w) for r, s, w in found if isinstance(r, Period | Latest))
        if not kept:
            return
        first = kept[0][0]
        part = self._calendar(ticker).part_of(first) if isinstance(first, Period) else None
        if part is None or part[1] in QUARTERS:
            self.line.quarter[ticker] = kept
        if part is None or part[1] in QUARTERS or part[1] == "FY":
            self.line.topic[ticker] = kept
        self.line.past[ticker] = (
            *kept,
            *(w for w in self.line.past.get(ticker, ()) if w[0] not in {k[0] for k in kept}),
        )[:MOST_PAST]
        if mention.explicit:
            self.line.pinned = self._clock(ticker).year_of(kept) or self.line.pinned

    def _closing(self, whens: tuple[When, ...], metric: Metric) -> tuple[When, ...]:
        """The same, as balance dates where the metric is a balance; as flows where it is one."""
        if metric.kind == "balance":
            return tuple(
                (
                    r.closing()
                    if isinstance(r, Period)
                    else replace(r, span="instant")
                    if isinstance(r, Latest) and r.span == "quarter"
                    else r,
                    s,
                    w,
                )
                for r, s, w in whens
            )
        return tuple(
            (r, s, w)
            for r, s, w in whens
            if not (isinstance(r, Period) and r.is_instant) and not isinstance(r, AnyBalance)
        )

    # Readings ----------------------------------------------------------------------------------

    def _readings(
        self, draft: Draft, ticker: str, options: list[Option], whens: tuple[When, ...], before: list[int]
    ) -> tuple[Reading, ...]:
        readings: list[Reading] = []
        for metric_id, dimensions, choice, why in options:
            metric = self.catalogue.metric(metric_id)
            scenario = (
                metric.scenario
                if metric.scenario is not Scenario.ACTUAL or metric.kind == "statement"
                else draft.scenario
            )
            for ref, stands, how in whens:
                period = self._shape(ref, metric)
                if period is None:
                    continue
                subject = Measure(ticker, metric_id, dimensions, period, scenario)
                standing = _weaker(choice, stands)
                issued = (
                    "" if scenario is not Scenario.GUIDANCE else "previous" if draft.is_base else "latest"
                )
                reading = Reading((subject,), None, standing, issued, (*why, how))  # type: ignore[arg-type]  # literals
                readings.extend(self._with_object(draft, ticker, reading, metric, before))
        order = {"said": 0, "open": 1, "family": 2, "possible": 3}
        unique: dict[tuple[tuple[Measure, ...], Measure | None], Reading] = {}
        for reading in sorted(readings, key=lambda r: order[r.standing]):
            unique.setdefault((reading.subjects, reading.object), reading)
        return tuple(unique.values())

    def _possible(
        self,
        draft: Draft,
        ticker: str,
        options: list[Option],
        whens: tuple[When, ...],
        before: list[int],
        main: tuple[Reading, ...],
    ) -> tuple[Reading, ...]:
        """The readings that cannot be ruled out: other measures, periods, bases and scenarios the sentence names."""
        clock = self._clock(ticker)
        rivals: list[Option] = [(m, d, s, ()) for m, d, s, _ in options]
        subject = draft.subject
        for metrics, dimensions in draft.rivals:
            for metric in self._fitting(metrics, frozenset(), dimensions, ticker, draft):
                rivals.append((metric, dimensions, "possible", ()))
        if subject is not None and subject.tags & PLAIN:
            rivals += [
                (m, subject.dimensions, "possible", ())
                for m in self._fitting(subject.metrics, frozenset(), subject.dimensions, ticker, draft)
            ]
        others = [
            w for p in draft.rival_periods for ahead in (False, True) for w in clock.read(p, ahead=ahead)
        ]
        past = self.line.past.get(ticker, ())
        if draft.period is not None and draft.period.kind == "relative" and draft.period.part == "Q1":
            past = tuple(w for w in past if self._is_quarter(ticker, w[0]))  # "the quarter" is no year
        if (
            draft.period is None
            or draft.period_shared
            or (
                draft.period.kind == "relative"
                and draft.period.relative not in ("latest", "ttm", "next", "current")
            )
        ):
            others += past
            if self.line.published is not None:
                others += [(Latest("quarter"), "possible", "")]
                others += (
                    [(Latest("year"), "possible", "")]
                    if draft.period is None or draft.period.part == "FY"
                    else []
                )
            if self.line.lead is not None:
                others += clock.read(self.line.lead, ahead=False)
        elif draft.period.kind == "part" and draft.period.year is None:
            parts = [self._calendar(ticker).part_of(r) for r, _, _ in past if isinstance(r, Period)]
            years = {part[0] for part in parts if part is not None and part[1] in QUARTERS}
            others += [
                (self._calendar(ticker).period(y, draft.period.part), "possible", "") for y in sorted(years)
            ]
        every = tuple((r, "possible", "named beside it") for r, _, _ in (*whens, *others))
        drafts = [draft]
        if draft.change is not None and draft.base not in ("from",):
            drafts = (
                [replace(draft, base="yoy"), replace(draft, base="qoq")]
                if draft.base in ("assumed", "period") or not draft.firm
                else [draft]
            )
        if draft.rival_scenario and draft.scenario in (Scenario.ACTUAL, Scenario.GUIDANCE):
            flipped = Scenario.GUIDANCE if draft.scenario is Scenario.ACTUAL else Scenario.ACTUAL
            drafts += [replace(d, scenario=flipped) for d in drafts]
            every += tuple((r, "possible", "guided") for r, _, _ in self._undated_ahead(clock, ticker))
            drafts += [
                replace(d, scenario=Scenario.GUIDANCE, is_base=True)
                for d in drafts
                if d.is_base or draft.scenario is Scenario.GUIDANCE
            ]
        found: dict[tuple[tuple[Measure, ...], Measure | None, str], Reading] = {}
        known = {(r.subjects, r.object, r.issued) for r in main}
        for each in drafts:
            for reading in self._readings(each, ticker, rivals, every, before):  # type: ignore[arg-type]  # standings are literals
                key = (reading.subjects, reading.object, reading.issued)
                if key not in known:
                    found.setdefault(key, replace(reading, standing="possible"))
        return tuple(found.values())[:MOST_POSSIBLE]

    def _with_object(
        self, draft: Draft, ticker: str, reading: Reading, metric: Metric, before: list[int]
    ) -> list[Reading]:
        subject = reading.subjects[0]
        if draft.relation in (Relation.SHARE, Relation.COMPARISON):
            return self._with_whole(draft, ticker, reading)
        if draft.change is None and draft.relation not in (Relation.DIRECTION, Relation.SPAN):
            return [reading]
        period = subject.period
        if period is None:
            return []
        clock = self._clock(ticker)
        whens: tuple[When, ...] = ((period, "said", ""),)
        scenario = (
            Scenario.ACTUAL
            if subject.scenario in (Scenario.GUIDANCE, Scenario.CONSENSUS)
            else subject.scenario
        )
        bases: list[tuple[PeriodRef, Standing]] = []
        if draft.base == "yoy":
            bases = [(r, "said") for r, _, _ in clock.shifted(whens, 4, "")]
        elif draft.base == "qoq":
            bases = [(r, "said") for r, _, _ in clock.shifted(whens, 1, "")]
        elif draft.base == "period" and draft.base_period is not None:
            found = self._closing(clock.read(draft.base_period, ahead=False), metric)
            bases = [(r, s) for r, s, _ in found]
        elif draft.base == "from" and draft.from_draft is not None:
            return self._from(draft, reading, before)
        else:
            second: Standing = (
                "open" if metric.kind == "balance" or draft.relation is Relation.DIRECTION else "possible"
            )
            bases = [(r, "said") for r, _, _ in clock.shifted(whens, 4, "")]
            bases += [(r, second) for r, _, _ in clock.shifted(whens, 1, "")]
        return [
            replace(
                reading,
                object=replace(subject, period=r, scenario=scenario),
                standing=_weaker(reading.standing, s),
            )
            for r, s in bases
        ]

    def _from(self, draft: Draft, reading: Reading, before: list[int]) -> list[Reading]:
        if draft.from_draft is None or draft.from_draft >= len(before):
            return []
        base = self.line.claims[before[draft.from_draft]]
        found = [
            replace(reading, object=r.subjects[0], standing=_weaker(reading.standing, r.standing))
            for r in base.readings
            if r.subjects[0].metric == reading.subjects[0].metric
        ]
        return found

    def _with_whole(self, draft: Draft, ticker: str, reading: Reading) -> list[Reading]:
        whole = draft.whole
        if whole is None:
            return []
        subject = reading.subjects[0]
        owner = ticker if whole.entity is None else whole.entity
        if owner not in self.companies:
            return []
        found: list[Reading] = []
        clock = self._clock(owner)
        wholes = self._options(whole, owner, replace(draft, amount=None))
        if (
            draft.relation is Relation.SHARE
            and subject.dimensions
            and not whole.dimensions
            and not whole.own_dimensions
        ):
            wholes = [
                *((m, subject.dimensions, s, w) for m, _, s, w in wholes),
                *((m, d, "open", w) for m, d, _, w in wholes),
            ]
        for metric_id, dimensions, choice, why in wholes:
            metric = self.catalogue.metric(metric_id)
            whens: tuple[When, ...] = (
                ((subject.period, "said", "same period"),) if subject.period is not None else ()
            )
            if draft.whole_period is not None:
                whens = clock.read(draft.whole_period, ahead=draft.whole_scenario is Scenario.GUIDANCE)
            for ref, stands, how in self._closing(whens, metric):
                other = Measure(owner, metric_id, dimensions, ref, draft.whole_scenario)
                if other != subject:
                    found.append(
                        replace(
                            reading,
                            object=other,
                            standing=_weaker(_weaker(reading.standing, choice), stands),
                            why=(*reading.why, *why, how),
                        )
                    )
        return found

    def _shape(self, ref: PeriodRef, metric: Metric) -> PeriodRef | None:
        """The period as this metric needs it: instants for balances, stretches for flows."""
        closed = (
            self._closing(((ref, "said", ""),), metric)
            if metric.kind in ("flow", "balance")
            else ((ref, "said", ""),)
        )
        return closed[0][0] if closed else None

    # Small things ------------------------------------------------------------------------------

    def _clock(self, ticker: str) -> Clock:
        return Clock(
            self._calendar(ticker), self.line.published, self.line.topic.get(ticker, ()), self.line.pinned
        )

    def _calendar(self, ticker: str) -> FiscalCalendar:
        return self.companies[ticker].calendar

    def _is_quarter(self, ticker: str, ref: PeriodRef) -> bool:
        part = self._calendar(ticker).part_of(ref) if isinstance(ref, Period) else None
        return part is None or part[1] in QUARTERS

    def _bound(self, whens: tuple[When, ...]) -> bool:
        """Whether these name periods, and not any date at all."""
        return bool(whens) and not any(isinstance(r, AnyBalance) for r, _, _ in whens)

    def _all_ahead(self, whens: tuple[When, ...]) -> bool:
        """Whether no period of these had ended when the article appeared."""
        published = self.line.published
        return published is not None and all(
            isinstance(r, Period) and r.end > published.last for r, _, _ in whens
        )

    def _around(self, year: int, month: int) -> AnyBalance:
        told = Published.month(year, month)
        return AnyBalance(told.first, told.last)

    def _key(self, draft: Draft) -> tuple[str, str, Dimensions] | None:
        subject = draft.subject
        if subject is None or not subject.metrics:
            return None
        ticker = self.main.ticker if subject.entity is None else subject.entity
        own = [m for m in subject.metrics if self.catalogue.metric(m).company in (None, ticker)]
        return (ticker, own[0], subject.dimensions) if own else None

    def _same_subject(self, claim: Claim, draft: Draft) -> bool:
        """Whether an earlier claim of the sentence measures what this draft does."""
        subject = draft.subject
        return subject is not None and any(
            r.subjects[0].metric in subject.metrics and r.subjects[0].dimensions == subject.dimensions
            for r in claim.readings
        )


def _ranked(whens: tuple[When, ...], why: str = "") -> tuple[When, ...]:
    """The first as said, the others as left open."""
    return tuple(
        (ref, "said" if place == 0 else "open", why or told) for place, (ref, _, told) in enumerate(whens)
    )


def _weaker(one: Standing, other: Standing) -> Standing:
    order: tuple[Standing, ...] = ("said", "open", "family", "possible")
    return order[max(order.index(one), order.index(other))]
