"""Markdown to reading text: inline marks dropped, code skipped, tables kept as cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tieout.core.article import BlockKind
from tieout.read.dates import dateline
from tieout.read.extracted import ITEM, LABELLED, Extracted, squeezed

MAX_PARAGRAPH = 10_000
"""Longer stretches without a blank line are no prose, and inline marks in them cost quadratic time."""

MAX_LINES = 20_000

_PART = re.compile(r"[ \t]*(?:[-*+#|]|[0-9]+[.)]) |[ \t]*\|")


def parsable(text: str) -> bool:
    """Whether the text has no stretch so long that parsing it as Markdown would take forever."""
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        return False
    length = 0
    for line in lines:
        fresh = not line.strip() or _PART.match(line)  # list items and table rows are parsed one by one
        length = len(line) + (0 if fresh else length)
        if length > MAX_PARAGRAPH:
            return False
    return True


def extract(text: str) -> Extracted:
    """The blocks of a Markdown text; raw HTML and code are left out."""
    walk = _Walk()
    for token in _parser().parse(text):
        walk.take(token)
    return walk.out


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


@dataclass(slots=True)
class _Walk:
    """Where in the document the token stream is."""

    out: Extracted = field(default_factory=Extracted)
    heading: int = 0
    lists: int = 0
    titled: bool = False
    row: list[str] = field(default_factory=list[str])
    rows: list[list[str]] = field(default_factory=list[list[str]])
    heads: list[bool] = field(default_factory=list[bool])
    in_table: bool = False
    in_head: bool = False

    def take(self, token: Token) -> None:
        match token.type:
            case "heading_open":
                self.heading = int(token.tag[1])
            case "heading_close":
                self.heading = 0
            case "list_item_open":
                self.lists += 1
            case "list_item_close":
                self.lists -= 1
            case "table_open" | "thead_open" | "tr_open":
                self.in_table = True
                self.in_head = token.type == "thead_open" or (self.in_head and token.type == "tr_open")
            case "thead_close":
                self.in_head = False
            case "tr_close":
                self.rows.append(self.row)
                self.heads.append(self.in_head)
                self.row = []
            case "table_close":
                self.out.table(self.rows, self.heads)
                self.rows, self.heads, self.in_table = [], [], False
            case "inline":
                self._inline(token)
            case _:
                pass  # rules, fences, code and raw HTML hold nothing to read

    def _inline(self, token: Token) -> None:
        lines = _lines(token.children or [])
        if self.in_table:
            self.row.append(squeezed(" ".join(map(" ".join, lines))).replace("|", "/"))
            return
        for soft in lines:
            # By-lines and dates in lines of their own are no running text, whatever the mark-up says.
            dated = len(soft) > 1 and any(dateline(part.strip()) for part in soft)
            for part in soft if dated else _items(soft):
                self.out.block("list" if len(soft) > 1 and ITEM.match(part) else self._kind(), part)

    def _kind(self) -> BlockKind:
        if self.heading == 1 and not self.titled:
            self.titled = True
            return "title"
        if self.heading:
            return "heading"
        return "list" if self.lists else "paragraph"


def _items(lines: list[str]) -> list[str]:
    """The lines of a paragraph joined, but for items of a list and for labels with what they say."""
    if len(lines) > 1 and all(LABELLED.match(line) for line in lines):
        return lines
    found = lines[:1]
    for line in lines[1:]:
        if ITEM.match(line):
            found.append(line)
        else:
            found[-1] = f"{found[-1]} {line}"
    return found


def _lines(children: list[Token]) -> list[list[str]]:
    """The text of inline tokens: lines that hard breaks part, each as its parts between soft ones."""
    lines = [[""]]
    for child in children:
        if child.type == "hardbreak":
            lines.append([""])
        elif child.type == "softbreak":
            lines[-1].append("")
        elif child.type in ("text", "code_inline", "text_special"):
            lines[-1][-1] += child.content
    return lines
