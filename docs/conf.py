"""Sphinx's settings for the site, which `make docs` builds.

The sources are the repository's own pages, in the folders they have there, so that a link which holds on a
code host holds on the site too, and a broken one stops the build.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from tieout import Desk, __version__
from tieout.report.html import dumps

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "tieout"
version = release = __version__
root_doc = "docs/index"
extensions = ["myst_parser"]
include_patterns = ["*.md", "docs/**.md"]
exclude_patterns = [".*", "build", "dist", "src", "tests", "docs/articles"]
nitpicky = True

myst_heading_anchors = 4

html_theme = "furo"
html_title = f"tieout {__version__}"
html_copy_source = False
html_use_index = False
html_show_sphinx = False
html_show_copyright = False
html_extra_path = ["static/index.html"]
html_static_path = ["static/site.css"]
html_css_files = ["site.css"]

PAGE = re.compile(r"^- \[(?P<title>[^\]]+)\]\((?P<path>[^)#]+)\.md\)", re.MULTILINE)


def navigation(text: str) -> str:
    """Tables of contents made of the page's lists of links: one for each of its sections."""
    return "".join(
        f"\n```{{toctree}}\n:hidden:\n:caption: {section.partition(chr(10))[0]}\n\n"
        + "".join(f"{page['title']} <{page['path']}>\n" for page in PAGE.finditer(section))
        + "```\n"
        for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    )


def read(_app: Sphinx, name: str, source: list[str]) -> None:
    """A page as the site has it: `<!-- site: ... -->` is shown, and the first page gets the contents."""
    text = re.sub(r"<!-- site: (.*?) -->", r"\1", source[0], flags=re.DOTALL)
    source[0] = text + navigation(text) if name == root_doc else text


def report(app: Sphinx, error: Exception | None) -> None:
    """Write the page that tieout makes of its sample article, as it is now, beside the first page."""
    if error is None and app.builder.format == "html":
        desk = Desk.open()
        article = files("tieout.demo") / "article.txt"
        made = dumps(desk.check(article.read_bytes(), name=article.name), desk.vocabulary())
        (Path(app.outdir) / "docs" / "demo.html").write_text(made, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Hook the functions above into the build."""
    app.connect("source-read", read)
    app.connect("build-finished", report)
