"""Inline XBRL: the numbers that a filing's pages tag, taken in as written, and what its cover says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from lxml import etree

from tieout.ingest.gathered import DEI, Gathered, Said, is_nil, whole
from tieout.ingest.transforms import MAX_TEXT, known, number
from tieout.ingest.xml import Element

INLINE = ("{http://www.xbrl.org/2013/inlineXBRL}", "{http://www.xbrl.org/2008/inlineXBRL}")
"""Inline XBRL 1.1 and 1.0."""
MAX_STEPS = 2_000
"""Elements looked at for the text of one fact; numbers and cover facts have a handful."""
MAX_LENGTH = 10 * MAX_TEXT
"""Characters of one after which no more are looked at."""
MAX_CHAIN = 50
"""Continuations followed for one cover fact."""
_TAGS = tuple(
    f"{space}{name}" for space in INLINE for name in ("nonFraction", "fraction", "nonNumeric", "continuation")
)
_EXCLUDE = tuple(f"{space}exclude" for space in INLINE)
_BRACKETS = re.compile(r"\(\s*(.*?)\s*\)", re.DOTALL)


def is_inline(root: Element) -> bool:
    """Whether a document holds inline XBRL at all."""
    return next(root.iter(*(f"{space}header" for space in INLINE), *_TAGS), None) is not None


@dataclass(slots=True)
class Pages:
    """Takes in the pages of one filing, one after the other; a cover fact may go on in a later page."""

    into: Gathered
    _begun: list[tuple[str, str, str, str]] = field(default_factory=list[tuple[str, str, str, str]])
    _later: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])

    def take(self, root: Element, document: str) -> None:
        """The facts, contexts and units of one page."""
        self.into.resources(root)
        for element in root.iter(*_TAGS):
            self.into.count(document)
            match etree.QName(element).localname:
                case "nonFraction":
                    self._number(element, document)
                case "fraction":
                    self.into.number(element, "", "given as fractions", document)
                case "continuation":
                    self._later[element.get("id", "")] = (_text(element), element.get("continuedAt", ""))
                case _:
                    self._words(element)

    def finish(self) -> None:
        """The cover facts, with what continues them, once all pages are in."""
        for name, context, text, following in self._begun:
            parts = [text]
            at = following
            while at in self._later and len(parts) < MAX_CHAIN:
                more, at = self._later[at]
                parts.append(more)
            self.into.said.append(Said(name, context, " ".join("".join(parts).split())))

    def _number(self, element: Element, document: str) -> None:
        name = self.into.names.read(element.get("name", ""), element.nsmap)
        worth = "under a prefix that is undeclared, or another taxonomy's" if not name else value(element)
        self.into.number(element, name, worth, document)

    def _words(self, element: Element) -> None:
        name = self.into.names.read(element.get("name", ""), element.nsmap)
        if name.startswith(DEI) and not is_nil(element) and not element.get("target"):
            form = element.get("format", "").rpartition(":")[2]
            text = _FIXED.get(form.replace("-", "")) or _text(element)
            context, following = element.get("contextRef", ""), element.get("continuedAt", "")
            self._begun.append((name.removeprefix(DEI), context, text, following))


_FIXED = {"fixedtrue": "true", "booleantrue": "true", "fixedfalse": "false", "booleanfalse": "false"}
"""Formats that say what a tick box means, whatever its sign."""


def value(element: Element) -> Decimal | str:
    """The tag's value in full units, signed; else why it has none."""
    if element.get("target"):
        return "meant for another report than the filing's own"
    if is_nil(element):
        return "reported as nil"
    form = element.get("format", "").rpartition(":")[2]
    if not known(form):
        return f"in the format {form[:40]}, which makes no number"
    shift, sign = whole(element.get("scale", "0")), element.get("sign", "")
    if shift is None or sign not in ("", "-"):
        return "with a scale or sign that is none"
    text = _text(element)
    bracketed = _BRACKETS.fullmatch(text.strip()) if sign else None
    # Brackets only repeat the sign; without it they are a text that no format allows.
    magnitude = number(bracketed.group(1) if bracketed else text, form)
    if magnitude is None:
        return "whose text is not what its format allows"
    worth = magnitude.scaleb(shift)
    return -worth if sign and worth else worth


def _text(element: Element) -> str:
    """The element's text without what is excluded, as far as it may matter: a fact's is short."""
    if not len(element):
        return element.text or ""
    text = ""
    walk = etree.iterwalk(element, events=("start", "end"))
    for step, (event, each) in enumerate(walk):
        if step == MAX_STEPS or len(text) > MAX_LENGTH:
            break
        if event == "end":
            text += (each.tail or "") if each is not element else ""
        elif each.tag in _EXCLUDE:
            walk.skip_subtree()
        else:
            text += each.text or ""
    return text
