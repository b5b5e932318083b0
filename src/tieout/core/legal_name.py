"""A registrant's name without its legal form, in the case people write."""

from __future__ import annotations

import re

_STATE = re.compile(r"\s*[/\\][A-Za-z .]{2,12}[/\\]?$")
_LEGAL = re.compile(
    r",?\s+(?:inc|incorporated|corp|corporation|co|company|companies|ltd|limited|llc|l\.?l\.?c|plc|p\.?l\.?c|"
    r"n\.?v|s\.?a|s\.?e|ag|lp|l\.?p|the|&\s*co)\.?$",
    re.IGNORECASE,
)
_SHORTEST = 3
_ACRONYM = 5
"""A word in capitals of no more letters may be one."""


def plain(name: str) -> str:
    """The name without state and legal form: "HOME DEPOT, INC." is Home Depot."""
    base = stateless(name)
    while len(shorter := _LEGAL.sub("", base)) >= _SHORTEST and shorter != base:
        base = shorter
    return cased(base.removeprefix("The ").removeprefix("THE ").strip(" ,"))


def legal_form(name: str) -> str:
    """The legal form at the end of a name, in lower case; blank for none."""
    found = _LEGAL.search(stateless(name))
    return found[0].strip(" ,.").lower() if found else ""


def stateless(name: str) -> str:
    """The name without the state that EDGAR tells some apart by: "APPLIED MATERIALS INC /DE"."""
    return _STATE.sub("", " ".join(name.split()))


def cased(name: str) -> str:
    """A name that EDGAR shouts, as names are written; short words in capitals may be acronyms."""
    if not name.isupper():
        return name
    words = name.split()
    return " ".join(word if len(word) <= (_ACRONYM if len(words) == 1 else 3) else word.capitalize() for word in words)
