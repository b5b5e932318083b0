"""Rows into files of the store: sorted, each row once, one file a bucket, set aside until committed."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (pyarrow's stubs leave open what a column holds)

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from tieout.ledger.columns import BUCKETS, SCHEMA, bucket, compute

ROW_GROUP = 1 << 15
"""Rows that are read together: a company has some thousand."""
ASIDE = ".staged"
"""Where files wait for their commit; readers of the table overlook names with a dot."""
_SORT = ("cik", "taxonomy", "concept", "dimensions", "unit", "end", "start", "accession")
_IDENTITY = (*_SORT, *(name for name in SCHEMA.names if name not in (*_SORT, "digest")))
"""What makes two rows one: everything but the bytes they were read from."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of one bucket, as the table's log records it; its name is the digest of its bytes."""

    bucket: int
    name: str
    size: int
    rows: int
    first: int
    last: int

    @property
    def path(self) -> str:
        """Its path within the table."""
        return f"bucket={self.bucket}/{self.name}"


@dataclass(frozen=True, slots=True)
class Staging:
    """What writes files beside a table; it may be handed to another process.

    `parts` are those of the table when writing began, where rows already held are looked for.
    """

    folder: Path
    parts: tuple[Part, ...] = ()

    def stage(self, tables: Iterable[pa.Table]) -> tuple[Part, ...]:
        """The files that hold the rows not held before, sorted, each once; nothing is committed yet."""
        rows = plain([table.select(SCHEMA.names).cast(SCHEMA) for table in tables])
        return tuple(self._write(number, fresh) for number, fresh in _buckets(once(rows, self._held(rows))))

    def _held(self, rows: pa.Table) -> pa.Table | None:
        """Rows already in the table of the companies that `rows` are about, None for none."""
        ciks = compute.unique(rows["cik"])
        found = [
            pq.read_table(self.folder / part.path, filters=compute.field("cik").isin(ciks), partitioning=None)
            for part in self.parts
            if any(part.bucket == bucket(cik) and part.first <= cik <= part.last for cik in ciks.to_pylist())
        ]
        return plain(found) if found else None

    def _write(self, number: int, rows: pa.Table) -> Part:
        aside = self.folder / ASIDE / f"{uuid4().hex}.parquet"
        aside.parent.mkdir(parents=True, exist_ok=True)
        with pq.ParquetWriter(aside, SCHEMA, compression="zstd", write_page_checksum=True) as file:
            for first in range(0, rows.num_rows, ROW_GROUP):
                file.write_table(_tight(rows.slice(first, ROW_GROUP)))
        with aside.open("rb") as file:
            name = f"{hashlib.file_digest(file, 'sha256').hexdigest()[:32]}.parquet"
        size = aside.stat().st_size
        aside.replace(aside.with_name(name))
        ciks = rows["cik"]
        return Part(number, name, size, rows.num_rows, ciks[0].as_py(), ciks[-1].as_py())


def once(rows: pa.Table, held: pa.Table | None = None) -> pa.Table:
    """The rows sorted by company, concept, dimensions, unit and period, each once, without those held."""
    both = rows if held is None else plain([held, rows])
    seen = 0 if held is None else held.num_rows
    keys = pa.table([_codes(both[name]) for name in _SORT], names=list(_SORT))
    order = _order(keys)
    doubtful = _same(keys.take(order), _SORT)
    if compute.any(doubtful).as_py():
        keys = pa.table([_codes(both[name]) for name in _IDENTITY], names=list(_IDENTITY))
        order = _order(keys)
        repeats = _same(keys.take(order), _IDENTITY)
        first = pa.chunked_array([pa.array([True]), *compute.invert(repeats).chunks])
        order = order.filter(first)
    if seen:
        order = order.filter(compute.greater_equal(order, seen))
    return both.take(order)


def _order(keys: pa.Table) -> pa.Array[Any]:
    """Row numbers in order; equal rows stay as they were, so that the held come first."""
    return compute.sort_indices(keys, sort_keys=[(name, "ascending") for name in keys.column_names])


def _same(keys: pa.Table, names: Iterable[str]) -> pa.ChunkedArray[Any]:
    """For each row but the first, whether it equals the one before."""
    before, after = keys.slice(0, max(keys.num_rows - 1, 0)), keys.slice(1)
    return reduce(compute.and_, (compute.equal(before[name], after[name]) for name in names))


def _codes(column: pa.ChunkedArray[Any]) -> pa.Array[Any]:
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
    return compute.fill_null(plain.cast(pa.int64()), -(1 << 63))


def plain(tables: list[pa.Table]) -> pa.Table:
    """The tables as one, of one chunk and one dictionary a column."""
    joined = pa.concat_tables(tables) if tables else SCHEMA.empty_table()
    return joined.unify_dictionaries().combine_chunks()


def _tight(rows: pa.Table) -> pa.Table:
    """The rows with dictionaries of what they use: each group of a file holds its dictionaries whole."""
    return pa.table([_used(column) for column in rows.columns], schema=SCHEMA)


def _used(column: pa.ChunkedArray[Any]) -> pa.Array[Any]:
    values: Any = column.combine_chunks()
    if not pa.types.is_dictionary(values.type):
        return values
    used = compute.unique(values.indices)
    indices = compute.index_in(values.indices, used)
    return pa.DictionaryArray.from_arrays(indices, values.dictionary.take(used))


def _buckets(rows: pa.Table) -> Iterator[tuple[int, pa.Table]]:
    """Each bucket with its rows, in their order."""
    if not rows.num_rows:
        return
    ciks = rows["cik"]
    buckets = compute.subtract(ciks, compute.multiply(compute.divide(ciks, BUCKETS), BUCKETS))
    for number in sorted(compute.unique(buckets).to_pylist()):
        yield number, rows.filter(compute.equal(buckets, number))
