"""Companies that only ingested filings tell of: found, named, read about, and their packs drafted."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from filed_rows import CATALOGUE, company, row, stored

from tieout.catalogue import Catalogue
from tieout.catalogue.drafted import drafted
from tieout.catalogue.filers import company as company_of
from tieout.catalogue.filers import full_names
from tieout.cli import main
from tieout.core.article import Article
from tieout.core.calendar import CALENDAR_YEAR
from tieout.core.errors import NotFoundError, ParseError
from tieout.core.fact import Weight
from tieout.core.filing import FormerName, Registrant
from tieout.core.finding import Verdict
from tieout.core.legal_name import plain
from tieout.core.period import Period
from tieout.desk import Desk
from tieout.ledger import Ledger
from tieout.ledger.stored import over

REAL = ("HD", "PEP", "SNOW")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return stored(tmp_path_factory.mktemp("ledger"), *REAL)


@pytest.fixture(scope="module")
def desk(folder):
    return Desk.open(folder)


@pytest.mark.parametrize(
    ("filed", "told"),
    [
        ("HOME DEPOT, INC.", "Home Depot"),
        ("THE BOEING COMPANY", "Boeing"),
        ("APPLIED MATERIALS INC /DE", "Applied Materials"),
        ("T-MOBILE US, INC.", "T-Mobile US"),
        ("McDONALD’S CORPORATION", "McDonald’s"),
        ("NIKE, Inc.", "NIKE"),
        ("RTX CORPORATION", "RTX"),
        ("Johnson & Johnson", "Johnson & Johnson"),
        ("Inc", "Inc"),
    ],
)
def test_a_name_is_told_without_its_legal_form(filed, told):
    assert plain(filed) == told


def test_a_single_word_finds_nobody_until_the_article_is_known_to_be_about_the_company():
    target = Registrant(27419, "TARGET CORP", ("TGT",))
    assert "Target" not in full_names(target)
    assert {"Target", "Target Corporation", "TGT"} <= set(company_of("TGT", target, CALENDAR_YEAR).names)


def test_what_people_leave_out_of_a_name_is_left_out_unless_a_common_word_remains():
    def names(name):
        return company_of("X", Registrant(1, name), CALENDAR_YEAR).names

    assert "Micron" in names("MICRON TECHNOLOGY INC")
    assert "United" not in names("UNITED TECHNOLOGIES CORP")


def test_an_article_finds_its_company_by_full_name_or_ticker(desk):
    for text in ("Home Depot, Inc. reported", "The retailer (NYSE: HD) reported"):
        check = desk.check(f"{text} revenue of $159.5 billion for fiscal 2024.", published="2025-03-25")
        assert check.companies == ("HD",)
        assert [finding.verdict for finding in check.findings] == [Verdict.SUPPORTED]


def test_a_company_is_asked_for_by_ticker_name_and_former_name(tmp_path):
    registrant, rows = company("SNOW")
    was = replace(registrant, former=(FormerName("Icy Data Corp", None, date(2019, 1, 1)),))
    desk = Desk.open(stored(tmp_path, more=[(was, rows)]))
    assert {desk.entity(name) for name in ("SNOW", "snowflake", "Snowflake Inc.", "Icy Data")} == {"SNOW"}
    with pytest.raises(NotFoundError):
        desk.entity("Nobody At All")


def test_a_filer_without_a_ticker_goes_by_its_number(tmp_path):
    registrant, rows = company("SNOW")
    desk = Desk.open(stored(tmp_path, more=[(replace(registrant, tickers=()), rows)]))
    assert desk.facts("CIK0001640147", "revenue")


def test_a_company_whose_years_cannot_be_named_is_not_read_about(tmp_path):
    registrant, rows = company("HD")
    told = [each for each in rows if each.taxonomy != "dei"]
    desk = Desk.open(stored(tmp_path, more=[(registrant, told)]))
    assert desk.facts("HD", "revenue")
    with pytest.raises(NotFoundError, match="fiscal year"):
        desk.check("Home Depot, Inc. had revenue of $1.2 billion in fiscal 2024.", published="2025-03-25")


def test_a_number_told_of_another_filer_is_not_taken_for_the_one_asked_about(desk):
    check = desk.check(
        "Snowflake Inc. had revenue of $3.63 billion for fiscal 2025. "
        "Home Depot's revenue was $159.5 billion.",
        published="2025-04-01",
        company="SNOW",
    )
    assert check.wrong == ()
    assert any("not asked for" in note for note in check.notes)


def test_filings_lie_over_the_bundled_facts_and_change_the_version(folder):
    plain_desk, desk = Desk.open(), Desk.open(folder)
    assert set(plain_desk.ledger.entities()) < set(desk.ledger.entities())
    assert desk.ledger.version != plain_desk.ledger.version
    assert Ledger.open(folder).entities() == plain_desk.ledger.entities()  # without a concept table


def test_a_figure_the_desk_holds_counts_once_and_its_own_reading_of_a_filing_before_the_tag():
    held = Desk.open().facts("VRT", "revenue")
    own = next(fact for fact in held if fact.document.accession and not fact.vintage)
    told = replace(own, locator="us-gaap:Revenues")
    otherwise = replace(told, quantity=replace(own.quantity, value=own.quantity.value * 2))
    assert over([own], [told, otherwise]) == (own,)
    later = replace(
        otherwise, vintage="recast", document=replace(own.document, accession="0000000001-30-000001")
    )
    marked, added = over([own], [replace(told, vintage="first reported"), later])
    assert (marked.vintage, added.vintage) == ("first reported", "recast")
    unmarked = replace(later, vintage="")
    assert [fact.weight for fact in over([own], [unmarked])] == [own.weight, Weight.SUPPORTS]


SENTENCES = (
    "{name} reported revenue of {revenue} for {when}.",
    "In {when}, {name}'s net income came to {net_income}.",
    "Revenue at {name} was {revenue} in {when}, and net income was {net_income}.",
    "{name} generated operating cash flow of {cash_flow_from_operations} in {when}.",
    "At the end of {when}, {name} held inventories of {inventories} and total assets of {total_assets}.",
    "{name}'s gross profit of {gross_profit} in {when} left GAAP operating income of {operating_income}.",
)


def said(value):
    billions = Decimal(value) / 10**9
    return f"-${-billions:.2f} billion" if value < 0 else f"${billions:.2f} billion"


@pytest.mark.parametrize("ticker", REAL)
@pytest.mark.parametrize("seed", range(3))
def test_true_sentences_of_real_filings_are_never_accused(desk, ticker, seed):
    chance = random.Random(f"{ticker} {seed}")  # noqa: S311 - the same sentences on every run
    name = plain(desk.filers()[ticker].name)
    held = {}
    for fact in desk.facts(ticker):
        if fact.weight is Weight.REFUTES and isinstance(fact.measure.period, Period):
            held[fact.measure.metric, fact.measure.period] = fact
    calendar = desk._calendar(ticker)
    told = 0
    for metric, span in sorted(held, key=str):
        part = calendar.part_of(span)
        if metric != "revenue" or part is None or part[1] in ("H1", "H2", "9M") or chance.random() < 0.5:
            continue
        when = f"fiscal {part[0]}" if part[1] == "FY" else f"{part[1]} of fiscal {part[0]}"
        figures = {
            key: said(fact.quantity.value)
            for (key, period), fact in held.items()
            if period in (span, span.closing()) and fact.quantity.value
        }
        text = " ".join(
            sentence.format(name=name, when=when, **figures)
            for sentence in SENTENCES
            if all(f"{{{key}}}" not in sentence or key in figures for key in CATALOGUE.metrics)
        )
        known = max(fact.known for (_, period), fact in held.items() if period == span)
        check = desk.check(text, published=known + timedelta(days=1), company=ticker)
        assert check.wrong == (), text
        told += sum(finding.verdict is Verdict.SUPPORTED for finding in check.findings)
    assert told > 5


@pytest.mark.parametrize("ticker", REAL)
def test_a_wrong_number_is_found_all_the_same(desk, ticker):
    revenue = next(
        fact
        for fact in reversed(desk.facts(ticker, "revenue"))
        if desk._calendar(ticker).label(fact.measure.period).startswith("FY") and not fact.vintage
    )
    year = desk._calendar(ticker).label(revenue.measure.period).removeprefix("FY")
    wrong = said(revenue.quantity.value * Decimal("1.07"))
    text = f"{plain(desk.filers()[ticker].name)} reported revenue of {wrong} for fiscal {year}."
    check = desk.check(text, published=revenue.known + timedelta(days=1), company=ticker)
    assert len(check.wrong) == 1


def test_the_companies_of_filings_are_listed(folder, capsys):
    assert main(["companies", "--ledger", str(folder)]) == 0
    assert "Snowflake" in capsys.readouterr().out


def test_a_drafted_pack_is_a_pack_that_reads_the_filings_alike(tmp_path, folder, desk):
    text = desk.pack("PEP")
    (tmp_path / "PEP.toml").write_text(text, encoding="utf-8")
    pack = Catalogue.load(tmp_path).company("PEP")
    filed = desk._calendar("PEP")
    for year in (2023, 2024, 2025):
        for part in ("Q1", "Q2", "Q3", "Q4", "FY"):
            assert pack.calendar.period(year, part) == filed.period(year, part)
    assert main(["pack", "PEP", "--ledger", str(folder), "--out", str(tmp_path / "out.toml")]) == 0
    assert (tmp_path / "out.toml").read_text(encoding="utf-8") == text


def test_a_draft_names_segments_and_own_figures_and_adds_to_a_pack_only_what_may_be_added():
    filing = "0000000001-25-000001 10-K 2025-02-01"
    axis = "us-gaap:StatementBusinessSegmentsAxis"
    rows = [
        each
        for year in (2022, 2023, 2024)
        for each in (
            row(
                "Revenues",
                f"{year}-01-01 {year}-12-31",
                "5000000",
                filing,
                dimensions=((axis, "xm:WidgetsMember"),),
            ),
            row("xm:OrderBacklog", f"{year}-12-31", "7000000", filing),
        )
    ]
    about = company_of("XMPL", Registrant(1, "Example Inc"), CALENDAR_YEAR)
    told = tomllib.loads(drafted(about, rows))
    assert told["members"] == [
        {"segment": "Widgets", "names": ["Widgets"], "filed": [f"{axis}=xm:WidgetsMember"]}
    ]
    assert told["metrics"]["xmpl_order_backlog"]["filed"] == ["xm:OrderBacklog"]
    assert told["metrics"]["xmpl_order_backlog"]["kind"] == "balance"
    added = tomllib.loads(drafted(about, rows, known=True))
    assert set(added) == {"ticker", "members", "metrics"}


def test_no_filings_no_draft(desk):
    with pytest.raises(NotFoundError, match="no filings"):
        desk.pack("VRT")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ('filed = ["WidgetsMember"]', "filed"),
        ("predecessors = { 12 = 2020-01-01 }", "predecessors"),
        ("[calendar.quarter_ends]\n2025 = [2025-03-22]", "three days"),
    ],
)
def test_a_slip_in_what_a_pack_says_of_filings_is_an_error(tmp_path, wrong, why):
    head = 'ticker = "XMPL"\nname = "Example"\nnames = ["Example"]\n'
    member = '[[members]]\nsegment = "W"\nnames = ["W"]\n' if "filed" in wrong else ""
    body = wrong if "predecessors" in wrong else ""
    tail = "" if "predecessors" in wrong else wrong
    calendar = "[calendar]\nmonth = 12\n"
    order = (head, body, "\n", calendar, tail if "calendar" in wrong else "", member, tail if member else "")
    (tmp_path / "XMPL.toml").write_text("".join(order), encoding="utf-8")
    with pytest.raises(ParseError, match=why):
        Catalogue.load(tmp_path)


def test_reading_without_filings_asks_for_nothing(tmp_path):
    article = Article("Example", ())
    with pytest.raises(NotFoundError):
        Desk.open(tmp_path).check(article)
