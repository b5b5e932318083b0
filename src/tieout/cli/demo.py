"""tieout demo."""

from __future__ import annotations

import click


@click.command("demo", short_help="Check the sample article that comes with tieout.")
def command() -> None:
    """Check the sample article that comes with tieout, and print the result.

    The article holds true claims and, on purpose, the kinds of error tieout is made to find. Finding them
    is this command's success: its exit code is 0, where `tieout check` on the same text says 1.
    """
    from importlib.resources import files

    from tieout.cli.show import deliver
    from tieout.desk import Desk
    from tieout.report.place import Place

    desk = Desk.open()
    article = files("tieout.demo") / "article.txt"
    data = article.read_bytes()
    check = desk.check(data, name=article.name)
    deliver(Place.of(article.name, data), check, desk.vocabulary(), "terminal", None)
