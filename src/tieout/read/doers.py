"""Who a clause says has or makes a number: "Steel Dynamics, its nearest rival, had sales of $4.6 billion"."""

from __future__ import annotations

import re

from tieout.core.article import Span
from tieout.read.scan import Scan
from tieout.read.wordlist import words

_HAS = re.compile(
    r"(?<![\w'’])(?:had|has|have|made|makes|posted|posts|reported|reports|saw|sees|earned|earns|booked|recorded|generated"
    r"|generates|produced|delivered|logged|contributed|managed|sold|lost|netted|enjoyed|registered|did|added|built|held|hold|carried|carry|trimmed|ordered|kept|accounted\s+for"
    r"|(?:grew|grows|raised|lifted|increased|expanded|boosted|doubled)"
    r"(?=\s+(?:its\s+|their\s+)?(?:sales|revenues?|profits?|earnings|orders|backlog|income|margins?)\b)"
    r"|(?:took|takes|brought|brings|turned|turns|pulled|pulls|raked|rakes)\s+in)\s"
)
"""Verbs that say of their subject that a number is its own."""

_ASIDE = re.compile(
    r",\s+(?:which|who|whose|where|an?|the|its|our|one|once|long|now|still|already|part|home|best|also|including"
    r"|maker|owner)\b[^;.:—]{1,140},\s*$"
    r"|,\s+(?:for\s+(?:(?:its|their)\s+(?:own\s+)?part|one)|(?:by|in)\s+(?:contrast|comparison)|in\s+(?:its\s+)?turn"
    r"|in\s+the\s+meantime|at\s+the\s+same\s+time|on\s+the\s+other\s+hand),\s*$"
    r"|\s*[(—–][^()—–;.]{1,140}[)—–]\s*$"
)
"""What is said of a name between two commas, dashes or brackets, up to the verb: ", which sells trucks, "."""
_OPENS = re.compile(
    r"[;:(—–]\s*|,\s+|(?:^|(?<=\s))(?:and|but|while|whereas|as|though|although|because|since|when|where|after|that"
    r"|if|than|so|with|yet|or)\s+"
)
"""Where a clause begins."""
_PARTED = re.compile(r"[;:—]|\b(?:and|but|while|as|because|after|which|that|whose)\b")
_IDLE = (
    words("safe")
    | words("links")
    | words("no_heads")
    | words("anaphors")
    | words("owners")
    | words("carrying")
)
_PRONOUNS = frozenset(["we", "you", "i", "they", "he", "she", "who", "there", "management", "executives"])
_WATCHERS = frozenset(
    [
        "investors",
        "shareholders",
        "readers",
        "observers",
        "watchers",
        "traders",
        "accountants",
        "bookkeepers",
        "bosses",
    ]
)
_WATCHING = ("saw", "sees", "recorded", "reported", "reports", "booked", "registered")
"""Who sees or writes down a number that is the company's: "Investors saw revenue of"."""
_MAKERS = ("maker", "ly", "ing", "ed")


def stranger_has(scan: Scan, number: Span) -> bool:
    """Whether the clause says that somebody or some part no pack knows has or makes the number."""
    who = _doer(scan, number)
    if who is None:
        return False
    known = [m.span for m in scan.mentions if m.value or m.kind in ("metric", "member")]
    known += [p.span for p in scan.periods] + [n.span for n in scan.numbers]
    if any(span.overlaps(who) for span in known):
        return False
    named = scan.words_in(who)
    first = scan.words[0].span.start
    if any(w.text[:1].isupper() and w.span.start != first and w.lower not in _IDLE for w in named):
        return True
    if (
        named
        and named[-1].lower in _WATCHERS
        and scan.text[who.end : number.start].lstrip().startswith(_WATCHING)
    ):
        return False
    return bool(named) and named[-1].lower not in _IDLE | _PRONOUNS and not named[-1].lower.endswith(_MAKERS)


def part_has(scan: Scan, number: Span) -> bool:
    """Whether the clause says that a part of a company has or makes the number."""
    who = _doer(scan, number)
    return who is not None and any(m.kind == "member" and who.encloses(m.span) for m in scan.mentions)


def _doer(scan: Scan, number: Span) -> Span | None:
    """The words that the last verb of having before a number has as its subject; None where there is none."""
    verb = next(reversed(list(_HAS.finditer(scan.text, scan.span.start, number.start))), None)
    if verb is None or _PARTED.search(scan.text, verb.end(), number.start):
        return None
    ahead = scan.text[scan.span.start : verb.start()].rstrip()
    aside = _ASIDE.search(ahead)
    ahead = ahead if aside is None else ahead[: aside.start()]
    start = max((m.end() for m in _OPENS.finditer(ahead)), default=0)
    return Span(scan.span.start + start, scan.span.start + len(ahead)) if start < len(ahead) else None
