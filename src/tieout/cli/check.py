"""tieout check."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tieout.cli.options import complete_company, ledger_option


@click.command("check", short_help="Check an article, or - for stdin.")
@click.argument("article", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--company",
    "-c",
    multiple=True,
    metavar="TICKER",
    shell_complete=complete_company,
    help="Whom the article is about; may be given more than once. Found in the text if omitted.",
)
@click.option(
    "--published",
    metavar="DATE",
    help="When it appeared: 2025-08-29 or 2025-08. Found in the text if omitted.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "json", "html", "markdown"]),
    default="terminal",
    show_default=True,
    help="For reading here, the documented JSON, a page for a browser, or a list of corrections.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the report here, whole or not at all, instead of to stdout.",
)
@ledger_option
@click.option(
    "--require-coverage",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="Exit with 1 when less than this share of the numbers gets a verdict, such as 0.8.",
)
def command(
    article: Path,
    company: tuple[str, ...],
    published: str | None,
    form: str,
    out: Path | None,
    ledger: Path | None,
    require_coverage: float | None,
) -> int:
    """Check ARTICLE: a text, Markdown or HTML file, or - for stdin.

    Prints the article with each claim marked, what is known with its document and date, and a summary.

    Exit code: 0 nothing wrong, 1 at least one wrong claim or less covered than required, 2 could not
    check.

    \b
    Example:
      tieout check article.txt --company DELL --published 2025-08-29
    """
    from tieout.cli.show import deliver, passes
    from tieout.desk import Desk

    desk = Desk.open(ledger)
    source = sys.stdin.buffer.read() if str(article) == "-" else article
    check = desk.check(source, published=published, company=company or None)
    deliver(check, desk.vocabulary(), form, out)
    return 0 if passes(check, require_coverage) else 1
