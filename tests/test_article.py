"""Files and texts become articles: blocks, dates, tables, sentences."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.core.article import Article, Published, Span
from tieout.core.errors import ParseError
from tieout.read.article import MAX_BYTES, english, from_text, load
from tieout.read.sentences import sentences

DAY = Published.day(date(2025, 8, 29))


def shape(article: Article) -> list[tuple[str, str]]:
    return [(b.kind, article.text[b.span.start : b.span.end]) for b in article.blocks]


def cells(article: Article) -> list[list[str]]:
    return [[article.text[c.start : c.end] for c in b.cells] for b in article.blocks if b.kind == "table_row"]


# Plain text

PLAIN = """Dell ships servers
By Jane Doe | Aug. 29, 2025 4:05 PM ET
Updated: Aug 30, 2025

Dell Technologies said revenue was $29.8 billion, up 19% from a year earlier, as orders grew.

Highlights
- Revenue rose 19%.
2) EPS of $2.32

Metric | Q2 | Q1
--- | --- | ---
Revenue | $29.8B | $23.4B
Margin\t18.7%\t–3.8 pts
"""


def test_plain_text_is_laid_out():
    article = from_text(PLAIN)
    assert shape(article)[:5] == [
        ("title", "Dell ships servers"),
        (
            "paragraph",
            "Dell Technologies said revenue was $29.8 billion, up 19% from a year earlier, as orders grew.",
        ),
        ("heading", "Highlights"),
        ("list", "Revenue rose 19%."),
        ("list", "EPS of $2.32"),
    ]
    assert cells(article) == [
        ["Metric", "Q2", "Q1"], ["Revenue", "$29.8B", "$23.4B"], ["Margin", "18.7%", "–3.8 pts"]
    ]  # fmt: skip
    assert [b.header for b in article.blocks if b.kind == "table_row"] == [True, False, False]
    assert (article.title, article.published) == ("Dell ships servers", DAY)


def test_plain_text_stays_as_it_is():
    text = "Title\r\n\r\n  Revenue rose 5%.  \r\n"
    assert from_text(text).text == "Title\n\n  Revenue rose 5%.  \n"


def test_a_hard_wrapped_paragraph_is_one_block():
    text = (
        "Dell's quarter\n\n"
        "The company said its backlog of orders for servers had risen to $14.4\n"
        "billion, and that demand for them, which it expects to grow for years,\n"
        "Dell's management added, is strong. Margins fell.\n"
        "Outlook\n"
        "Management raised its full-year guidance for sales and profit, once again, by a good deal.\n"
    )
    found = shape(from_text(text))
    assert [kind for kind, _ in found] == ["title", "paragraph", "heading", "paragraph"]
    assert "$14.4\nbillion" in found[1][1]


def test_separate_lines_stay_separate():
    text = "Title\nRevenue rose 5% to $3 billion, a record for the company, it said.\nMargins fell.\nThe end."
    assert [kind for kind, _ in shape(from_text(text))] == ["title", "paragraph", "paragraph", "paragraph"]


def test_front_matter_stays_out_of_the_text():
    article = from_text(
        "---\ntitle: Dell's year\ndate: 2025-08-29\ntickers: [DELL, NVDA]\n---\nBacklog rose 5%.\n"
    )
    assert article.text == "Backlog rose 5%.\n"
    assert (article.title, article.published, article.companies) == ("Dell's year", DAY, ("DELL", "NVDA"))


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("2025-08-29", DAY),
        ("August 29, 2025", DAY),
        ("Aug. 29, 2025", DAY),
        ("29 August 2025", DAY),
        ("Friday, August 29th, 2025", DAY),
        ("Published: 2025-08-29 16:05 EDT", DAY),
        ("By Jane Doe and John Roe, Aug 29, 2025", DAY),
        ("By a staff writer, August 29, 2025", DAY),
        ("*By Jane Doe, senior writer, August 29, 2025*", DAY),
        ("Published on 2025-08-29 by Jane Doe", DAY),
        ("Acquired by Dell, August 29, 2025", None),
        ("Sales by region, August 29, 2025", None),
        ("2025-08", Published.month(2025, 8)),
        ("August 2025", Published.month(2025, 8)),
        ("08/29/2025", DAY),
        ("NEW YORK, Aug. 29, 2025 (Reuters) - Dell said revenue rose 5%.", DAY),
        ("ROUND ROCK, Texas – Aug. 29, 2025 – Dell said revenue rose 5%.", DAY),
        ("On August 29, 2025, Dell said revenue rose 5%.", None),
        ("By August 2025 Dell had shipped $5 billion.", None),
        ("Q2 2025", None),
        ("February 31, 2025", None),
    ],
)
def test_when_an_article_appeared(line, published):
    assert (
        from_text(f"A title\n{line}\nRevenue was strong in the quarter, said the company.").published
        == published
    )


def test_an_update_counts_only_without_a_publication_date():
    both = from_text("A title\nUpdated Aug. 30, 2025\nPublished Aug. 29, 2025\nIt grew.")
    assert both.published == DAY
    assert from_text("A title\nUpdated Aug. 29, 2025\nIt grew.").published == DAY


def test_a_dateline_is_not_part_of_its_paragraph():
    article = from_text("A title\nNEW YORK, Aug. 29, 2025 (Reuters) - Dell said revenue rose 5%.")
    assert shape(article)[-1] == ("paragraph", "Dell said revenue rose 5%.")


# Markdown

MARKDOWN = """# Dell **AI** backlog

*August 29, 2025*

Backlog of **$14.4 billion**, [up](http://x.y/2025) 280%
from `last` year.

## Points

- one item
  - nested

```
code 55%
```

| Metric | Q2 |
|---|---:|
| Revenue | $29.8B |
"""


def test_markdown_is_read_without_its_marks():
    article = from_text(MARKDOWN)
    assert shape(article)[:5] == [
        ("title", "Dell AI backlog"),
        ("paragraph", "Backlog of $14.4 billion, up 280% from last year."),
        ("heading", "Points"),
        ("list", "one item"),
        ("list", "nested"),
    ]
    assert cells(article) == [["Metric", "Q2"], ["Revenue", "$29.8B"]]
    assert article.published == DAY
    assert "55%" not in article.text


# HTML

PAGE = """<!DOCTYPE html><html lang=en><head><meta charset="utf-8"><title>Dell soars - Site</title>
<meta property="og:title" content="Dell soars &amp; wins">
<meta property="article:published_time" content="2025-08-30T02:05:00Z">
<meta name="keywords" content="AI, NYSE:DELL, $NVDA, servers">
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2025-08-28"}]}</script>
</head>
<body><nav><ul><li>Home 5%</li></ul></nav><main><article><h1>Dell <b>soars</b></h1><p>Aug. 29, 2025</p>
<p>Revenue was <em>$29.8</em>&nbsp;billion,<br>up 19% at AT&amp;T.<!-- 77% --></p>
<div style="display: none">hidden 99%</div><p hidden>hidden 98%</p><script>var x = "97%";</script>
<h2>Points</h2><ul><li>EPS of $2.32<ul><li>inner</li></ul></li></ul>
<table><thead><tr><th></th><th colspan="2">Q2</th><th colspan=2>Q1</th></tr></thead>
<tr><td>Revenue</td><td>$</td><td>29.8</td><td>$</td><td>25.0</td></tr>
<tr><td>Margin</td><td>18.7</td><td>%</td><td>(22.0</td><td>)%</td></tr></table>
<table><tr><td>layout <table><tr><td>Cash</td><td>$5</td></tr></table> after</td></tr></table>
</article></main><aside>ads 96%</aside><footer>95%</footer></body></html>"""


def test_html_is_read_as_a_reader_sees_it():
    article = from_text(PAGE)
    assert shape(article)[:6] == [
        ("title", "Dell soars"),
        ("paragraph", "Revenue was $29.8\u00a0billion,"),
        ("paragraph", "up 19% at AT&T."),
        ("heading", "Points"),
        ("list", "EPS of $2.32"),
        ("list", "inner"),
    ]
    assert cells(article)[:3] == [
        ["", "Q2", "Q1"],
        ["Revenue", "$29.8", "$25.0"],
        ["Margin", "18.7%", "(22.0)%"],
    ]
    assert [b.header for b in article.blocks if b.table == 0] == [True, False, False]
    assert ("paragraph", "layout") in shape(article)
    assert cells(article)[3] == ["Cash", "$5"]
    for hidden in ("99%", "98%", "97%", "96%", "95%", "77%", "Home"):
        assert hidden not in article.text


def test_heads_may_take_rows_and_span_columns():
    page = (
        "<html><table><tr><td></td><td colspan=2>Three months</td><td colspan=2>Six months</td></tr>"
        "<tr><td></td><td>2025</td><td>2024</td><td>2025</td><td>2024</td></tr>"
        "<tr><td>Revenue</td><td>29.8</td><td>25.0</td><td>53.2</td><td>47.3</td></tr></table>"
        "<table><tr><td>•</td><td>Orders rose 5%.</td></tr></table></html>"
    )
    article = from_text(page)
    assert cells(article)[0] == ["", "Three months", "Three months", "Six months", "Six months"]
    assert [b.header for b in article.blocks] == [True, True, False, False]
    assert shape(article)[-1] == ("list", "Orders rose 5%.")


def test_a_long_label_of_figures_leaves_a_table_a_table_and_a_paragraph_makes_it_layout():
    long = "Common stock, $0.01 par value; " + "authorized 7,000,000,000 shares; " * 8
    table = "<html><table><tr><td>Assets</td><td>$89</td></tr><tr><td>{}</td><td>{}</td></tr></table></html>"
    assert cells(from_text(table.format(long, "$ (504)")))[0] == ["Assets", "$89"]
    assert not cells(from_text(table.format(long, "read on")))


def test_what_mark_up_says():
    article = from_text(PAGE)
    assert article.title == "Dell soars & wins"
    assert article.published == DAY  # 02:05 UTC is the evening before in New York
    assert article.companies == ("DELL", "NVDA")


def test_linked_data_dates_a_page_without_metas():
    page = (
        '<html><script type="application/ld+json">[{"datePublished": "2025-08-29"}]</script><p>A</p></html>'
    )
    assert from_text(page).published == DAY


@given(st.integers(0, len(PAGE)), st.integers(0, len(PAGE)))
def test_a_page_cut_anywhere_is_read_or_refused(first, last):
    try:
        article = from_text(PAGE[min(first, last) : max(first, last)], kind="html")
    except ParseError:
        return
    assert_sound(article)


def test_a_page_with_bytes_knocked_out_is_read_or_refused():
    dice = random.Random(7)  # noqa: S311 - not for secrets
    for _ in range(200):
        data = bytearray(PAGE.encode())
        for _ in range(20):
            data[dice.randrange(len(data))] = dice.randrange(1, 256)
        try:
            assert_sound(load(bytes(data), name="page.html"))
        except ParseError:
            continue


def test_endless_nesting_is_refused():
    for page in ("<div>" * 100_000, "<b><table><tr><td>" * 50_000):
        with pytest.raises(ParseError, match="nests"):
            from_text(f"<html>{page}x")


# Files


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "Word"),
        (b"\x89PNG\r\n", "image"),
        (b"text\x00text", "binary"),
        (b"", "nothing"),
        (b" \n\t\n", "nothing"),
        (b"\xef\xbb\xbf", "nothing"),
        (b"<html><body><script>1</script></body></html>", "nothing"),
        (b"a" * (MAX_BYTES + 1), "more than"),
    ],
)
def test_what_is_no_article_is_refused(data, message):
    with pytest.raises(ParseError, match=message) as refused:
        load(data, name="file")
    assert refused.value.fix


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark_are_decoded(encoding):
    assert load("Café – 5%".encode(encoding)).text == "Café – 5%"


def test_other_bytes_read_as_windows_1252_with_a_note():
    article = load(b"Caf\xe9 \x96 5%")
    assert article.text == "Café – 5%"
    assert "1252" in article.notes[0]


def test_a_page_names_its_own_encoding():
    article = load('<html><meta charset="shift_jis"><p>デルは 5%</p></html>'.encode("shift_jis"))
    assert article.text == "デルは 5%"


def test_kind_follows_name_and_content():
    assert load(b"# A title", name="a.txt").text == "# A title"
    assert load(b"# A title", name="a.md").text == "A title"
    assert load(b"<p>Hi</p><p>you</p>").text == "Hi\nyou"
    assert load(b"Revenue <5% and >3%").text == "Revenue <5% and >3%"


def assert_sound(article: Article) -> None:
    end = 0
    for block in article.blocks:
        assert end <= block.span.start <= block.span.end <= len(article.text)
        end = block.span.end
        for cell in block.cells:
            assert block.span.encloses(cell)
        last = block.span.start
        for sentence in sentences(article.text, block.span):
            assert last <= sentence.start < sentence.end <= block.span.end
            last = sentence.end


PIECES = st.sampled_from([
    "\n", "\n\n", "# ", "- ", "| a | b |\n", "|---|---|\n", "---\n", "title: x\n", "2025-08-29\n", "\t",
    "word ", "$5 ",
    "1. ", "<p>", "</p>", "<td>", "<table>", "<tr>", "</table>", "<li>", "**", "`", "```\n", "[x](y)",
    "a" * 60 + "\n", ". ",
    "\u00a0", "By Jane Doe, Aug. 29, 2025\n", "<article>", "</article>", "<th colspan=9>", "<h1>", "\ud800",
])  # fmt: skip


@given(
    st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)),
    st.sampled_from(["auto", "text", "markdown", "html"]),
)
def test_any_text_is_read_or_refused(text, kind):
    try:
        article = from_text(text, kind)
    except ParseError:
        return
    assert_sound(article)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        article = load(data)
    except ParseError:
        return
    assert_sound(article)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (("![" * 24_000 + "\n\n") * 20, "markdown"), ("*a **b " * 140_000, "markdown"),
        ("> " * 500_000, "markdown"),
        (("Word " * 14 + "\n") * 14_000, "text"), (" | " * 300_000, "text"), ("\n" * 1_000_000 + "a", "auto"),
        ("<html><table>" + "<tr><td colspan=40>1</td>" * 30_000, "html"),
        ("<html>" + "<meta " * 150_000 + ">x", "html"),
    ],
)  # fmt: skip
def test_hostile_text_is_read_to_its_end(text, kind):
    try:
        article = from_text(text, kind)
        english(article.text)
        for block in article.blocks:
            sentences(article.text, block.span)
    except ParseError:
        pass


# Sentences and language


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Revenue was $14.4 billion. It rose 5.5%.", ["Revenue was $14.4 billion.", "It rose 5.5%."]),
        ("Dell Inc. said so. Good.", ["Dell Inc. said so.", "Good."]),
        ("It belongs to Dell Inc. The stock rose.", ["It belongs to Dell Inc.", "The stock rose."]),
        ("The U.S. Commerce Department vs. Dell Corp. Ltd.", None),
        ("On Aug. 29 it grew, said J. Clarke, No. 2 at Dell.", None),
        ("“It grew.” He left.", ["“It grew.”", "He left."]),
        ("CSG was up 1%; Consumer fell 7%.", ["CSG was up 1%;", "Consumer fell 7%."]),
        ("Two things: growth — and margin.", None),
        ("Revenue\nMargin", ["Revenue", "Margin"]),
        ("backlog of $14.4\nbillion in all", None),
        ("It grew (e.g. in AI). Really?! Yes.", ["It grew (e.g. in AI).", "Really?!", "Yes."]),
        ("Dell's 2.5x lead... and more.", None),
        ("", []),
    ],
)  # fmt: skip
def test_sentences(text, parts):
    found = [text[s.start : s.end] for s in sentences(text, Span(0, len(text)))]
    assert found == ([text] if parts is None else parts)


def test_sentences_stay_within_their_block():
    text = "One. Two. Three."
    assert sentences(text, Span(5, 9)) == [Span(5, 9)]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (PLAIN, True),
        ("Revenue rose.", True),
        ("Der Umsatz des Konzerns stieg im zweiten Quartal um 19 Prozent auf 29,8 Milliarden Dollar, wie das "
         "Unternehmen am Donnerstag mitteilte, und die Marge sank dabei leicht auf 18,7 Prozent.", False),
        ("Le chiffre d'affaires du groupe a progressé de 19 % au deuxième trimestre, à 29,8 "
         "milliards de dollars, dit un communiqué publié jeudi, et la marge reculait à 18,7 %.", False),
        ("戴尔科技公布第二季度营收为298亿美元，同比增长19%，人工智能服务器需求强劲。", False),
    ],
)  # fmt: skip
def test_english_is_told_from_other_languages(text, answer):
    assert english(text) is answer
