"""Company facts of the SEC to facts as filed: one JSON document of all that one filer ever tagged.

They have no dimensions, no `decimals` and none of the filer's own concepts. Their `fy`, `fp` and `frame` describe
filings and the newest vintage, not facts, and are not read.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from tieout.core.errors import ParseError
from tieout.core.skipped import Skipped
from tieout.ingest.archive import digest_of
from tieout.ingest.fast import Codes, Days, Values, accession_number, laid_out, plain, same, words

NAME = re.compile(r"CIK(\d{10})\.json(?:\.gz)?")
"""How the SEC names a company's facts."""
_MOST_CIK = (1 << 31) - 1


class _Row(msgspec.Struct, gc=False):
    end: str
    val: int | Decimal | None = None
    accn: str | None = None
    form: str | None = None
    filed: str | None = None
    start: str | None = None


class _Concept(msgspec.Struct, gc=False):
    units: dict[str, list[_Row]]


class _File(msgspec.Struct):
    cik: int | str
    facts: dict[str, dict[str, _Concept | bool | None]]
    name: str = msgspec.field(default="", name="entityName")


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """What one document holds: whose facts, the facts as a table of `SCHEMA`, and what was left out."""

    cik: int
    name: str
    digest: str
    table: pa.Table
    skipped: tuple[Skipped, ...]


def company_facts(
    data: bytes | bytearray,
    name: str,
    *,
    cik: int | None = None,
    accepted: Mapping[int, datetime] | None = None,
) -> CompanyFacts:
    """The facts of a company facts document, in its order.

    `name` is the document's, `cik` the company it should be about, if its name does not say so itself
    (CIK0000320193.json); `accepted` gives moments of acceptance by accession number, digits alone. Raises
    ParseError for what is no such document, and for one about another company than expected.
    """
    file = _decoded(data, name)
    found = _company(file, name, cik)
    digest = digest_of(data)
    table, skipped = _table(file, found, digest, accepted or {})
    return CompanyFacts(found, file.name, digest, table, skipped)


def _decoded(data: bytes | bytearray, name: str) -> _File:
    try:
        return _decoder().decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ParseError(
            f"{name} is not a company facts file of the SEC: {error}",
            file=name,
            fix="Fetch it again; a file that was cut off on the way looks like this.",
        ) from error


@lru_cache(maxsize=1)
def _decoder() -> msgspec.json.Decoder[_File]:
    return msgspec.json.Decoder(_File)


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


def _table(
    file: _File, cik: int, digest: str, accepted: Mapping[int, datetime]
) -> tuple[pa.Table, tuple[Skipped, ...]]:
    taxonomies, concepts, units, filings, forms, days = Codes(), Codes(), Codes(), Codes(), Codes(), Days()
    taxonomy, concept, unit, filing, form = (array("i") for _ in range(5))
    start, end, filed, values = array("i"), array("i"), array("i"), Values()
    for prefix, tag, measure, rows in _listed(file):
        # Arrays grow list by list, while its rows are still in the processor's cache: half the time of one pass.
        taxonomy += array("i", (taxonomies[prefix],)) * len(rows)
        concept += array("i", (concepts[tag],)) * len(rows)
        unit += array("i", (units[measure],)) * len(rows)
        start.fromlist([days[row.start] for row in rows])
        end.fromlist([days[row.end] for row in rows])
        values.add([row.val for row in rows])
        filing.fromlist([filings[row.accn or ""] for row in rows])
        form.fromlist([forms[row.form or ""] for row in rows])
        filed.fromlist([days[row.filed] for row in rows])
    digits, exponent = values.exact()
    numbers = [accession_number(text) for text in filings]
    columns = {
        "cik": same(cik, len(end), pa.int32()),
        "taxonomy": words(taxonomy, taxonomies),
        "concept": words(concept, concepts),
        "unit": words(unit, units),
        "start": plain(start),
        "end": plain(end),
        "digits": digits,
        "exponent": exponent,
        "accession": pc.take(pa.array(numbers, pa.int64()), plain(filing)),
        "form": words(form, forms),
        "filed": plain(filed),
        "accepted": pc.take(_moments(numbers, accepted), plain(filing)),
    }
    return laid_out(columns, digest)


def _listed(file: _File) -> Iterator[tuple[str, str, str, list[_Row]]]:
    """Taxonomy, concept, unit and rows, list by list."""
    for prefix, tagged in file.facts.items():
        for tag, held in tagged.items():
            if isinstance(held, _Concept):
                for measure, rows in held.units.items():
                    yield prefix, tag, measure, rows


def _moments(numbers: Iterable[int | None], accepted: Mapping[int, datetime]) -> pa.Array:
    found = [None if number is None else accepted.get(number) for number in numbers]
    return pa.array(found, pa.timestamp("us", tz="UTC"))
