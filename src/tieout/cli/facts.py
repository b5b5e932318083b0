"""tieout facts."""

from __future__ import annotations

from pathlib import Path

import click

from tieout.cli.options import company_argument, complete_metric, question


@click.command("facts", short_help="What the ledger holds about a company.")
@company_argument
@click.argument("metric", required=False, shell_complete=complete_metric)
@question
def command(
    company: str,
    metric: str | None,
    period: str | None,
    as_of: str | None,
    segment: str | None,
    line: str | None,
    ledger: Path | None,
) -> None:
    """Print what the ledger holds about COMPANY, or about one METRIC of it, with all vintages.

    Precision is that of the figure as printed, in decimals: -6 is whole millions, 2 cents or whole percent.
    Weight says what a figure may do to a claim: refute it, refute it only when another figure explains it,
    or only support it.

    \b
    Example:
      tieout facts DELL ai_server_backlog --period "Q2 FY2026"
    """
    from tieout.desk import Desk
    from tieout.report.console import Page
    from tieout.report.tables import facts

    desk = Desk.open(ledger)
    held = desk.facts(company, metric, period=period, as_of=as_of, segment=segment, line=line)
    facts(held, desk.vocabulary(), Page())
