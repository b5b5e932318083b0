"""Filings with XBRL that lie on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tieout.core.errors import ParseError, UsageError
from tieout.core.filing import Registrant
from tieout.core.ingested import Ingested, digest
from tieout.core.intake import Intake
from tieout.core.skipped import total
from tieout.ingest import xbrl
from tieout.ingest.archive import contents
from tieout.ingest.cover import Cover
from tieout.ingest.order import Bars, Order
from tieout.ingest.rows import table
from tieout.ledger.registrants import keep
from tieout.ledger.store import Store

UNDATED = "no index says when it was filed: its figures support and explain, and refute nothing"


def take(order: Order, files: Sequence[Path], bars: Bars) -> Iterator[Intake]:
    """What came in of each file, a filing's main document or its XBRL instance, packed with gzip or not.

    Raises UsageError for a file that is not there; one that cannot be read is told of in its intake.
    """
    store = Store.open(order.ledger)
    with bars(len(files), "filings") as tick:
        for file in files:
            yield _taken(order, store, file)
            tick(1)


def _taken(order: Order, store: Store, file: Path) -> Intake:
    if not file.is_file():
        raise UsageError(f"no such file: {file}", fix="Name a filing's main document.")
    try:
        data = contents(file)
        mark, name = digest(data), file.name.removesuffix(".gz")
        if (mark, "") in store.documents():
            return Intake(str(file), held=1)
        report = xbrl.read({name: data})
    except ParseError as error:
        return Intake(str(file), troubles=(error.message,))
    rows, unfit = table(report.rows)
    skipped = (*report.skipped, *unfit)
    keep(order.ledger, _who(report.cover))
    document = Ingested(mark, name, report.cover.form or "filing", rows.num_rows, total(skipped))
    new = store.append([rows], [document], order.waiting)
    return Intake(str(file), new, 1, skipped=skipped, notes=(UNDATED,))


def _who(cover: Cover) -> Iterator[Registrant]:
    """The filer as its cover has it; those of a combined filing are known by number only."""
    for cik in cover.ciks[:1]:
        end = f"{cover.year_end[0]:02}{cover.year_end[1]:02}" if cover.year_end else ""
        yield Registrant(cik, cover.name or f"CIK {cik}", cover.symbols, year_end=end)
