"""An article as `read` gets it: text, its blocks, and when it appeared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` to `end` (excluded) of the article's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def encloses(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Published:
    """When an article appeared: the days from `first` to `last`, both New York days and included."""

    first: date
    last: date

    @staticmethod
    def day(day: date) -> Published:
        """A single day."""
        return Published(day, day)

    @staticmethod
    def month(year: int, month: int) -> Published:
        """A whole month."""
        after = date(year + month // 12, month % 12 + 1, 1)
        return Published(date(year, month, 1), after - timedelta(days=1))


BlockKind = Literal["title", "heading", "paragraph", "list", "table_row"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text that stands by itself; a table row has its cells' spans, first the label.

    `table` numbers the table a row belongs to, `header` marks its column heads.
    """

    kind: BlockKind
    span: Span
    cells: tuple[Span, ...] = ()
    table: int = -1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """Text, its blocks in order, and what its front matter or mark-up says of title, date, companies."""

    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    published: Published | None = None
    companies: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
