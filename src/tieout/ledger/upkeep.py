"""What a store holds, in numbers; its files made few and large; its rows out as Parquet or CSV."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (the stubs of pyarrow and duckdb leave open what a column or row holds)

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from tieout.core.errors import UsageError
from tieout.ledger.columns import BUCKETS, SCHEMA, compute, known
from tieout.ledger.duck import asking, text
from tieout.ledger.index import sweep
from tieout.ledger.rows import once, plain
from tieout.ledger.staging import Part
from tieout.ledger.store import TABLE, Store, Writer

FEW = 2
"""As many files a bucket may have without being compacted, besides one for each `LARGE` rows."""
LARGE = 500_000
"""Rows of a file made by compacting: what is sorted at once, which bounds memory."""
KEPT_HOURS = 24
"""How long files that no longer count are kept for those who are still reading them."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is held of one taxonomy; `first` and `last` are days of filing."""

    taxonomy: str
    facts: int
    companies: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Status:
    """How large a store is and what it covers; `unused` are bytes that compacting will free in time."""

    version: str
    facts: int
    companies: int
    documents: dict[str, int]
    files: int
    size: int
    unused: int
    coverage: tuple[Coverage, ...]


def status(store: Store) -> Status:
    """The store in numbers."""
    parts = store.parts()
    size = sum(part.size for part in parts)
    kinds = Counter(each.kind for each in store.documents().values())
    on_disk = sum(file.stat().st_size for file in (store.folder / TABLE).glob("bucket=*/*.parquet"))
    return Status(
        store.version(),
        sum(part.rows for part in parts),
        len(store.companies()),
        dict(sorted(kinds.items())),
        len(parts),
        size,
        max(on_disk - size, 0),
        _coverage(store),
    )


def compact(store: Store, tick: Callable[[], None], waiting: Callable[[], None] | None = None) -> int:
    """How many files fewer there are, once those of each bucket are sorted into few, without repeated rows.

    Answers stay the same. `tick` is called after each bucket; one commit each, so that it may be interrupted.
    """
    before = len(store.parts())
    with store.writing(waiting) as writer:
        for number in range(BUCKETS):
            parts = tuple(part for part in store.parts() if part.bucket == number)
            if _scattered(parts):
                _merge(writer, parts)
            tick()
        writer.tidy(KEPT_HOURS)
    sweep(store, KEPT_HOURS)
    return before - len(store.parts())


def export(store: Store, out: Path, companies: Iterable[int] = (), as_of: date | None = None) -> int:
    """How many rows were written to `out`, as Parquet or CSV by its ending, whole or not at all.

    All companies where none is named; with `as_of`, what could be known on that New York day.
    """
    asked = tuple(companies)
    tables = (store.company(cik, as_of) for cik in asked) if asked else _all(store, as_of)
    kind = out.suffix.lower()
    if kind not in (".parquet", ".csv"):
        raise UsageError(f"{out}: not a kind of export", fix="Name a file that ends in .parquet or .csv.")
    aside = out.with_name(f".{out.name}.{uuid4().hex[:8]}")
    try:
        rows = _as_parquet(tables, aside) if kind == ".parquet" else _as_csv(store, tables, aside)
        aside.replace(out)
    except OSError as error:
        raise UsageError(
            f"{out}: {error.strerror}", fix="Name a file in a folder you may write to."
        ) from error
    finally:
        aside.unlink(missing_ok=True)
    return rows


def _coverage(store: Store) -> tuple[Coverage, ...]:
    files = store.files()
    if not files:
        return ()
    with asking(store.folder) as connection:
        rows = connection.execute(text("coverage"), {"files": files}).fetchall()
    return tuple(Coverage(*row) for row in rows)


def _scattered(parts: tuple[Part, ...]) -> bool:
    """Whether companies lie in several files, or in more than their rows need."""
    many = len(parts) > FEW + sum(part.rows for part in parts) // LARGE
    return many or any(one.last >= other.first for one, other in pairwise(parts))


def _merge(writer: Writer, parts: tuple[Part, ...]) -> None:
    """Commit files of some companies each, in order, for these files of one bucket."""
    staging = writer.staging
    made = [part for rows in _lots(staging.folder, parts) for part in staging.write(rows)]
    same = {part.name for part in parts} & {part.name for part in made}
    writer.commit(
        [part for part in made if part.name not in same],
        (),
        [part for part in parts if part.name not in same],
    )


def _lots(folder: Path, parts: Iterable[Part]) -> Iterator[pa.Table]:
    """The rows of these files, each once, sorted, by whole companies, about `LARGE` at a time."""
    files = [folder / part.path for part in parts]
    counts: Counter[int] = Counter()
    for file in files:
        for each in compute.value_counts(pq.ParquetFile(file).read(columns=["cik"])["cik"]).to_pylist():
            counts[each["values"]] += each["counts"]
    lot: list[int] = []
    for number, cik in enumerate(sorted(counts), 1):
        lot.append(cik)
        if number == len(counts) or sum(counts[each] for each in lot) >= LARGE:
            wanted = compute.field("cik").isin(lot)
            yield once(plain([pq.read_table(file, filters=wanted, partitioning=None) for file in files]))
            lot = []


def _all(store: Store, as_of: date | None) -> Iterator[pa.Table]:
    for number in range(BUCKETS):
        parts = [part for part in store.parts() if part.bucket == number]
        for rows in _lots(store.folder / TABLE, parts):
            yield rows if as_of is None else rows.filter(compute.less_equal(known(rows), pa.scalar(as_of)))


def _as_parquet(tables: Iterable[pa.Table], out: Path) -> int:
    count = 0
    with pq.ParquetWriter(out, SCHEMA, compression="zstd") as file:
        for rows in tables:
            file.write_table(rows)
            count += rows.num_rows
    return count


def _as_csv(store: Store, tables: Iterable[pa.Table], out: Path) -> int:
    import pyarrow.csv  # noqa: PLC0415 - only here

    count = 0
    writer: pyarrow.csv.CSVWriter | None = None
    with asking(store.folder) as connection:
        for rows in tables:
            connection.register("rows", rows)
            written = connection.sql(text("export")).to_arrow_table()
            if writer is None:
                writer = pyarrow.csv.CSVWriter(out, written.schema)
            writer.write_table(written)
            count += rows.num_rows
    if writer is not None:
        writer.close()
    else:
        out.touch()
    return count
