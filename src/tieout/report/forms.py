"""The formats a check can be written in, by name; a new one is a line here and a module of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, cast
from urllib.parse import unquote

from tieout.core.errors import UsageError
from tieout.core.finding import Check
from tieout.report.place import Place
from tieout.report.vocabulary import Vocabulary

Many = Literal["joined", "headed", "one", "alone"]
"""How reports of several articles make one: in a row, each under a heading, written as one, or not at all."""


@dataclass(frozen=True, slots=True)
class Form:
    """Where a format's writer is found, and the ending of its files.

    The writer takes check and vocabulary, preceded by the file's place where `placed`; that of a form
    written as one takes all pairs of place and check at once. `line` names the form that several
    articles are written in, if it is another; `escape` the module's function for a name in a heading.
    """

    module: str
    ending: str
    function: str = "dumps"
    placed: bool = False
    many: Many = "joined"
    line: str = ""
    escape: str = ""


FORMS: Mapping[str, Form] = {
    "terminal": Form("tieout.report.terminal", ".txt", "text", many="headed"),
    "json": Form("tieout.report.json", ".json", line="jsonl"),
    "jsonl": Form("tieout.report.jsonl", ".jsonl", placed=True),
    "html": Form("tieout.report.html", ".html", many="alone"),
    "markdown": Form("tieout.report.markdown", ".md", many="headed", escape="plain"),
    "sarif": Form("tieout.report.sarif", ".sarif", many="one"),
    "github": Form("tieout.report.github", ".txt", placed=True),
}


def render(name: str, place: Place, check: Check, words: Vocabulary) -> str:
    """One check in the format of that name."""
    form = FORMS[name]
    write = _writer(form)
    if form.many == "one":
        return write([(place, check)], words)
    return write(place, check, words) if form.placed else write(check, words)


def joined(name: str, pairs: Iterable[tuple[Place, Check]], words: Vocabulary) -> Iterator[str]:
    """The checks of several articles in one report, piece by piece.

    Raises UsageError for a format of which a file holds one article only.
    """
    form = FORMS[name]
    if form.many == "alone":
        raise UsageError(
            f"a report in {name} is about one article",
            fix="name a folder with --out, which gets one for each",
        )
    if form.many == "one":
        yield _writer(form)(pairs, words)
        return
    for number, (place, check) in enumerate(pairs):
        if form.many == "headed":
            yield heading(place, number, _escape(form)) + "\n"
        yield render(form.line or name, place, check, words)


def heading(place: Place, number: int, escape: Callable[[str], str] = str) -> str:
    """The line above the report of one article of several, an empty line before all but the first."""
    return f"{chr(10) if number else ''}==> {escape(unquote(place.uri))} <=="


def _writer(form: Form) -> Callable[..., str]:
    # Imported by name when first asked for, so that a check in one format does not pay for the others.
    return _named(form, form.function)


def _escape(form: Form) -> Callable[[str], str]:
    return _named(form, form.escape) if form.escape else str


def _named(form: Form, function: str) -> Callable[..., str]:
    return cast("Callable[..., str]", getattr(import_module(form.module), function))
