"""Plain text to blocks: title, headings, paragraphs (hard-wrapped ones too), lists and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tieout.core.article import Block, BlockKind, Published, Span
from tieout.read.dates import Dateline, dateline
from tieout.read.extracted import ITEM, is_header
from tieout.read.sentences import WRAP_MAX, WRAP_MIN

NEAR = 5
"""A publication date stands in the first or the last few lines that are not empty."""

_RULE = re.compile(r"[ \t|:+=_*-]+")
_BAR = re.compile(r"[ \t]*\t[ \t]*|[ \u00a0]*\|[ \u00a0]*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_HEADING_MAX = 100
_TITLE_MAX = 250


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its white space at both ends, and where it stands in the text."""

    start: int
    text: str
    indented: bool = False
    after_blank: bool = False
    taken: int = 0
    """Characters of a dateline that stood before the text."""

    @property
    def width(self) -> int:
        """How many characters the line had."""
        return self.taken + len(self.text)

    @property
    def end(self) -> int:
        """Where the line ends."""
        return self.start + len(self.text)


def blocks_of(text: str) -> tuple[list[Block], str, Published | None]:
    """The blocks of a plain text, its title and its publication date; lines of dates alone are no blocks."""
    lines = _lines(text)
    published, dated = datelines([line.text for line in lines])
    kept: list[Line] = []
    for index, line in enumerate(lines):
        rest = dated.get(index)
        if rest is None:
            kept.append(line)
        elif rest >= 0:
            kept.append(Line(line.start + rest, line.text[rest:], line.indented, line.after_blank, rest))
    layout = _Layout(kept)
    blocks = layout.blocks()
    title = next((text[b.span.start : b.span.end] for b in blocks[:1] if b.kind == "title"), "")
    return blocks, title, published


def datelines(lines: list[str]) -> tuple[Published | None, dict[int, int]]:
    """The date that the first or last lines give, and for each such line where its own text begins."""
    near = dict.fromkeys((*range(min(NEAR, len(lines))), *range(max(len(lines) - NEAR, 0), len(lines))))
    found: dict[int, Dateline] = {}
    for index in near:
        said = dateline(lines[index])
        if said is not None:
            found[index] = said
    ranked = sorted(found.values(), key=lambda said: said.updated)  # stable: the first one not an update
    return (ranked[0].published if ranked else None), {index: said.rest for index, said in found.items()}


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    offset, blank = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip(" \t\r\u00a0\ufeff\v\f")
        if stripped:
            before = len(raw) - len(raw.lstrip(" \t\r\u00a0\ufeff\v\f"))
            lines.append(Line(offset + before, stripped, before > 0, blank))
        blank = not stripped
        offset += len(raw) + 1
    return lines


@dataclass(slots=True)
class _Layout:
    """Lines, taken apart from the first to the last."""

    lines: list[Line]
    found: list[Block] = field(default_factory=list[Block])
    tables: int = 0
    ragged: int = 0

    def blocks(self) -> list[Block]:
        position = self._title()
        while position < len(self.lines):
            rows = self._table_end(position)
            if rows > position:
                self._table(position, rows)
                position = rows
            elif ITEM.match(self.lines[position].text):
                position = self._list(position)
            else:
                position = self._prose(position)
        return self.found

    def _add(self, kind: BlockKind, first: Line, last: Line, skip: int = 0) -> None:
        self.found.append(Block(kind, Span(first.start + skip, last.end)))

    def _title(self) -> int:
        if not self.lines:
            return 0
        first = self.lines[0]
        if (
            len(first.text) > _TITLE_MAX
            or first.text[-1] in ".;,"
            or _cells(first.text) > 1
            or ITEM.match(first.text)
        ):
            return 0
        if len(self.lines) > 1 and self._wrapped(0, 2):
            return 0
        self._add("title", first, first)
        return 1

    # Tables

    def _table_end(self, position: int) -> int:
        """Where the table that begins here ends; `position` where none does."""
        end = position
        while end < len(self.lines) and _cells(self.lines[end].text) > 1:
            if end > position and self.lines[end].after_blank:
                break
            end += 1
        widths = [_cells(line.text) for line in self.lines[position:end] if not _RULE.fullmatch(line.text)]
        # A single bar parts a by-line from its source as often as a label from a value.
        return end if widths and (max(widths) > 2 or len(widths) > 1) else position

    def _table(self, position: int, end: int) -> None:
        rows: list[tuple[Line, list[Span]]] = []
        ruled = False
        for line in self.lines[position:end]:
            if _RULE.fullmatch(line.text):
                ruled = ruled or len(rows) == 1
            else:
                rows.append((line, _spans(line)))
        for index, (line, cells) in enumerate(rows):
            texts = [line.text[cell.start - line.start : cell.end - line.start] for cell in cells]
            header = index == 0 and len(rows) > 1 and (ruled or is_header(texts))
            span = Span(cells[0].start, cells[-1].end)
            self.found.append(Block("table_row", span, tuple(cells), self.tables, header=header))
        self.tables += 1

    # Lists

    def _list(self, position: int) -> int:
        first = self.lines[position]
        marker = ITEM.match(first.text)
        end = position + 1
        while end < len(self.lines) and self._continues(end):
            end += 1
        self._add("list", first, self.lines[end - 1], marker.end() if marker else 0)
        return end

    def _continues(self, position: int) -> bool:
        """Whether an indented line goes on with the list item above it."""
        line = self.lines[position]
        return line.indented and not line.after_blank and not ITEM.match(line.text) and _cells(line.text) == 1

    # Headings and paragraphs

    def _prose(self, position: int) -> int:
        end = self._wrap_end(position)
        kind = "heading" if end == position + 1 and self._heading(position) else "paragraph"
        self._add(kind, self.lines[position], self.lines[end - 1])
        return end

    def _wrap_end(self, position: int) -> int:
        """Where the paragraph that begins here ends: its lines may be broken by hand at a column."""
        end = self._filled_end(position) if position >= self.ragged else position + 1
        while end < len(self.lines) and self._plain(end) and self._runs_on(end):
            end += 1
        return end

    def _filled_end(self, position: int) -> int:
        """Where a paragraph of filled lines ends; just behind `position` if the lines do not wrap."""
        end = position + 1
        while (
            end < len(self.lines) and self._plain(end) and WRAP_MIN <= self.lines[end - 1].width <= WRAP_MAX
        ):
            end += 1
        run = end
        last = self.lines[end - 1]
        if last.width < WRAP_MIN and last.text[-1].isalnum() and self._sentence_before(end - 1, position):
            end -= 1  # a heading right under the paragraph
        if self._wrapped(position, end):
            return end
        self.ragged = run  # nor does any later part of this run wrap: asked once, not once a line
        return position + 1

    def _sentence_before(self, position: int, first: int) -> bool:
        return position > first and _SENTENCE_END.search(self.lines[position - 1].text) is not None

    def _runs_on(self, position: int) -> bool:
        """Whether a line goes on in lower case where the one above broke off."""
        above = self.lines[position - 1]
        broken = above.width <= WRAP_MAX and not _SENTENCE_END.search(above.text)
        return broken and self.lines[position].text[0].islower()

    def _plain(self, position: int) -> bool:
        line = self.lines[position]
        return not line.after_blank and not ITEM.match(line.text) and _cells(line.text) == 1

    def _wrapped(self, position: int, end: int) -> bool:
        """Whether these lines are one paragraph: all but the last fill the column, and one breaks off."""
        run = self.lines[position:end]
        if len(run) < 2 or run[-1].width > WRAP_MAX or any(line.after_blank for line in run[1:]):
            return False
        if any(not WRAP_MIN <= line.width <= WRAP_MAX for line in run[:-1]):
            return False
        return any(self._runs_on(index) for index in range(position + 1, end))

    def _heading(self, position: int) -> bool:
        line = self.lines[position]
        if len(line.text) > _HEADING_MAX or line.text[-1] in '.!?;,…"”' or position + 1 == len(self.lines):
            return False
        following = self.lines[position + 1]
        listed = ITEM.match(following.text) is not None or _cells(following.text) > 2
        return listed or len(following.text) > len(line.text)


def _cells(text: str) -> int:
    """How many cells bars or tabs part a line into; 1 for no table's line."""
    if "\t" not in text and "|" not in text:
        return 1
    if text.startswith("|"):
        return max(len(_BAR.findall(text.strip("| \t\u00a0"))) + 1, 2 if text.endswith("|") else 1)
    return len(_BAR.findall(text)) + 1 if "\t" in text or " | " in text else 1


def _spans(line: Line) -> list[Span]:
    text = line.text
    begin = 1 if text.startswith("|") else 0
    end = len(text) - 1 if text.endswith("|") and len(text) > 1 else len(text)
    if begin == 1 or end < len(text):
        begin += len(text[begin:end]) - len(text[begin:end].lstrip(" \t\u00a0"))
        end = max(begin + len(text[begin:end].rstrip(" \t\u00a0")), begin)
    spans: list[Span] = []
    position = begin
    for bar in _BAR.finditer(text, begin, end):
        spans.append(Span(line.start + position, line.start + bar.start()))
        position = bar.end()
    spans.append(Span(line.start + position, line.start + end))
    return spans
