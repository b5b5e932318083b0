"""A folder's filings as bytes: pages, compressed pages, pages in archives; nothing is written to disk."""

from __future__ import annotations

import io
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from tieout.core.errors import ParseError, UsageError

MAX_BYTES = 64 * 1024 * 1024
"""The largest page unpacked; the longest annual reports of banks come to half of that."""
MAX_MEMBERS = 2_000
"""Members of an archive that are looked at."""
PAGES = (".html", ".htm", ".xhtml")
ARCHIVES = (".tgz", ".tar.gz")
_GZIP = 16 + zlib.MAX_WBITS
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Page:
    """A page's name, less its endings, its bytes, and the date told of it beside it ("" where none is)."""

    name: str
    data: bytes
    published: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that is no filing this bench can use, and why."""

    name: str
    why: str


def pages(path: Path, endings: tuple[str, ...] = PAGES) -> Iterator[Page | Passed]:
    """Every page in a folder, or the one file, by name; what is not used comes with its reason.

    `endings` are those of a page. A file NAME.published beside one holds the date it appeared on. Raises
    UsageError for no such path.
    """
    if not path.exists():
        raise UsageError(f"no such folder: {path}", fix="name a folder of filings as HTML", path=str(path))
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if not file.is_file() or file.suffix == ".published":
            continue
        try:
            yield from _within(file, endings)
        except (ParseError, OSError, EOFError, zlib.error, tarfile.TarError) as error:
            yield Passed(file.name, error.message if isinstance(error, ParseError) else str(error))


def _within(file: Path, endings: tuple[str, ...]) -> Iterator[Page | Passed]:
    name = file.name.lower()
    if name.endswith(ARCHIVES):
        with file.open("rb") as raw:
            yield from _archived(_unpacked(raw, file.name), file.name, endings)
        return
    bare = name.removesuffix(".gz")
    if not bare.endswith(endings):
        yield Passed(file.name, "no HTML page")
        return
    with file.open("rb") as raw:
        data = _unpacked(raw, file.name) if name.endswith(".gz") else _bounded(raw, file.name)
    stem = _stem(file.name)
    beside = file.with_name(f"{stem}.published")
    yield Page(stem, data, beside.read_text(encoding="utf-8").strip() if beside.is_file() else "")


def _archived(data: bytes, name: str, endings: tuple[str, ...]) -> Iterator[Page | Passed]:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        used = False
        for number, member in enumerate(archive):
            if number == MAX_MEMBERS:
                yield Passed(name, f"only the first {MAX_MEMBERS} members were looked at")
                break
            if not member.isfile() or not member.name.lower().endswith(endings):
                continue
            used = True
            opened = archive.extractfile(member)
            if opened is not None:
                page = PurePosixPath(member.name).name
                yield Page(_stem(page), _bounded(opened, page))
        if not used:
            yield Passed(name, "no HTML page in it")


def _stem(name: str) -> str:
    """The name less ".html", ".htm.gz" and their like."""
    bare = name[:-3] if name.lower().endswith(".gz") else name
    return bare[: bare.rindex(".")] if "." in bare else bare


def _bounded(raw: IO[bytes], name: str) -> bytes:
    data = raw.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _too_long(name)
    return data


def _unpacked(raw: IO[bytes], name: str) -> bytes:
    """The bytes of a gzip file, never more than MAX_BYTES of them held."""
    unpack = zlib.decompressobj(_GZIP)
    found = bytearray()
    while not unpack.eof and (chunk := raw.read(_CHUNK)):
        found += unpack.decompress(chunk, MAX_BYTES + 1 - len(found))
        if len(found) > MAX_BYTES:
            raise _too_long(name)
    if not unpack.eof:
        raise ParseError(f"{name} ends early", fix="fetch it again", name=name)
    return bytes(found)


def _too_long(name: str) -> ParseError:
    return ParseError(f"{name} holds more than {MAX_BYTES} bytes", fix="take it out of the folder", name=name)
