"""Whatever the text: no crash but a TieoutError, no hang, every place inside the text.

EXAMPLES of each kind run with the suite; `make fuzz` runs ten thousand.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tieout.core.errors import TieoutError
from tieout.desk import Desk

EXAMPLES = int(os.environ.get("TIEOUT_FUZZ", "100"))

GOLDEN = Path(__file__).parent / "golden"
ARTICLES = [
    *(path.read_text(encoding="utf-8") for path in sorted(GOLDEN.glob("*.txt"))),
    files("tieout.demo").joinpath("article.txt").read_text(encoding="utf-8"),
]
WORDS = """\
Dell|DELL|Dell Technologies|ISG|CSG|Infrastructure Solutions Group|storage|servers and networking
AI server|backlog|orders|shipments|revenue|free cash flow|adjusted|non-GAAP|GAAP|diluted EPS
earnings per share|gross margin|operating margin|operating income|cash and investments|total debt
buyback authorization|dividend|price target|guidance|rose|fell|up|down|doubled|more than doubled
held steady|surged|exceeded|half of|three times|nearly|about|at least|from|to|between|and|or|of|in|by|on
the|a|respectively|combined|versus|compared with|year over year|quarter over quarter|a year earlier
sequentially|last quarter|the same quarter|year to date|since|as of|at the end of|expects|guided to|Q1
Q2|Q3|Q4|H1|9M|FY2026|FY25|fiscal 2026|fiscal year|second quarter|Q2 FY2026|Q2 2025|2Q25
the quarter ended August 1|August 29, 2025|2025-08-29|29 August 2025|June 2025|February 30, 2025|FY9999
FY0000|99/99/9999|Feb. 29|$14.4 billion|$1.28bn|846.00M|$-3.024 billion|(2.3)%|330 bps|30–50 %|20.28x|4¢
1,234,567|$0|0%|-0.0%|1e999|$.5|5.|1.2.3|1,5 Mrd. Euro|€3 billion|half|a third|several multiples|ten
twenty-one|one hundred and five|$10 to $12 billion|72 GPUs|NVIDIA|HPE|Supermicro|analysts|consensus
Zacks|CEO Michael Dell said|we believe|might|will|XE9680L|per rack""".replace("\n", "|").split("|")
MARKS = [
    *".,;:!?()[]{}<>|&%$#*_-+=/\\'\"`~^",
    "\n",
    "\n\n",
    "\t",
    " ",
    "--",
    "—",
    "–",
    "−",
    "…",
    "“",
    "”",
    "’",
    "•",
]
ODD = [
    "\x00",
    "\x01",
    "\x0b",
    "\x0c",
    "\x1b[31m",
    "\x85",
    "\u00a0",
    "\u2009",
    "\u200b",
    "\u200d",
    "\u2028",
    "\u202e",
    "\ufeff",
    "\ufffd",
    "\ud800",
    "\udfff",
    "٣",
    "१२",
    "½",
    "²",
    "①",
    "Ⅳ",
    "万",
    "ß",
    "İ",
    "ﬁ",
    "e\u0301",
    "🚀",
    "\U0010ffff",
]
TAGS = [
    "<p>",
    "</p>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "<th>",
    "</table>",
    "<li>",
    "<h1>",
    "<script>",
    "<!--",
    "-->",
    "<style>",
    "<title>",
    "</title>",
    "<br/>",
    "&nbsp;",
    "&#36;",
    "&#x110000;",
    "&amp",
    "<![CDATA[",
    "<td colspan=9999>",
    "---\n",
    "| a | b |\n|---|---|\n",
    "# ",
    "> ",
    "```\n",
    "* ",
    "1. ",
    "[x](y)",
    "date: 2025-08-29\n",
    "company: DELL\n",
]
pieces = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.sampled_from(MARKS),
    st.sampled_from(ODD),
    st.sampled_from(TAGS),
    st.integers(-(10**30), 10**30).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
    st.decimals(0, 999, places=2).map(lambda number: f"${number} billion"),
    st.text(max_size=5),
)
texts = st.builds(
    lambda glue, parts: glue.join(parts), st.sampled_from([" ", " ", "", "\n"]), st.lists(pieces, max_size=60)
)
fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@cache
def desk():
    return Desk.open()


def page():
    """An article as a web page: head, navigation, paragraphs, a list, a table, a script."""
    title, day, *paragraphs = [line for line in ARTICLES[-1].splitlines() if line]
    cells = (("ISG", "$16.8 billion", "$11.6 billion", "44%"), ("CSG", "12,503", "(12,414)", "1%"))
    rows = "".join(f"<tr>{''.join(f'<td align=right>{cell}</td>' for cell in row)}</tr>" for row in cells)
    told = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} &amp; more</title>"
        f'<meta property="article:published_time" content="2025-08-29T09:00:00-04:00">'
        f'<script type="application/ld+json">{{"datePublished": "2025-08-29"}}</script>'
        f"<style>p {{ color: red }}</style></head><body><nav><ul><li>Home<li>Markets</ul></nav><article>"
        f"<h1>{title}</h1><time datetime=2025-08-29>{day}</time>{told}"
        f"<table><thead><tr><th>Segment<th>Q2 FY2026<th>Q2 FY2025<th>Growth</thead><tbody>{rows}</tbody>"
        f"</table><ul><li>AI orders: $5.6 billion<li>AI shipments: $8.2 billion</ul></article>"
        f"<script>var x = '$9 billion';</script></body></html>"
    )


PAGE = page()


def holds(source, name=""):
    """A check of the source ends with every place inside the text or with a TieoutError."""
    for company in ("DELL", None):
        try:
            check = desk().check(source, company=company, name=name)
        except TieoutError:
            continue
        text = check.article.text
        for finding in check.findings:
            for span in (finding.claim.span, finding.claim.number, finding.claim.sentence):
                assert 0 <= span.start < span.end <= len(text)
                assert text[span.start : span.end].strip()
            assert finding.claim.span.encloses(finding.claim.number)
            assert finding.message


@fuzz
@given(texts)
@example("")
@example("\x00")
@example("Dell " + "$" * 3000)
@example("Dell revenue was $" + "9" * 3000 + " billion")
@example("Dell " + "Q2 FY2026 " * 600)
@example("Dell revenue rose " + "10% and " * 400 + "5%, respectively.")
@example("Dell " + "(" * 2000 + ")" * 2000)
def test_random_text_is_checked_or_refused(text):
    holds(text)


@fuzz
@given(
    texts.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=300),
    st.sampled_from(["a.txt", "a.md", "a.html", "", "a.pdf"]),
)
def test_random_bytes_are_checked_or_refused(data, name):
    holds(data, name)


@st.composite
def mangled(draw, text):
    """A text with stretches dropped, doubled, swapped and replaced, and cut at both ends."""
    for _ in range(draw(st.integers(0, 4))):
        one, two = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        two = min(two, one + draw(st.sampled_from([0, 1, 3, 20, 200])))
        part = text[one:two]
        told = draw(st.one_of(pieces, st.sampled_from(["", part * 2, part[::-1], part.upper()])))
        text = text[:one] + told + text[two:]
    start, end = draw(st.tuples(st.integers(0, 60), st.integers(0, len(text))))
    return text[start:] if draw(st.booleans()) else text[:end]


@fuzz
@given(st.sampled_from(ARTICLES).flatmap(mangled))
def test_mangled_articles_are_checked_or_refused(text):
    holds(text)


@fuzz
@given(mangled(PAGE))
def test_a_web_page_cut_at_random_is_checked_or_refused(text):
    holds(text.encode("utf-8", "surrogatepass"), "page.html")


def test_the_page_is_read_whole_before_it_is_cut():
    check = desk().check(PAGE.encode(), name="page.html")
    assert check.judged >= 15
    assert str(check.article.published.first) == "2025-08-29"
