"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from tieout.report.entry import Entry


@contextmanager
def steps(total: int, what: str) -> Generator[Callable[[], None]]:
    """A function to be called after each step of something counted; the bar is gone when it is over."""
    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)


@contextmanager
def amounts(total: int, what: str) -> Generator[Callable[[int], None]]:
    """A function to be told how much more is done of a total; the bar is gone when it is over."""
    console = Console(stderr=True)
    columns = (TextColumn(what, markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=total)
        yield lambda more: progress.advance(task, more)


@contextmanager
def bar(total: int) -> Generator[Callable[[Entry], None]]:
    """A function to be called with each finished article; the bar is gone when all are done."""
    console = Console(stderr=True)
    columns = (
        TextColumn("checking"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[wrong]} wrong, {task.fields[failed]} not checked"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=total, wrong=0, failed=0)
        wrong = failed = 0

        def tick(entry: Entry) -> None:
            nonlocal wrong, failed
            wrong += bool(entry.wrong)
            failed += bool(entry.error)
            progress.update(task, advance=1, wrong=wrong, failed=failed)

        yield tick
