"""What stands for the measure told before: a pronoun, a company, a time, or nothing but the number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tieout.core.article import Span
from tieout.read.draft import Subject
from tieout.read.firm import ACTS, ANAPHORS, CARRYING, LINKS
from tieout.read.referred import OF_TWO, ends_with_it
from tieout.read.scan import Scan
from tieout.read.signs import names_time, sign_of
from tieout.read.strangers import OWNERS
from tieout.read.times import SINCE_THEN
from tieout.read.wordlist import words
from tieout.read.words import Word

_TIMES = frozenset(["half", "month", "period", "quarter", "year"])

SAYS = words("says")
"""Verbs by which a company gives a figure: "Dell reported $3.2 billion"."""

_ITSELF = re.compile(rf"\b[Tt]he\s+(?:{'|'.join(sorted(OWNERS - _TIMES))})\b")
"""Nouns that stand for the company."""

_TAKES_UP = re.compile(
    r"(?:,|:|\band|\bbut|\s[–—-])\s+(?:and\s+|but\s+)?"
    r"(?P<it>(?:it|(?:that|this|the)\s+(?:number|figure|same))\b)"
)
"""Where a clause begins that takes up what is spoken of."""

ENDS = frozenset(["finished", "ended", "closed", "exited", "began", "started", "entered"])
"""Verbs by which a company has so much of something on a date: "HPE finished the year with $3.2 billion"."""

_ASIDE = re.compile(
    r"\b(?:(?:By|In) (?:comparison|contrast)|For (?:comparison|context|reference)|Meanwhile|Elsewhere"
    r"|On the other(?: hand| side)?),?\s"
    r"|\b(?:we|you|I|one)\s+(?:count|get|see|find|have|has|read)s?\s",
    re.IGNORECASE,
)
"""Words that only set the sentence beside the one before, or say who reads the figure."""

PLACING = frozenset(["as", "at", "end", "for", "in", "of", "on", "over", "the", "with"])
"""Words that set a company beside the one before, and are no verbs: "For HPE, at the end of June"."""

_POSSESSIVE = ("'s", "’s")

ANSWERS = frozenset(
    ["by", "about", "roughly", "nearly", "almost", "some", "just", "a", "around", "over", "under"]
)
"""Words that an answer of a bare number may begin with."""

ANSWERING = frozenset(["at", "to", "with", "hit", "reached", "topped", "touched", "is", "was"])
"""Words before a number with which a company stands for its measure: "Dell came in at $3.2 billion"."""

ATTACHING = frozenset(
    ["at", "with", "coming", "landing", "standing", "sitting", "totaling", "totalling", "reaching"]
)
"""Words that give a number to the subject of the clause behind its comma."""


def stands_for(scan: Scan, lead: Span, told: Subject, *, asked: bool, at_a_date: bool) -> Span | None:
    """The words ahead of a number that stand for the measure told; None where they may say something else."""
    lead = _last_clause(scan, lead) if asked else lead
    companies = [m for m in scan.mentions if m.kind == "entity" and m.span.start < lead.end]
    times = [p for p in scan.periods if p.span.start < lead.end]
    itself = [Span(m.start(), m.end()) for m in _ITSELF.finditer(scan.text, lead.start, lead.end)]
    passed = [m.span for m in companies] + [p.span for p in times]
    passed += [m.span for m in scan.cues if {"up", "down", "yoy", "qoq"} & set(m.value.split())]
    passed += itself
    passed += [Span(m.start(), m.end()) for m in SINCE_THEN.finditer(scan.text, lead.start, lead.end)]
    passed += [Span(m.start(), m.end()) for m in _ASIDE.finditer(scan.text, lead.start, lead.end)]
    plain = [w for w in scan.words_in(lead) if not any(span.encloses(w.span) for span in passed)]
    if asked and _leads_to_pronoun(scan, lead):
        return plain[0].span
    known = (LINKS | CARRYING | ANAPHORS | SAYS | {"over"}) - (ACTS - SAYS) - OF_TWO
    if any(word.lower not in known and not word.lower.endswith("ly") for word in plain):
        return None
    if any(word.lower == "had" for word in plain) and not (times or names_time(scan, scan.span)):
        return None  # "It had been $25 billion": when is not said
    anaphor = next((word for word in plain if word.lower in ANAPHORS), None)
    acts = [word for word in plain if word.lower in SAYS]
    if [word.lower for word in plain][-1:] == ["with"]:
        acts += [word for word in plain if word.lower in ENDS and at_a_date]
    if anaphor is not None and not acts:
        return None if ends_with_it([word.lower for word in plain]) else anaphor.span
    if acts:
        doer = anaphor is not None or bool(companies) or bool(itself) or _of_time(scan, acts[-1])
        other = bool(times) or any(m.value != told.entity for m in companies) or asked
        return acts[-1].span if doer and other and _ends_there(scan) else None
    if {word.lower for word in plain} <= ANSWERS and not companies and not times:
        return scan.numbers[0].span if asked and _ends_there(scan) else None
    if asked and (companies or itself) and plain and plain[-1].lower in ANSWERING and _ends_there(scan):
        return plain[-1].span
    return _set_beside(scan, lead, plain, told)


def _set_beside(scan: Scan, lead: Span, plain: Sequence[Word], told: Subject) -> Span | None:
    """The words that only put another company or time beside the one told: "HPE's was", "For HPE,", "Q2:"."""
    companies = [m for m in scan.mentions if m.kind == "entity" and m.span.start < lead.end]
    other = any(m.value != told.entity for m in companies)
    its = [m.span.end for m in companies if scan.text[m.span.end : m.span.end + 2] in _POSSESSIVE]
    if its and other and plain and all(w.lower in LINKS for w in plain):
        return Span(its[-1], its[-1] + 2)
    times = [p.span.end for p in scan.periods if p.span.start < lead.end]
    marked = max([*(m.span.end for m in companies), *times], default=lead.start)
    place = Span(lead.start, marked + (scan.text[marked : marked + 1] in (")", "]")))
    label = _ASIDE.sub("", scan.text[place.end : lead.end])
    for cue in scan.cues:
        label = label.replace(cue.text, "") if cue.span.start >= place.end and sign_of(cue) else label
    if label.strip() in (":", "—", "–", "-", "="):
        return place
    placed = {word.lower for word in plain} <= PLACING and label.strip() in ("", ",", ", ,", "at", "with")
    return lead if other and placed and _ends_there(scan) else None


def _last_clause(scan: Scan, lead: Span) -> Span:
    """The clause whose pronoun the number is told of, where the words before it name nothing else.

    "Our reporter has the number, and it is", "The answer is no: compared with last year, the number fell".
    """
    openings = list(_TAKES_UP.finditer(scan.text, lead.start, lead.end))
    if not openings:
        return lead
    ahead = Span(lead.start, openings[-1].start())
    plain = not any(ahead.overlaps(m.span) for m in scan.mentions if m.kind != "cue") and not any(
        scan.has_cue(cue, ahead) for cue in ("guidance", "consensus", "conjecture")
    )
    spoken = not ANAPHORS.isdisjoint(scan.lower_in(ahead))
    return Span(openings[-1].start("it"), lead.end) if plain and spoken else lead


def _of_time(scan: Scan, verb: Word) -> bool:
    """Whether a time is told to do what the verb says: "Q2 brought $3.2 billion"."""
    return any(
        scan.text[p.span.end : verb.span.start].isspace()
        for p in scan.periods
        if p.span.end < verb.span.start
    )


def _leads_to_pronoun(scan: Scan, lead: Span) -> bool:
    """Whether the number is that of the pronoun behind its comma: "At 5% for Q2, it came in lower"."""
    number = scan.numbers[0].span
    clause = scan.clause(Span(number.end, scan.span.end))
    ahead = [word.lower for word in scan.words_in(lead)]
    if (
        not ahead
        or ahead[0] not in ATTACHING
        or not LINKS.issuperset(ahead)
        or scan.has_cue("guidance", clause)
    ):
        return False
    timed = [p.span for p in scan.periods]
    between = [w.lower for w in scan.words_in(clause) if not any(span.encloses(w.span) for span in timed)]
    rest = scan.words_in(Span(clause.end, scan.span.end))
    article = rest[:1] and rest[0].lower in ("the", "this", "that")
    head = rest[1:2] if article and rest[1:2] and rest[1].lower in ANAPHORS else rest[:1]
    told = [word.lower for word in head]
    return (
        scan.text[clause.end : clause.end + 1] == ","
        and LINKS.issuperset(between)
        and told != []
        and (told[0] in ANAPHORS - OF_TWO)
    )


def _ends_there(scan: Scan) -> bool:
    """Whether the number is all its sentence says, but for times and what stands behind a comma."""
    number = scan.numbers[0].span
    clause = scan.clause(Span(number.end, scan.span.end))
    passed = [p.span for p in scan.periods] + [m.span for m in scan.mentions if m.kind in ("entity", "cue")]
    return all(
        word.lower in LINKS or any(span.encloses(word.span) for span in passed)
        for word in scan.words_in(clause)
    )
