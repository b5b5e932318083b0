"""How SEC data misleads, point by point (docs/explanation/sec-traps.md), on real figures."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from filed_rows import CATALOGUE, company, facts, left_out, measure, row, stored

from tieout.core.fact import Derived, Weight
from tieout.core.filing import Registrant
from tieout.core.finding import Verdict
from tieout.core.measure import Measure
from tieout.core.period import Period
from tieout.core.quantity import Precision
from tieout.desk import Desk
from tieout.figures import Figures
from tieout.ledger import Ledger
from tieout.ledger.fiscal import calendar_of
from tieout.ledger.placed import Filer

PER_SHARE = "USD/shares"
FIRST, RECAST = "first reported", "recast"


def values(found):
    return [(str(fact.quantity.value), fact.vintage) for fact in found]


def eps(span, value, filing):
    return row("EarningsPerShareDiluted", span, value, filing, unit=PER_SHARE)


def only(found):
    (fact,) = found
    return fact


def own(held, ticker="VRT"):
    """The facts as those of a company with a pack."""
    every = [fact for lot in held.values() for fact in lot]
    return [replace(fact, measure=replace(fact.measure, entity=ticker)) for fact in every]


# 1
def test_a_comparative_belongs_to_the_days_it_tells_of_and_not_to_the_filing():
    filing = "0001045810-25-000023 10-K 2025-02-26"
    held = facts(
        [
            row("Revenues", "2022-01-31 2023-01-29", "26974000000", filing),
            row("Revenues", "2024-01-29 2025-01-26", "130497000000", filing),
        ]
    )
    assert values(held[measure("revenue", "2022-01-31 2023-01-29")]) == [("26974000000", "")]
    assert values(held[measure("revenue", "2024-01-29 2025-01-26")]) == [("130497000000", "")]


# 2
def test_year_to_date_and_quarter_are_told_apart_by_their_days():
    _, rows = company("HD")
    calendar = calendar_of(rows)
    held = facts(rows, Filer("XMPL", "Example"))
    half, quarter = calendar.period(2024, "H1"), calendar.period(2024, "Q2")
    assert half.start != quarter.start
    assert half.end == quarter.end
    told = [only(held[Measure("XMPL", "net_income", (), span)]).quantity.value for span in (half, quarter)]
    assert told == [8161000000, 4561000000]


# 3
def test_a_fourth_quarter_follows_from_the_year_and_nine_months(tmp_path):
    desk = Desk.open(stored(tmp_path, "HD"))
    found = desk.explain("HD", "net_income", period="Q4 FY2024")
    assert {figure.value for figure in found if isinstance(figure, Derived)} == {Decimal(2997000000)}
    assert all(figure.weight is Weight.REFUTES for figure in found)


def test_nine_months_told_before_a_recast_are_not_taken_from_the_year_after_it():
    quarter = "2024-01-01 2024-09-30"
    rows = [
        row("Revenues", "2023-01-01 2023-12-31", "9000000000", "0000000001-24-000001 10-K 2024-02-01"),
        row("Revenues", quarter, "7000000000", "0000000001-24-000009 10-Q 2024-11-01"),
        # The annual filing leaves a business that was sold out of both years.
        row("Revenues", "2023-01-01 2023-12-31", "8100000000", "0000000001-25-000001 10-K 2025-02-01"),
        row("Revenues", "2024-01-01 2024-12-31", "8700000000", "0000000001-25-000001 10-K 2025-02-01"),
    ]
    held = facts(rows)
    assert values(held[measure("revenue", quarter)]) == [("7000000000", FIRST)]
    ledger = Ledger.of(own(held))
    figures = Figures(ledger.history(), CATALOGUE)
    fourth = Measure("VRT", "revenue", (), Period(date(2024, 10, 1), date(2024, 12, 31)))
    assert all(figure.weight < Weight.REFUTES for figure in figures.at(fourth))
    assert figures.recast_base_missing(fourth)


def test_earnings_per_share_are_not_subtracted():
    rows = [
        eps("2024-01-01 2024-12-31", "6.00", "0000000001-25-000001 10-K 2025-02-01"),
        eps("2024-01-01 2024-09-30", "4.00", "0000000001-24-000009 10-Q 2024-11-01"),
    ]
    held = facts(rows)
    ledger = Ledger.of(own(held))
    fourth = Measure("VRT", "eps_diluted", (), Period(date(2024, 10, 1), date(2024, 12, 31)))
    assert Figures(ledger.history(), CATALOGUE).at(fourth) == ()


# 4
def test_what_was_filed_later_is_unknown_before():
    rows = [
        eps("2020-01-27 2021-01-31", "6.90", "0001045810-21-000010 10-K 2021-02-26"),
        eps("2020-01-27 2021-01-31", "1.73", "0001045810-22-000036 10-K 2022-03-18"),
    ]
    year = measure("eps_diluted", "2020-01-27 2021-01-31")
    ledger = Ledger.of(facts(rows)[year])
    assert [str(f.quantity.value) for f in ledger.as_of(date(2021, 12, 31)).at(year)] == ["6.90"]
    assert [str(f.quantity.value) for f in ledger.as_of(date(2022, 3, 18)).at(year)] == ["6.90", "1.73"]


# 5
def test_a_figure_told_again_counts_once_and_a_revised_one_twice():
    year = "2018-01-01 2018-12-31"
    rows = [
        row("Revenues", year, "4012000000", "0000000001-19-000001 10-K 2019-02-01"),
        row("Revenues", year, "4012000000", "0000000001-20-000001 10-K 2020-02-01"),
        row("Revenues", year, "3915000000", "0000000001-21-000001 10-K 2021-02-01"),
    ]
    found = facts(rows)[measure("revenue", year)]
    assert values(found) == [("4012000000", FIRST), ("3915000000", RECAST)]
    assert found[0].document.accession == "0000000001-19-000001"


def test_the_order_in_which_filings_came_does_not_matter():
    _, rows = company("PEP")
    assert facts(rows) == facts(rows[::-1])


def test_a_figure_rounded_later_is_not_revised():
    year = "2013-01-28 2014-01-26"
    rows = [
        row("GrossProfit", year, "2267763000", "0001045810-14-000030 10-K 2014-03-13"),
        row("GrossProfit", year, "2268000000", "0001045810-16-000205 10-K 2016-03-17"),
    ]
    assert values(facts(rows)[measure("gross_profit", year)]) == [("2267763000", "")]


# 6
SPLIT = [
    row("WeightedAverageNumberOfDilutedSharesOutstanding", span, value, filing, unit="shares")
    for span, value, filing in (
        ("2020-01-27 2021-01-31", "628000000", "0001045810-21-000010 10-K 2021-02-26"),
        ("2020-01-27 2021-01-31", "2510000000", "0001045810-22-000036 10-K 2022-03-18"),
        ("2019-01-28 2020-01-26", "618000000", "0001045810-20-000010 10-K 2020-02-20"),
        ("2019-01-28 2020-01-26", "2472000000", "0001045810-22-000036 10-K 2022-03-18"),
    )
]


def test_a_split_moves_what_was_told_per_share_before_it_and_only_that():
    year = "2018-01-29 2019-01-27"
    filing = "0001045810-19-000023 10-K 2019-02-21"
    rows = [
        *SPLIT,
        eps(year, "6.63", filing),
        row("NetIncomeLoss", year, "4141000000", filing),
    ]
    held = facts(rows)
    told, moved = held[measure("eps_diluted", year)]
    assert (str(told.quantity.value), told.vintage) == ("6.63", FIRST)
    assert (moved.vintage, moved.derived, moved.known) == (RECAST, True, date(2022, 3, 18))
    assert moved.interval.holds(Decimal("1.66"))
    assert moved.weight is Weight.SUPPORTS
    assert values(held[measure("net_income", year)]) == [("4141000000", "")]


def test_what_a_filing_restated_for_a_split_is_taken_from_it():
    year = "2020-01-27 2021-01-31"
    rows = [
        *SPLIT,
        eps(year, "6.90", "0001045810-21-000010 10-K 2021-02-26"),
        eps(year, "1.73", "0001045810-22-000036 10-K 2022-03-18"),
    ]
    found = facts(rows)[measure("eps_diluted", year)]
    assert values(found) == [("6.90", FIRST), ("1.73", RECAST)]
    assert not any(fact.derived for fact in found)


def test_one_restated_count_is_no_split():
    found = facts([*SPLIT[:2], eps("2018-01-29 2019-01-27", "6.63", "0001045810-19-000023 10-K 2019-02-21")])
    assert values(found[measure("eps_diluted", "2018-01-29 2019-01-27")]) == [("6.63", "")]


# 7
def test_revenue_is_chosen_for_each_period_among_its_concepts():
    rows = [
        row(
            "SalesRevenueNet", "2016-10-01 2017-09-30", "229234000000", "0000320193-17-000070 10-K 2017-11-03"
        ),
        row(
            "RevenueFromContractWithCustomerExcludingAssessedTax",
            "2024-09-29 2025-09-27",
            "416161000000",
            "0000320193-25-000079 10-K 2025-10-31",
        ),
    ]
    held = facts(rows)
    assert only(held[measure("revenue", "2016-10-01 2017-09-30")]).quantity.value == 229234000000
    assert only(held[measure("revenue", "2024-09-29 2025-09-27")]).quantity.value == 416161000000


def test_of_two_revenues_of_one_filing_the_larger_is_the_whole_and_the_other_still_supports():
    filing = "0000950170-25-026584 10-K 2025-02-25"
    year, earlier = "2024-01-01 2024-12-31", "2021-01-01 2021-12-31"
    rows = [
        row("Revenues", year, "12794000000", filing),
        row("RevenueFromContractWithCustomerExcludingAssessedTax", year, "20407000000", filing),
        row("Revenues", earlier, "11000000000", "0000000001-22-000001 10-K 2022-02-25"),
    ]
    held = facts(rows)
    part, whole = held[measure("revenue", year)]
    assert (whole.quantity.value, whole.weight) == (20407000000, Weight.REFUTES)
    assert (part.quantity.value, part.weight) == (12794000000, Weight.SUPPORTS)
    # Once a part, it need not be the whole where it stands alone.
    assert only(held[measure("revenue", earlier)]).weight is Weight.SUPPORTS


def test_a_banks_revenue_supports_and_never_refutes():
    filing = "0000000001-25-000001 10-K 2025-02-25"
    year = "2024-01-01 2024-12-31"
    rows = [row("Revenues", year, "5000000000", filing), row("NoninterestIncome", year, "2000000000", filing)]
    held = facts(rows)
    assert only(held[measure("revenue", year)]).weight is Weight.SUPPORTS
    assert only(held[measure("noninterest_income", year)]).weight is Weight.REFUTES


# 8
def test_quarters_of_twelve_and_sixteen_weeks_and_years_of_53_come_from_the_filings():
    _, rows = company("PEP")
    calendar = calendar_of(rows)
    assert calendar.period(2025, "Q1") == Period(date(2024, 12, 29), date(2025, 3, 22))
    assert calendar.period(2025, "Q3") == Period(date(2025, 6, 15), date(2025, 9, 6))
    assert calendar.year_end(2024) == date(2024, 12, 28)


def test_a_year_that_ends_in_january_goes_by_the_number_its_filings_give_it():
    _, rows = company("HD")
    assert calendar_of(rows).year_end(2024) == date(2025, 2, 2)
    _, rows = company("SNOW")
    assert calendar_of(rows).year_end(2025) == date(2025, 1, 31)


def test_without_that_number_the_year_has_no_name():
    _, rows = company("HD")
    assert calendar_of([each for each in rows if each.taxonomy != "dei"]) is None


# 9
def test_the_stub_of_a_changed_year_end_is_no_year():
    def year(start, end, filed):
        filing = f"0000000001-{filed[2:4]}-000001 10-K {filed}"
        return [
            row(concept, f"{start} {end}", "1000000", filing) for concept in ("Revenues", "NetIncomeLoss")
        ]

    rows = [
        *year("2017-01-01", "2017-12-31", "2018-02-01"),
        *year("2018-01-01", "2018-12-31", "2019-02-01"),
        row("Revenues", "2019-01-01 2019-06-30", "600000", "0000000001-19-000008 10-KT 2019-08-01"),
        *year("2019-07-01", "2020-06-30", "2020-08-01"),
        *year("2020-07-01", "2021-06-30", "2021-08-01"),
    ]
    calendar = calendar_of(rows)
    stub, after = Period(date(2019, 1, 1), date(2019, 6, 30)), calendar.period(2020, "FY")
    assert after == Period(date(2019, 7, 1), date(2020, 6, 30))
    assert calendar.label(stub) == str(stub)
    assert calendar.back(after, 4) is None
    assert calendar.label(calendar.period(2021, "FY")) == "FY2021"


# 10
SEGMENT = ("us-gaap:StatementBusinessSegmentsAxis", "nvda:ComputeAndNetworkingSegmentMember")
OPERATING = ("srt:ConsolidationItemsAxis", "us-gaap:OperatingSegmentsMember")


def test_a_segments_figure_is_the_segments_by_the_pack_and_never_the_companys():
    filing = "0001045810-25-000023 10-K 2025-02-26"
    year = "2024-01-29 2025-01-26"
    rows = [
        row("Revenues", year, "130497000000", filing),
        row("Revenues", year, "116193000000", filing, dimensions=(OPERATING, SEGMENT)),
        row(
            "Revenues",
            year,
            "61257000000",
            filing,
            dimensions=(("srt:StatementGeographicalAxis", "country:US"),),
        ),
    ]
    named = Filer("XMPL", "Example", {(SEGMENT,): (("segment", "Compute & Networking"),)})
    held = facts(rows, named)
    assert only(held[measure("revenue", year)]).quantity.value == 130497000000
    segment = measure("revenue", year, ("segment", "Compute & Networking"))
    assert only(held[segment]).quantity.value == 116193000000
    assert left_out(rows, named) == {"of members that no pack names": 1}
    assert left_out(rows) == {"of members that no pack names": 2}


# 11
def test_share_classes_of_one_cover_add_up_and_never_with_a_total():
    def cover(*told, filing="0000000001-25-000005 10-Q 2025-06-10"):
        return [
            row(
                "dei:EntityCommonStockSharesOutstanding",
                "2025-06-02",
                value,
                filing,
                unit="shares",
                dimensions=() if name is None else (("us-gaap:StatementClassOfStockAxis", name),),
            )
            for name, value in told
        ]

    classes = (("us-gaap:CommonClassAMember", "300000000"), ("x:CommonClassCMember", "340000000"))
    total = only(facts(cover(*classes))[measure("shares_outstanding", "2025-06-02")])
    assert (total.quantity.value, total.weight) == (640000000, Weight.SUPPORTS)
    told = facts(cover(*classes, (None, "640000001")))[measure("shares_outstanding", "2025-06-02")]
    assert [fact.quantity.value for fact in told] == [640000001]


# 12
def test_remaining_performance_obligations_told_by_time_alone_are_not_taken_for_the_whole():
    band = (
        "us-gaap:RevenueRemainingPerformanceObligationExpectedTimingOfSatisfactionStartDateAxis",
        "2025-01-27",
    )
    filing = "0001045810-25-000023 10-K 2025-02-26"
    whole = row("RevenueRemainingPerformanceObligation", "2025-01-26", "1700000000", filing)
    part = replace(whole, value=Decimal(600000000), dimensions=(band,))
    held = facts([whole, part])
    assert only(held[measure("remaining_performance_obligations", "2025-01-26")]).quantity.value == 1700000000
    assert facts([part]) == {}


# 13
def test_proxies_and_prospectuses_are_no_statements():
    year = "2021-01-01 2021-12-31"
    rows = [
        row("NetIncomeLoss", year, "840854000", "0001596532-22-000018 10-K 2022-02-15"),
        row("NetIncomeLoss", year, "841", "0001193125-26-158942 DEF-14A 2026-04-17"),
    ]
    rows[1] = replace(rows[1], form="DEF 14A")
    assert values(facts(rows)[measure("net_income", year)]) == [("840854000", "")]
    assert left_out(rows) == {"in forms that are no statements": 1}


# 14
def test_an_amendment_replaces_what_it_tells_and_nothing_else():
    year = "2018-01-01 2018-12-31"
    rows = [
        row("NetIncomeLoss", year, "345777000", "0000813672-19-000009 10-K 2019-02-25"),
        row("Assets", "2018-12-31", "2468664000", "0000813672-19-000009 10-K 2019-02-25"),
        row("NetIncomeLoss", year, "340000000", "0000813672-19-000099 10-K/A 2019-09-01"),
    ]
    held = facts(rows)
    assert values(held[measure("net_income", year)]) == [("345777000", FIRST), ("340000000", RECAST)]
    assert values(held[measure("total_assets", "2018-12-31")]) == [("2468664000", "")]


# 15
def test_a_predecessors_filings_are_the_companys_until_the_day_the_pack_says(tmp_path):
    year, later = "2019-02-03 2020-02-01", "2021-01-31 2022-01-29"
    old = [
        row("NetIncomeLoss", year, "1584391000", "0001058057-20-000012 10-K 2020-03-26", cik=1058057),
        row("NetIncomeLoss", later, "1", "0001058057-22-000001 10-K 2022-03-10", cik=1058057),
    ]
    new = [row("NetIncomeLoss", later, "-421034000", "0001835632-22-000016 10-K 2022-03-10", cik=1835632)]
    folder = stored(
        tmp_path, more=[(Registrant(1058057, "Old Ltd"), old), (Registrant(1835632, "New Inc"), new)]
    )
    desk = Desk.open(folder)
    told = {fact.measure.period.end: fact.quantity.value for fact in desk.facts("MRVL", "net_income")}
    assert told[date(2020, 2, 1)] == 1584391000
    assert told[date(2022, 1, 29)] == -421034000
    assert "CIK0001058057" in desk.ledger.entities()


# 16
def test_what_is_not_held_is_unverifiable_and_not_wrong(tmp_path):
    desk = Desk.open(stored(tmp_path, "SNOW"))
    check = desk.check(
        "Snowflake Inc. reported revenue of $9.99 billion for the second quarter of fiscal 2031.",
        published="2030-09-01",
        company="SNOW",
    )
    assert [finding.verdict for finding in check.findings] == [Verdict.UNVERIFIABLE]


# 17
def test_acceptance_is_universal_time_and_known_is_the_day_in_new_york():
    filing = "0000000001-25-000001 10-K 2025-02-27"
    late = datetime(2025, 2, 27, 1, 30, tzinfo=UTC)
    rows = [replace(row("Assets", "2025-01-26", "111601000000", filing), accepted=late)]
    assert only(facts(rows)[measure("total_assets", "2025-01-26")]).known == date(2025, 2, 26)
    rows = [row("Assets", "2025-01-26", "111601000000", filing)]
    assert only(facts(rows)[measure("total_assets", "2025-01-26")]).known == date(2025, 2, 27)


# 19
@pytest.mark.parametrize(
    ("value", "stated", "decimals"),
    [
        ("26974000000", Precision.UNKNOWN, -6),
        (
            "26900000000",
            Precision.UNKNOWN,
            -8,
        ),  # perhaps rounded, perhaps not: claims no more than its digits
        ("26900000000", -6, -6),
        ("2510000000", Precision.EXACT, -7),
        ("6.90", Precision.UNKNOWN, 1),
        ("6.92", Precision.EXACT, 2),
        ("0", -6, Precision.UNKNOWN),
    ],
)
def test_precision_is_what_the_digits_prove_where_none_is_stated(value, stated, decimals):
    rows = [row("Assets", "2025-01-26", value, "0000000001-25-000001 10-K 2025-02-27", decimals=stated)]
    assert only(facts(rows)[measure("total_assets", "2025-01-26")]).quantity.decimals == decimals


def test_an_instant_has_no_start_and_a_flow_no_instant():
    filing = "0000000001-25-000001 10-K 2025-02-27"
    rows = [
        row("Assets", "2024-01-29 2025-01-26", "1000000", filing),
        row("Revenues", "2025-01-26", "1000000", filing),
    ]
    assert facts(rows) == {}
    assert left_out(rows) == {"in a unit or over a time that their metric has not": 2}


def test_a_filer_reports_in_the_currency_of_its_assets():
    filing = "0001493152-24-016772 20-F 2024-04-26"
    year = "2023-01-01 2023-12-31"
    rows = [
        row("ifrs-full:Assets", "2023-12-31", "590825310", filing),
        row("ifrs-full:Revenue", year, "39436343", filing),
        row("ifrs-full:Revenue", year, "170000000000", filing, unit="COP"),
    ]
    assert only(facts(rows)[measure("revenue", year)]).unit == "USD"
    assert left_out(rows) == {"in a currency the company does not report in": 1}


# 20
def test_debt_to_negative_equity_is_said_to_mean_nothing():
    filing = "0001571996-25-000034 10-Q 2025-09-08"
    held = facts(
        [
            row("StockholdersEquity", "2025-08-01", "-2699000000", filing),
            row("DebtCurrent", "2025-08-01", "6000000000", filing),
            row("LongTermDebtNoncurrent", "2025-08-01", "22741000000", filing),
        ]
    )
    check = Desk(Ledger.of(own(held, "DELL")), CATALOGUE).check(
        "Dell's debt-to-equity ratio was -10.6x at the end of Q2 FY2026.",
        published="2025-09-09",
        company="DELL",
    )
    (finding,) = check.findings
    assert any(note.startswith("not meaningful") for note in finding.notes)


def listed(text):
    """The points of the page, each with the tests it names."""
    rows = [line.split("|")[1:-1] for line in text.splitlines() if re.match(r"\| \d+ \|", line)]
    return {int(number): re.findall(r"`(test_\w+)`", tests) for number, _, _, tests in rows}


def unshown(points, tests):
    """The points that no test there is shows."""
    return [number for number, named in points.items() if not named or not set(named) <= tests]


def test_every_point_of_the_page_is_shown_by_a_test():
    here = Path(__file__).parent
    sources = (path.read_text(encoding="utf-8") for path in here.rglob("test_*.py"))
    tests = {name for source in sources for name in re.findall(r"^def (test_\w+)", source, re.MULTILINE)}
    page = (here.parent / "docs/explanation/sec-traps.md").read_text(encoding="utf-8")
    points = listed(page)
    assert sorted(points) == list(range(1, 22))
    assert unshown(points, tests) == []
    assert unshown({1: ["test_that_is_nowhere"], 2: []}, tests) == [1, 2]
