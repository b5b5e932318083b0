"""Period expressions -> periods: by the company's calendar, the article's date, what it spoke of before."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tieout.core.article import Published
from tieout.core.calendar import CALENDAR_YEAR, QUARTERS, FiscalCalendar, Part
from tieout.core.period import AnyBalance, Latest, Period, PeriodRef
from tieout.core.period import Span as PeriodSpan
from tieout.read.periods import PeriodMention, Relative
from tieout.read.when import When, distinct, left_open, restated

NEAR = timedelta(days=10)
"""How far from a fiscal quarter's end a date may lie and still mean it ("the quarter ended July 31")."""

SO_FAR: tuple[Part, ...] = ("Q1", "H1", "9M", "FY")
"""What a year is reported as while it goes on."""

NOT_YET = 60
"""Days after a quarter's end within which it may not have been reported."""

SINCE_NOW = "a year before the article"
"""Why a period is one counted back from the day of writing."""

LONGER_SPANS = ("FY", "H1", "9M")
LONGER_PARTS: dict[tuple[Part, Part], Part] = {
    ("FY", "Q4"): "FY",
    ("H1", "Q2"): "H1",
    ("H1", "Q4"): "H2",
    ("9M", "Q3"): "9M",
}
"""What a year, a half or nine months is called by the quarter it ended with."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A company's calendar and the article's date; turns mentions into periods.

    `topic` is what the article speaks of at this point, `pinned` the fiscal year of the last
    explicit label.
    """

    calendar: FiscalCalendar
    published: Published | None
    topic: tuple[When, ...] = ()
    pinned: int | None = None

    def read(self, mention: PeriodMention, *, ahead: bool) -> tuple[When, ...]:
        """The periods a mention may mean, the likeliest first; none where it cannot be told.

        `ahead`: the sentence looks forward (guidance), so a bare "Q4" is the next one.
        """
        if mention.kind == "part":
            return self._part(mention, ahead)
        if mention.kind == "year":
            return self._either("FY", mention.year or 0, ahead, "bare year")
        if mention.kind == "ended":
            return self._ended(mention)
        if mention.kind == "on":
            return self._on(mention)
        return self._relative(mention, ahead)

    def shifted(self, whens: tuple[When, ...], quarters: int, why: str) -> tuple[When, ...]:
        """The same periods `quarters` earlier; irregular ones are dropped."""
        moved: list[When] = []
        for each in whens:
            earlier = self.back(each.period, quarters)
            if earlier is not None:
                moved.append(When(earlier, each.standing, why))
        return tuple(moved)

    def back(self, period: PeriodRef, quarters: int) -> PeriodRef | None:
        """The period so many quarters earlier; None for an irregular one and for any date at all."""
        if isinstance(period, Latest):
            return replace(period, back=period.back + quarters)
        return self.calendar.back(period, quarters) if isinstance(period, Period) else None

    def year_of(self, whens: tuple[When, ...]) -> int | None:
        """The fiscal year of the first concrete period."""
        parts = (self.part_of(when) for when in whens)
        return next((part[0] for part in parts if part is not None), None)

    def part_of(self, when: When) -> tuple[int, Part] | None:
        """The fiscal year and part of a concrete, regular period; None for any other."""
        return self.calendar.part_of(when.period) if isinstance(when.period, Period) else None

    def _part(self, mention: PeriodMention, ahead: bool) -> tuple[When, ...]:
        part, year = mention.part, mention.year
        if year is None:
            return self._bare(part, ahead)
        if mention.basis == "fiscal" or self.calendar == CALENDAR_YEAR:
            return (When(self.calendar.period(year, part), "said", "fiscal label"),)
        if mention.basis == "calendar":
            overlapping = self._overlapping(CALENDAR_YEAR.period(year, part), part)
            return (When(overlapping, "said", "calendar label"),)
        return self._either(part, year, ahead, "label")

    def _either(self, part: Part, year: int, ahead: bool, what: str) -> tuple[When, ...]:
        """A label that may be fiscal or calendar; one that had not ended is dropped where the other had."""
        fiscal = self.calendar.period(year, part)
        by_calendar = self._overlapping(CALENDAR_YEAR.period(year, part), part)
        both = [When(fiscal, "said", f"{what}, read as fiscal")]
        if by_calendar != fiscal:
            both.append(When(by_calendar, "open", f"{what}, read as calendar"))
        if not ahead:
            both = [when for when in both if self._has_ended(when.period)] or both
        return (replace(both[0], standing="said"), *both[1:])

    def _bare(self, part: Part, ahead: bool) -> tuple[When, ...]:
        """A label without a year: the pinned year's, else the latest ended (or, ahead, the next) one."""
        if ahead:
            return self._bare_ahead(part)
        if self.pinned is not None:
            period = self.calendar.period(self.pinned, part)
            if self._has_ended(period):
                return (When(period, "said", "year from the label before"), *self._just_over(period, part))
            year = self.pinned - 1
            while not self._has_ended(self.calendar.period(year, part)):
                year -= 1  # a label of a year far ahead, such as a target's
            earlier = self.calendar.period(year, part)
            return (When(earlier, "said", "year from the label before, as that one had not ended"),)
        if self.published is None:
            return ()
        year = self._latest_ended(part, self.published.last)
        period = self.calendar.period(year, part)
        found = When(period, "said", "latest before publication")
        if (self.published.first - period.end).days > NOT_YET:
            return (found,)
        return found, When(self.calendar.period(year - 1, part), "possible", "perhaps not yet reported")

    def _just_over(self, pinned: Period, part: Part) -> tuple[When, ...]:
        """The same part of a later year, where it ended shortly before the article appeared."""
        if self.published is None:
            return ()
        latest = self.calendar.period(self._latest_ended(part, self.published.last), part)
        fresh = latest.end > pinned.end and (self.published.first - latest.end).days <= NOT_YET
        return (When(latest, "possible", "just over when the article appeared"),) if fresh else ()

    def _bare_ahead(self, part: Part) -> tuple[When, ...]:
        start = self._topic_end()
        if start is None:
            if self.published is None:
                return ()
            start = self.published.first - timedelta(days=1)
        year, _ = self.calendar.containing(start)
        for candidate in (year - 1, year, year + 1, year + 2):
            period = self.calendar.period(candidate, part)
            if period.end > start:
                found = When(period, "said", "the next one after what is reported")
                if part != "FY" or self.published is None:
                    return (found,)
                other, _ = self.calendar.containing(self.published.last)
                if other == candidate:
                    return (found,)
                return found, When(self.calendar.period(other, part), "open", "fiscal year of publication")
        return ()

    def _ended(self, mention: PeriodMention) -> tuple[When, ...]:
        day = self._day(mention)
        quarter = None if day is None else self._quarter_ending_near(day, month_only=mention.day is None)
        if quarter is None:
            return ()
        year, last = quarter
        part = LONGER_PARTS.get((mention.part, last)) if mention.part in LONGER_SPANS else last
        if part is None:
            return ()
        why = "date the period ended"
        if not mention.year:
            why += ", its latest before publication"
        said = When(self.calendar.period(year, part), "said", why)
        if not mention.unsaid:
            return (said,)
        why = "a longer time may have ended on that date"
        longer = (
            self.calendar.period(year, named) for (_, end), named in LONGER_PARTS.items() if end == last
        )
        return (said, *(When(each, "possible", why) for each in longer))

    def _on(self, mention: PeriodMention) -> tuple[When, ...]:
        found = self._on_day(self._day(mention), mention)
        if mention.last and mention.year is None:  # "last August", said in September
            found = (*found, *left_open(self._on_day(self._day(replace(mention, last_year=True)), mention)))
        return found

    def _on_day(self, day: date | None, mention: PeriodMention) -> tuple[When, ...]:
        if day is None:
            return ()
        quarter = self._quarter_ending_near(day, month_only=mention.day is None)
        if quarter is not None:
            return (When(self.calendar.period(*quarter).closing(), "said", "date"),)
        year, number = self.calendar.containing(day)
        earlier = self.calendar.back(self.calendar.period(year, QUARTERS[number - 1]), 1)
        if earlier is None:
            return ()
        return (
            When(earlier.closing(), "open", "last balance before that date"),
            When(Period.instant(day), "open", "date"),
        )

    def _relative(self, mention: PeriodMention, ahead: bool) -> tuple[When, ...]:
        if mention.relative == "latest":
            newest = self._newest("year" if mention.part == "FY" else "quarter")
            # of an older quarter, an article may say that it was the latest one
            return distinct((*newest, *restated(self.topic, "spoken of before", "possible")))
        topic = self._quarters(self.topic) or self._newest("quarter")
        if mention.relative in ("last_year", "this_year", "next_year"):
            return self._years(mention, topic, ahead)
        if mention.relative in ("earlier", "year_end"):
            return (When(AnyBalance(None, self._topic_end()), "open", "an earlier date, not said"),)
        if mention.relative in ("current", "next"):
            return self._following(mention.relative, topic, ahead)
        if mention.relative == "the":
            # Of a year spoken of, it may be the last quarter; or the article's own, whose date nobody knows.
            open_ = self.published is None and topic != self.topic
            return () if open_ else restated(topic, "the quarter spoken of")
        if mention.relative == "prior":
            now = self._newest("quarter") if mention.ago else topic
            return self._before(mention, now or topic, 1, "a quarter before the one spoken of")
        if mention.relative == "year_ago":
            found = self._before(mention, self.topic or topic, 4, "a year before the one spoken of")
            now = self._newest("quarter") if mention.ago and mention.anchor is None else ()
            years = self._whole_years(topic) if mention.whole else ()
            return distinct((*found, *left_open(self.shifted(now, 4, SINCE_NOW)), *years))
        return ()

    def _whole_years(self, topic: tuple[When, ...]) -> tuple[When, ...]:
        """The fiscal year before the one spoken of, and the last one that had ended."""
        why = "the whole of the year before"
        year = self.year_of(topic) or self.pinned
        years = [] if year is None else [year - 1]
        if self.published is not None:
            years.append(self._latest_ended("FY", self.published.last))
        return tuple(When(self.calendar.period(each, "FY"), "possible", why) for each in years)

    def _before(
        self, mention: PeriodMention, spoken: tuple[When, ...], quarters: int, why: str
    ) -> tuple[When, ...]:
        """The period so long before the one spoken of, or before the one told right after it."""
        found = self.shifted(spoken, quarters, why)
        if mention.anchor is None:
            return found
        told = self.shifted(self.read(mention.anchor, ahead=False), quarters, "so long before what follows")
        return (*told, *left_open(found))

    def _following(self, relative: Relative, topic: tuple[When, ...], ahead: bool) -> tuple[When, ...]:
        """The quarter under way or the next one, as seen from the one spoken of."""
        following = self.shifted(topic, -1, "the quarter after the one reported")
        if relative == "next":
            return (*following, *left_open(self.shifted(topic, -2, "the quarter after the current one")))
        return following if ahead else (*topic, *left_open(following))

    def _quarters(self, whens: tuple[When, ...]) -> tuple[When, ...]:
        """The same, longer stretches taken as the quarter they end with."""
        last: dict[Part, Part] = {"H1": "Q2", "9M": "Q3"}
        found: list[When] = []
        for when in whens:
            part = self.part_of(when)
            if part is None or part[1] in QUARTERS:
                found.append(when)
            else:
                quarter = self.calendar.period(part[0], last.get(part[1], "Q4"))
                found.append(replace(when, period=quarter))
        return tuple(found)

    def _years(self, mention: PeriodMention, topic: tuple[When, ...], ahead: bool) -> tuple[When, ...]:
        year = self.year_of(topic) or self.pinned
        spoken = year is not None
        if year is None and self.published is not None:
            year = self._latest_ended("FY", self.published.last)
        if year is None:
            return ()
        parts = [self.part_of(when) for when in self.topic]
        closed = any(part is not None and part[1] in ("Q4", "FY") for part in parts)
        if mention.relative == "next_year":
            return (When(self.calendar.period(year + 1, "FY"), "said", "the year after the one spoken of"),)
        if mention.relative == "this_year":
            under_way = year + 1 if ahead and (closed or not spoken) else year
            whole = When(self.calendar.period(under_way, "FY"), "said", "the year under way")
            return (whole,) if ahead else (*left_open((whole,)), *self._so_far(under_way))
        same = left_open(self.shifted(topic, 4, "the same period last year"))
        found = (When(self.calendar.period(year - 1, "FY"), "open", "the year before"), *same)
        if closed or not spoken:
            return (*found, When(self.calendar.period(year, "FY"), "open", "the year just ended"))
        return found

    def _so_far(self, year: int) -> tuple[When, ...]:
        """What of a year, and of the one after it, may have been reported when the article appeared."""
        return tuple(
            When(self.calendar.period(each, part), "open", "the year so far")
            for each in (year, year + 1)
            for part in SO_FAR
            if self._has_ended(self.calendar.period(each, part))
        )

    def _newest(self, span: PeriodSpan) -> tuple[When, ...]:
        return (When(Latest(span), "said", "latest reported"),) if self.published is not None else ()

    def _day(self, mention: PeriodMention) -> date | None:
        """The day of a mention; without a year, the latest before publication (or in the pinned year)."""
        month = mention.month or 1
        if mention.year is not None:
            return _safe(mention.year, month, mention.day or 28)
        if mention.last_year:
            before = None if self.published is None else self.published.last.year - 1
            return None if before is None else _safe(before, month, mention.day or 28)
        if self.published is not None:
            day = _safe(self.published.last.year, month, mention.day or 28)
            limit = self.published.last + (timedelta(0) if mention.day else timedelta(days=27))
            return day if day <= limit else _safe(self.published.last.year - 1, month, mention.day or 28)
        if self.pinned is not None:
            for year in (self.pinned, self.pinned - 1):
                day = _safe(year, month, mention.day or 28)
                if self.calendar.containing(day)[0] == self.pinned:
                    return day
        return None

    def _quarter_ending_near(self, day: date, *, month_only: bool) -> tuple[int, Part] | None:
        year, number = self.calendar.containing(day)
        around = self.calendar.period(year, QUARTERS[number - 1])
        for period in (around, self.calendar.back(around, 1)):
            if period is None:
                continue
            close = abs(period.end - day) <= NEAR or (month_only and period.end.month == day.month)
            part = self.calendar.part_of(period)
            if close and part is not None:
                return part
        return None

    def _overlapping(self, wanted: Period, part: Part) -> Period:
        """The fiscal period of this part's length that shares most days with a calendar one."""
        best: tuple[int, Period] | None = None
        parts: tuple[Part, ...] = QUARTERS if part in QUARTERS else (part,)
        for year in (wanted.end.year - 1, wanted.end.year, wanted.end.year + 1):
            for each in parts:
                period = self.calendar.period(year, each)
                if period.start is None or wanted.start is None:
                    continue
                shared = (min(period.end, wanted.end) - max(period.start, wanted.start)).days + 1
                if best is None or shared > best[0]:
                    best = (shared, period)
        return best[1] if best else wanted

    def _latest_ended(self, part: Part, day: date) -> int:
        year = day.year + 1 - self.calendar.offset
        while self.calendar.period(year, part).end > day:
            year -= 1
        return year

    def _has_ended(self, ref: PeriodRef) -> bool:
        return not isinstance(ref, Period) or self.published is None or ref.end <= self.published.last

    def _topic_end(self) -> date | None:
        ends = [when.period.end for when in self.topic if isinstance(when.period, Period)]
        return ends[0] if ends else None


def _safe(year: int, month: int, day: int) -> date:
    """The day, or the last one of a month that is shorter."""
    return date(year, month, max(1, min(day, monthrange(year, month)[1])))
