"""Facts as filed in columns: the one shape in which they are ingested, stored and asked for.

=========== ============================================================================================
cik         the filer
taxonomy    "us-gaap", "ifrs-full", "dei", the filer's own prefix, "tieout" for catalogue ids
concept     without its prefix
dimensions  "axis=member;axis=member", sorted, with prefixes; blank is the whole filer
unit        as filed
start, end  closed days; no start is an instant
digits      the value's digits as a signed whole number: the value is digits times ten to the exponent
exponent    trailing zeros are never in `digits`; zero is 0 and 0
decimals    as in XBRL; `EXACT` is INF, null is not stated
accession   its 18 digits as a number; null for none
form        "10-K", "8-K", ...
filed       the day of filing
accepted    the moment of acceptance, UTC; null where only the day is held
document    the file within the filing; locator: the element's id
digest      short SHA-256 of the bytes it was read from
scenario    and bound, as in a facts file; "actual" and blank are usual
=========== ============================================================================================
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute

from tieout.core.measure import Dimensions

compute: Any = pyarrow.compute
"""Untyped, for its stubs refuse scalars and columns of chunks, which it takes."""

EXACT = 127
"""What `decimals` holds for INF: no filer rounds to a 127th digit."""

_WORD = pa.dictionary(pa.int32(), pa.string())

SCHEMA = pa.schema(
    [
        pa.field("cik", pa.int32(), nullable=False),
        pa.field("taxonomy", _WORD, nullable=False),
        pa.field("concept", _WORD, nullable=False),
        pa.field("dimensions", _WORD, nullable=False),
        pa.field("unit", _WORD, nullable=False),
        pa.field("start", pa.date32()),
        pa.field("end", pa.date32(), nullable=False),
        pa.field("digits", pa.int64(), nullable=False),
        pa.field("exponent", pa.int8(), nullable=False),
        pa.field("decimals", pa.int8()),
        pa.field("accession", pa.int64()),
        pa.field("form", _WORD, nullable=False),
        pa.field("filed", pa.date32()),
        pa.field("accepted", pa.timestamp("us", tz="UTC")),
        pa.field("document", _WORD, nullable=False),
        pa.field("locator", pa.string(), nullable=False),
        pa.field("digest", _WORD, nullable=False),
        pa.field("scenario", _WORD, nullable=False),
        pa.field("bound", _WORD, nullable=False),
    ]
)

_MARKS = {"%": "%25", ";": "%3B", "=": "%3D"}
"""What a member of a typed axis may hold, which is any text."""


def joined(dimensions: Dimensions) -> str:
    """Dimensions as the column holds them."""
    marks = str.maketrans(_MARKS)
    return ";".join(f"{axis}={member.translate(marks)}" for axis, member in dimensions)


def parted(column: str) -> Dimensions:
    """Dimensions as they were before `joined`."""
    pairs = (pair.partition("=") for pair in column.split(";") if pair)
    return tuple((axis, _unmarked(member)) for axis, _, member in pairs)


def _unmarked(member: str) -> str:
    for mark, written in reversed(_MARKS.items()):
        member = member.replace(written, mark)
    return member


BUCKETS = 64
"""Companies lie in this many parts, each read, indexed and compacted by itself."""


def bucket(cik: int) -> int:
    """The part of the store a company lies in; whoever ingests many in that order writes few, large files."""
    return cik % BUCKETS


def known(rows: pa.Table) -> pa.ChunkedArray[Any]:
    """The New York day each row could be known: of its acceptance, else of its filing; null for neither."""
    accepted = rows["accepted"].cast(pa.timestamp("us", tz="America/New_York"))
    return compute.coalesce(compute.local_timestamp(accepted).cast(pa.date32()), rows["filed"])
