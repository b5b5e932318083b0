"""HTML from small pieces: whatever is not markup already is escaped on its way in.

A template library would bring its own language, loader and settings for two pages; this is a type and
three functions, and forgetting to escape takes effort.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

_VOID = frozenset({"meta", "input", "br"})
_ODD = re.compile(r"[^\n\w\s!-~]|[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""Candidates for what no page should hold; ordinary text has none."""
_LINKABLE = re.compile(r"https?://[^\s<>\"'`{}|\\^]+", re.IGNORECASE)


class Html(str):
    """Text that is markup already, and is not escaped again."""

    __slots__ = ()


def tag(element: str, /, *inside: str, **attributes: str | bool) -> Html:
    """An element; an attribute that is False is left out, one that is True has no value.

    Write `class_` for class, and `aria_label` for aria-label.
    """
    told = "".join(_attribute(key, given) for key, given in attributes.items() if given is not False)
    if element in _VOID:
        return Html(f"<{element}{told}>")
    return Html(f"<{element}{told}>{join(inside)}</{element}>")


def join(parts: Iterable[str], between: str = "") -> Html:
    """The parts as markup, each escaped unless it is markup."""
    return Html(markup(between).join(map(markup, parts)))


def markup(text: str) -> Html:
    """The text as markup: escaped, and without what `clean` drops."""
    return text if isinstance(text, Html) else Html(escape(clean(text)))


def clean(text: str) -> str:
    """The text without control characters, lone surrogates and marks that turn its direction.

    White space other than a newline becomes a space.
    """
    return _ODD.sub(_replaced, text)


def link(label: str, url: str | None, **attributes: str | bool) -> Html:
    """A link, where the address is a whole one of the web; else the label alone."""
    if url is None or not linkable(url):
        return markup(label)
    return tag("a", label, href=url, rel="noreferrer", **attributes)


def linkable(url: str) -> bool:
    """Whether an address may become a link: http or https, with a host, and nothing odd in it."""
    if not _LINKABLE.fullmatch(url) or clean(url) != url:
        return False
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _attribute(key: str, given: str | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if given is True else f' {name}="{markup(str(given))}"'


def _replaced(found: re.Match[str]) -> str:
    letter = found[0]
    if letter in "\t\r\v\f":
        return " "
    return "" if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") else letter
