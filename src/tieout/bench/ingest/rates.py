"""`python -m tieout.bench.ingest.rates`: company facts a second, beside public ways to read them."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tieout.bench.ingest.documents import write
from tieout.bench.ingest.readers import READERS
from tieout.bench.speed import memory
from tieout.core.errors import UsageError
from tieout.ingest.archive import Kept, members
from tieout.ingest.bulk import archived, ingest, read
from tieout.ledger.store import Store

SAMPLE = 200_000
"""Facts that the other ways read."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many facts, in so many seconds of the clock and of all processors at work."""

    facts: int
    seconds: float
    busy: float


def measured(work: Callable[[], int]) -> Rate:
    """What a piece of work costs; it answers how many facts it did."""
    began, busy = time.perf_counter(), _busy()
    facts = work()
    return Rate(facts, time.perf_counter() - began, _busy() - busy)


def lines(facts: int, processes: Sequence[int] = (1, 2)) -> Iterator[str]:
    """The table, a line as soon as it is known; the documents are made up first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        packed, filings, made = write(folder, facts)
        size = sum(each.size for each in members(packed)[0])
        yield f"{made:,} facts in {size / 1e6:,.0f} MB of JSON, {packed.stat().st_size / 1e6:,.0f} MB packed"
        yield f"{'from a zip':50}{'facts':>12}{'seconds':>10}{'M/s':>8}{'M/s a core':>12}"
        documents = _sample(packed)
        for way, reader in READERS.items():
            try:
                yield _line(f"{way}, to columns", measured(lambda: sum(map(reader, documents()))))  # noqa: B023 - called before the loop goes on
            except UsageError as error:
                yield f"{way:50}{error.message:>12}"
        companies, _ = archived(packed)
        few = companies[: max(1, len(companies) * SAMPLE // made)]
        yield _line("tieout, to columns", measured(lambda: read(few)[0].num_rows))
        for count in processes:
            own = f", {count} process{'es' * (count > 1)}"
            for also, what in ((None, "to stored facts"), (filings, "the same with submissions")):
                store = Store.open(folder / f"{count} {what}")
                given, _ = archived(packed, also)
                found = measured(lambda: sum(rows for rows, _ in ingest(store, given, processes=count)))  # noqa: B023 - called before the loop goes on
                yield _line(f"tieout, {what}{own}", found)
        yield f"most memory: {memory():,.0f} MB here, {_most_of_children():,.0f} MB in a process"


def _sample(packed: Path) -> Callable[[], Iterator[bytes]]:
    """What reads the first documents, of `SAMPLE` facts, unpacked anew each time."""
    found, _ = members(packed)
    kept: list[Kept] = []
    size = 0
    for each in found:
        kept.append(Kept(packed, each))
        size += each.size
        if size > SAMPLE * 150:
            break
    return lambda: (bytes(each.read()) for each in kept)


def _line(what: str, rate: Rate) -> str:
    clock, core = rate.facts / rate.seconds / 1e6, rate.facts / rate.busy / 1e6
    return f"{what:50}{rate.facts:>12,}{rate.seconds:>10.1f}{clock:>8.2f}{core:>12.2f}"


def _busy() -> float:
    """Processor seconds so far of this process and of those it waited for."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - not on every system

        used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(each.ru_utime + each.ru_stime for each in used)
    return time.process_time()


def _most_of_children() -> float:
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - not on every system

        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0."""
    parser = argparse.ArgumentParser(prog="python -m tieout.bench.ingest.rates")
    parser.add_argument("--facts", type=int, default=3_000_000, help="facts to make up and take in")
    given = parser.parse_args(arguments)
    for line in lines(given.facts):
        print(line, flush=True)  # noqa: T201 - what it is for
    return 0


if __name__ == "__main__":
    sys.exit(main())
