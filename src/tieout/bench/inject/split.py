"""Which companies and quarters one looks at, and which are only to score with."""

from __future__ import annotations

import hashlib
from datetime import date

from tieout.bench.inject.phrasing import Set
from tieout.bench.inject.truth import World
from tieout.core.period import Period


def side(entity: str, period: Period) -> Set:
    """Which set a company's quarter belongs to: some companies wholly to one, the others by quarter."""
    of_company = _hash(f"company {entity}") % 4
    if of_company < 2:
        return "look" if of_company == 0 else "score"
    return "look" if _hash(f"{entity} {period.end}") % 2 == 0 else "score"


def _hash(text: str) -> int:
    return int(hashlib.sha256(f"bench {text}".encode()).hexdigest()[:8], 16)


def cells(world: World, which: Set) -> dict[str, tuple[tuple[Period, date], ...]]:
    """The companies and quarters of a set, each with the day its revenue was first known."""
    found = {
        entity: tuple(pair for pair in world.quarters(entity) if side(entity, pair[0]) == which)
        for entity in world.companies
    }
    return {entity: pairs for entity, pairs in found.items() if pairs}
