"""What the check says a wrong number is true of: the period, the part, the company it was taken from."""

from functools import cache

import pytest

from tieout import Desk


@cache
def desk():
    return Desk.open()


@pytest.mark.parametrize(
    ("text", "company", "published", "code", "metric", "dimensions", "period"),
    [
        pytest.param(
            "LyondellBasell's GAAP operating margin was 8.2% in Q2 2024.",
            "LYB",
            "2024-08-10",
            "period.cumulative",
            "operating_margin",
            (),
            "2024-01-01 to 2024-06-30",
            id="a margin of the half-year, computed from computed parts",
        ),
        pytest.param(
            "Hybrid Cloud segment sales for Q3 FY2025 were $1.7 billion.",
            "HPE",
            "2025-11-10",
            "metric.segment",
            "revenue",
            (("segment", "Networking"),),
            "2025-05-01 to 2025-07-31",
            id="the segment beside it",
        ),
        pytest.param(
            "Revenue in the first quarter of fiscal 2023 ran to $8.9 billion.\n\n"
            "Broadcom then published its figures for the second quarter of fiscal 2023. "
            "Its net revenue fell 8% year over year, to $8.7 billion.",
            "AVGO",
            "2024-01-19",
            "scale.sign",
            "revenue_yoy",
            (),
            "2023-01-30 to 2023-04-30",
            id="growth in the quarter a sentence without numbers has turned to",
        ),
    ],
)
def test_a_wrong_number_is_traced_to_what_it_is_true_of(
    text, company, published, code, metric, dimensions, period
):
    wrong = desk().check(text, company=company, published=published).wrong
    assert [finding.code for finding in wrong] == [code]
    there = wrong[0].explanations[0].measure
    assert (there.metric, there.dimensions, str(there.period)) == (metric, dimensions, period)


def test_one_digit_does_not_tell_which_segment_beside_it_a_number_is_of():
    text = "Year over year, Server segment revenue rose 1% in Q3 FY2025."
    wrong = desk().check(text, company="HPE", published="2025-11-10").wrong
    assert [finding.code for finding in wrong] == ["growth.false"]
