"""Facts as filed, laid out in columns."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow

import pyarrow as pa

from tieout.core.filed import Filed
from tieout.core.quantity import Decimals, Precision
from tieout.core.skipped import Skipped, together
from tieout.ledger.columns import EXACT, SCHEMA, joined

MOST_DIGITS = 18
"""As many as always fit a column of 64 bits."""
_EXACT = Context(prec=MOST_DIGITS, traps=[Inexact, InvalidOperation, Overflow])
"""Drops zeros, and refuses to drop any other digit."""


def table(rows: Iterable[Filed]) -> tuple[pa.Table, tuple[Skipped, ...]]:
    """The rows as a table of `SCHEMA`, in order; what does not fit its columns is left out and counted."""
    columns: dict[str, list[object]] = {name: [] for name in SCHEMA.names}
    skipped: list[Skipped] = []
    for row in rows:
        held = digits(row.value)
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


def digits(value: Decimal) -> tuple[int, int] | None:
    """The value's digits without trailing zeros, and its exponent; None where they do not fit."""
    try:
        bare = _EXACT.normalize(value)
    except ArithmeticError:
        return None
    exponent = bare.as_tuple().exponent
    if not isinstance(exponent, int) or not -128 <= exponent <= 127:
        return None
    return int(_EXACT.scaleb(bare, -exponent)), exponent if bare else 0


def _decimals(decimals: Decimals) -> int | None:
    if isinstance(decimals, int):
        return decimals
    return EXACT if decimals is Precision.EXACT else None


def _fits(decimals: int | None) -> bool:
    return decimals is None or -128 <= decimals <= EXACT
