"""The English of financial news, as data: cues, qualifiers and word lists from english.toml, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any, cast

_DATA: Mapping[str, Mapping[str, list[str]]] = cast(
    "Any", tomllib.loads(resources.files("tieout.read").joinpath("english.toml").read_text(encoding="utf-8"))
)

TAGS: Mapping[str, list[str]] = _DATA["tags"]
"""Qualifiers and the names they go by."""

CUES: Mapping[str, list[str]] = _DATA["cues"]
"""Cues and the words that give them; a word may give several."""


def words(name: str) -> frozenset[str]:
    """The word list of that name."""
    return frozenset(_DATA["lists"][name])
