"""concepts.toml -> the concept table that the ledger reads filings with."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources

from tieout.catalogue import Catalogue
from tieout.catalogue.table import Table
from tieout.core.concepts import Concept, Concepts, Tagged
from tieout.core.measure import Dimensions

_KEYS = {"tags", "near", "whole", "beside", "varies"}


@lru_cache(maxsize=8)
def concepts(catalogue: Catalogue) -> Concepts:
    """The concept table of a catalogue. Raises ParseError for an entry that breaks the rules."""
    file = resources.files("tieout.catalogue") / "concepts.toml"
    written = file.read_bytes()
    table = Table.parse(written, file.name)
    tagged = tuple(_tagged(metric, table.table(metric), catalogue) for metric in table.keys)
    units = {
        metric.id: (metric.unit, metric.kind in ("balance", "statement"))
        for metric in catalogue.metrics.values()
    }
    own: dict[str, dict[tuple[Concept, Dimensions], Tagged]] = {}
    for metric in catalogue.metrics.values():
        for concept, members in metric.filed if metric.company else ():
            told = Tagged(metric.id, *units[metric.id], (concept,))
            own.setdefault(metric.company or "", {})[concept, members] = told
    return Concepts(tagged, units, hashlib.sha256(written).hexdigest()[:12], own)


def _tagged(metric: str, raw: Table, catalogue: Catalogue) -> Tagged:
    raw.only(_KEYS)
    declared = catalogue.metrics.get(metric)
    if declared is None:
        raise raw.wrong("tags", "belong to a metric declared nowhere", "declare it, or correct the id")
    return Tagged(
        metric,
        declared.unit,
        declared.kind in ("balance", "statement"),
        _concepts(raw, "tags"),
        _concepts(raw, "near"),
        _flag(raw, "whole"),
        frozenset(_concepts(raw, "beside")),
        _flag(raw, "varies"),
    )


def _concepts(raw: Table, key: str) -> tuple[Concept, ...]:
    found: list[Concept] = []
    for text in raw.texts(key):
        taxonomy, _, name = text.rpartition(":")
        found.append((taxonomy or "us-gaap", name))
    if len(set(found)) < len(found):
        raise raw.wrong(key, "name a concept twice", "keep one of the two")
    return tuple(found)


def _flag(raw: Table, key: str) -> bool:
    found = raw.keys.get(key, False)
    if not isinstance(found, bool):
        raise raw.wrong(key, f"is {found!r}", f"write {key} = true, or leave it out")
    return found
