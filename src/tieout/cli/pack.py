"""tieout pack."""

from __future__ import annotations

from pathlib import Path

import click

from tieout.cli.options import company_argument, ledger_option


@click.command("pack", short_help="A company's pack, drafted from its filings.")
@company_argument
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Save it there; print it if omitted."
)
@ledger_option
def command(company: str, out: Path | None, ledger: Path | None) -> None:
    """Print a pack of COMPANY, drafted from its ingested filings, for a person to review.

    It holds the fiscal calendar, the names, the segments and products and the figures that only this company
    files. Save it as TICKER.toml in the ledger's folder once every line is right; of a company with a pack it
    holds what may be added.

    \b
    Example:
      tieout pack SNOW --out mine/SNOW.toml
    """
    from tieout.desk import Desk
    from tieout.report.save import save

    text = Desk.open(ledger).pack(company)
    if out is None:
        click.echo(text, nl=False)
    else:
        save(out, text)
