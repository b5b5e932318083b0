"""The companies whose headline figures are held: each row is found, plain sentences about them are judged."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tieout.core.errors import NotFoundError
from tieout.core.fact import Fact, Weight, point
from tieout.core.finding import Finding
from tieout.core.measure import Measure
from tieout.core.period import Period
from tieout.desk import Desk
from tieout.figures import Figures

DESK = Desk.open()
HISTORY = DESK.ledger.history()
GOOD = frozenset({"supported", "unverifiable", "opinion"})

ROWS = list(
    csv.DictReader((Path(__file__).parent / "peers" / "headline.csv").read_text("utf-8").splitlines())
)
"""Quarterly figures with the filing each stands in, audited by hand apart from the facts files."""

METRICS = (
    "revenue",
    "net_income",
    "total_assets",
    "cash",
    "cash_flow_from_operations",
    "capital_expenditures",
)
PEERS = sorted({row["ticker"] for row in ROWS})
WEEKLY = ("NUE", "TDG")
"""Years end by the month, quarters by the week."""


def values(ticker: str, metric: str, label: str) -> set[Decimal]:
    keys = ("net_income", "net_income_consolidated") if metric == "net_income" else (metric,)
    found: set[Decimal] = set()
    for key in keys:
        try:
            found |= {point(figure) for figure in DESK.explain(ticker, key, period=label)}
        except NotFoundError:
            continue
    return found


def verdicts(text: str, published: str, company: str | None = None) -> list[Finding]:
    return list(DESK.check(text, published=published, company=company).findings)


# --- rows and calendars


def test_ten_companies_with_twelve_quarters_each():
    assert Counter(row["ticker"] for row in ROWS) == dict.fromkeys(PEERS, 12)
    assert len(PEERS) == 10


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['ticker']} {row['label']}")
def test_every_row_is_found_at_its_period(row: dict[str, str]):
    label = row["label"]
    span = DESK.period(row["ticker"], label)
    assert span == Period(date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))
    assert DESK.catalogue.company(row["ticker"]).calendar.label(span) == label
    for metric in METRICS:
        assert Decimal(row[metric]) in values(row["ticker"], metric, label), metric


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['ticker']} {row['label']}")
def test_every_row_stands_in_its_filing(row: dict[str, str]):
    assert row["accession"] in {
        fact.document.accession for fact in DESK.facts(row["ticker"], "total_assets", period=row["label"])
    }


@pytest.mark.parametrize("ticker", PEERS)
def test_a_filing_is_named_whole(ticker: str):
    cik = DESK.catalogue.company(ticker).cik
    assert cik is not None
    for fact in HISTORY.all_facts(ticker):
        document = fact.document
        if document.accession:
            folder = f"/{int(cik)}/{document.accession.replace('-', '')}/"
            assert document.url == f"https://www.sec.gov/Archives/edgar/data{folder}"
            assert document.form in {"10-K", "10-K/A", "10-Q", "10-Q/A"}
            assert fact.locator


@pytest.mark.parametrize("ticker", PEERS)
def test_no_figure_is_held_twice(ticker: str):
    held = Counter(
        (fact.measure, fact.quantity.value, fact.known)
        for fact in HISTORY.all_facts(ticker)
        if fact.quantity.bound == ""
    )
    assert [key for key, count in held.items() if count > 1] == []


@pytest.mark.parametrize("ticker", PEERS)
def test_a_fourth_quarter_by_difference_refutes_nobody(ticker: str):
    """Its year less its nine months, each rounded: derived, so it may only support."""
    found = [fact for fact in HISTORY.all_facts(ticker) if fact.locator == "by difference"]
    assert found
    assert {fact.weight for fact in found if fact.document.accession} == {Weight.SUPPORTS}
    assert all(fact.derived for fact in found if fact.document.accession)


@pytest.mark.parametrize("ticker", WEEKLY)
def test_quarters_end_on_a_saturday_and_years_with_a_month(ticker: str):
    calendar = DESK.catalogue.company(ticker).calendar
    for year in range(2015, 2035):
        for quarter in (1, 2, 3):
            assert calendar.quarter_end(year, quarter).weekday() == 5
        assert calendar.quarter_end(year, 4) == calendar.year_end(year)
        assert calendar.part_of(calendar.period(year, "FY")) == (year, "FY")
        day = calendar.period(year, "Q3").end
        assert calendar.back(Period.instant(day), 4) == Period.instant(calendar.quarter_end(year - 1, 3))


# --- splits


def test_a_figure_per_share_keeps_the_vintage_before_a_split():
    year = DESK.period("NVDA", "FY2024")
    held = HISTORY.at(Measure("NVDA", "eps_diluted", (), year))
    assert [(fact.vintage, str(fact.quantity.value)) for fact in held] == [
        ("first reported", "11.93"),
        ("recast", "1.19"),
    ]
    assert held[0].known is not None
    assert held[1].known is not None
    assert held[0].known < date(2024, 6, 10) < held[1].known


@pytest.mark.parametrize(
    ("period", "base", "growth"),
    [
        ("FY2022", "FY2021", []),  # four for one in July 2021: 3.85 never on 6.90; 1.73 is recast
        ("FY2024", "FY2023", ["5.86", "6.00"]),  # 11.93 on 1.74 as first reported, 1.19 on 0.17 recast
        ("FY2025", "FY2024", ["1.47"]),  # ten for one in June 2024: 2.94 on 1.19, not on 11.93
        ("Q1 FY2026", "Q1 FY2025", ["0.27"]),
    ],
)
def test_growth_per_share_is_never_taken_across_a_split(period: str, base: str, growth: list[str]):
    figures = Figures(HISTORY, DESK.catalogue)
    subject = Measure("NVDA", "eps_diluted", (), DESK.period("NVDA", period))
    found = figures.change(subject, subject.at(DESK.period("NVDA", base)), "relative")
    assert [f"{point(figure):.2f}" for figure in found] == growth


def test_a_fall_that_is_only_a_split_is_called_wrong():
    fell, rose = (
        verdicts(f"NVIDIA's GAAP diluted EPS {said} in fiscal 2025.", "2025-03-10", "NVDA")
        for said in ("fell 75%", "rose 147%")
    )
    assert [finding.code for finding in fell] == ["growth.false"]
    assert [finding.verdict for finding in rose] == ["supported"]


# --- sentences

TRUE = [
    ("ADM", "2025-09-01", "ADM's revenue was $21.2 billion in the second quarter of 2025."),
    ("ADM", "2025-09-01", "ADM held inventories of $9.7 billion at the end of the second quarter of 2025."),
    ("ADM", "2025-03-15", "Archer-Daniels-Midland's revenue in 2024 was $85.5 billion."),
    ("CAT", "2025-09-01", "Caterpillar's second-quarter 2025 sales were $16.6 billion, down 1%."),
    ("CAT", "2025-09-01", "Caterpillar's operating profit was $2.86 billion in the second quarter of 2025."),
    ("CAT", "2025-03-01", "Caterpillar's revenue in 2024 was $64.8 billion."),
    ("KOP", "2025-09-01", "Koppers reported net sales of $504.8 million in the second quarter of 2025."),
    (
        "KOP",
        "2025-09-01",
        "Koppers had capital expenditures of $12.1 million in the second quarter of 2025.",
    ),
    ("LYB", "2025-09-01", "LyondellBasell's revenue was $7.66 billion in the second quarter of 2025."),
    (
        "LYB",
        "2025-09-01",
        "LyondellBasell reported net income of $115 million in the second quarter of 2025.",
    ),
    (
        "MSFT",
        "2025-11-15",
        "Microsoft's revenue in the first quarter of fiscal 2026 was $77.7 billion, up 18%.",
    ),
    ("MSFT", "2025-11-15", "Microsoft's operating income for fiscal 2025 was $128.5 billion."),
    ("MSFT", "2025-11-15", "Microsoft's gross margin was 69% in the first quarter of fiscal 2026."),
    ("NUE", "2025-09-01", "Nucor's revenue rose 4.7% to $8.46 billion in the second quarter of 2025."),
    ("NUE", "2025-09-01", "Nucor had $1.95 billion in cash at the end of the second quarter of 2025."),
    ("NUE", "2025-09-01", "Nucor held $1.946 billion of cash as of July 5, 2025."),
    ("NVDA", "2025-09-01", "NVIDIA's diluted EPS in the second quarter of fiscal 2026 was $1.08."),
    ("NVDA", "2024-03-01", "NVIDIA earned $11.93 per diluted share in fiscal 2024."),
    ("NVDA", "2025-03-01", "NVIDIA earned $2.94 per diluted share in fiscal 2025, up 147%."),
    ("PANW", "2025-09-01", "Palo Alto Networks reported revenue of $9.2 billion for fiscal 2025, up 15%."),
    (
        "PANW",
        "2025-06-01",
        "Palo Alto Networks had net income of $262.1 million in its third fiscal quarter.",
    ),
    ("PLTR", "2025-09-01", "Palantir's revenue in the second quarter of 2025 was $1.0 billion, up 48%."),
    (
        "PLTR",
        "2025-09-01",
        "Palantir's income from operations was $269 million in the second quarter of 2025.",
    ),
    ("TDG", "2025-06-01", "TransDigm's revenue was $2.15 billion in the second quarter of fiscal 2025."),
    (
        "TDG",
        "2025-09-10",
        "TransDigm's net sales in the third quarter of fiscal 2025 were $2.24 billion, up 9%.",
    ),
]

WRONG = [
    ("ADM", "2025-09-01", "ADM's revenue was $23.2 billion in the second quarter of 2025."),
    ("ADM", "2025-09-01", "ADM held total assets of $62.0 billion at the end of the second quarter of 2025."),
    ("CAT", "2025-09-01", "Caterpillar's second-quarter 2025 sales were $14.2 billion."),
    ("CAT", "2025-09-01", "Caterpillar's revenue fell 9% in the second quarter of 2025."),
    ("KOP", "2025-09-01", "Koppers reported net sales of $540.8 million in the second quarter of 2025."),
    ("KOP", "2025-09-01", "Koppers reported net sales of $504.8 billion in the second quarter of 2025."),
    ("LYB", "2025-09-01", "LyondellBasell's revenue was $10.56 billion in the second quarter of 2025."),
    (
        "LYB",
        "2025-09-01",
        "LyondellBasell had $17.0 billion in total assets at the end of the second quarter of 2025.",
    ),
    ("MSFT", "2025-11-15", "Microsoft's revenue in the first quarter of fiscal 2026 was $71.7 billion."),
    ("MSFT", "2025-11-15", "Microsoft's net income for fiscal 2025 was $110.8 billion."),
    ("NUE", "2025-09-01", "Nucor's Q2 2025 net sales were $8.96 billion."),
    ("NUE", "2025-09-01", "In the second quarter of 2025, Nucor's revenue fell 12%."),
    ("NVDA", "2025-09-01", "NVIDIA's GAAP gross margin was 78.4% in the second quarter of fiscal 2026."),
    (
        "PANW",
        "2025-06-10",
        "Palo Alto Networks reported revenue of $2.49 billion in the third quarter of fiscal 2025.",
    ),
    ("PLTR", "2025-09-01", "Palantir's revenue in the second quarter of 2025 was $1.3 billion."),
    ("TDG", "2025-06-01", "TransDigm's revenue was $2.51 billion in the second quarter of fiscal 2025."),
]

HARMLESS = [
    (
        "PLTR",
        "2025-09-10",
        "Palantir's second-quarter GAAP net income was $327 million. U.S. revenue grew 68% to $733 million. "
        "U.S. commercial revenue rose 93% to $306 million. Government revenue was $426 million.",
    ),
    (
        "MSFT",
        "2025-09-10",
        "In the fourth quarter of fiscal 2025, Microsoft Cloud revenue was $46.7 billion, up 27%. "
        "Intelligent Cloud revenue was $29.9 billion. "
        "Capital expenditures including finance leases were $24.2 billion.",
    ),
    (
        "CAT",
        "2025-09-10",
        "Caterpillar's adjusted operating profit margin was 17.6% in the second quarter of 2025. "
        "Construction Industries sales were $6.19 billion. The backlog grew to $37.5 billion. "
        "Profit per share was $4.62.",
    ),
    ("ADM", "2025-09-10", "ADM's segment operating profit was $830 million in the second quarter of 2025."),
    (
        "NUE",
        "2025-09-10",
        "Nucor's second-quarter 2025 net earnings attributable to stockholders were $603 million. EBITDA was "
        "$1.30 billion.",
    ),
    ("KOP", "2025-09-10", "Koppers had second-quarter 2025 RUPS sales of $250.4 million."),
]
"""True of the company, about figures that are not held."""


@pytest.mark.parametrize(("company", "published", "text"), TRUE, ids=lambda text: text[:40])
def test_a_true_sentence_is_supported(company: str, published: str, text: str):
    found = verdicts(text, published)
    assert found
    assert {finding.verdict for finding in found} == {"supported"}, text
    assert {finding.claim.readings[0].subjects[0].entity for finding in found} == {company}


@pytest.mark.parametrize(("company", "published", "text"), WRONG, ids=lambda text: text[:40])
def test_a_wrong_sentence_is_called_wrong(company: str, published: str, text: str):
    found = verdicts(text, published, company)
    assert [finding for finding in found if finding.verdict not in GOOD], text


@pytest.mark.parametrize(("company", "published", "text"), HARMLESS, ids=lambda text: text[:40])
def test_what_is_not_held_accuses_nobody(company: str, published: str, text: str):
    assert [f.code for f in verdicts(text, published, company) if f.verdict not in GOOD] == []


# --- two companies at once

TWO = [
    (
        ("NVDA", "DELL"),
        "2025-09-05",
        "NVIDIA and Dell\n\n"
        "NVIDIA reported revenue of $46.7 billion for the second quarter of fiscal 2026, up 56% from "
        "a year earlier. "
        "Dell reported revenue of $29.8 billion for the second quarter of fiscal 2026, up 19%. "
        "NVIDIA's net income was $26.4 billion, and Dell's was $1.16 billion. "
        "NVIDIA's gross margin was 72.4%. "
        "Dell's gross margin was 18.7%. "
        "Dell ended the quarter with an AI backlog of $11.7 billion. "
        "NVIDIA ended it with inventories of $15.0 billion.",
    ),
    (
        ("ORCL", "CRWV"),
        "2026-03-05",
        "Oracle and CoreWeave\n\n"
        "Oracle's remaining performance obligations reached $523 billion at the end of the second "
        "quarter of fiscal 2026. "
        "CoreWeave's revenue backlog was $55.6 billion at the end of the third quarter of 2025. "
        "CoreWeave's revenue was $1.36 billion in the third quarter of 2025. "
        "Oracle's revenue was $16.1 billion in the second quarter of fiscal 2026.",
    ),
    (
        ("CAT", "NUE"),
        "2025-09-10",
        "Caterpillar and Nucor\n\n"
        "Caterpillar's sales and revenues were $16.6 billion in the second quarter of 2025, down 1%. "
        "Nucor's net sales were $8.46 billion in the second quarter of 2025, up 5%. "
        "Caterpillar's operating profit was $2.86 billion. "
        "Nucor held $1.95 billion in cash at the end of the second quarter of 2025. "
        "Caterpillar's capital expenditures were $955 million.",
    ),
    (
        ("PLTR", "MSFT"),
        "2025-09-10",
        "Palantir and Microsoft\n\n"
        "Palantir's revenue passed $1 billion in the second quarter of 2025 for the first time. "
        "Microsoft's revenue was $76.4 billion in its fourth quarter of fiscal 2025. "
        "Palantir's revenue rose 48% from a year earlier, and Microsoft's rose 18%. "
        "Microsoft's capital expenditures were $17.1 billion in the quarter. "
        "Palantir held $929.5 million in cash.",
    ),
]

COMPARED = [
    "HPE's revenue of $9.1 billion was below Dell's $29.8 billion.",
    "HPE's revenue of $9.1 billion in the third quarter was below Dell's $29.8 billion.",
    "Dell's $29.8 billion in revenue dwarfed HPE's $9.1 billion.",
    "Dell's revenue of $29.8 billion in the second quarter of fiscal 2026 was above HPE's $9.1 billion.",
    "Palantir's $1.0 billion of quarterly revenue is less than a twentieth of NVIDIA's $46.7 billion.",
    "Microsoft's revenue of $76.4 billion in the fourth quarter of fiscal 2025 exceeded NVIDIA's "
    "$46.7 billion in the second quarter of fiscal 2026.",
    "Nucor's second-quarter net sales of $8.46 billion were about half of Caterpillar's $16.6 billion.",
    "NVIDIA's revenue rose to $46.7 billion in the second quarter, while Dell's revenue was $29.8 billion.",
    "NVIDIA's net income of $26.4 billion was more than Dell's $1.16 billion.",
]


@pytest.mark.parametrize(("companies", "published", "text"), TWO, ids=lambda value: str(value)[:24])
def test_an_article_on_two_companies_gives_each_its_own(
    companies: tuple[str, str], published: str, text: str
):
    check = DESK.check(text, published=published)
    assert check.companies == companies
    assert {finding.verdict for finding in check.findings} == {"supported"}
    told = {finding.claim.readings[0].subjects[0].entity for finding in check.findings}
    assert told == set(companies)
    for finding in check.findings:
        if isinstance(finding.known, Fact):
            assert finding.known.measure.entity == finding.claim.readings[0].subjects[0].entity


@pytest.mark.parametrize(("companies", "published", "text"), TWO, ids=lambda value: str(value)[:24])
def test_the_other_companys_number_is_not_ones_own(companies: tuple[str, str], published: str, text: str):
    """With the names exchanged hardly anything is supported, and something is called wrong."""
    first, second = (DESK.catalogue.company(ticker).names for ticker in companies)
    one = next(name for name in first if name in text)
    other = next(name for name in second if name in text)
    swapped = re.sub(
        f"{re.escape(one)}|{re.escape(other)}", lambda found: other if found[0] == one else one, text
    )
    found = DESK.check(swapped, published=published).findings
    assert [finding for finding in found if finding.verdict not in GOOD]
    supported = [finding for finding in found if finding.verdict == "supported"]
    assert len(supported) <= len(found) // 3, [finding.claim.readings[0] for finding in supported]


@pytest.mark.parametrize("text", COMPARED)
def test_a_comparison_of_companies_accuses_nobody_who_is_right(text: str):
    found = verdicts(text, "2025-09-10")
    assert [finding.code for finding in found if finding.verdict not in GOOD] == []
    assert [finding for finding in found if finding.verdict == "supported"]
