"""What came of taking documents in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tieout.core.skipped import Skipped


@dataclass(frozen=True, slots=True)
class Intake:
    """What came in of one filer or one file.

    `facts` are rows that were not held before, `documents` those they were read from, `held` documents that
    an earlier run had read; `first` and `last` the days between which all of these were filed. `troubles`
    name each document that could not be read, and why; `notes` say what else a reader may want to know.
    """

    name: str
    facts: int = 0
    documents: int = 0
    held: int = 0
    first: date | None = None
    last: date | None = None
    skipped: tuple[Skipped, ...] = ()
    troubles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
