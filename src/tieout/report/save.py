"""Reports into files."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path

from tieout.core.errors import UsageError


def make_folder(path: Path) -> None:
    """Make a folder and those above it, where there is none. Raises UsageError where that cannot be done."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"cannot make the folder {path}: {error.strerror}",
            fix="name a folder with --out that can be written to",
        ) from error


def save(path: Path, text: str) -> None:
    """Write `text` as UTF-8, whole or not at all; a device or pipe is written directly.

    Raises UsageError when the folder does not exist or cannot be written.
    """
    data = encoded(text)
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        beside = _beside(target)
        try:
            beside.write_bytes(data)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot(path, error) from error


def save_pieces(path: Path, pieces: Iterable[str]) -> None:
    """Write the pieces one after the other, as `save` would their whole, which memory need not hold."""
    target = path.resolve()
    direct = target.exists() and not target.is_file()
    beside = target if direct else _beside(target)
    try:
        try:
            with beside.open("wb") as file:
                for piece in pieces:
                    file.write(encoded(piece))
            if not direct:
                beside.replace(target)
        finally:
            if not direct:
                beside.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot(path, error) from error


def encoded(text: str) -> bytes:
    """The text in UTF-8; lone surrogates are spelled out."""
    return text.encode("utf-8", "backslashreplace")


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{secrets.token_hex(4)}")


def _cannot(path: Path, error: OSError) -> UsageError:
    return UsageError(
        f"cannot write {path}: {error.strerror}",
        fix="name a file in a folder that exists and can be written to",
    )
