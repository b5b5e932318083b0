"""Folders of files named after companies: facts (TICKER.csv) and packs (TICKER.toml)."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from tieout.core.errors import NotFoundError, ParseError


def files(folder: Traversable, ending: str) -> list[Traversable]:
    """The files with that ending, by name. Raises NotFoundError for a folder that cannot be read."""
    try:
        found = [file for file in folder.iterdir() if file.name.lower().endswith(ending) and file.is_file()]
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise NotFoundError(
            f"cannot read the folder {folder}: {_why(error)}",
            folder=str(folder),
            fix="Name a folder of facts and packs, named after their companies (TICKER.csv, TICKER.toml).",
        ) from error
    return sorted(found, key=lambda file: file.name)


def content(file: Traversable, most: int) -> bytes:
    """The bytes of a file. Raises NotFoundError where it cannot be read, ParseError for more than `most`."""
    try:
        with file.open("rb") as opened:
            found = opened.read(most + 1)
    except OSError as error:
        raise NotFoundError(
            f"cannot read {file}: {_why(error)}",
            file=str(file),
            fix="Make the file readable, or take it out of the folder.",
        ) from error
    if len(found) > most:
        raise ParseError(
            f"{file} holds more than {most} bytes", file=str(file), fix="Take the file out of the folder."
        )
    return found


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
