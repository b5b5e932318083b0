"""tieout companies."""

from __future__ import annotations

from pathlib import Path

import click

from tieout.cli.options import ledger_option


@click.command("companies", short_help="The companies articles can be checked about.")
@ledger_option
def command(ledger: Path | None) -> None:
    """Print the companies articles can be checked about: ticker, name, SEC number and fiscal year end.

    Those with a pack come first, then those that only ingested filings tell of.
    """
    from tieout.core.legal_name import plain
    from tieout.desk import Desk
    from tieout.report.console import Page
    from tieout.report.tables import fiscal_end, listing

    desk = Desk.open(ledger)
    rows = [(each.ticker, each.name, each.cik or "", fiscal_end(each.calendar)) for each in desk.companies()]
    rows += [
        (ticker, plain(each.name), f"{each.cik:010d}", "as its filings show")
        for ticker, each in desk.filers().items()
    ]
    listing(("ticker", "name", "CIK", "fiscal year ends"), rows, Page())
