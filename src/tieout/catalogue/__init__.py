"""What can be measured, and by what names: metrics and company packs, declared in TOML."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from tieout.catalogue.draft import Draft
from tieout.catalogue.model import Direction, Family, Formula, Kind, Metric
from tieout.catalogue.table import Table
from tieout.core.company import Company
from tieout.core.errors import NotFoundError, ParseError
from tieout.core.folder import content, files

__all__ = ["Catalogue", "Direction", "Family", "Formula", "Kind", "Metric", "GROWTH"]

GROWTH = ("_yoy", "_qoq")
"""Suffixes of stated growth rates: `revenue_yoy` is the growth of `revenue` on the year before."""
MAX_BYTES = 1 << 18
"""The longest pack that is read; the longest bundled one holds a twentieth of it."""
MAX_DOTS = 2000
"""As many dots as a pack may hold: a key of a hundred thousand dotted parts would fill all memory."""


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
    def load(folder: Path | None = None) -> Catalogue:
        """The bundled catalogue, with the packs of `folder` (TICKER.toml) over it.

        A pack adds a company, or names, members and metrics to one that has a pack. Raises NotFoundError for
        a folder that cannot be read, ParseError naming file and key for a pack that breaks the rules.
        """
        packs = _packs(folder) if folder is not None else ()
        return _over(packs) if packs else _bundled()

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
                return Metric(key, f"{base.label}, growth {told}", "ratio", "flow")
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

    def having(self, companies: tuple[Company, ...], others: tuple[str, ...] = ()) -> Catalogue:
        """This catalogue with those companies too, whose names are then nobody else's; itself for none.

        `others` are names of further companies, known by name alone.
        """
        return _having(self, companies, others) if companies or others else self

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


@lru_cache(maxsize=64)
def _having(base: Catalogue, companies: tuple[Company, ...], others: tuple[str, ...]) -> Catalogue:
    names = {name for company in companies for name in (company.name, *company.names)}
    return replace(
        base,
        companies={**base.companies, **{company.ticker: company for company in companies}},
        others=tuple(name for name in (*base.others, *others) if name not in names),
    )


@cache
def _bundled() -> Catalogue:
    draft, bundled = Draft(), resources.files("tieout.catalogue")
    for file in files(bundled / "metrics", ".toml"):
        draft.general(Table.parse(file.read_bytes(), file.name))
    for file in files(bundled / "packs", ".toml"):
        draft.pack(Table.parse(file.read_bytes(), file.name))
    return _made(draft)


@lru_cache(maxsize=4)
def _over(packs: tuple[tuple[str, bytes], ...]) -> Catalogue:
    """The bundled catalogue with these packs, kept by what they say: a changed file is another catalogue."""
    base = _bundled()
    draft = Draft(
        dict(base.metrics),
        dict(base.families),
        dict(base.companies),
        dict(base.directions),
        list(base.others),
    )
    for name, text in packs:
        draft.pack(Table.parse(text, name))
    return _made(draft)


def _made(draft: Draft) -> Catalogue:
    draft.check()
    return Catalogue(draft.metrics, draft.families, draft.companies, draft.directions, tuple(draft.others))


def _packs(folder: Path) -> tuple[tuple[str, bytes], ...]:
    return tuple((str(file), _pack(file)) for file in files(folder, ".toml"))


def _pack(file: Traversable) -> bytes:
    found = content(file, MAX_BYTES)
    if found.count(b".") > MAX_DOTS:
        raise ParseError(
            f"{file} holds more than {MAX_DOTS} dots, which no pack does",
            file=str(file),
            fix="Take the file out of the folder.",
        )
    return found
