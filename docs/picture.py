"""The picture on the first page: what a terminal shows of the sample article, in light and in dark."""

from __future__ import annotations

import re
from importlib.resources import files
from io import StringIO

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tieout import Desk
from tieout.report.console import Page
from tieout.report.terminal import write

WIDTH = 80
LINES = 32
"""The title and two paragraphs with their notes, and the empty line below; the page has the whole."""
NAME = "report"


def theme(colours: str) -> TerminalTheme:
    """A terminal's colours, from those of paper and ink, red, green, yellow, blue, magenta and cyan."""
    paper, ink, *six = ((red, green, blue) for red, green, blue in map(bytes.fromhex, colours.split()))
    return TerminalTheme(paper, ink, [ink, *six, paper])


LIGHT = theme("f6f8fa 24292f b31d28 116329 7d4e00 0550ae 6f42c1 0d6e7a")
DARK = theme("161b22 d0d7de ff7b72 56d364 e3b341 79c0ff d2a8ff 56d4dd")
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {terminal_width} {terminal_height}" role="img">
<title>What tieout prints of its sample article</title>
<style>
text {{ font: {char_height}px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace }}
LOOKS
</style>
<rect class="paper" width="100%" height="100%" rx="10"/>
<g transform="translate(14 10)">
{matrix}
</g>
</svg>
"""
UNSEEN = re.compile(r'<text [^>]*>\n</text>| clip-path="[^"]*"')
"""Line ends as texts of their own, and the windows of lines that do not overflow."""


def demo() -> str:
    """The first lines of `tieout demo` as an SVG picture, light or dark as its reader likes it."""
    shown = Console(record=True, width=WIDTH + 3, file=StringIO())
    for line in printed().splitlines()[:LINES]:
        shown.print(Text.from_ansi(line), soft_wrap=True)
    light, dark = (
        f".paper {{ fill: {theme.background_color.hex} }}\n"
        + shown.export_svg(theme=theme, code_format="{styles}", unique_id=NAME, clear=False)
        for theme in (LIGHT, DARK)
    )
    looks = f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"
    made = shown.export_svg(theme=LIGHT, code_format=SVG, unique_id=NAME).replace("LOOKS", looks)
    return UNSEEN.sub("", made)


def printed() -> str:
    """The report on the sample article as a terminal gets it, colour codes and all."""
    desk = Desk.open()
    article = files("tieout.demo") / "article.txt"
    page = Page(StringIO(), width=WIDTH)
    page.console.record = True
    write(desk.check(article.read_bytes(), name=article.name), desk.vocabulary(), page)
    return page.console.export_text(styles=True)
