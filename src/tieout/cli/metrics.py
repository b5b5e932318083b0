"""tieout metrics."""

from __future__ import annotations

from pathlib import Path

import click

from tieout.cli.options import ledger_option


@click.command("metrics", short_help="Every metric that can be measured.")
@ledger_option
def command(ledger: Path | None) -> None:
    """Print every metric that can be measured: id, label, unit, kind and formula."""
    from tieout.desk import Desk
    from tieout.report.console import Page
    from tieout.report.tables import listing

    rows = [
        (
            metric.id,
            metric.label,
            metric.unit,
            metric.kind,
            metric.company or "",
            "; ".join(map(str, metric.formulas)),
        )
        for metric in Desk.open(ledger).metrics()
    ]
    listing(("metric", "label", "unit", "kind", "company", "formula"), rows, Page())
