"""tieout explain."""

from __future__ import annotations

from pathlib import Path

import click

from tieout.cli.options import company_argument, complete_metric, question


@click.command("explain", short_help="A figure as a tree, down to its documents.")
@company_argument
@click.argument("metric", shell_complete=complete_metric)
@question
def command(
    company: str,
    metric: str,
    period: str | None,
    as_of: str | None,
    segment: str | None,
    line: str | None,
    ledger: Path | None,
) -> None:
    """Print a figure as a tree: value, interval and formula, down to the documents.

    \b
    Example:
      tieout explain DELL operating_margin --segment ISG --period "Q2 FY2026"
    """
    from tieout.desk import Desk
    from tieout.report.console import Page
    from tieout.report.tables import tree

    if period is None:
        raise click.UsageError('say which period: --period "Q2 FY2026"')
    desk = Desk.open(ledger)
    found = desk.explain(company, metric, period=period, as_of=as_of, segment=segment, line=line)
    page = Page()
    for figure in found:
        tree(desk.tree(figure).splitlines(), page)
