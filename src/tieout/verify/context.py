"""What every rule may look at: the whole history, the catalogue, the article's date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from tieout.catalogue import Catalogue
from tieout.core.article import Published
from tieout.core.calendar import CALENDAR_YEAR, FiscalCalendar
from tieout.core.claim import Claim, Reading
from tieout.core.fact import Figure
from tieout.core.measure import Measure, Scenario
from tieout.core.period import AnyBalance, Latest, Period, PeriodRef
from tieout.figures import Figures
from tieout.ledger import Ledger, View


@dataclass(frozen=True, slots=True)
class Context:
    """One article's surroundings. `figures` answer over every vintage of any date.

    `companies` are those its claims are about.
    """

    ledger: Ledger
    catalogue: Catalogue
    published: Published | None
    history: View
    figures: Figures
    companies: tuple[str, ...] = ()
    _bound: dict[tuple[str, Latest], tuple[Period, ...]] = field(
        default_factory=dict[tuple[str, Latest], tuple[Period, ...]], repr=False, compare=False
    )

    @staticmethod
    def of(
        ledger: Ledger, catalogue: Catalogue, published: Published | None, claims: Sequence[Claim] = ()
    ) -> Context:
        """The surroundings of an article published then, with these claims."""
        figures = _figures(ledger, catalogue)
        named = dict.fromkeys(entity for claim in claims for r in claim.readings for entity in r.entities)
        return Context(ledger, catalogue, published, ledger.history(), figures, tuple(named))

    def calendar(self, entity: str) -> FiscalCalendar:
        """The company's calendar; the calendar year for one without a pack."""
        company = self.catalogue.companies.get(entity)
        return CALENDAR_YEAR if company is None else company.calendar

    def holds(self, entity: str) -> bool:
        """Whether the ledger holds anything of the company."""
        return entity in self.ledger.entities()

    def bind(self, reading: Reading) -> tuple[Reading, ...]:
        """The reading with "latest reported" replaced by periods; several where the day leaves it open.

        On the day of a release the latest quarter may be the new one or the one before. Empty where the
        ledger held no quarter of the company by then, or the article has no date.
        """
        pairs: list[tuple[tuple[Measure, ...], Measure | None]] = [((), None)]
        for subject in reading.subjects:
            pairs = [((*done, subject.at(p)), o) for done, o in pairs for p in self._periods(subject)]
        if reading.object is not None:
            other = reading.object
            pairs = [
                (subjects, other.at(p))
                for subjects, _ in pairs
                for p in self._object_periods(reading, subjects, other)
            ]
        return tuple(replace(reading, subjects=subjects, object=o) for subjects, o in pairs)

    def _object_periods(
        self, reading: Reading, subjects: tuple[Measure, ...], other: Measure
    ) -> tuple[PeriodRef | None, ...]:
        """The object's periods; one counted back from the subject's latest moves with it."""
        original = reading.subjects[0].period
        chosen = subjects[0].period
        if (
            other.entity == reading.subjects[0].entity
            and isinstance(original, Latest)
            and isinstance(other.period, Latest)
            and original.span == other.period.span
            and isinstance(chosen, Period)
        ):
            moved = self.calendar(other.entity).back(chosen, other.period.back - original.back)
            return () if moved is None else (moved,)
        return self._periods(other)

    def _periods(self, measure: Measure) -> tuple[PeriodRef | None, ...]:
        if isinstance(measure.period, Latest):
            return self._latest(measure.entity, measure.period)
        return (measure.period,)

    def _latest(self, entity: str, latest: Latest) -> tuple[Period, ...]:
        key = (entity, latest)
        if key not in self._bound:
            self._bound[key] = self._find_latest(entity, latest)
        return self._bound[key]

    def _find_latest(self, entity: str, latest: Latest) -> tuple[Period, ...]:
        if self.published is None or not self.holds(entity):
            return ()
        found: list[Period] = []
        instant = latest.span == "instant"
        for day in (self.published.last, self.published.first - timedelta(days=1)):
            reported = self.ledger.as_of(day).reported_through(entity, "quarter" if instant else latest.span)
            if not reported or (day - reported[-1].end).days > 200:
                continue
            for newest in (reported[-1], *self._just_ended(entity, reported[-1])):
                period = self.calendar(entity).back(newest, latest.back)
                if period is None:
                    continue
                period = period.closing() if instant else period
                if period not in found:
                    found.append(period)
        return tuple(found)

    def _just_ended(self, entity: str, reported: Period) -> tuple[Period, ...]:
        """The periods over since the last reported one: a release comes before the filing that is held."""
        found: list[Period] = []
        calendar = self.calendar(entity)
        step = -4 if calendar.back(reported, -1) is None else -1
        following = calendar.back(reported, step)
        while following is not None and self.published is not None and following.end <= self.published.last:
            found.append(following)
            following = calendar.back(following, step)
        return tuple(found)

    def has_ended(self, period: PeriodRef | None) -> bool:
        """Whether the period had ended by the article's last possible day; True where that is unknown."""
        return not isinstance(period, Period) or self.published is None or period.end <= self.published.last

    def knowable(self, figure: Figure | None) -> bool:
        """Whether an article of that date could have told the figure: its period had ended by then."""
        return (
            figure is None
            or figure.measure.scenario is not Scenario.ACTUAL
            or self.has_ended(figure.measure.period)
        )

    def window(self, any_balance: AnyBalance) -> tuple[date, date]:
        """The first and last day of an undated balance's window."""
        return any_balance.first or date.min, any_balance.last or date.max

    def name(self, entity: str, period: PeriodRef | None) -> str:
        """A period in words: its fiscal label, or what it is."""
        if isinstance(period, Period):
            if period.is_instant and period.end != date.max:
                label = self.calendar(entity).label(period)
                return label if label == str(period) else f"the end of {label} ({period.end})"
            return self.calendar(entity).label(period)
        if isinstance(period, AnyBalance):
            return "any date it leaves open"
        if isinstance(period, Latest):
            return "the latest reported period"
        return "no period"


@lru_cache(maxsize=4)
def _figures(ledger: Ledger, catalogue: Catalogue) -> Figures:
    """The figures over a ledger's whole history; what one article asked for serves the next."""
    return Figures(ledger.history(), catalogue)
