"""EDGAR's submissions: who a registrant is, and everything it filed, page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from itertools import accumulate
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from tieout.core.errors import ParseError
from tieout.core.filing import Filing, FormerName, Registrant

NEW_YORK = ZoneInfo("America/New_York")
OPEN, SHUT = time(6), time(22, 30)
"""Between these, New York time, EDGAR accepts; half an hour is for what was still in its queue."""

_T = TypeVar("_T")


class _Columns(msgspec.Struct, rename="camel"):
    accession_number: list[str]
    filing_date: list[str]
    acceptance_date_time: list[str | None]
    form: list[str]
    report_date: list[str | None] = []
    items: list[str | None] = []
    primary_document: list[str | None] = []
    xbrl: list[int | None] = msgspec.field(default_factory=list[int | None], name="isXBRL")
    inline: list[int | None] = msgspec.field(default_factory=list[int | None], name="isInlineXBRL")


class _Page(msgspec.Struct):
    name: str


class _Filings(msgspec.Struct):
    recent: _Columns
    files: list[_Page] | None = None


class _Former(msgspec.Struct):
    name: str
    first: str | None = msgspec.field(default=None, name="from")
    last: str | None = msgspec.field(default=None, name="to")


class _Whole(msgspec.Struct, rename="camel"):
    cik: str | int
    name: str
    filings: _Filings
    tickers: list[str | None] | None = None
    exchanges: list[str | None] | None = None
    former_names: list[_Former] | None = None
    sic: str | None = None
    fiscal_year_end: str | None = None


@dataclass(frozen=True, slots=True)
class Submissions:
    """A registrant, its filings on the first page, the latest first, and the files of the other pages."""

    registrant: Registrant
    filings: tuple[Filing, ...]
    pages: tuple[str, ...]


def submissions(data: bytes, name: str) -> Submissions:
    """What a submissions file (CIK0000320193.json) says.

    `name` is the file's, for messages. Raises ParseError for what is no such file.
    """
    whole = _decoded(data, _Whole, name)
    try:
        cik = int(whole.cik)
    except ValueError as error:
        raise _malformed(name, f"its CIK is {whole.cik!r}") from error
    filings = _filings(cik, whole.filings.recent, name)
    former = (FormerName(each.name, _day(each.first), _day(each.last)) for each in whole.former_names or ())
    registrant = Registrant(
        cik,
        whole.name.strip(),
        _words(whole.tickers),
        _words(whole.exchanges),
        tuple(former),
        whole.sic or "",
        whole.fiscal_year_end or "",
        max((each.filed for each in filings), default=None),
    )
    return Submissions(registrant, filings, tuple(each.name for each in whole.filings.files or ()))


def page(data: bytes, cik: int, name: str) -> tuple[Filing, ...]:
    """The filings of a further page (CIK0000320193-submissions-001.json). Raises ParseError."""
    return _filings(cik, _decoded(data, _Columns, name), name)


def _filings(cik: int, columns: _Columns, name: str) -> tuple[Filing, ...]:
    count = len(columns.accession_number)
    rows = zip(
        columns.accession_number,
        _column(columns.form, count, name),
        _column(columns.filing_date, count, name),
        _accepted(_column(columns.acceptance_date_time, count, name)),
        _column(columns.report_date, count, name),
        _column(columns.items, count, name),
        _column(columns.primary_document, count, name),
        _column(columns.xbrl, count, name),
        _column(columns.inline, count, name),
        strict=True,
    )
    return tuple(
        Filing(
            cik,
            accession,
            form or "",
            _needed(filed, accession, name),
            accepted,
            _day(report),
            tuple(item.strip() for item in (items or "").split(",") if item.strip()),
            document or "",
            bool(xbrl),
            bool(inline),
        )
        for accession, form, filed, accepted, report, items, document, xbrl, inline in rows
    )


def _column(found: Sequence[_T], count: int, name: str) -> Sequence[_T | None]:
    if not found:
        return [None] * count
    if len(found) != count:
        raise _malformed(name, f"its columns have {count} and {len(found)} rows")
    return found


def _accepted(stamps: Sequence[str | None]) -> list[datetime | None]:
    """The moments of a page's acceptance times, the latest first, in UTC.

    They say that they are in UTC ("Z"). In some files, and in the newest rows of others, they are New York's
    all the same. EDGAR sleeps at night, so that many a time is possible on one clock only; rows between two
    such go by their clock, and where that leaves doubt the later moment is taken. The New York day is the
    same either way.
    """
    moments = [_moment(each) for each in stamps]
    proofs = [None if each is None else _proof(each) for each in moments]
    newer = _carried(proofs, NEW_YORK)
    older = list(reversed(_carried(proofs[::-1], UTC)))
    clocks = (
        UTC if UTC is above and UTC is below else NEW_YORK for above, below in zip(newer, older, strict=True)
    )
    return [
        None if each is None else each.replace(tzinfo=proof or clock).astimezone(UTC)
        for each, proof, clock in zip(moments, proofs, clocks, strict=True)
    ]


def _proof(stamp: datetime) -> tzinfo | None:
    """The one clock on which EDGAR was awake then, UTC if on neither; None where it was on both."""
    local = stamp.replace(tzinfo=UTC).astimezone(NEW_YORK).time()
    if not OPEN <= stamp.time() <= SHUT:
        return UTC
    return None if OPEN <= local <= SHUT else NEW_YORK


def _carried(proofs: Sequence[tzinfo | None], first: tzinfo) -> list[tzinfo]:
    """For each row the proof of the nearest row at or before it."""
    return list(accumulate(proofs, lambda last, proof: proof or last, initial=first))[1:]


def _decoded(data: bytes, shape: type[_T], name: str) -> _T:
    try:
        return msgspec.json.decode(data, type=shape)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError) as error:
        raise _malformed(name, str(error)) from error


def _needed(text: str | None, accession: str, name: str) -> date:
    found = _day(text)
    if found is None:
        raise _malformed(name, f"the filing {accession} has no date")
    return found


def _day(text: str | None) -> date | None:
    return _read(lambda day: date.fromisoformat(day[:10]), text)


def _moment(text: str | None) -> datetime | None:
    return _read(lambda stamp: datetime.fromisoformat(stamp[:19]), text)


def _read(how: Callable[[str], _T], text: str | None) -> _T | None:
    """The value, None for none; what is no date at all is as good as none."""
    try:
        return how(text) if text else None
    except ValueError:
        return None


def _words(found: list[str | None] | None) -> tuple[str, ...]:
    return tuple(word for word in found or () if word)


def _malformed(name: str, why: str) -> ParseError:
    return ParseError(
        f"{name} is not a submissions file of EDGAR: {why}",
        file=name,
        fix="Fetch it again; a file that was cut off on the way looks like this.",
    )
