"""The generated parts of the docs are what the program says now, links lead somewhere, the site holds."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

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


def test_a_planted_outdated_picture_is_seen(tmp_path):
    (tmp_path / "demo.svg").write_text("<svg/>", encoding="utf-8")
    assert list(build.outdated(tmp_path)) == [tmp_path / "demo.svg"]


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


# ---- the site


def built(folder, out):
    """What the Makefile's own line for `make docs` says of the pages in a folder, built into another."""
    (line,) = re.findall(r"^docs:.*\n\t(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    command = line.replace("$(BIN)/python", shlex.quote(sys.executable)).replace("build/", f"{out}/")
    return subprocess.run(shlex.split(command), cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    done = built(ROOT, out)
    assert (done.returncode, done.stderr) == (0, "")
    return out / "site"


def loose_ends(site):
    """What the pages of a site load from elsewhere, and their links that lead nowhere on it."""
    trees = {page: HTMLParser(page.read_text(encoding="utf-8")) for page in site.rglob("*.html")}
    places = {page: {node.id for node in tree.css("[id]")} for page, tree in trees.items()}
    for page, tree in trees.items():
        for node in tree.css("[src], link[href], a[href]"):
            target = node.attributes.get("src") or node.attributes.get("href") or ""
            there = urlsplit(target)
            if there.scheme or there.netloc:
                if node.tag != "a":
                    yield f"{page.name} loads {target}"
                continue
            file = (page.parent / unquote(there.path)).resolve() if there.path else page
            place = unquote(there.fragment)
            if not file.is_file() or (place and file in places and place not in places[file]):
                yield f"{page.name} links {target}"


def test_the_site_holds_together_and_loads_nothing_from_elsewhere(site):
    assert sorted(loose_ends(site)) == []


def test_the_first_page_shows_the_picture_and_leads_to_the_report(site):
    first = HTMLParser((site / "docs" / "index.html").read_text(encoding="utf-8"))
    assert first.css_first("article img").attributes["src"].endswith("demo.svg")
    assert first.css_first("article a[href='demo.html']") is not None
    report = (site / "docs" / "demo.html").read_text(encoding="utf-8")
    assert "wrong period" in report
    assert "Server Factory" in report


def test_all_four_kinds_of_page_are_in_the_navigation(site):
    first = HTMLParser((site / "docs" / "index.html").read_text(encoding="utf-8"))
    captions = [node.text(strip=True) for node in first.css(".sidebar-tree .caption")]
    assert captions == ["Tutorial", "How-to", "Reference", "Explanation", "Project"]


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """The build of a small site with a fault of every kind."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "docs" / "static", folder / "docs" / "static")
    shutil.copy(ROOT / "docs" / "conf.py", folder / "docs")
    for name, page in {
        "index.md": "# First\n\n## Tutorial\n\n- [A page](page.md)\n",
        "page.md": "# A page\n\n[1](gone.md) [2](index.md#lost)\n\n![3](gone.svg)\n\n```nonsense\n1\n```\n",
        "orphan.md": "# Nobody leads here\n",
    }.items():
        (folder / "docs" / name).write_text(page, encoding="utf-8")
    return built(folder, folder / "out")


def test_a_fault_stops_the_build(planted):
    assert planted.returncode == 1, planted.stderr


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ("page.md", "gone.md"),
        ("page.md", "lost"),
        ("page.md", "gone.svg"),
        ("page.md", "nonsense"),
        ("orphan.md", "isn't included in any toctree"),
    ],
)
def test_a_planted_fault_is_named(planted, page, complaint):
    assert [line for line in planted.stderr.splitlines() if page in line and complaint in line]


@pytest.mark.parametrize(
    "tag",
    [
        '<script src="https://x.y/z.js"></script>',
        '<link rel="stylesheet" href="//x.y/z.css">',
        '<img src="gone.png">',
        '<a href="gone.html">a</a>',
        '<a href="#gone">a</a>',
    ],
)
def test_a_planted_loose_end_is_seen(tmp_path, tag):
    fine = '<p id="here"><a href="#here">a</a> <a href="b.html#here">b</a> <a href="https://x.y">c</a></p>'
    (tmp_path / "a.html").write_text(fine + tag, encoding="utf-8")
    (tmp_path / "b.html").write_text(fine, encoding="utf-8")
    assert len(list(loose_ends(tmp_path))) == 1
