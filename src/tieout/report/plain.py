"""Text from outside made safe to print."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2013": "-",
    "\u2014": "--",
    "\u2011": "-",
    "\u2010": "-",
    "\u2212": "-",
    "\u2026": "...",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\u00d7": "x",
    "\u00b1": "+/-",
    "\u2022": "*",
    "\u00b7": "-",
    "\u2192": "->",
    "\u00a2": "c",
}
_UNSAFE = re.compile(r"[^\S\n ]|[^\w\s!-~]")
"""Candidates only: whitespace but space and newline, and whatever is no letter, digit or ASCII sign."""


def plain(text: str, encoding: str = "utf-8") -> str:
    """The text without anything a terminal would obey: controls are spelled out, invisible marks dropped.

    Newlines stay, other whitespace becomes a space, and what `encoding` cannot carry becomes its
    nearest ASCII, or a question mark.
    """
    safe = _UNSAFE.sub(lambda found: _spell(found[0]), text)
    return encodable(safe, encoding)


def encodable(text: str, encoding: str) -> str:
    """The text in what `encoding` can carry."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        nearest = "".join(_LETTERS.get(letter, letter) for letter in text)
        return nearest.encode(encoding, "replace").decode(encoding)
    return text


def _spell(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Cf":
        return ""
    if letter.isspace() and letter not in "\x1c\x1d\x1e\x1f\x85":
        return " "
    if kind in ("Cc", "Cs", "Co", "Cn"):
        return f"\\x{ord(letter):02x}" if ord(letter) < 0x100 else f"\\u{ord(letter):04x}"
    return letter
