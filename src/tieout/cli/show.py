"""A check to where it was asked for."""

from __future__ import annotations

from pathlib import Path

import click

from tieout.core.finding import Check
from tieout.report.vocabulary import Vocabulary


def deliver(check: Check, words: Vocabulary, form: str, out: Path | None) -> None:
    """Print the check, or save it to `out`, in the form asked for."""
    from tieout.report.save import save

    if form != "terminal":
        text = _written(check, words, form)
        if out is None:
            # UTF-8 whatever the terminal speaks: a page says of itself that it is.
            click.echo(text.encode("utf-8", "backslashreplace"), nl=False)
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


def _written(check: Check, words: Vocabulary, form: str) -> str:
    if form == "html":
        from tieout.report.html import dumps
    elif form == "markdown":
        from tieout.report.markdown import dumps
    else:
        from tieout.report.json import dumps
    return dumps(check, words)


def passes(check: Check, required: float | None) -> bool:
    """Whether nothing is wrong and, when asked for, enough is covered."""
    from tieout.report.summary import summarise

    return not check.wrong and (required is None or summarise(check).covers(required))
