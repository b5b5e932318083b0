"""EDGAR as tieout knows it: tickers, a registrant's submissions, its company facts, a filing's documents."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TypeVar

import httpx
import platformdirs

from tieout.core.errors import NotFoundError, ParseError
from tieout.core.filing import Filing, Registrant
from tieout.sources.cache import Cache, Kept
from tieout.sources.contact import agent, contact
from tieout.sources.fetch import Fetcher, client
from tieout.sources.listing import Listed, listed
from tieout.sources.pace import Clock, Pace
from tieout.sources.submissions import Submissions, page, submissions
from tieout.sources.tickers import Found, Tickers, called, find

MIRROR = "TIEOUT_EDGAR"
"""The variable that names another server with EDGAR's paths, in place of both of the SEC's."""
CACHE = "TIEOUT_CACHE"
"""The variable that names the folder of what EDGAR answered, in place of the system's own."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Edgar:
    """What EDGAR holds, each thing by one call. `files` and `data` are its two hosts."""

    fetch: Fetcher
    files: str = "https://www.sec.gov"
    data: str = "https://data.sec.gov"

    @staticmethod
    @contextmanager
    def connected(
        told: str | None = None,
        *,
        offline: bool = False,
        transport: httpx.BaseTransport | None = None,
        clock: Clock | None = None,
    ) -> Generator[Edgar]:
        """EDGAR, or the mirror that the environment names; offline only what was fetched before.

        `told` is the contact, if not the one remembered; `transport` stands in for the network, and `clock`
        for the time. Raises UsageError where there is no contact.
        """
        mirror = os.environ.get(MIRROR, "").rstrip("/")
        hosts = (mirror, mirror) if mirror else ()
        asks = None if offline else client(agent(contact(told)), transport)
        folder, watch = cache_folder(), clock or Clock()
        with Fetcher(Cache(folder), Pace(folder, watch), watch, asks) as fetch:
            yield Edgar(fetch, *hosts)

    def tickers(self) -> Tickers:
        """Every ticker, with its filer."""
        return self._read(f"{self.files}/files/company_tickers.json", Tickers.of)

    def find(self, asked: Iterable[str], held: Iterable[Registrant]) -> tuple[Found, ...]:
        """The filers that are called so, by ticker, CIK, name or former name; see `tickers.find`."""
        listed, known = cache(self.tickers), tuple(held)
        return tuple(find(name, listed, known, self._called) for name in asked)

    def _called(self, asked: str) -> Iterable[int]:
        """Those who have or had the name, of the list of all names, which is long and asked for last."""
        try:
            names = self.fetch.get(f"{self.files}/Archives/edgar/cik-lookup-data.txt")
        except NotFoundError:  # offline, and never fetched: nobody is known by that name
            return ()
        return called(asked, names.body)

    def submissions(self, cik: int) -> Submissions:
        """A registrant and all it ever filed, the latest first; its `pages` are those that are missing."""
        base, name = f"{self.data}/submissions", f"CIK{cik:010}.json"
        first = self._read(f"{base}/{name}", lambda body: submissions(body, name))
        if first.registrant.cik != cik:
            raise ParseError(
                f"{name} is about CIK {first.registrant.cik}, {first.registrant.name}",
                fix="Nothing of it was taken in. Try again later.",
            )
        held = [self._page(f"{base}/{each}", cik, each) for each in first.pages]
        missing = tuple(name for name, found in zip(first.pages, held, strict=True) if found is None)
        filings = {each.accession: each for each in chain(first.filings, *(found or () for found in held))}
        return Submissions(first.registrant, tuple(filings.values()), missing)

    def _page(self, url: str, cik: int, name: str) -> tuple[Filing, ...] | None:
        try:
            return self._read(url, lambda body: page(body, cik, name))
        except NotFoundError:
            return None

    def company_facts(self, cik: int) -> Kept:
        """The company facts of a registrant, as bytes. Raises NotFoundError where EDGAR has none."""
        return self.fetch.get(f"{self.data}/api/xbrl/companyfacts/CIK{cik:010}.json")

    def documents(self, filing: Filing) -> tuple[Listed, ...]:
        """The documents of a filing."""
        url = self._at(filing, f"{filing.accession}-index.html")
        return self._read(url, lambda body: listed(body, url), final=True)

    def document(self, filing: Filing, name: str) -> Kept:
        """One document of a filing."""
        return self.fetch.get(self._at(filing, name), final=True)

    def _at(self, filing: Filing, name: str) -> str:
        return filing.url(name).replace("https://www.sec.gov", self.files, 1)

    def _read(self, url: str, how: Callable[[bytes], _T], *, final: bool = False) -> _T:
        """What the answer says; one that cannot be read is not kept."""
        try:
            return how(self.fetch.get(url, final=final).body)
        except ParseError:
            self.fetch.forget(url)
            raise


def cache_folder() -> Path:
    """Where EDGAR's answers and the pace of asking are kept."""
    named = os.environ.get(CACHE)
    return Path(named).expanduser() if named else platformdirs.user_cache_path("tieout") / "edgar"
