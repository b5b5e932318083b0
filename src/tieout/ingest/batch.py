"""Rows and the documents they were read from, committed to the store some documents at a time."""

from __future__ import annotations

from collections import Counter
from types import TracebackType

import pyarrow as pa

from tieout.core.ingested import Ingested
from tieout.ledger.store import Store

DOCUMENTS = 16
ROWS = 200_000
"""After so many of either a batch is committed: what a run that is killed has to read again."""


class Batch:
    """Collects what is read, and commits it when there is enough, and at the end however that comes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tables: list[pa.Table] = []
        self._documents: list[Ingested] = []
        self.new = 0

    def __enter__(self) -> Batch:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Commit the rest: what was read before an error or Ctrl-C need not be read again."""
        self.commit()

    def add(self, table: pa.Table, documents: list[Ingested]) -> None:
        """Take in the rows of documents that belong together; they are committed together."""
        self._tables.append(table)
        self._documents += documents
        if len(self._documents) >= DOCUMENTS or sum(each.num_rows for each in self._tables) >= ROWS:
            self.commit()

    def commit(self) -> None:
        """Write what was collected, and count the rows that were new."""
        if self._documents:
            self.new += self._store.append(self._tables, self._documents)
            self._tables, self._documents = [], []


def counted(table: pa.Table) -> Counter[str]:
    """How many rows each document has, by its digest."""
    return Counter(str(each) for each in table["digest"].to_pylist())
