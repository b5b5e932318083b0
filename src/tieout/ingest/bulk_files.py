"""Company facts by the thousand, from the SEC's archives or a folder, and what came in of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tieout.catalogue import Catalogue
from tieout.core.errors import UsageError
from tieout.core.intake import Intake
from tieout.core.skipped import Skipped, together, total
from tieout.ingest import datasets
from tieout.ingest.bulk import Company, archived, in_folder, ingest
from tieout.ingest.load import Batch
from tieout.ingest.order import Bars, Order
from tieout.ledger.registrants import registrants
from tieout.ledger.store import Store

BEFORE = "taken in before"


def archives(order: Order, files: Sequence[Path], bars: Bars) -> Iterator[Intake]:
    """What came in of companyfacts.zip, with the acceptance times of submissions.zip where that is given.

    Raises UsageError for other numbers of archives, ParseError for damaged ones.
    """
    facts = [file for file in files if "submissions" not in file.name.lower()]
    others = [file for file in files if file not in facts]
    if len(facts) != 1 or len(others) > 1:
        raise UsageError(
            f"{len(facts)} archives of company facts and {len(others)} of submissions",
            fix="Give companyfacts.zip, and submissions.zip or nothing else.",
        )
    _there(files)
    companies, skipped = archived(facts[0], others[0] if others else None)
    yield _taken(order, " with ".join(map(str, files)), companies, skipped, bars)


def folders(order: Order, files: Sequence[Path], bars: Bars) -> Iterator[Intake]:
    """What came in of each folder of company facts. Raises NotFoundError for one that is none."""
    _there(files)
    ciks = _ciks(order.ledger)
    for folder in files:
        companies, skipped = in_folder(folder, ciks)
        yield _taken(order, str(folder), companies, skipped, bars)


def _ciks(ledger: Path) -> dict[str, int]:
    """The numbers of tickers, by which files may be named: those of packs, and of the filers held."""
    packs = Catalogue.load(ledger if ledger.is_dir() else None).companies
    told = {ticker: int(each.cik) for ticker, each in packs.items() if each.cik}
    return {ticker: each.cik for each in registrants(ledger).values() for ticker in each.tickers} | told


def data_sets(order: Order, files: Sequence[Path], bars: Bars) -> Iterator[Intake]:
    """What came in of each Financial Statement Data Set. Raises UsageError for a file that is not there."""
    _there(files)
    for file in files:
        with bars(file.stat().st_size, file.name) as tick:
            yield _told(
                str(file),
                datasets.ingest(Store.open(order.ledger), [file], tick=tick, waiting=order.waiting),
                (),
            )


def _taken(
    order: Order, name: str, companies: Sequence[Company], skipped: Sequence[Skipped], bars: Bars
) -> Intake:
    with bars(sum(each.facts.size for each in companies), name) as tick:
        return _told(
            name, ingest(Store.open(order.ledger), companies, tick=tick, waiting=order.waiting), skipped
        )


def _told(name: str, commits: Iterator[tuple[int, Batch]], skipped: Sequence[Skipped]) -> Intake:
    """What came of commits; documents that an earlier run had read are counted apart from the skipped."""
    facts = documents = 0
    left = list(skipped)
    for new, batch in commits:
        facts += new
        documents += len(batch.documents)
        left += batch.skipped
    held = total(each for each in left if each.why == BEFORE)
    return Intake(name, facts, documents, held, skipped=together(x for x in left if x.why != BEFORE))


def _there(files: Sequence[Path]) -> None:
    for file in files:
        if not file.exists():
            raise UsageError(f"no such file: {file}", fix="Name a file or folder that is there.")
