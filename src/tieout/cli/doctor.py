"""tieout doctor."""

from __future__ import annotations

from pathlib import Path

import click

from tieout.cli.options import ledger_option


@click.command("doctor", short_help="What is installed, which ledger, how fresh, what to fix.")
@ledger_option
@click.option(
    "--format",
    "form",
    type=click.Choice(("terminal", "json")),
    default="terminal",
    show_default=True,
    help="For reading, or for programs.",
)
def command(ledger: Path | None, form: str) -> int:
    """Print how things stand: what is installed, which ledger, how fresh, what is missing, how to fix it.

    Exit code: 0 when nothing fails, warnings allowed, 1 otherwise.

    \b
    Example:
      tieout doctor --ledger my/facts
    """
    from tieout.doctor import diagnose

    found = diagnose(ledger)
    if form == "json":
        import json

        click.echo(json.dumps(found.document(), indent=2))
    else:
        from tieout.report.console import Page
        from tieout.report.health import write

        write([(line.state, line.topic, line.found, line.fix) for line in found.lines], Page())
    return 0 if found.sound else 1
