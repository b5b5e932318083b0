"""Checks to where they were asked for, and the exit code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tieout.batch import Order, Plan
    from tieout.core.errors import TieoutError
    from tieout.core.finding import Check
    from tieout.report.place import Place
    from tieout.report.vocabulary import Vocabulary


def one(article: Path, order: Order, out: Path | None, required: float | None) -> int:
    """Check one article, or standard input, and deliver the report."""
    from tieout.core.errors import TieoutError
    from tieout.desk import Desk, contents
    from tieout.report.place import Place

    desk = Desk.open(order.ledger)
    data = sys.stdin.buffer.read() if str(article) == "-" else contents(article)
    try:
        check = desk.check(data, published=order.published, company=order.company or None, name=article.name)
    except TieoutError as error:
        complain(error, str(article))
        return error.exit_code
    deliver(Place.of(str(article), data), check, desk.vocabulary(), order.form, out)
    return 0 if passes(check, required) else 1


def deliver(place: Place, check: Check, words: Vocabulary, form: str, out: Path | None) -> None:
    """Print the check, or save it to `out`, in the form asked for."""
    from tieout.report.forms import render
    from tieout.report.save import encoded, save

    if out is not None:
        save(out, render(form, place, check, words))
    elif form == "terminal":
        from tieout.report.console import Page
        from tieout.report.terminal import write

        write(check, words, Page())
    else:
        # UTF-8 whatever the terminal speaks: a page says of itself that it is.
        click.echo(encoded(render(form, place, check, words)), nl=False)


def several(plan: Plan, order: Order, out: Path | None, required: float | None) -> int:
    """Check articles one after the other into one report; the highest of their exit codes."""
    from tieout.batch import checked
    from tieout.desk import Desk
    from tieout.report.forms import joined
    from tieout.report.save import encoded, save_pieces

    desk = Desk.open(order.ledger)
    code = 0

    def good() -> Iterator[tuple[Place, Check]]:
        nonlocal code
        for found in checked(desk, plan.articles, order):
            if found.error is not None:
                code = 2
                complain(found.error, found.place.uri)
            if found.check is not None:
                code = max(code, 0 if passes(found.check, required) else 1)
                yield found.place, found.check

    words = desk.vocabulary()
    if out is not None:
        save_pieces(out, joined(order.form, good(), words))
    elif order.form == "terminal":
        _read(good(), words)
    else:
        for piece in joined(order.form, good(), words):
            click.echo(encoded(piece), nl=False)
    return code


def folder(plan: Plan, order: Order, jobs: int | None, required: float | None) -> int:
    """Make a folder of reports, print the summary, and answer with its exit code."""
    from tieout.batch import carry_out
    from tieout.report.console import Page
    from tieout.report.forms import FORMS
    from tieout.report.progress import bar

    with bar(len(plan.articles)) as tick:
        tally = carry_out(plan, order, tick, jobs=jobs, required=required)
    page = Page()
    tally.write(page)
    index = "index.html, index.jsonl" if FORMS[order.form].ending == ".html" else "index.jsonl"
    page.write(f"in {plan.folder}: {index}, summary.json, reports/")
    return tally.exit_code


def complain(error: TieoutError, file: str = "") -> None:
    """Print what happened, to which file, and how to fix it, on standard error."""
    from tieout.core.errors import UsageError
    from tieout.report.plain import plain

    told = file in error.message or file == "-" or isinstance(error, UsageError)
    where = "" if told else f"{file}: "
    encoding = sys.stderr.encoding or "ascii"
    click.echo(plain(f"tieout: {where}{error.message}\n  {error.fix}", encoding), err=True)


def passes(check: Check, required: float | None) -> bool:
    """Whether nothing is wrong and, when asked for, enough is covered."""
    from tieout.report.summary import summarise

    return not check.wrong and (required is None or summarise(check).covers(required))


def _read(checks: Iterator[tuple[Place, Check]], words: Vocabulary) -> None:
    from tieout.report.console import Page
    from tieout.report.forms import heading
    from tieout.report.terminal import write

    page = Page()
    for number, (place, check) in enumerate(checks):
        page.write(page.safe(heading(place, number), "bold"))
        write(check, words, page)
