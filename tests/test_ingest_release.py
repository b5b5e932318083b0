"""Earnings releases: what their statements and prose say for certain, and what is left out."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tieout.catalogue import Catalogue
from tieout.core.calendar import FiscalCalendar
from tieout.core.company import Company
from tieout.core.errors import ParseError
from tieout.core.filing import Filing
from tieout.core.ingested import digest
from tieout.core.quantity import Precision
from tieout.core.skipped import Skipped
from tieout.ingest.heads import period_of
from tieout.ingest.lines import lines, sums
from tieout.ingest.release import read
from tieout.ingest.rows import table

CATALOGUE = Catalogue.load()
FILING = Filing(
    9999999, "0009999999-25-000041", "8-K", date(2025, 8, 28), datetime(2025, 8, 28, 20, 5, tzinfo=UTC)
)
WEEKS = FiscalCalendar("nearest_weekday", 1, 4)
"""Fiscal years that end on the Friday nearest the end of January, named for that year."""
MAKER = Company("EXM", "Example Machines", ("Example Machines", "Example Machines, Inc."), WEEKS)
QUARTER, YEAR_AGO = (date(2025, 5, 3), date(2025, 8, 1)), (date(2024, 5, 4), date(2024, 8, 2))
HALF = (date(2025, 2, 1), date(2025, 8, 1))

INTRO = "<p>Example Machines, Inc. announces results for its fiscal 2026 second quarter.</p>"
TITLE = "<p>EXAMPLE MACHINES, INC.</p><p>Consolidated Statements of Income</p>"
SCALE = "<p>(in millions, except per share amounts; unaudited)</p>"
HEAD = [
    ["", "Three Months Ended", "Three Months Ended", "Six Months Ended", ""],
    ["", "August 1, 2025", "August 2, 2024", "August 1, 2025", "% Change"],
]
INCOME = [
    ["Net revenue", "$ 29,776", "$ 25,026", "$ 53,154", "19 %"],
    ["Cost of net revenue", "24,304", "19,694", "42,745", ""],
    ["Gross profit", "5,472", "5,332", "10,409", ""],
    ["Operating income", "1,773", "1,342", "2,938", ""],
    ["Income (loss) before income taxes", "(40)", "1,005", "1,450", ""],
    ["Provision for income taxes", "(12)", "159", "300", ""],
    ["Net income (loss)", "$ (28)", "$ 846", "$ 1,150", ""],
    ["Earnings per share:", "", "", "", ""],
    ["Basic", "$ (0.04)", "$ 1.19", "$ 1.66", ""],
    ["Diluted", "$ (0.04)", "$ 1.17", "$ 1.63", ""],
    ["Weighted average shares:", "", "", "", ""],
    ["Diluted", "688", "722", "705", ""],
]


def page(*parts):
    return f"<html><body>{INTRO}{''.join(parts)}</body></html>".encode()


def rows(of):
    return (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in of)
        + "</table>"
    )


def statement(title=TITLE, scale=SCALE, head=HEAD, body=INCOME):
    return page(title, scale, rows([*head, *body]))


def told(data, company=MAKER):
    found = read(data, "ex991.htm", FILING, company, CATALOGUE)
    return {
        (row.concept, *row.dimensions, row.start, row.end): (str(row.value), row.unit, row.decimals)
        for row in found.rows
    }


def why(data, what="tables"):
    return [
        each.why for each in read(data, "ex991.htm", FILING, MAKER, CATALOGUE).skipped if each.what == what
    ]


def test_a_statement_is_read_line_by_line_and_column_by_column():
    found = told(statement())
    assert found["revenue", *QUARTER] == ("2.9776E+10", "USD", -6)
    assert found["revenue", *YEAR_AGO] == ("2.5026E+10", "USD", -6)
    assert found["revenue", *HALF] == ("5.3154E+10", "USD", -6)
    assert found["gross_profit", *HALF] == ("1.0409E+10", "USD", -6)
    assert found["eps_diluted", *YEAR_AGO] == ("1.17", "USD/shares", 2)
    assert found["diluted_shares", *QUARTER] == ("6.88E+8", "shares", -6)


def test_brackets_are_a_loss_where_a_line_can_be_one_and_nothing_elsewhere():
    found = told(statement())
    assert found["net_income", *QUARTER] == ("-2.8E+7", "USD", -6)
    assert found["eps_basic", *QUARTER] == ("-0.04", "USD/shares", 2)
    assert ("income_tax_expense", *QUARTER) not in found
    assert found["income_tax_expense", *YEAR_AGO][0] == "1.59E+8"


def test_a_column_of_changes_is_no_period():
    assert {key[-2:] for key in told(statement())} == {QUARTER, YEAR_AGO, HALF}


def test_rows_say_where_they_stand_and_since_when_they_are_known():
    data = statement()
    found = read(data, "ex991.htm", FILING, MAKER, CATALOGUE)
    row = found.rows[0]
    assert (row.taxonomy, row.accession, row.form) == ("tieout", FILING.accession, "8-K")
    assert (row.filed, row.accepted) == (FILING.filed, FILING.accepted)
    assert (row.document, row.digest, row.locator) == (
        "ex991.htm",
        digest(data),
        "statement line “Net revenue”",
    )
    held, skipped = table(found.rows)
    assert held.num_rows == len(found.rows)
    assert not skipped


def test_a_balance_sheet_is_of_its_days():
    balance = [
        ["Cash and cash equivalents", "$ 8,145", "$ 3,633"],
        ["Inventories, net", "6,718", "6,716"],
        ["Total assets", "$ 89,195", "$ 79,746"],
    ]
    found = told(
        statement(
            "<p>Consolidated Balance Sheets</p>",
            head=[["", "August 1, 2025", "January 31, 2025"]],
            body=balance,
        )
    )
    assert found["total_assets", None, date(2025, 8, 1)] == ("8.9195E+10", "USD", -6)
    assert found["inventories", None, date(2025, 1, 31)] == ("6.716E+9", "USD", -6)
    assert len(found) == 6


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"scale": ""}, "whose scale is not said once"),
        ({"scale": "<p>in thousands</p><p>in millions</p>"}, "whose scale is not said once"),
        (
            {"title": "<p>Reconciliation to Non-GAAP</p><p>Statements of Income</p>"},
            "of other measures than the statements'",
        ),
        ({"title": "<p>Segment Information</p>"}, "without the title of a statement"),
        ({"scale": "<p>(in millions of euros: €)</p>"}, "whose currency is not plainly the dollar"),
        (
            {"body": [[cell.replace("$ ", "") for cell in row] for row in INCOME]},
            "whose currency is not plainly the dollar",
        ),
        (
            {"body": [[cell.replace("5,472", "5,742") for cell in row] for row in INCOME]},
            "whose lines do not add up",
        ),
        ({"body": INCOME[:2]}, "too short for a statement"),
    ],
)
def test_a_table_that_leaves_something_open_is_left_out_with_the_reason(change, reason):
    assert not told(statement(**change))
    assert why(statement(**change)) == [reason]


def test_a_line_told_with_two_values_is_left_out():
    again = [*INCOME, ["Net revenue", "$ 29,000", "$ 25,026", "$ 53,154", ""]]
    found = told(statement(body=again))
    assert ("revenue", *QUARTER) not in found
    assert ("revenue", *YEAR_AGO) in found


def test_net_income_beside_that_of_others_is_left_out():
    body = [*INCOME, ["Net income attributable to non-controlling interests", "1", "2", "3", ""]]
    assert not any(key[0] == "net_income" for key in told(statement(body=body)))


def test_shares_are_left_out_where_single_shares_may_be_meant():
    found = told(statement(scale="<p>(in millions, except share and per share amounts)</p>"))
    assert not any(key[0] == "diluted_shares" for key in found)
    assert any(key[0] == "eps_diluted" for key in found)


def test_a_column_of_days_yet_to_come_is_left_out():
    ahead = [[cell.replace("August 1, 2025", "October 31, 2025") for cell in row] for row in HEAD]
    assert {key[-1] for key in told(statement(head=ahead))} == {YEAR_AGO[1]}


@pytest.mark.parametrize(
    ("heads", "calendar", "period"),
    [
        (["Three Months Ended", "August 1, 2025"], WEEKS, QUARTER),
        (["Three Months Ended August 1,", "2025"], WEEKS, QUARTER),
        (["Thirteen Weeks Ended", "August 1, 2025"], WEEKS, QUARTER),
        (["26 weeks ended", "August 1, 2025 (unaudited)"], WEEKS, HALF),
        (["Fiscal Quarter Ended", "August 1, 2025"], WEEKS, QUARTER),
        (
            ["Twelve Months Ended", "December 31, 2024"],
            FiscalCalendar(),
            (date(2024, 1, 1), date(2024, 12, 31)),
        ),
        (["Fourteen Weeks Ended", "August 1, 2025"], WEEKS, None),
        (["Three Months Ended", "July 31, 2025"], WEEKS, None),
        (["Five Months Ended", "August 1, 2025"], WEEKS, None),
        (["Three Months Ended", "August 32, 2025"], WEEKS, None),
        (["Three Months Ended", "August 1, 2025", "Adjustments"], WEEKS, None),
        (["As of", "August 1, 2025"], WEEKS, (None, QUARTER[1])),
        (["$ Change"], WEEKS, None),
        ([], WEEKS, None),
    ],
)
def test_the_period_of_a_column(heads, calendar, period):
    found = period_of(heads, calendar)
    assert (None if found is None else (found.start, found.end)) == period


PROSE = """<p>Revenue for the second quarter of fiscal 2026 was $29.8 billion, up 19% year over year.
GAAP operating income in the second quarter of fiscal 2026 was $1.8 billion.</p>
<p>Cash flow from operations was nearly $2.5 billion in the second quarter of fiscal 2026.</p>
<p>Operating income was strong at $1.8 billion.</p>
<p>Third quarter fiscal 2026 revenue is expected to be between $26.5 billion and $27.5 billion.</p>"""


def test_prose_that_leaves_nothing_open_is_told_without_decimals():
    found = read(page(PROSE), "ex991.htm", FILING, MAKER, CATALOGUE)
    assert [(row.concept, row.end, str(row.value), row.scenario, row.bound) for row in found.rows] == [
        ("revenue", date(2025, 8, 1), "2.98E+10", "actual", ""),
        ("operating_income", date(2025, 8, 1), "1.8E+9", "actual", ""),
        ("revenue", date(2025, 10, 31), "2.65E+10", "guidance", "low"),
        ("revenue", date(2025, 10, 31), "2.75E+10", "guidance", "high"),
    ]
    assert {row.decimals for row in found.rows} == {Precision.UNKNOWN}
    assert found.skipped == (Skipped("prose numbers", "not said for certain what, when or of whom", 3),)


def test_what_a_statement_tells_prose_need_not():
    both = statement().replace(b"</body>", PROSE.encode() + b"</body>")
    found = read(both, "ex991.htm", FILING, MAKER, CATALOGUE)
    (row,) = [
        row
        for row in found.rows
        if (row.concept, row.start, row.end, row.scenario) == ("revenue", *QUARTER, "actual")
    ]
    assert (row.value, row.decimals) == (Decimal(29_776_000_000), -6)


def test_a_release_wrapped_for_filing_reads_the_same():
    wrapped = (
        b"<DOCUMENT>\n<TYPE>EX-99.1\n<FILENAME>ex991.htm\n<TEXT>\n" + statement() + b"</TEXT>\n</DOCUMENT>"
    )
    assert told(wrapped) == told(statement())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (statement(), "does not name Another Company"),
        (b"%PDF-1.7", "PDF"),
        (b"", "nothing to read"),
    ],
)
def test_what_is_no_release_of_the_company_is_refused(data, message):
    other = Company("ACO", "Another Company", ("Another Company",))
    with pytest.raises(ParseError, match=f"(?i){message}"):
        read(data, "ex991.htm", FILING, other, CATALOGUE)


def test_every_line_is_a_metric_of_the_catalogue_and_every_label_is_plain():
    named = {each.metric for several in lines().values() for each in several}
    assert named | {name for names in sums() for name in names} <= set(CATALOGUE.metrics)
    assert all(label == label.lower().strip() for label in lines())


def test_heads_may_put_the_years_on_a_line_of_their_own():
    months = [
        ["", "Three Months Ended June 30,", "Three Months Ended June 30,", "Six Months Ended June 30,", ""],
        ["", "2025", "2024", "2025", "% Change"],
    ]
    calendar_year = Company("EXM", "Example Machines", ("Example Machines",))
    found = told(statement(head=months), calendar_year)
    assert found["revenue", date(2025, 4, 1), date(2025, 6, 30)][0] == "2.9776E+10"
    assert found["revenue", date(2024, 4, 1), date(2024, 6, 30)][0] == "2.5026E+10"
    assert found["revenue", date(2025, 1, 1), date(2025, 6, 30)][0] == "5.3154E+10"


def test_lines_under_the_heading_of_a_part_are_not_the_companys():
    body = [["Server business:", "", "", "", ""], *INCOME]
    assert not any(key[0] in ("revenue", "gross_profit") for key in told(statement(body=body)))
    body = [["Operating expenses:", "", "", "", ""], *INCOME]
    assert any(key[0] == "revenue" for key in told(statement(body=body)))


def test_lines_after_another_measure_are_left_out():
    body = [*INCOME[:3], ["Adjusted gross profit", "6,000", "5,500", "11,000", ""], *INCOME[3:]]
    assert {key[0] for key in told(statement(body=body))} == {"revenue", "cost_of_revenue", "gross_profit"}


def test_notes_to_the_lines_of_a_statement_are_not_its_lines():
    costs = [
        ["Cost of revenue", "$ 50", "$ 43", "$ 98", ""],
        ["Research and development", "700", "600", "1,300", ""],
    ]
    note = page(
        "<p>(1) Includes stock-based compensation as follows (in millions):</p>",
        rows([*HEAD, *costs, *costs]),
    )
    assert not told(note)
    assert why(note) == ["without the title of a statement"]
    inside = [*INCOME, ["(1) Includes stock-based compensation:", "", "", "", ""], *costs]
    assert told(statement(body=inside)) == told(statement())


def test_a_line_that_two_tables_tell_rounded_is_told_once_and_one_they_dispute_not_at_all():
    brief = [
        ["Net revenue", "$ 29.8", "$ 25.0", "$ 53.2", ""],
        ["Gross profit", "5.9", "5.3", "10.4", ""],
        ["Operating income", "1.8", "1.3", "2.9", ""],
    ]
    twice = page(
        TITLE,
        SCALE,
        rows([*HEAD, *INCOME]),
        "<p>Summary Income Statement</p><p>(in billions)</p>",
        rows([*HEAD, *brief]),
    )
    found = read(twice, "ex991.htm", FILING, MAKER, CATALOGUE)
    of_quarter = [row for row in found.rows if (row.start, row.end) == QUARTER]
    assert [(str(row.value)) for row in of_quarter if row.concept == "revenue"] == ["2.9776E+10"]
    assert not [row for row in of_quarter if row.concept == "gross_profit"]
    assert Skipped("statement lines", "told in two tables with two values", 2) in found.skipped


@pytest.mark.parametrize("words", ["All amounts are in Canadian dollars.", "Figures in New Zealand dollars"])
def test_a_release_in_other_dollars_is_left_out(words):
    assert why(page(f"<p>{words}</p>", TITLE, SCALE, rows([*HEAD, *INCOME]))) == [
        "of a release in other dollars"
    ]
