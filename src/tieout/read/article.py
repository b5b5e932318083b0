"""Bytes or text to an article: decoded, its kind found out, its blocks, title, date and companies."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from tieout.core.article import Article, Block, Published
from tieout.core.errors import ParseError
from tieout.read import html, markdown, plain
from tieout.read.dates import parse_day
from tieout.read.extracted import Extracted

Kind = Literal["auto", "text", "markdown", "html"]

MAX_BYTES = 2 * 1024 * 1024
"""An article is text one can read; more is a mistake or an attack."""

_BINARY: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a Word or ZIP file"), (b"\x89PNG", "an image"),
    (b"GIF8", "an image"), (b"\xff\xd8\xff", "an image"), (b"\x1f\x8b", "a compressed file"),
    (b"\xd0\xcf\x11\xe0", "an Office file"), (b"{\\rtf", "an RTF file"),
)  # fmt: skip
_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_KNOWN_CHARSET = re.compile(
    r"(?:iso-?8859|windows-?125|cp125|latin|us-ascii|ascii|shift_?jis|sjis|euc-|gb|big5|koi8|mac)",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\s*(?:<!--[^>]{0,500}-->\s*|<\?xml[^>]{0,200}\?>\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(r"</(?:p|div|article|h[1-6]|table|li|span)\s*>", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"^#{1,6} \S|^ {0,3}\|?[ ]*:?-{3,}:?[ ]*\|[ |:-]*$|\]\(https?://|\*\*[^*\n]{1,80}\*\*", re.MULTILINE
)
_MARKED = re.compile(r"^#{1,6} \S", re.MULTILINE)
_FRONT_LINE = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]*(.*)")
_FRONT_ITEM = re.compile(r"[ \t]*-[ \t]+(\S.*)")
_FRONT_LINES = 60
_FOREIGN_NOTE = "Decoded as Windows-1252, since the bytes are not UTF-8."


@dataclass(frozen=True, slots=True)
class _Front:
    title: str = ""
    published: Published | None = None
    companies: tuple[str, ...] = ()


def load(data: bytes, *, name: str = "", kind: Kind = "auto") -> Article:
    """The article in a file's bytes; `name` helps to tell its kind.

    Raises ParseError for what is no text (PDF, Word, images), is empty or exceeds MAX_BYTES.
    """
    if len(data) > MAX_BYTES:
        raise ParseError(f"The file holds {len(data)} bytes, more than {MAX_BYTES}.",
                         fix="Check one article at a time, as text.", name=name)  # fmt: skip
    text, notes = _decoded(data, name)
    return _article(text, _kind(text, name, kind), notes)


def from_text(text: str, kind: Kind = "auto") -> Article:
    """The article in a text. Raises ParseError where it is empty, too long or a page without words."""
    if len(text) > MAX_BYTES:
        raise ParseError(f"The text holds {len(text)} characters, more than {MAX_BYTES}.",
                         fix="Check one article at a time.")  # fmt: skip
    if "\x00" in text:
        raise ParseError(
            "This is no text: it holds NUL characters.", fix="Save the article as text, Markdown or HTML."
        )
    return _article(text.removeprefix("\ufeff"), _kind(text, "", kind), ())


# Decoding ------------------------------------------------------------------------------------------


def _decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            if "\x00" in text:
                raise _no_text("a binary file", name)
            return text, (("Some bytes could not be decoded.",) if "\ufffd" in text else ())
    for magic, what in _BINARY:
        if data.lstrip(b" \t\r\n")[: len(magic)] == magic:
            raise _no_text(what, name)
    if b"\x00" in data:
        raise _no_text("a binary file", name)
    charset = _CHARSET.search(data, 0, 4096)
    declared = charset[1].decode("ascii") if charset else ""
    if declared and _KNOWN_CHARSET.match(declared):
        try:
            return data.decode(declared), ()
        except (LookupError, UnicodeDecodeError):
            pass  # a page may say what it likes of itself; the bytes decide below
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), (_FOREIGN_NOTE,)


def _no_text(what: str, name: str) -> ParseError:
    return ParseError(
        f"this is {what}, not a text", fix="save the article as text, Markdown or HTML", name=name
    )


def _kind(text: str, name: str, kind: Kind) -> Kind:
    if kind != "auto":
        return kind
    ending = name.lower().rpartition(".")[2] if "." in name else ""
    start = text[:20_000]
    if ending in ("html", "htm", "xhtml", "mhtml") or _PAGE.match(start):
        return "html"
    if ending in ("md", "markdown", "mdown"):
        return "markdown"
    if ending in ("txt", "text"):
        return "text"
    if start.lstrip().startswith("<") and len(_FRAGMENT.findall(start)) >= 2:
        return "html"
    return "markdown" if _MARKED.search(start) or len(_MARKDOWN.findall(start)) > 1 else "text"


# Building ------------------------------------------------------------------------------------------


def _article(text: str, kind: Kind, notes: tuple[str, ...]) -> Article:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if kind == "html":
        return _page(text, notes)
    front, text = _front_matter(text)
    if kind == "markdown" and markdown.parsable(text):
        return _extracted(markdown.extract(text), front, notes)
    blocks, title, published = plain.blocks_of(text)
    return _checked(text, blocks, front, title, published, notes)


def _page(markup: str, notes: tuple[str, ...]) -> Article:
    page = html.extract(markup)
    front = _Front(page.title, page.published, page.companies)
    return _extracted(page.out, front, notes)


def _extracted(out: Extracted, front: _Front, notes: tuple[str, ...]) -> Article:
    """An article from extracted blocks; those that only date it are no blocks any more."""
    published, dated = plain.datelines(out.parts)
    blocks: list[Block] = []
    for index, block in enumerate(out.blocks):
        rest = dated.get(index, 0)
        if block.kind == "table_row" or rest == 0:
            blocks.append(block)
        elif rest > 0:
            span = type(block.span)(block.span.start + rest, block.span.end)
            blocks.append(Block(block.kind, span))
    titles = [block for block in blocks if block.kind == "title"] or [
        b for b in blocks[:1] if b.kind == "heading"
    ]
    title = out.text[titles[0].span.start : titles[0].span.end] if titles else ""
    return _checked(out.text, blocks, front, title, published, notes)


def _checked(
    text: str,
    blocks: list[Block],
    front: _Front,
    title: str,
    published: Published | None,
    notes: tuple[str, ...],
) -> Article:
    if not blocks:
        raise ParseError("there is nothing to read", fix="give the article's text")
    return Article(
        text, tuple(blocks), front.title or title, front.published or published, front.companies, notes
    )


def _front_matter(text: str) -> tuple[_Front, str]:
    """What flat front matter says, and the text behind it."""
    if not text.startswith("---\n"):
        return _Front(), text
    lines = text[: 16 * 1024].split("\n", _FRONT_LINES)
    closing = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), 0)
    fields: dict[str, list[str]] = {}
    key = ""
    for line in lines[1:closing]:
        entry, item = _FRONT_LINE.fullmatch(line), _FRONT_ITEM.fullmatch(line)
        if entry:
            key = entry[1].strip().lower()
            fields[key] = [entry[2].strip()]
        elif item and key:
            fields[key].append(item[1].strip())
    if not fields:
        return _Front(), text
    rest = text[sum(len(line) + 1 for line in lines[: closing + 1]) :]
    dates = [value for name in ("published", "date", "published_at") for value in fields.get(name, ())]
    published = next((day for value in dates if (day := parse_day(_bare(value))) is not None), None)
    companies = [
        _bare(part)
        for name in ("ticker", "tickers", "company", "companies")
        for value in fields.get(name, ())
        for part in value.strip("[]").split(",")
    ]
    title = _bare(" ".join(fields.get("title", ())))
    return _Front(title, published, tuple(dict.fromkeys(filter(None, companies)))), rest


def _bare(value: str) -> str:
    return value.strip().strip("\"'").strip()


# Language ------------------------------------------------------------------------------------------

_FUNCTION_WORDS = frozenset({
    "the", "of", "and", "to", "is", "for", "with", "that", "by", "from", "its", "as", "are", "has", "this",
    "at", "be", "it", "or", "which", "more", "than", "were", "not", "will", "an", "in", "on", "a", "up",
    "but", "have", "had", "been", "their", "they", "would", "could", "over", "after", "about", "into",
    "while", "also",
})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_FEW_WORDS = 25
_SHARE = 0.12


def english(text: str) -> bool:
    """Whether a text reads as English, by its share of function words; under 25 words always."""
    words = _WORD.findall(text[:40_000].lower())
    if len(words) < _FEW_WORDS:
        return sum(len(word) for word in words if word > "\u0250") * 2 <= sum(map(len, words))
    return sum(word in _FUNCTION_WORDS for word in words) >= _SHARE * len(words)
