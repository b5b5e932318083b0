"""Packs and facts: which there are, how fresh, and whether they go together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from tieout.catalogue import Catalogue
from tieout.catalogue.concepts import concepts
from tieout.core.company import Company
from tieout.core.errors import NotFoundError, TieoutError
from tieout.core.fact import Fact
from tieout.core.period import Period
from tieout.doctor.diagnosis import Line
from tieout.ledger import Ledger

OLD = 120
"""Days after which a newer quarter has probably been reported: a quarter, and a month to report it."""
QUARTER = range(80, 106)
"""Days of a stretch that can only be meant as a quarter."""


def holdings(folder: Path | None, today: date) -> Iterator[Line]:
    """How things stand with facts and packs, those of `folder` over the bundled ones."""
    place = "bundled facts" + (f", {folder} over them" if folder else "")
    try:
        ledger = Ledger.open(folder)
        companies = ledger.entities()
    except TieoutError as error:
        yield Line("fail", "ledger", error.message, error.fix)
        return
    catalogue: Catalogue | None = None
    try:
        catalogue = Catalogue.load(folder)
        packs = Line("ok", "company packs", _packs(catalogue, folder))
    except TieoutError as error:
        packs = Line("fail", "company packs", error.message, error.fix)
    try:
        whole = ledger if catalogue is None else _as_checked(folder, catalogue)
        held = len(whole.entities())
        yield Line("ok", "ledger", f"version {whole.version}: {place}, {held} companies")
    except TieoutError as error:
        yield Line("fail", "ledger", error.message, error.fix)
        return
    yield packs
    for company in companies:
        yield from _company(ledger, company, today, catalogue)
    if catalogue is not None:
        yield from _matched(catalogue, companies)


def _as_checked(folder: Path | None, catalogue: Catalogue) -> Ledger:
    """The ledger as a check opens it, with what was ingested: its version is the one reports name."""
    return Ledger.open(folder, concepts(catalogue), catalogue.companies.values())


def _packs(catalogue: Catalogue, folder: Path | None) -> str:
    bundled = Catalogue.load().companies
    told = f"{len(bundled)} bundled"
    own = sorted(key for key, company in catalogue.companies.items() if company is not bundled.get(key))
    return f"{told}; of {folder}: {', '.join(own)}" if own else told


def _company(ledger: Ledger, company: str, today: date, catalogue: Catalogue | None) -> Iterator[Line]:
    topic = f"facts of {company}"
    try:
        facts = ledger.history().all_facts(company)
    except TieoutError as error:
        yield Line("fail", topic, error.message, error.fix)
        return
    yield _fresh(facts, company, today)
    if catalogue is not None and company in catalogue.companies:
        for found, fix in _unfit(facts, catalogue.companies[company], catalogue):
            yield Line("warn", topic, found, fix)


def _fresh(facts: Sequence[Fact], company: str, today: date) -> Line:
    topic = f"facts of {company}"
    newest = _newest(facts)
    if newest is None:
        return Line("warn", topic, f"{len(facts)}, none with a known date", "fill the column `known`")
    age = (today - newest).days
    told = f"{len(facts)}, the newest known on {newest}, {age} days ago"
    if newest > today:
        return Line(
            "warn", topic, f"{len(facts)}, known on {newest}, a day to come", "correct the column `known`"
        )
    if age > OLD:
        return Line(
            "warn", topic, told, f"add what has been reported since to a folder's {company}.csv (--ledger)"
        )
    return Line("ok", topic, told)


def _unfit(facts: Iterable[Fact], company: Company, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Where facts and their company's pack do not go together, so that no claim meets them; and the fix."""
    unknown: set[str] = set()
    units: set[str] = set()
    odd: set[Period] = set()
    for fact in facts:
        measure = fact.measure
        try:
            metric = catalogue.metric(measure.metric)
        except NotFoundError:
            unknown.add(measure.metric)
            continue
        if metric.unit != fact.quantity.unit:
            units.add(f"{metric.id} in {fact.quantity.unit}, not {metric.unit}")
        if (
            metric.kind == "flow"
            and isinstance(measure.period, Period)
            and measure.period.days in QUARTER
            and company.calendar.part_of(measure.period) is None
        ):
            odd.add(measure.period)
    if unknown:
        yield f"no metric is called {_some(unknown)}", f"correct it, or declare it in {company.ticker}.toml"
    if units:
        yield f"held are {_some(units)}", "use the unit that the metric is declared with"
    if odd:
        fix = f"correct the days, or the calendar in {company.ticker}.toml"
        yield f"no fiscal quarter is {_some(map(str, odd))}", fix


def _some(found: Iterable[str]) -> str:
    first, *rest = sorted(found)
    return f"{first} (and {len(rest)} more)" if rest else first


def _newest(facts: Iterable[Fact]) -> date | None:
    return max((fact.known for fact in facts if fact.known is not None), default=None)


def _matched(catalogue: Catalogue, held: tuple[str, ...]) -> Iterator[Line]:
    for company in sorted(set(catalogue.companies) - set(held)):
        fix = f"add {company}.csv to a folder of facts (--ledger)"
        yield Line("warn", f"pack of {company}", "no facts are held: nothing about it can be judged", fix)
    for company in sorted(set(held) - set(catalogue.companies)):
        fix = f"put a pack {company}.toml beside the facts"
        yield Line("warn", f"facts of {company}", "no pack says how texts name the company", fix)
