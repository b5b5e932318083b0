"""Company facts of many filers into the store, from the SEC's archives or a folder, by several processes."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (the stubs of pyarrow leave open what a column holds)

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from tieout.core.errors import ParseError
from tieout.core.filing import Registrant
from tieout.core.ingested import Ingested, digest
from tieout.core.skipped import Skipped, together
from tieout.ingest.acceptance import Filings
from tieout.ingest.archive import Kept, members
from tieout.ingest.companyfacts import NAME, CompanyFacts, Document
from tieout.ingest.load import Batch, Staged, load
from tieout.ledger.columns import bucket, compute
from tieout.ledger.staging import Staging
from tieout.ledger.store import Store

KIND = "company facts"
UNTIMED = "without acceptance times"
"""The scope of company facts taken in without submissions: with them they may be taken in again."""
LOT = 48 << 20
"""Bytes of documents that a process reads before it writes what they hold."""
_FILINGS = re.compile(r"CIK(\d{10})(?:-submissions-\d{3})?\.json")


@dataclass(frozen=True, slots=True)
class Company:
    """A filer's documents: its facts, the pages of its submissions; its number, where it is known."""

    facts: Kept
    submissions: tuple[Kept, ...] = ()
    cik: int | None = None


def archived(facts: Path, filings: Path | None = None) -> tuple[list[Company], tuple[Skipped, ...]]:
    """The companies of companyfacts.zip, each with its pages of submissions.zip if given.

    Files of other names are skipped. Raises ParseError for archives that are damaged.
    """
    found, others = members(facts, lambda name: NAME.fullmatch(name) is not None)
    ciks = {each.name[3:13] for each in found}
    pages: dict[str, list[Kept]] = {}
    if filings is not None:
        listed, _ = members(filings, lambda name: bool(_FILINGS.fullmatch(name)) and name[3:13] in ciks)
        for each in sorted(listed, key=lambda each: (len(each.name), each.name)):
            pages.setdefault(each.name[3:13], []).append(Kept(filings, each))
    companies = [
        Company(Kept(facts, e), tuple(pages.get(e.name[3:13], ())), int(e.name[3:13])) for e in found
    ]
    return companies, _skipped("files of the archive", "not named as company facts are", others)


def in_folder(folder: Path, ciks: Mapping[str, int]) -> tuple[list[Company], tuple[Skipped, ...]]:
    """The companies whose facts lie in a folder: CIK0000320193.json or AAPL.json, packed with gzip or not.

    `ciks` gives the numbers of tickers; a file of such a name has to be about that company.
    """
    files = sorted(path for path in folder.iterdir() if path.is_file())
    found = [path for path in files if path.name.endswith((".json", ".json.gz"))]
    companies = [Company(Kept(path), cik=_named(path.name, ciks)) for path in found]
    return companies, _skipped("files of the folder", "not named .json or .json.gz", len(files) - len(found))


def ingest(
    store: Store,
    companies: Iterable[Company],
    *,
    tick: Callable[[int], None] = lambda _: None,
    processes: int | None = None,
    waiting: Callable[[], None] | None = None,
) -> Iterator[tuple[int, Batch]]:
    """New rows and what they came with, commit by commit, as `load` says."""
    return load(store, stage, list(_lots(companies)), tick=tick, processes=processes, waiting=waiting)


def stage(lot: tuple[Company, ...], done: Collection[tuple[str, str]], staging: Staging) -> Staged:
    """A lot's rows written beside the store's, and what they came with."""
    rows, batch = read(lot, done)
    return Staged(staging.stage([rows]), batch, sum(each.facts.size for each in lot))


def read(
    companies: Iterable[Company], done: Collection[tuple[str, str]] = frozenset()
) -> tuple[pa.Table, Batch]:
    """The rows of the companies' documents as a table of `SCHEMA`, and what they came with.

    A document that is done is left out; one that cannot be read is skipped, and says why.
    """
    facts = CompanyFacts()
    met: list[tuple[Company, Filings, Document]] = []
    skipped: list[Skipped] = []
    for each in companies:
        try:
            data = each.facts.read()
            if done and (digest(data), _scope(each)) in done:
                skipped.append(Skipped(KIND, "taken in before"))
                continue
            filings = Filings(each.submissions)
            document = facts.add(data, each.facts.name, each.cik, filings.accepted)
        except ParseError as error:
            skipped.append(Skipped(KIND, error.message))
        else:
            met.append((each, filings, document))
            skipped += [*filings.skipped, *_skipped(KIND, "without facts", not document.facts)]
    rows, unfit = facts.table()
    kept, latest = _counted(rows["digest"]), _latest(rows)
    documents = tuple(_ingested(each, document, kept.get(document.digest, 0)) for each, _, document in met)
    registrants = {
        found.cik: filings.registrant or Registrant(found.cik, found.name, latest=latest.get(found.cik))
        for _, filings, found in met
    }
    return rows, Batch(documents, tuple(registrants.values()), together([*unfit, *skipped]))


def _lots(companies: Iterable[Company]) -> Iterator[tuple[Company, ...]]:
    """Companies read together, in the order of the store's parts, so that it gets few and large files."""
    lot: list[Company] = []
    size = 0
    for each in sorted(companies, key=lambda each: (bucket(each.cik or 0), each.cik or 0, each.facts.name)):
        if lot and size + each.facts.size > LOT:
            yield tuple(lot)
            lot, size = [], 0
        lot.append(each)
        size += each.facts.size
    if lot:
        yield tuple(lot)


def _named(name: str, ciks: Mapping[str, int]) -> int | None:
    plain = NAME.fullmatch(name)
    return int(plain[1]) if plain else ciks.get(name.partition(".")[0].upper())


def _scope(company: Company) -> str:
    return "" if company.submissions else UNTIMED


def _ingested(company: Company, document: Document, rows: int) -> Ingested:
    left = document.facts - rows
    return Ingested(document.digest, company.facts.name, KIND, rows, left, _scope(company))


def _counted(column: pa.ChunkedArray[Any]) -> dict[str, int]:
    return {each["values"]: each["counts"] for each in compute.value_counts(column).to_pylist()}


def _latest(rows: pa.Table) -> dict[int, date]:
    """The day each filer filed last."""
    found: dict[str, list[Any]] = rows.group_by("cik").aggregate([("filed", "max")]).to_pydict()
    return dict(zip(found["cik"], found["filed_max"], strict=True))


def _skipped(what: str, why: str, count: int) -> tuple[Skipped, ...]:
    return (Skipped(what, why, count),) if count else ()
