"""What an earlier run in another format left in the folder, and this run replaces."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from tieout.report.entry import Entry
from tieout.report.forms import FORMS
from tieout.report.index import TITLE


def output(name: str, ending: str) -> str:
    """Where the report on an article of that name goes; never with the article's own ending twice."""
    path = PurePosixPath("reports", name)
    if path.suffix.lower() == ending:
        path = path.with_suffix(".checked")
    return f"{path}{ending}"


def drop_report(folder: Path, name: str, before: Entry | None, now: Entry) -> None:
    """Delete the article's earlier report where the new one has another name.

    A manifest is a file like any other: nothing is deleted but what a report on that article may be called.
    """
    if before is None or not now.output or before.output in ("", now.output):
        return
    if before.output in {output(name, form.ending) for form in FORMS.values()}:
        (folder / before.output).unlink(missing_ok=True)


def drop_index(folder: Path) -> None:
    """Delete the page that links HTML reports; a page of anybody else's is left alone."""
    page = folder / "index.html"
    if page.is_file():
        with page.open("rb") as file:
            ours = TITLE.encode() in file.read(1000)
        if ours:
            page.unlink()
