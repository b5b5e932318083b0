"""The store at market scale: `python -m tieout.bench.ingest.questions`, seconds and memory, beside plain SQL.

Each step runs in a process of its own, so that its memory is its own. Plain SQL is what one would write
without the index, over the same files: a filter for a company, a group-by for the latest value of a period.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median, quantiles

from tieout.bench.ingest import crash
from tieout.bench.ingest.market import tables
from tieout.core.ingested import Ingested
from tieout.ledger.duck import asking
from tieout.ledger.market import Market
from tieout.ledger.store import Store
from tieout.ledger.upkeep import compact
from tieout.ledger.verify import verify

PER_COMPANY = 2_520
"""Rows of a made-up company, on average."""
AS_OF = date(2020, 6, 30)
CONCEPT = ("us-gaap", "Concept5OfSomeLengthOfSomeLengthOfSomeLength")
"""One that about half of all companies tell every quarter."""
ASKED = 200
"""How many companies are asked for, and how often the market is: a twentieth as often."""
LOT = 4
"""Tables committed together."""
FILTER = """
select * from read_parquet($files)
where cik = $cik and coalesce((accepted at time zone 'America/New_York')::date, filed) <= $day
"""
GROUP = """
select cik, unit, max_by(last, "end") from (
    select cik, unit, start, "end", max_by(digits, filed) as last from read_parquet($files)
    where concept = $concept and taxonomy = 'us-gaap' and filed <= $day and "end" - start between 79 and 99
    group by all
) group by all
"""
Line = tuple[str, str]


def load(folder: Path, facts: int) -> Iterator[Line]:
    """Made-up rows into a store; the time of making them is not counted."""
    store, made = Store.open(folder), tables(facts // PER_COMPANY)
    spent, rows = 0.0, 0
    while lot := list(islice(made, LOT)):
        began = time.perf_counter()
        rows += store.append(lot, [Ingested(f"made{rows}", "made up", "made", 0)])
        spent += time.perf_counter() - began
    size = sum(part.size for part in store.parts())
    yield "facts", f"{rows:,}"
    yield "stored, facts a second, one process", f"{rows / spent:,.0f}"
    yield "bytes a fact", f"{size / rows:.1f}"


def index(folder: Path, _: int) -> Iterator[Line]:
    """The index of all of it."""
    began = time.perf_counter()
    Market(Store.open(folder)).latest([CONCEPT], AS_OF, "year")
    yield "index, seconds", f"{time.perf_counter() - began:.1f}"


def companies(folder: Path, _: int) -> Iterator[Line]:
    """One company's view as of a day."""
    store = Store.open(folder)
    asked = Random(1).sample(store.companies(), ASKED)  # noqa: S311 - a choice, not a secret
    yield from _times(
        "one company's view", [_timed(lambda cik=cik: store.company(cik, AS_OF)) for cik in asked]
    )
    with asking(folder) as connection:
        yield from _times(
            "one company's view, plain SQL",
            [
                _timed(
                    lambda cik=cik: connection.execute(
                        FILTER, {"files": store.files(), "cik": cik, "day": AS_OF}
                    ).to_arrow_table()
                )
                for cik in asked[: ASKED // 20]
            ],
        )


def market(folder: Path, _: int) -> Iterator[Line]:
    """One metric over the market as of a day, its trailing years and growth over all of history."""
    asked = Market(Store.open(folder))
    for name, question in (
        ("market, latest quarter", lambda: asked.latest([CONCEPT], AS_OF, "quarter")),
        ("market, trailing years", lambda: asked.trailing_years([CONCEPT], AS_OF)),
        ("market, year on year", lambda: asked.year_on_year([CONCEPT], AS_OF)),
    ):
        yield from _times(name, [_timed(question) for _ in range(ASKED // 20)])
    store = Store.open(folder)
    given = {"files": store.files(), "concept": CONCEPT[1], "day": AS_OF}
    with asking(folder) as connection:
        yield from _times(
            "market, latest quarter, plain SQL",
            [_timed(lambda: connection.execute(GROUP, given).to_arrow_table()) for _ in range(3)],
        )


def upkeep(folder: Path, _: int) -> Iterator[Line]:
    """Verifying all of it, and compacting it."""
    store = Store.open(folder)
    seconds = _timed(lambda: [flaw for flaw in verify(store, _idle) if flaw.kind != "gap"])
    yield "verify, seconds", f"{seconds:.1f}"
    yield "compact, seconds", f"{_timed(lambda: compact(store, _idle)):.1f}"


def kills(folder: Path, rounds: int) -> Iterator[Line]:
    """Writers killed at random moments."""
    killed, wrong = crash.measured(folder, rounds)
    yield f"writers killed, of {rounds}", str(killed)
    yield "wrong afterwards", str(len(wrong))
    yield from (("", each) for each in wrong)


def main(arguments: list[str]) -> int:
    """Print what each step took."""
    parser = argparse.ArgumentParser(prog="questions", description=__doc__)
    parser.add_argument("--facts", type=int, default=50_000_000, help="how many to make")
    parser.add_argument("--kills", type=int, default=200, help="how many writers to kill")
    parser.add_argument("--folder", type=Path, help="a store made before; nothing is loaded")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary) / "store"
        steps = [(step, folder, asked.facts) for step in (load, index, companies, market, upkeep)]
        for step, place, count in [*steps[asked.folder is not None :], (kills, Path(temporary), asked.kills)]:
            if count:
                _run(step, place, count)
    return 0


def _run(step: Callable[[Path, int], Iterator[Line]], folder: Path, count: int) -> None:
    """One step in a process of its own, so that the memory is its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        lines, memory = pool.submit(_measured, step, folder, count).result()
    for name, value in (*lines, (f"most memory of {step.__name__}, MB", f"{memory / 1024:,.0f}")):
        sys.stdout.write(f"{name:45} {value:>14}\n")
    sys.stdout.flush()


def _measured(
    step: Callable[[Path, int], Iterator[Line]], folder: Path, count: int
) -> tuple[tuple[Line, ...], int]:
    lines = tuple(step(folder, count))
    return lines, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _times(name: str, seconds: list[float]) -> Iterator[Line]:
    yield f"{name}, ms, median", f"{median(seconds) * 1000:,.1f}"
    yield f"{name}, ms, 19 of 20 below", f"{quantiles(seconds, n=20)[-1] * 1000:,.1f}"


def _idle() -> None:
    """Nobody watches."""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
