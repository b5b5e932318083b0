"""A figure's tree for people: down to the documents, fiscal names, values in words."""

from __future__ import annotations

from collections.abc import Iterator

from tieout.catalogue import Catalogue
from tieout.core.fact import Derived, Fact, Figure
from tieout.figures.format import amount, interval
from tieout.figures.steps import name

__all__ = ["explained"]

_BOUNDS = {
    "at_least": "at least ",
    "up_to": "up to ",
    "low": "low end ",
    "mid": "midpoint ",
    "high": "high end ",
}


def explained(figure: Figure, catalogue: Catalogue) -> str:
    """The tree of a figure, one line for each figure, formula, document and address."""
    return "\n".join(_lines(figure, catalogue, ""))


def _lines(figure: Figure, catalogue: Catalogue, indent: str) -> Iterator[str]:
    title = name(figure.measure, catalogue, entity=True)
    if isinstance(figure, Derived):
        value, ends = amount(figure.value, figure.unit), interval(figure.interval, figure.unit)
        yield f"{indent}{title}: {value}{'' if ends == value else f' ({ends})'}"
        yield f"{indent}  = {figure.formula}"
        for part in figure.inputs:
            yield from _lines(part, catalogue, indent + "  ")
        return
    quantity = figure.quantity
    notes = ", ".join(_notes(figure))
    value = amount(quantity.value, quantity.unit)
    yield f"{indent}{title}: {_BOUNDS.get(quantity.bound, '')}{value}{f' ({notes})' if notes else ''}"
    document = figure.document
    known = "day unknown" if document.known is None else f"known {document.known}"
    where = f", {figure.locator}" if figure.locator else ""
    yield f"{indent}  {document.title}{where}, {known}"
    yield f"{indent}  {document.url or 'no address held'}"


def _notes(fact: Fact) -> Iterator[str]:
    if fact.vintage:
        yield fact.vintage
    if fact.derived:
        yield "computed by others"
    if not fact.primary:
        yield "the lesser of two sources"
