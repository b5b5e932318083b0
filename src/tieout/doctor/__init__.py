"""What is installed, which ledger, how fresh, what is missing, and how to fix it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tieout.doctor.diagnosis import Diagnosis, Line
from tieout.doctor.held import holdings
from tieout.doctor.installed import installation, terminal

__all__ = ["Diagnosis", "Line", "diagnose"]


def diagnose(folder: Path | None = None, *, today: date | None = None) -> Diagnosis:
    """How things stand with the installation, the ledger under `folder`, the packs and the terminal.

    Never raises for what it finds broken: that is a line that fails.
    """
    day = today or datetime.now(UTC).date()
    return Diagnosis((*installation(), *holdings(folder, day), *terminal()))
