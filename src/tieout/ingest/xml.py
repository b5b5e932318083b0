"""XML from strangers: bytes to a tree, without entities, without the network, within bounds."""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

from tieout.core.errors import ParseError

Element = etree._Element  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001 - lxml has no public name for it

MAX_BYTES = 64 * 1024 * 1024
"""The longest document read; the longest annual reports of banks come to half of that."""
MAX_PARTS = 4_000_000
"""Tags and attributes, each of two hundred bytes once parsed; real pages have 35,000 a megabyte."""
_ENCODINGS = ("", "ascii", "us-ascii", "utf-8", "iso-8859-1", "latin-1", "windows-1252")
"""In all of these markup is ASCII, so that a declaration of entities cannot hide."""
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([^\"'>]{1,40})[\"']")
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30};)")
_XML = (b"amp;", b"lt;", b"gt;", b"quot;", b"apos;")
_FIX = "fetch the document again; if it stays so, leave it out"


def root(data: bytes, name: str) -> Element:
    """The document's root element.

    HTML's named characters (`&nbsp;`) are known without a DTD. Raises ParseError where the bytes are no
    well-formed XML, too many, nested more than some two thousand deep, or declare entities.
    """
    if len(data) > MAX_BYTES:
        raise ParseError(f"{name} holds more than {MAX_BYTES} bytes", fix=_FIX, name=name)
    if not data.strip():
        raise ParseError(f"{name} is empty", fix=_FIX, name=name)
    if b"\0" in data:
        raise ParseError(f"{name} holds NUL bytes, as no text in an 8-bit encoding does", fix=_FIX, name=name)
    declared = _DECLARED.match(data)
    encoding = declared.group(1).decode("ascii", "replace").lower() if declared else ""
    if encoding not in _ENCODINGS:
        raise ParseError(f"{name} is in the encoding {encoding}, which no filing is", fix=_FIX, name=name)
    if b"<!ENTITY" in data:
        raise ParseError(f"{name} declares entities, as no filing needs to", fix=_FIX, name=name)
    if data.count(b"<") + data.count(b"=") > MAX_PARTS:
        raise ParseError(f"{name} holds more than {MAX_PARTS} tags and attributes", fix=_FIX, name=name)
    # Without entities nothing can grow, so the bounds that huge_tree lifts are those of length alone.
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(_NAMED.sub(_numbered, data), parser)
    except etree.XMLSyntaxError as error:
        raise ParseError(f"{name} is no well-formed XML: {error.msg}", fix=_FIX, name=name) from error


def _numbered(named: re.Match[bytes]) -> bytes:
    """A named character by its number, which needs no declaration; unchanged where HTML knows no such."""
    name = named.group(1)
    known = html5.get(name.decode("ascii"))
    if name in _XML or known is None:
        return named.group()
    return b"".join(b"&#%d;" % ord(character) for character in known)
