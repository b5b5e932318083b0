"""What EDGAR's submissions say: who files, what, and when it was accepted."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from tieout.core.errors import ParseError
from tieout.core.filing import FormerName
from tieout.sources.submissions import page, submissions


def _columns(*rows):
    names = (
        "accessionNumber",
        "filingDate",
        "acceptanceDateTime",
        "form",
        "items",
        "primaryDocument",
        "isInlineXBRL",
    )
    return {name: [row[number] for row in rows] for number, name in enumerate(names)}


def _row(accepted, form="10-Q", items=""):
    return ("0000000123-25-000001", accepted[:10] or "2025-08-28", accepted, form, items, "xmpl.htm", 1)


def _file(*rows, **more):
    whole = {
        "cik": "0000000123",
        "name": "Example Corp",
        "tickers": ["XMPL", "XMPLB"],
        "exchanges": ["Nasdaq", None],
        "sic": "3571",
        "fiscalYearEnd": "0131",
        "formerNames": [{"name": "SAMPLE CORP", "from": "1994-01-26T00:00:00.000Z", "to": None}],
        "filings": {"recent": _columns(*rows), "files": [{"name": "CIK0000000123-submissions-001.json"}]},
    }
    return json.dumps(whole | more).encode()


def _accepted(*stamps):
    return [each.accepted for each in submissions(_file(*map(_row, stamps)), "x.json").filings]


def test_a_registrant_with_its_classes_former_names_and_pages():
    found = submissions(_file(_row("2025-08-28T21:05:00.000Z", "8-K", "2.02,9.01")), "x.json")
    assert (found.registrant.cik, found.registrant.name) == (123, "Example Corp")
    assert found.registrant.tickers == ("XMPL", "XMPLB")
    assert found.registrant.former == (FormerName("SAMPLE CORP", date(1994, 1, 26), None),)
    assert found.registrant.latest == date(2025, 8, 28)
    assert found.pages == ("CIK0000000123-submissions-001.json",)
    assert (found.filings[0].items, found.filings[0].inline) == (("2.02", "9.01"), True)


@pytest.mark.parametrize("cik", [123, "123", "0000000123"])
def test_a_cik_is_a_number_however_it_is_written(cik):
    assert submissions(_file(cik=cik), "x.json").registrant.cik == 123


def test_acceptance_is_in_utc_between_rows_that_can_be_nothing_else():
    # 00:35 is no hour of EDGAR's in New York, and 21:05 stands between two such.
    found = _accepted("2025-08-30T00:35:00.000Z", "2025-08-28T21:05:00.000Z", "2025-08-02T01:10:00.000Z")
    assert found[1] == datetime(2025, 8, 28, 21, 5, tzinfo=UTC)


def test_acceptance_is_new_yorks_in_files_that_only_say_they_are_in_utc():
    # 06:01 as UTC were the middle of the night.
    found = _accepted("2025-10-31T06:01:26.000Z", "2025-10-30T16:30:35.000Z")
    assert found == [
        datetime(2025, 10, 31, 10, 1, 26, tzinfo=UTC),
        datetime(2025, 10, 30, 20, 30, 35, tzinfo=UTC),
    ]


def test_acceptance_in_doubt_is_the_later_moment_of_the_same_day():
    (found,) = _accepted("2026-02-25T16:31:25.000Z")
    assert found == datetime(2026, 2, 25, 21, 31, 25, tzinfo=UTC)


def test_the_newest_rows_may_go_by_another_clock_than_those_below():
    found = _accepted("2026-02-25T16:31:25.000Z", "2025-12-23T00:35:10.000Z", "2025-11-19T21:36:17.000Z")
    assert found == [
        datetime(2026, 2, 25, 21, 31, 25, tzinfo=UTC),
        datetime(2025, 12, 23, 0, 35, 10, tzinfo=UTC),
        datetime(2025, 11, 19, 21, 36, 17, tzinfo=UTC),
    ]


def test_a_further_page_holds_filings_only():
    rows = json.dumps(_columns(_row("2001-03-02T20:00:00.000Z", "10-K405"))).encode()
    (found,) = page(rows, 123, "x-001.json")
    assert (found.cik, found.form, found.filed) == (123, "10-K405", date(2001, 3, 2))
    assert found.url("a.htm") == "https://www.sec.gov/Archives/edgar/data/123/000000012325000001/a.htm"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"<html>Your Request Originates from an Undeclared Automated Tool</html>",
        _file(_row("2025-08-28T21:05:00.000Z"))[:-40],
        _file(cik="Apple"),
        b"[" * 100_000,
        b"\xff\xfe{}",
        _file(_row("2025-08-28T21:05:00.000Z")).replace(b'["10-Q"]', b'["10-Q", "10-K"]'),
        _file(_row("2025-08-28T21:05:00.000Z")).replace(b'["2025-08-28"]', b'["soon"]'),
    ],
)
def test_what_is_no_submissions_file_is_refused_by_name(data):
    with pytest.raises(ParseError, match=r"x\.json is not a submissions file"):
        submissions(data, "x.json")
