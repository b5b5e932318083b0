"""Reading text gathered block by block from mark-up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tieout.core.article import Block, BlockKind, Span

_BLANKS = re.compile(r"[ \t\n\r\f\v]+")
VALUES = re.compile(r"[$€£¥%]|[0-9][.,][0-9]")
"""What tells a value from a column's name."""
CELL_GAP = " | "
ITEM = re.compile(
    r"[ \t]*(?:[-*\u2022\u2023\u25aa\u25e6\u00b7][ \t]+|[\u2013\u2014][ \t]+(?=[^a-z])"
    r"|\(?(?:[0-9]{1,2}|[a-z]|[ivx]{2,4})[.)][ \t]+"
    r"|(?:[\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff]"
    r"|[\U0001f300-\U0001faff])[\ufe0f\u200d]*[ \t]*)(?=\S)"
)
"""What begins a line that is an item of a list: a bullet, a dash, a number or a letter, a picture."""
LABELLED = re.compile(r"[A-Z0-9*_][^:.!?;,→=|]{1,60}(?::|[ \t]*[→=|]|[ \t][–—-])\**[ \t]+\S")
"""A line that is a label and what it says."""


def squeezed(text: str) -> str:
    """The text with runs of white space made one space; no-break spaces stay."""
    return _BLANKS.sub(" ", text).strip(" ")


def is_header(cells: list[str]) -> bool:
    """Whether a row's cells name columns: nothing behind the first is money, a percentage or a decimal."""
    heads = [cell for cell in cells[1:] if cell.strip()]
    return bool(heads) and not any(VALUES.search(cell) for cell in heads)


@dataclass(slots=True)
class Extracted:
    """Text under construction: blocks joined by line ends."""

    parts: list[str] = field(default_factory=list[str])
    blocks: list[Block] = field(default_factory=list[Block])
    length: int = 0
    tables: int = 0

    @property
    def text(self) -> str:
        """The text so far."""
        return "\n".join(self.parts)

    def block(self, kind: BlockKind, raw: str) -> None:
        """Adds a block, unless it is blank; the mark that a line of a list begins with stands before it."""
        text = squeezed(raw)
        if text.strip("\u00a0"):
            start = self._append(text)
            mark = ITEM.match(text) if kind == "list" else None
            begin = start if mark is None else start + mark.end()
            self.blocks.append(Block(kind, Span(begin, start + len(text))))

    def row(self, cells: list[str], *, header: bool) -> None:
        """Adds a row of the current table; its cells are parted by bars in the text."""
        if not any(cells):
            return
        start = self._append(CELL_GAP.join(cells))
        spans: list[Span] = []
        position = start
        for cell in cells:
            spans.append(Span(position, position + len(cell)))
            position += len(cell) + len(CELL_GAP)
        self.blocks.append(
            Block("table_row", Span(start, spans[-1].end), tuple(spans), self.tables, header=header)
        )

    def table(self, rows: list[list[str]], heads: list[bool]) -> None:
        """Adds a whole table; `heads` says which rows are marked as column heads."""
        guessing = not any(heads) and len(rows) > 1
        for index, cells in enumerate(rows):
            # Heads may take several rows; below the first, a label would make it a row of words.
            guessing = guessing and (index == 0 or not cells[0]) and is_header(cells)
            self.row(cells, header=heads[index] or guessing)
        self.tables += 1

    def _append(self, text: str) -> int:
        start = self.length + (1 if self.parts else 0)
        self.parts.append(text)
        self.length = start + len(text)
        return start

    def kept(self, first: int, last: int) -> Extracted:
        """A copy with only the blocks from `first` to `last` (excluded)."""
        copy = Extracted()
        offset = self.blocks[first].span.start if first < last else 0
        copy.parts = self.parts[first:last]
        copy.length = sum(map(len, copy.parts)) + max(len(copy.parts) - 1, 0)
        copy.tables = self.tables
        copy.blocks = [shifted(block, -offset) for block in self.blocks[first:last]]
        return copy


def shifted(block: Block, by: int) -> Block:
    """The block, its spans moved by `by`."""
    return Block(
        block.kind,
        Span(block.span.start + by, block.span.end + by),
        tuple(Span(cell.start + by, cell.end + by) for cell in block.cells),
        block.table,
        header=block.header,
    )
