"""Plain XBRL, as filed beside the page before inline XBRL and as the SEC extracts from it."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from tieout.ingest.contexts import XBRLI
from tieout.ingest.gathered import DEI, Gathered, Said, is_nil
from tieout.ingest.transforms import MAX_TEXT, plain
from tieout.ingest.xml import Element


def is_instance(root: Element) -> bool:
    """Whether a document is an XBRL instance."""
    return root.tag == f"{XBRLI}xbrl"


def take(root: Element, document: str, into: Gathered) -> None:
    """The facts, contexts and units of an instance."""
    into.resources(root)
    for element in root:
        if not element.get("contextRef"):
            continue
        into.count(document)
        tag = etree.QName(element)
        name = into.names.read(f"{element.prefix}:{tag.localname}", element.nsmap)
        text = (element.text or "").strip()
        if element.get("unitRef"):
            into.number(element, name, _value(element, name, text), document)
        elif name.startswith(DEI) and not is_nil(element):
            context = element.get("contextRef", "")
            into.said.append(Said(name.removeprefix(DEI), context, " ".join(text[: 10 * MAX_TEXT].split())))


def _value(element: Element, name: str, text: str) -> Decimal | str:
    if not name:
        return "under a prefix that is undeclared, or another taxonomy's"
    if is_nil(element):
        return "reported as nil"
    found = plain(text.lstrip("+-")) if len(text) <= MAX_TEXT else None
    if found is None:
        return "whose text is no number"
    return -found if text.startswith("-") and found else found
