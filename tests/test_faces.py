"""The faces people work with: the page, the corrections, the notebook, rows for a DataFrame."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from browser import BROWSER, browsing
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser
from test_report import HOSTILE, TEXT, WORDS, _check, _claim, _document

import tieout
from tieout import Desk
from tieout.cli import main
from tieout.core.article import Article, Block, Published, Span
from tieout.core.fact import Fact
from tieout.core.finding import Check, Finding, Verdict
from tieout.core.measure import Measure
from tieout.core.quantity import Quantity
from tieout.report import html, markdown, notebook, terminal
from tieout.report.markup import Html, clean, link, linkable, markup, tag
from tieout.report.rows import rows
from tieout.report.summary import counted

SAMPLE = Path(tieout.__file__).parent / "demo" / "article.txt"
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
NASTY = "<script>alert(1)</script> <img src=x onerror=alert(1)> \"' & </style> --> <!-- &lt; " + HOSTILE


@pytest.fixture(scope="module")
def desk():
    return Desk.open()


@pytest.fixture(scope="module")
def demo(desk):
    return desk.check(SAMPLE)


def _hostile():
    """A check in which everything that comes from outside attacks the page."""
    text = f"{NASTY}\n\n{NASTY}"
    url = 'javascript:alert("x")'
    fact = Fact(
        Measure("ACME", "backlog", (), None), Quantity(Decimal(7), NASTY, 0), _document(NASTY, url=url)
    )
    claim = _claim(text, "100", value=100)
    wrong = Finding(
        NASTY, Verdict.CONTRADICTED, claim, NASTY, known=fact, notes=(NASTY,), missing=NASTY, correction=NASTY
    )
    bare = Finding("gap", Verdict.UNVERIFIABLE, replace(claim, number=Span(0, 8)), NASTY, missing=NASTY)
    half = len(NASTY)
    blocks = (Block("title", Span(0, half)), Block("paragraph", Span(half + 2, len(text))))
    return Check(Article(text, blocks, NASTY), (NASTY,), (wrong, bare), 2, NASTY, (NASTY,))


def _overlapping():
    """A direction word inside a number's stretch, two claims on one number, and one outside all blocks."""
    text = "Margins held steady at 11.0% in Q2, and so on.\n\nA caption: 7."
    spans = [(8, 28), (8, 19), (23, 28), (23, 28), (59, 60)]
    verdicts = [Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.OPINION, Verdict.STALE, Verdict.UNVERIFIABLE]
    findings = tuple(
        Finding("c", verdict, _claim(text, "steady", number=Span(*span)), "said so")
        for span, verdict in zip(spans, verdicts, strict=True)
    )
    return Check(Article(text, (Block("paragraph", Span(0, 46)),)), ("ACME",), findings, 3, "v")


CHECKS = {"built": _check, "hostile": _hostile, "overlapping": _overlapping}
EMPTY = Check(Article("", ()), (), (), 0, "v")


def _sound(page, check):
    """Assert all that must hold of any page, as written or as a browser has read it."""
    tree = LexborHTMLParser(page)
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    numbers = range(1, len(check.findings) + 1)
    assert {f"m{n}" for n in numbers} == {each for each in ids if re.fullmatch(r"m\d+", each)}
    assert {f"n{n}" for n in numbers} == {each for each in ids if re.fullmatch(r"n\d+", each)}
    accused = {f"f{n}" for n, finding in zip(numbers, check.findings, strict=True) if finding.verdict.accuses}
    assert accused == {each for each in ids if re.fullmatch(r"f\d+", each)}
    hrefs = [node.attributes.get("href") or "" for node in tree.css("a[href]")]
    assert {each[1:] for each in hrefs if each.startswith("#")} <= set(ids)
    assert {f"#{kind}{n}" for n in numbers for kind in "mn"} | {f"#{each}" for each in accused} <= set(hrefs)
    assert all(each.startswith(("#", "http://", "https://")) for each in hrefs)
    for node in tree.css("[aria-describedby], [aria-labelledby], [popovertarget], [for]"):
        for key in ("aria-describedby", "aria-labelledby", "popovertarget", "for"):
            assert set((node.attributes.get(key) or "").split()) <= set(ids)
    levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    policy = tree.css_first("meta[http-equiv='Content-Security-Policy']").attributes["content"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert tree.css("script, img, link, iframe, object, embed, base, form, [src]") == []
    assert not [key for node in tree.css("*") for key in node.attributes if key.startswith("on")]
    assert not CONTROLS.search(page)
    assert len(tree.css("header, main, footer")) == 3
    return tree


# ---- the page


@pytest.mark.parametrize("kind", CHECKS)
def test_a_page_is_sound(kind):
    check = CHECKS[kind]()
    _sound(html.dumps(check, WORDS), check)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A page of a headless browser; tests that need one are left out where there is none."""
    if BROWSER is None:
        pytest.skip("no Chromium")
    with browsing(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture
def shown(browser, tmp_path):
    """Show a check in the browser."""

    def show(check, words, **size):
        file = tmp_path / "page.html"
        file.write_text(html.dumps(check, words), encoding="utf-8")
        browser.open(file, **size)
        return browser

    return show


def test_the_demo_page_is_sound_in_a_browser(demo, desk, shown):
    """A browser's own reading of the page, which mends what is wrong in it."""
    page = shown(demo, desk.vocabulary())
    tree = _sound(page.value("document.documentElement.outerHTML"), demo)
    assert page.complaints == []
    assert len(tree.css("button.m")) == len({finding.claim.number for finding in demo.findings})
    assert len(tree.css(".card")) == len(tree.css("button.m"))


CARDS = "[...document.querySelectorAll('.card')].filter(e => e.checkVisibility()).map(e => e.id)"


def test_a_card_opens_with_enter_and_closes_with_escape(demo, desk, shown):
    page = shown(demo, desk.vocabulary())
    page.value("document.querySelector('[popovertarget=e4]').focus()")
    page.key("Tab")
    assert page.value("document.activeElement.getAttribute('popovertarget')") == "e5"
    assert page.value(CARDS) == []
    page.key("Enter", "\r")
    assert page.value(CARDS) == ["e5"]
    page.key("Escape")
    assert page.value(CARDS) == []
    assert page.value("document.activeElement.getAttribute('popovertarget')") == "e5"


def test_a_card_shows_under_the_mouse_and_closes_with_escape_though_it_stays_there(demo, desk, shown):
    page = shown(demo, desk.vocabulary())
    page.mouse("[popovertarget=e4]")
    assert page.value(CARDS) == ["e4"]
    page.mouse("[popovertarget=e4]", click=True)
    assert page.value(CARDS) == ["e4"]
    page.key("Escape")
    assert page.value(CARDS) == []
    page.mouse("[popovertarget=e5]")
    assert page.value(CARDS) == ["e5"]


DENSE = " ".join(["Its revenue in Q2 FY2026 was $19 billion."] * 25)
BOXES = """(selector => [...document.querySelectorAll(selector)].map(e => {
    const range = document.createRange(); range.selectNodeContents(e);
    const box = e.getBoundingClientRect(), inside = range.getBoundingClientRect();
    return [box.left, inside.top, box.right, inside.bottom] }))"""
"""Where elements are: from the first line in them to the last, since a box may be taller than its text."""


@pytest.mark.parametrize("width", [390, 820, 1024, 1440])
def test_many_corrections_leave_no_gap_in_the_text(desk, shown, width):
    """Beside the text, where there is room, else below their paragraph; never over anything."""
    text = f"{DENSE}\n\nA paragraph of few words.\n\n{DENSE}\n\nThe end.\n"
    check = desk.check(text, company="DELL")
    assert len(check.wrong) == 50
    page = shown(check, desk.vocabulary(), width=width)
    texts, lists = page.value(f"{BOXES}('article p')"), page.value(f"{BOXES}('.fixes')")
    (evidence,) = page.value(f"{BOXES}('.notes')")
    assert len(lists) == 2
    gaps = [after[1] - before[3] for before, after in pairwise(texts)]
    if width >= 1024:
        assert max(gaps) < 40
        assert min(box[0] for box in lists) > max(box[2] for box in texts)
        assert lists[0][1] - texts[0][1] < 20
        assert lists[0][3] < lists[1][1]
    else:
        assert [lists[0][1] > texts[0][3], lists[0][3] < texts[1][1]] == [True, True]
        assert gaps[1] < 40
    assert evidence[1] > max(box[3] for box in lists)
    assert page.value("document.documentElement.scrollWidth") <= width


def test_hostile_text_stays_text():
    page = html.dumps(_hostile(), WORDS)
    tree = LexborHTMLParser(page)
    assert "<script>alert(1)</script>" in tree.css_first("article").text()
    assert tree.css("article script, article img, a[href^='javascript']") == []
    assert page.count("<style>") == page.count("</style>") == 1


def test_a_page_shows_the_whole_text():
    check = _check()
    tree = LexborHTMLParser(html.dumps(check, WORDS))
    for node in tree.css(".card, .unseen, sup, .fixes"):
        node.decompose()
    shown = "".join(tree.css_first("article").text().split())
    assert shown == "".join(TEXT.replace("- ", "").split()).replace("Acme'syear", "Acme'syearAcme'syear", 1)


def test_marks_carry_every_verdict_and_are_drawn_with_the_worst():
    tree = LexborHTMLParser(html.dumps(_overlapping(), WORDS))
    mark = tree.css_first("button.m")
    assert mark.attributes["class"] == "m as-contradicted"
    assert mark.css_first(".said").text() == "held steady at 11.0%"
    assert [node.text() for node in mark.css("sup span")] == ["✗2", "✓1", "~3", "✗4"]
    assert set(mark.parent.attributes["class"].split()) == {
        "c",
        "v-contradicted",
        "v-opinion",
        "v-stale",
        "v-supported",
        "v-wrong",
    }
    assert "Outside the text above:" in tree.css_first("article").text()


def test_evidence_holds_what_is_known_and_where_from():
    tree = LexborHTMLParser(html.dumps(_check(), WORDS))
    card = tree.css_first("#e1").text()
    assert "wrong period" in card
    assert "$11.7 billion is Backlog, Q2 FY2026" in card
    assert "“$14.4 billion” is true of Q1 FY2026" in card
    assert [node.text() for node in tree.css("#e1 time")] == ["2025-08-28", "2025-08-28"]
    assert tree.css_first("#e1 a").attributes["href"] == "https://acme.example/q2"
    derived = tree.css_first("#e2").text()
    assert "backlog / revenue" in derived
    assert "$20 billion Revenue, Q2 FY2026" in derived
    assert "Note: a coarse source" in derived
    assert "the revenue of the latest quarter" in tree.css_first("#e4").text()
    assert "the backlog was $11.7 billion" in tree.css_first("#f1").text()


def test_the_style_knows_every_verdict_and_every_filter():
    style = (files("tieout.report") / "page.css").read_text(encoding="utf-8")
    for verdict in Verdict:
        assert f".v-{verdict}" in style
        assert f".as-{verdict}" in style
        for shown in ("> .m .said", "> .m sup"):
            assert f"body:has(#show-{verdict}:checked) .c:not(.v-{verdict}) {shown}" in style
    assert "url(" not in style
    assert "@import" not in style
    assert "</" not in style


def test_an_empty_article_has_a_page():
    tree = LexborHTMLParser(html.dumps(EMPTY, WORDS))
    assert tree.css_first("h1").text() == "Checked article"
    assert tree.css("input, .notes") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_can_be_read(scheme):
    """WCAG AA: 4.5 to 1 on the paper and on what lies over it."""
    style = (files("tieout.report") / "page.css").read_text(encoding="utf-8")
    found = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[["light", "dark"].index(scheme)]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", found))
    for name in ("ink", "soft", "link", "good", "bad", "late", "open", "mute"):
        for ground in ("paper", "raised"):
            assert _contrast(colours[name], colours[ground]) >= 4.5, (name, ground)


def _contrast(one, two):
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(two)))
    return (high + 0.05) / (low + 0.05)


# ---- markup


@given(st.text())
def test_markup_is_the_text_again_once_read(text):
    assert unescape(markup(text)) == clean(text)
    assert not re.search(r"[<>\"']", markup(text))
    assert not CONTROLS.search(clean(text).replace("\n", ""))
    assert markup(markup(text)) == markup(text)


def test_elements_escape_what_is_not_markup():
    made = tag("a", "<b>", Html("<i>x</i>"), href='"&', class_="c", hidden=True, disabled=False)
    assert made == '<a href="&quot;&amp;" class="c" hidden>&lt;b&gt;<i>x</i></a>'


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://www.sec.gov/a?b=c&d=%20#e", True),
        ("HTTP://x.y", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//x.y", False),
        ("https://", False),
        ("https://x.y/\x01", False),
        ("https://x.y/ z", False),
        ('https://x.y/"><script>', False),
        ("https://[x", False),
        ("https://x.y/\u202e", False),
        (" https://x.y", False),
    ],
)
def test_only_whole_addresses_of_the_web_become_links(url, fine):
    assert linkable(url) is fine
    assert ("href" in link("label", url)) is fine


# ---- the corrections


def test_corrections_say_what_is_wrong_what_is_true_and_the_proof():
    text = markdown.dumps(_check(), WORDS)
    assert text.startswith(
        "# Corrections: Acme's year\n\nAbout ACME; published 2025-08-29. Checked 3 of 5 numbers"
    )
    link = "[Acme Q2 release](<https://acme.example/q2>), 2025-08-28"
    assert "1. **“\\$14.4 billion”**\n" in text
    assert "   True: **the backlog was \\$11.7 billion** is Backlog, Q2 FY2026.\n" in text
    assert f"   Proof: {link}.\n" in text
    assert "“\\$14.4 billion” is true of Q1 FY2026 ([Acme Q1 release]" in text
    assert "## Could not be settled\n\n- “20.0”: the revenue of the latest quarter\n" in text
    assert "bliss" not in text


def test_what_is_said_twice_is_corrected_once():
    check = _check()
    again = replace(check.findings[2], message=check.findings[0].message)
    text = markdown.dumps(replace(check, findings=(*check.findings[:2], again)), WORDS)
    assert text.count("$11.7 billion") == 1
    assert "**“\\$14.4 billion”** (2 times)" in text


def test_nothing_wrong_is_said():
    assert "Nothing was found to be wrong." in markdown.dumps(EMPTY, WORDS)
    assert "Could not be settled" not in markdown.dumps(EMPTY, WORDS)


def test_hostile_text_is_no_markdown():
    nasty = (
        "# a\n\n- b *c* _d_ [e](http://f) <b> `g` ![h](i) \\ | ~~j~~ &amp; www.k.l m@n.o $p$ 1. q" + HOSTILE
    )
    text = f"{nasty} 100"
    claim = replace(_claim(text, "100"), span=Span(0, len(text)))
    finding = Finding("c", Verdict.UNVERIFIABLE, claim, nasty, missing=nasty)
    check = Check(Article(text, (), nasty), (nasty,), (finding,), 1, nasty)
    made = MarkdownIt("commonmark").enable("strikethrough").parse(markdown.dumps(check, WORDS))
    kinds = [token.type for token in made if token.nesting >= 0]
    assert kinds.count("heading_open") == 3
    assert kinds.count("list_item_open") == 1
    inner = {child.type for token in made if token.type == "inline" for child in token.children}
    assert inner <= {"text", "text_special"}
    told = next(t for t in made if t.type == "inline" and "Corrections" in t.content)
    shown = "".join(child.content for child in told.children)
    assert "# a - b *c* _d_ [e](http://f) <b> `g` ![h](i) \\ | ~~j~~ &amp; www.k.l m@n.o $p$" in shown


# ---- the notebook and rows


def test_a_check_shows_itself_in_a_notebook(demo):
    made = demo._repr_html_()
    tree = LexborHTMLParser(made)
    assert tree.css("[id]") == []
    assert "$11.7 billion" in tree.css_first(".tieout-check ul").text()
    assert [node.text() for node in tree.css(".tieout-check > details > summary")] == [
        "Not settled: 3",
        "Supported: 18",
    ]
    style = tree.css_first("style").text()
    selectors = re.findall(r"([^{}]+)\{", style)
    assert all(each.strip().startswith(".tieout-check") for group in selectors for each in group.split(","))


@pytest.mark.parametrize("kind", CHECKS)
def test_the_fragment_is_safe(kind):
    made = notebook.fragment(CHECKS[kind](), WORDS)
    tree = LexborHTMLParser(made)
    assert tree.css("script, img, a[href^='javascript'], [id]") == []
    assert not CONTROLS.search(made)


def test_core_knows_nothing_of_reports(demo):
    assert not hasattr(Check, "_repr_html_")
    assert isinstance(demo, Check)
    assert replace(demo, numbers=1).numbers == 1
    assert "Vocabulary" not in repr(demo)


def test_rows_have_one_shape(desk):
    held = desk.facts("DELL")
    made = desk.rows(held)
    assert len(made) == len(held)
    assert len({tuple(row) for row in made}) == 1
    assert {row["basis"] for row in made} == {"reported"}


def test_rows_of_facts_and_of_computed_figures():
    check = _check()
    derived = check.findings[1].known
    fact = check.findings[0].known
    one, two = rows((fact, derived), WORDS)
    assert (one["period"], one["value"], one["known"]) == (
        "Q2 FY2026",
        Decimal(11_700_000_000),
        date(2025, 8, 28),
    )
    assert (one["start"], one["decimals"], one["formula"]) == (None, -8, None)
    assert (two["basis"], two["formula"], two["decimals"]) == ("derived", "backlog / revenue", None)


# ---- the command


@pytest.mark.parametrize(("form", "told"), [("html", "<!doctype html>"), ("markdown", "# Corrections: ")])
def test_the_command_writes_both(form, told, tmp_path, capsysbinary):
    out = tmp_path / "report"
    assert main(["check", str(SAMPLE), "--format", form, "--out", str(out)]) == 1
    assert main(["check", str(SAMPLE), "--format", form]) == 1
    assert capsysbinary.readouterr().out == out.read_bytes()
    assert out.read_text(encoding="utf-8").startswith(told)


def test_corrections_of_several_articles_stand_under_their_names(tmp_path, capsysbinary):
    names = [tmp_path / "_a_.md", tmp_path / "c.md"]
    for path in names:
        path.write_text(
            "Dell's AI server backlog was $14.4 billion at the end of Q2 FY2026.", encoding="utf-8"
        )
    assert main(["check", *map(str, names), "--format", "markdown"]) == 1
    shown = MarkdownIt("commonmark").render(capsysbinary.readouterr().out.decode())
    assert shown.count("<h1>Corrections: ") == 2
    assert shown.index("_a_.md &lt;==</p>") < shown.index("c.md &lt;==</p>")


def test_a_page_is_about_one_article(tmp_path, capsys):
    out = tmp_path / "all.html"
    assert main(["check", str(SAMPLE), str(SAMPLE.parent), "--format", "html", "--out", str(out)]) == 2
    assert "a report in html is about one article" in capsys.readouterr().err
    assert not out.exists()


def test_a_date_unknown_is_said_everywhere():
    check = replace(_check(), article=replace(_check().article, published=None))
    for made in (html.dumps(check, WORDS), markdown.dumps(check, WORDS), notebook.fragment(check, WORDS)):
        assert "date unknown" in made
    month = replace(check, article=replace(check.article, published=Published.month(2025, 8)))
    assert "published 2025-08-01 to 2025-08-31" in html.dumps(month, WORDS)


# ---- what a wrong number really is


@pytest.mark.parametrize(
    ("text", "known", "really"),
    [
        (
            "Dell's storage revenue rose 3% in Q2 FY2026.",
            "-3 % is Storage ISG Revenue, growth on the year before, Q2 FY2026",
            "is off by the sign",
        ),
        (
            "Dell's revenue for Q2 FY2026 was $29.8 million.",
            "$29.776 billion is Revenue, Q2 FY2026",
            "is off by a factor of a thousand",
        ),
        (
            "Dell's non-GAAP gross margin fell 2.9% from Q1 FY2026 to Q2 FY2026.",
            "is Gross margin (non-GAAP), growth on the quarter before, Q2 FY2026",
            "is off by the unit: points told as percent",
        ),
        (
            "Dell's AI server orders rose by $5.6 billion in Q2 FY2026.",
            "$2.4 billion is the change of AI server orders, Q2 FY2026, since Q2 FY2025",
            "is the level of AI server orders, Q2 FY2026",
        ),
        (
            "Dell's revenue rose 27% year over year in Q2 FY2026.",
            "19 % is Revenue, growth on the year before, Q2 FY2026",
            "is the change of Revenue, Q2 FY2026, since Q1 FY2026",
        ),
        (
            "Dell guides to non-GAAP EPS of $9.40 for FY2026.",
            "about $9.55 per share is Diluted EPS (non-GAAP) (guidance), FY2026",
            "is the guidance of 2025-05-29",
        ),
        (
            "In Q2 FY2026 ISG was 80% of Dell's total revenue.",
            "is ISG Revenue, Q2 FY2026 as a share of Revenue, Q2 FY2026",
            "",
        ),
    ],
)
def test_a_report_says_what_a_wrong_number_really_is(desk, text, known, really):
    check = desk.check(text, company="DELL", published="2025-08-29")
    (finding,) = check.wrong
    words = desk.vocabulary()
    page = LexborHTMLParser(html.dumps(check, words)).body.text()
    list_ = markdown.dumps(check, words).replace("\\", "").replace("**", "")
    for told in (" ".join(terminal.text(check, words).split()), " ".join(page.split())):
        assert known in told
        assert really in told
        assert "true of" not in told
    assert really in list_
    assert "true of" not in list_
    assert finding.correction in list_


def test_what_is_not_settled_says_why_before_it_says_what_was_read(desk):
    text = "For the whole of the second fiscal quarter of 2026 Dell's revenue was $29.8 billion, up 19%."
    check = desk.check(text, company="DELL")
    unsettled = (
        replace(finding, verdict=Verdict.UNVERIFIABLE, missing="a closer look") for finding in check.findings
    )
    check = replace(check, findings=tuple(unsettled))
    words = desk.vocabulary()
    told = " ".join(terminal.text(check, words).split())
    assert "unverifiable: a closer look read as: $29.776 billion is Revenue, Q2 FY2026" in told
    list_ = markdown.dumps(check, words).replace("\\", "")
    assert "“… Dell's revenue was $29.8 billion, up 19%”: a closer look" in list_


@pytest.mark.parametrize(("number", "told"), [(0, "0 claims"), (1, "1 claim"), (2, "2 claims")])
def test_one_is_not_told_as_many(number, told):
    assert counted(number, "claim") == told
