"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

FOLDER = click.Path(path_type=Path)
"""A folder that the ledger, which knows what it must hold, complains about."""


def complete_company(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The tickers that start as typed."""
    del param
    from tieout.desk import Desk

    return [
        CompletionItem(company.ticker, help=company.name)
        for company in Desk.open(ctx.params.get("ledger")).companies()
        if company.ticker.startswith(incomplete.upper())
    ]


def complete_metric(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The metric ids that start as typed."""
    del param
    from tieout.desk import Desk

    return [
        CompletionItem(metric.id, help=metric.label)
        for metric in Desk.open(ctx.params.get("ledger")).metrics()
        if metric.id.startswith(incomplete)
    ]


def _own(ctx: click.Context, param: click.Parameter, folder: Path | None) -> Path | None:
    """The folder named, else the person's own ledger, if there is one."""
    del ctx, param
    from tieout.ledger.home import at_home

    return at_home() if folder is None else folder


company_argument = click.argument("company", shell_complete=complete_company)
ledger_option = click.option(
    "--ledger",
    type=FOLDER,
    metavar="DIR",
    callback=_own,
    help="A folder of facts and packs that lies over the bundled ones; your own ledger if omitted.",
)
period_option = click.option(
    "--period", metavar="PERIOD", help='"Q2 FY2026", "H1 FY2026", "FY2026", or a day for a balance.'
)
as_of_option = click.option(
    "--as-of", metavar="DATE", help="Only what was known by that day (2025-08-29) or month (2025-08)."
)
segment_option = click.option("--segment", metavar="NAME", help="A segment of the company.")
line_option = click.option("--line", metavar="NAME", help="A product line.")


def question(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with the options that narrow down what the ledger is asked for."""
    for option in (ledger_option, line_option, segment_option, as_of_option, period_option):
        command = option(command)
    return command
