"""Prefixed names, by what their prefix stands for: "us-gaap" is the FASB's taxonomy under any prefix."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tieout.core.filed import OWN

Namespaces = Mapping[str | None, str]

_STANDARD = re.compile(
    r"https?://(?:fasb\.org|xbrl\.us|xbrl\.sec\.gov|xbrl\.fasb\.org)/(?P<name>[a-z][a-z-]*)/[0-9][0-9q-]*"
    r"|https?://xbrl\.ifrs\.org/taxonomy/[0-9-]+/(?P<ifrs>ifrs-[a-z]+)"
)
_RESERVED = frozenset({"us-gaap", "dei", "srt", "ifrs-full", "ecd", OWN})
"""Prefixes that mean one taxonomy everywhere; a filer who binds one to another would pass for it."""


@dataclass(frozen=True, slots=True)
class Names:
    """Reads prefixed names of one document; the answers are kept, as names come by the thousand."""

    _kept: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])

    def read(self, name: str, spaces: Namespaces) -> str:
        """The name under its taxonomy's usual prefix; "" where the prefix stands for nothing, or pretends."""
        prefix, colon, local = name.strip().partition(":")
        if not colon or not local:
            return ""
        uri = spaces.get(prefix, "")
        taxonomy = self._kept.get((prefix, uri))
        if taxonomy is None:
            taxonomy = self._kept[prefix, uri] = _taxonomy(prefix, uri)
        return f"{taxonomy}:{local}" if taxonomy else ""


def _taxonomy(prefix: str, uri: str) -> str:
    standard = _STANDARD.fullmatch(uri)
    if standard is not None:
        return standard.group("name") or standard.group("ifrs")
    return "" if not uri or prefix in _RESERVED else prefix
