"""Data sets of the SEC into the store, each taken in whole or not at all."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tieout.core.errors import ParseError
from tieout.core.filing import Registrant
from tieout.core.ingested import DIGITS, Ingested
from tieout.core.skipped import Skipped, together
from tieout.ingest.archive import members
from tieout.ingest.fsds import Submission, facts, kinds, submissions
from tieout.ingest.load import Batch, Staged, load
from tieout.ingest.tabbed import Lines
from tieout.ledger.staging import Part, Staging
from tieout.ledger.store import Store

KIND = "data set"
_FILES = ("sub.txt", "tag.txt", "num.txt")
_LARGEST = 1 << 33
"""Bytes of all files of a data set together; those of the longest quarters are a tenth of it."""


def ingest(
    store: Store,
    paths: Iterable[Path],
    *,
    tick: Callable[[int], None] = lambda _: None,
    processes: int | None = None,
    waiting: Callable[[], None] | None = None,
) -> Iterator[tuple[int, Batch]]:
    """New rows of data sets (2009q3.zip) and what they came with, commit by commit, as `load` says."""
    return load(store, stage, sorted(paths), tick=tick, processes=processes, waiting=waiting)


def stage(path: Path, done: Collection[tuple[str, str]], staging: Staging) -> Staged:
    """A data set's rows written beside the store's, and what they came with; one that is done is left out."""
    try:
        with _opened(path) as archive:
            mark, size = _digest(path), path.stat().st_size
            if (mark, "") in done:
                return Staged((), Batch(skipped=(Skipped(KIND, "taken in before"),)), size)
            return _staged(archive, path.name, mark, staging, size)
    except ParseError as error:
        return Staged((), Batch(skipped=(Skipped(KIND, error.message),)), 0)


def _staged(archive: zipfile.ZipFile, name: str, mark: str, staging: Staging, size: int) -> Staged:
    filings = submissions(Lines(archive, "sub.txt"))
    lines = Lines(archive, "num.txt")
    parts: list[Part] = []
    skipped: list[Skipped] = []
    rows = 0
    for table, left in facts(lines, filings, kinds(Lines(archive, "tag.txt")), mark):
        parts += staging.stage([table])
        skipped += left
        rows += table.num_rows
    skipped.append(Skipped("facts", "in lines of other columns than the first", lines.wrong))
    found = together(skipped)
    document = Ingested(mark, name, KIND, rows, sum(each.count for each in found))
    return Staged(tuple(parts), Batch((document,), _registrants(filings.values()), found), size)


@contextmanager
def _opened(path: Path) -> Generator[zipfile.ZipFile]:
    """The data set's archive. Raises ParseError where it cannot be read, is damaged, or no data set."""
    found, _ = members(path, lambda name: name in _FILES)
    missing = sorted(set(_FILES) - {each.name for each in found})
    if missing:
        raise _malformed(path, f"it has no {', no '.join(missing)}")
    if sum(each.size for each in found) > _LARGEST:
        raise _malformed(path, f"its files are longer than {_LARGEST:,} bytes")
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        # RuntimeError is an encrypted member, ValueError what is no text, no number or no table
        raise _malformed(path, str(error)) from error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:DIGITS]


def _registrants(filings: Iterable[Submission]) -> tuple[Registrant, ...]:
    """The filers, each as in its last filing."""
    last = {each.cik: each for each in sorted(filings, key=lambda each: (each.filed, each.name))}
    return tuple(
        Registrant(each.cik, each.name, sic=each.sic, year_end=each.year_end, latest=each.filed)
        for each in last.values()
    )


def _malformed(path: Path, why: str) -> ParseError:
    return ParseError(
        f"{path.name} is not a Financial Statement Data Set of the SEC: {why}",
        file=str(path),
        fix="Download it again; it is the zip of one quarter, such as 2009q3.zip.",
    )
