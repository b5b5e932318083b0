"""The comparison of readers: what differs without a known reason is found, whatever reader it is."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tieout.bench.ingest import statements
from tieout.bench.ingest.differ import HERE, THERE, compare
from tieout.bench.ingest.inline import main
from tieout.bench.ingest.numbers import Number, ours
from tieout.bench.ingest.peers import READERS

FOLDER = Path(__file__).parent / "inline"
FILINGS = Path(__file__).parent / "filings"
NUMBER = Number("us-gaap:EarningsPerShareBasic", Decimal("0.82"), "USD/shares", "2025-08-01", (), "2")
FLOAT = replace(NUMBER, value=Decimal("0.8200000000000001"))


def unexplained(reader, here, there):
    return [(each.locator, each.field) for each in compare(reader, here, there).unexplained]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "us-gaap:EarningsPerShareDiluted"),
        ("value", Decimal("0.83")),
        ("value", None),
        ("unit", "EUR/shares"),
        ("period", "2025-08-02"),
        ("dimensions", (("srt:ProductOrServiceAxis", "exm:ServersMember"),)),
        ("decimals", "3"),
    ],
)
@pytest.mark.parametrize("reader", READERS)
def test_a_planted_difference_is_found_in_every_field(reader, field, value):
    assert unexplained(reader, {"f1": NUMBER}, {"f1": replace(NUMBER, **{field: value})}) == [("f1", field)]


@pytest.mark.parametrize("reader", READERS)
def test_a_number_that_only_one_of_them_has_is_found(reader):
    assert unexplained(reader, {"f1": NUMBER}, {}) == [("f1", HERE)]
    assert unexplained(reader, {}, {"f1": NUMBER}) == [("f1", THERE)]
    assert not unexplained(reader, {}, {"f1": replace(NUMBER, nil=True)})


def test_a_habit_explains_the_reader_it_belongs_to_and_no_other():
    assert compare("ixbrlparse", {"f1": NUMBER}, {"f1": FLOAT}).explained.total() == 1
    assert unexplained("edgartools", {"f1": NUMBER}, {"f1": FLOAT}) == [("f1", "value")]


def test_the_same_numbers_are_alike():
    found = compare("edgartools", {"f1": NUMBER}, {"f1": NUMBER})
    assert (found.numbers, found.alike, found.explained.total(), found.unexplained) == (1, 1, 0, [])


def test_the_command_ends_in_failure_where_a_reader_differs(monkeypatch, capsys):
    monkeypatch.setitem(READERS, "alike", ours)
    assert main([str(FOLDER / "every.html"), "--reader", "alike"]) == 0
    assert "18 numbers, 18 the same" in capsys.readouterr().out

    def misreads(name, data):
        return {**ours(name, data), "eps": NUMBER}

    monkeypatch.setitem(READERS, "misreads", misreads)
    assert main([str(FOLDER / "every.html"), "--reader", "misreads", "--json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert {each["field"] for each in told["unexplained"]} == {"name", "value", "period"}
    assert {each["locator"] for each in told["unexplained"]} == {"eps"}


def test_a_folder_without_xbrl_says_so(tmp_path, capsys):
    (tmp_path / "page.html").write_text("<html><body>nothing tagged</body></html>")
    assert main([str(tmp_path), "--reader", "ixbrlparse"]) == 2
    assert "page holds no XBRL" in capsys.readouterr().err


def test_a_filing_read_as_a_release_agrees_with_its_tags(capsys):
    assert statements.main([str(FILINGS)]) == 0
    assert "2 figures as tagged, 0 otherwise" in capsys.readouterr().out


def test_a_figure_that_its_tag_denies_is_found(tmp_path, capsys):
    page = (FILINGS / "xmpl-10-q.html").read_bytes()
    (tmp_path / "xmpl.html").write_bytes(page.replace(b'scale="9"', b'scale="6"'))
    assert statements.main([str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "otherwise" in out
    assert "revenue" in out


def test_filings_read_as_releases_need_a_filing(tmp_path, capsys):
    assert statements.main([str(tmp_path)]) == 2
    assert "no filing to compare" in capsys.readouterr().err
