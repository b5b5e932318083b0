"""tieout companies."""

from __future__ import annotations

from pathlib import Path

import click

from tieout.cli.options import ledger_option


@click.command("companies", short_help="The companies articles can be checked about.")
@ledger_option
def command(ledger: Path | None) -> None:
    """Print the companies articles can be checked about: ticker, name, SEC number and fiscal year end."""
    from tieout.desk import Desk
    from tieout.report.console import Page
    from tieout.report.tables import fiscal_end, listing

    held = Desk.open(ledger).companies()
    rows = [(each.ticker, each.name, each.cik or "", fiscal_end(each.calendar)) for each in held]
    listing(("ticker", "name", "CIK", "fiscal year ends"), rows, Page())
