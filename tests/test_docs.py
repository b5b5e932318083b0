"""The generated parts of the docs are what the program says now, and links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import build

ROOT = Path(__file__).parent.parent
PAGES = sorted(path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def broken(path):
    """The links of a page that lead to no file, or to no heading of one."""
    found = []
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in LINK.findall(text):
        if target.startswith(("http://", "https://")):
            continue
        name, _, place = target.partition("#")
        file = path.parent / name if name else path
        if not file.exists() or (place and place not in anchors(file)):
            found.append(target)
    return found


def anchors(path):
    """The addresses of a page's headings."""
    headings = re.findall(r"^#{1,6} (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {build.anchor(heading) for heading in headings}


def test_generated_parts_are_up_to_date():
    stale = [str(path.relative_to(ROOT)) for path in build.outdated()]
    assert stale == [], "run: python docs/build.py"


@pytest.mark.parametrize(
    "text",
    [
        "<!-- generated: metrics flow -->\nold\n<!-- end -->\n",
        "<!-- generated: help check -->\n<!-- end -->\n",
        "a\n\n<!-- generated: noun fact Fact -->\n| `nothing` |\n<!-- end -->\n",
    ],
)
def test_a_planted_outdated_part_is_seen_and_filled(tmp_path, text):
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    made = build.outdated(tmp_path)
    assert list(made) == [page]
    page.write_text(made[page], encoding="utf-8")
    assert build.outdated(tmp_path) == {}


def test_a_part_nobody_makes_is_an_error():
    with pytest.raises(LookupError, match="no part is called nonsense"):
        build.filled("<!-- generated: nonsense -->\n<!-- end -->\n")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    assert broken(path) == []


def test_a_planted_broken_link_is_seen(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "# One `two`\n\n[a](#one-two) [b](#three) [c](none.md) [d](page.md#one-two) [e](https://x.y)\n",
        encoding="utf-8",
    )
    assert broken(page) == ["#three", "none.md"]
