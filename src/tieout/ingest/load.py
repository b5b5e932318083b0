"""Documents into the store by several processes: each writes what it read aside, one commits."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from tieout.core.filing import Registrant
from tieout.core.ingested import Ingested
from tieout.core.skipped import Skipped, together
from tieout.ingest.workers import spread
from tieout.ledger.registrants import keep
from tieout.ledger.staging import Part, Staging
from tieout.ledger.store import Store, Writer

COMMIT = 8
"""Jobs to a commit: what may have to be read again after a crash."""
_Job = TypeVar("_Job")


@dataclass(frozen=True, slots=True)
class Batch:
    """What some documents hold beside their rows: ready for one commit."""

    documents: tuple[Ingested, ...] = ()
    registrants: tuple[Registrant, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Staged:
    """A batch whose rows are written, not yet committed; `size` is how many bytes of documents were read."""

    parts: tuple[Part, ...]
    batch: Batch
    size: int


Stage = Callable[[_Job, Collection[tuple[str, str]], Staging], Staged]
"""What a process does: reads the documents of a job, but for those done, and writes their rows aside."""


def load(
    store: Store,
    stage: Stage[_Job],
    jobs: Sequence[_Job],
    *,
    tick: Callable[[int], None] = lambda _: None,
    processes: int | None = None,
    waiting: Callable[[], None] | None = None,
) -> Iterator[tuple[int, Batch]]:
    """New rows, and the documents, filers and what was skipped that they came with, commit by commit.

    `stage` is a function of a module, which other processes find. `tick` is told how many bytes were read,
    job by job. What was yielded is in the store: whoever stops loses what was not yet committed, and the next
    run takes it in. `waiting` is called if another writer has to finish first.
    """
    workers = min(processes or min(os.cpu_count() or 1, 4), len(jobs))
    with store.writing(waiting) as writer:
        work = partial(_staged, stage, frozenset(store.documents()), writer.staging)
        ready: list[Staged] = []
        for staged in spread(work, jobs, workers):
            tick(staged.size)
            ready.append(staged)
            if len(ready) == COMMIT:
                yield _committed(writer, ready)
                ready = []
        if ready:
            yield _committed(writer, ready)


def _staged(stage: Stage[_Job], done: Collection[tuple[str, str]], staging: Staging, job: _Job) -> Staged:
    return stage(job, done, staging)


def _committed(writer: Writer, jobs: Sequence[Staged]) -> tuple[int, Batch]:
    batch = Batch(
        tuple(document for each in jobs for document in each.batch.documents),
        tuple(registrant for each in jobs for registrant in each.batch.registrants),
        together(skipped for each in jobs for skipped in each.batch.skipped),
    )
    keep(writer.store.folder, batch.registrants)  # before the commit: who counts as done has its filer held
    return writer.commit((part for each in jobs for part in each.parts), batch.documents), batch
