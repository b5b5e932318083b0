"""Inline XBRL: a page's tags, contexts and units, and its text with each tagged number between marks.

Read with the standard library's expat: inline XBRL is XML, which an HTML parser would mend wrongly where an
empty tag closes itself. No entity is ever declared, so none expands, and nothing outside is fetched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from xml.parsers import expat

from tieout.bench.filings.resources import Context, Resources, Unit
from tieout.core.errors import ParseError

OPEN, CLOSE = 0xF0000, "\ue000"
"""Marks of private use: the first for tag 0, the one after it for tag 1; the same one closes them all."""
MAX_TAGS = 60_000
"""As many as there are marks; long annual reports have five thousand."""
MAX_DEPTH = 3_000
_INLINE = re.compile(r"http://www\.xbrl\.org/20\d\d/inlineXBRL")
_BLOCKS = frozenset({
    "html", "head", "body", "p", "div", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "ul", "ol",
    "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "blockquote", "caption", "script", "style",
})  # fmt: skip
"""What makes blocks of a text; the other elements are left out and their text kept."""
_TAGS = frozenset({"nonFraction", "nonNumeric"})
_VOID = frozenset({"br", "hr"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tagged number as written: its concept, and what scale, sign and format say of the digits."""

    name: str
    context: str
    unit: str
    text: str
    scale: str = ""
    sign: str = ""
    format: str = ""
    decimals: str = ""
    nil: bool = False


@dataclass(frozen=True, slots=True)
class Inline:
    """A page: its text as HTML with tag N between marks, the tags, and what the cover says (by concept).

    `cover_context` is the one of the document's type: the year so far.
    """

    markup: str
    tags: tuple[Tag, ...]
    contexts: Mapping[str, Context]
    units: Mapping[str, Unit]
    cover: Mapping[str, str]
    cover_context: str


def parse(data: bytes, name: str) -> Inline:
    """The page read. Raises ParseError where it is no XML, holds no inline XBRL, or declares entities."""
    page = _Page(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = page.start
    parser.EndElementHandler = page.end
    parser.CharacterDataHandler = page.data
    parser.EntityDeclHandler = page.refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ParseError(f"{name} is no XML: {error}", fix="inline XBRL is well-formed XHTML") from error
    if not page.inline:
        raise ParseError(f"{name} holds no inline XBRL", fix="take the filing's main document")
    return page.read()


@dataclass(slots=True)
class _Open:
    """A tag that has begun: its place among the numbers (-1: none), its attributes, its text if wanted."""

    number: int
    attributes: dict[str, str]
    text: list[str] | None


@dataclass(slots=True)
class _Page:
    """One pass over the page; `inside` counts the open elements that decide where text goes."""

    name: str
    inline: bool = False
    depth: int = 0
    inside: Counter[str] = field(default_factory=Counter[str])
    markup: list[str] = field(default_factory=list[str])
    tags: list[Tag] = field(default_factory=list[Tag])
    open: list[_Open] = field(default_factory=list[_Open])
    cover: dict[str, str] = field(default_factory=dict[str, str])
    cover_context: str = ""
    resources: Resources = field(default_factory=Resources)

    def refuse(self, *_: object) -> None:
        raise ParseError(f"{self.name} declares entities", fix="filings need none; leave it out")

    def read(self) -> Inline:
        found = self.resources
        return Inline(
            "".join(self.markup),
            tuple(self.tags),
            found.contexts,
            found.units,
            self.cover,
            self.cover_context,
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ParseError(f"{self.name} nests more than {MAX_DEPTH} elements deep", fix="leave it out")
        if _INLINE.fullmatch(space):
            self.inline = True
            self.inside[local] += 1
            if local in _TAGS:
                self._begin(local, attributes)
        elif self.inside["resources"]:
            self.resources.start(local, attributes)
        elif not self.inside["header"]:
            self._begin_html(local, attributes)

    def end(self, name: str) -> None:
        space, _, local = name.rpartition(" ")
        self.depth -= 1
        if _INLINE.fullmatch(space):
            self.inside[local] -= 1
            if local in _TAGS:
                self._finish(self.open.pop())
        elif self.inside["resources"]:
            self.resources.end(local)
        elif not self.inside["header"] and local in _BLOCKS and local not in _VOID:
            self.markup.append(f"</{local}>")

    def data(self, text: str) -> None:
        for each in self.open:
            if each.text is not None:
                each.text.append(text)
        if self.inside["resources"]:
            self.resources.data(text)
        elif not self.inside["header"]:
            self.markup.append(escape(_unmarked(text), quote=False))

    def _begin_html(self, local: str, attributes: dict[str, str]) -> None:
        hidden = "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None
        if local not in _BLOCKS:
            return
        span = attributes.get("colspan", "")
        wide = f' colspan="{span}"' if span.isdecimal() else ""
        self.markup.append(f"<{local}{wide}{' hidden' if hidden else ''}>")

    def _begin(self, local: str, attributes: dict[str, str]) -> None:
        if local == "nonNumeric":
            wanted = attributes.get("name", "").startswith("dei:")
            self.open.append(_Open(-1, attributes, [] if wanted else None))
            return
        number = len(self.tags)
        if number == MAX_TAGS:
            raise ParseError(f"{self.name} tags more than {MAX_TAGS} numbers", fix="leave it out")
        told = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        tag = Tag(
            told.get("name", ""),
            told.get("contextRef", ""),
            told.get("unitRef", ""),
            "",
            told.get("scale", ""),
            told.get("sign", ""),
            told.get("format", "").rpartition(":")[2],
            told.get("decimals", ""),
            told.get("nil", "") in ("true", "1"),
        )
        self.tags.append(tag)
        self.open.append(_Open(number, attributes, []))
        if not self.inside["header"]:
            self.markup.append(chr(OPEN + number))

    def _finish(self, done: _Open) -> None:
        text = "".join(done.text or ()).strip()
        if done.number < 0:
            if done.text is not None:
                self.cover.setdefault(done.attributes["name"], text)
            if done.attributes.get("name") == "dei:DocumentType":
                self.cover_context = done.attributes.get("contextRef", "")
            return
        self.tags[done.number] = replace(self.tags[done.number], text=text)
        if not self.inside["header"]:
            self.markup.append(CLOSE)


def _unmarked(text: str) -> str:
    """The text without characters of private use, which could pass for marks."""
    return (
        text
        if text.isascii()
        else "".join(c for c in text if not ("\ue000" <= c <= "\uf8ff" or ord(c) >= OPEN))
    )
