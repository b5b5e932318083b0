"""Companies from EDGAR into a ledger: submissions, company facts, filings, releases."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace

from tieout.catalogue import Catalogue
from tieout.core.errors import NotFoundError, ParseError
from tieout.core.filing import Filing
from tieout.core.intake import Intake
from tieout.ingest.batch import Batch
from tieout.ingest.bulk import KIND
from tieout.ingest.choice import documents, is_release
from tieout.ingest.companyfacts import company_facts
from tieout.ingest.filer import known
from tieout.ingest.filings import Reader, limited, releases, report
from tieout.ingest.order import Bars, Order
from tieout.ledger.registrants import keep, registrants
from tieout.ledger.store import Store
from tieout.sources.cache import Kept
from tieout.sources.edgar import Edgar
from tieout.sources.tickers import Found

FETCHERS = 4
"""Filings fetched at a time: more would only wait for their turn."""
AHEAD = 8
"""Filings fetched before they are read: some ten megabytes each at most, so that memory stays bounded."""

_Fetched = Future[tuple[Kept, ...]]


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
        return tuple({each.cik: each for each in self.edgar.find(asked, held)}.values())

    def company(self, found: Found) -> Intake:
        """What came in of a filer that was not held before.

        Stopped at any moment it has kept what it had read, and the next run goes on from there. Raises
        TransportError where EDGAR cannot be asked, NotFoundError for a number that is nobody's.
        """
        told = self.edgar.submissions(found.cik)
        keep(self.order.ledger, [told.registrant])
        wanted, skipped = self.order.choice.of(told.filings)
        done = {each.name.rpartition("/")[0] for each in self.store.documents().values()}
        todo = [filing for filing in wanted if filing.url("").rpartition("/")[0] not in done]
        name = told.registrant.name
        with self.bars(len(todo) + 1, name) as tick, Batch(self.store, self.order.waiting) as batch:
            for _ in told.pages:
                batch.skip("pages of older filings", self._absent())
            current = self._facts(found.cik, told.filings, batch)
            tick(1)
            self._filings([each for each in todo if not is_release(each)], report, batch, tick)
            batch.commit()  # the filings tell the fiscal calendar by which the releases are read
            self._releases(found.cik, [each for each in todo if is_release(each)], batch, tick)
        held = len(wanted) - len(todo) + current
        days = sorted(filing.filed for filing in wanted)
        return replace(
            batch.intake(f"{name} (CIK {found.cik})", skipped, held),
            first=days[0] if days else None,
            last=days[-1] if days else None,
            notes=(found.note,) if found.note else (),
        )

    def _facts(self, cik: int, filings: Iterable[Filing], batch: Batch) -> bool:
        """Whether the company facts were in before; if not they are taken in."""
        name, scope = f"CIK{cik:010}.json", self.order.choice.scope
        try:
            kept = self.edgar.company_facts(cik)
        except NotFoundError:
            batch.skip(KIND, self._absent())
            return False
        if (kept.digest, scope) in self.store.documents():
            return True
        times = {int(each.accession.replace("-", "")): each.accepted for each in filings if each.accepted}
        try:
            _, rows, unfit = company_facts(kept.body, name, cik, lambda _, __: times)
        except ParseError as error:
            self.edgar.fetch.forget(kept.url)
            batch.trouble(name, error)
            return False
        batch.take(limited(rows, self.order.choice), unfit, [(name, kept.body)], KIND, scope)
        return False

    def _releases(self, cik: int, todo: Sequence[Filing], batch: Batch, tick: Callable[[int], None]) -> None:
        if not todo:
            return
        catalogue = Catalogue.load(self.order.ledger)
        company = known(cik, catalogue, self.order.ledger)
        if company is None:
            for _ in todo:
                batch.skip("releases", "of a company whose fiscal calendar nothing tells")
            return
        self._filings(todo, releases(company, catalogue), batch, tick)

    def _filings(
        self, todo: Iterable[Filing], read: Reader, batch: Batch, tick: Callable[[int], None]
    ) -> None:
        for filing, fetched in self._ahead(todo):
            try:
                self._filing(filing, fetched.result(), read, batch)
            except NotFoundError:
                batch.skip("filings", self._absent())
            except ParseError as error:
                batch.trouble(filing.accession, error)
            tick(1)

    def _filing(self, filing: Filing, fetched: tuple[Kept, ...], read: Reader, batch: Batch) -> None:
        held = {each.url.rpartition("/")[2]: each.body for each in fetched}
        if not held:
            batch.skip("filings", "that list neither XBRL nor a release")
            return
        try:
            rows, skipped = read(filing, held)
        except ParseError:
            for each in fetched:  # damaged on the way, it may be
                self.edgar.fetch.forget(each.url)
            raise
        named = [(filing.url(name), body) for name, body in held.items()]
        batch.take(rows, skipped, named, filing.form)

    def _ahead(self, todo: Iterable[Filing]) -> Iterator[tuple[Filing, _Fetched]]:
        """The filings in their order, some fetched while others are read."""
        under_way: deque[tuple[Filing, _Fetched]] = deque()
        for filing in todo:
            under_way.append((filing, self.pool.submit(self._fetch, filing)))
            if len(under_way) > AHEAD:
                yield under_way.popleft()
        yield from under_way

    def _fetch(self, filing: Filing) -> tuple[Kept, ...]:
        listing = documents(filing, self.edgar.documents(filing))
        return tuple(self.edgar.document(filing, each.name) for each in listing)

    def _absent(self) -> str:
        return (
            "not fetched before, and not now: offline" if self.order.offline else "that EDGAR does not have"
        )
