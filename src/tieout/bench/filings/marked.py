"""A filing's page as HTML with each tagged number between marks, and what ingest reads of the tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from lxml import etree

from tieout.core.errors import ParseError
from tieout.core.quantity import COUNT, RATIO, Decimals, Unit
from tieout.ingest.contexts import Context
from tieout.ingest.gathered import Gathered, stated
from tieout.ingest.inline import INLINE, Pages, is_inline, value
from tieout.ingest.xml import Element, root

OPEN, CLOSE = 0xF0000, "\ue000"
"""Marks of private use: the first for tag 0, the one after it for tag 1; the same one closes them all."""
MAX_TAGS = 60_000
"""As many as there are marks; long annual reports have five thousand."""
_BLOCKS = frozenset({
    "html", "head", "body", "p", "div", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "ul", "ol",
    "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr", "blockquote", "caption", "script", "style",
})  # fmt: skip
"""What makes blocks of a text; the other elements are left out and their text kept."""
_VOID = frozenset({"br", "hr"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADERS = tuple(f"{space}header" for space in INLINE)
_NUMBERS = tuple(f"{space}nonFraction" for space in INLINE)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tagged number: its concept, the ids of its context and unit, its scale as written.

    `value` is in full units, signed; None where the tag is nil or its text no number.
    """

    name: str
    context: str
    unit: str
    scale: str
    value: Decimal | None
    decimals: Decimals


@dataclass(frozen=True, slots=True)
class Inline:
    """A page: its text as HTML with tag N between marks, the tags, and what the cover says (by concept).

    `cover_context` is the one of the document's type: the year so far. `units` are as tieout names them.
    """

    markup: str
    tags: tuple[Tag, ...]
    contexts: Mapping[str, Context]
    units: Mapping[str, Unit]
    cover: Mapping[str, str]
    cover_context: str


def parse(data: bytes, name: str) -> Inline:
    """The page read. Raises ParseError where it is no XML, holds no inline XBRL, or declares entities."""
    page = root(data, name)
    if not is_inline(page):
        raise ParseError(f"{name} holds no inline XBRL", fix="take the filing's main document")
    gathered = Gathered()
    pages = Pages(gathered)
    pages.take(page, name)
    pages.finish()
    elements = list(page.iter(*_NUMBERS))
    if len(elements) > MAX_TAGS:
        raise ParseError(f"{name} tags more than {MAX_TAGS} numbers", fix="leave it out")
    cover = {each.name: each.text for each in reversed(gathered.said)}
    kinds = [each.context for each in gathered.said if each.name == "DocumentType"]
    return Inline(
        "".join(_markup(page, {element: number for number, element in enumerate(elements)})),
        tuple(_tag(element, gathered) for element in elements),
        {key: each for key, each in gathered.contexts.items() if isinstance(each, Context)},
        {key: unit_name(each) for key, each in gathered.units.items() if isinstance(each, str)},
        cover,
        kinds[0] if kinds else "",
    )


def unit_name(filed: str) -> Unit:
    """The unit as tieout names it: currency, currency/share, ratio, shares; count for all else."""
    over, _, under = filed.partition("/")
    money = re.fullmatch("[A-Z]{3}", over) is not None
    if under:
        return f"{over}/share" if money and under == "shares" else filed
    return over if money else {"pure": RATIO, "shares": "shares"}.get(filed, COUNT)


def _tag(element: Element, gathered: Gathered) -> Tag:
    worth = value(element)
    number = None if isinstance(worth, str) else worth
    return Tag(
        gathered.names.read(element.get("name", ""), element.nsmap),
        element.get("contextRef", ""),
        element.get("unitRef", ""),
        element.get("scale", ""),
        number,
        stated(element, number or Decimal(0)),
    )


def _markup(page: Element, numbers: Mapping[Element, int]) -> Iterator[str]:
    """The page as pieces of HTML, without its header; elements come and go without recursion."""
    walk = etree.iterwalk(page, events=("start", "end"))
    for event, element in walk:
        local = etree.QName(element).localname
        if event == "start" and element.tag in _HEADERS:
            walk.skip_subtree()
        elif event == "start":
            yield from _begin(element, local, numbers.get(element))
        else:
            if element in numbers:
                yield CLOSE
            elif local in _BLOCKS and local not in _VOID:
                yield f"</{local}>"
            yield _escaped(element.tail)


def _begin(element: Element, local: str, number: int | None) -> Iterator[str]:
    if number is not None:
        yield chr(OPEN + number)
    elif local in _BLOCKS:
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None
        span = element.get("colspan", "")
        wide = f' colspan="{span}"' if span.isdecimal() else ""
        yield f"<{local}{wide}{' hidden' if hidden else ''}>"
    yield _escaped(element.text)


def _escaped(text: str | None) -> str:
    """The text as HTML, without characters of private use, which could pass for marks."""
    kept = text or ""
    if not kept.isascii():
        kept = "".join(c for c in kept if not ("\ue000" <= c <= "\uf8ff" or ord(c) >= OPEN))
    return escape(kept, quote=False)
