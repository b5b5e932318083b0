"""tieout companies."""

from __future__ import annotations

from pathlib import Path

import click

from tieout.cli.options import ledger_option


@click.command("companies", short_help="The companies articles can be checked about.")
@ledger_option
def command(ledger: Path | None) -> None:
    """Print the companies articles can be checked about: ticker, name and end of the fiscal year."""
    from tieout.desk import Desk
    from tieout.report.console import Page
    from tieout.report.tables import fiscal_end, listing

    rows = [
        (company.ticker, company.name, fiscal_end(company.calendar))
        for company in Desk.open(ledger).companies()
    ]
    listing(("ticker", "name", "fiscal year ends"), rows, Page())
