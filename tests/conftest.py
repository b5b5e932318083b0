"""Settings of all tests: the same examples on every run, and no network."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("dev", **SHARED)
settings.register_profile("ci", derandomize=True, print_blob=True, **SHARED)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch):
    """Reports come out the same on every machine."""
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _nobodys_folders(monkeypatch, tmp_path_factory):
    """No test reads or writes what the person who runs it keeps."""
    folder = tmp_path_factory.getbasetemp() / "nobody"
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    for name in ("TIEOUT_LEDGER", "TIEOUT_CACHE", "TIEOUT_CONTACT", "TIEOUT_EDGAR"):
        monkeypatch.delenv(name, raising=False)
