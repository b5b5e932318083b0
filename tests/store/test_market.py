"""Questions over the market, on figures small enough to reckon by hand."""

from datetime import date
from pathlib import Path

import pytest

from tests.store.facts import document, filed, rows
from tieout.core.errors import UsageError
from tieout.ledger.market import Market
from tieout.ledger.store import Store

REVENUE = [("us-gaap", "Revenues")]
TODAY = date(2026, 1, 1)


def day(text):
    return date.fromisoformat(text)


def told(value, period, known, cik=3, **changes):
    start, _, end = period.partition("/")
    held = {"start": day(start) if end else None, "end": day(end or start), "filed": day(known)}
    return filed(
        cik, value, **{**held, "accession": f"0000000001-25-{int(known[5:7] + known[8:10]):06}", **changes}
    )


@pytest.fixture
def market(tmp_path):
    store = Store.open(tmp_path / "ledger")

    def hold(*facts):
        store.append([rows(*facts)], [document()])
        return Market(store)

    return hold


def answers(table, *names):
    return [tuple(row[name] for name in names) for row in table.to_pylist()]


def test_a_restated_value_counts_from_the_day_it_was_told(market):
    asked = market(
        told(5, "2024-01-01/2024-03-31", "2024-05-01"),
        told(5, "2024-01-01/2024-03-31", "2024-08-01"),
        told(7, "2024-01-01/2024-03-31", "2025-05-01"),
        told(9, "2024-01-01/2024-03-31", "2024-05-01", cik=67),
    )
    for as_of, expected in (
        ("2024-04-30", []),
        ("2024-05-01", [(3, 5, False), (67, 9, False)]),
        ("2025-04-30", [(3, 5, False), (67, 9, False)]),
        ("2025-05-01", [(3, 7, True), (67, 9, False)]),
    ):
        found = asked.latest(REVENUE, day(as_of), "quarter")
        assert answers(found, "cik", "digits", "restated") == expected, as_of


def test_each_company_answers_with_its_latest_period_of_the_length_asked_for(market):
    asked = market(
        told(1, "2024-01-01/2024-03-31", "2024-05-01"),
        told(2, "2024-04-01/2024-06-30", "2024-08-01"),
        told(3, "2024-01-01/2024-06-30", "2024-08-01"),
        told(4, "2023-01-01/2023-12-31", "2024-02-01"),
        told(5, "2024-03-31", "2024-05-01"),
        told(6, "2024-02-03/2024-03-31", "2024-05-01"),
    )
    held = {
        span: answers(asked.latest(REVENUE, TODAY, span), "digits")
        for span in ("quarter", "half", "year", "instant")
    }
    assert held == {"quarter": [(2,)], "half": [(3,)], "year": [(4,)], "instant": [(5,)]}


def test_of_several_concepts_the_first_that_a_company_tells_counts(market):
    asked = market(
        told(1, "2024-01-01/2024-03-31", "2024-05-01", concept="Sales"),
        told(2, "2024-01-01/2024-03-31", "2024-05-01"),
        told(3, "2024-01-01/2024-03-31", "2024-05-01", cik=4, concept="Sales"),
        told(4, "2024-01-01/2024-03-31", "2024-05-01", cik=5, concept="Sales", taxonomy="own"),
    )
    both = [("us-gaap", "Revenues"), ("us-gaap", "Sales")]
    assert answers(asked.latest(both, TODAY, "quarter"), "cik", "digits") == [(3, 2), (4, 3)]
    assert answers(asked.latest(both[::-1], TODAY, "quarter"), "cik", "digits") == [(3, 1), (4, 3)]


def test_only_totals_of_statements_are_of_the_market(market):
    asked = market(
        told(1, "2024-01-01/2024-03-31", "2024-05-01", form="DEF 14A"),
        told(2, "2024-01-01/2024-03-31", "2024-05-01", dimensions=(("srt:A", "x:B"),)),
        told(3, "2024-01-01/2024-03-31", "2024-05-01", scenario="guidance"),
        told(4, "2024-01-01/2024-03-31", "2024-05-01", filed=None),
    )
    assert asked.latest(REVENUE, TODAY, "quarter").num_rows == 0


def test_values_of_one_filing_that_differ_are_called_disputed_and_rounded_ones_give_way(market):
    asked = market(
        told(14, "2024-01-01/2024-03-31", "2024-05-01", decimals=0),
        told(13, "2024-01-01/2024-03-31", "2024-05-01", decimals=0, locator="other"),
        told(10, "2024-01-01/2024-03-31", "2024-05-01", decimals=-1, locator="third"),
        told(12, "2024-01-01/2024-03-31", "2024-05-01", cik=4, decimals=0),
        told(10, "2024-01-01/2024-03-31", "2024-05-01", cik=4, decimals=-1, locator="other"),
    )
    found = asked.latest(REVENUE, TODAY, "quarter")
    assert answers(found, "cik", "digits", "exponent", "disputed") == [(3, 14, 0, True), (4, 12, 0, False)]


def test_a_trailing_year_is_the_year_with_the_part_since_for_the_part_before(market):
    asked = market(
        told(100, "2023-01-01/2023-12-31", "2024-02-01"),
        told("20.5", "2023-01-01/2023-03-31", "2023-05-01"),
        told(30, "2024-01-01/2024-03-31", "2024-05-01"),
    )
    found = answers(asked.trailing_years(REVENUE, TODAY), "end", "digits", "exponent", "how")
    assert found == [(day("2023-12-31"), 1, 2, "year"), (day("2024-03-31"), 1095, -1, "year and part")]


def test_a_trailing_year_is_four_quarters_where_no_year_is_held(market):
    quarters = (
        "2023-04-01/2023-06-30",
        "2023-07-01/2023-09-30",
        "2023-10-01/2023-12-31",
        "2024-01-01/2024-03-31",
    )
    asked = market(*(told(n, period, "2024-05-01") for n, period in enumerate(quarters, 1)))
    found = answers(asked.trailing_years(REVENUE, TODAY), "end", "digits", "how")
    assert found == [(day("2024-03-31"), 10, "four quarters")]


def test_a_quarter_missing_or_told_twice_makes_no_trailing_year(market):
    asked = market(
        told(1, "2023-04-01/2023-06-30", "2024-05-01"),
        told(2, "2023-07-01/2023-09-30", "2024-05-01"),
        told(2, "2023-07-03/2023-09-30", "2024-05-01"),
        told(4, "2024-01-01/2024-03-31", "2024-05-01"),
    )
    assert asked.trailing_years(REVENUE, TODAY).num_rows == 0


def test_a_trailing_year_is_not_made_of_a_restated_value(market):
    facts = (
        told(100, "2023-01-01/2023-12-31", "2024-02-01"),
        told(20, "2023-01-01/2023-03-31", "2023-05-01"),
        told(25, "2023-01-01/2023-03-31", "2024-05-01"),
        told(30, "2024-01-01/2024-03-31", "2024-05-01"),
    )
    found = answers(market(*facts).trailing_years(REVENUE, TODAY), "end", "digits", "how")
    assert found == [(day("2023-12-31"), 1, "year"), (day("2024-03-31"), None, "restated")]


def test_growth_is_to_the_period_a_year_before_of_the_same_length_in_weeks_too(market):
    asked = market(
        told(80, "2022-10-29/2023-01-27", "2023-03-01"),
        told(100, "2023-10-28/2024-02-02", "2024-03-01"),
        told(40, "2022-01-29/2023-02-03", "2023-03-01"),
        told(44, "2023-02-04/2024-02-02", "2024-03-01"),
        told(-2, "2023-02-03", "2023-03-01"),
        told(3, "2024-02-02", "2024-03-01"),
    )
    found = asked.year_on_year(REVENUE, TODAY)
    assert [
        (span, base, growth and round(growth, 9))
        for span, base, growth in answers(found, "span", "base_end", "growth")
    ] == [
        ("year", day("2023-02-03"), 0.1),
        ("quarter", day("2023-01-27"), 0.25),
        ("instant", day("2023-02-03"), None),
    ]


def test_a_question_without_a_concept_says_so(market):
    with pytest.raises(UsageError, match="no concept"):
        market().latest([], TODAY, "year")


def test_the_index_follows_what_is_ingested_and_is_made_anew_when_lost_or_broken(tmp_path):
    store = Store.open(tmp_path / "ledger")
    asked = Market(store)
    assert asked.latest(REVENUE, TODAY, "quarter").num_rows == 0
    for number, digest in ((1, "d1"), (2, "d2")):
        store.append([rows(told(number, "2024-01-01/2024-03-31", f"2024-05-0{number}"))], [document(digest)])
        assert answers(asked.latest(REVENUE, TODAY, "quarter"), "digits") == [(number,)]
    for damage in (
        Path.unlink,
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"PAR1" * 9),
    ):
        for file in (store.folder / "index").glob("*.parquet"):
            damage(file)
        assert answers(asked.latest(REVENUE, TODAY, "quarter"), "digits") == [(2,)]
