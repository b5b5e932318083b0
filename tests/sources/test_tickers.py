"""Who is meant by a ticker, a number or a name; a filing's documents."""

from __future__ import annotations

import re

import pytest

from sources.standin import index_page, tickers
from tieout.core.errors import NotFoundError, ParseError
from tieout.core.filing import FormerName, Registrant
from tieout.sources.listing import listed
from tieout.sources.tickers import Tickers, called, find

LIST = Tickers.of(
    tickers(
        (101, "XMPL", "Example Technologies Inc."),
        (101, "XMPLB", "Example Technologies Inc."),
        (102, "SMPL-A", "SAMPLE CORP"),
        (103, "TWIN", "Twin Bancorp"),
        (104, "TWNN", "TWIN BANCORP /MD/"),
    )
)
HELD = [Registrant(105, "New Name Inc", former=(FormerName("Old Name Corp", None, None),))]
LOOKUP = b"ELDER NAME INC:0000000106:\nELDER NAMES INC:0000000107:\nEXAMPLE TRUST:0000000108:\n"


def _find(asked):
    return find(asked, lambda: LIST, HELD, lambda name: called(name, LOOKUP)).cik


@pytest.mark.parametrize(
    ("asked", "cik"),
    [
        ("XMPL", 101),
        ("xmplb", 101),
        ("SMPL.A", 102),
        ("smpl/a", 102),
        ("Example Technologies", 101),
        ("EXAMPLE TECHNOLOGIES, INC.", 101),
        ("The Sample Company", 102),
        ("0000000777", 777),
        ("CIK0000000777", 777),
        ("Old Name", 105),
        ("Elder Name, Inc.", 106),
    ],
)
def test_a_filer_by_ticker_number_or_name(asked, cik):
    assert _find(asked) == cik


def test_one_found_by_another_name_says_so():
    assert find("Old Name", lambda: LIST, HELD, lambda _: ()).note == "found by a name of New Name Inc"


@pytest.mark.parametrize(
    ("asked", "message", "fix"),
    [
        ("Twin Bancorp", "the name of 2 filers", r"TWIN \(Twin Bancorp\), TWNN"),
        ("Example", "no filer is called 'Example'", r"Did you mean XMPL\w* \(Example Technologies Inc.\)\?"),
        ("Exampel Technologies", "no filer", "Did you mean XMPL"),
        ("Nobody at all", "no filer", "Give a ticker"),
        ("", "no filer", "Give a ticker"),
        ("Elder", "no filer", "Give a ticker"),
    ],
)
def test_nobody_is_guessed(asked, message, fix):
    with pytest.raises(NotFoundError, match=message) as error:
        _find(asked)
    assert re.search(fix, error.value.fix)


@pytest.mark.parametrize("data", [b"", b"[]", b'{"0": {"ticker": "X"}}', b"<html>", b"\xff"])
def test_what_is_no_list_of_tickers_is_refused(data):
    with pytest.raises(ParseError, match="company_tickers"):
        Tickers.of(data)


def test_an_index_page_lists_documents_with_types():
    page = index_page(
        "/Archives/edgar/data/101/000000010125000001",
        ("xmpl-10q.htm", "10-Q", True),
        ("ex13.htm", "EX-13", True),
        ("release.htm", "EX-99.1", False),
    )
    found = listed(page, "https://x")
    assert [(each.name, each.type, each.inline) for each in found] == [
        ("xmpl-10q.htm", "10-Q", True),
        ("ex13.htm", "EX-13", True),
        ("release.htm", "EX-99.1", False),
    ]


@pytest.mark.parametrize("page", [b"", b"<html>busy</html>", b"<table><tr><td>a<td>b</table>", b"\xff\0<tr"])
def test_a_page_that_lists_nothing_is_refused(page):
    with pytest.raises(ParseError, match="no list of documents"):
        listed(page, "https://x")
