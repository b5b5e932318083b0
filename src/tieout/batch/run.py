"""A folder of reports: articles dealt out to workers, what is done already left alone."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait as wait_for
from pathlib import Path

from tieout.batch.inputs import Plan
from tieout.batch.leftovers import drop_index, drop_report, output
from tieout.batch.manifest import Manifest
from tieout.batch.work import Job, Order, digest_of, made_of, make
from tieout.core.errors import TieoutError, UsageError
from tieout.desk import Desk, contents
from tieout.report.entry import Entry
from tieout.report.forms import FORMS
from tieout.report.index import page
from tieout.report.json import Json
from tieout.report.save import make_folder, save, save_pieces
from tieout.report.tally import Tally

__all__ = ["Order", "carry_out"]

FEW = 24
"""Fewer articles are checked in this process, sooner than another one starts."""
AHEAD = 4
"""Articles a worker has waiting; more would only fill memory."""


def carry_out(
    plan: Plan,
    order: Order,
    tick: Callable[[Entry], None],
    *,
    jobs: int | None = None,
    required: float | None,
) -> Tally:
    """The counts over all articles of the plan, their reports, index and summary made in its folder.

    `tick` is called with each article as it is done. A report made of the same input by the same program,
    ledger and options is kept. Raises TieoutError only where nothing can be checked at all.
    """
    folder = plan.folder
    if folder is None:
        raise UsageError("no folder for the reports is named", fix="name one with --out")
    make_folder(folder)
    version = Desk.open(order.ledger).ledger.version
    tally = Tally(required)
    ending = FORMS[order.form].ending
    outputs = _outputs(plan, ending)
    with Manifest(folder / "manifest.jsonl") as manifest:
        todo: list[Job] = []
        for article in plan.articles:
            job = Job(article, folder, outputs[article], order, version)
            kept = _kept(job, manifest)
            if kept is None:
                todo.append(job)
            else:
                tally.add(kept, kept=True)
                tick(kept)
        for entry in _results(todo, _workers(jobs, len(todo))):
            drop_report(folder, plan.name(Path(entry.file)), manifest.held(entry.file), entry)
            manifest.add(entry)
            tally.add(entry)
            tick(entry)
        _listing(folder, plan, manifest, html=ending == ".html")
        save(folder / "summary.json", json.dumps(tally.summary(), indent=2) + "\n")
    return tally


def _outputs(plan: Plan, ending: str) -> dict[Path, str]:
    """Where the report on each article goes. Raises UsageError where two would go to one place."""
    found: dict[str, Path] = {}
    for article in plan.articles:
        other = found.setdefault(output(plan.name(article), ending), article)
        if other != article:
            raise UsageError(
                f"{other} and {article} would have their reports in one place",
                fix="check one of them in a run of its own",
            )
    return {article: place for place, article in found.items()}


def _kept(job: Job, manifest: Manifest) -> Entry | None:
    entry = manifest.held(str(job.article))
    if entry is None or entry.error or entry.output != job.output:
        return None
    if entry.made != made_of(job.order, job.version) or not (job.folder / job.output).is_file():
        return None
    try:
        same = digest_of(contents(job.article)) == entry.digest
    except TieoutError:
        return None  # the worker will say what is the matter
    return entry if same else None


def _listing(folder: Path, plan: Plan, manifest: Manifest, *, html: bool) -> None:
    def entries() -> Iterator[Entry]:
        for article in plan.articles:
            entry = manifest.held(str(article))
            if entry is not None:
                yield entry

    save_pieces(folder / "index.jsonl", (json.dumps(_listed(entry)) + "\n" for entry in entries()))
    if html:
        save_pieces(folder / "index.html", page(entries()))
    else:
        drop_index(folder)


def _listed(entry: Entry) -> Json:
    return {name: value for name, value in entry.row().items() if name not in ("digest", "made")}


def _workers(jobs: int | None, articles: int) -> int:
    if jobs is None:
        jobs = 1 if articles < FEW else os.cpu_count() or 1
    return max(1, min(jobs, articles))


def _results(todo: Iterable[Job], workers: int) -> Iterator[Entry]:
    """The entries as they are made, in no order; never more than some articles are under way."""
    pool = _pool(workers)
    waiting: dict[Future[Entry], Job] = {}
    try:
        for job in todo:
            with _unstirred(deaf=not waiting):
                waiting[pool.submit(make, job)] = job
            if len(waiting) >= AHEAD * workers:
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)
    except BrokenProcessPool as error:
        raise TieoutError(
            "a worker process was killed, by the system perhaps, for want of memory",
            fix="run the command again: it goes on where it was; fewer --jobs take less memory",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _done(waiting: dict[Future[Entry], Job]) -> Iterator[Entry]:
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        job = waiting.pop(future)
        error = future.exception()
        if error is None:
            yield future.result()
        elif isinstance(error, BrokenProcessPool):
            raise error
        else:
            yield Entry(
                str(job.article),
                error=f"a defect of tieout: {type(error).__name__}: {error}",
                fix="report it, with the article",
            )


def _pool(workers: int) -> Executor:
    if workers == 1:
        return ThreadPoolExecutor(1)
    fresh = multiprocessing.get_context(
        "spawn"
    )  # the same on every system; a fork would copy our threads' locks
    return ProcessPoolExecutor(workers, mp_context=fresh, initializer=_follow_parent)


def _follow_parent() -> None:
    """In a worker: end when the parent is gone, even killed; Ctrl-C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        threading.Thread(target=lambda: (wait_for([sentinel]), os._exit(1)), daemon=True).start()


@contextmanager
def _unstirred(*, deaf: bool) -> Generator[None]:
    """Let workers be started deaf to Ctrl-C, or they would complain aloud while they import."""
    if not deaf or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
