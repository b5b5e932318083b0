"""Where a person's own ledger lies when no folder is named."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "TIEOUT_LEDGER"


def home() -> Path:
    """The folder the environment names, else the one the system keeps for such data; it need not exist."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).expanduser()
    import platformdirs  # noqa: PLC0415 - only where nothing is named

    return platformdirs.user_data_path("tieout")


def at_home() -> Path | None:
    """The person's own ledger, None where there is none; a folder the environment names has to be there."""
    try:
        folder = home()
    except ModuleNotFoundError:  # what finds it comes with what fills it
        return None
    return folder if folder.is_dir() or os.environ.get(VARIABLE) else None
