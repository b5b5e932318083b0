"""What has been done: a line for each finished article, so that a killed run goes on where it was."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import cast

from tieout.batch.lock import lock
from tieout.core.errors import UsageError
from tieout.report.entry import Entry
from tieout.report.json import Json


class Manifest:
    """A file of entries that only grows; of several about one article the last counts.

    Only places in the file are kept in memory. Raises UsageError where the file cannot be written, or where
    another run holds it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._at: dict[str, int] = {}
        try:
            self._file = path.open("a+b", buffering=0)
            alone = lock(self._file)
        except OSError as error:
            raise UsageError(
                f"cannot write {path}: {error.strerror}",
                fix="name a folder with --out that can be written to",
            ) from error
        if not alone:
            self._file.close()
            raise UsageError(
                f"another run writes into {path.parent}",
                fix="wait until it has ended, or name another folder with --out",
            )
        self._end = self._load()

    def __enter__(self) -> Manifest:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def held(self, file: str) -> Entry | None:
        """The last entry about an article, None where there is none."""
        if file not in self._at:
            return None
        with self._path.open("rb") as reader:
            reader.seek(self._at[file])
            return _entry(reader.readline())

    def add(self, entry: Entry) -> None:
        """Put an entry behind the others, in one write."""
        line = json.dumps(entry.row()).encode() + b"\n"
        self._file.write(line)
        self._at[entry.file] = self._end
        self._end += len(line)

    def _load(self) -> int:
        end = 0
        with self._path.open("rb") as reader:
            for line in reader:
                if not line.endswith(b"\n"):
                    break  # the write that a kill cut short
                entry = _entry(line)
                if entry is not None:
                    self._at[entry.file] = end
                end += len(line)
        self._file.truncate(end)
        return end


def _entry(line: bytes) -> Entry | None:
    """The entry in a line; None for what another version wrote, whose articles are then made again."""
    with suppress(ValueError, TypeError, AttributeError):
        return Entry.read(cast("Json", json.loads(line)))
    return None
