"""`python -m tieout.bench.speed`: claims and words a second, and memory, as articles and facts grow."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from tieout.bench.inject.article import Story, story
from tieout.bench.inject.phrasing import phrasings
from tieout.bench.inject.truth import World
from tieout.desk import Desk

DISTINCT = 50
"""Articles made; longer runs check them again and again."""
PER_FILE = 1_000
"""Facts of each made-up company."""
HEAD = "metric,dimensions,start,end,value,unit,decimals,known,kind,title,url,grade\n"


@dataclass(frozen=True, slots=True)
class Pace:
    """So many articles checked: claims, words, processor seconds, most memory held so far in megabytes."""

    articles: int
    claims: int
    words: int
    seconds: float
    memory: float


def pace(desk: Desk, stories: Sequence[Story], articles: int) -> Pace:
    """Articles checked one after the other on a desk already open."""
    claims = words = 0
    began = time.process_time()
    for number in range(articles):
        told = stories[number % len(stories)]
        claims += len(desk.check(told.text, published=told.published, company=told.companies).findings)
        words += len(told.text.split())
    return Pace(articles, claims, words, time.process_time() - began, memory())


def memory() -> float:
    """The most memory this process has held, in megabytes; 0 where the system does not tell."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - not on every system

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return 0.0


def write_others(folder: Path, facts: int) -> None:
    """Facts of made-up companies, a file for each thousand."""
    for number in range(0, facts, PER_FILE):
        rows = "".join(_rows(min(PER_FILE, facts - number), ""))
        (folder / f"Z{number // PER_FILE:06}.csv").write_text(HEAD + rows, encoding="utf-8")


def write_own(folder: Path, ticker: str, facts: int) -> None:
    """Facts of made-up parts of a company that the articles are about, in its one file."""
    rows = (
        row for part in range(0, facts, 40) for row in _rows(min(40, facts - part), f"segment=Part {part}")
    )
    with (folder / f"{ticker}.csv").open("w", encoding="utf-8") as file:
        file.write(HEAD)
        file.writelines(rows)


def _rows(count: int, dimensions: str) -> Iterator[str]:
    for number in range(count):
        start = date(1990, 1, 1) + timedelta(days=91 * (number % 140))
        end, known = start + timedelta(days=90), start + timedelta(days=120)
        yield (
            f"revenue,{dimensions},{start},{end},{1_000_000 * (number + 7)},USD,-6,{known},filing,Made up,"
            "https://example.org/x,high\n"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the growth tables; 0."""
    parser = argparse.ArgumentParser(prog="python -m tieout.bench.speed")
    parser.add_argument("--articles", type=int, default=1_000, help="the longest run of articles")
    parser.add_argument("--facts", type=int, default=1_000_000, help="the largest ledger of other companies")
    parser.add_argument("--own", type=int, default=100_000, help="the most facts in one company's file")
    given = parser.parse_args(arguments)
    sys.stdout.writelines(f"{line}\n" for line in lines(given.articles, given.facts, given.own))
    return 0


def lines(articles: int, facts: int, own: int) -> Iterator[str]:
    """The three tables, a line as soon as it is known."""
    desk = Desk.open()
    world = World(desk.ledger, desk.catalogue)
    made = phrasings("look")
    stories = [story(world, made, "look", 1, number) for number in range(min(DISTINCT, articles))]
    heads = ("articles", "cpu s", "ms each", "claims/s", "words/s", "peak MB")
    yield "".join(f"{head:>10}" for head in heads) + f"{'ratio':>8}"
    first: float | None = None
    for count in _powers(1, articles):
        found = pace(desk, stories, count)
        each = found.seconds / count
        first = first or each
        yield (
            f"{count:>10}{found.seconds:>10.2f}{1000 * each:>10.1f}{found.claims / found.seconds:>10.0f}"
            f"{found.words / found.seconds:>10.0f}{found.memory:>10.0f}{each / first:>8.2f}"
        )
    yield ""
    yield from _grown("facts of others", facts, stories, None)
    yield ""
    ticker = stories[0].entity
    about = [one for one in stories if one.entity == ticker]
    yield from _grown("facts of its own", own, about, ticker)


def _grown(head: str, most: int, stories: Sequence[Story], ticker: str | None) -> Iterator[str]:
    yield f"{head:>16}{'first check s':>15}{'ms each then':>14}{'peak MB':>10}{'ratio':>8}"
    least: float | None = None
    for count in (0, *_powers(10_000, most)):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            if ticker is None:
                write_others(folder, count)
            else:
                write_own(folder, ticker, count)
            desk = Desk.open(folder)
            opening = pace(desk, stories, 1).seconds
            pace(desk, stories, len(stories))  # every company's file is open from here on
            found = pace(desk, stories, len(stories))
        each = found.seconds / found.articles
        least = least or each
        yield f"{count:>16}{opening:>15.2f}{1000 * each:>14.1f}{found.memory:>10.0f}{each / least:>8.2f}"


def _powers(first: int, last: int) -> Iterator[int]:
    powers = (first * 10**power for power in range(12))
    yield from islice((count for count in powers if count <= last), 12)


if __name__ == "__main__":
    sys.exit(main())
