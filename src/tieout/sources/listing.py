"""A filing's index page: its documents, each with its type, and which of them hold inline XBRL."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

from tieout.core.errors import ParseError


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of a filing: file name, type ("10-Q", "EX-99.1"), description, whether it is inline."""

    name: str
    type: str
    description: str
    inline: bool


def listed(page: bytes, url: str) -> tuple[Listed, ...]:
    """The documents that a filing's index page (ACCESSION-index.html) lists, in its order.

    Raises ParseError where it lists none.
    """
    reader = _Tables()
    reader.feed(page.decode("utf-8", "replace"))
    reader.close()
    found = tuple(row for row in map(_row, reader.rows) if row is not None)
    if not found:
        raise ParseError(f"no list of documents: {url}", url=url, fix="Open the address; try again later.")
    return found


def _row(cells: list[tuple[str, str]]) -> Listed | None:
    """A row of "Seq, Description, Document, Type, Size"; None for a head or another table's row."""
    if len(cells) != 5:
        return None
    (_, _), (description, _), (_, link), (kind, _), _ = cells
    split = urlsplit(link)
    inline = parse_qs(split.query).get("doc", [""])[0]
    name = (inline or split.path).rpartition("/")[2]
    return Listed(name, kind.strip(), description.strip(), bool(inline)) if name else None


class _Tables(HTMLParser):
    """The cells of every row, each its text and the last address it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, str]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row, a cell or a link begins."""
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append(("", ""))
            self._inside = True
        elif tag == "a" and self._inside:
            text, _ = self.rows[-1][-1]
            self.rows[-1][-1] = (text, dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        """A cell ends."""
        self._inside = self._inside and tag not in ("td", "th", "tr")

    def handle_data(self, data: str) -> None:
        """Text, of a cell if one is open."""
        if self._inside:
            text, link = self.rows[-1][-1]
            self.rows[-1][-1] = (text + data, link)
