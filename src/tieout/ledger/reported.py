"""Rows as filed -> Facts of metrics, every vintage, each with its document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from tieout.core.concepts import Concepts
from tieout.core.fact import Document, Fact, Grade
from tieout.core.filed import OWN, Filed
from tieout.core.filing import ARCHIVES
from tieout.core.quantity import Bound, Precision, Quantity
from tieout.core.skipped import Skipped
from tieout.ledger.placed import CURRENT, Filer, Placed, known, placed
from tieout.ledger.schema import BOUNDS
from tieout.ledger.splits import adjusted, splits
from tieout.ledger.vintages import Vintage, vintages


def reported(
    rows: Iterable[Filed], concepts: Concepts, filer: Filer
) -> tuple[tuple[Fact, ...], tuple[Skipped, ...]]:
    """The facts of one filer's rows, in whatever order these come, and what of them is no fact."""
    found, skipped = placed(rows, concepts, filer)
    told = vintages(found)
    return tuple(_fact(each, filer) for each in adjusted(told, splits(told))), skipped


def _fact(each: Vintage, filer: Filer) -> Fact:
    row = each.row
    precision = Precision.UNKNOWN if each.supports else row.decimals
    return Fact(
        row.measure,
        Quantity(row.value, row.unit, precision, _bound(row)),
        document(row.filed, filer.name),
        _place(each),
        each.mark,
        derived=each.adjusted is not None,
        primary=not row.varies,
    )


def _bound(row: Placed) -> Bound:
    return BOUNDS.get(row.filed.bound, "")


def _place(each: Vintage) -> str:
    filed = each.row.filed
    if each.adjusted is not None:
        new, old = each.adjusted.numerator, each.adjusted.denominator
        return f"in shares of after the split, {new} for {old}"
    named = filed.concept if filed.taxonomy == OWN else f"{filed.taxonomy}:{filed.concept}"
    return f"{named}, element {filed.locator}" if filed.locator else named


def document(row: Filed, name: str) -> Document:
    """The filing a row stands in, as a document."""
    return _document(row.cik, row.accession, row.form, row.document, row.digest, known(row), row.filed, name)


@lru_cache(maxsize=4096)
def _document(  # noqa: PLR0913, PLR0917 - what tells one document from another, to remember it by
    cik: int,
    accession: str,
    form: str,
    file: str,
    digest: str,
    day: date | None,
    filed: date | None,
    name: str,
) -> Document:
    folder = f"{ARCHIVES}/{cik}/{accession.replace('-', '')}/"
    release = form in CURRENT
    told = f", filed {filed}" if filed else ""
    return Document(
        "press_release" if release else "filing",
        f"{name} Form {form}{told}",
        folder + file if accession else None,
        day,
        Grade.HIGH,
        accession or None,
        form or None,
        # Without a file they are the bytes of a list of facts, which are others each day for the same filing.
        (digest or None) if file else None,
    )
