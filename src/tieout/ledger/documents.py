"""What was ingested: `documents/DIGEST.parquet` in a ledger's folder, one a batch, that the table names."""

# pyright: reportUnknownMemberType=false
# (pyarrow's stubs leave open what a column holds)

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tieout.core.ingested import Ingested

FOLDER = "documents"
_SHAPE = pa.schema(
    [
        ("digest", pa.string()),
        ("name", pa.string()),
        ("kind", pa.string()),
        ("rows", pa.int64()),
        ("skipped", pa.int64()),
        ("scope", pa.string()),
    ]
)


def save(folder: Path, documents: Iterable[Ingested]) -> str:
    """The name of a new file of these documents, the digest of its bytes; blank for none."""
    rows = [asdict(each) for each in documents]
    if not rows:
        return ""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, _SHAPE), sink, compression="zstd")
    content = sink.getvalue()
    name = hashlib.sha256(content).hexdigest()[:32]
    path = _path(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".new")
    aside.write_bytes(content)
    aside.replace(path)
    return name


def names(folder: Path) -> tuple[str, ...]:
    """The names of all files, committed or not, sorted."""
    return tuple(path.stem for path in sorted((folder / FOLDER).glob("*.parquet")))


def load(folder: Path, name: str) -> tuple[Ingested, ...]:
    """The documents of a file."""
    return tuple(Ingested(**row) for row in pq.read_table(_path(folder, name)).to_pylist())


def remove(folder: Path, name: str) -> None:
    """Remove a file whose documents are listed elsewhere, or that never counted."""
    _path(folder, name).unlink(missing_ok=True)


def _path(folder: Path, name: str) -> Path:
    return folder / FOLDER / f"{name}.parquet"
