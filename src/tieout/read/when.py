"""Period expressions -> periods: by the company's calendar, the article's date and what it spoke of before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from tieout.core.article import Published
from tieout.core.calendar import CALENDAR_YEAR, QUARTERS, FiscalCalendar, Part
from tieout.core.claim import Standing
from tieout.core.period import AnyBalance, Latest, Period, PeriodRef
from tieout.core.period import Span as PeriodSpan
from tieout.read.periods import PeriodMention

When = tuple[PeriodRef, Standing, str]
"""A period, how its reading stands, and what it was read from."""

NEAR = timedelta(days=10)
"""How far from a fiscal quarter's end a date may lie and still mean it ("the quarter ended July 31")."""


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
            found = self._part(mention, ahead)
        elif mention.kind == "year":
            found = self._either("FY", mention.year or 0, ahead, "bare year")
        elif mention.kind == "ended":
            found = self._ended(mention)
        elif mention.kind == "on":
            found = self._on(mention)
        else:
            found = self._relative(mention, ahead)
        return found

    def shifted(self, when: tuple[When, ...], quarters: int, why: str) -> tuple[When, ...]:
        """The same periods `quarters` earlier; irregular ones are dropped."""
        moved: list[When] = []
        for ref, standing, _ in when:
            if isinstance(ref, Latest):
                moved.append((replace(ref, back=ref.back + quarters), standing, why))
            elif isinstance(ref, Period):
                earlier = self.calendar.back(ref, quarters)
                if earlier is not None:
                    moved.append((earlier, standing, why))
        return tuple(moved)

    def year_of(self, when: tuple[When, ...]) -> int | None:
        """The fiscal year of the first concrete period."""
        for ref, _, _ in when:
            if isinstance(ref, Period):
                part = self.calendar.part_of(ref)
                if part is not None:
                    return part[0]
        return None

    def _part(self, mention: PeriodMention, ahead: bool) -> tuple[When, ...]:
        part, year = mention.part, mention.year
        if year is None:
            return self._bare(part, ahead)
        if mention.basis == "fiscal" or self.calendar == CALENDAR_YEAR:
            return ((self.calendar.period(year, part), "said", "fiscal label"),)
        if mention.basis == "calendar":
            return ((self._overlapping(CALENDAR_YEAR.period(year, part), part), "said", "calendar label"),)
        return self._either(part, year, ahead, "label")

    def _either(self, part: Part, year: int, ahead: bool, what: str) -> tuple[When, ...]:
        """A label that may be fiscal or calendar; a reading that had not ended is dropped where another had."""
        fiscal = self.calendar.period(year, part)
        by_calendar = self._overlapping(CALENDAR_YEAR.period(year, part), part)
        both: list[When] = [(fiscal, "said", f"{what}, read as fiscal")]
        if by_calendar != fiscal:
            both.append((by_calendar, "open", f"{what}, read as calendar"))
        if self.published is not None and not ahead:
            ended = [when for when in both if self._has_ended(when[0])]
            both = ended or both
        if both:
            both[0] = (both[0][0], "said", both[0][2])
        return tuple(both)

    def _bare(self, part: Part, ahead: bool) -> tuple[When, ...]:
        """A label without a year: the pinned year's, else the latest ended (or, ahead, the next) one."""
        if ahead:
            return self._bare_ahead(part)
        if self.pinned is not None:
            period = self.calendar.period(self.pinned, part)
            if self.published is None or self._has_ended(period):
                return ((period, "said", "year from the label before"),)
            return (
                (
                    self.calendar.period(self.pinned - 1, part),
                    "said",
                    "year from the label before, as that one had not ended",
                ),
            )
        if self.published is None:
            return ()
        year = self._latest_ended(part, self.published.last)
        period = self.calendar.period(year, part)
        found: list[When] = [(period, "said", "latest before publication")]
        if (self.published.first - period.end).days <= 60:
            found.append((self.calendar.period(year - 1, part), "possible", "perhaps not yet reported"))
        return tuple(found)

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
                found: list[When] = [(period, "said", "the next one after what is reported")]
                if part == "FY" and self.published is not None:
                    other, _ = self.calendar.containing(self.published.last)
                    if other != candidate:
                        found.append(
                            (self.calendar.period(other, part), "open", "fiscal year of publication")
                        )
                return tuple(found)
        return ()

    def _ended(self, mention: PeriodMention) -> tuple[When, ...]:
        day = self._day(mention)
        if day is None:
            return ()
        quarter = self._quarter_ending_near(day, month_only=mention.day is None)
        if quarter is None:
            return ()
        year, part = quarter
        if mention.part == "FY":
            if part != "Q4":
                return ()
            part = "FY"
        elif mention.part in ("H1", "9M"):
            wanted = {"Q2": "H1", "Q3": "9M"}.get(part)
            if wanted != mention.part and not (mention.part == "H1" and part == "Q4"):
                return ()
            part = "H2" if part == "Q4" else mention.part
        why = (
            "date the period ended"
            if mention.year
            else "date the period ended, its latest before publication"
        )
        return ((self.calendar.period(year, part), "said", why),)

    def _on(self, mention: PeriodMention) -> tuple[When, ...]:
        day = self._day(mention)
        if day is None:
            return ()
        quarter = self._quarter_ending_near(day, month_only=mention.day is None)
        if quarter is not None:
            return ((self.calendar.period(*quarter).closing(), "said", "date"),)
        year, number = self.calendar.containing(day)
        earlier = self.calendar.back(self.calendar.period(year, QUARTERS[number - 1]), 1)
        if earlier is None:
            return ()
        return (
            (earlier.closing(), "open", "last balance before that date"),
            (Period.instant(day), "open", "date"),
        )

    def _relative(self, mention: PeriodMention, ahead: bool) -> tuple[When, ...]:
        topic = self._quarters(self.topic) or self._newest("quarter")
        if mention.relative == "latest":
            span: PeriodSpan = "year" if mention.part == "FY" else "quarter"
            return self._newest(span)
        if mention.relative == "the":
            return tuple((ref, standing, "the quarter spoken of") for ref, standing, _ in topic)
        if mention.relative == "current":
            following = self.shifted(topic, -1, "the quarter after the one reported")
            return following if ahead else (*topic, *((r, "open", w) for r, _, w in following))
        if mention.relative == "next":
            return self.shifted(topic, -1, "the quarter after the one reported") + tuple(
                (r, "open", w) for r, _, w in self.shifted(topic, -2, "the quarter after the current one")
            )
        if mention.relative == "prior":
            return self.shifted(topic, 1, "a quarter before the one spoken of")
        if mention.relative == "year_ago":
            return self.shifted(topic, 4, "a year before the one spoken of")
        if mention.relative in ("last_year", "this_year", "next_year"):
            return self._years(mention, topic, ahead)
        if mention.relative in ("earlier", "year_end"):
            last = self._topic_end()
            return ((AnyBalance(None, last), "open", "an earlier date, not said"),)
        return ()

    def _quarters(self, whens: tuple[When, ...]) -> tuple[When, ...]:
        """The same, longer stretches taken as the quarter they end with."""
        found: list[When] = []
        for ref, standing, why in whens:
            part = self.calendar.part_of(ref) if isinstance(ref, Period) else None
            if part is None or part[1] in QUARTERS:
                found.append((ref, standing, why))
            else:
                last: dict[str, Part] = {"H1": "Q2", "9M": "Q3"}
                found.append((self.calendar.period(part[0], last.get(part[1], "Q4")), standing, why))
        return tuple(found)

    def _years(self, mention: PeriodMention, topic: tuple[When, ...], ahead: bool) -> tuple[When, ...]:
        year = self.year_of(topic)
        if year is None:
            year = self.pinned
        if year is None and self.published is not None:
            year = self._latest_ended("FY", self.published.last)
        if year is None:
            return ()
        closed = any(
            isinstance(r, Period) and (self.calendar.part_of(r) or (0, ""))[1] in ("Q4", "FY")
            for r, _, _ in self.topic
        )
        if mention.relative == "next_year":
            return ((self.calendar.period(year + 1, "FY"), "said", "the year after the one spoken of"),)
        if mention.relative == "this_year":
            under_way = year + 1 if closed and ahead else year
            return ((self.calendar.period(under_way, "FY"), "said", "the year under way"),)
        same = self.shifted(topic, 4, "the same period last year")
        if closed:
            same = (*same, (self.calendar.period(year, "FY"), "open", "the year just ended"))
        return (
            (self.calendar.period(year - 1, "FY"), "open", "the year before"),
            *((ref, "open", why) for ref, _, why in same),
        )

    def _newest(self, span: PeriodSpan) -> tuple[When, ...]:
        return ((Latest(span), "said", "latest reported"),) if self.published is not None else ()

    def _day(self, mention: PeriodMention) -> date | None:
        """The day of a mention; without a year, the latest before publication (or in the pinned year)."""
        month = mention.month or 1
        if mention.year is not None:
            return _safe(mention.year, month, mention.day or 28)
        if self.published is not None:
            day = _safe(self.published.last.year, month, mention.day or 28)
            limit = self.published.last + (timedelta(0) if mention.day else timedelta(days=27))
            return (
                day
                if day is not None and day <= limit
                else _safe(self.published.last.year - 1, month, mention.day or 28)
            )
        if self.pinned is not None:
            for year in (self.pinned, self.pinned - 1):
                day = _safe(year, month, mention.day or 28)
                if day is not None and self.calendar.containing(day)[0] == self.pinned:
                    return day
        return None

    def _quarter_ending_near(self, day: date, *, month_only: bool) -> tuple[int, Part] | None:
        year, number = self.calendar.containing(day)
        around = self.calendar.period(year, QUARTERS[number - 1])
        for period in (around, self.calendar.back(around, 1)):
            if period is None:
                continue
            close = abs(period.end - day) <= NEAR
            in_month = month_only and (period.end.month == day.month or abs(period.end - day) <= NEAR)
            part = self.calendar.part_of(period)
            if (close or in_month) and part is not None:
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
        ends = [ref.end for ref, _, _ in self.topic if isinstance(ref, Period)]
        return ends[0] if ends else None


def _safe(year: int, month: int, day: int) -> date | None:
    while day > 27:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
    return date(year, month, max(day, 1))
