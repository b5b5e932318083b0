"""Whom EDGAR may write to: the SEC asks every program for an address in its User-Agent."""

from __future__ import annotations

import os
import re
from pathlib import Path

from tieout import __version__
from tieout.core.errors import UsageError

VARIABLE = "TIEOUT_CONTACT"

_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")
_FIX = (
    f'Say who you are: --contact "Jane Doe jane@example.com", or set {VARIABLE}. The SEC asks for it, and '
    "shuts out who does not say."
)


def contact(given: str | None = None) -> str:
    """The contact given, else the one of the environment, else the one remembered.

    Raises UsageError where there is none, or where it holds no e-mail address.
    """
    found = given or os.environ.get(VARIABLE) or _remembered()
    if found is None:
        raise UsageError("EDGAR wants to know whom to write to, and no contact is known", fix=_FIX)
    found = " ".join(found.split())
    if not (found.isascii() and found.isprintable() and _ADDRESS.search(found)):
        raise UsageError(f"no e-mail address in the contact {found!r}", contact=found, fix=_FIX)
    return found


def known(given: str | None = None) -> bool:
    """Whether a contact was given, set or remembered."""
    return bool(given or os.environ.get(VARIABLE) or _remembered())


def remember(told: str) -> Path:
    """The file in which the contact is now kept for later runs. Raises UsageError as `contact` does."""
    file = _file()
    text = contact(told)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{text}\n", encoding="utf-8")
    return file


def agent(told: str) -> str:
    """The User-Agent of tieout with that contact."""
    return f"tieout/{__version__} {told}"


def _remembered() -> str | None:
    file = _file()
    return (file.read_text(encoding="utf-8").strip() or None) if file.is_file() else None


def _file() -> Path:
    import platformdirs  # noqa: PLC0415 - only where EDGAR is asked

    return platformdirs.user_config_path("tieout") / "contact"
