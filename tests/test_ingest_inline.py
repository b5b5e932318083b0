"""Inline XBRL: every feature in a document made for it, hostile input, repetition, transformations."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.core.errors import ParseError
from tieout.core.filed import Filed
from tieout.core.filing import Filing
from tieout.core.ingested import digest
from tieout.core.quantity import Precision
from tieout.core.skipped import Skipped
from tieout.ingest.cover import Cover
from tieout.ingest.gathered import MAX_FACTS
from tieout.ingest.repeats import COMPLETE, CONSISTENT, consistent, distinct
from tieout.ingest.rows import table
from tieout.ingest.transforms import number
from tieout.ingest.xbrl import read
from tieout.ingest.xml import MAX_BYTES, MAX_PARTS

FOLDER = Path(__file__).parent / "inline"
EVERY, MORE = ((FOLDER / name).read_bytes() for name in ("every.html", "more.html"))
FILING = Filing(
    9999999, "0009999999-25-000042", "10-Q", date(2025, 9, 8), datetime(2025, 9, 8, 20, 15, tzinfo=UTC)
)
QUARTER, END = (date(2025, 5, 3), date(2025, 8, 1)), (None, date(2025, 8, 1))


@pytest.fixture(scope="module")
def report():
    return read({"every.html": EVERY, "more.html": MORE}, FILING)


def test_every_number_with_value_unit_period_axes_and_precision(report):
    found = {
        row.locator: (
            f"{row.taxonomy}:{row.concept}",
            str(row.value),
            row.unit,
            (row.start, row.end),
            row.decimals,
        )
        for row in report.rows
    }
    assert found == {
        "hidden": ("us-gaap:TreasuryStockValue", "1.204E+9", "USD", END, -6),
        "revenue": ("us-gaap:Revenues", "2.9776E+10", "USD", QUARTER, -6),
        "servers": ("us-gaap:Revenues", "1.2940E+10", "USD", QUARTER, -6),
        "loss": ("us-gaap:OtherNonoperatingIncomeExpense", "-3.12E+8", "USD", QUARTER, -6),
        "once": ("exm:Charge", "-1.002E+9", "USD", QUARTER, -6),
        "margin": ("exm:GrossMargin", "0.187", "pure", QUARTER, 3),
        "eps": ("us-gaap:EarningsPerShareDiluted", "1.70", "USD/shares", QUARTER, 2),
        "shares": ("dei:EntityCommonStockSharesOutstanding", "672123456", "shares", END, Precision.EXACT),
        "racks": ("exm:Racks", "25", "rack", END, Precision.UNKNOWN),
        "play": ("exm:Racks", "4", "exm:USD", END, 0),
        "zero": ("us-gaap:DividendsPayable", "0E+6", "USD", END, -6),
        "comma": ("exm:Fee", "1234.5", "USD", QUARTER, 0),
        "midnight": ("us-gaap:CostOfRevenue", "2.4213E+10", "USD", QUARTER, -6),
        "note": ("exm:Notes", "1.5E+9", "USD", END, -8),
        "outer": ("exm:Cash", "8.145E+9", "USD", END, -6),
        "inner": ("exm:CashAndMore", "8.145E+9", "USD", END, -6),
        "debt-1": ("us-gaap:DebtCurrent", "1.00E+8", "USD", END, -6),
        "debt-2": ("us-gaap:DebtCurrent", "1.10E+8", "USD", END, -6),
        "income": ("us-gaap:NetIncomeLoss", "1.164E+9", "USD", QUARTER, -6),
    }


def test_axes_explicit_and_typed(report):
    assert {row.locator: row.dimensions for row in report.rows if row.dimensions} == {
        "servers": (
            ("srt:ProductOrServiceAxis", "exm:ServersMember"),
            ("us-gaap:StatementBusinessSegmentsAxis", "exm:DataMember"),
        ),
        "note": (("exm:NoteAxis", "5.10% Notes; due = 2030"),),
    }


def test_where_a_row_stands(report):
    (row,) = [row for row in report.rows if row.locator == "income"]
    assert (row.cik, row.accession, row.form, row.filed, row.accepted) == (
        FILING.cik,
        FILING.accession,
        FILING.form,
        FILING.filed,
        FILING.accepted,
    )
    assert (row.document, row.digest) == ("more.html", digest(MORE))
    held, skipped = table(report.rows)
    assert held.num_rows == len(report.rows)
    assert not skipped


def test_what_the_cover_says(report):
    assert report.cover == Cover(
        (9999999,), "Example & Sons, Inc.", "10-Q", False, report.cover.period, (1, 31), ("EXM",)
    )
    assert (report.cover.period.start, report.cover.period.end) == QUARTER


def test_what_is_left_out_is_counted_with_its_reason(report):
    assert set(report.skipped) == {
        Skipped("facts", COMPLETE),
        Skipped("facts", CONSISTENT),
        Skipped("facts", "reported as nil"),
        Skipped("facts", "given as fractions"),
        Skipped("facts", "meant for another report than the filing's own"),
        Skipped("facts", "under a prefix that is undeclared, or another taxonomy's", 2),
        Skipped("facts", "of an entity without a CIK"),
        Skipped("facts", "of no period"),
        Skipped("facts", "of a period that ends before it starts"),
        Skipped("facts", "along an axis that cannot be read"),
        Skipped("facts", "whose context or unit is nowhere in the filing"),
        Skipped("facts", "in the format numinf, which makes no number"),
        Skipped("facts", "with a scale or sign that is none"),
        Skipped("facts", "whose text is not what its format allows"),
    }


def test_values_that_cannot_both_be_true_are_both_kept_and_told(report):
    (conflict,) = report.conflicts
    assert [row.locator for row in conflict] == ["debt-1", "debt-2"]
    assert set(conflict) <= set(report.rows)


def test_a_page_alone_misses_what_stands_in_the_other():
    alone = read({"more.html": MORE})
    assert not alone.rows
    assert alone.skipped == (Skipped("facts", "whose context or unit is nowhere in the filing"),)


def test_without_the_index_the_form_is_the_covers_and_no_time_is_known():
    row = read({"every.html": EVERY}).rows[0]
    assert (row.form, row.accession, row.filed, row.accepted) == ("10-Q", "", None, None)


def test_a_document_about_another_company_is_refused():
    other = Filing(1571996, "0001571996-25-000102", "10-Q", date(2025, 9, 8))
    with pytest.raises(ParseError, match=r"about Example &.* \(CIK 9999999\), not about CIK 1571996"):
        read({"dell.html": EVERY}, other)


def test_the_oldest_inline_xbrl_reads_the_same(report):
    old = EVERY.replace(b"http://www.xbrl.org/2013/inlineXBRL", b"http://www.xbrl.org/2008/inlineXBRL")
    new = [(row.locator, row.value) for row in report.rows if row.document == "every.html"]
    assert [(row.locator, row.value) for row in read({"every.html": old}).rows] == new


INSTANCE = b"""<?xml version='1.0' encoding='ASCII'?>
<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:us-gaap="http://fasb.org/us-gaap/2024"
  xmlns:dei="http://xbrl.sec.gov/dei/2024" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<context id="c"><entity><identifier scheme="http://www.sec.gov/CIK">0009999999</identifier></entity>
  <period><startDate>2025-05-03</startDate><endDate>2025-08-01</endDate></period></context>
<unit id="usd"><measure>iso4217:USD</measure></unit>
<dei:DocumentType contextRef="c" id="f0">10-Q</dei:DocumentType>
<us-gaap:Revenues contextRef="c" unitRef="usd" decimals="-6" id="f1">29776000000</us-gaap:Revenues>
<us-gaap:OtherNonoperatingIncomeExpense contextRef="c" unitRef="usd" decimals="-6" id="f2">-312000000
  </us-gaap:OtherNonoperatingIncomeExpense>
<us-gaap:Goodwill contextRef="c" unitRef="usd" xsi:nil="true" id="f3"/>
<us-gaap:Assets contextRef="c" unitRef="usd" decimals="0" id="f4">many</us-gaap:Assets>
</xbrl>"""


def test_a_plain_instance_reads_like_the_page_it_was_taken_from():
    found = read({"exm_htm.xml": INSTANCE})
    assert [(row.locator, row.value, row.decimals) for row in found.rows] == [
        ("f1", Decimal(29_776_000_000), -6),
        ("f2", Decimal(-312_000_000), -6),
    ]
    assert found.cover.form == "10-Q"
    assert set(found.skipped) == {
        Skipped("facts", "reported as nil"),
        Skipped("facts", "whose text is no number"),
    }


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        ("", "1234.50", "1234.50"),
        ("", "1,234", None),
        ("", "-5", None),
        ("numcommadot", "1,234.5", "1234.5"),
        ("numcommadot", "1.234,5", None),
        ("numspacedot", "1 234.5", "1234.5"),
        ("numdotcomma", "1.234,5", "1234.5"),
        ("numcomma", "1234,5", "1234.5"),
        ("numspacecomma", "1\u00a0234,5", "1234.5"),
        ("numdash", "-", "0"),
        ("numdash", "5", None),
        ("numdotdecimal", "1,234.5", "1234.5"),
        ("numdotdecimal", "1,23", None),
        ("numcommadecimal", "1.234,5", "1234.5"),
        ("numcommadecimal", "1,234.5", None),
        ("numdotdecimalin", "12,34,567.8", "1234567.8"),
        ("numunitdecimal", "12 dollars 5 cents", "12.05"),
        ("numunitdecimalin", "1,23,456 rupees 50 paise", "123456.50"),
        ("zerodash", "\u2014", "0"),
        ("zerodash", "0", None),
        ("num-dot-decimal", " 1,234.5 ", "1234.5"),
        ("num-dot-decimal", ".5", "0.5"),
        ("num-dot-decimal", "", None),
        ("num-dot-decimal", "$5", None),
        ("num-comma-decimal", "1 234,5", "1234.5"),
        ("num-dot-decimal-apos", "1’234.5", "1234.5"),
        ("num-comma-decimal-apos", "1'234,5", "1234.5"),
        ("num-unit-decimal", "１２円５銭", "12.05"),
        ("num-unit-decimal-apos", "1'200 francs 5 centimes", "1200.05"),
        ("num-dot-decimal-in", "1,00,000", "100000"),
        ("fixed-zero", "none whatever", "0"),
        ("numwordsen", "no", "0"),
        ("numwordsen", "Twenty-five", "25"),
        ("numwordsen", "one hundred and five thousand, two hundred", "105200"),
        ("numwordsen", "twelve hundred", "1200"),
        ("numwordsen", "two five", None),
        ("numwordsen", "thousand", None),
        ("numwordsen", "several", None),
        ("date-month-day", "1/26", None),
        ("num-dot-decimal", "9" * 29, None),
        ("num-dot-decimal", "9" * 1_000_000, None),
    ],
)
def test_transformations(form, text, value):
    assert number(text, form) == (None if value is None else Decimal(value))


def fact(value, decimals):
    return Filed(1, "us-gaap", "Assets", (), "USD", None, date(2025, 8, 1), Decimal(value), decimals)


def test_complete_consistent_and_inconsistent_duplicates_differ():
    fine, coarse, off = fact("12345", 0), fact("12300", -2), fact("12500", -2)
    assert distinct([fine, fine]).rows == (fine,)
    assert distinct([coarse, fine, coarse]).rows == (fine,)
    assert distinct([coarse, fine, coarse]).skipped == (
        Skipped("facts", COMPLETE),
        Skipped("facts", CONSISTENT),
    )
    assert distinct([coarse, off, coarse]).conflicts == ((coarse, off),)
    assert distinct([coarse, off, coarse]).rows == (coarse, off)
    assert not consistent([fact("12345", Precision.EXACT), fact("12345.4", Precision.EXACT)])
    assert consistent([fact("12345", Precision.UNKNOWN), coarse])


def page(body, head=b"", inside=b""):
    return (
        b"<?xml version='1.0' encoding='UTF-8'?>"
        + head
        + b"<html xmlns='http://www.w3.org/1999/xhtml' xmlns:ix='http://www.xbrl.org/2013/inlineXBRL'><body>"
        + inside
        + b"<ix:header/>"
        + body
        + b"</body></html>"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"<html><body>no end", "no well-formed XML"),
        (EVERY[:5000], "no well-formed XML"),
        (EVERY.replace(b"Sons", b"S\xf6hne").replace(b"Revenue<", b"Erl\xf6se<"), "no well-formed XML"),
        (b"PK\x03\x04\x00\x00", "NUL"),
        ("<html/>".encode("utf-16"), "NUL"),
        (b"<?xml version='1.0' encoding='UTF-7'?><html/>", "encoding utf-7"),
        (b"<?xml version='1.0' encoding='IBM037'?><html/>", "encoding ibm037"),
        (page(b"", b"<!DOCTYPE html [<!ENTITY a 'b'>]>"), "declares entities"),
        (
            page(b"", b"<!DOCTYPE html SYSTEM 'x>' [<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;]>"),
            "declares",
        ),
        (page(b"<p>&unheard;</p>"), "no well-formed XML"),
        (page(b"<b>" * 100_000), "no well-formed XML"),
        (page(b"<b>" * 100_000 + b"</b>" * 100_000), "no well-formed XML"),
        (b"<html><body>nothing tagged</body></html>", "holds no XBRL"),
        (page(b"<b/>" * MAX_PARTS), f"more than {MAX_PARTS} tags"),
        (b"<a>" + b"7" * MAX_BYTES + b"</a>", f"more than {MAX_BYTES} bytes"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_hostile_documents_are_refused_with_a_reason(data, message):
    with pytest.raises(ParseError, match=message):
        read({"hostile.html": data})


def test_entities_from_outside_are_never_fetched(tmp_path):
    secret = tmp_path / "secret.dtd"
    secret.write_text("<!ENTITY secret '42'>")
    head = f"<!DOCTYPE html SYSTEM '{secret.as_uri()}'>".encode()
    found = read(
        {"a.html": page(b"<ix:nonFraction name='a:b' contextRef='c'>&secret;</ix:nonFraction>", head)}
    )
    assert not found.facts


def test_one_number_of_many_digits_is_left_out():
    long = EVERY.replace(b">672,123,456<", b">" + b"7" * 10_000_000 + b"<")
    assert "shares" not in {row.locator for row in read({"every.html": long}).rows}


def test_more_facts_than_any_filing_has_are_refused():
    tag = b"<ix:nonFraction name='a:b' contextRef='c' unitRef='u'>1</ix:nonFraction>"
    with pytest.raises(ParseError, match=f"more than {MAX_FACTS} facts"):
        read({"many.html": page(tag * (MAX_FACTS + 1))})


def test_continuations_in_a_circle_end():
    circle = EVERY.replace(b"page 1 of 2", b"").replace(
        b"</table>", b"</table><p><ix:continuation id='name-2' continuedAt='name-2'> on</ix:continuation></p>"
    )
    assert read({"every.html": circle}).cover.name.startswith("Example & on")


def test_days_before_any_company_are_none():
    found = read({"every.html": EVERY.replace(b"2025-08-02T00:00:00", b"0001-01-01T00:00:00")})
    assert "midnight" not in {row.locator for row in found.rows}


def test_an_id_that_stands_for_two_contexts_stands_for_none():
    again = EVERY.replace(b'id="forever"', b'id="end"')
    found = read({"every.html": again})
    assert not any(row.locator == "shares" for row in found.rows)
    assert any("id stands for two" in each.why for each in found.skipped)


@given(
    st.lists(
        st.tuples(st.integers(0, len(EVERY) - 1), st.integers(0, 40), st.binary(max_size=12)), max_size=6
    )
)
def test_mangled_pages_are_read_or_refused(cuts):
    data = bytearray(EVERY)
    for at, length, put in cuts:
        data[at : at + length] = put
    try:
        found = read({"every.html": bytes(data)}, FILING)
    except ParseError:
        return
    held, _ = table(found.rows)
    assert held.num_rows <= len(found.facts)


PARTS = (
    "2025-08-01", "2025-05-03", "2025-08-02", "9999-12-31", "0001-01-01", "0009999999", "99999999999", "-6",
    "INF", "6", "-2", "30", "29,776", "NaN", "1e99", "iso4217:USD", "xbrli:shares", "gaap:Revenues", "usd",
    "dei:DocumentType", "end", "", "ixt:num-dot-decimal", "ixt:fixed-zero", "exm:NoteAxis", "T00:00:00",
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(PARTS[:-5]).filter(bool), st.sampled_from(PARTS)), max_size=4))
def test_well_formed_nonsense_is_read_or_refused(swaps):
    data = EVERY.decode()
    for one, other in swaps:
        data = data.replace(one, other)
    try:
        found = read({"every.html": data.encode()}, FILING)
    except ParseError:
        return
    assert {row.locator for row in found.rows} <= {row.locator for row in found.facts}
