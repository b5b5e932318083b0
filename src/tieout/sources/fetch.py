"""One address of EDGAR to its bytes: cached, paced, asked again when it is busy, whole or not at all."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import TracebackType

import httpx

from tieout.core.errors import NotFoundError, ParseError, TransportError
from tieout.core.ingested import digest
from tieout.sources.cache import Cache, Kept
from tieout.sources.pace import Clock, Pace

MOST = 1 << 28
"""Bytes of one document, unpacked: several times the largest that EDGAR has."""
WAITS = (1.0, 2.0, 4.0, 8.0)
"""Seconds before each further attempt, unless EDGAR says how long."""
PATIENCE = 120.0
"""Seconds EDGAR may ask us to wait; a longer wait is the user's to decide."""
DEADLINE = 600.0
"""Seconds one answer may take altogether, however steadily it drips."""
TIMEOUT = httpx.Timeout(30.0, connect=10.0)

_BUSY = {429, 500, 502, 503, 504}
_TRY = "Try again later; what has come in is kept, and a second run goes on from there."


class Fetcher:
    """Documents of EDGAR by their address. Without a client it never calls out, and knows only the cache."""

    def __init__(self, cache: Cache, pace: Pace, clock: Clock, client: httpx.Client | None) -> None:
        self._cache = cache
        self._pace = pace
        self._clock = clock
        self._client = client

    def __enter__(self) -> Fetcher:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Wake whoever still waits, and hang up."""
        self._clock.stop()
        if self._client is not None:
            self._client.close()

    def get(self, url: str, *, final: bool = False) -> Kept:
        """What EDGAR holds under the address.

        What is kept of a `final` document, which never changes, is not asked for again; of any other EDGAR
        is asked whether it changed. Raises NotFoundError where there is none (or none is kept, offline),
        TransportError where EDGAR cannot be asked or does not want to answer, ParseError for an answer that
        is too long.
        """
        kept = self._cache.get(url)
        if kept is not None and (final or self._client is None):
            return kept
        if self._client is None:
            raise NotFoundError(
                f"offline, and not fetched before: {url}", url=url, fix="Run once without --offline."
            )
        fresh = self._asked(self._client, url, kept)
        if fresh is not kept:
            self._cache.put(fresh)
        return fresh

    def forget(self, url: str) -> None:
        """Keep no longer what turned out not to be what it should be, so that it is asked for anew."""
        self._cache.drop(url)

    def _asked(self, client: httpx.Client, url: str, kept: Kept | None) -> Kept:
        why = ""
        for wait in (*WAITS, None):
            self._pace.turn()
            try:
                with client.stream("GET", url, headers=_validators(kept)) as answer:
                    if answer.status_code not in _BUSY:
                        return self._read(answer, url, kept)
                    why = f"it answered {answer.status_code} {answer.reason_phrase}"
                    asked = _retry_after(answer, self._clock.now())
            except (httpx.TransportError, zlib.error) as error:
                why, asked = str(error) or type(error).__name__, None
            if asked is not None and asked > PATIENCE:
                raise TransportError(
                    f"EDGAR asks to be left alone for {asked / 60:.0f} minutes ({why}): {url}",
                    url=url,
                    fix=f"Wait that long. {_TRY}",
                )
            if wait is not None:
                # The others of this machine would be turned away as well.
                self._pace.hold(max(wait, asked or 0))
        raise TransportError(f"EDGAR cannot be reached: {why}: {url}", url=url, fix=_TRY)

    def _read(self, answer: httpx.Response, url: str, kept: Kept | None) -> Kept:
        status = answer.status_code
        if status == HTTPStatus.NOT_MODIFIED and kept is not None:
            return kept
        if status == HTTPStatus.NOT_FOUND:
            raise NotFoundError(
                f"EDGAR has nothing at {url}",
                url=url,
                fix="Check the CIK: a company without filings of that kind has no such page.",
            )
        if status == HTTPStatus.FORBIDDEN:
            raise TransportError(
                f"EDGAR refuses to answer (403): {url}",
                url=url,
                fix="Check your contact (--contact), which it wants to be real; whoever asked too often is "
                "shut out for ten minutes.",
            )
        if status != HTTPStatus.OK:
            raise TransportError(f"EDGAR answered {status} {answer.reason_phrase}: {url}", url=url, fix=_TRY)
        body = b"".join(self._pieces(answer, url))
        now = datetime.fromtimestamp(self._clock.now(), UTC).isoformat(timespec="seconds")
        etag, modified = answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")
        return Kept(url, body, digest(body), now, etag, modified)

    def _pieces(self, answer: httpx.Response, url: str) -> Iterator[bytes]:
        """The body, unpacked here: the client's own way takes a packed body that was cut off for whole."""
        packed = zlib.decompressobj(31) if answer.headers.get("Content-Encoding") == "gzip" else None
        began, left = self._clock.now(), MOST
        for raw in answer.iter_raw(1 << 16):
            piece = raw if packed is None else packed.decompress(raw, left + 1)
            left -= len(piece)
            if left < 0:
                raise ParseError(
                    f"more than {MOST:,} bytes: {url}", url=url, fix="Report it; nothing of it was taken in."
                )
            if self._clock.now() > began + DEADLINE:
                raise httpx.ReadTimeout(f"not done after {DEADLINE:.0f} seconds")
            yield piece
        if packed is not None and not packed.eof:
            raise zlib.error("the answer was cut off")


def client(agent: str, transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """A client that says who asks; `transport` stands in for the network in tests."""
    headers = {"User-Agent": agent, "Accept-Encoding": "gzip"}
    return httpx.Client(headers=headers, timeout=TIMEOUT, transport=transport, follow_redirects=False)


def _validators(kept: Kept | None) -> dict[str, str]:
    found = {} if kept is None else {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified}
    return {name: value for name, value in found.items() if value}


def _retry_after(answer: httpx.Response, now: float) -> float | None:
    """The seconds EDGAR asks to wait, None where it does not say; it may name a moment instead."""
    text = answer.headers.get("Retry-After", "").strip()
    if text.isdigit():
        return float(text[:6])
    try:
        return max(parsedate_to_datetime(text).timestamp() - now, 0.0) if text else None
    except ValueError:
        return None
