"""EDGAR's limit, ten requests a second in all, kept together by all processes that share a cache."""

from __future__ import annotations

import threading
import time
from concurrent.futures import CancelledError
from pathlib import Path

from filelock import FileLock

GAP = 0.11
"""Seconds between two requests: a tenth, and room for clocks and networks."""
FARTHEST = 900.0
"""No slot lies farther ahead than EDGAR ever blocks anybody; beyond it the clock was set back."""


class Clock:
    """The time, and a sleep that `stop` ends in every thread."""

    def __init__(self) -> None:
        self._over = threading.Event()

    def now(self) -> float:
        """Seconds since the epoch, which all processes share."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait. Raises CancelledError once `stop` was called."""
        if self._over.wait(max(seconds, 0)):
            raise CancelledError

    def stop(self) -> None:
        """End every sleep, those still to come too."""
        self._over.set()


class Pace:
    """Turns to ask EDGAR, handed out through a file in `folder` that every process writes."""

    def __init__(self, folder: Path, clock: Clock, gap: float = GAP) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "pace"
        self._lock = FileLock(folder / "pace.lock")
        self._clock = clock
        self._gap = gap

    def turn(self) -> float:
        """The moment of this request, once it has come."""
        with self._lock:
            slot = max(self._next(), self._clock.now())
            self._file.write_text(repr(slot + self._gap), encoding="ascii")
        self._clock.sleep(slot - self._clock.now())
        return slot

    def hold(self, seconds: float) -> None:
        """Let nobody ask for so long: EDGAR said so."""
        with self._lock:
            self._file.write_text(repr(max(self._next(), self._clock.now() + seconds)), encoding="ascii")

    def _next(self) -> float:
        try:
            slot = float(self._file.read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):  # a process killed while writing leaves it cut or empty
            return 0.0
        return slot if slot <= self._clock.now() + FARTHEST else 0.0
