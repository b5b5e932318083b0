"""What a list or a table is of when only the line above it says so: "RPO by fiscal quarter:"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.read.draft import AHEAD_OF_LIST, Subject
from tieout.read.labels import is_bare, names_only
from tieout.read.relation import PAST_VERBS
from tieout.read.scan import Scan
from tieout.read.subject import Subjects

_OTHERWISE = ("guidance", "consensus", "up", "down")
"""Cues that tell the list is not of plain figures."""

ITSELF = frozenset(
    [
        "reported",
        "actual",
        "result",
        "figure",
        "number",
        "value",
        "level",
        "print",
        "the",
        "as",
        "now",
        "total",
    ]
)
"""Words of a label that says its number is the figure itself."""

CAPTION = 120
"""The most characters of a line that is a table's caption."""


def lead_in(scan: Scan, catalogue: Catalogue) -> Subject | None:
    """The one measure that a heading, or a line that ends in a colon, names for what follows it.

    None where it holds numbers, names several measures or none, or speaks of guidance.
    """
    text = scan.text[scan.span.start : scan.span.end].rstrip()
    label = scan.block.kind == "list" and names_only(scan)
    if not (text.endswith(":") or scan.block.kind in ("heading", "title") or label):
        return None
    return _named(scan, catalogue)


def caption(scan: Scan, catalogue: Catalogue) -> Subject | None:
    """The one measure that a short line right above a table names for it: no sentence, and without a verb."""
    text = scan.text[scan.span.start : scan.span.end].rstrip()
    told = any(w.lower in PAST_VERBS for w in scan.words)
    return None if told or text[-1] in ".!?;," or len(text) > CAPTION else _named(scan, catalogue)


def _named(scan: Scan, catalogue: Catalogue) -> Subject | None:
    if scan.numbers:
        return None
    metrics = [m for m in scan.names if m.kind == "metric"]
    if len(metrics) != 1 or any(scan.has_cue(cue, scan.span) for cue in _OTHERWISE):
        return None
    members = [m for m in scan.names if m.kind == "member" and m.span.end <= metrics[0].span.start]
    subject = Subjects(scan, catalogue).build([*members, *metrics], scan.span)
    return replace(subject, why=(*subject.why, AHEAD_OF_LIST))


def told_later(scans: Sequence[Scan], at: int, catalogue: Catalogue) -> Subject | None:
    """The measure that labelled numbers at the head of a paragraph are told of behind them.

    "Q1: $3.2 billion. Q2: $2.7 billion. In other words, Acme's net income fell": None where the sentence
    behind names several.
    """
    if not _labelled(scans[at]) or scans[at].names:
        return None
    behind = next((each for each in scans[at + 1 :] if each.names or not _labelled(each)), None)
    metrics = [] if behind is None else [m for m in behind.names if m.kind == "metric"]
    if behind is None or len({m.value for m in metrics}) != 1 or behind.has_cue("guidance", behind.span):
        return None
    owners = {m.value for m in behind.mentions if m.kind == "entity"}
    if len(owners) > 1:
        return None
    members = [m for m in behind.names if m.kind == "member" and m.span.end <= metrics[0].span.start]
    subject = Subjects(behind, catalogue).build([*members, metrics[0]], behind.span)
    why = (*subject.why, "named behind the numbers")
    return replace(subject, entity=next(iter(owners), None), span=None, why=why)


def _labelled(scan: Scan) -> bool:
    """Whether a sentence is but a label and its number: "Q1: $3.2 billion"."""
    return bool(scan.numbers) and is_bare(scan, Span(scan.span.start, scan.numbers[0].span.start))


def listed(scan: Scan, index: int, lead: Subject | None) -> Subject | None:
    """The measure named ahead, for the first number of an item that is but a period, or a company, and it."""
    if lead is None or index or not scan.numbers:
        return None
    label = Span(scan.span.start, scan.numbers[0].span.start)
    words = scan.lower_in(label)
    alone = scan.block.kind == "list" and words != [] and ITSELF.issuperset(words)
    return replace(lead, span=label) if alone or is_bare(scan, label) else None
