"""The market's index: what each figure was from which day until which, made anew where facts have changed.

One file a bucket, named after the files it was made of: an index of other facts is never read. Nothing is
lost with it. Held are totals of statements, by concept, each value once, from the day it was first known to
the day another took its place.

========== ========================================================================================
known      the New York day from which this was the latest value of its period
superseded the day another value took its place; null for none
restated   whether another value stood before it
disputed   whether filings of that day, or one filing, told another value as precise as this one
accession  the filing that told the value first
========== ========================================================================================
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (pyarrow's stubs leave open what a column holds)

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from tieout.ledger.columns import SCHEMA, compute, known
from tieout.ledger.placed import STATEMENTS
from tieout.ledger.rows import codes, plain, same, tight
from tieout.ledger.staging import Part, digest
from tieout.ledger.store import INDEX, TABLE, Store

if TYPE_CHECKING:
    from tieout.ledger.rows import Column

_MADE = "1"
"""Counts up when the index is made otherwise, so that none made before is read."""
_TOLD = (
    *("taxonomy", "concept", "cik", "unit", "start", "end"),
    *("digits", "exponent", "decimals", "accession", "form"),
)
_SHAPE = pa.schema(
    [
        *(SCHEMA.field(name) for name in _TOLD),
        pa.field("known", pa.date32()),
        pa.field("superseded", pa.date32()),
        pa.field("restated", pa.bool_()),
        pa.field("disputed", pa.bool_()),
    ]
)
_READ = (*_TOLD, "filed", "accepted", "dimensions", "scenario", "bound")
_FIGURE = ("concept", "cik", "unit", "period")
_VALUE = ("digits", "exponent")
_ORDER = (*_FIGURE, "known", "precision", "accession", "digits")
_ROW_GROUP = 1 << 15
_DAYS = 1 << 20
"""More days than any date has, so that two dates fit one number."""


def refreshed(store: Store, tick: Callable[[int, int], None] | None = None) -> tuple[Path, ...]:
    """The files of the index of what is committed, made where they are missing.

    `tick` is told how many of how many are there.
    """
    folder = store.folder / INDEX
    lots: defaultdict[int, list[Part]] = defaultdict(list)
    for part in store.parts():
        lots[part.bucket].append(part)
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    for parts in lots.values() or [[]]:
        path = folder / name(parts)
        if not path.is_file():
            _save(indexed(_rows(store.folder / TABLE, parts)), path)
        files.append(path)
        if tick is not None:
            tick(len(files), len(lots))
    return tuple(files)


def forget(store: Store) -> None:
    """Throw the index away; the next question makes it anew."""
    for file in (store.folder / INDEX).glob("[!.]*.*"):
        file.unlink(missing_ok=True)


def sweep(store: Store, kept_hours: float) -> None:
    """Remove what was made of other facts, so long ago that nobody is reading it."""
    before = time.time() - kept_hours * 3600
    wanted = {path.name for path in refreshed(store)}
    for file in (store.folder / INDEX).glob("[!.]*.*"):
        if file.name not in wanted and file.stat().st_mtime < before:
            file.unlink(missing_ok=True)


def indexed(rows: pa.Table) -> pa.Table:
    """The index of a bucket's rows, sorted by concept, company, unit and period."""
    rows = rows.append_column("known", known(rows)).filter(_counting(rows))
    if not rows.num_rows:
        return _SHAPE.empty_table()
    keys = _keys(rows)
    order = compute.sort_indices(keys, sort_keys=[(name, "ascending") for name in _ORDER])
    keys = keys.take(order)
    tied = same(keys, (*_FIGURE, "known"))
    chosen = compute.invert(_shifted(tied, before=False))
    disputed = _any(tied, compute.and_(same(keys, ("decimals",)), compute.invert(same(keys, _VALUE))))
    order, keys, disputed = order.filter(chosen), keys.filter(chosen), disputed.filter(chosen)
    kept = compute.invert(_shifted(same(keys, (*_FIGURE, *_VALUE)), before=True))
    order, keys, disputed = order.filter(kept), keys.filter(kept), disputed.filter(kept)
    follows = same(keys, _FIGURE)
    found = rows.select([*_TOLD, "known"]).take(order)
    later = pa.concat_arrays([*found["known"].slice(1).chunks, pa.nulls(min(found.num_rows, 1), pa.date32())])
    superseded = compute.if_else(_shifted(follows, before=False), later, None)
    return (
        found.append_column("superseded", superseded)
        .append_column("restated", _shifted(follows, before=True))
        .append_column("disputed", disputed)
        .cast(_SHAPE)
    )


def _counting(rows: pa.Table) -> Column:
    """Which rows count: dated totals of statements that are neither guidance nor a bound."""
    wanted = (("dimensions", ("",)), ("scenario", ("actual",)), ("bound", ("",)), ("form", tuple(STATEMENTS)))
    masks = [_among(rows[name], values) for name, values in wanted]
    dated = compute.or_(compute.is_valid(rows["filed"]), compute.is_valid(rows["accepted"]))
    return reduce(compute.and_, masks, dated)


def _among(column: Column, values: tuple[str, ...]) -> Column:
    words: Any = column.combine_chunks()
    return compute.take(compute.is_in(words.dictionary, pa.array(values)), words.indices)


def _keys(rows: pa.Table) -> pa.Table:
    """Numbers that sort as the index does; of what was known on one day, the most precise comes last."""
    code = {name: codes(rows[name]) for name in ("concept", "taxonomy", "cik", "unit", "accession", "digits")}
    start = compute.coalesce(rows["start"].cast(pa.int32()).cast(pa.int64()), -_DAYS)
    end = rows["end"].cast(pa.int32()).cast(pa.int64())
    exponent = rows["exponent"].cast(pa.int64())
    decimals = compute.coalesce(rows["decimals"].cast(pa.int64()), -200)
    columns: dict[str, Any] = {
        "concept": compute.add(compute.multiply(code["taxonomy"], 1 << 32), code["concept"]),
        "cik": code["cik"],
        "unit": code["unit"],
        "period": compute.add(compute.multiply(end, 4 * _DAYS), start),
        "known": codes(rows["known"]),
        "precision": compute.add(compute.multiply(decimals, 256), exponent),
        "accession": code["accession"],
        "digits": code["digits"],
        "exponent": exponent,
        "decimals": decimals,
    }
    return pa.table(columns)


def _shifted(pairs: Column, *, before: bool) -> Column:
    """For each row, what `pairs` holds of it and the row before, or after; false at the end."""
    missing = pa.chunked_array([pa.array([False])])
    both = [missing, pairs] if before else [pairs, missing]
    return pa.chunked_array([chunk for each in both for chunk in each.chunks])


def _any(tied: Column, differs: Column) -> Column:
    """For each row, whether within its tie a row up to it differs from the one before."""
    marks = _shifted(compute.and_(tied, differs), before=True)
    counted = compute.cumulative_sum(marks.cast(pa.int64()))
    first = compute.invert(_shifted(tied, before=True))
    return compute.greater(counted, compute.fill_null_forward(compute.if_else(first, counted, None)))


def _rows(folder: Path, parts: Iterable[Part]) -> pa.Table:
    return plain([pq.ParquetFile(folder / part.path).read(columns=list(_READ)) for part in parts])


def _save(table: pa.Table, path: Path) -> None:
    aside = path.with_name(f".{uuid4().hex}")
    with pq.ParquetWriter(
        aside, table.schema, compression="zstd", write_statistics=["taxonomy", "concept", "known"]
    ) as file:
        for first in range(0, table.num_rows, _ROW_GROUP):
            file.write_table(tight(table.slice(first, _ROW_GROUP)))
    aside.replace(path)


def name(parts: Iterable[Part]) -> str:
    """A name that no other facts have, nor an index made otherwise."""
    return f"{_MADE}-{digest(parts)}.parquet"
