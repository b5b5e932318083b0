"""Tab-separated members of a zip as tables of words, some hundred thousand rows at a time."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (the stubs of pyarrow leave open what a column holds)

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa
from pyarrow import csv

from tieout.ledger.rows import plain

ROWS = 500_000
"""Rows in a table, about."""
_BLOCK = 1 << 24
"""Bytes read at a time; no line may be longer."""
_WORD = pa.dictionary(pa.int32(), pa.string())


@dataclass(slots=True)
class Lines:
    """A member's lines below its first, which names the columns; `wrong` counts those of other columns."""

    archive: zipfile.ZipFile
    name: str
    wrong: int = field(default=0, init=False)

    def __call__(self, columns: Sequence[str], may_lack: Collection[str] = ()) -> Iterator[pa.Table]:
        """The columns as dictionaries of words, in tables of about `ROWS`; null where the member lacks one.

        Raises ValueError where it lacks one it may not.
        """
        with self.archive.open(self.name) as file:
            held = file.readline(_BLOCK).decode().rstrip("\r\n").split("\t")
        missing = sorted(set(columns) - set(held) - set(may_lack))
        if missing:
            raise ValueError(f"{self.name} has no column {', '.join(missing)}")
        with self.archive.open(self.name) as file:
            reader = csv.open_csv(
                file,
                csv.ReadOptions(block_size=_BLOCK, use_threads=False),
                csv.ParseOptions(delimiter="\t", quote_char=False, invalid_row_handler=self._odd),
                csv.ConvertOptions(
                    column_types=dict.fromkeys(columns, _WORD),
                    include_columns=list(columns),
                    include_missing_columns=True,
                ),
            )
            yield from _grouped(pa.Table.from_batches([each]) for each in reader)

    def _odd(self, _: csv.InvalidRow) -> Literal["skip"]:
        self.wrong += 1
        return "skip"


def _grouped(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    waiting: list[pa.Table] = []
    for each in tables:
        waiting.append(each)
        if sum(table.num_rows for table in waiting) >= ROWS:
            yield plain(waiting)
            waiting = []
    if waiting:
        yield plain(waiting)
