"""Whether a number's value, unit or period, as read, is what its tags say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tieout.bench.filings.filing import Filing, Gold, Told
from tieout.core.article import Span
from tieout.core.calendar import QUARTERS, Part
from tieout.core.company import Company
from tieout.core.period import Latest, Period, PeriodRef
from tieout.read.clock import Clock
from tieout.read.period_lists import parts_of_years
from tieout.read.periods import period_mentions

UNSAID = ("", "count")
"""Units of a number whose words name none."""
PARTS: dict[str, Part] = {"half": "H1", "nine_months": "9M", "year": "FY"}


def periods_named(filing: Filing, sentence: Span) -> tuple[Period, ...]:
    """The periods a sentence names outright, whatever it names them for, by the company's calendar."""
    clock = Clock(filing.company.calendar, filing.article.published)
    text = filing.article.text
    mentions = period_mentions(text, sentence)
    return tuple(
        when.period
        for mention in (*mentions, *parts_of_years(text, mentions))
        if mention.explicit
        for when in clock.read(mention, ahead=False)
        if isinstance(when.period, Period)
    )


def among(gold: Gold, named: Sequence[Period]) -> bool:
    """Whether the tag's period is one of these; of a balance, a stretch that ends on its day will do.

    A tag's stretch of one day is that day.
    """
    days = [told.period.closing() if told.period.days == 1 else told.period for told in gold.told]
    return any(day == (each.closing() if day.is_instant else each) for day in days for each in named)


def dated_among(gold: Gold, named: Sequence[Period]) -> bool:
    """Whether one of these is the tag's period, or the day a share is told of where the tag has a stretch.

    "As of June 28, two customers were 18 % and 10 % of receivables" names a day; the element for such shares
    is one of stretches, so its tag can only say which stretch ended on that day.
    """
    days = {each.end for each in named if each.is_instant}
    share = any(told.unit == "ratio" and told.period.end in days for told in gold.told)
    return share or among(gold, named)


def ends_among(gold: Gold, named: Sequence[Period]) -> bool:
    """Whether one of these ends on the last day of the tag's period; shares of a balance have either."""
    return any(told.period.end == each.end for told in gold.told for each in named)


def same_value(gold: Gold, read: tuple[Decimal | None, ...]) -> bool:
    """Whether an end of what is read is the tag's value, signs aside: prose tells them in words."""
    values = {abs(told.value) for told in gold.told}
    return any(value is not None and abs(value) in values for value in read)


def same_unit(gold: Gold, read: str) -> bool:
    """Whether the units agree; what is counted, shares among it, has none that words must name."""
    return any(
        told.unit == read or (told.unit in ("shares", "count") and read in (*UNSAID, "shares"))
        for told in gold.told
    )


def same_period(told: Sequence[Told], read: Period | None) -> bool:
    """Whether a period as read is a tag's."""
    return any(each.period == read for each in told)


def same_end(told: Sequence[Told], read: Period | None) -> bool:
    """Whether a period as read ends on the last day of a tag's."""
    return read is not None and any(each.period.end == read.end for each in told)


def bound(read: PeriodRef | None, filing: Filing) -> Period | None:
    """A period as read in days, "the latest reported" by the filing's own day; None for one of no days."""
    published = filing.article.published
    if isinstance(read, Latest):
        return _latest(read, filing.company, None if published is None else published.first)
    return read if isinstance(read, Period) else None


def _latest(read: Latest, company: Company, published: date | None) -> Period | None:
    """What "the latest reported" means on the filing's day: the stretch that ended last before it."""
    if published is None:
        return None
    year, quarter = company.calendar.containing(published)
    if read.span in ("quarter", "instant"):
        now = company.calendar.period(year, QUARTERS[quarter - 1])
        found = company.calendar.back(now, 1 + read.back)
        return found.closing() if found is not None and read.span == "instant" else found
    part = PARTS[read.span]
    while company.calendar.period(year, part).end >= published:
        year -= 1
    return company.calendar.period(year - read.back // 4, part)
