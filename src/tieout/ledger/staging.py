"""Rows into files of the store: sorted, each row once, one file a bucket, set aside until committed."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (pyarrow's stubs leave open what a column holds)

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from tieout.ledger.columns import BUCKETS, SCHEMA, bucket, compute
from tieout.ledger.rows import once, plain, tight

ROW_GROUP = 1 << 15
"""Rows that are read together: a company has some thousand."""
ASIDE = ".staged"
"""Where files wait for their commit; readers of the table overlook names with a dot."""
_REPEATING: Any = [name for name in SCHEMA.names if name not in ("digits", "locator")]
"""The columns written as dictionaries; values and places seldom repeat. Its stub takes no list."""


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


def digest(parts: Iterable[Part]) -> str:
    """A digest of which files these are, and so of their rows, in whatever order they come."""
    text = "\n".join(sorted(part.path for part in parts))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


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
        return self.write(once(rows, self._held(rows)))

    def write(self, rows: pa.Table) -> tuple[Part, ...]:
        """The files of sorted rows, one a bucket."""
        return tuple(self._write(number, lot) for number, lot in _buckets(rows))

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
        with pq.ParquetWriter(
            aside,
            SCHEMA,
            compression="zstd",
            use_dictionary=_REPEATING,
            write_statistics=["cik"],
            write_page_checksum=True,
        ) as file:
            for first in range(0, rows.num_rows, ROW_GROUP):
                file.write_table(tight(rows.slice(first, ROW_GROUP)))
        with aside.open("rb") as file:
            name = f"{hashlib.file_digest(file, 'sha256').hexdigest()[:32]}.parquet"
        size = aside.stat().st_size
        aside.replace(aside.with_name(name))
        ciks = rows["cik"]
        return Part(number, name, size, rows.num_rows, ciks[0].as_py(), ciks[-1].as_py())


def _buckets(rows: pa.Table) -> Iterator[tuple[int, pa.Table]]:
    """Each bucket with its rows, in their order."""
    if not rows.num_rows:
        return
    ciks = rows["cik"]
    buckets = compute.subtract(ciks, compute.multiply(compute.divide(ciks, BUCKETS), BUCKETS))
    numbers = sorted(compute.unique(buckets).to_pylist())
    if len(numbers) == 1:
        yield numbers[0], rows
        return
    for number in numbers:
        yield number, rows.filter(compute.equal(buckets, number))
