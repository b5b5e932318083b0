"""Which documents were taken in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

DIGITS = 16


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document that was taken in: the short digest of its bytes, its name, its kind and its rows.

    `scope` says what was taken of it where that was less than all ("since 2020-01-01"): the same document in
    another scope is another one.
    """

    digest: str
    name: str
    kind: str
    rows: int = 0
    skipped: int = 0
    scope: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it apart: its digest and scope."""
        return self.digest, self.scope


def digest(data: bytes | bytearray) -> str:
    """What tells one document from another: the head of its SHA-256."""
    return hashlib.sha256(data).hexdigest()[:DIGITS]
