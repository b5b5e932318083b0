"""The corrections of a check as Markdown: what an editor sends to the author."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tieout.core.fact import Document
from tieout.core.finding import Check, Verdict
from tieout.report.evidence import Evidence, Told, about, evidence, flat, published, word
from tieout.report.markup import clean, linkable
from tieout.report.summary import summarise
from tieout.report.vocabulary import Vocabulary

_MARKS = re.compile(r"[\\`*_\[\]<>#|~$^@]|&(?=#?\w+;)|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""What could become markup, an entity or an address inside a line."""


def dumps(check: Check, words: Vocabulary) -> str:
    """The corrections in the order of the text, then what could not be settled; ends in a newline."""
    told = evidence(check, words)
    wrong = _grouped(each for each in told if each.verdict.accuses)
    open_ = _grouped(each for each in told if each.verdict is Verdict.UNVERIFIABLE)
    return "\n".join((*_head(check), *_corrections(wrong), *_open(open_))) + "\n"


def plain(text: str) -> str:
    """The text on one line, escaped so that Markdown shows it as it stands; not for the start of a line."""
    return _MARKS.sub(r"\\\g<0>", flat(clean(text)))


def _grouped(found: Iterator[Evidence]) -> list[list[Evidence]]:
    """Findings that say the same of the same number together, by the first of them."""
    groups: dict[tuple[str, str], list[Evidence]] = {}
    for each in found:
        groups.setdefault((each.number.casefold(), each.message), []).append(each)
    return list(groups.values())


def _head(check: Check) -> Iterator[str]:
    counts = summarise(check)
    yield f"# Corrections: {plain(check.article.title) or 'untitled article'}"
    yield ""
    yield (
        f"About {plain(about(check))}; {published(check)}. "
        f"Checked {counts.covered} of {counts.numbers} numbers against ledger {plain(check.ledger)}."
    )


def _corrections(groups: Sequence[Sequence[Evidence]]) -> Iterator[str]:
    yield ""
    yield "## To correct"
    if not groups:
        yield ""
        yield "Nothing was found to be wrong."
    for number, group in enumerate(groups, start=1):
        first = group[0]
        lead = f"{number}. "
        yield ""
        yield f"{lead}**“{plain(first.quote)}”**{_times(group)}"
        for line in _correction(first):
            yield ""
            yield " " * len(lead) + line


def _correction(each: Evidence) -> Iterator[str]:
    yield _wrong(each)
    if each.known is None:
        yield f"True: {plain(each.message)}"
        return
    yield f"True: **{plain(each.correction or each.known.value)}** is {plain(each.known.of)}."
    yield f"Proof: {_proof(each.known)}."


def _wrong(each: Evidence) -> str:
    """What is wrong in a sentence, with the proof of what the number really is."""
    kind = word(each.verdict).capitalize()
    if each.origin is not None:
        how = f"{kind}: “{plain(each.number)}” is {each.origin.how} {plain(each.origin.what)}"
        return f"{how}." if _same(each.origin.shown, each.known) else f"{how} ({_proof(each.origin.shown)})."
    return f"{kind}: “{plain(each.number)}” is not what the {'proof says' if each.known else 'facts allow'}."


def _same(shown: Told, known: Told | None) -> bool:
    """Whether the proof of what the number really is will be given as that of what is true."""
    return known is not None and (shown.value, shown.documents) == (known.value, known.documents)


def _proof(told: Told) -> str:
    if not told.formula:
        return "; ".join(_document(document) for document in told.documents)
    inputs = (
        f"{plain(f.value)} {plain(f.of)}: {'; '.join(map(_document, f.documents))}" for f in told.inputs
    )
    return f"computed as {plain(told.formula)} from {'; and '.join(inputs)}"


def _document(document: Document) -> str:
    title = plain(document.title)
    url = document.url
    named = f"[{title}](<{url}>)" if url and linkable(url) else title
    return f"{named}, {document.known or 'day unknown'}"


def _open(groups: Sequence[Sequence[Evidence]]) -> Iterator[str]:
    if not groups:
        return
    yield ""
    yield "## Could not be settled"
    yield ""
    for group in groups:
        each = group[0]
        yield f"- “{plain(each.quote)}”{_times(group)}: {plain(each.missing or each.message)}"


def _times(group: Sequence[Evidence]) -> str:
    return f" ({len(group)} times)" if len(group) > 1 else ""
