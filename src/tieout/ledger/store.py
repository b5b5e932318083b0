"""Facts as filed on disk: an open table of Parquet files that grows by whole batches.

A batch is one commit of the table's log (Delta Lake): a killed writer leaves the store as it was. What was
ingested lies in files written before the commit, which count once the log names them.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (pyarrow's stubs leave open what a column holds)

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable, Transaction
from deltalake.transaction import AddAction, RemoveAction
from filelock import FileLock, Timeout

from tieout.core.errors import UsageError
from tieout.core.ingested import Ingested
from tieout.ledger import documents as records
from tieout.ledger.columns import SCHEMA, bucket, compute, known
from tieout.ledger.rows import once, plain
from tieout.ledger.staging import ASIDE, Part, Staging, digest

TABLE = "filed"
"""The folder of the table within the ledger's."""
INDEX = "index"
"""The folder of what is made of the table, and made anew where it is missing."""
LOCK = "filed.lock"
VERSION_DIGITS = 12
LISTS = 16
"""With this many lists of documents they are laid into one: each is asked for in the log."""
_SECONDS = 3600.0
"""How long a second writer waits for the first."""
_COLUMNS = pa.schema(
    [
        *(pa.field(f.name, pa.string(), f.nullable) if pa.types.is_dictionary(f.type) else f for f in SCHEMA),
        pa.field("bucket", pa.int32(), nullable=False),
    ]
)


class Store:
    """The facts as filed of a ledger folder, as they are committed at the time of each question.

    Opening makes nothing; a folder without a table holds no rows. Any number of processes may read while one
    writes.
    """

    __slots__ = ("_lists", "_parts", "_table", "folder")

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._table: DeltaTable | None = None
        self._lists: dict[str, tuple[Ingested, ...]] = {}
        self._parts: tuple[int, tuple[Part, ...]] = (-1, ())

    @staticmethod
    def open(folder: Path) -> Store:
        """The store of a ledger folder."""
        return Store(folder)

    def append(
        self,
        tables: Iterable[pa.Table],
        documents: Iterable[Ingested],
        waiting: Callable[[], None] | None = None,
    ) -> int:
        """How many rows were new, after one commit of them with the documents that they were read from.

        Rows already held are left out. `waiting` is called once if another writer has to finish first.
        """
        with self.writing(waiting) as writer:
            return writer.commit(writer.staging.stage(tables), documents)

    @contextmanager
    def writing(
        self, waiting: Callable[[], None] | None = None, patience: float = _SECONDS
    ) -> Generator[Writer]:
        """A writer, alone until it is done; UsageError if another is not done in `patience` seconds."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / LOCK)
        try:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                if waiting is not None:
                    waiting()
                lock.acquire(timeout=patience)
        except Timeout as error:
            raise UsageError(
                f"{self.folder}: another process is writing to this ledger",
                fix="Wait until it is done, or stop it, and run this again: what it has finished is kept.",
                folder=str(self.folder),
            ) from error
        try:
            for left in (self.folder / TABLE / ASIDE).glob("*.parquet"):  # by a writer that was killed
                left.unlink()
            yield Writer(self, self._fresh() or self._created(), self.documents())
        finally:
            lock.release()

    def company(self, cik: int, as_of: date | None = None) -> pa.Table:
        """All rows of a filer, each once, every vintage, sorted by concept, dimensions, unit and period.

        With `as_of`, those the world could know on that New York day; rows without a date are left out then.
        """
        found = [
            rows
            for part in self.parts()
            if part.bucket == bucket(cik) and part.first <= cik <= part.last
            for rows in _read(self.folder / TABLE / part.path, cik)
        ]
        rows = once(plain(found))
        return rows if as_of is None else rows.filter(compute.less_equal(known(rows), pa.scalar(as_of)))

    def companies(self) -> tuple[int, ...]:
        """The numbers of the filers that rows are held of, sorted."""
        parts = self.parts()
        kept = self.folder / INDEX / f"companies-{digest(parts)}.txt"
        with suppress(OSError, ValueError):
            return tuple(map(int, kept.read_text(encoding="ascii").split()))
        found = self._counted(parts)
        # Who may only read the folder is answered as well, and counts again the next time.
        with suppress(OSError):
            kept.parent.mkdir(exist_ok=True)
            aside = kept.with_name(f".{uuid4().hex}")
            aside.write_text(" ".join(map(str, found)), encoding="ascii")
            aside.replace(kept)
        return found

    def _counted(self, parts: Iterable[Part]) -> tuple[int, ...]:
        held: set[int] = set()
        for part in parts:
            if part.first == part.last:
                held.add(part.first)
            else:
                rows = pq.read_table(self.folder / TABLE / part.path, columns=["cik"], partitioning=None)
                held.update(compute.unique(rows["cik"]).to_pylist())
        return tuple(sorted(held))

    def documents(self) -> dict[tuple[str, str], Ingested]:
        """What was ingested, by digest and scope."""
        while True:
            # Names before the log: a file that is gone when it is read was laid into one that the next look
            # finds; the other way round, the new one would pass for never committed.
            names, table = records.names(self.folder), self._fresh()
            if table is None:
                return {}
            try:
                return {each.key: each for name in names for each in self._list(name, table)}
            except FileNotFoundError:
                continue

    def version(self) -> str:
        """A short digest of the documents that were ingested, in whatever order; blank for none."""
        keys = sorted(self.documents())
        return hashlib.sha256(json.dumps(keys).encode()).hexdigest()[:VERSION_DIGITS] if keys else ""

    def parts(self) -> tuple[Part, ...]:
        """The files of the table as it is now."""
        table = self._fresh()
        if table is None:
            return ()
        if self._parts[0] != table.version():
            self._parts = (table.version(), _listed(table))
        return self._parts[1]

    def files(self) -> list[str]:
        """The paths of those files."""
        return [str(self.folder / TABLE / part.path) for part in self.parts()]

    def _created(self) -> DeltaTable:
        self._table = DeltaTable.create(self.folder / TABLE, _COLUMNS, mode="ignore", partition_by=["bucket"])
        return self._table

    def _list(self, name: str, table: DeltaTable) -> tuple[Ingested, ...]:
        """The documents of a file, none if it was never committed. Neither ever changes."""
        if name not in self._lists:
            if table.transaction_version(name) is None:
                return ()
            self._lists[name] = records.load(self.folder, name)
        return self._lists[name]

    def _fresh(self) -> DeltaTable | None:
        if self._table is not None:
            self._table.update_incremental()
        elif DeltaTable.is_deltatable(str(self.folder / TABLE)):
            self._table = DeltaTable(self.folder / TABLE)
        return self._table


@dataclass(slots=True)
class Writer:
    """The one who may commit. Rows may be staged in other processes, each handed `staging`."""

    store: Store
    table: DeltaTable
    held: dict[tuple[str, str], Ingested]

    @property
    def staging(self) -> Staging:
        """What writes rows beside the table as it is now."""
        return Staging(self.store.folder / TABLE, self.store.parts())

    def commit(self, parts: Iterable[Part], documents: Iterable[Ingested], gone: Iterable[Part] = ()) -> int:
        """How many rows came in: the staged files and their documents, all of it or nothing.

        Documents already held are left as they are. `gone` are files that the staged ones stand for.
        """
        added, removed = tuple(parts), tuple(gone)
        new = {each.key: each for each in documents if each.key not in self.held}
        if not added and not new:
            return 0
        folder = self.store.folder / TABLE
        for part in added:
            path = folder / part.path
            path.parent.mkdir(exist_ok=True)
            (folder / ASIDE / part.name).replace(path)
        additions = [_addition(part, data=not removed) for part in added]
        fold = len(records.names(self.store.folder)) >= LISTS
        self._record([*additions, *map(_removal, removed)], new, fold=fold)
        return sum(part.rows for part in added)

    def tidy(self, kept_hours: int) -> None:
        """Lay the lists of documents together; remove what no longer counts, and for that long did not."""
        self._record([], {}, fold=True)
        self.table.create_checkpoint()
        self.table.vacuum(kept_hours, dry_run=False, enforce_retention_duration=False, full=True)

    def _record(
        self,
        changes: list[AddAction | RemoveAction],
        new: dict[tuple[str, str], Ingested],
        *,
        fold: bool,
    ) -> None:
        """Commit changes with a list of the new documents; `fold` lays the lists before into it."""
        folder = self.store.folder
        replaced = records.names(folder) if fold else ()
        listed = {**self.held, **new} if fold else new
        name = records.save(folder, [listed[key] for key in sorted(listed)])
        named = [Transaction(name, 1)] if name and self.table.transaction_version(name) is None else []
        if changes or named:
            self.table.create_write_transaction(
                changes,
                "append",
                _COLUMNS,
                ["bucket"],
                commit_properties=CommitProperties(app_transactions=named),
            )
            self.table.update_incremental()
        self.held.update(new)
        for each in replaced:
            if each != name:
                records.remove(folder, each)


def _read(path: Path, cik: int) -> Iterator[pa.Table]:
    """The rows of a filer out of the groups of a file that may hold it."""
    with pq.ParquetFile(path) as file:
        column = file.schema_arrow.get_field_index("cik")
        groups: list[int] = []
        for group in range(file.num_row_groups):
            span: Any = file.metadata.row_group(group).column(column).statistics
            if span.min <= cik <= span.max:
                groups.append(group)
        if groups:
            rows = file.read_row_groups(groups)
            yield rows.filter(compute.equal(rows["cik"], cik))


def _listed(table: DeltaTable) -> tuple[Part, ...]:
    rows = pa.table(table.get_add_actions(flatten=True)).to_pylist()
    parts = (
        Part(
            row["partition.bucket"],
            row["path"].rsplit("/")[-1],
            row["size_bytes"],
            row["num_records"],
            row["min.cik"],
            row["max.cik"],
        )
        for row in rows
    )
    return tuple(sorted(parts, key=lambda part: (part.bucket, part.first, part.name)))


def _addition(part: Part, *, data: bool) -> AddAction:
    statistics = {
        "numRecords": part.rows,
        "minValues": {"cik": part.first},
        "maxValues": {"cik": part.last},
        "nullCount": {"cik": 0},
    }
    now = int(time.time() * 1000)
    return AddAction(part.path, part.size, {"bucket": str(part.bucket)}, now, data, json.dumps(statistics))


def _removal(part: Part) -> RemoveAction:
    now = int(time.time() * 1000)
    return RemoveAction(part.path, False, now, part.size, {"bucket": str(part.bucket)})
