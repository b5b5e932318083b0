"""tieout ledger."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tieout.cli.options import FOLDER, as_of_option

if TYPE_CHECKING:
    from tieout.ledger.store import Store
    from tieout.ledger.verify import Flaw

SHOWN = 5
"""How many flaws of a kind are printed, unless all are asked for."""

ledger_option = click.option(
    "--ledger", type=FOLDER, metavar="DIR", help="The folder of the ledger; your own one if omitted."
)


@click.group("ledger", short_help="How large and how sound an ingested ledger is; compact and export it.")
def command() -> None:
    """What was ingested from filings: how much it is, whether it is whole, and its rows as a file."""


@command.command("status", short_help="What is held, of whom, from when.")
@ledger_option
def status(ledger: Path | None) -> None:
    """Print how large the ledger is and what it covers.

    \b
    Example:
      tieout ledger status --ledger market
    """
    store = _opened(ledger)
    from tieout.ledger.upkeep import status as told
    from tieout.report.console import Page
    from tieout.report.tables import listing

    held = told(store)
    page = Page()
    page.write(f"{store.folder}, version {held.version}")
    page.write(f"{held.facts:,} facts of {held.companies:,} companies")
    page.write(", ".join(f"{count:,} documents of {kind}" for kind, count in held.documents.items()))
    unused = f"; {_bytes(held.unused)} more that compacting frees" if held.unused else ""
    page.write(f"{held.files:,} files, {_bytes(held.size)}{unused}")
    page.write()
    rows = [
        (each.taxonomy, f"{each.facts:,}", f"{each.companies:,}", str(each.first or ""), str(each.last or ""))
        for each in held.coverage
    ]
    listing(("taxonomy", "facts", "companies", "filed from", "to"), rows, page)


@command.command("verify", short_help="Whether it is whole, and where filings disagree.")
@click.option("--all", "everything", is_flag=True, help="Print every flaw, not only the first of each kind.")
@ledger_option
def verify(ledger: Path | None, *, everything: bool) -> int:
    """Check every file against its digest, and look for rows that do not agree and for missing quarters.

    A file that was damaged or lost is named: remove the folders "filed" and "documents" of the ledger, and
    ingest again. A wrong index is thrown away and made anew. Rows held twice, a filing that tells a figure in
    two values, and quarters without a report are told, and are no failure.

    Exit code: 0 when the ledger is whole, 1 otherwise.

    \b
    Example:
      tieout ledger verify --ledger market
    """
    store = _opened(ledger)
    from tieout.ledger.columns import BUCKETS
    from tieout.ledger.verify import verify as flaws
    from tieout.report.progress import steps

    with steps(BUCKETS, "verifying") as tick:
        found = list(flaws(store, tick))
    return _told(found, len(found) if everything else SHOWN)


@command.command("compact", short_help="Fewer, larger files; the same answers.")
@ledger_option
def compact(ledger: Path | None) -> None:
    """Sort the files of the ledger into few large ones, and remove what no longer counts.

    Answers stay the same, only faster; whoever is reading meanwhile is not disturbed. Files that were
    replaced are removed a day later at the earliest, by the next run.

    \b
    Example:
      tieout ledger compact --ledger market
    """
    store = _opened(ledger)
    from tieout.ledger.columns import BUCKETS
    from tieout.ledger.upkeep import compact as fewer
    from tieout.report.console import Page
    from tieout.report.progress import steps

    with steps(BUCKETS, "compacting") as tick:
        count = fewer(store, tick, _waiting)
    Page().write(f"{len(store.parts()):,} files, {count:,} fewer than before")


@command.command("export", short_help="Its rows as Parquet or CSV.")
@click.argument("companies", nargs=-1)
@click.option("--out", type=FOLDER, required=True, metavar="FILE", help="A .parquet or .csv file.")
@as_of_option
@ledger_option
def export(companies: tuple[str, ...], out: Path, as_of: str | None, ledger: Path | None) -> None:
    """Save the rows of COMPANIES, tickers or CIKs, or of all, as filed: one row a figure and filing.

    \b
    Examples:
      tieout ledger export DELL --as-of 2025-08-29 --out dell.csv
      tieout ledger export --out market.parquet
    """
    store = _opened(ledger)
    from tieout.desk import as_published
    from tieout.ledger.upkeep import export as save
    from tieout.report.console import Page

    day = as_published(as_of).last if as_of else None
    count = save(store, out, [cik for each in companies for cik in _numbers(store, each)], day)
    Page().write(f"{count:,} rows in {out}")


def _opened(ledger: Path | None) -> Store:
    from tieout.core.errors import NotFoundError, UsageError
    from tieout.ledger.home import home

    try:
        from tieout.ledger.store import Store
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed", fix="pip install 'tieout[ingest]'") from error
    store = Store.open(ledger or home())
    if not store.parts():
        raise NotFoundError(
            f"{store.folder}: nothing was ingested here",
            fix="Name the folder with --ledger, or fill it: tieout ingest TICKER.",
            folder=str(store.folder),
        )
    return store


def _numbers(store: Store, company: str) -> tuple[int, ...]:
    """The filers of a ticker, a reorganised company's earlier ones too, or the one of a CIK."""
    from tieout.core.errors import NotFoundError
    from tieout.ledger.registrants import registrants

    if company.isdigit():
        return (int(company),)
    held = registrants(store.folder).values()
    named = tuple(each.cik for each in held if company.upper() in each.tickers)
    if not named:
        raise NotFoundError(
            f"no company {company!r} is held", fix="Write its ticker or its CIK.", company=company
        )
    return named


def _told(found: list[Flaw], shown: int) -> int:
    from tieout.report.console import Page

    page = Page()
    kinds: defaultdict[str, list[Flaw]] = defaultdict(list)
    for flaw in found:
        kinds[flaw.kind].append(flaw)
    for kind, flaws in kinds.items():
        page.write(f"{kind}: {len(flaws):,}")
        for flaw in flaws[:shown]:
            page.write(flaw.what, indent="  ")
        if len(flaws) > shown:
            page.write(f"and {len(flaws) - shown:,} more: --all", indent="  ")
    broken = any(flaw.breaks for flaw in found)
    page.write("the ledger is not whole" if broken else "the ledger is whole")
    return int(broken)


def _waiting() -> None:
    click.echo("another process is writing to this ledger; waiting until it is done", err=True)


def _bytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
