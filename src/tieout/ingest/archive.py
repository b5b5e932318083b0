"""Bytes out of files and archives, never more than expected; nothing is unpacked to disk."""

# pyright: reportUnknownMemberType=false
# (deflate has no types)

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import deflate

from tieout.core.errors import ParseError

MOST = 1 << 27
"""Bytes of one document: several times the largest company's facts, and little enough to be one number."""
DIRECTORY = 1 << 27
"""Bytes of an archive's list of members; that of all submissions of EDGAR, a million files, is half of it."""
RATIO = 1_040
"""Deflate packs 1,032 bytes into one at most; an archive that claims more has members that overlap."""
_LOCAL = struct.Struct("<4s22xHH")
_END = struct.Struct("<4s8xII")
_END_64 = struct.Struct("<4s36xQ")
_TAIL = 1 << 17
_PIECE = 1 << 20


def contents(path: Path, most: int = MOST) -> bytes:
    """The file's bytes, those of a .gz unpacked. Raises ParseError where there are more than `most`."""
    with path.open("rb") as file:
        packed = _bounded(file.read, most, str(path))
    if not packed.startswith(b"\x1f\x8b"):
        return packed
    return gunzip(packed, str(path), most)


def gunzip(packed: bytes, name: str, most: int = MOST) -> bytes:
    """What was packed by gzip, in one or several parts. Raises ParseError for damage, or more than `most`."""
    found: list[bytes] = []
    left = most
    while packed:
        stream = zlib.decompressobj(31)
        try:
            found.append(stream.decompress(packed, left + 1))
        except zlib.error as error:
            raise _damaged(name, str(error)) from error
        left -= len(found[-1])
        if left < 0:
            raise _too_long(name, most)
        if not stream.eof:
            raise _damaged(name, "it ends too early")
        packed = stream.unused_data.lstrip(b"\0")  # tape and some tools pad with zeros
    return b"".join(found)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a zip: where its packed bytes begin, how many they are, and what they must become."""

    name: str
    offset: int
    packed: int
    size: int
    crc: int
    method: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a document is kept: a file, or a member of a zip."""

    path: Path
    member: Member | None = None

    @property
    def name(self) -> str:
        """The document's own name."""
        return self.member.name if self.member else self.path.name

    @property
    def size(self) -> int:
        """How many bytes it has, or those of its .gz."""
        return self.member.size if self.member else self.path.stat().st_size

    def read(self, most: int = MOST) -> bytes | bytearray:
        """Its bytes. Raises ParseError where they cannot be read, are damaged, or more than `most`."""
        try:
            if self.member is None:
                return contents(self.path, most)
            with self.path.open("rb") as file:
                return member(file, self.member, most)
        except OSError as error:
            raise _damaged(str(self.path), f"it cannot be read: {error.strerror}") from error


def members(path: Path, wanted: Callable[[str], bool] = lambda _: True) -> tuple[list[Member], int]:
    """The zip's members of wanted names, in its order, and how many others it has.

    Raises ParseError for what is no zip, is cut off, or claims to hold more than can be packed into it.
    """
    try:
        held, size = _directory(path)
    except OSError as error:
        raise _damaged(str(path), f"it cannot be read: {error.strerror}") from error
    if sum(each.compress_size for each in held) > size or sum(each.file_size for each in held) > RATIO * size:
        raise _damaged(str(path), "its files claim to be more than it can hold, as those of a zip bomb do")
    found = [
        Member(e.filename, e.header_offset, e.compress_size, e.file_size, e.CRC, _method(e))
        for e in held
        if not _is_folder(e) and wanted(e.filename)
    ]
    return found, sum(not _is_folder(each) for each in held) - len(found)


def _directory(path: Path) -> tuple[list[zipfile.ZipInfo], int]:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if _listed(file, size, str(path)) > DIRECTORY:
            raise _damaged(str(path), f"its list of files is longer than {DIRECTORY:,} bytes")
        try:
            with zipfile.ZipFile(file) as archive:
                return archive.infolist(), size
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise _damaged(str(path), str(error)) from error


def member(file: BinaryIO, each: Member, most: int = MOST) -> bytes | bytearray:
    """The bytes of a member of the zip open in `file`, checked against its length and checksum.

    Raises ParseError where they are damaged, packed in a way not known, encrypted, or more than `most`.
    """
    if max(each.size, each.packed) > most:
        raise _too_long(each.name, most)
    file.seek(each.offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(b"PK\3\4"):
        raise _damaged(each.name, "it is not where the archive's list says")
    _, name, extra = _LOCAL.unpack(head)
    file.seek(name + extra, 1)
    packed = file.read(each.packed)
    if len(packed) < each.packed:
        raise _damaged(each.name, "it ends too early")
    data = _unpacked(packed, each)
    if len(data) != each.size or deflate.crc32(data) != each.crc:
        raise _damaged(each.name, "its bytes are not those that were packed")
    return data


def _unpacked(packed: bytes, each: Member) -> bytes | bytearray:
    if each.method == zipfile.ZIP_STORED:
        return packed
    if each.method != zipfile.ZIP_DEFLATED:
        raise _damaged(each.name, "it is encrypted, or packed by another method than deflate")
    try:
        return deflate.deflate_decompress(packed, each.size)
    except deflate.DeflateError as error:
        raise _damaged(each.name, str(error)) from error


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a folder; one without a name, as in a damaged archive, is none."""
    return entry.filename.endswith("/")


def _method(each: zipfile.ZipInfo) -> int:
    return -1 if each.flag_bits & 1 else each.compress_type


def _listed(file: BinaryIO, size: int, name: str) -> int:
    """How long the zip's list of members is, by the record at its end; that is read before the list is."""
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    end = tail.rfind(b"PK\5\6")
    if end < 0 or len(tail) - end < _END.size:
        raise _damaged(name, "it is no zip archive, or cut off")
    _, length, _ = _END.unpack_from(tail, end)
    large = tail.rfind(b"PK\6\6", 0, end)
    if length == 0xFFFFFFFF and large >= 0 and end - large >= _END_64.size:
        _, length = _END_64.unpack_from(tail, large)
    return length


def _bounded(read: Callable[[int], bytes], most: int, name: str) -> bytes:
    found: list[bytes] = []
    left = most
    while piece := read(_PIECE):
        left -= len(piece)
        if left < 0:
            raise _too_long(name, most)
        found.append(piece)
    return b"".join(found)


def _damaged(name: str, why: str) -> ParseError:
    return ParseError(f"{name}: {why}", file=name, fix="Fetch it again, whole, from where it was published.")


def _too_long(name: str, most: int) -> ParseError:
    return ParseError(
        f"{name}: longer than {most:,} bytes, more than any document of its kind",
        file=name,
        fix="Check what the file is; nothing of it was taken in.",
    )
