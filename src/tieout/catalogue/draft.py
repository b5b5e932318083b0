"""A catalogue in the making: files are added one by one, and held against each other at the end."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TypeVar

from tieout.catalogue.load import (
    ADDED_KEYS,
    company_in,
    directions_in,
    families_in,
    members_in,
    metrics_in,
    names_in,
)
from tieout.catalogue.model import Direction, Family, Metric
from tieout.catalogue.table import Table
from tieout.core.company import Company
from tieout.core.errors import ParseError

Item = TypeVar("Item", Metric, Family, Direction)
_TICKER = re.compile(r"[A-Z0-9][A-Z0-9.\-]*")


@dataclass(slots=True)
class Draft:
    """What has been declared so far, by id; `files` are those read for this draft."""

    metrics: dict[str, Metric] = field(default_factory=dict[str, Metric])
    families: dict[str, Family] = field(default_factory=dict[str, Family])
    companies: dict[str, Company] = field(default_factory=dict[str, Company])
    directions: dict[str, Direction] = field(default_factory=dict[str, Direction])
    others: list[str] = field(default_factory=list[str])
    files: list[Table] = field(default_factory=list[Table])

    def general(self, table: Table) -> None:
        """Add a file of what any company may report."""
        table.only({"metrics", "families", "directions", "others"})
        self._declare(table, None)
        _add(self.directions, directions_in(table), table, "directions")
        self.others += table.texts("others")

    def pack(self, table: Table) -> None:
        """Add a company's pack, or what it adds to the pack that its company has."""
        ticker = _ticker(table)
        known = self.companies.get(ticker)
        self.companies[ticker] = company_in(table) if known is None else _extended(known, table)
        self._declare(table, ticker)

    def check(self) -> None:
        """Raise ParseError where a file names what is declared nowhere, or a name another company has."""
        owners = _owners(self.companies.values())
        for table in self.files:
            for key, raw in table.named("metrics"):
                inputs = [part for formula in self.metrics[key].formulas for part in formula.inputs]
                _declared(raw, "formula", inputs, self.metrics)
                _declared(raw, "siblings", self.metrics[key].siblings, self.metrics)
                _declared(raw, "at_least", raw.texts("at_least"), self.metrics)
            for key, raw in table.named("families"):
                _declared(raw, "members", self.families[key].members, self.metrics)
                _declared(raw, "needs", self.families[key].needs, self.metrics)
            for raw in table.several("members"):
                _declared(raw, "metric", raw.texts("metric"), {*self.metrics, *self.families})
            if "ticker" in table.keys:
                _own(table, self.companies[_ticker(table)], owners)

    def _declare(self, table: Table, ticker: str | None) -> None:
        _add(self.metrics, metrics_in(table, ticker), table, "metrics")
        _add(self.families, families_in(table, ticker), table, "families")
        self.files.append(table)


def _ticker(table: Table) -> str:
    ticker, stem = table.text("ticker"), PurePath(table.place).stem
    if not _TICKER.fullmatch(ticker):
        raise table.wrong("ticker", f"is {ticker!r}", "write it in capitals, as the exchange does")
    if ticker != stem.upper():
        raise table.wrong("ticker", f"is {ticker!r}, but the file is called {stem}", "make them the same")
    return ticker


def _extended(company: Company, table: Table) -> Company:
    taken = sorted(set(table.keys) - ADDED_KEYS)
    if taken:
        raise ParseError(
            f"{table.place}: there is a pack of {company.ticker}, and {', '.join(taken)} cannot be changed",
            fix=f"leave it out; what can be added is {', '.join(sorted(ADDED_KEYS - {'ticker'}))}",
            file=table.place,
        )
    return replace(
        company,
        names=tuple(dict.fromkeys((*company.names, *names_in(table, "names")))),
        members=(*company.members, *members_in(table)),
        own_metrics=(*company.own_metrics, *table.table("metrics").keys),
    )


def _called(company: Company) -> dict[str, str]:
    """The names of a company as they are compared, and as they are written."""
    return {name.casefold(): name for name in (company.ticker, company.name, *company.names)}


def _owners(companies: Iterable[Company]) -> dict[str, str]:
    """Whom each name belongs to; the companies are in the order in which they were added."""
    found: dict[str, str] = {}
    for company in companies:
        for name in _called(company):
            found.setdefault(name, company.ticker)
    return found


def _own(table: Table, company: Company, owners: dict[str, str]) -> None:
    for folded, name in _called(company).items():
        if (owner := owners[folded]) != company.ticker:
            raise table.wrong("names", f"holds {name!r}, which is {owner}", "leave it to that company")


def _declared(raw: Table, key: str, ids: Iterable[str], among: Container[str]) -> None:
    for each in ids:
        if each not in among:
            raise raw.wrong(
                key, f"names {each!r}, which is declared nowhere", "declare it, or correct the id"
            )


def _add(into: dict[str, Item], items: Iterable[Item], table: Table, kind: str) -> None:
    for item in items:
        if item.id in into:
            fix = "give this one an id of its own, or keep one of the two"
            raise table.wrong(f"{kind}.{item.id}", "is declared a second time", fix)
        into[item.id] = item
