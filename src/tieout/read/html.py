"""HTML to reading text: scripts, navigation and hidden parts dropped, tables kept as cells."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tieout.core.article import BlockKind, Published
from tieout.core.errors import ParseError
from tieout.read.dates import parse_day
from tieout.read.extracted import VALUES, Extracted, squeezed

_DROPPED = frozenset({
    "script", "style", "nav", "footer", "aside", "form", "noscript", "template", "svg", "button", "select",
    "iframe", "head", "object", "math", "audio", "video", "canvas", "dialog", "textarea", "-comment",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "pre", "dl", "dt", "dd", "header", "figure", "figcaption", "hr", "address", "details",
    "summary", "center", "body", "html", "caption", "fieldset", "table", "tr", "td", "th", "br",
})  # fmt: skip
_CLOSED_ANYWAY = frozenset({
    "p", "li", "td", "tr", "th", "dt", "dd", "thead", "tbody", "tfoot", "option", "br", "img", "hr", "meta",
    "link", "input", "source", "col", "wbr", "area", "base", "embed", "track", "param", "path", "circle",
    "rect", "use", "html", "body", "head",
})  # fmt: skip
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,20})")
MAX_DEPTH = 3000
"""Real pages nest a few dozen elements deep."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONG_CELL = 200
_FIGURE = re.compile(r"[$€£(\s]*[0-9][0-9.,]*[)%\s]*")
_BULLETS = frozenset("•·●○▪◦☐☒–—-*")
_MAX_SPAN = 40
_MAX_JSON = 200_000
_DATE_METAS = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "article.published",
)
_TICKER_METAS = ("ticker", "tickers", "symbol", "symbols", "stock-symbols")
_LISTED = re.compile(
    r"(?:NYSE|NASDAQ|AMEX|OTC|TSX|LSE)(?:\s*American)?\s*:\s*([A-Z][A-Z.]{0,5})(?![A-Za-z])|\$([A-Z]{1,5})(?![A-Za-z])",
    re.IGNORECASE,
)
_TICKER = re.compile(r"[A-Z][A-Z0-9.-]{0,7}")


@dataclass(slots=True)
class Page:
    """What a page holds: its text, and what its mark-up says of title, date and companies."""

    out: Extracted
    title: str
    published: Published | None
    companies: tuple[str, ...]


def extract(markup: str) -> Page:
    """The page's article, or all of its text where no element holds most of it."""
    if _depth(markup) > MAX_DEPTH:
        raise ParseError(
            f"The page nests more than {MAX_DEPTH} elements deep.", fix="Save the article as plain text."
        )
    parser = LexborHTMLParser(markup.encode("utf-8", "replace"))
    root = parser.root
    if root is None:
        return Page(Extracted(), "", None, ())
    walk = _Walk()
    walk.run(root)
    metas = _metas(parser)
    return Page(walk.best(), _title(parser, metas), _published(parser, metas), _companies(metas))


def _depth(markup: str) -> int:
    """How deep the elements nest that are never closed by themselves; parsing time grows with its square."""
    depth = deepest = 0
    for tag in _TAG.finditer(markup):
        if tag[2].lower() not in _CLOSED_ANYWAY:
            depth = max(depth - 1, 0) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


# Text --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Table:
    rows: list[list[tuple[int, int, str]]] = field(default_factory=list[list[tuple[int, int, str]]])
    heads: list[bool] = field(default_factory=list[bool])
    column: int = 0
    in_head: bool = False
    cells: int = 0
    head_cells: int = 0
    dissolved: bool = False


@dataclass(slots=True)
class _Walk:
    """One pass over the tree, without recursion: pages may nest without end."""

    out: Extracted = field(default_factory=Extracted)
    buffer: list[str] = field(default_factory=list[str])
    tables: list[_Table] = field(default_factory=list[_Table])
    heading: str = ""
    lists: int = 0
    cell: bool = False
    titled: bool = False
    mains: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])

    def run(self, root: LexborNode) -> None:
        node: LexborNode = root
        open_tags: list[tuple[str, int]] = []
        while True:
            tag = node.tag or ""
            child = None
            if tag == "-text":
                self.buffer.append(node.text(deep=False))
            elif tag not in _DROPPED and not _hidden(node):
                self._enter(tag, node)
                child = node.child
                if child is None:
                    self._leave(tag, len(self.out.blocks))
            if child is not None:
                open_tags.append((tag, len(self.out.blocks)))
                node = child
                continue
            while open_tags and node.next is None:
                parent = node.parent
                if parent is None:
                    return
                node = parent
                self._leave(*open_tags.pop())
            following = node.next
            if not open_tags or following is None:
                self._flush()
                return
            node = following

    def best(self) -> Extracted:
        """The blocks of the <article> or <main> that holds most of the text, or all of them."""
        sizes = [sum(map(len, self.out.parts[first:last])) for first, last in self.mains]
        if sizes and 2 * max(sizes) >= self.out.length:
            # Of equals the innermost, which closed first.
            first, last = self.mains[sizes.index(max(sizes))]
            return self.out.kept(first, last)
        return self.out

    def _enter(self, tag: str, node: LexborNode) -> None:
        if tag not in _BLOCKS and tag != "thead":
            return
        self._boundary(tag)
        if tag in _HEADINGS:
            self.heading = tag
        elif tag == "li":
            self.lists += 1
        elif tag == "table":
            self._open_table()
        elif self.tables:
            self._enter_cell(tag, node)

    def _open_table(self) -> None:
        if self.tables:  # a table within a table: the outer one is layout
            self._dissolve(self.tables[-1])
            self.cell = False
            self._flush()
        self.tables.append(_Table())

    def _enter_cell(self, tag: str, node: LexborNode) -> None:
        table = self.tables[-1]
        if tag == "thead":
            table.in_head = True
        elif tag == "tr":
            table.rows.append([])
            table.heads.append(table.in_head)
            table.column = table.cells = table.head_cells = 0
        elif tag in ("td", "th"):
            if not table.rows:
                table.rows.append([])
                table.heads.append(table.in_head)
            self.cell = not table.dissolved
            width = _width(node)
            table.rows[-1].append((table.column, table.column + width, ""))
            table.column += width
            table.cells += 1
            table.head_cells += tag == "th"

    def _leave(self, tag: str, first: int) -> None:
        if tag in ("article", "main"):
            self._flush()
            self.mains.append((first, len(self.out.blocks)))
            return
        if tag not in _BLOCKS and tag != "thead":
            return
        table = self.tables[-1] if self.tables else None
        if tag in ("td", "th") and table is not None and self.cell:
            start, end, _ = table.rows[-1][-1]
            table.rows[-1][-1] = (start, end, squeezed("".join(self.buffer)).replace("|", "/"))
            self.buffer, self.cell = [], False
            return
        self._boundary(tag)
        if tag in _HEADINGS:
            self.heading = ""
        elif tag == "li":
            self.lists = max(self.lists - 1, 0)
        elif table is not None:
            self._leave_table(tag, table)

    def _leave_table(self, tag: str, table: _Table) -> None:
        if tag == "thead":
            table.in_head = False
        elif tag == "tr" and table.rows:
            table.heads[-1] = table.in_head or (0 < table.cells == table.head_cells)
        elif tag == "table":
            self.tables.pop()
            self.cell = False
            if not table.dissolved:
                self._close(table)
            # What follows in an outer cell is layout's text, gathered as paragraphs.

    def _close(self, table: _Table) -> None:
        rows, heads = _columns(table.rows, table.heads)
        filled = [sum(map(bool, row)) for row in rows]
        if rows and all(len(row) == 2 and row[0] in _BULLETS for row in rows):
            for row in rows:
                self.out.block("list", row[1])
        elif max(filled, default=0) < 2 or any(map(_is_layout, rows)):
            for row in rows:
                for cell in row:
                    self.out.block("paragraph", cell)
        else:
            self.out.table(rows, heads)

    def _dissolve(self, table: _Table) -> None:
        """Gives up a layout table's cells as paragraphs."""
        for row in table.rows:
            for _, _, text in row:
                self.out.block("paragraph", text)
        table.rows, table.heads, table.dissolved = [[]], [False], True

    def _boundary(self, tag: str) -> None:
        if self.cell:
            self.buffer.append(" ")  # a paragraph or a line break inside a cell
        elif not (tag in ("td", "th", "tr") and self.tables and not self.tables[-1].dissolved):
            self._flush()

    def _flush(self) -> None:
        if self.buffer:
            text = "".join(self.buffer)
            self.buffer = []
            if text.strip():
                self.out.block(self._kind(), text)

    def _kind(self) -> BlockKind:
        if self.heading == "h1" and not self.titled:
            self.titled = True
            return "title"
        if self.heading:
            return "heading"
        return "list" if self.lists else "paragraph"


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes or (attributes.get("aria-hidden") or "").lower() == "true":
        return True
    style = attributes.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def _width(node: LexborNode) -> int:
    written = (node.attributes.get("colspan") or "1").strip()
    return max(1, min(int(written), _MAX_SPAN)) if written.isdecimal() and len(written) < 4 else 1


def _is_layout(row: Sequence[str]) -> bool:
    """Whether a row holds a paragraph: a long cell, unless it labels figures, as lines of statements do."""
    return any(len(cell) > _LONG_CELL for cell in row) and not any(map(_FIGURE.fullmatch, row))


def _columns(rows: list[list[tuple[int, int, str]]], heads: list[bool]) -> tuple[list[list[str]], list[bool]]:
    """Rows of equal columns: signs and brackets that stand in cells of their own go to their number."""
    merged = [(_merge(row), head) for row, head in zip(rows, heads, strict=True)]
    kept = [(row, head) for row, head in merged if row]
    groups = _groups([row for row, _ in kept])
    if not groups:
        return [[text for _, _, text in row] for row, _ in kept], [head for _, head in kept]
    grid: list[list[str]] = []
    for row, _ in kept:
        cells = [""] * len(groups)
        index = 0
        for start, end, text in row:
            while index < len(groups) - 1 and groups[index][1] <= start:
                index += 1
            cells[index] = f"{cells[index]} {text}".strip()
            covered = index + 1
            # A column's name may span several columns; a number belongs to one.
            while index and covered < len(groups) and groups[covered][0] < end and not VALUES.search(text):
                cells[covered] = text
                covered += 1
        grid.append(cells)
    return grid, [head for _, head in kept]


def _groups(rows: list[list[tuple[int, int, str]]]) -> list[list[int]]:
    """The columns that cells share, in order; the fullest rows found them, cells that span several do not."""
    starts: list[int] = []
    ends: list[int] = []
    for row in sorted(rows, key=len, reverse=True):
        for start, end, _ in row:
            index = bisect_right(starts, start) - 1
            first = index if index >= 0 and ends[index] > start else index + 1
            last = bisect_left(starts, end)
            if first == last:
                starts.insert(first, start)
                ends.insert(first, end)
            elif last - first == 1:
                starts[first], ends[first] = min(starts[first], start), max(ends[first], end)
    return [[start, end] for start, end in zip(starts, ends, strict=True)]


def _merge(row: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    merged: list[tuple[int, int, str]] = []
    sign = ""
    begin = 0
    for start, end, text in row:
        if text.strip("\u00a0 ") in ("$", "€", "£", "$(", "("):
            sign, begin = text.strip("\u00a0 "), start
        elif merged and text.strip("\u00a0 ") in ("%", ")", ")%", "%)", "x"):
            first, _, before = merged[-1]
            merged[-1] = (first, end, before + text.strip("\u00a0 "))
        elif text.strip("\u00a0 "):
            merged.append((begin if sign else start, end, sign + text))
            sign = ""
    return merged


# What mark-up says ---------------------------------------------------------------------------------


def _metas(parser: LexborHTMLParser) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in parser.css("meta")[:300]:
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            metas.setdefault(name.strip().lower(), content[:5000])
    return metas


def _title(parser: LexborHTMLParser, metas: dict[str, str]) -> str:
    if metas.get("og:title", "").strip():
        return squeezed(metas["og:title"])[:500]
    for selector in ("h1", "title"):
        node = parser.css_first(selector)
        text = squeezed("".join(_texts(node))) if node is not None else ""
        if text:
            return text[:500]
    return ""


def _texts(node: LexborNode) -> Iterator[str]:
    for position, part in enumerate(node.traverse(include_text=True)):
        if position > 500:
            return
        if part.tag == "-text":
            yield part.text(deep=False)


def _published(parser: LexborHTMLParser, metas: dict[str, str]) -> Published | None:
    written = [metas[name] for name in _DATE_METAS if name in metas]
    written += _linked_data(parser)
    times = parser.css("time[itemprop=datePublished], time[pubdate], article time[datetime], time[datetime]")[
        :1
    ]
    written += [time.attributes.get("datetime") or "" for time in times]
    for text in written:
        published = parse_day(text)
        if published is not None:
            return published
    return None


def _linked_data(parser: LexborHTMLParser) -> list[str]:
    found: list[str] = []
    for node in parser.css('script[type="application/ld+json"]')[:10]:
        text = node.text(deep=True)
        if len(text) > _MAX_JSON:
            continue
        try:
            data: object = json.loads(text)
        except (ValueError, RecursionError):
            continue
        waiting: list[object] = [data]
        while waiting:
            item = waiting.pop()
            if isinstance(item, dict):
                for key, value in item.items():  # pyright: ignore[reportUnknownVariableType]  # any JSON
                    if key == "datePublished" and isinstance(value, str):
                        found.append(value)
                    elif isinstance(value, dict | list):
                        waiting.append(value)  # pyright: ignore[reportUnknownArgumentType]  # any JSON
            elif isinstance(item, list):
                waiting.extend(item)  # pyright: ignore[reportUnknownArgumentType]  # any JSON
    return found


def _companies(metas: dict[str, str]) -> tuple[str, ...]:
    named = [token.upper() for name in _TICKER_METAS for token in re.split(r"[,;\s]+", metas.get(name, ""))]
    found = [token.rpartition(":")[2] for token in named if _TICKER.fullmatch(token.rpartition(":")[2])]
    for name in ("keywords", "news_keywords"):
        found += [(match[1] or match[2]).upper() for match in _LISTED.finditer(metas.get(name, ""))]
    return tuple(dict.fromkeys(found))
