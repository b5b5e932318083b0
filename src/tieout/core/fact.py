"""Numbers tieout may print: reported, derived or assumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum

from tieout.core.interval import Interval
from tieout.core.measure import Measure
from tieout.core.period import Period
from tieout.core.quantity import RATIO, Precision, Quantity, Unit


class Grade(StrEnum):
    """How far to trust a document: the company's own or two sources; one secondary; origin not found."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Weight(IntEnum):
    """What a figure may do to a claim: support it; refute it when explained to three digits; refute it."""

    SUPPORTS = 0
    REFUTES_IF_EXPLAINED = 1
    REFUTES = 2


@dataclass(frozen=True, slots=True)
class Document:
    """Where a figure stands. `known` is the New York day the world could read it; None where unknown.

    `kind`: filing, press_release, transcript, news. `url` is None where the address is not whole.
    """

    kind: str
    title: str
    url: str | None
    known: date | None
    grade: Grade
    accession: str | None = None
    form: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A reported figure, with the document it stands in.

    `vintage`: "first reported", "recast" or "". `derived` marks a figure somebody computed: it
    supports and explains, and never refutes. `primary` is False on the lesser of two sources in
    conflict. `definition` keeps the company's own definition of a KPI.
    """

    measure: Measure
    quantity: Quantity
    document: Document
    locator: str = ""
    vintage: str = ""
    derived: bool = False
    primary: bool = True
    definition: str = ""

    @property
    def interval(self) -> Interval:
        """The values the figure can stand for."""
        return self.quantity.interval()

    @property
    def unit(self) -> Unit:
        """The figure's unit."""
        return self.quantity.unit

    @property
    def known(self) -> date | None:
        """The New York day the figure became known."""
        return self.document.known

    @property
    def basis(self) -> str:
        """Always "reported"."""
        return "reported"

    @property
    def weight(self) -> Weight:
        """What this figure may do to a claim."""
        if (
            self.derived
            or self.document.url is None
            or self.document.known is None
            or self.document.grade is Grade.LOW
            or self.quantity.decimals is Precision.UNKNOWN
        ):
            return Weight.SUPPORTS
        if self.document.grade is Grade.MEDIUM or not self.primary:
            return Weight.REFUTES_IF_EXPLAINED
        return Weight.REFUTES

    def documents(self) -> Iterator[Document]:
        """The document."""
        yield self.document

    def explain(self, depth: int = 0) -> Iterator[str]:
        """One line: measure, value and document."""
        yield (
            f"{'  ' * depth}{describe(self.measure)} = {_number(self.quantity.value)} {self.unit}"
            f"  [{self.document.title}, {self.document.known}]"
        )


@dataclass(frozen=True, slots=True)
class Assumption:
    """A figure somebody chose, with who and why."""

    name: str
    quantity: Quantity
    period: Period
    author: str
    reason: str
    made_at: date


@dataclass(frozen=True, slots=True)
class Derived:
    """A computed figure: its interval, the formula and the figures that went in, down to facts.

    `value` is the formula applied to the values as printed; the interval carries their rounding.
    """

    measure: Measure
    interval: Interval
    value: Decimal
    unit: Unit
    formula: str
    inputs: tuple[Figure, ...]

    @property
    def known(self) -> date | None:
        """The day the last of its inputs became known; None where one is unknown."""
        days = [figure.known for figure in self.inputs]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None

    @property
    def basis(self) -> str:
        """Always "derived"."""
        return "derived"

    @property
    def in_points(self) -> bool:
        """Whether this is a difference of ratios, which people give in points and not in percent."""
        differs = " - " in self.formula and not self.formula.endswith("- 1")
        return differs and self.unit == RATIO and all(figure.unit == RATIO for figure in self.inputs)

    @property
    def weight(self) -> Weight:
        """The least of its inputs' weights; less for parts of a year that were revised.

        Revised together or each at another time, they need not stand on one basis: what comes out may be a
        number nobody ever told.
        """
        least = min(figure.weight for figure in self.inputs)
        return min(least, Weight.REFUTES_IF_EXPLAINED) if self._of_revised_parts else least

    @property
    def _of_revised_parts(self) -> bool:
        alike = all(figure.measure.metric == self.measure.metric for figure in self.inputs)
        return alike and self.vintage != "" and len(tuple(self.documents())) > 1

    @property
    def vintage(self) -> str:
        """The inputs' vintages, joined."""
        return " / ".join(sorted({figure.vintage for figure in self.inputs if figure.vintage}))

    @property
    def primary(self) -> bool:
        """Whether every input is primary."""
        return all(figure.primary for figure in self.inputs)

    def documents(self) -> Iterator[Document]:
        """The documents of all inputs, in order, each once."""
        seen: list[Document] = []
        for figure in self.inputs:
            for document in figure.documents():
                if document not in seen:
                    seen.append(document)
                    yield document

    def explain(self, depth: int = 0) -> Iterator[str]:
        """The tree of inputs, a line each."""
        ends = f"{_number(self.interval.low)} to {_number(self.interval.high)}"
        yield (
            f"{'  ' * depth}{describe(self.measure)} = {_number(self.value)} {self.unit} ({ends})"
            f"  = {self.formula}"
        )
        for figure in self.inputs:
            yield from figure.explain(depth + 1)


Figure = Fact | Derived


def point(figure: Figure) -> Decimal:
    """The figure's value: as printed, or computed from values as printed."""
    return figure.value if isinstance(figure, Derived) else figure.quantity.value


def describe(measure: Measure) -> str:
    """A measure in one line: entity, metric, members, period, scenario."""
    members = " ".join(member for _, member in measure.dimensions)
    scenario = "" if measure.scenario == "actual" else f" ({measure.scenario})"
    return (
        " ".join(part for part in (measure.entity, measure.metric, members, f"[{measure.period}]") if part)
        + scenario
    )


def _number(value: Decimal | None) -> str:
    if value is None:
        return "open"
    rounded = value if value == value.to_integral() else value.quantize(Decimal("0.0001"))
    return f"{rounded.normalize():f}"
