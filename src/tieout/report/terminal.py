"""A check for reading: the article with its claims marked, notes under each paragraph, a summary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.text import Text

from tieout.core.article import Block, Span
from tieout.core.fact import Figure
from tieout.core.finding import Check, Explanation, Finding, Verdict
from tieout.report.console import Page, page_in_memory
from tieout.report.evidence import (
    TRUE_OF,
    about,
    measured,
    origin,
    others,
    published,
    quote,
    sources,
    value,
    word,
    words_for,
)
from tieout.report.marks import STYLES, Mark, inside, marks, pieces, runs, sign, worst
from tieout.report.summary import corrections, summarise
from tieout.report.vocabulary import Vocabulary

TOP = 5
"""Corrections shown in the summary."""
INDENT = "    "
_SPACE = re.compile(r"\s+")


def write(check: Check, words: Vocabulary, page: Page) -> None:
    """Print the whole report on `page`."""
    Report(check, words, page).write()


def gist(check: Check, words: Vocabulary, page: Page) -> None:
    """Print the passage with the most kinds of error, and the summary."""
    Report(check, words, page).gist()


def text(check: Check, words: Vocabulary) -> str:
    """The whole report as text without colour."""
    page, stream = page_in_memory()
    write(check, words, page)
    return stream.getvalue()


class Report:
    """One check on its way to one page."""

    def __init__(self, check: Check, words: Vocabulary, page: Page) -> None:
        self.check = check
        self.words = words_for(check, words)
        self.page = page
        self.marks = marks(check)

    def write(self) -> None:
        """Print article, notes and summary."""
        shown: set[int] = set()
        for kind, run in runs(self.check.article):
            self._passage(kind, run)
            shown.update(self._inside(run))
        stray = [mark for mark in self.marks if not shown.issuperset(mark.findings)]
        self._notes(stray, quoted=True)
        self._summary("marked above")

    def gist(self) -> None:
        """Print the passage with the most kinds of error, the first of several such, and the summary."""
        passages = list(runs(self.check.article))
        if passages:
            self._passage(*max(passages, key=lambda passage: len(self._errors(passage[1]))))
        self._summary("in the whole report")

    def _passage(self, kind: str, run: Sequence[Block]) -> None:
        for block in run:
            self.page.write(self._block(block), indent="- " if kind == "list" else "", hang="")
        self.page.write()
        self._notes([mark for block in run for mark in inside(block.span, self.marks)])

    def _inside(self, run: Sequence[Block]) -> Iterator[int]:
        """The findings in a passage, by their position in the check."""
        return (index for block in run for mark in inside(block.span, self.marks) for index in mark.findings)

    def _errors(self, run: Sequence[Block]) -> set[str]:
        found = (self.check.findings[index] for index in self._inside(run))
        return {finding.code for finding in found if finding.verdict.accuses}

    def _block(self, block: Block) -> Text:
        line = Text(end="")
        for number, cell in enumerate(block.cells or (block.span,)):
            if number:
                line.append(" | ")
            for span, mark in pieces(cell, self.marks):
                line.append_text(self._piece(span, mark))
        if block.kind in ("title", "heading"):
            line.stylize("bold")
        return line

    def _piece(self, span: Span, mark: Mark | None) -> Text:
        told = _SPACE.sub(" ", self.check.article.text[span.start : span.end])
        if mark is None:
            return self.page.safe(told)
        style = STYLES[worst(self.check, mark)]
        return self.page.safe(f"[{' '.join(map(self._name, mark.findings))} {told.strip()}]", style)

    def _name(self, index: int) -> str:
        return sign(self.check.findings[index].verdict, unicode=self.page.unicode) + str(index + 1)

    def _notes(self, held: Sequence[Mark], *, quoted: bool = False) -> None:
        for mark in held:
            for index in mark.findings:
                self._note(index, quoted=quoted)
        if held:
            self.page.write()

    def _note(self, index: int, *, quoted: bool) -> None:
        finding = self.check.findings[index]
        name = self._name(index)
        head = self.page.safe(f"{name} {word(finding.verdict)}", STYLES[finding.verdict])
        hang = INDENT + " " * (len(name) + 1)
        first, *rest = [*([f"“{self._quote(finding)}”"] if quoted else []), *self._lines(finding)]
        if first:
            head.append_text(self.page.safe(f": {first}"))
        self.page.write(head, indent=INDENT, hang=hang)
        for line in rest:
            self.page.write(line, indent=hang)

    def _lines(self, finding: Finding) -> Iterator[str]:
        if finding.known is None:
            yield finding.missing or finding.message
        elif finding.verdict is Verdict.UNVERIFIABLE and finding.missing:
            yield finding.missing
            yield f"read as: {self._figure(finding.known, finding)}"
        else:
            yield self._figure(finding.known, finding)
        for explanation in finding.explanations[:1]:
            yield self._origin(explanation, finding)
        if len(finding.explanations) > 1:
            yield others(len(finding.explanations) - 1)
        for note in finding.notes:
            yield f"note: {note}"

    def _figure(self, figure: Figure, finding: Finding) -> str:
        return f"{value(figure)} is {measured(figure, finding, self.words)} ({sources(figure)})"

    def _origin(self, explanation: Explanation, finding: Finding) -> str:
        how, what = origin(explanation, finding, self.words)
        shown = "" if explanation.figure == finding.known else f" ({sources(explanation.figure)})"
        return f"{how}: {what}{shown}" if how == TRUE_OF else f"it is {how} {what}{shown}"

    def _quote(self, finding: Finding) -> str:
        return quote(finding, self.check.article.text)

    def _summary(self, rest: str) -> None:
        check, page = self.check, self.page
        counts = summarise(check)
        page.write(page.safe(("─" if page.unicode else "-") * min(page.width, 60), "dim"))
        page.write(
            page.safe(
                f"checked {counts.covered} of {counts.numbers} numbers; "
                f"{counts.checked} of {counts.claims} claims have a verdict",
                "bold",
            )
        )
        for verdict, count in counts.verdicts.items():
            if count:
                mark = sign(verdict, unicode=page.unicode)
                page.write(page.safe(f"{mark} {count:>3} {word(verdict)}", STYLES[verdict]), indent="  ")
        self._corrections(rest)
        page.write(f"about {about(check)}; {published(check)}; ledger {check.ledger}")
        for note in check.notes:
            page.write(f"note: {note}", hang="  ")

    def _corrections(self, rest: str) -> None:
        ranked = corrections(self.check)
        if not ranked:
            return
        self.page.write("top corrections:")
        for finding, times in ranked[:TOP]:
            name = self._name(self.check.findings.index(finding))
            repeated = f" ({times} times)" if times > 1 else ""
            line = f"{name} “{self._quote(finding)}”{repeated}: {finding.correction}"
            self.page.write(line, indent="  ", hang=INDENT)
        if len(ranked) > TOP:
            self.page.write(f"and {len(ranked) - TOP} more, {rest}", indent="  ")
