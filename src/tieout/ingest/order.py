"""What a person asks for: into which ledger, which filings, and how EDGAR is asked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from tieout.ingest.choice import Choice

Bars = Callable[[int, str], AbstractContextManager[Callable[[int], None]]]
"""Shows that so much of something is to be done, and answers what is to be told how much more is."""


@dataclass(frozen=True, slots=True)
class Order:
    """A ledger's folder, which filings go in, whether EDGAR may be called, and the contact it is told.

    `waiting` is called where another process has to finish writing first.
    """

    ledger: Path
    choice: Choice = field(default_factory=Choice)
    offline: bool = False
    contact: str | None = None
    waiting: Callable[[], None] | None = None
