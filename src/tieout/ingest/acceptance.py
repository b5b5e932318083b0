"""When filings were accepted: submissions, joined to facts by accession."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (the stubs of pyarrow leave open what a column holds)

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from tieout.core.errors import ParseError
from tieout.core.filing import Filing, Registrant
from tieout.core.skipped import Skipped, together
from tieout.ingest.archive import Kept
from tieout.ledger.columns import compute
from tieout.sources.submissions import page, submissions

_TIME = pa.timestamp("us", tz="UTC")


def timed(rows: pa.Table, times: Mapping[int, datetime]) -> pa.Table:
    """The rows of a table of `SCHEMA`, with the moments their filings were accepted, by accession number."""
    numbers = pa.array(list(times), pa.int64())
    moments = pa.array(list(times.values()), _TIME)
    found = compute.take(moments, compute.index_in(rows["accession"], numbers))
    place = rows.schema.get_field_index("accepted")
    return rows.set_column(place, rows.schema.field(place), found)


def joined(
    rows: pa.Table, pages: Mapping[int, Sequence[Kept]]
) -> tuple[pa.Table, dict[int, Registrant], tuple[Skipped, ...]]:
    """The rows with their times, the filers as their submissions have them, what could not be read or found.

    `pages` are the documents of a filer's submissions, by its number, the main one first; the others are read
    as far as filings are missing.
    """
    times: dict[int, datetime] = {}
    registrants: dict[int, Registrant] = {}
    skipped: list[Skipped] = []
    filings = _filings(rows)
    for cik, kept in pages.items():
        missing = filings.get(cik, set()) if kept else set[int]()
        try:
            for who, listed in _read(kept, cik):
                if who:
                    registrants[cik] = who
                times |= {
                    int(each.accession.replace("-", "")): each.accepted for each in listed if each.accepted
                }
                missing -= times.keys()
                if not missing:
                    break
        except ParseError as error:
            skipped.append(Skipped("submissions", error.message))
        skipped.append(
            Skipped("acceptance times", "of filings that the submissions do not list", len(missing))
        )
    return timed(rows, times) if times else rows, registrants, together(skipped)


def _filings(rows: pa.Table) -> dict[int, set[int]]:
    """The numbers of each filer's filings."""
    found: dict[int, set[int]] = {}
    pairs: dict[str, list[Any]] = rows.group_by(["cik", "accession"]).aggregate([]).to_pydict()
    for cik, number in zip(pairs["cik"], pairs["accession"], strict=True):
        found.setdefault(cik, set()).add(number)
    return found


def _read(pages: Sequence[Kept], cik: int) -> Iterator[tuple[Registrant | None, Sequence[Filing]]]:
    for number, each in enumerate(pages):
        data = bytes(each.read())
        if number:
            yield None, page(data, cik, each.name)
            continue
        found = submissions(data, each.name)
        if found.registrant.cik != cik:
            raise ParseError(
                f"{each.name} holds the submissions of CIK {found.registrant.cik:010}, not of CIK {cik:010}",
                fix="Fetch it again.",
            )
        yield found.registrant, found.filings
