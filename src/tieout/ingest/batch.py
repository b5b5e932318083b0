"""What is read, committed to the store some documents at a time, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from types import TracebackType

import pyarrow as pa

from tieout.core.errors import ParseError
from tieout.core.ingested import Ingested, digest
from tieout.core.intake import Intake
from tieout.core.skipped import Skipped, together, total
from tieout.ledger.store import Store

DOCUMENTS = 16
ROWS = 200_000
"""After so many of either a batch is committed: what a run that is killed has to read again."""


class Batch:
    """Takes in what is read, and commits it when there is enough, and at the end however that comes."""

    def __init__(self, store: Store, waiting: Callable[[], None] | None = None) -> None:
        self._store = store
        self._waiting = waiting
        self._tables: list[pa.Table] = []
        self._documents: list[Ingested] = []
        self._facts = self._read = 0
        self._skipped: list[Skipped] = []
        self._troubles: list[str] = []

    def __enter__(self) -> Batch:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Commit the rest: what was read before an error or Ctrl-C need not be read again."""
        self.commit()

    def take(
        self,
        rows: pa.Table,
        skipped: Iterable[Skipped],
        documents: Iterable[tuple[str, bytes]],
        kind: str,
        scope: str = "",
    ) -> None:
        """Take in what documents hold that belong together, by name and bytes; they are committed so."""
        left, held = list(skipped), list(documents)
        count = Counter(str(each) for each in rows["digest"].to_pylist())
        for number, (name, body) in enumerate(held):
            mark = digest(body)
            # What was skipped is not told by document; the first stands for all of them.
            lost = total(left) if number == 0 else 0
            self._documents.append(Ingested(mark, name, kind, count[mark], lost, scope))
        self._tables.append(rows)
        self._skipped += left
        self._read += len(held)
        if len(self._documents) >= DOCUMENTS or sum(each.num_rows for each in self._tables) >= ROWS:
            self.commit()

    def skip(self, what: str, why: str) -> None:
        """Count something that was left out."""
        self._skipped.append(Skipped(what, why))

    def trouble(self, name: str, error: ParseError) -> None:
        """Tell of a document that cannot be read."""
        self._troubles.append(error.message if name in error.message else f"{name}: {error.message}")

    def commit(self) -> None:
        """Write what was taken in since the last time."""
        if self._documents:
            self._facts += self._store.append(self._tables, self._documents, self._waiting)
            self._tables, self._documents = [], []

    def intake(self, name: str, skipped: Iterable[Skipped], held: int) -> Intake:
        """What came of all of it; `skipped` and `held` are what was left out before anything was read."""
        left = together((*skipped, *self._skipped))
        return Intake(name, self._facts, self._read, held, skipped=left, troubles=tuple(self._troubles))
