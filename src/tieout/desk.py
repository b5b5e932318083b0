"""The desk: ledger, catalogue, reader and checker joined; what a Python user imports."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from tieout.catalogue import Catalogue, Metric
from tieout.catalogue.concepts import concepts
from tieout.catalogue.filers import Calendars, full_names, listed, names_of
from tieout.catalogue.filers import company as company_of
from tieout.core.article import Article, Published
from tieout.core.calendar import FiscalCalendar, Part
from tieout.core.company import Company
from tieout.core.errors import NotFoundError, ParseError, UsageError
from tieout.core.fact import Derived, Fact, Figure
from tieout.core.filing import Registrant
from tieout.core.finding import Check
from tieout.core.measure import Dimensions, Measure, Scenario
from tieout.core.period import Period
from tieout.core.uncollected import uncollected
from tieout.ledger import Ledger, View

if TYPE_CHECKING:
    from tieout.report.vocabulary import Vocabulary

NEW_YORK = "America/New_York"
"""The days of the market's filings; a moment is counted to the day it was there."""
YEARS = range(1900, 2200)
"""Years a date may have: others are slips, and reckoning with them would run off the calendar."""

_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_LABEL = re.compile(r"(?:(Q[1-4]|H[12]|9M)\s*)?FY\s*(\d{4}|\d\d)", re.IGNORECASE)
_SAY_PERIOD = 'write for example "Q2 FY2026", "H1 FY2026", "9M FY2026", "FY2026", or a day such as 2025-08-01'
_SAY_DAY = "write a day such as 2025-08-29 or a month such as 2025-08"


@dataclass(frozen=True, slots=True)
class Checked(Check):
    """A check that shows itself in a notebook.

    A class of the desk, which may know both the check and the reports: core stays free of reports, and no
    class is changed at run time.
    """

    words: Vocabulary = field(kw_only=True, repr=False, compare=False)

    def _repr_html_(self) -> str:
        """The summary, the corrections and the other claims, for Jupyter."""
        from tieout.report.notebook import fragment

        return fragment(self, self.words)


@dataclass(frozen=True, slots=True)
class Desk:
    """Checks articles and answers questions, over one ledger and one catalogue. Make one with `open`."""

    ledger: Ledger
    catalogue: Catalogue

    @staticmethod
    def open(ledger: Path | str | None = None) -> Desk:
        """A desk over the bundled facts and packs, those in the folder `ledger` lying over them.

        What was ingested into the folder lies over both. Raises NotFoundError for a folder that is none,
        ParseError for a pack or facts that break their rules.
        """
        folder = None if ledger is None else Path(ledger)
        catalogue = Catalogue.load(folder)
        return Desk(Ledger.open(folder, concepts(catalogue), catalogue.companies.values()), catalogue)

    @uncollected()
    def check(
        self,
        source: str | bytes | Path | Article,
        *,
        published: str | date | Published | None = None,
        company: str | Sequence[str] | None = None,
        name: str = "",
    ) -> Checked:
        """The findings on an article: its text, a file's path or bytes, or an `Article` already read.

        `published` ("2025-08-29", "2025-08", a date) and `company` (tickers or names) go before what the
        text says of itself; `name` is the file name that bytes came under. An unknown date is allowed: the
        rules of time then abstain. Raises NotFoundError where no known company is named or found,
        UsageError for a date or file that cannot be read, ParseError for what is no text.
        """
        from tieout.read import read
        from tieout.verify import judge

        article = self._article(source, name)
        when = article.published if published is None else as_published(published)
        about = self._about(article, company)
        known = self._knowing((*about, *self._named(article)))
        reading = read(article, known, about, when)
        findings = judge(reading.claims, self.ledger, known, when)
        told = replace(article, published=when, companies=about)
        return Checked(
            told,
            about,
            findings,
            reading.numbers,
            self.ledger.version,
            tuple(dict.fromkeys((*article.notes, *reading.notes))),
            tuple(map(self._count, about)),
            words=self.vocabulary(),
        )

    def facts(
        self,
        company: str,
        metric: str | None = None,
        *,
        period: str | Period | None = None,
        as_of: str | date | None = None,
        segment: str | None = None,
        line: str | None = None,
    ) -> tuple[Fact, ...]:
        """Every fact held of the company, or of one metric, all vintages, in order of measure and time.

        `period` keeps one period and its balance date, `as_of` what was known by that day; `segment` and
        `line` keep their members. Raises NotFoundError where nothing is left.
        """
        entity = self.entity(company)
        view = self._view(as_of)
        span = self.period(entity, period) if period is not None else None
        wanted = set(_members(view, entity, segment, line))
        held = [fact for fact in view.all_facts(entity) if metric in (None, fact.measure.metric)]
        if metric is not None and not held:
            self._metric(metric)
        found = [
            fact
            for fact in held
            if wanted.issubset(fact.measure.dimensions)
            and (span is None or fact.measure.period in (span, span.closing()))
        ]
        if not found:
            raise self._nothing(entity, metric, period, as_of, held)
        return tuple(sorted(found, key=_order))

    def explain(
        self,
        company: str,
        metric: str,
        *,
        period: str | Period,
        as_of: str | date | None = None,
        segment: str | None = None,
        line: str | None = None,
    ) -> tuple[Figure, ...]:
        """The figures for a metric, reported ones before computed ones, each with all that went into it.

        `tree` puts one into words. Raises NotFoundError where the ledger neither holds it nor can compute it.
        """
        from tieout.figures import Figures

        entity = self.entity(company)
        kind = self._metric(metric).kind
        span = self.period(entity, period)
        span = span.closing() if kind == "balance" else span
        view = self._view(as_of)
        measure = Measure(entity, metric, _members(view, entity, segment, line), span, Scenario.ACTUAL)
        found = Figures(view, self._knowing((entity,))).at(measure)
        if not found:
            raise self._nothing(entity, metric, period, as_of, ())
        return found

    def tree(self, figure: Figure) -> str:
        """A figure in lines: value, interval and formula, its inputs below it, down to documents."""
        from tieout.figures import Figures

        filers = [each for each in _entities(figure) if each not in self.catalogue.companies]
        return Figures(self.ledger.history(), self._knowing(filers)).explain(figure)

    def rows(self, figures: Iterable[Figure]) -> list[dict[str, object]]:
        """The figures as rows with the same keys each, for a DataFrame: `pandas.DataFrame(desk.rows(found))`.

        Values and interval ends are decimals in full units, days are dates, what does not apply is None.
        """
        from tieout.report.rows import rows

        return rows(figures, self.vocabulary())

    def metrics(self) -> tuple[Metric, ...]:
        """Every metric of the catalogue, by id."""
        return tuple(sorted(self.catalogue.metrics.values(), key=lambda metric: metric.id))

    def companies(self) -> tuple[Company, ...]:
        """The companies with a pack, by ticker. Articles can be checked about those of `filers` too."""
        return tuple(sorted(self.catalogue.companies.values(), key=lambda company: company.ticker))

    def filers(self) -> Mapping[str, Registrant]:
        """The companies without a pack whose filings were ingested, by ticker."""
        held = self.ledger.filers()
        return {entity: held[entity] for entity in sorted(held) if entity not in self.catalogue.companies}

    def pack(self, company: str) -> str:
        """A company pack's text, drafted from what was ingested of its filings, for a person to review.

        Of a company that has a pack, what may be added to it. Raises NotFoundError where no filings are held,
        or they do not show when its years end.
        """
        from tieout.catalogue.drafted import drafted

        entity = self.entity(company)
        rows = self.ledger.filed(entity)
        about = self._knowing((entity,)).companies.get(entity)
        if not rows or about is None:
            raise NotFoundError(
                f"no filings of {entity} are held that show its fiscal years",
                fix=f"ingest them: tieout ingest {entity}",
                company=entity,
            )
        return drafted(about, rows, known=entity in self.catalogue.companies)

    def entity(self, company: str) -> str:
        """The ticker of a company given by ticker or name; NotFoundError with candidates, near ones first."""
        name = company.strip()
        ticker = self._names().get(name.casefold()) or _called(self.ledger).get(name.casefold())
        if ticker is not None:
            return ticker
        if name.upper() in self.ledger.entities():
            return name.upper()
        raise NotFoundError(
            f"no company is called {company!r}",
            company=company,
            fix=f"known companies, near matches first: {self._candidates(name)}",
        )

    def period(self, company: str, text: str | Period) -> Period:
        """The period a label ("Q2 FY2026", "FY26", "2025-08-01") names in the company's calendar."""
        if isinstance(text, Period):
            return text
        day = _DAY.fullmatch(text.strip())
        if day and day[3]:
            return Period.instant(_day(text.strip()))
        found = _LABEL.fullmatch(text.strip())
        if not found:
            raise UsageError(f"{text!r} is no period", fix=_SAY_PERIOD, period=text)
        year = int(found[2]) if len(found[2]) == 4 else 2000 + int(found[2])
        if year not in YEARS:
            raise UsageError(f"no fiscal year {year} can be meant", fix=_SAY_PERIOD, period=text)
        part = cast("Part", (found[1] or "FY").upper())
        return self._calendar(company).period(year, part)

    def vocabulary(self) -> Vocabulary:
        """What a report needs to name periods, metrics and finding codes."""
        from tieout.report.vocabulary import Vocabulary
        from tieout.verify import meanings

        calendars = Calendars(self.catalogue.companies, self.ledger.calendar)
        labels = {metric.id: metric.label for metric in self.catalogue.metrics.values()}
        return Vocabulary(calendars, labels, meanings())

    def _count(self, ticker: str) -> int:
        """How many facts are held of a company, all vintages."""
        return len(self.ledger.history().all_facts(ticker)) if ticker in self.ledger.entities() else 0

    def _article(self, source: str | bytes | Path | Article, name: str) -> Article:
        from tieout.read.article import from_text, load

        if isinstance(source, Article):
            return source
        if isinstance(source, str):
            if os.path.isfile(source):  # noqa: PTH113 - Path.is_file raises where a text is no name
                raise UsageError(f"{source!r} is a file, not a text", fix="pass it as a pathlib.Path")
            return from_text(source)
        if isinstance(source, bytes):
            return load(source, name=name)
        return load(contents(source), name=name or source.name)

    def _about(self, article: Article, company: str | Sequence[str] | None) -> tuple[str, ...]:
        if company is not None:
            given = (company,) if isinstance(company, str) else company
            if given:
                return tuple(dict.fromkeys(self._readable(self.entity(each)) for each in given))
        from tieout.read import companies

        known = {**_called(self.ledger), **self._names()}
        told = [known[each.casefold()] for each in article.companies if each.casefold() in known]
        packs = companies(article, self.catalogue)
        filers = self._named(article)
        ranked = sorted({**packs, **filers}.items(), key=lambda item: item[1])
        found = tuple(dict.fromkeys((*told, *(ticker for ticker, _ in ranked))))
        if not found:
            raise NotFoundError(
                "the text names no company that tieout knows",
                fix=f"say which company; known: {self._candidates('')}",
            )
        return tuple(dict.fromkeys((self._readable(found[0]), *filter(self._reads, found))))

    def _named(self, article: Article) -> Mapping[str, tuple[int, int]]:
        """The filers that an article names in full, ranked."""
        from tieout.read import named

        return named(article, _listed(self.ledger), self.catalogue.companies)

    def _knowing(self, tickers: Iterable[str]) -> Catalogue:
        """The catalogue, those of these companies in it that only filings tell of.

        One whose years have no name is a stranger whose numbers are nobody else's.
        """
        filers = [each for each in dict.fromkeys(tickers) if each not in self.catalogue.companies]
        found = {each: self._filer(each) for each in filers}
        held = self.ledger.filers()
        strangers = (full_names(held[each]) for each in filers if found[each] is None and each in held)
        return self.catalogue.having(tuple(filter(None, found.values())), tuple(chain(*strangers)))

    def _filer(self, ticker: str) -> Company | None:
        registrant = self.ledger.filers().get(ticker)
        calendar = self.ledger.calendar(ticker)
        return None if registrant is None or calendar is None else company_of(ticker, registrant, calendar)

    def _reads(self, ticker: str) -> bool:
        return ticker in self.catalogue.companies or self._filer(ticker) is not None

    def _readable(self, ticker: str) -> str:
        if self._reads(ticker):
            return ticker
        raise NotFoundError(
            f"facts about {ticker} are held, but no pack says how texts name it and when its "
            "fiscal year ends",
            company=ticker,
            fix=f"put a pack {ticker}.toml beside the facts (tieout pack {ticker} drafts one), or choose "
            f"of {self._candidates(ticker)}",
        )

    def _names(self) -> dict[str, str]:
        return {
            name.casefold(): pack.ticker
            for pack in self.catalogue.companies.values()
            for name in (*pack.names, pack.name, pack.ticker)
        }

    def _candidates(self, near: str) -> str:
        names = self._names()
        close = difflib.get_close_matches(near.casefold(), names, n=5, cutoff=0.5)
        ranked = dict.fromkeys([names[name] for name in close] + sorted(self.catalogue.companies))
        return ", ".join(f"{ticker} ({self.catalogue.companies[ticker].name})" for ticker in ranked)

    def _calendar(self, company: str) -> FiscalCalendar:
        entity = self.entity(company)
        found = self._knowing((entity,)).companies.get(entity)
        if found is None:
            raise UsageError(
                f"no pack says when the fiscal year of {entity} ends, and no filing held",
                company=entity,
                fix="give the last day of the period instead, such as 2025-07-31",
            )
        return found.calendar

    def _metric(self, key: str) -> Metric:
        return self.catalogue.metric(key)

    def _view(self, as_of: str | date | None) -> View:
        if as_of is None:
            return self.ledger.history()
        return self.ledger.as_of(as_published(as_of).last)

    def _nothing(
        self,
        entity: str,
        metric: str | None,
        period: str | Period | None,
        as_of: str | date | None,
        held: Iterable[Fact],
    ) -> NotFoundError:
        what = " ".join(
            str(part)
            for part in (entity, metric, period and f"for {period}", as_of and f"as of {as_of}")
            if part
        )
        words = self.vocabulary()
        others = dict.fromkeys(words.period(entity, fact.measure.period) for fact in held)
        shown = ", ".join(label for label in list(others)[-8:] if label)
        fix = f"held are {shown}" if shown else f"see: tieout facts {entity}"
        return NotFoundError(f"nothing is held: {what}", fix=fix, entity=entity, metric=metric)


@lru_cache(maxsize=4)
def _listed(ledger: Ledger) -> Mapping[str, str]:
    return listed(ledger.filers())


@lru_cache(maxsize=4)
def _called(ledger: Ledger) -> Mapping[str, str]:
    return names_of(ledger.filers())


def _entities(figure: Figure) -> Iterator[str]:
    yield figure.measure.entity
    if isinstance(figure, Derived):
        for part in figure.inputs:
            yield from _entities(part)


def contents(path: Path) -> bytes:
    """The bytes of an article's file. Raises UsageError where it cannot be read, ParseError if too long."""
    from tieout.read.article import MAX_BYTES

    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(
            f"cannot read {path}: {why}",
            path=str(path),
            fix="give the path of a text, Markdown or HTML file",
        ) from error
    if len(data) > MAX_BYTES:
        raise ParseError(
            f"{path} holds more than {MAX_BYTES} bytes",
            path=str(path),
            fix="check one article at a time, as text",
        )
    return data


def as_published(when: str | date | Published) -> Published:
    """The days meant: a day, a whole month, or the New York day of a moment. UsageError for no date."""
    if isinstance(when, str):
        return _written(when)
    if isinstance(when, datetime):
        when = (when.astimezone(ZoneInfo(NEW_YORK)) if when.tzinfo else when).date()
    days = when if isinstance(when, Published) else Published.day(when)
    _plausible(days.first)
    _plausible(days.last)
    return days


def _written(when: str) -> Published:
    found = _DAY.fullmatch(when.strip())
    if found and found[3]:
        return Published.day(_day(when.strip()))
    if found and 1 <= int(found[2]) <= 12 and int(found[1]) in YEARS:
        return Published.month(int(found[1]), int(found[2]))
    raise UsageError(f"{when!r} is no date", fix=_SAY_DAY, published=when)


def _day(text: str) -> date:
    try:
        return _plausible(date.fromisoformat(text))
    except ValueError as error:
        raise UsageError(f"{text!r} is no day of the calendar", fix=_SAY_DAY, day=text) from error


def _plausible(day: date) -> date:
    if day.year not in YEARS:
        raise UsageError(f"no date in the year {day.year} can be meant", fix=_SAY_DAY, day=day)
    return day


def _members(view: View, entity: str, segment: str | None, line: str | None) -> Dimensions:
    wanted = {axis: name for axis, name in (("segment", segment), ("line", line)) if name}
    if not wanted:
        return ()
    held = {members for _, members in view.metrics(entity)}
    folded = {(axis, name.casefold()) for axis, name in wanted.items()}
    fitting = [members for members in held if folded <= {(axis, name.casefold()) for axis, name in members}]
    fewest = min((len(members) for members in fitting), default=0)
    found = sorted(members for members in fitting if len(members) == fewest)
    if len(found) == 1:
        return found[0]
    names = sorted({f"--{axis} {name!r}" for members in held for axis, name in members if axis in wanted})
    told = " ".join(f"{axis} {name!r}" for axis, name in wanted.items())
    raise NotFoundError(
        f"{entity} has {'more than one' if found else 'no'} {told}",
        fix=f"held are {', '.join(names) or 'none'}",
        entity=entity,
    )


def _order(fact: Fact) -> tuple[str, Dimensions, str, date, date, date, Decimal]:
    measure = fact.measure
    end, start = date.min, date.min
    if isinstance(measure.period, Period):
        end, start = measure.period.end, measure.period.start or date.min
    return (
        measure.metric,
        measure.dimensions,
        measure.scenario,
        end,
        start,
        fact.known or date.min,
        fact.quantity.value,
    )
