"""What was ingested and who the filers are: files that count once the table names them."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (pyarrow's stubs leave open what a column holds)

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tieout.core.registrant import Ingested, Registrant

_WORDS = pa.list_(pa.string())
DOCUMENTS = pa.schema(
    [
        ("digest", pa.string()),
        ("name", pa.string()),
        ("kind", pa.string()),
        ("rows", pa.int64()),
        ("skipped", pa.int64()),
        ("scope", pa.string()),
    ]
)
REGISTRANTS = pa.schema(
    [
        ("cik", pa.int32()),
        ("name", pa.string()),
        ("seen", pa.date32()),
        ("tickers", _WORDS),
        ("former", _WORDS),
        ("year_end", pa.string()),
        ("sic", pa.string()),
    ]
)
SHAPES = {"documents": DOCUMENTS, "registrants": REGISTRANTS}
"""Folder -> what its files hold."""


def save(folder: Path, records: Iterable[Ingested | Registrant]) -> str:
    """The name of a new file of these records, "documents/DIGEST"; blank for none."""
    rows = [asdict(record) for record in records]
    if not rows:
        return ""
    kind = "registrants" if "cik" in rows[0] else "documents"
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, SHAPES[kind]), sink, compression="zstd")
    content = sink.getvalue()
    name = f"{kind}/{hashlib.sha256(content).hexdigest()[:32]}"
    path = folder / f"{name}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".new")
    aside.write_bytes(content)
    aside.replace(path)
    return name


def names(folder: Path, kind: str) -> tuple[str, ...]:
    """The names of the files of a kind, committed or not, sorted."""
    return tuple(f"{kind}/{path.stem}" for path in sorted((folder / kind).glob("*.parquet")))


def documents(folder: Path, held: Iterable[str]) -> Iterator[Ingested]:
    """The documents of these files."""
    return (Ingested(**row) for row in _rows(folder, held))


def registrants(folder: Path, held: Iterable[str]) -> Iterator[Registrant]:
    """The registrants of these files, as they were listed each time."""
    for row in _rows(folder, held):
        row["tickers"], row["former"] = tuple(row["tickers"]), tuple(row["former"])
        yield Registrant(**row)


def _rows(folder: Path, held: Iterable[str]) -> Iterator[dict[str, Any]]:
    for name in held:
        yield from pq.read_table(folder / f"{name}.parquet").to_pylist()
