"""What the index of filings says of one, beside its documents."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing's filer, accession, form and times; blank is not known, and `form` is then read off the cover.

    `accepted` is aware. A `cik` is a check, too: documents of another filer are refused.
    """

    cik: int | None = None
    accession: str = ""
    form: str = ""
    filed: date | None = None
    accepted: datetime | None = None


def digest(data: bytes) -> str:
    """The short digest by which rows name the bytes they were read from."""
    return hashlib.sha256(data).hexdigest()[:_DIGITS]
