"""A check to where it was asked for."""

from __future__ import annotations

from pathlib import Path

import click

from tieout.core.finding import Check
from tieout.report.vocabulary import Vocabulary


def deliver(check: Check, words: Vocabulary, form: str, out: Path | None) -> None:
    """Print the check, or save it to `out`, in the form asked for."""
    from tieout.report.save import save

    if form == "json":
        from tieout.report.json import dumps

        text = dumps(check, words)
        if out is None:
            click.echo(text, nl=False)
        else:
            save(out, text)
        return
    from tieout.report.console import Page, page_in_memory
    from tieout.report.terminal import write

    if out is None:
        write(check, words, Page())
        return
    page, stream = page_in_memory()
    write(check, words, page)
    save(out, stream.getvalue())


def passes(check: Check, required: float | None) -> bool:
    """Whether nothing is wrong and, when asked for, enough is covered."""
    from tieout.report.summary import summarise

    return not check.wrong and (required is None or summarise(check).covers(required))
