"""What a filing's documents tag, before contexts and units are looked up: they may stand in another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from tieout.core.errors import ParseError
from tieout.core.quantity import Decimals, Precision
from tieout.core.skipped import Skipped
from tieout.ingest.contexts import XBRLI, Context, Unusable, context, unit
from tieout.ingest.names import Names
from tieout.ingest.xml import Element

MAX_SHIFT = 30
"""The largest scale or number of decimals that can be meant."""
MAX_FACTS = 300_000
"""As many as are read of one filing; those of large banks and funds tag some twenty thousand."""
DEI = "dei:"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_WHOLE = re.compile("[+-]?[0-9]{1,3}")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tagged number: its prefixed concept, the ids of context and unit, value, precision and place."""

    name: str
    context: str
    unit: str
    value: Decimal
    decimals: Decimals
    document: str
    locator: str


@dataclass(frozen=True, slots=True)
class Said:
    """A cover fact: its concept without "dei:", its context's id and its text."""

    name: str
    context: str
    text: str


@dataclass(slots=True)
class Gathered:
    """Fills while the documents of a filing are read; what cannot be used stands with its reason."""

    contexts: dict[str, Context | Unusable] = field(default_factory=dict[str, Context | Unusable])
    units: dict[str, str | Unusable] = field(default_factory=dict[str, str | Unusable])
    tagged: list[Tagged] = field(default_factory=list[Tagged])
    said: list[Said] = field(default_factory=list[Said])
    skipped: list[Skipped] = field(default_factory=list[Skipped])
    names: Names = field(default_factory=Names)
    seen: int = 0

    def resources(self, root: Element) -> None:
        """The contexts and units of a document, taken in."""
        _keep(self.contexts, root.iter(f"{XBRLI}context"), lambda each: context(each, self.names))
        _keep(self.units, root.iter(f"{XBRLI}unit"), unit)

    def count(self, document: str) -> None:
        """Nothing while there are few enough facts. Raises ParseError where there are too many."""
        self.seen += 1
        if self.seen > MAX_FACTS:
            raise ParseError(f"{document} tags more than {MAX_FACTS} facts", fix="leave it out")

    def number(self, element: Element, name: str, value: Decimal | str, document: str) -> None:
        """A tagged number, taken in; where the value is a reason why there is none, it is counted."""
        if isinstance(value, str):
            self.skipped.append(Skipped("facts", value))
            return
        self.tagged.append(
            Tagged(
                name,
                element.get("contextRef", ""),
                element.get("unitRef", ""),
                value,
                stated(element, value),
                document,
                element.get("id", ""),
            )
        )


def is_nil(element: Element) -> bool:
    """Whether the element says that there is no value."""
    return element.get(_NIL) in ("true", "1")


def whole(text: str) -> int | None:
    """A whole number that a scale or decimals can be; None for others."""
    found = int(text) if _WHOLE.fullmatch(text.strip()) else None
    return None if found is None or abs(found) > MAX_SHIFT else found


def stated(element: Element, value: Decimal) -> Decimals:
    """The precision an element states, as decimals; UNKNOWN where it states none that can be meant."""
    decimals, precision = element.get("decimals", "").strip(), element.get("precision", "").strip()
    if "INF" in (decimals, precision):
        return Precision.EXACT
    found = whole(decimals)
    if found is None and value and (figures := whole(precision)):
        found = figures - value.adjusted() - 1
    return Precision.UNKNOWN if found is None else found


def _keep(kept: dict[str, _T | Unusable], found: Iterable[Element], read: Callable[[Element], _T]) -> None:
    """Each element read, by its id; an id that stands for two things stands for none."""
    for element in found:
        key = element.get("id", "")
        try:
            value = read(element)
        except Unusable as reason:
            value = reason
        if kept.setdefault(key, value) != value:
            kept[key] = Unusable("in a context or unit whose id stands for two")
