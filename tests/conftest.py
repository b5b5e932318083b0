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
