"""Writers that are killed: what is held then is what was committed, and a rerun ends in the same content.

    python -m tieout.bench.ingest.crash FOLDER NAME [SECONDS]

writes a few batches of documents called NAME, and kills itself after that many seconds of writing.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pyarrow as pa

from tieout.core.filed import Filed
from tieout.core.ingested import Ingested
from tieout.ingest.rows import table
from tieout.ledger.store import Store
from tieout.ledger.verify import verify

BATCHES = 6
COMPANIES = 6
_FIRST = date(2024, 3, 31)


def documents(name: str) -> list[tuple[Ingested, pa.Table]]:
    """The batches: a document each, with a row of every company."""
    return [_document(f"{name}-{number}", number) for number in range(BATCHES)]


def write(folder: Path, name: str) -> None:
    """Take in every document that is not held, one batch each."""
    store = Store.open(folder)
    for document, rows in documents(name):
        if document.key not in store.documents():
            store.append([rows], [document])


def process(folder: Path, name: str, seconds: float | None = None) -> subprocess.Popen[bytes]:
    """Another process that writes, and kills itself after that many seconds of writing."""
    limit = [] if seconds is None else [str(seconds)]
    # The program itself, with its own arguments.
    return subprocess.Popen([sys.executable, "-m", __spec__.name, str(folder), name, *limit])  # noqa: S603 - this program itself, with arguments of its own


def wrong(folder: Path, names: tuple[str, ...]) -> list[str]:
    """What does not fit: flaws of the store, documents without their rows, rows without their documents."""
    store = Store.open(folder)
    listed = {digest for digest, _ in store.documents()}
    found = [flaw.what for flaw in verify(store, lambda: None) if flaw.kind != "gap"]
    for cik in range(1, COMPANIES + 1):
        held = set(store.company(cik)["digest"].to_pylist())
        found += [f"company {cik}: {each} is listed without rows" for each in listed - held]
        found += [f"company {cik}: {each} has rows and is not listed" for each in held - listed]
    expected = {document.digest for name in names for document, _ in documents(name)}
    return found + [f"{each} was never asked for" for each in listed - expected]


def content(folder: Path) -> tuple[object, ...]:
    """All rows and documents, and the version."""
    store = Store.open(folder)
    rows = [store.company(cik).to_pylist() for cik in store.companies()]
    return rows, sorted(store.documents()), store.version()


def main(arguments: list[str]) -> None:
    """Write, and be killed meanwhile where seconds are given."""
    folder, name, *limit = arguments
    if limit:
        threading.Thread(target=_end, args=(float(limit[0]),), daemon=True).start()
    write(Path(folder), name)


def measured(folder: Path, rounds: int, seed: int = 1) -> tuple[int, list[str]]:
    """How many of `rounds` writers were killed before they were done, and what was wrong after any."""
    random = Random(seed)  # noqa: S311 - moments, not secrets
    began = time.perf_counter()
    write(folder / "whole", "a")
    usual = time.perf_counter() - began
    whole = content(folder / "whole")
    killed, found = 0, list[str]()
    for number in range(rounds):
        place = folder / str(number)
        killed += process(place, "a", random.uniform(0, usual)).wait() != 0
        found += wrong(place, ("a",))
        write(place, "a")
        if content(place) != whole:
            found.append(f"round {number}: a rerun ended in other content")
    return killed, found


def _end(seconds: float) -> None:
    time.sleep(seconds)
    os.kill(os.getpid(), signal.SIGKILL)


def _document(digest: str, number: int) -> tuple[Ingested, pa.Table]:
    facts = [
        Filed(
            cik,
            "us-gaap",
            concept,
            (),
            "USD",
            None,
            _FIRST,
            Decimal(100 * number + cik),
            accession=f"{cik:010}-24-{number + 10 * len(digest):06}",
            form="10-Q",
            filed=date(2024, 5, 1 + number),
            locator=digest,
            digest=digest,
        )
        for cik in range(1, COMPANIES + 1)
        for concept in ("Assets", "Liabilities")
    ]
    return Ingested(digest, digest, "made", len(facts)), table(facts)[0]


if __name__ == "__main__":
    main(sys.argv[1:])
