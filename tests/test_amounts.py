"""Numbers as written, and what each says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.read.amounts import Amount, amounts, number_count


def only(text: str) -> Amount:
    (found,) = amounts(text)
    return found


def ends(amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    return amount.interval.low, amount.interval.high


def number(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


WRITTEN = [
    # text, kind, unit, low, high, interval
    ("$14.4 billion", "money", "USD", "14.4e9", None, ("14.35e9", "14.45e9")),
    ("$1.28bn", "money", "USD", "1.28e9", None, ("1.275e9", "1.285e9")),
    ("$23.93B", "money", "USD", "23.93e9", None, ("23.925e9", "23.935e9")),
    ("846.00M", "count", "", "846e6", None, ("845.5e6", "846.5e6")),
    ("846.00M dollars", "money", "USD", "846e6", None, ("845.5e6", "846.5e6")),
    ("US$5bn", "money", "USD", "5e9", None, ("4.5e9", "5.5e9")),
    ("USD 5 billion", "money", "USD", "5e9", None, ("4.5e9", "5.5e9")),
    ("5 billion dollars", "money", "USD", "5e9", None, ("4.5e9", "5.5e9")),
    ("$13 B", "money", "USD", "13e9", None, ("12.5e9", "13.5e9")),
    ("$24.366B", "money", "USD", "24.366e9", None, ("24.3655e9", "24.3665e9")),
    ("$-3.024 billion", "money", "USD", "-3.024e9", None, ("-3.0245e9", "-3.0235e9")),
    ("-$117 million", "money", "USD", "-117e6", None, ("-117.5e6", "-116.5e6")),
    ("($117 million)", "money", "USD", "-117e6", None, ("-117.5e6", "-116.5e6")),
    ("$(3.0) billion", "money", "USD", "-3e9", None, ("-3.05e9", "-2.95e9")),
    ("$9.40", "money", "USD", "9.4", None, ("9.35", "9.45")),
    ("$.52", "money", "USD", "0.52", None, ("0.515", "0.525")),
    ("$100 billion", "money", "USD", "100e9", None, ("95e9", "105e9")),
    ("4¢", "money", "USD", "0.04", None, ("0.035", "0.045")),
    ("4 cents", "money", "USD", "0.04", None, ("0.035", "0.045")),
    ("€5bn", "money", "EUR", "5e9", None, ("4.5e9", "5.5e9")),
    ("NT$3.2 trillion", "money", "TWD", "3.2e12", None, ("3.15e12", "3.25e12")),
    ("RMB 5 billion", "money", "CNY", "5e9", None, ("4.5e9", "5.5e9")),
    ("two billion dollars", "money", "USD", "2e9", None, ("1.5e9", "2.5e9")),
    ("half a billion dollars", "money", "USD", "0.5e9", None, ("0.45e9", "0.55e9")),
    ("38%", "percent", "ratio", "0.38", None, ("0.375", "0.385")),
    ("38 percent", "percent", "ratio", "0.38", None, ("0.375", "0.385")),
    ("38 per cent", "percent", "ratio", "0.38", None, ("0.375", "0.385")),
    ("(2.3)%", "percent", "ratio", "-0.023", None, ("-0.0235", "-0.0225")),
    ("–15%", "percent", "ratio", "-0.15", None, ("-0.155", "-0.145")),
    ("−1193.6%", "percent", "ratio", "-11.936", None, ("-11.9365", "-11.9355")),
    ("+8%", "percent", "ratio", "0.08", None, ("0.075", "0.085")),
    ("1,529%", "percent", "ratio", "15.29", None, ("15.285", "15.295")),
    ("330 bps", "points", "ratio", "0.033", None, ("0.0325", "0.0335")),
    ("331 basis points", "points", "ratio", "0.0331", None, ("0.03305", "0.03315")),
    ("–3.8 pts", "points", "ratio", "-0.038", None, ("-0.0385", "-0.0375")),
    ("2.2 percentage points", "points", "ratio", "0.022", None, ("0.0215", "0.0225")),
    ("20.28x", "multiple", "x", "20.28", None, ("20.275", "20.285")),
    ("6×", "multiple", "x", "6", None, ("5.5", "6.5")),
    ("-9.52x", "multiple", "x", "-9.52", None, ("-9.525", "-9.515")),
    ("2.5 times", "multiple", "x", "2.5", None, ("2.45", "2.55")),
    ("72", "count", "", "72", None, ("71.5", "72.5")),
    ("3,500", "count", "", "3500", None, ("3450", "3550")),
    ("1.2 GW", "count", "GW", "1.2", None, ("1.15", "1.25")),
    ("two and a half", "word", "count", "2.5", None, ("2.25", "2.75")),
    ("a dozen", "word", "count", "12", None, ("11.5", "12.5")),
    ("1-2%", "percent", "ratio", "0.01", "0.02", ("0.005", "0.025")),
    ("30–50%", "percent", "ratio", "0.3", "0.5", ("0.295", "0.505")),
    ("$101–$105 billion", "money", "USD", "101e9", "105e9", ("100.5e9", "105.5e9")),
    ("$10.0 B – $11.0 B", "money", "USD", "10e9", "11e9", ("9.5e9", "11.5e9")),
    ("$28.5 to $29.5 billion", "money", "USD", "28.5e9", "29.5e9", ("28.45e9", "29.55e9")),
    ("$5-7 billion", "money", "USD", "5e9", "7e9", ("4.5e9", "7.5e9")),
    ("-5 to -3 percent", "percent", "ratio", "-0.05", "-0.03", ("-0.055", "-0.025")),
    ("mid-single digits", "word", "ratio", "0.04", "0.06", ("0.035", "0.065")),
    ("high-single-digit", "word", "ratio", "0.07", "0.09", ("0.065", "0.095")),
    ("low double digits", "word", "ratio", "0.10", "0.13", ("0.095", "0.135")),
]


@pytest.mark.parametrize(("text", "kind", "unit", "low", "high", "interval"), WRITTEN)
def test_written_forms(text, kind, unit, low, high, interval):
    found = only(text)
    assert (found.kind, found.unit) == (kind, unit)
    assert (found.low, found.high) == (number(low), number(high))
    assert ends(found) == tuple(map(number, interval))


HEDGED = [
    ("nearly 6%", "nearly", "0.05", "0.06"),
    ("approaching $9 billion", "approaching", "8e9", "9e9"),
    ("nearly a $9 billion", "nearly", "8e9", "9e9"),
    ("about 100 basis points", "about", "0.009", "0.011"),
    ("roughly\n$14.4 billion", "roughly", "14.3e9", "14.5e9"),
    ("~38%", "~", "0.37", "0.39"),
    ("more than $14.4 billion", "more than", "14.35e9", None),
    ("at least $36 B", "at least", "35.5e9", None),
    (">6×", ">", "5.5", None),
    ("$20 billion-plus", "plus", "19.5e9", None),
    ("100+", "+", "95", None),
    ("up to 72", "up to", None, "72.5"),
    ("less than 5%", "less than", None, "0.055"),
    ("about 5–7%", "about", "0.04", "0.08"),
    ("just over $9 billion", "just over", "8.5e9", "10e9"),
]


@pytest.mark.parametrize(("text", "hedge", "low", "high"), HEDGED)
def test_hedges_open_the_interval(text, hedge, low, high):
    found = only(text)
    assert found.hedge == hedge
    assert ends(found) == (number(low), number(high))


@pytest.mark.parametrize(
    "text",
    ["5% above $2.31", "up 19% over $25 billion", "was under the 10.8% expected", "went up to $5 billion"],
)
def test_a_comparison_is_no_hedge(text):
    assert amounts(text)[-1].hedge is None


@pytest.mark.parametrize(
    "text",
    [
        "Q2", "2Q25", "FY26", "H1", "1H26", "Q2 '25", "fiscal 26", "XE9680L", "GB300", "NVL72", "B200",
        "the 10-K and 8-K", "S&P 500", "Nasdaq 100", "GPT-5", "RTX 5090", "COVID-19", "Windows 11",
        "4:30 p.m.",
        "1-800-555-1234", "(512) 555-1234", "https://x.com/2025/5%25", "2330.TW", "[1]", "revenue (1)",
        "24/7",
        "a 10-for-1 split", "No. 1", "Exhibit 99.1", "Item 7", "5G", "one of the", "several billion dollars",
        "a quarter of strong growth", "the second half", "doubling down", "007",
        "the Magnificent Seven",
    ],
)  # fmt: skip
def test_names_labels_and_idioms_are_no_amounts(text):
    assert amounts(text) == []


def test_list_numbers_are_no_amounts():
    assert [a.text for a in amounts("1. Revenue rose 5%\n2) EPS of $2.32")] == ["5%", "$2.32"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("August 1, 2025", ["ordinal", "year"]),
        ("30 May 2025", ["ordinal", "year"]),
        ("2025-05-30", ["year", "ordinal"]),
        ("2025-05", ["year"]),
        ("Nov 3rd", ["ordinal"]),
        ("the 2nd", ["ordinal"]),
        ("fiscal 2025", ["year"]),
        ("2024-25", ["year"]),
        ("mid-2026", ["year"]),
        ("over 2000 customers", ["count"]),
        ("$2026", ["money"]),
        ("2,026", ["count"]),
        ("In May 20% grew", ["percent"]),
        ("72-GPU", ["count"]),
        ("9-month", ["count"]),
    ],
)
def test_dates_and_years(text, kinds):
    assert [a.kind for a in amounts(text)] == kinds


def test_number_count_leaves_dates_out():
    assert number_count(amounts("On August 1, 2025, revenue was $29.8 billion, up 19%.")) == 2


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("rose 5% to 7%", ["5%", "7%"]),
        ("grew from $18 billion to $144 billion", ["$18 billion", "$144 billion"]),
        ("up 5% to 7%", ["5%", "7%"]),
        ("raised guidance to $101 billion to $105 billion", ["$101 billion to $105 billion"]),
        ("guidance of 5% to 7%", ["5% to 7%"]),
        ("ranging from 5% to 7%", ["5% to 7%"]),
        ("between 5 and 7 percent", ["5 and 7 percent"]),
        ("rose 19% to $29.8 billion", ["19%", "$29.8 billion"]),
        ("rose 5 to 7 percent", ["5 to 7 percent"]),
    ],
)
def test_what_to_joins(text, values):
    assert [a.text for a in amounts(text)] == values


def test_from_lends_the_unit_without_joining():
    first, second = amounts("from 5 to 7 percent")
    assert (first.low, first.unit, second.low) == (Decimal("0.05"), "ratio", Decimal("0.07"))


@pytest.mark.parametrize("text", ["14,4 Milliarden", "1.234,56", "14,4 Mrd. €", "12,5 Prozent"])
def test_continental_numbers_are_marked(text):
    assert only(text).foreign


def test_decimal_points_are_not_marked():
    assert not any(a.foreign for a in amounts("$14.4 billion, 1,234.56 and 3,500"))


@pytest.mark.parametrize(
    ("text", "sign"),
    [("-5%", -1), ("+5%", 1), ("5%", 0), ("decline–4%", 0), ("| (117) |", -1),
     ("orders ($12.1 billion) rose", 0),
     ("a loss of ($117 million)", -1), ("minus 5%", -1), ("the 30-50% band", 0)],
)  # fmt: skip
def test_signs(text, sign):
    assert only(text).sign == sign


@pytest.mark.parametrize(
    ("text", "value", "verb"),
    [("orders doubled", 2, True), ("backlog more than tripled", 3, True), ("a twofold rise", 2, False),
     ("twice as much", 2, False), ("it could double its revenue", 2, True), ("double the rate", 2, False)],
)  # fmt: skip
def test_multiples_in_words(text, value, verb):
    found = only(text)
    assert (found.kind, found.low, found.as_verb, found.figures) == ("multiple", value, verb, 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("nearly half of sales", "0.5"),
        ("a quarter of its revenue", "0.25"),
        ("three-quarters of sales", "0.75"),
    ],
)
def test_fractions_in_words(text, value):
    assert (only(text).kind, only(text).low, only(text).unit) == ("word", Decimal(value), "ratio")


@pytest.mark.parametrize(
    ("text", "figures"),
    [("$14.4 billion", 3), ("100", 2), ("3,500", 2), ("5%", 1), ("0.05", 1), ("eight", 0)],
)
def test_figures_count_digits_that_claim_something(text, figures):
    assert only(text).figures == figures


def test_a_number_and_its_scale_may_stand_on_two_lines():
    assert only("revenue of $29.8\nbillion").low == Decimal("29.8e9")


def test_only_the_stretch_asked_for_is_read():
    text = "5% | $7 billion | 9x"
    found = amounts(text, 5, 15)
    assert [(a.text, a.span.start) for a in found] == [("$7 billion", 5)]


PIECES = st.sampled_from([
    "$", "5", "14.4", "1,234", "%", " ", "billion", "to", "from", "(", ")", "-", "–", "—", "nearly",
    "up to", "half",
    "a", "third", "of", "two", "and", "digits", "mid", "doubled", "x", "bps", "2025", "May", "\n", "|",
    ",", ".", "Q2",
    "http://", "B", "M", "cents", "\u00a0", "€", "USD", "+", "plus", "between", "teens", "hundred",
    "dozen", "½", "٣",
])  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join), st.lists(PIECES).map(" ".join)
    )
)
def test_spans_lie_inside_and_never_overlap(text):
    end = 0
    for amount in amounts(text):
        assert end <= amount.span.start < amount.span.end <= len(text)
        assert text[amount.span.start : amount.span.end] == amount.text
        assert amount.hedge is not None or amount.interval.holds(amount.low)
        end = amount.span.end


SCALES = {"": 0, " million": 6, " billion": 9, "B": 9, "M": 6, "bn": 9, " trillion": 12}
VALUES = st.decimals(min_value="0.01", max_value="999999", places=4)


@given(VALUES, st.integers(0, 3), st.sampled_from(sorted(SCALES)), st.booleans(), st.booleans())
def test_money_written_and_read_holds_the_value(value, places, scale, grouped, negative):
    written = f"{value:,.{places}f}" if grouped else f"{value:.{places}f}"
    found = only(f"{'-' if negative else ''}${written}{scale}")
    exact = value.scaleb(SCALES[scale])
    assert found.interval.holds(-exact if negative else exact)
    assert found.kind == "money"


@given(VALUES, st.integers(0, 2), st.sampled_from(["%", " percent", " per cent", " bps", "x", " pts"]))
def test_ratios_written_and_read_hold_the_value(value, places, unit):
    found = only(f"{value:.{places}f}{unit}")
    exponent = {"x": 0, " bps": -4}.get(unit, -2)
    assert found.interval.holds(value.scaleb(exponent))


@pytest.mark.parametrize(
    "hostile", ["9" * 1_000_000, "$" * 1_000_000, "1." * 500_000, "(-" * 500_000, "." * 1_000_000]
)
def test_hostile_text_is_read_to_its_end(hostile):
    amounts(hostile)


def test_a_paragraph_reads_as_a_person_would():
    text = (
        "With its AI backlog soaring to $14.4 billion as of Q2 FY2026, up 280%, Dell's PowerEdge XE9680L "
        "servers, equipped with up to 72 NVIDIA Blackwell Ultra GPUs, command 30–50% higher margins. Its "
        "debt-to-equity ratio of -9.52x remains a concern; the 10-K names a $295 billion market by 2027."
    )
    found = [a.text for a in amounts(text)]
    assert found == ["$14.4 billion", "280%", "72", "30–50%", "-9.52x", "$295 billion", "2027"]
