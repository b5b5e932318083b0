"""Reports into files."""

from __future__ import annotations

import secrets
from pathlib import Path

from tieout.core.errors import UsageError


def save(path: Path, text: str) -> None:
    """Write `text` as UTF-8, whole or not at all; a device or pipe is written directly.

    Raises UsageError when the folder does not exist or cannot be written.
    """
    data = text.encode("utf-8", "backslashreplace")
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        try:
            beside.write_bytes(data)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror}",
            fix="name a file in a folder that exists and can be written to",
        ) from error
