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
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any

import msgspec
import pyarrow as pa

from tieout.core.errors import ParseError
from tieout.core.filed import ANNUAL, FOCUS
from tieout.core.ingested import digest
from tieout.core.skipped import Skipped
from tieout.core.uncollected import uncollected
from tieout.ingest.acceptance import Accepted
from tieout.ingest.fast import Days, Values, Words, accession_number, day, laid_out, plain
from tieout.ledger.columns import compute

NAME = re.compile(r"CIK(\d{10})\.json(?:\.gz)?")
"""How the SEC names a company's facts."""
_MOST_CIK = (1 << 31) - 1
_TIME = pa.timestamp("us", tz="UTC")
_NO_DAYS = pa.array([], pa.date32())


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


class _Concept(msgspec.Struct, gc=False):
    """A concept's facts by unit, not yet read: read at once, those of a document would fill the caches."""

    units: msgspec.Raw

    def read(self) -> dict[str, list[_Row]]:
        with suppress(msgspec.ValidationError):  # a day that is none, or worse
            return _decoder(dict[str, list[_Row]]).decode(self.units)
        loose = _decoder(dict[str, list[_Loose]]).decode(self.units)
        return {unit: [each.row() for each in rows] for unit, rows in loose.items()}


class _File(msgspec.Struct):
    cik: int | str
    facts: dict[str, dict[str, _Concept | bool | None]]
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
        with _read(name):
            file: _File = _decoder(_File).decode(data)
            found = _company(file, name, cik)
            mark = digest(data)
            held = _Columns(len(self._numbers), self._words["form"])
            for prefix, tag, measure, rows in _listed(file):
                held.add((prefix, tag, measure), rows)
        numbers = [accession_number(text) for text in held.accessions]
        times = accepted(found, {number for number in numbers if number}) if accepted else {}
        self._numbers += numbers
        self._moments += [times.get(number or 0) for number in numbers]
        self._filings += held.filings
        self._values += held.values
        for column, days in held.days.items():
            self._days[column] += days.arrays()
        words = self._words
        words["form"].codes += held.forms
        for run, count in held.runs:
            for column, word in zip(("taxonomy", "concept", "unit"), run, strict=True):
                words[column].repeat(word, count)
        count = len(held.filings)
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


class _Columns:
    """The columns of one document, while it is read."""

    def __init__(self, first: int, forms: Words) -> None:
        self.days = {"start": Days(), "end": Days(), "filed": Days()}
        self.values = Values()
        self.filings, self.forms = array("i"), array("i")
        self.accessions = Words(first)
        self.runs: list[tuple[tuple[str, str, str], int]] = []
        self._form = forms

    def add(self, run: tuple[str, str, str], rows: list[_Row]) -> None:
        """Rows of one taxonomy, concept and unit."""
        accession, form = self.accessions, self._form
        self.days["start"].add([row.start for row in rows])
        self.days["end"].add([row.end for row in rows])
        self.days["filed"].add([row.filed for row in rows])
        self.values.add([row.val for row in rows])
        self.filings.fromlist([accession[row.accn] for row in rows])
        self.forms.fromlist([form[row.form] for row in rows])
        self.runs.append((run, len(rows)))


@contextmanager
def _read(name: str) -> Generator[None]:
    """Say of what cannot be decoded that the document of that name is none."""
    try:
        yield
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ParseError(
            f"{name} is not a company facts file of the SEC: {error}",
            file=name,
            fix="Fetch it again; a file that was cut off on the way looks like this.",
        ) from error


@lru_cache
def _decoder(of: type) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(of)


def _company(file: _File, name: str, expected: int | None) -> int:
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


def _listed(file: _File) -> Iterator[tuple[str, str, str, list[_Row]]]:
    """Taxonomy, concept, unit and rows, list by list."""
    years = _years(file)
    if years:
        yield *FOCUS, "pure", years
    for prefix, tagged in file.facts.items():
        for tag, held in tagged.items():
            if isinstance(held, _Concept):
                for measure, rows in held.read().items():
                    yield prefix, tag, measure, rows


def _years(file: _File) -> list[_Row]:
    """What each annual filing calls its fiscal year, on the day of its latest balance sheet."""
    latest: dict[str, _Row] = {}
    for taxonomy in ("us-gaap", "ifrs-full"):
        assets = file.facts.get(taxonomy, {}).get("Assets")
        for row in chain.from_iterable(assets.read().values()) if isinstance(assets, _Concept) else ():
            if isinstance(row.fy, int) and row.accn and row.end and row.form in ANNUAL:
                held = latest.get(row.accn)
                latest[row.accn] = row if held is None or (held.end or date.min) < row.end else held
    return [
        _Row(row.end, row.fy, row.accn, row.form, row.filed)
        for row in latest.values()
        if isinstance(row.fy, int)
    ]
