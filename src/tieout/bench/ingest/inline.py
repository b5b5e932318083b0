"""`python -m tieout.bench.ingest.inline FOLDER...`: XBRL as read here beside two independent readers."""

from __future__ import annotations

import argparse
import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tieout.bench.filings.sources import PAGES, Page, Passed, pages
from tieout.bench.ingest.differ import Compared, compare
from tieout.bench.ingest.numbers import FIELDS, Numbers, ours
from tieout.bench.ingest.peers import READERS
from tieout.core.errors import ParseError, TieoutError, UsageError

ENDINGS = (*PAGES, ".xml")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One document beside one reader, and the seconds each took of it, from bytes to numbers."""

    document: str
    size: int
    reader: str
    compared: Compared
    seconds: float
    theirs: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was compared; 0 where nothing differs without a known reason, 1 where something does."""
    given = _parser().parse_args(arguments)
    try:
        outcomes, passed = compare_all(given.paths, given.reader or list(READERS))
        if not outcomes:
            why = "; ".join(f"{each.name}: {each.why}" for each in passed) or "the folder is empty"
            raise UsageError(f"nothing to compare: {why}", fix="name a folder of filings in inline XBRL")
    except TieoutError as error:
        sys.stderr.write(f"{error.message}\n{error.fix}\n")
        return error.exit_code
    if given.json:
        sys.stdout.write(json.dumps([_told(each) for each in outcomes], indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines(outcomes, passed))
    return int(any(each.compared.unexplained for each in outcomes))


def compare_all(paths: Sequence[Path], readers: Sequence[str]) -> tuple[list[Outcome], list[Passed]]:
    """Every document of the folders beside every reader, and what was passed over with the reason."""
    outcomes: list[Outcome] = []
    passed: list[Passed] = []
    for found in (each for path in paths for each in pages(path, ENDINGS)):
        if isinstance(found, Passed):
            passed.append(found)
            continue
        try:
            outcomes += beside(found, readers)
        except ParseError as error:
            passed.append(Passed(found.name, error.message))
    return outcomes, passed


def beside(page: Page, readers: Sequence[str]) -> Iterator[Outcome]:
    """A document beside each reader. Raises ParseError where it holds no XBRL."""
    here, seconds = _timed(lambda: ours(page.name, page.data))
    for reader in readers:
        there, theirs = _timed(lambda reader=reader: READERS[reader](page.name, page.data))
        yield Outcome(page.name, len(page.data), reader, compare(reader, here, there), seconds, theirs)


def lines(outcomes: Sequence[Outcome], passed: Sequence[Passed]) -> Iterator[str]:
    """A line for each document and reader, the known reasons with their counts, and what has none."""
    yield from (f"{each.name}: passed over, {each.why}" for each in passed)
    for each in outcomes:
        found = each.compared
        yield (
            f"{each.document} ({each.size / 1e6:.1f} MB) beside {each.reader}: {found.numbers} numbers, "
            f"{found.alike} the same in {', '.join(FIELDS)}, {sum(found.explained.values())} differences "
            f"explained, {len(found.unexplained)} not; {each.seconds:.2f} s, {each.theirs:.2f} s theirs"
        )
    for reader in dict.fromkeys(each.reader for each in outcomes):
        mine = [each.compared for each in outcomes if each.reader == reader]
        total = sum((each.explained for each in mine), start=Compared().explained)
        numbers, alike = sum(each.numbers for each in mine), sum(each.alike for each in mine)
        yield ""
        yield f"{reader}: {numbers} numbers, {alike} alike"
        for (where, words), count in total.most_common():
            yield f"{count:>8}  {where}: {words}"
        for each in (difference for compared in mine for difference in compared.unexplained):
            yield f"  unexplained: {each.locator} {each.field}: {each.ours} here, {each.theirs} there"


def _timed(work: Callable[[], Numbers]) -> tuple[Numbers, float]:
    start = time.perf_counter()
    with warnings.catch_warnings():  # a peer's warnings are about facts that are not numbers
        warnings.simplefilter("ignore")
        found = work()
    return found, time.perf_counter() - start


def _told(outcome: Outcome) -> dict[str, object]:
    found = outcome.compared
    return {
        "document": outcome.document,
        "bytes": outcome.size,
        "reader": outcome.reader,
        "numbers": found.numbers,
        "alike": found.alike,
        "explained": [
            {"field": where, "why": words, "count": count}
            for (where, words), count in found.explained.items()
        ],
        "unexplained": [asdict(each) for each in found.unexplained],
        "seconds": round(outcome.seconds, 4),
        "their_seconds": round(outcome.theirs, 4),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tieout.bench.ingest.inline",
        description=(
            "Read every number of a folder's filings in XBRL, inline or plain, here and with independent "
            "readers, and compare name, value, unit, period, axes and decimals of each."
        ),
    )
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="FOLDER", help="a folder of filings, or one file"
    )
    parser.add_argument("--reader", action="append", choices=list(READERS), help="this reader alone")
    parser.add_argument("--json", action="store_true", help="the same as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
