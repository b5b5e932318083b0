"""Company facts of the SEC to facts as filed: one JSON document of all that one filer ever tagged.

They have no dimensions, no `decimals` and none of the filer's own concepts. Their `fy`, `fp` and `frame`
describe filings and the newest vintage, not facts: the `fy` of an annual filing becomes a fact of its cover,
and the others are not read.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (the stubs of pyarrow leave open what a column holds)

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any, Generic, TypeVar

import msgspec
import pyarrow as pa

from tieout.core.errors import ParseError
from tieout.core.filed import ANNUAL, FOCUS
from tieout.core.ingested import digest
from tieout.core.skipped import Skipped
from tieout.ingest.acceptance import Accepted
from tieout.ingest.fast import Values, Words, accession_number, day, laid_out, plain, uncollected
from tieout.ledger.columns import compute

NAME = re.compile(r"CIK(\d{10})\.json(?:\.gz)?")
"""How the SEC names a company's facts."""
_MOST_CIK = (1 << 31) - 1
_TIME = pa.timestamp("us", tz="UTC")
_NO_DAYS = pa.array([], pa.date32())


_Each = TypeVar("_Each")


class _Row(msgspec.Struct, gc=False):
    end: date | None = None
    val: int | Decimal | None = None
    accn: str | None = None
    form: str | None = None
    filed: date | None = None
    start: date | None = None
    fy: int | str | None = None


class _Loose(msgspec.Struct, gc=False):
    """A row whose days may be none."""

    end: str | None = None
    val: int | Decimal | None = None
    accn: str | None = None
    form: str | None = None
    filed: str | None = None
    start: str | None = None
    fy: int | str | None = None

    def row(self) -> _Row:
        days = (None if text is None else day(text) for text in (self.end, self.filed, self.start))
        end, filed, start = days
        return _Row(end, self.val, self.accn, self.form, filed, start, self.fy)


class _Concept(msgspec.Struct, Generic[_Each], gc=False):
    units: dict[str, list[_Each]]


class _File(msgspec.Struct, Generic[_Each]):
    cik: int | str
    facts: dict[str, dict[str, _Concept[_Each] | bool | None]]
    name: str = msgspec.field(default="", name="entityName")


@dataclass(frozen=True, slots=True)
class Document:
    """Whose facts a document holds: number and name, its digest, and how many facts were met in it."""

    cik: int
    name: str
    digest: str
    facts: int


def company_facts(
    data: bytes | bytearray, name: str, cik: int | None = None, accepted: Accepted | None = None
) -> tuple[Document, pa.Table, tuple[Skipped, ...]]:
    """A company facts document, its facts as a table of `SCHEMA` in its order, and what was left out.

    `name` is the document's, `cik` the company it should be about, if its name does not say so
    (CIK0000320193.json). The document has days of filing alone; `accepted` is asked for the moments. Raises
    ParseError for what is no such document, and for one about another company.
    """
    facts = CompanyFacts()
    document = facts.add(data, name, cik, accepted)
    return document, *facts.table()


class CompanyFacts:
    """The facts of several documents on their way into one table: laying out each by itself takes longer."""

    def __init__(self) -> None:
        self._ciks = array("i")
        self._days: dict[str, list[pa.Array[Any]]] = {"start": [], "end": [], "filed": []}
        self._values = Values()
        self._words = {name: Words() for name in ("taxonomy", "concept", "unit", "form", "digest")}
        self._filings = array("i")
        self._numbers: list[int | None] = []
        self._moments: list[datetime | None] = []

    @uncollected()
    def add(
        self, data: bytes | bytearray, name: str, cik: int | None = None, accepted: Accepted | None = None
    ) -> Document:
        """The document, its facts added; where it raises ParseError, none of them are."""
        file = _decoded(data, name)
        found = _company(file, name, cik)
        mark = digest(data)
        starts: list[date | None] = []
        ends: list[date | None] = []
        days: list[date | None] = []
        words = self._words
        forms, filings = words["form"], Words(len(self._numbers))
        for prefix, tag, measure, rows in _listed(file):
            # List by list, while its rows are still in the processor's cache.
            starts += [row.start for row in rows]
            ends += [row.end for row in rows]
            self._values.add([row.val for row in rows])
            self._filings.fromlist([filings[row.accn] for row in rows])
            forms.codes.fromlist([forms[row.form] for row in rows])
            days += [row.filed for row in rows]
            for column, word in (("taxonomy", prefix), ("concept", tag), ("unit", measure)):
                words[column].repeat(word, len(rows))
        numbers = [accession_number(text) for text in filings]
        times = accepted(found, {number for number in numbers if number}) if accepted else {}
        self._numbers += numbers
        self._moments += [times.get(number or 0) for number in numbers]
        count = len(ends)
        for column, told in zip(self._days.values(), (starts, ends, days), strict=True):
            column.append(pa.array(told, pa.date32()))
        words["digest"].repeat(mark, count)
        self._ciks += array("i", (found,)) * count
        return Document(found, file.name, mark, count)

    def table(self) -> tuple[pa.Table, tuple[Skipped, ...]]:
        """All that was added, as a table of `SCHEMA`, and what was left out as unfit."""
        digits, exponent = self._values.exact()
        columns = {name: words.column() for name, words in self._words.items()}
        filings = plain(self._filings)
        columns |= {
            "cik": plain(self._ciks),
            "digits": digits,
            "exponent": exponent,
            "accession": compute.take(pa.array(self._numbers, pa.int64()), filings),
            "accepted": compute.take(pa.array(self._moments, _TIME), filings),
            **{name: pa.concat_arrays([_NO_DAYS, *days]) for name, days in self._days.items()},
        }
        return laid_out(columns)


def _decoded(data: bytes | bytearray, name: str) -> _File[_Row]:
    try:
        with suppress(msgspec.ValidationError):  # a day that is none, or worse
            return _decoder(_File[_Row]).decode(data)
        return _strict(_decoder(_File[_Loose]).decode(data))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ParseError(
            f"{name} is not a company facts file of the SEC: {error}",
            file=name,
            fix="Fetch it again; a file that was cut off on the way looks like this.",
        ) from error


def _strict(file: _File[_Loose]) -> _File[_Row]:
    found = {
        prefix: {tag: _rows(held) if isinstance(held, _Concept) else held for tag, held in tagged.items()}
        for prefix, tagged in file.facts.items()
    }
    return _File(file.cik, found, file.name)


def _rows(held: _Concept[_Loose]) -> _Concept[_Row]:
    return _Concept({unit: [each.row() for each in rows] for unit, rows in held.units.items()})


@lru_cache
def _decoder(of: type[_Each]) -> msgspec.json.Decoder[_Each]:
    return msgspec.json.Decoder(of)


def _company(file: _File[_Row], name: str, expected: int | None) -> int:
    told = str(file.cik)
    cik = int(told) if told.isascii() and told.isdigit() and len(told) <= 10 else 0
    if not 0 < cik <= _MOST_CIK:
        raise ParseError(
            f"{name}: its CIK is {file.cik!r}", file=name, fix="A CIK is a number of up to ten digits."
        )
    named = NAME.fullmatch(name.rpartition("/")[2])
    due = expected if expected is not None else int(named[1]) if named else cik
    if cik != due:
        raise ParseError(
            f"{name} should be about CIK {due:010}, and holds the facts of CIK {cik:010} ({file.name})",
            file=name,
            fix=f"Fetch the facts of CIK {due:010} anew, or name the file CIK{cik:010}.json.",
        )
    return cik


def _listed(file: _File[_Row]) -> Iterator[tuple[str, str, str, list[_Row]]]:
    """Taxonomy, concept, unit and rows, list by list."""
    years = _years(file)
    if years:
        yield *FOCUS, "pure", years
    for prefix, tagged in file.facts.items():
        for tag, held in tagged.items():
            if isinstance(held, _Concept):
                for measure, rows in held.units.items():
                    yield prefix, tag, measure, rows


def _years(file: _File[_Row]) -> list[_Row]:
    """What each annual filing calls its fiscal year, on the day of its latest balance sheet."""
    latest: dict[str, _Row] = {}
    for taxonomy in ("us-gaap", "ifrs-full"):
        assets = file.facts.get(taxonomy, {}).get("Assets")
        for row in chain.from_iterable(assets.units.values()) if isinstance(assets, _Concept) else ():
            if isinstance(row.fy, int) and row.accn and row.end and row.form in ANNUAL:
                held = latest.get(row.accn)
                latest[row.accn] = row if held is None or (held.end or date.min) < row.end else held
    return [
        _Row(row.end, row.fy, row.accn, row.form, row.filed)
        for row in latest.values()
        if isinstance(row.fy, int)
    ]
