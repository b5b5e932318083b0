"""tieout bench."""

from __future__ import annotations

from pathlib import Path

import click

from tieout.cli.options import ledger_option


@click.command("bench", short_help="How often checks are right, measured on your ledger.")
@click.option(
    "--set",
    "which",
    type=click.Choice(("look", "score")),
    default="score",
    show_default=True,
    help="The sentences to measure with: those only to score, or those to look at.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed makes other articles.")
@click.option(
    "--articles",
    type=click.IntRange(min=1),
    default=200,
    show_default=True,
    help="How many articles to make and check.",
)
@ledger_option
@click.option(
    "--misses",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Print N examples of each kind of miss; not for the set only to score.",
)
@click.option("--json", "as_json", is_flag=True, help="The rates as a JSON object.")
@click.option("--store", is_flag=True, help="Keep these figures as the release's, from a checkout.")
def command(
    which: str, seed: int, articles: int, ledger: Path | None, misses: int, *, as_json: bool, store: bool
) -> int:
    """Measure how often checks are right: articles made of the ledger's facts, with errors put in.

    Prints for each kind of error how many were found, named and corrected, for each way of writing a
    true number how many were accused, with intervals, beside two simple baselines.

    Exit code: 0, or 1 where the run is worse than the stored one of the same seed and size.

    \b
    Examples:
      tieout bench --articles 50
      tieout bench --set look --misses 3 --ledger my/facts
    """
    from tieout.bench.inject.__main__ import Asked, measured

    return measured(Asked(which, seed, articles, ledger, misses, as_json, store))
