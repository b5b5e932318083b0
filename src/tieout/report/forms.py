"""The formats a check can be written in, by name; a new one is a line here and a module of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Literal, cast

from tieout.core.finding import Check
from tieout.report.place import Place
from tieout.report.vocabulary import Vocabulary

Many = Literal["joined", "one", "alone"]
"""How reports of several articles make one: put one after the other, written as one, or not at all."""


@dataclass(frozen=True, slots=True)
class Form:
    """Where a format's writer is found, and the ending of its files.

    The writer takes check and vocabulary, preceded by the file's place where `placed`; that of a form
    written as one takes all pairs of place and check at once. `line` names the form that several
    articles are written in, if it is another.
    """

    module: str
    ending: str
    function: str = "dumps"
    placed: bool = False
    many: Many = "joined"
    line: str = ""


FORMS: Mapping[str, Form] = {
    "terminal": Form("tieout.report.terminal", ".txt", "text"),
    "json": Form("tieout.report.json", ".json", line="jsonl"),
    "jsonl": Form("tieout.report.jsonl", ".jsonl", placed=True),
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


def render_all(name: str, pairs: list[tuple[Place, Check]], words: Vocabulary) -> str:
    """The checks as one text, for a format written as one."""
    return _writer(FORMS[name])(pairs, words)


def _writer(form: Form) -> Callable[..., str]:
    # Imported by name when first asked for, so that a check in one format does not pay for the others.
    return cast("Callable[..., str]", getattr(import_module(form.module), form.function))
