"""Company facts to rows. The figures are those of data.sec.gov, with their accessions."""

import gc
import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.core.errors import ParseError
from tieout.core.filed import Filed
from tieout.core.ingested import digest
from tieout.core.skipped import Skipped
from tieout.ingest.companyfacts import CompanyFacts, company_facts
from tieout.ingest.rows import table
from tieout.ledger.columns import SCHEMA

APPLE = """{"cik":320193,"entityName":"Apple Inc.","facts":{
"dei":{"EntityCommonStockSharesOutstanding":{"label":"Shares","description":"a, b","units":{"shares":[
{"end":"2009-06-27","val":895816758,"accn":"0001193125-09-153165","fy":2009,"fp":"Q3","form":"10-Q","filed":"2009-07-22","frame":"CY2009Q2I"}]}}},
"us-gaap":{"CommonStockParOrStatedValuePerShare":{"label":null,"description":null,"units":{"USD/shares":[
{"end":"2014-09-27","val":0.00001,"accn":"0001193125-14-383437","fy":2014,"fp":"FY","form":"10-K","filed":"2014-10-27"}]}},
"EarningsPerShareDiluted":{"label":"EPS","description":"","units":{"USD/shares":[
{"start":"2013-09-29","end":"2014-03-29","val":26.16,"accn":"0001193125-14-157311","fy":2014,"fp":"Q2","form":"10-Q","filed":"2014-04-24"},
{"start":"2013-09-29","end":"2014-03-29","val":3.74,"accn":"0001193125-15-153166","fy":2015,"fp":"Q2","form":"10-Q","filed":"2015-04-28"}]}},
"NetIncomeLoss":{"label":"NI","description":"","units":{"USD":[
{"start":"2013-09-29","end":"2014-03-29","val":23295000000,"accn":"0001193125-14-157311","fy":2014,"fp":"Q2","form":"10-Q","filed":"2014-04-24"}]}}}}}
"""
ROW = {"end": "2025-06-30", "val": 7, "accn": "0000000001-25-000001", "form": "10-Q", "filed": "2025-08-01"}


def document(*rows, cik=1, name="Made Up Inc."):
    return json.dumps(
        {"cik": cik, "entityName": name, "facts": {"us-gaap": {"A": {"units": {"USD": rows}}}}}
    ).encode()


def rows_of(data, name="facts.json", **more):
    document, found, skipped = company_facts(data, name, **more)
    assert found.schema == SCHEMA
    found.validate(full=True)
    assert not skipped
    assert document.facts == found.num_rows
    return found.to_pylist()


def bare(data):
    return [{**row, "digest": ""} for row in rows_of(data)]


def skipped_of(*rows):
    document_, found, skipped = company_facts(document(*rows), "facts.json")
    assert found.num_rows + sum(each.count for each in skipped) == document_.facts == len(rows)
    return skipped


def test_every_fact_of_a_document_exactly_as_filed():
    data = APPLE.encode()
    mark = digest(data)
    half = date(2013, 9, 29), date(2014, 3, 29)
    first, second = (
        ("0001193125-14-157311", "10-Q", date(2014, 4, 24)),
        (
            "0001193125-15-153166",
            "10-Q",
            date(2015, 4, 28),
        ),
    )
    filed = [
        ("dei", "EntityCommonStockSharesOutstanding", "shares", None, date(2009, 6, 27), "895816758",
         "0001193125-09-153165", "10-Q", date(2009, 7, 22)),
        ("us-gaap", "CommonStockParOrStatedValuePerShare", "USD/shares", None, date(2014, 9, 27), "0.00001",
         "0001193125-14-383437", "10-K", date(2014, 10, 27)),
        ("us-gaap", "EarningsPerShareDiluted", "USD/shares", *half, "26.16", *first),
        ("us-gaap", "EarningsPerShareDiluted", "USD/shares", *half, "3.74", *second),
        ("us-gaap", "NetIncomeLoss", "USD", *half, "23295000000", *first),
    ]  # fmt: skip
    expected, _ = table(
        Filed(
            320193, taxonomy, concept, (), unit, start, end, Decimal(value),
            accession=accession, form=form, filed=day, digest=mark,
        )
        for taxonomy, concept, unit, start, end, value, accession, form, day in filed
    )  # fmt: skip
    assert rows_of(data, "CIK0000320193.json") == expected.to_pylist()


def test_the_label_of_the_filing_and_the_newest_frame_are_not_read():
    odd = {**ROW, "fy": "nonsense", "fp": 7, "frame": ["x"]}
    assert bare(document(odd)) == bare(document(ROW))


def test_layout_does_not_matter():
    whole = json.loads(APPLE, parse_float=str)
    assert bare(json.dumps(whole, indent=2).encode()) == bare(APPLE.encode())


def test_several_documents_in_one_table():
    facts = CompanyFacts()
    first = facts.add(document(ROW, cik=1), "a.json")
    for bad in (document(ROW, cik=2)[:-9], document(ROW, cik=2)[:-2] + b',"t":{"B":{"units":{"USD":[5]}}}}}'):
        with pytest.raises(ParseError):
            facts.add(bad, "b.json")
    third = facts.add(document({**ROW, "val": 1.5}, ROW, cik=3), "c.json")
    rows, skipped = facts.table()
    assert not skipped
    assert [(row["cik"], row["digits"], row["exponent"], row["digest"]) for row in rows.to_pylist()] == [
        (1, 7, 0, first.digest),
        (3, 15, -1, third.digest),
        (3, 7, 0, third.digest),
    ]


def test_the_collector_of_cycles_runs_again_afterwards():
    company_facts(document(ROW), "facts.json")
    assert gc.isenabled()
    with pytest.raises(ParseError):
        company_facts(b"", "facts.json")
    assert gc.isenabled()


NUMBERS = st.one_of(
    st.integers(-(10**18) + 1, 10**18 - 1),
    st.tuples(st.integers(-(10**18) + 1, 10**18 - 1), st.integers(-30, 30)).map(
        lambda n: Decimal(n[0]).scaleb(n[1])
    ),
    st.sampled_from([0, Decimal("-0.0"), Decimal("1E+5"), 10**17, Decimal("1.50")]),
)


@given(st.lists(NUMBERS, max_size=20))
def test_values_are_exact(values):
    rows = ",".join(json.dumps(ROW).replace(": 7", f": {value}") for value in values)
    data = f'{{"cik":1,"facts":{{"t":{{"c":{{"units":{{"USD":[{rows}]}}}}}}}}}}'.encode()
    found = rows_of(data)
    assert len(found) == len(values)
    for row, value in zip(found, values, strict=True):
        assert (
            Decimal((int(row["digits"] < 0), tuple(map(int, str(abs(row["digits"])))), row["exponent"]))
            == value
        )
        assert row["digits"] % 10 or (row["digits"], row["exponent"]) == (0, 0)


@pytest.mark.parametrize("cik", [1997711, "1997711", "0001997711"])
def test_a_number_of_the_company_may_be_text(cik):
    (row,) = rows_of(document(ROW, cik=cik), "CIK0001997711.json.gz")
    assert row["cik"] == 1997711


@pytest.mark.parametrize("cik", ["", "x", "-5", "12345678901", 0, 1 << 31, "1.0", None, 1.5, [], "١"])
def test_a_number_that_is_none(cik):
    with pytest.raises(ParseError, match=r"facts\.json"):
        company_facts(document(ROW, cik=cik), "facts.json")


def test_a_file_about_another_company_than_its_name_says():
    # facts_subset/DELL.json held the facts of Intercontinental Exchange
    data = document(ROW, cik=1571949, name="INTERCONTINENTAL EXCHANGE, INC.")
    with pytest.raises(
        ParseError, match=r"should be about CIK 0001571996, and holds .* CIK 0001571949 \(INTER"
    ):
        company_facts(data, "DELL.json.gz", 1571996)
    with pytest.raises(ParseError, match="CIK 0001571996"):
        company_facts(data, "CIK0001571996.json")


@pytest.mark.parametrize(
    "facts", [{}, {"ifrs-full": {}}, {"ifrs-full": {"_stripped": True}}, {"t": {"c": {"units": {}}}}]
)
def test_no_facts(facts):
    assert rows_of(json.dumps({"cik": 1, "facts": facts}).encode()) == []


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ({"val": None}, "without a value, or with one longer than any filer's"),
        ({"val": "NaN"}, "without a value, or with one longer than any filer's"),
        ({"val": "-Infinity"}, "without a value, or with one longer than any filer's"),
        ({"val": "sNaN"}, "without a value, or with one longer than any filer's"),
        ({"val": 10**18 + 1}, "without a value, or with one longer than any filer's"),
        ({"val": 10**30 + 1}, "without a value, or with one longer than any filer's"),
        ({"val": int("9" * 4000)}, "without a value, or with one longer than any filer's"),
        ({"val": "1e999999"}, "without a value, or with one longer than any filer's"),
        ({"end": None}, "without an end of their period"),
        ({"end": "2025-02-30"}, "on a day that no calendar has"),
        ({"end": "20250630"}, "on a day that no calendar has"),
        ({"start": "2025-W01-1"}, "on a day that no calendar has"),
        ({"start": ""}, "on a day that no calendar has"),
        ({"filed": "soon"}, "on a day that no calendar has"),
        ({"start": "2025-07-01"}, "over a period that ends before it starts"),
        ({"accn": None}, "without an accession number"),
        ({"accn": "0000000001-25-00000x"}, "without an accession number"),
        ({"accn": "000000000125000001"}, "without an accession number"),
    ],
)  # fmt: skip
def test_an_unfit_fact_is_left_out_and_counted(fault, why):
    assert skipped_of(ROW, {**ROW, **fault}, ROW) == (Skipped("facts", why),)


def test_a_fact_unfit_twice_is_counted_once():
    assert sum(each.count for each in skipped_of({**ROW, "val": None, "end": None}, ROW)) == 1


MANY = b"9" * 2_000_000
HOSTILE = {
    "nothing": b"",
    "no JSON": b"<html>Request Rate Threshold Exceeded</html>",
    "cut off": APPLE.encode()[:-300],
    "a list": b"[1,2]",
    "no facts": b'{"cik":1}',
    "no number": b'{"facts":{}}',
    "facts that are a list": b'{"cik":1,"facts":[]}',
    "a unit that is a number": b'{"cik":1,"facts":{"t":{"c":{"units":{"USD":5}}}}}',
    "something after it": document(ROW) + b"{}",
    "NULs": document(ROW).replace(b"Made", b"\0\0\0\0"),
    "NULs after it": document(ROW) + b"\0",
    "UTF-16": document(ROW).decode().encode("utf-16"),
    "a mark of byte order": b"\xef\xbb\xbf" + document(ROW),
    "Latin-1 where it is read": document(ROW).replace(b"Made Up", b"Mad\xe9 Up"),
    "deep": b'{"cik":1,"x":' + b"[" * 200_000 + b"]" * 200_000 + b',"facts":{}}',
    "deep facts": b'{"cik":1,"facts":' + b'{"a":' * 200_000 + b"1" + b"}" * 200_000 + b"}",
    "a long number": document(ROW).replace(b": 7", b": " + MANY),
    "a long CIK": b'{"cik":' + MANY + b',"facts":{}}',
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_such_document_says_so(data):
    with pytest.raises(ParseError, match=r"facts\.json") as raised:
        company_facts(data, "facts.json")
    assert len(raised.value.message) < 300
    assert raised.value.fix


def test_a_long_fraction_is_left_out():
    _, rows, skipped = company_facts(document(ROW).replace(b": 7", b": 0." + MANY), "facts.json")
    assert not rows.num_rows
    assert skipped == (Skipped("facts", "without a value, or with one longer than any filer's"),)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    with pytest.raises(ParseError):
        company_facts(data, "facts.json")


@given(st.data())
def test_a_document_cut_or_changed_anywhere_is_read_or_refused(data):
    text = bytearray(APPLE.encode())
    text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(text)))
    for each in (bytes(text), bytes(text[:cut])):
        try:
            document, rows, skipped = company_facts(each, "facts.json")
        except ParseError:
            continue
        assert rows.num_rows + sum(one.count for one in skipped) == document.facts
