"""A company from EDGAR into a ledger: submissions, company facts, filings, releases."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

import pyarrow as pa

from tieout.core.errors import NotFoundError, ParseError
from tieout.core.filing import Filing
from tieout.core.ingested import Ingested
from tieout.core.intake import Intake
from tieout.core.skipped import Skipped, together, total
from tieout.ingest import xbrl
from tieout.ingest.acceptance import timed
from tieout.ingest.batch import Batch, counted
from tieout.ingest.bulk import KIND
from tieout.ingest.choice import Choice, documents, is_release
from tieout.ingest.companyfacts import company_facts
from tieout.ingest.order import Bars, Order
from tieout.ingest.rows import table
from tieout.ledger.columns import compute
from tieout.ledger.registrants import keep, registrants
from tieout.ledger.store import Store
from tieout.sources.cache import Kept
from tieout.sources.edgar import Edgar
from tieout.sources.tickers import Found

FETCHERS = 4
"""Filings fetched at a time: more would only wait for their turn."""
AHEAD = 8
"""Filings fetched before they are read: some ten megabytes each at most, so that memory stays bounded."""


def take(order: Order, asked: Sequence[str], bars: Bars) -> Iterator[Intake]:
    """What came in of each filer that is called so, one after the other.

    All are looked up before any is read. Raises NotFoundError for a name that is nobody's, UsageError where
    no contact is known, TransportError where EDGAR cannot be asked; what was read by then is kept.
    """
    with live(Edgar.connected(order.contact, offline=order.offline), order, bars) as session:
        for found in session.find(asked):
            yield session.company(found)


@contextmanager
def live(connected: AbstractContextManager[Edgar], order: Order, bars: Bars) -> Generator[Live]:
    """What takes companies in, until it is closed."""
    # EDGAR is left before the pool, whose threads would otherwise wait for their turn to the end.
    with ThreadPoolExecutor(FETCHERS) as pool, connected as edgar:
        yield Live(edgar, pool, Store.open(order.ledger), order, bars)


@dataclass(frozen=True, slots=True)
class Live:
    """EDGAR, and the store that it is read into."""

    edgar: Edgar
    pool: ThreadPoolExecutor
    store: Store
    order: Order
    bars: Bars

    def find(self, asked: Sequence[str]) -> tuple[Found, ...]:
        """The filers that are called so, each once. Raises NotFoundError for a name that is nobody's."""
        held = registrants(self.order.ledger).values()
        found = {each.cik: each for each in (self.edgar.find(name, held) for name in asked)}
        return tuple(found.values())

    def company(self, found: Found) -> Intake:
        """What came in of a filer that was not held before.

        Stopped at any moment it has kept what it had read, and the next run goes on from there. Raises
        TransportError where EDGAR cannot be asked, NotFoundError for a number that is nobody's.
        """
        told = self.edgar.submissions(found.cik)
        keep(self.order.ledger, [told.registrant])
        wanted, skipped = self.order.choice.of(told.filings)
        wanted = tuple(each for each in wanted if not is_release(each))
        read = {each.name.rpartition("/")[0] for each in self.store.documents().values()}
        todo = [filing for filing in wanted if filing.url("").rpartition("/")[0] not in read]
        tally = _Tally(list(skipped), held=len(wanted) - len(todo))
        with self.bars(len(todo) + 1, told.registrant.name) as tick, Batch(self.store) as batch:
            self._facts(found.cik, told.filings, tally, batch)
            tick(1)
            for filing, fetched in self._ahead(todo):
                self._filing(filing, fetched, tally, batch)
                tick(1)
        days = sorted(filing.filed for filing in wanted)
        return Intake(
            f"{told.registrant.name} (CIK {found.cik})",
            batch.new,
            tally.documents,
            tally.held,
            days[0] if days else None,
            days[-1] if days else None,
            together(tally.skipped),
            tuple(tally.troubles),
            (found.note,) if found.note else (),
        )

    def _facts(self, cik: int, filings: Iterable[Filing], tally: _Tally, batch: Batch) -> None:
        """Take in the company facts, the only numbers of filings whose XBRL EDGAR no longer serves."""
        name, scope = f"CIK{cik:010}.json", self.order.choice.scope
        try:
            kept = self.edgar.company_facts(cik)
        except NotFoundError:
            tally.skipped.append(Skipped("company facts", self._absent()))
            return
        if (kept.digest, scope) in self.store.documents():
            tally.held += 1
            return
        accepted = {int(each.accession.replace("-", "")): each.accepted for each in filings if each.accepted}
        try:
            _, rows, unfit = company_facts(kept.body, name, cik)
        except ParseError as error:
            self.edgar.fetch.forget(kept.url)
            tally.trouble(name, error)
            return
        rows = limited(timed(rows, accepted), self.order.choice)
        tally.take(unfit, 1)
        batch.add(rows, [Ingested(kept.digest, name, KIND, rows.num_rows, total(unfit), scope)])

    def _filing(self, filing: Filing, fetched: Future[tuple[Kept, ...]], tally: _Tally, batch: Batch) -> None:
        try:
            held = {each.url.rpartition("/")[2]: each for each in fetched.result()}
            if not held:
                tally.skipped.append(Skipped("filings", "that list neither XBRL nor a release"))
                return
            rows, skipped = read(filing, {name: each.body for name, each in held.items()})
        except NotFoundError:
            tally.skipped.append(Skipped("filings", self._absent()))
            return
        except ParseError as error:
            self._forget(filing)
            tally.trouble(filing.accession, error)
            return
        tally.take(skipped, len(held))
        count = counted(rows)
        batch.add(
            rows,
            [
                Ingested(each.digest, filing.url(name), filing.form, count[each.digest])
                for name, each in held.items()
            ],
        )

    def _ahead(self, todo: Iterable[Filing]) -> Iterator[tuple[Filing, Future[tuple[Kept, ...]]]]:
        """The filings in their order, some fetched while others are read."""
        under_way: deque[tuple[Filing, Future[tuple[Kept, ...]]]] = deque()
        for filing in todo:
            under_way.append((filing, self.pool.submit(self._fetch, filing)))
            if len(under_way) > AHEAD:
                yield under_way.popleft()
        yield from under_way

    def _fetch(self, filing: Filing) -> tuple[Kept, ...]:
        listing = documents(filing, self.edgar.documents(filing))
        return tuple(self.edgar.document(filing, each.name) for each in listing)

    def _forget(self, filing: Filing) -> None:
        """Fetch anew next time what could not be read: it may have been damaged on the way."""
        for each in documents(filing, self.edgar.documents(filing)):
            self.edgar.forget(filing, each.name)

    def _absent(self) -> str:
        return (
            "not fetched before, and not now: offline" if self.order.offline else "that EDGAR does not have"
        )


@dataclass(slots=True)
class _Tally:
    skipped: list[Skipped]
    held: int = 0
    documents: int = 0
    troubles: list[str] = field(default_factory=list[str])

    def take(self, skipped: Iterable[Skipped], documents: int) -> None:
        self.skipped += skipped
        self.documents += documents

    def trouble(self, name: str, error: ParseError) -> None:
        told = error.message if name in error.message else f"{name}: {error.message}"
        self.troubles.append(told)


def read(filing: Filing, held: Mapping[str, bytes]) -> tuple[pa.Table, tuple[Skipped, ...]]:
    """The rows of a filing's documents, by file name, and what was left out. Raises ParseError."""
    report = xbrl.read(held, filing)
    rows, unfit = table(report.rows)
    return rows, (*report.skipped, *unfit)


def limited(rows: pa.Table, choice: Choice) -> pa.Table:
    """Those rows of company facts that come from the filings chosen; without a limit all, of any form."""
    if choice.since is not None:
        rows = rows.filter(compute.greater_equal(rows["filed"], pa.scalar(choice.since)))
    if choice.forms:
        named = pa.array([f"{form}{amended}" for form in choice.forms for amended in ("", "/A")])
        rows = rows.filter(compute.is_in(compute.cast(rows["form"], pa.string()), named))
    return rows
