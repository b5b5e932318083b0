"""A finding's evidence as markup, for the page's cards and list and for the notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tieout.core.fact import Document
from tieout.core.finding import Verdict
from tieout.report.evidence import Evidence, Told, others, word
from tieout.report.marks import sign
from tieout.report.markup import Html, join, link, tag


def name(each: Evidence) -> str:
    """The verdict's sign and the claim's number: "✗4"."""
    return f"{sign(each.verdict, unicode=True)}{each.index}"


def classes(held: Sequence[Evidence]) -> str:
    """The classes by which a filter finds the findings: every verdict, and `v-wrong` where one accuses."""
    found = {f"v-{each.verdict}" for each in held} | {"v-wrong" for each in held if each.verdict.accuses}
    return " ".join(sorted(found))


def body(each: Evidence, *, ident: str = "") -> Html:
    """The evidence in lines; `ident` becomes the id of the first two, which say what is the matter.

    Only elements that may stand inside a paragraph.
    """
    code = "" if each.code == each.verdict else tag("code", each.code)
    first = _line("verdict", tag("b", word(each.verdict)), Html(" "), code)
    parts = [first, _known(each)]
    head = tag("span", *parts, id=ident) if ident else join(parts)
    return join((head, *_more(each)), " ")


def _known(each: Evidence) -> Html:
    if _unsettled(each) and each.code != "unread":  # there the reason stands in its place
        return _line("settle", tag("i", "Would settle it:"), " ", each.missing)
    if each.known is None or _unsettled(each):
        return _line("known", each.missing or each.message)
    return _line("known", tag("b", each.known.value), " is ", each.known.of)


def _unsettled(each: Evidence) -> bool:
    return each.verdict is Verdict.UNVERIFIABLE and bool(each.missing)


def _more(each: Evidence) -> Iterator[Html]:
    if each.known is not None:
        if _unsettled(each):
            yield _line(
                "settle", tag("i", "Read as:"), " ", tag("b", each.known.value), " is ", each.known.of
            )
        yield from _stands(each.known)
    if each.origin is not None:
        said = f"“{each.number}”" if each.verdict.accuses else "the number"
        yield _line("true", tag("i", said), f" is {each.origin.how} ", tag("b", each.origin.what))
        yield from _stands(each.origin.shown)
    if each.others:
        yield _line("fine", others(each.others))
    for note in each.notes:
        yield _line("note", tag("i", "Note:"), " ", note)


def _stands(told: Told) -> Iterator[Html]:
    """Where a figure stands: its document, or its formula and the documents of its inputs."""
    if not told.formula:
        yield _line("source", _documents(told.documents))
        return
    yield _line("formula", "computed: ", tag("code", told.formula))
    for part in told.inputs:
        yield _line("source", tag("b", part.value), f" {part.of}: ", _documents(part.documents))


def _documents(documents: Iterable[Document]) -> Html:
    return join((_document(document) for document in documents), "; ")


def _document(document: Document) -> Html:
    day = document.known
    when = tag("time", f"{day}", datetime=f"{day}") if day else "day unknown"
    return join((link(document.title, document.url), Html(",\N{NO-BREAK SPACE}"), when))


def _line(kind: str, *inside: str) -> Html:
    return tag("span", *inside, class_=f"l {kind}")
