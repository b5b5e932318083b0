"""Paths, folders and patterns to the articles they mean."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tieout.core.errors import NotFoundError, UsageError

ENDINGS = (".md", ".markdown", ".txt", ".html", ".htm", ".xhtml")
"""What a file in a folder must end in to be an article; a file named outright may end in anything."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The articles, and the folder their reports go to; None where they go to one file or the terminal.

    `root` is what the reports' paths below that folder are relative to.
    """

    articles: tuple[Path, ...]
    root: Path
    folder: Path | None
    single: bool = False

    def name(self, article: Path) -> str:
        """The article's path below the root, with forward slashes; in full where it lies elsewhere."""
        whole = _plain(article)
        if whole.is_relative_to(self.root):
            return whole.relative_to(self.root).as_posix()
        return whole.relative_to(whole.anchor).as_posix()


def plan(given: Sequence[Path], out: Path | None) -> Plan:
    """What the arguments mean: one article, or the articles of folders, patterns and files, each once.

    Reports of several go to a folder where `out` is one, ends in a slash or has no file ending. Raises
    NotFoundError for a folder or pattern without articles, UsageError for standard input among others.
    """
    if any(str(path) == "-" for path in given) and len(given) > 1:
        raise UsageError("standard input cannot be one of several articles", fix="give - alone, or files")
    single = len(given) == 1 and not given[0].is_dir() and not _is_pattern(given[0])
    folder = out if out is not None and _is_folder(out, single=single) else None
    if single and str(given[0]) == "-":
        if folder is not None:
            raise UsageError("standard input has no name to call its report by", fix="name a file with --out")
        return Plan((given[0],), Path.cwd(), None, single=True)
    found = dict.fromkeys(article for path in given for article in _articles(path, folder))
    alone = _plain(given[0]) if len(given) == 1 and given[0].is_dir() else Path.cwd()
    return Plan(tuple(found), alone, folder, single=single)


def _plain(path: Path) -> Path:
    """The whole path without "..", by which a report would leave its folder."""
    return Path(os.path.normpath(path.absolute()))


def _articles(path: Path, out: Path | None) -> Iterable[Path]:
    if path.is_dir():
        found = sorted(_within(path, out))
        what = f"the folder {path} holds"
    elif _is_pattern(path):
        matches = (Path(match) for match in glob.glob(str(path), recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
        found = sorted(match for match in matches if match.is_file())
        what = f"{path} matches"
    else:
        return (path,)
    if not found:
        raise NotFoundError(
            f"{what} no articles",
            fix=f"articles in a folder end in one of {', '.join(ENDINGS)}",
            path=str(path),
        )
    return found


def _within(folder: Path, out: Path | None) -> Iterator[Path]:
    skipped = out.resolve() if out is not None else None
    for here, below, names in os.walk(folder):
        below[:] = [
            name for name in below if not name.startswith(".") and (Path(here) / name).resolve() != skipped
        ]
        for name in names:
            if name.lower().endswith(ENDINGS) and not name.startswith("."):
                yield Path(here) / name


def _is_pattern(path: Path) -> bool:
    return not path.exists() and glob.has_magic(str(path))


def _is_folder(out: Path, *, single: bool) -> bool:
    if out.exists():
        return out.is_dir()
    return not single and not out.suffix
