"""The index of a folder of HTML reports: one page, nothing loaded from elsewhere, no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote

from tieout.report.entry import Entry
from tieout.report.plain import plain

TITLE = "<title>Articles checked by tieout</title>"
"""By this line a page is known to be such an index."""
_HEAD = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{TITLE}
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }}
.wide {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; padding: .35rem .75rem; border-bottom: 1px solid #8886; vertical-align: top; }}
.n {{ text-align: right; font-variant-numeric: tabular-nums; }}
.wrong {{ font-weight: bold; }}
@media (max-width: 36rem) {{
  body {{ margin: 1rem auto; }}
  tr {{ display: grid; grid-template-columns: 1fr repeat(3, 5rem); border-bottom: 1px solid #8886; }}
  th, td {{ border: 0; padding: .2rem 0; }}
  :is(th, td):first-child, td[colspan] {{ grid-column: 1 / -1; overflow-wrap: anywhere; }}
}}
</style>
</head>
<body>
<h1>Articles checked by tieout</h1>
<div class="wide">
<table>
<thead><tr><th scope="col">article</th><th scope="col">companies</th><th scope="col" class="n">numbers</th>
<th scope="col" class="n">checked</th><th scope="col" class="n">wrong</th></tr></thead>
<tbody>
"""
_FOOT = "</tbody>\n</table>\n</div>\n</body>\n</html>\n"


def page(entries: Iterable[Entry]) -> Iterator[str]:
    """The page in pieces, a row for each article in the order given."""
    yield _HEAD
    for entry in entries:
        yield _row(entry)
    yield _FOOT


def _row(entry: Entry) -> str:
    name = escape(plain(entry.title or entry.file))
    if entry.error:
        return f'<tr><td>{name}</td><td colspan="4">not checked: {escape(plain(entry.error))}</td></tr>\n'
    link = f'<a href="{escape(quote(entry.output, errors="surrogateescape"))}">{name}</a>'
    wrong = f"✗ {entry.wrong}" if entry.wrong else "0"
    return (
        f"<tr><td>{link}</td><td>{escape(', '.join(entry.companies))}</td>"
        f'<td class="n">{entry.numbers}</td><td class="n">{entry.covered}</td>'
        f'<td class="n{" wrong" if entry.wrong else ""}">{wrong}</td></tr>\n'
    )
