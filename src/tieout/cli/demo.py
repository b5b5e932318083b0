"""tieout demo."""

from __future__ import annotations

import click


@click.command("demo", short_help="Check the sample article that comes with tieout.")
@click.option("--whole", is_flag=True, help="Print the whole article with every finding.")
def command(whole: bool) -> None:
    """Check the sample article that comes with tieout, and print one passage of it and the summary.

    The article holds true claims and, on purpose, the kinds of error tieout is made to find. Finding them
    is this command's success: its exit code is 0, where `tieout check` on the same text says 1.
    """
    from importlib.resources import files

    from tieout.desk import Desk
    from tieout.report.console import Page
    from tieout.report.terminal import gist, write

    desk = Desk.open()
    article = files("tieout.demo") / "article.txt"
    check = desk.check(article.read_bytes(), name=article.name)
    page = Page()
    if whole:
        write(check, desk.vocabulary(), page)
    else:
        page.write(f"From “{check.article.title}”, which holds errors on purpose:")
        page.write()
        gist(check, desk.vocabulary(), page)
        page.write()
        page.write("The whole article with every finding: tieout demo --whole")
        page.write("An article of your own: tieout check FILE")
