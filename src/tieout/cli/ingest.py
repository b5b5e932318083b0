"""tieout ingest."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tieout.cli.options import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tieout.core.intake import Intake
    from tieout.ingest.order import Order


@click.command("ingest", short_help="Fill a ledger from the SEC's EDGAR, or from files.")
@click.argument("what", nargs=-1, required=True)
@click.option(
    "--bulk", "kind", flag_value="bulk", help="WHAT is companyfacts.zip, and submissions.zip if you have it."
)
@click.option("--facts-dir", "kind", flag_value="facts-dir", help="WHAT are folders of company facts.")
@click.option("--fsds", "kind", flag_value="fsds", help="WHAT are the SEC's data sets, such as 2009q3.zip.")
@click.option("--filing", "kind", flag_value="filing", help="WHAT are filings with XBRL, inline or plain.")
@click.option("--csv", "kind", flag_value="csv", help="WHAT are facts files of your own, TICKER.csv.")
@click.option("--since", metavar="DATE", help="Only filings of that day or later, such as 2020-01-01.")
@click.option("--forms", metavar="FORMS", help="Only these forms and their amendments: 10-K,10-Q.")
@click.option("--offline", is_flag=True, help="Never call out; only what was fetched before is read.")
@click.option("--contact", metavar="TEXT", help="Your name and e-mail address, which EDGAR wants to be told.")
@click.option(
    "--ledger",
    type=FOLDER,
    metavar="DIR",
    help="The folder of the ledger, made if there is none; your own one if omitted.",
)
def command(
    what: tuple[str, ...],
    kind: str | None,
    since: str | None,
    forms: str | None,
    *,
    offline: bool,
    contact: str | None,
    ledger: Path | None,
) -> int:
    """Take in what companies filed: WHAT are tickers, names or CIKs, unless an option says otherwise.

    From EDGAR come company facts, the XBRL of annual and quarterly reports with segments and products, and
    earnings releases, each figure with its filing and the moment it was accepted. What was taken in before is
    not read again; stopped at any moment, it goes on from there when it is run again.

    Exit code: 0, 1 where a document could not be read or nothing was found, 2 where nothing could be
    asked for or taken in.

    \b
    Examples:
      tieout ingest DELL NVDA --since 2019-01-01
      tieout ingest --bulk companyfacts.zip submissions.zip --ledger market
    """
    from tieout.report.console import Page
    from tieout.report.intake import write

    if kind is not None and (since or forms):
        raise click.UsageError("--since and --forms choose among EDGAR's filings; files are taken in whole")
    order = _order(since, forms, ledger, offline=offline, contact=contact)
    if kind is None and not offline:
        _ask(contact)
    page = Page()
    code = 0
    try:
        for intake in _intakes(kind, what, order):
            write(intake, page)
            if intake.troubles or not (intake.documents or intake.held):
                code = 1
    except KeyboardInterrupt:
        click.echo("interrupted: what was read is kept; the same command goes on from there", err=True)
        raise
    page.write(f"in {order.ledger}")
    return code


def _intakes(kind: str | None, what: tuple[str, ...], order: Order) -> Iterator[Intake]:
    from tieout.core.errors import UsageError
    from tieout.report.progress import amounts

    try:
        from tieout.ingest import bulk_files, edgar, filing_files, own_figures
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{error.name} is not installed, which ingest needs", fix="pip install 'tieout[ingest]'"
        ) from error
    files = tuple(map(Path, what))
    match kind:
        case "bulk":
            return bulk_files.archives(order, files, amounts)
        case "facts-dir":
            return bulk_files.folders(order, files, amounts)
        case "fsds":
            return bulk_files.data_sets(order, files, amounts)
        case "filing":
            return filing_files.take(order, files, amounts)
        case "csv":
            return own_figures.take(order, files, amounts)
        case _:
            return edgar.take(order, what, amounts)


def _order(
    since: str | None, forms: str | None, ledger: Path | None, *, offline: bool, contact: str | None
) -> Order:
    from tieout.ingest.choice import Choice
    from tieout.ingest.order import Order
    from tieout.ledger.home import home

    folder = ledger or home()
    return Order(folder, Choice.named(_day(since), forms or ""), offline, contact, lambda: _waiting(folder))


def _waiting(folder: Path) -> None:
    click.echo(f"waiting for another process to finish writing to {folder}", err=True)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    from tieout.desk import as_published

    return as_published(text).first


def _ask(contact: str | None) -> None:
    """Ask once for the contact, where somebody is there to answer, and keep it."""
    from tieout.sources.contact import known, remember

    if known(contact) or not sys.stdin.isatty():
        return
    told = click.prompt(
        "The SEC asks every program to say whose it is. Your name and e-mail address", err=True
    )
    click.echo(f"kept in {remember(told)}", err=True)
