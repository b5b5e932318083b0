"""Work dealt out to processes: at most a few pieces under way, results as they come."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from typing import TypeVar

import pyarrow as pa

from tieout.core.errors import TieoutError

_Job = TypeVar("_Job")
_Done = TypeVar("_Done")


def spread(work: Callable[[_Job], _Done], jobs: Iterable[_Job], processes: int) -> Iterator[_Done]:
    """What `work` makes of each job, in no order; in this process where one is to do it all.

    Raises TieoutError where a process was killed. Closing the iterator waits for what is under way.
    """
    if processes <= 1:
        yield from map(work, jobs)
        return
    fresh = multiprocessing.get_context("spawn")  # the same on every system; a fork would copy locks
    pool = ProcessPoolExecutor(processes, mp_context=fresh, initializer=_prepared)
    waiting: set[Future[_Done]] = set()
    try:
        for job in jobs:
            waiting.add(pool.submit(work, job))
            if len(waiting) > processes:  # one more than can be worked on: nobody waits, memory stays bounded
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)
    except BrokenProcessPool as error:
        raise TieoutError(
            "a process was killed, by the system perhaps, for want of memory",
            fix="Run the command again: it goes on where it was.",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _done(waiting: set[Future[_Done]]) -> Iterator[_Done]:
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        waiting.remove(future)
        yield future.result()


def _prepared() -> None:
    """In a worker: end when the parent is gone, even killed; Ctrl-C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pa.set_cpu_count(1)  # the processes share the processors between them
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        threading.Thread(target=lambda: (wait_for([sentinel]), os._exit(1)), daemon=True).start()
