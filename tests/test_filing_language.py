"""The language of filings: lists of periods, stacked column heads, and figures that are only of a part."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from tieout.core.article import Span
from tieout.core.period import Period
from tieout.desk import Desk
from tieout.read.period_lists import parts_of_years
from tieout.read.periods import period_mentions

Q2, Q2_BEFORE = Period(date(2025, 4, 28), date(2025, 7, 27)), Period(date(2024, 4, 29), date(2024, 7, 28))
H1 = Period(date(2025, 1, 27), date(2025, 7, 27))
STACKED = """<p>Results (In millions, except per share data)</p><table>
<tr><th></th><th colspan="2">Three Months Ended</th><th colspan="2">Six Months Ended</th></tr>
<tr><th></th><th>Jul 27, 2025</th><th>Jul 28, 2024</th><th>Jul 27, 2025</th><th>Jul 28, 2024</th></tr>
{}</table>"""


@cache
def desk():
    return Desk.open()


def check(text):
    return desk().check(text, company="NVDA", published="2025-08-28").findings


def table(*rows):
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return check(f"<html><body>{STACKED.format(lines)}</body></html>")


def verdicts(findings):
    return [finding.verdict.value for finding in findings]


def periods(findings):
    return [finding.claim.readings[0].subjects[0].period for finding in findings]


# ---- lists of periods


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("for fiscal years 2025, 2024, and 2023", ["FY 2025", "FY 2024", "FY 2023"]),
        ("in fiscal 2025 and 2024", ["FY 2025", "FY 2024"]),
        ("the second quarter of fiscal years 2026 and 2025", ["Q2 2026", "Q2 2025"]),
        ("the second quarter and first half of fiscal year 2026", ["Q2 2026", "H1 2026"]),
        ("the first half, of fiscal years 2026 and 2025", ["H1 2026", "H1 2025"]),
        ("the three- and nine-month periods ended June 28, 2025", ["Q1 2025-6-28", "9M 2025-6-28"]),
        ("three months ended June 28, 2025 and June 29, 2024", ["Q1 2025-6-28", "Q1 2024-6-29"]),
        ("years ended May 3, 2025, and May 4, 2024", ["FY 2025-5-3", "FY 2024-5-4"]),
        ("stock sold under the 2012 Plan in fiscal 2025", ["FY 2025"]),
        ("shares of the 2007 Equity Incentive Plan", []),
        ("the fourth quarter and Q1 2026", ["Q4 None", "Q1 2026"]),
        ("Q4 2024 and 2025", ["Q4 2024", "FY 2025"]),
        ("the fourth quarter and fiscal 2026", ["Q4 None", "FY 2026"]),
    ],
)
def test_periods_of_a_list_share_what_one_of_them_says(text, named):
    found = period_mentions(text, Span(0, len(text)))
    told = [f"{m.part} {m.year}" + (f"-{m.month}-{m.day}" if m.day else "") for m in found]
    assert told == named


def test_parts_of_a_year_are_of_each_of_the_years_told_for_all():
    text = (
        "$4 million for the second quarter, and $7 million for the first half, of fiscal years 2026 and 2025"
    )
    found = parts_of_years(text, period_mentions(text, Span(0, len(text))))
    assert [f"{m.part} {m.year}" for m in found] == ["Q2 2026", "Q2 2025"]
    text = "$4 million for the second quarter, and $7 million for the first half of fiscal 2025"
    assert not parts_of_years(text, period_mentions(text, Span(0, len(text))))


def test_each_number_of_a_list_takes_its_own_period():
    findings = check(
        "Income tax expense was $4.8 billion and $2.6 billion for the second quarter, and $7.9 billion and "
        "$5.0 billion for the first half, of fiscal years 2026 and 2025, respectively."
    )
    assert periods(findings)[:2] == [Q2, Q2_BEFORE]
    assert set(verdicts(findings)) == {"supported"}


def test_a_target_far_ahead_does_not_date_what_is_reported():
    findings = check(
        "NVIDIA targets growth for fiscal 2030. In the second quarter, revenue was $46.7 billion."
    )
    assert periods(findings)[-1] == Q2


# ---- units of lists


def test_a_number_in_a_list_has_the_unit_of_the_next():
    findings = check("NVIDIA repurchased 67 million and 63 million shares for $9.7 billion and $7.0 billion.")
    money = {finding.claim.said.value for finding in findings if finding.claim.said.unit == "USD"}
    assert money == {Decimal(9_700_000_000), Decimal(7_000_000_000)}


def test_a_line_of_dates_is_no_dateline():
    article = desk().check(
        "Revenue by day\n\n | Jul 27, 2025 | Jul 28, 2024\nRevenue | $46.7B | $30.0B\n", company="NVDA"
    )
    assert article.article.published is None


def test_a_number_of_something_is_no_money():
    for finding in check(
        "The number of shares of NVIDIA outstanding as of August 22, 2025 was 24.3 billion."
    ):
        assert finding.claim.said.unit != "USD"


# ---- tables


def test_column_heads_in_two_rows_are_read_together():
    findings = table(["Revenue", "$46,743", "$30,040", "$90,805", "$56,084"])
    assert periods(findings)[:3] == [Q2, Q2_BEFORE, H1]
    assert verdicts(findings) == ["supported"] * 4


def test_an_error_under_two_rows_of_heads_is_found():
    assert verdicts(table(["Revenue", "$46,743", "$31,040", "$90,805", "$56,084"]))[1] == "contradicted"


def test_the_scale_may_stand_some_lines_above():
    page = STACKED.format("<tr><td>Revenue</td><td>$46,743</td></tr>").replace(
        "<table>", "<p>(Unaudited)</p><table>"
    )
    (finding,) = check(f"<html><body>{page}</body></html>")
    assert finding.claim.said.value == Decimal(46_743_000_000)


@pytest.mark.parametrize(
    "row",
    [
        ["Change in cash and cash equivalents", "3,050", "900", "1,000", "1,100"],
        ["Sales, general and administrative", "1,122", "842", "2,163", "1,618"],
        ["Total liabilities and shareholders’ equity", "140,740", "85,227", "140,740", "85,227"],
        ["Anti-dilutive awards excluded from net income", "3", "5", "60", "68"],
        ["Revenue", "100.0 %", "100.0 %", "100.0 %", "100.0 %"],
        ["Interest expense", "(62)", "(61)", "(124)", "(125)"],
    ],
)
def test_a_row_of_something_else_is_never_called_wrong(row):
    assert not any(finding.verdict.accuses for finding in table(row))


def test_a_row_within_a_section_is_never_called_wrong():
    findings = table(["Elsewhere:", "", "", "", ""], ["Revenue", "$1,198", "$678", "$3,161", "$2,381"])
    assert findings
    assert not any(finding.verdict.accuses for finding in findings)


def test_columns_that_do_not_say_when_are_never_called_wrong():
    findings = check("Item | Here | There | All\n--- | --- | --- | ---\nRevenue | $41.3B | $5.4B | $41.7B\n")
    assert findings
    assert not any(finding.verdict.accuses for finding in findings)


def test_a_day_over_a_column_does_not_say_how_long():
    findings = check(
        "(in millions)\n\n | Jul 27, 2025 | Jul 28, 2024\n--- | --- | ---\nRevenue | $90,805 | $56,084\n"
    )
    assert findings
    assert not any(finding.verdict.accuses for finding in findings)


def test_a_column_of_changes_is_of_the_figures_before_it():
    page = "<html><body><p>(In millions)</p><table>{}</table></body></html>"
    rows = (
        "<tr><th></th><th colspan='3'>Three Months Ended</th><th colspan='3'>Six Months Ended</th></tr>"
        "<tr><th></th><th>Jul 27, 2025</th><th>Jul 28, 2024</th><th>Change</th>"
        "<th>Jul 27, 2025</th><th>Jul 28, 2024</th><th>Change</th></tr>"
        "<tr><td>Revenue</td><td>$46,743</td><td>$30,040</td><td>56 %</td>"
        "<td>$90,805</td><td>$56,084</td><td>62 %</td></tr>"
    )
    assert verdicts(check(page.format(rows))) == ["supported"] * 6


def test_one_digit_in_brackets_is_a_number_in_a_table():
    findings = table(["Revenue", "(3)", "(4)", "$90,805", "$56,084"])
    assert [finding.claim.said.value for finding in findings][:2] == [
        Decimal(-3_000_000),
        Decimal(-4_000_000),
    ]


# ---- figures of a part or an aspect


@pytest.mark.parametrize(
    "text",
    [
        "As of July 27, 2025, the estimated fair value of debt was $7.4 billion.",
        "Provisions for inventory totaled $1.0 billion in the second quarter of fiscal 2026.",
        "Revenue was $479 million in the first half of fiscal 2026 as part of deferred revenue.",
        "Revenue was $3.7 billion in fiscal 2025 related to customer advances.",
        "The decrease was driven by an increase of 44% in segment operating expenses in fiscal 2025.",
        "Greater Sampleland revenue decreased in fiscal 2025.",
    ],
)
def test_a_figure_of_a_part_is_never_called_wrong(text):
    assert not any(finding.verdict.accuses for finding in check(text))


def test_the_whole_is_still_called_wrong():
    assert verdicts(check("Revenue was $3.7 billion in fiscal 2025.")) == ["contradicted"]
    assert "contradicted" in verdicts(check("Revenue decreased in fiscal 2025."))
