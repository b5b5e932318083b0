"""Whether a store is whole, and what in it does not agree."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (the stubs of pyarrow and duckdb leave open what a column or row holds)

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tieout.ledger import index
from tieout.ledger.columns import BUCKETS, EXACT, compute
from tieout.ledger.duck import asking, text
from tieout.ledger.rows import codes, once, plain, same
from tieout.ledger.staging import Part
from tieout.ledger.store import INDEX, TABLE, Store

GAPS = {"quarters": 200, "years": 550}
"""Days: quarterly reports lie about 90 apart, at most 140, annual ones a year; more, and one is missing."""
_TOLD = (
    *("cik", "taxonomy", "concept", "dimensions", "unit", "end", "start", "accession"),
    *("form", "filed", "scenario", "bound"),
)
"""What makes two rows the same statement of the same filing."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it should be.

    `kind` is "damaged" (a file is not what was written), "unknown" (rows of a document that is not listed),
    "index" (it was wrong and is made anew), "repeated" (rows held twice), "disagrees" (one filing tells a
    figure in two values that rounding does not explain) or "gap" (quarters or years without a report).
    """

    kind: str
    what: str

    @property
    def breaks(self) -> bool:
        """Whether the store itself is not whole."""
        return self.kind in ("damaged", "unknown")


def verify(store: Store, tick: Callable[[], None]) -> Iterator[Flaw]:
    """What is wrong in the store, bucket by bucket, then in whole; `tick` is called after each bucket."""
    sound: list[Part] = []
    for number in range(BUCKETS):
        parts = [part for part in store.parts() if part.bucket == number]
        good: list[Part] = []
        for part in parts:
            trouble = _damage(store.folder / TABLE, part)
            if trouble:
                yield Flaw("damaged", f"{TABLE}/{part.path}: {trouble}")
            else:
                good.append(part)
        if good:
            yield from _content(store, good, whole=len(good) == len(parts))
        sound += good
        tick()
    if sound:
        yield from _together(store, sound)


def _damage(folder: Path, part: Part) -> str:
    path = folder / part.path
    if not path.is_file():
        return "is gone"
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest()[:32] != path.stem:
            return "is not what was written"
    return ""


def _content(store: Store, parts: list[Part], *, whole: bool) -> Iterator[Flaw]:
    rows = plain([pq.ParquetFile(store.folder / TABLE / part.path).read() for part in parts])
    repeated = rows.num_rows - (single := once(rows)).num_rows
    if repeated:
        yield Flaw("repeated", f"{repeated:,} rows of bucket {parts[0].bucket} are held twice")
    yield from _disagreements(single)
    path = store.folder / INDEX / index.name(parts)
    if whole and path.is_file() and not _is_index(path, rows):
        path.unlink()
        yield Flaw("index", f"{INDEX}/{path.name} was not that of the facts; it is made anew")


def _is_index(path: Path, rows: pa.Table) -> bool:
    try:
        held: Any = pq.ParquetFile(path).read()
    except (pa.ArrowInvalid, OSError):
        return False
    return held.equals(index.indexed(rows))


def _disagreements(rows: pa.Table) -> Iterator[Flaw]:
    keys = pa.table([codes(rows[name]) for name in _TOLD], names=list(_TOLD))
    order = compute.sort_indices(keys, sort_keys=[(name, "ascending") for name in _TOLD])
    values = rows.select(["digits", "exponent"]).take(order)
    alike = same(keys.take(order), _TOLD)
    told = compute.and_(alike, compute.invert(same(values, ("digits", "exponent"))))
    if not compute.any(told).as_py():
        return
    pairs = compute.indices_nonzero(told)
    for at in pairs.to_pylist():
        one, other = rows.take(order.slice(at, 2)).to_pylist()
        if one["accession"] is not None and _apart(one, other):
            yield Flaw("disagrees", _said(one, other))


def _apart(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two values, each within half a unit of its last digit, cannot both be true."""
    room = _room(one["decimals"]) + _room(other["decimals"])
    return abs(_value(one) - _value(other)) > room


def _room(decimals: int | None) -> Decimal:
    return Decimal(0) if decimals is None or decimals == EXACT else Decimal(5).scaleb(-decimals - 1)


def _value(row: dict[str, Any]) -> Decimal:
    return Decimal(row["digits"]).scaleb(row["exponent"])


def _said(one: dict[str, Any], other: dict[str, Any]) -> str:
    period = f"{one['start']} to {one['end']}" if one["start"] else str(one["end"])
    dimensions = f" [{one['dimensions']}]" if one["dimensions"] else ""
    figure = f"{one['taxonomy']}:{one['concept']}{dimensions} of {period}"
    values = f"{_value(one):f} and {_value(other):f} {one['unit']}"
    return f"CIK {one['cik']}, {one['form']} filed {one['filed']}: {figure} is {values}"


def _together(store: Store, parts: Iterable[Part]) -> Iterator[Flaw]:
    files = [str(store.folder / TABLE / part.path) for part in parts]
    held = {digest for digest, _ in store.documents()}
    with asking(store.folder) as connection:
        read = {digest for (digest,) in connection.execute(text("digests"), {"files": files}).fetchall()}
        ciks = sorted(cik for (cik,) in connection.execute(text("companies"), {"files": files}).fetchall())
        gaps = connection.execute(text("gaps"), {"files": files, **GAPS}).fetchall()
    if files == store.files() and ciks != list(store.companies()):
        index.forget(store)
        yield Flaw("index", f"{INDEX}: the companies were not those held; it is made anew")
    for digest in sorted(read - held):
        yield Flaw("unknown", f"rows were read from {digest!r}, which is not listed as ingested")
    for cik, after, before, quarterly in gaps:
        kind = "quarterly" if quarterly else "annual"
        yield Flaw("gap", f"CIK {cik}: no {kind} report filed between {after} and {before}")
