"""Where terminal reports go: width, colour and letters as the stream can take them."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable
from typing import IO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from tieout.report.plain import plain

PLAIN_WIDTH = 100
"""Columns of a report that goes into a pipe or file, unless COLUMNS says otherwise."""
WIDEST = 110
"""Longer lines of prose are hard to read, however wide the terminal."""

_WORD = re.compile(r"\S+\s*|\s+")


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the caller; rich itself would end the program."""
        raise BrokenPipeError


class Page:
    """A rich console that prints only text made safe, wrapped by its own rules.

    Colour only on a terminal, and not under NO_COLOR; `unicode` tells whether check marks can be printed.
    """

    def __init__(self, stream: IO[str] | None = None, *, width: int | None = None) -> None:
        self.console = _Console(file=stream, markup=False, highlight=False, emoji=False)
        self.encoding = self.console.encoding
        self.unicode = plain("✓✗├└─", self.encoding) == "✓✗├└─"
        fixed = self.console.is_terminal or "COLUMNS" in os.environ
        self.width = width or (min(self.console.width, WIDEST) if fixed else PLAIN_WIDTH)

    def safe(self, text: str, style: str = "") -> Text:
        """The text as the stream can take it; control characters do not get through."""
        return Text(plain(text, self.encoding), style=style, end="")

    def write(self, text: Text | str = "", *, indent: str = "", hang: str | None = None) -> None:
        """Print wrapped: the first line after `indent`, the others after `hang`.

        A word longer than the line, such as an address, stays whole.
        """
        whole = self.safe(text) if isinstance(text, str) else text
        after = indent if hang is None else hang
        room = max(self.width - max(len(indent), len(after)), 20)
        lines = (line for part in whole.split("\n", allow_blank=True) for line in _wrapped(part, room))
        for number, line in enumerate(lines):
            line.rstrip()
            lead = after if number else indent
            self._line(Text(lead if line.plain else "").append_text(line))

    def table(self, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
        """Print columns, as wide as their widest cell; a line too long for a terminal is left to it."""
        cells = [[plain(cell, self.encoding) for cell in row] for row in (head, *rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        for number, row in enumerate(cells):
            line = "  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip()
            self._line(Text(line, style="bold" if number == 0 else ""))

    def _line(self, line: Text) -> None:
        self.console.print(line, soft_wrap=True)


def _wrapped(line: Text, room: int) -> Iterable[Text]:
    # rich either breaks long words or does not wrap at all; an address must stay whole.
    breaks: list[int] = []
    used = 0
    for found in _WORD.finditer(line.plain):
        if used and used + cell_len(found[0].rstrip()) > room:
            breaks.append(found.start())
            used = 0
        used += cell_len(found[0])
    return line.divide(breaks)


def page_in_memory(width: int = PLAIN_WIDTH) -> tuple[Page, io.StringIO]:
    """A page without colour, and the text it writes into."""
    stream = io.StringIO()
    return Page(stream, width=width), stream
