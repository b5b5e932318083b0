"""Questions in SQL over Parquet files, in process: bounded memory, nothing fetched."""

# pyright: reportUnknownMemberType=false
# (duckdb's stubs leave open what a row holds)

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import duckdb

from tieout.ledger.store import INDEX

MEMORY = "1GB"
"""What a question may hold before it spills to disk."""


@contextmanager
def asking(folder: Path) -> Generator[duckdb.DuckDBPyConnection]:
    """A connection that spills into a folder of the ledger's index."""
    with duckdb.connect() as connection:
        connection.execute("set autoinstall_known_extensions = false")
        connection.execute("set memory_limit = ?", [MEMORY])
        connection.execute("set temp_directory = ?", [str(folder / INDEX / ".spilled")])
        connection.execute("set timezone = 'UTC'")
        connection.execute("set preserve_insertion_order = true")
        yield connection


def text(question: str) -> str:
    """The text of `questions/QUESTION.sql`."""
    return (resources.files("tieout.ledger") / "questions" / f"{question}.sql").read_text(encoding="utf-8")
