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
_MOSTLY = 3
"""A name shouts where not even a third of its letters is small."""


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


def cased(name: str, *, acronyms: bool = True) -> str:
    """A name that EDGAR shouts, as names are written; short words in capitals may be acronyms, and stay."""
    letters = [letter for letter in name if letter.isalpha()]
    if sum(letter.islower() for letter in letters) * _MOSTLY > len(letters):
        return name
    longest = (_ACRONYM if " " not in name else 3) if acronyms else 1

    def told(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) <= longest or not word.isupper():
            return f"Mc{word[2:].capitalize()}" if word.startswith("Mc") else word
        return word.capitalize()

    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", told, name)
