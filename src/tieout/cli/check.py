"""tieout check."""

from __future__ import annotations

from pathlib import Path

import click

from tieout.cli.options import complete_company, ledger_option

FORMATS = ("terminal", "json", "jsonl", "html", "markdown", "sarif", "github")
"""The names of tieout.report.forms, which --help need not import; a test holds the two together."""


@click.command("check", short_help="Check articles, or - for stdin.")
@click.argument("articles", type=click.Path(path_type=Path, allow_dash=True), nargs=-1, required=True)
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
    type=click.Choice(FORMATS),
    default="terminal",
    show_default=True,
    help="For reading here, for programs, as a page for a browser, as a list of corrections, for code "
    "scanning, or as annotations of a workflow.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write the report to this file, whole or not at all, or one report an article into this folder, "
    "with an index and a summary.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes check when reports go into a folder; one a processor if omitted.",
)
@ledger_option
@click.option(
    "--require-coverage",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="Exit with 1 when less than this share of an article's numbers gets a verdict, such as 0.8.",
)
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    articles: tuple[Path, ...],
    company: tuple[str, ...],
    published: str | None,
    form: str,
    out: Path | None,
    jobs: int | None,
    ledger: Path | None,
    require_coverage: float | None,
) -> int:
    """Check ARTICLES: text, Markdown or HTML files, folders or patterns of them, or - for stdin.

    Prints each article with its claims marked, what is known with its document and date, and a summary.

    Exit code: 0 nothing wrong, 1 at least one wrong claim or less covered than required, 2 could not
    check. Of several articles the highest; with a folder as --out 2 only if none could be checked.

    \b
    Examples:
      tieout check article.txt --company DELL --published 2025-08-29
      tieout check articles/ --format jsonl --out checked/
    """
    from tieout.batch import Order, plan
    from tieout.cli.show import folder, one, several

    order = Order(form, company, published, ledger)
    todo = plan(articles, out)
    if todo.folder is not None:
        return folder(todo, order, jobs, require_coverage)
    if todo.single:
        return one(todo.articles[0], order, out, require_coverage)
    return several(todo, order, out, require_coverage)
