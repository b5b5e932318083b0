"""Many facts into columns at once, below a millionth of a second a fact."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (the stubs of pyarrow leave open what a column holds)

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any

import pyarrow as pa

from tieout.core.skipped import Skipped, together
from tieout.ingest.rows import MOST_DIGITS, digits
from tieout.ledger.columns import SCHEMA, compute

WRONG = date.min
"""Stands for a day that no calendar has, until its row is left out."""
PART = 500
"""Days that are laid out together, while they are in the processor's cache."""
_MOST = 10**MOST_DIGITS
_BYTE = pa.int8()


class Words(dict[str | None, int]):
    """Words to their numbers, from `first` on, in order of first use; `codes` has those of the rows."""

    def __init__(self, first: int = 0) -> None:
        super().__init__()
        self.codes = array("i")
        self._first = first

    def __missing__(self, word: str | None) -> int:
        """The number of a new word: the next."""
        return self.setdefault(word, self._first + len(self))

    def repeat(self, word: str, count: int) -> None:
        """The word in so many rows."""
        self.codes += array("i", (self[word],)) * count

    def column(self) -> pa.DictionaryArray[Any, Any]:
        """The rows' words, blank for none."""
        held = pa.array([word or "" for word in self], pa.string())
        return pa.DictionaryArray.from_arrays(plain(self.codes), held)


def day(text: str) -> date:
    """The day written "2025-08-01"; `WRONG` for any other text."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return WRONG
    # The standard allows other forms, such as weeks, which the SEC does not use.
    return found if len(text) == 10 and text[4] == text[7] == "-" else WRONG


def accession_number(text: str | None) -> int | None:
    """The number of an accession ("0000320193-25-000079"), without dashes; None for what is none."""
    if text is None or len(text) != 20 or text[10] != "-" or text[13] != "-":
        return None
    number = text.replace("-", "")
    return int(number) if len(number) == 18 and number.isascii() and number.isdigit() else None


def plain(numbers: array[int]) -> pa.Array[Any]:
    """The numbers as a column, not copied."""
    of = {"i": pa.int32(), "q": pa.int64(), "b": _BYTE}[numbers.typecode]
    return pa.Array.from_buffers(of, len(numbers), [None, pa.py_buffer(numbers)])


def same(value: str | int | bool, count: int, of: pa.DataType) -> pa.Array[Any]:
    """A column that says the same throughout."""
    if pa.types.is_dictionary(of):
        return pa.DictionaryArray.from_arrays(same(0, count, pa.int32()), pa.array([value], pa.string()))
    return pa.repeat(pa.scalar(value, of), count)  # pyright: ignore[reportCallIssue, reportArgumentType] - the stubs lack it


class Days:
    """Days to a column, a part at a time."""

    def __init__(self) -> None:
        self._waiting: list[date | None] = []
        self._parts: list[pa.Array[Any]] = []

    def add(self, days: list[date | None]) -> None:
        """More days, None for none."""
        self._waiting += days
        if len(self._waiting) > PART:
            self._lay()

    def arrays(self) -> list[pa.Array[Any]]:
        """All days, as parts of a column."""
        self._lay()
        return self._parts

    def _lay(self) -> None:
        self._parts.append(pa.array(self._waiting, pa.date32()))
        self._waiting = []


class Values:
    """Values to digits and exponents; none goes through a float."""

    def __init__(self) -> None:
        self._digits = array("q")
        self._exponents = array("b")
        self._none = array("b")
        self._seen: dict[int | Decimal, tuple[int, int] | None] = {}

    def add(self, values: list[Any]) -> None:
        """More values: whole numbers, decimals, and None for none."""
        try:
            self._digits.fromlist(values)
            self._exponents.frombytes(bytes(len(values)))
            self._none.frombytes(bytes(len(values)))
        except (TypeError, OverflowError):
            for value in values:
                found = self._split(value)
                digits, exponent = found or (0, 0)
                self._digits.append(digits)
                self._exponents.append(exponent)
                self._none.append(found is None)

    def __iadd__(self, other: Values) -> Values:
        """Those of another document behind these."""
        self._digits += other._digits
        self._exponents += other._exponents
        self._none += other._none
        return self

    def exact(self) -> tuple[pa.Array[Any], pa.Array[Any]]:
        """Digits without trailing zeros, and exponents; null for no value, or one that does not fit."""
        digits, exponents = _stripped(plain(self._digits), plain(self._exponents))
        none = compute.or_(
            plain(self._none).cast(pa.bool_()), compute.greater_equal(compute.abs(digits), _MOST)
        )
        return compute.if_else(none, pa.scalar(None, pa.int64()), digits), exponents

    def _split(self, value: int | Decimal | None) -> tuple[int, int] | None:
        if value is None or not Decimal(value).is_finite():
            return None
        if value not in self._seen:  # amounts a share recur
            self._seen[value] = digits(Decimal(value))
        return self._seen[value]


def _stripped(whole: pa.Array[Any], exponents: pa.Array[Any]) -> tuple[pa.Array[Any], pa.Array[Any]]:
    """The same values without trailing zeros: powers of ten taken out, the largest first."""
    for zeros in (16, 8, 4, 2, 1):
        fewer = compute.divide(whole, 10**zeros)
        even = compute.equal(compute.multiply(fewer, 10**zeros), whole)
        whole = compute.if_else(even, fewer, whole)
        exponents = compute.add(exponents, compute.multiply(even.cast(_BYTE), pa.scalar(zeros, _BYTE)))
    return whole, compute.if_else(compute.equal(whole, 0), pa.scalar(0, _BYTE), exponents)


def laid_out(columns: Mapping[str, pa.Array[Any]]) -> tuple[pa.Table, tuple[Skipped, ...]]:
    """A table of `SCHEMA`, blank where no column is given, and the rows left out as unfit.

    Days may be `WRONG`; `digits` and `accession` are null where they are no such thing.
    """
    start, end, filed = (columns[name] for name in ("start", "end", "filed"))
    wrong = pa.scalar(WRONG, pa.date32())
    unfit = {
        "without a value, or with one longer than any filer's": compute.is_null(columns["digits"]),
        "on a day that no calendar has": _any(compute.equal(days, wrong) for days in (start, end, filed)),
        "without an end of their period": compute.is_null(end),
        "over a period that ends before it starts": compute.greater(start, end),
        "without an accession number": compute.is_null(columns["accession"]),
    }
    table = _wide(columns)
    left = pa.repeat(pa.scalar(value=False), table.num_rows)
    skipped: list[Skipped] = []
    for why, wrong in unfit.items():
        new = compute.and_not(compute.fill_null(wrong, fill_value=False), left)
        if compute.any(new).as_py():
            skipped.append(Skipped("facts", why, compute.sum(new).as_py()))
            left = compute.or_(left, new)
    return table.filter(compute.invert(left)) if skipped else table, together(skipped)


def _wide(columns: Mapping[str, pa.Array[Any]]) -> pa.Table:
    """All columns of `SCHEMA`, those not given null, blank or as usual."""
    usual = {"scenario": "actual"}
    count = len(columns["end"])
    found = [
        columns[field.name]
        if field.name in columns
        else pa.nulls(count, field.type)
        if field.nullable
        else same(usual.get(field.name, ""), count, field.type)
        for field in SCHEMA
    ]
    return pa.table(found, schema=SCHEMA)


def _any(masks: Iterable[pa.Array[Any]]) -> pa.Array[Any]:
    return reduce(compute.or_, (compute.coalesce(mask, pa.scalar(value=False)) for mask in masks))
