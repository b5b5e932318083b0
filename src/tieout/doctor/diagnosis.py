"""What is found: lines, and whether they are sound."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from tieout import __version__

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at: how it stands, what was found, and how to fix it where it does not stand well."""

    state: State
    topic: str
    found: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All lines, in the order in which one thing needs another."""

    lines: tuple[Line, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing fails; warnings are allowed."""
        return all(line.state != "fail" for line in self.lines)

    def document(self) -> dict[str, object]:
        """The diagnosis as a JSON object."""
        return {
            "schema": "tieout.doctor/1",
            "tieout": __version__,
            "sound": self.sound,
            "lines": [asdict(line) for line in self.lines],
        }
