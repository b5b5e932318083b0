"""What EDGAR answered, kept on disk: each answer a file, whole or not at all, checked when it is read."""

from __future__ import annotations

import gzip
import hashlib
import json
import secrets
import zlib
from dataclasses import dataclass
from pathlib import Path

from tieout.core.ingested import digest


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer: its bytes, their digest, when they came (ISO, UTC) and the validators they came with."""

    url: str
    body: bytes
    digest: str
    fetched: str
    etag: str = ""
    modified: str = ""


class Cache:
    """Answers by their address, in a folder that may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, url: str) -> Kept | None:
        """The answer kept for the address; None for none, or one that was damaged."""
        file = self._file(url)
        try:
            head, _, packed = file.read_bytes().partition(b"\n")
            meta = json.loads(head)
            body = gzip.decompress(packed)
            kept = Kept(url, body, digest(body), meta["fetched"], meta["etag"], meta["modified"])
        except FileNotFoundError:
            return None
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
            return None
        return kept if (meta.get("digest"), meta.get("url")) == (kept.digest, url) else None

    def put(self, kept: Kept) -> None:
        """Keep an answer in place of an older one."""
        file = self._file(kept.url)
        file.parent.mkdir(parents=True, exist_ok=True)
        meta = {
            "url": kept.url,
            "digest": kept.digest,
            "fetched": kept.fetched,
            "etag": kept.etag,
            "modified": kept.modified,
        }
        beside = file.with_name(f".{secrets.token_hex(6)}")
        try:
            # Light compression: a filing of 4 MB takes 60 ms and a tenth of the room.
            packed = gzip.compress(kept.body, compresslevel=1, mtime=0)
            beside.write_bytes(json.dumps(meta).encode() + b"\n" + packed)
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)

    def drop(self, url: str) -> None:
        """Keep no answer for the address."""
        self._file(url).unlink(missing_ok=True)

    def _file(self, url: str) -> Path:
        name = hashlib.sha256(url.encode()).hexdigest()
        return self._folder / name[:2] / name[2:40]
