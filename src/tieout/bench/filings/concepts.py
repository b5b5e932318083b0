"""tieout's metrics and the taxonomy's concepts, one to the other."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from tieout.core.company import Company
from tieout.core.measure import Dimensions

_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_IDLE = frozenset({"and", "member", "segment", "segments"})


@cache
def metrics() -> Mapping[str, str]:
    """The metric of each concept ("us-gaap:Assets"), of those the map knows."""
    written = files("tieout.bench.filings").joinpath("concepts.toml").read_text(encoding="utf-8")
    return {
        concept if ":" in concept else f"us-gaap:{concept}": metric
        for metric, concepts in tomllib.loads(written)["concepts"].items()
        for concept in concepts
    }


def members(tagged: tuple[tuple[str, str], ...], company: Company) -> Dimensions:
    """The dimensions of a context's members: the pack's where it names them so, else those of the filing."""
    told = {
        words(member): dimension
        for each in company.members
        for dimension in each.dimensions
        for member in [dimension[1]]
    }
    return tuple(sorted(told.get(words(_local(name)), (_local(axis), _local(name))) for axis, name in tagged))


def words(name: str) -> frozenset[str]:
    """The words of a member's name: "ComputeAndNetworkingMember" and "Compute & Networking" have the same."""
    return frozenset(word.lower() for word in _CAMEL.findall(name)) - _IDLE


def _local(name: str) -> str:
    return name.rpartition(":")[2]
