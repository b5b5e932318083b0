"""The group of commands; each is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from tieout import __version__

NAME = "tieout"
COMPLETE = "_TIEOUT_COMPLETE"
"""The variable through which a shell asks for completions."""
COMMANDS = (
    "check",
    "facts",
    "explain",
    "metrics",
    "companies",
    "ingest",
    "ledger",
    "pack",
    "doctor",
    "bench",
    "demo",
    "completion",
)


class LazyGroup(click.Group):
    """A group whose commands live in modules of their names, each with a function `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order a newcomer meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None for an unknown one."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        found: object = import_module(f"tieout.cli.{cmd_name}").command
        return found if isinstance(found, click.Command) else None


SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=LazyGroup, context_settings=SETTINGS)
@click.version_option(__version__, message="tieout %(version)s")
def tieout() -> None:
    """Check, claim by claim, whether the numbers in an article tie out to the documents they stand in.

    Exit code: 0 nothing wrong, 1 at least one wrong claim (or too little covered, when asked for),
    2 could not check.
    """
