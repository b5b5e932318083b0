"""A diagnosis for reading: a line a thing, its fix below it."""

from __future__ import annotations

from collections.abc import Iterable

from tieout.report.console import Page

SIGNS = {"ok": ("✓", "+", "green"), "warn": ("!", "!", "yellow"), "fail": ("✗", "X", "bold red")}
"""The sign of a state, the one for streams that know only ASCII, and its style."""


def write(lines: Iterable[tuple[str, str, str, str]], page: Page) -> None:
    """Print lines of state, topic, what was found and how to fix it, and how many do not stand well."""
    counts = dict.fromkeys(SIGNS, 0)
    for state, topic, found, fix in lines:
        counts[state] += 1
        sign, plain_sign, style = SIGNS[state]
        head = page.safe(f"{sign if page.unicode else plain_sign} {state:<4}", style)
        head.append_text(page.safe(f" {topic}: {found}"))
        page.write(head, hang=" " * 7)
        if fix:
            page.write(f"fix: {fix}", indent=" " * 7)
    page.write()
    page.write(f"{counts['ok']} ok, {counts['warn']} to look at, {counts['fail']} failing")
