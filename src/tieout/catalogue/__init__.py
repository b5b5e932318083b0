"""What can be measured, and by what names: metrics and company packs, declared in TOML."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from tieout.catalogue.load import (
    company_in,
    directions_in,
    families_in,
    files,
    metrics_in,
    read_toml,
)
from tieout.catalogue.model import Direction, Family, Formula, Kind, Metric
from tieout.core.company import Company
from tieout.core.errors import NotFoundError, ParseError

__all__ = ["Catalogue", "Direction", "Family", "Formula", "Kind", "Metric", "GROWTH"]

GROWTH = ("_yoy", "_qoq")
"""Suffixes of stated growth rates: `revenue_yoy` is the growth of `revenue` on the year before."""


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All metrics, families, companies and direction words, by id."""

    metrics: Mapping[str, Metric]
    families: Mapping[str, Family]
    companies: Mapping[str, Company]
    directions: Mapping[str, Direction]
    others: tuple[str, ...]
    """Names of companies and houses no pack describes: their numbers are not the article's company's."""

    @staticmethod
    def load() -> Catalogue:
        """The bundled catalogue; read once a process."""
        return _load()

    def metric(self, key: str) -> Metric:
        """The metric of that id; a growth id ("revenue_yoy") answers with unit ratio.

        Raises NotFoundError with near ids.
        """
        if key in self.metrics:
            return self.metrics[key]
        for suffix in GROWTH:
            if key.endswith(suffix) and key[: -len(suffix)] in self.metrics:
                base = self.metrics[key[: -len(suffix)]]
                told = "on the year before" if suffix == "_yoy" else "on the quarter before"
                return Metric(key, f"{base.label}, growth {told}", "ratio", "flow", source=base.source)
        near = difflib.get_close_matches(key, self.metrics, n=3)
        raise NotFoundError(
            f"no metric is called {key!r}",
            fix=f"did you mean {', '.join(near)}?" if near else "see: tieout metrics",
        )

    def company(self, ticker: str) -> Company:
        """The company's pack; NotFoundError with candidates where there is none."""
        found = self.companies.get(ticker.upper())
        if found is None:
            raise NotFoundError(
                f"no company pack for {ticker!r}", fix=f"known companies: {', '.join(self.companies)}"
            )
        return found

    def family_of(self, metric: str) -> tuple[str, ...]:
        """All metrics that share a generic name with `metric`, itself included."""
        found = [metric]
        for family in self.families.values():
            if metric in family.members:
                found += [m for m in family.members if m not in found]
        return tuple(found)

    def siblings(self, metric: str) -> tuple[str, ...]:
        """The metrics that are confused with `metric`: declared ones, and its family."""
        own = self.metrics[metric].siblings if metric in self.metrics else ()
        declared_by = tuple(m.id for m in self.metrics.values() if metric in m.siblings)
        found = dict.fromkeys((*own, *declared_by, *self.family_of(metric)))
        found.pop(metric, None)
        return tuple(found)


@cache
def _load() -> Catalogue:
    metrics: dict[str, Metric] = {}
    families: dict[str, Family] = {}
    companies: dict[str, Company] = {}
    directions: dict[str, Direction] = {}
    others: list[str] = []
    for file in files("metrics"):
        table = read_toml(file)
        _add(metrics, metrics_in(table, file.name), file.name)
        _add(families, families_in(table, file.name), file.name)
        _add(directions, directions_in(table, file.name), file.name)
        others += [str(name) for name in table.get("others", [])]
    for file in files("packs"):
        table = read_toml(file)
        company = company_in(table, file.name)
        companies[company.ticker] = company
        _add(metrics, metrics_in(table, file.name, company.ticker), file.name)
        _add(families, families_in(table, file.name, company.ticker), file.name)
    for family in families.values():
        for member in (*family.members, *family.needs):
            if member not in metrics:
                raise ParseError(
                    f"family {family.id} names the unknown metric {member!r}",
                    fix="declare it, or correct the id",
                )
    return Catalogue(metrics, families, companies, directions, tuple(others))


Item = TypeVar("Item", Metric, Family, Direction)


def _add(into: dict[str, Item], items: Iterable[Item], source: str) -> None:
    for item in items:
        if item.id in into:
            raise ParseError(f"{source} declares {item.id} a second time", fix="keep one of the two")
        into[item.id] = item
