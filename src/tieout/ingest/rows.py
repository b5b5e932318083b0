"""Facts as filed, laid out in columns."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pyarrow as pa

from tieout.core.filed import Filed
from tieout.core.quantity import Decimals, Precision
from tieout.core.skipped import Skipped, together
from tieout.ledger.columns import EXACT, SCHEMA, joined

MOST_DIGITS = 18
"""As many as always fit a column of 64 bits."""


def table(rows: Iterable[Filed]) -> tuple[pa.Table, tuple[Skipped, ...]]:
    """The rows as a table of `SCHEMA`, in order; what does not fit its columns is left out and counted."""
    columns: dict[str, list[object]] = {name: [] for name in SCHEMA.names}
    skipped: list[Skipped] = []
    for row in rows:
        held = _digits(row.value)
        decimals = _decimals(row.decimals)
        if held is None or not _fits(decimals):
            skipped.append(Skipped("facts", "a value or decimals longer than any filer's"))
            continue
        for column, value in zip(columns.values(), _values(row, held, decimals), strict=True):
            column.append(value)
    return pa.Table.from_pydict(columns, schema=SCHEMA), together(skipped)


def _values(row: Filed, held: tuple[int, int], decimals: int | None) -> tuple[object, ...]:
    return (
        row.cik,
        row.taxonomy,
        row.concept,
        joined(row.dimensions),
        row.unit,
        row.start,
        row.end,
        *held,
        decimals,
        int(row.accession.replace("-", "")) if row.accession else None,
        row.form,
        row.filed,
        row.accepted,
        row.document,
        row.locator,
        row.digest,
        row.scenario,
        row.bound,
    )


def _digits(value: Decimal) -> tuple[int, int] | None:
    """The value's digits without trailing zeros, and its exponent; None where they do not fit.

    By hand: `Decimal.normalize` rounds to the digits of its context.
    """
    sign, digits, exponent = value.as_tuple()
    written = "".join(map(str, digits)).lstrip("0")
    bare = written.rstrip("0")
    if not bare:
        return 0, 0
    if not isinstance(exponent, int) or len(bare) > MOST_DIGITS:
        return None
    exponent += len(written) - len(bare)
    return (-int(bare) if sign else int(bare), exponent) if -128 <= exponent <= 127 else None


def _decimals(decimals: Decimals) -> int | None:
    if isinstance(decimals, int):
        return decimals
    return EXACT if decimals is Precision.EXACT else None


def _fits(decimals: int | None) -> bool:
    return decimals is None or -128 <= decimals <= EXACT
