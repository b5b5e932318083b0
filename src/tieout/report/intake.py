"""What came in, for reading: a line a count, what was skipped and why below it."""

from __future__ import annotations

from collections.abc import Iterable

from tieout.core.intake import Intake
from tieout.core.skipped import Skipped
from tieout.report.console import Page

MOST = 8
"""How many reasons and troubles are told of each filer; the rest are counted."""
_INDENT, _HANG = "  ", " " * 12


def write(intake: Intake, page: Page) -> None:
    """Print what came in of one filer or file."""
    page.write(page.safe(intake.name, "bold"))
    _line(page, "came in", _came_in(intake))
    if intake.held:
        _line(page, "held", f"{intake.held:,} {_plural('document', intake.held)} that an earlier run read")
    for each in _some([_reason(each) for each in intake.skipped]):
        _line(page, "left out", each)
    for each in _some(list(intake.troubles)):
        _line(page, "not read", each, "red")
    for each in intake.notes:
        _line(page, "note", each)


def _line(page: Page, word: str, text: str, style: str = "") -> None:
    head = page.safe(f"{word:<10}", style)
    head.append_text(page.safe(text))
    page.write(head, indent=_INDENT, hang=_HANG)


def _came_in(intake: Intake) -> str:
    if not intake.documents:
        return "nothing new"
    span = f", filed {intake.first} to {intake.last}" if intake.first and intake.last else ""
    documents = f"{intake.documents:,} {_plural('document', intake.documents)}"
    return f"{intake.facts:,} {_plural('fact', intake.facts)} of {documents}{span}"


def _reason(each: Skipped) -> str:
    return f"{each.what} {each.why}: {each.count:,}"


def _some(lines: list[str]) -> Iterable[str]:
    more = len(lines) - MOST
    return [*lines[:MOST], f"and {more:,} more"] if more > 0 else lines


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
