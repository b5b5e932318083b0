"""What sorting, storing and indexing do with rows in columns."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (pyarrow's stubs leave open what a column holds)

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa

from tieout.ledger.columns import SCHEMA, compute

if TYPE_CHECKING:
    Column: TypeAlias = pa.ChunkedArray[Any]
    """A column of a table; a mask is one of true and false."""

_SORT = ("cik", "taxonomy", "concept", "dimensions", "unit", "end", "start", "accession")
_IDENTITY = (*_SORT, *(name for name in SCHEMA.names if name not in (*_SORT, "digest")))
"""What makes two rows one: everything but the bytes they were read from."""


def once(rows: pa.Table, held: pa.Table | None = None) -> pa.Table:
    """The rows sorted by company, concept, dimensions, unit and period, each once, without those held."""
    both = rows if held is None else plain([held, rows])
    seen = 0 if held is None else held.num_rows
    keys = pa.table([codes(both[name]) for name in _SORT], names=list(_SORT))
    order = _order(keys)
    doubtful = same(keys.take(order), _SORT)
    if compute.any(doubtful).as_py():
        keys = pa.table([codes(both[name]) for name in _IDENTITY], names=list(_IDENTITY))
        order = _order(keys)
        repeats = same(keys.take(order), _IDENTITY)
        first = pa.chunked_array([pa.array([True]), *compute.invert(repeats).chunks])
        order = order.filter(first)
    if seen:
        order = order.filter(compute.greater_equal(order, seen))
    return both.take(order)


def _order(keys: pa.Table) -> pa.Array[Any]:
    """Row numbers in order; equal rows stay as they were, so that the held come first."""
    return compute.sort_indices(keys, sort_keys=[(name, "ascending") for name in keys.column_names])


def same(keys: pa.Table, names: Iterable[str]) -> Column:
    """For each row but the first, whether it equals the one before."""
    before, after = keys.slice(0, max(keys.num_rows - 1, 0)), keys.slice(1)
    return reduce(compute.and_, (compute.equal(before[name], after[name]) for name in names))


def codes(column: Column) -> pa.Array[Any]:
    """Whole numbers that sort and compare as the column does, whatever the order of its dictionary."""
    values: Any = column.combine_chunks()
    if pa.types.is_string(values.type):
        values = values.dictionary_encode()
    if pa.types.is_dictionary(values.type):
        return compute.take(compute.rank(values.dictionary, tiebreaker="dense"), values.indices).cast(
            pa.int64()
        )
    number = pa.int32() if values.type.bit_width == 32 else pa.int64()
    plain = values.cast(number) if not pa.types.is_timestamp(values.type) else values.cast(pa.int64())
    return compute.coalesce(plain.cast(pa.int64()), -(1 << 63))


def plain(tables: list[pa.Table]) -> pa.Table:
    """The tables as one, of one chunk and one dictionary a column."""
    joined = pa.concat_tables(tables) if tables else SCHEMA.empty_table()
    return joined.unify_dictionaries().combine_chunks()


def tight(rows: pa.Table) -> pa.Table:
    """The rows with dictionaries of what they use: each group of a file holds its dictionaries whole."""
    return pa.table([_used(column) for column in rows.columns], schema=rows.schema)


def _used(column: Column) -> pa.Array[Any]:
    values: Any = column.combine_chunks()
    if not pa.types.is_dictionary(values.type):
        return values
    used = compute.unique(values.indices)
    indices = compute.index_in(values.indices, used)
    return pa.DictionaryArray.from_arrays(indices, values.dictionary.take(used))
