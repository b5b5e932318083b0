"""A company from EDGAR into a ledger."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from sources.standin import CONTACT, Watch, columns, index_page, submissions, transport
from sources.world import (
    CIK,
    FACTS,
    INSTANCE,
    OLD,
    PACK,
    PAGE,
    QUARTER,
    RELEASE,
    SUBMISSIONS,
    facts,
    folder,
    index,
    world,
)
from tieout.core.errors import NotFoundError, ParseError, TransportError, UsageError
from tieout.ingest.choice import Choice
from tieout.ingest.edgar import live
from tieout.ingest.order import Order
from tieout.ledger.registrants import registrants
from tieout.ledger.store import Store
from tieout.sources.edgar import Edgar


@pytest.fixture(autouse=True)
def _own_folders(monkeypatch, tmp_path):
    monkeypatch.setenv("TIEOUT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TIEOUT_CONTACT", CONTACT)


@pytest.fixture
def edgar():
    return world()


@pytest.fixture
def ledger(tmp_path):
    return _ledger(tmp_path / "ledger")


def _ledger(folder):
    """A ledger that knows the company's fiscal calendar."""
    folder.mkdir()
    (folder / "XMPL.toml").write_text(PACK, encoding="utf-8")
    return folder


@contextmanager
def _no_bar(total, what):
    del total, what
    yield lambda _: None


def _edgar(edgar, *, offline=False):
    return Edgar.connected(offline=offline, transport=transport(edgar), clock=Watch())


def _ingest(edgar, ledger, asked="XMPL", *, offline=False, **choice):
    order = Order(ledger, Choice(**choice), offline)
    with live(_edgar(edgar, offline=offline), order, _no_bar) as session:
        (found,) = session.find([asked])
        return session.company(found)


def _rows(ledger, cik=CIK):
    return Store.open(ledger).company(cik).to_pylist()


def _left_out(intake):
    return {f"{each.what} {each.why}": each.count for each in intake.skipped}


def test_what_came_in_and_what_was_left_out(edgar, ledger):
    intake = _ingest(edgar, ledger)
    assert intake.name == f"Example Corp (CIK {CIK})"
    assert intake.facts == len(_rows(ledger)) > 2
    assert intake.documents == 3
    assert (intake.first, intake.last) == (date(2025, 8, 4), date(2025, 8, 5))
    left = _left_out(intake)
    assert left["filings of other forms"] == 1
    assert left["filings of form 8-K that announce no results"] == 1
    assert left["filings without XBRL, whose numbers nobody tagged"] == 1
    assert intake.troubles == ()


def test_facts_carry_their_filing_and_the_moment_of_its_acceptance(edgar, ledger):
    _ingest(edgar, ledger)
    accession = int(QUARTER["accession"].replace("-", ""))
    moment = datetime(2025, 8, 5, 20, 31, 2, tzinfo=UTC)
    found = [row for row in _rows(ledger) if row["accession"] == accession]
    assert {row["form"] for row in found} == {"10-Q"}
    assert {row["accepted"] for row in found} == {moment}
    assert {row["document"] for row in found} == {"", "xmpl-20250628.htm"}


def test_segments_come_in_with_their_members(edgar, ledger):
    _ingest(edgar, ledger)
    assert any("WidgetsAndGadgetsSegmentMember" in row["dimensions"] for row in _rows(ledger))


def test_who_filed_is_kept(edgar, ledger):
    _ingest(edgar, ledger)
    known = registrants(ledger)[CIK]
    assert known.tickers == ("XMPL", "XMPLB")
    assert [each.name for each in known.former] == ["SAMPLE CORP"]


@pytest.mark.parametrize(
    "asked", ["XMPL", "xmplb", "Example Corp", "9999999", "CIK0009999999", "Sample Corp"]
)
def test_by_whatever_name_it_is_asked_for(edgar, ledger, asked):
    assert _ingest(edgar, ledger, asked).facts > 0


def test_a_number_needs_no_list_of_names_and_several_names_one(edgar, ledger):
    _ingest(edgar, ledger, str(CIK))
    assert not edgar.asked("/files/company_tickers.json")
    with live(_edgar(edgar), Order(ledger), _no_bar) as session:
        session.find(["XMPL", "OTHR"])
    assert len(edgar.asked("/files/company_tickers.json")) == 1


def test_share_classes_are_one_filer(edgar, ledger):
    order = Order(ledger)
    with live(_edgar(edgar), order, _no_bar) as session:
        assert [each.cik for each in session.find(["XMPL", "XMPLB"])] == [CIK]


def test_a_second_run_reads_nothing_again_and_changes_nothing(edgar, ledger):
    _ingest(edgar, ledger)
    before, asked = _rows(ledger), len(edgar.requests)
    intake = _ingest(edgar, ledger)
    assert (intake.facts, intake.documents, intake.held) == (0, 0, 3)
    assert _rows(ledger) == before
    # The list of tickers, two pages of submissions and company facts: by their validators, which is cheap.
    assert len(edgar.requests) - asked == 4
    assert all("if-none-match" in headers for _, headers in edgar.requests[asked:])


def test_new_company_facts_add_what_is_new(edgar, ledger):
    first = _ingest(edgar, ledger)
    edgar.pages[FACTS] = facts(1_000_000_000, 1_250_000_000, 1_500_000_000)
    second = _ingest(edgar, ledger)
    assert (second.facts, second.documents) == (1, 1)
    assert len(_rows(ledger)) == first.facts + 1


def test_offline_the_same_comes_in_and_nobody_is_called(edgar, ledger, tmp_path, monkeypatch):
    _ingest(edgar, ledger)
    asked = len(edgar.requests)
    monkeypatch.delenv("TIEOUT_CONTACT")
    again = _ledger(tmp_path / "again")
    _ingest(edgar, again, offline=True)
    assert _rows(again) == _rows(ledger)
    assert len(edgar.requests) == asked


def test_offline_what_was_not_fetched_is_counted(edgar, ledger, tmp_path):
    _ingest(edgar, ledger, forms=("20-F",))
    intake = _ingest(edgar, _ledger(tmp_path / "again"), offline=True)
    assert _left_out(intake)["filings not fetched before, and not now: offline"] == 2


def test_offline_without_anything_fetched_says_what_to_do(edgar, ledger):
    with pytest.raises(NotFoundError, match="offline"):
        _ingest(edgar, ledger, offline=True)


def test_since_and_forms_choose(edgar, ledger):
    intake = _ingest(edgar, ledger, since=date(2025, 1, 1), forms=("10-Q", "10-K"))
    assert {row["filed"] for row in _rows(ledger)} == {date(2025, 8, 5)}
    left = _left_out(intake)
    assert left["filings filed before 2025-01-01"] == 1
    assert left["filings of other forms"] == 3
    wider = _ingest(edgar, ledger)
    assert wider.facts == 2
    assert date(2024, 8, 5) in {row["filed"] for row in _rows(ledger)}


def test_amendments_go_with_their_form(edgar, ledger):
    amended = QUARTER | {"form": "10-Q/A"}
    edgar.pages[SUBMISSIONS] = submissions(CIK, "Example Corp", ("XMPL",), [amended])
    _ingest(edgar, ledger, forms=("10-Q",))
    assert "10-Q/A" in {row["form"] for row in _rows(ledger)}


def test_a_company_without_company_facts_still_has_its_filings(edgar, ledger):
    del edgar.pages[FACTS]
    intake = _ingest(edgar, ledger)
    assert _left_out(intake)["company facts that EDGAR does not have"] == 1
    assert intake.facts > 0


def test_a_filing_that_cannot_be_read_is_named_and_the_others_come_in(edgar, ledger):
    edgar.pages[f"{folder(QUARTER)}/xmpl-20250628.htm"] = b"<html><body>not XBRL"
    intake = _ingest(edgar, ledger)
    assert QUARTER["accession"] in intake.troubles[0]
    assert len(_rows(ledger)) == 3
    # Mended since, it comes in the next time.
    edgar.pages[f"{folder(QUARTER)}/xmpl-20250628.htm"] = world().pages[
        f"{folder(QUARTER)}/xmpl-20250628.htm"
    ]
    assert _ingest(edgar, ledger).facts > 0


def test_malformed_company_facts_are_named_and_nothing_of_them_is_stored(edgar, ledger):
    edgar.pages[FACTS] = facts(1_000_000_000)[:-30]
    intake = _ingest(edgar, ledger, forms=("10-K",))
    assert "CIK0009999999.json" in intake.troubles[0]
    assert _rows(ledger) == []


def test_company_facts_of_another_company_are_refused(edgar, ledger):
    edgar.pages[FACTS] = facts(1).replace(b"9999999", b"8888888", 1)
    intake = _ingest(edgar, ledger, forms=("10-K",))
    assert "should be about CIK 0009999999" in intake.troubles[0]
    assert _rows(ledger) == [] == _rows(ledger, 8888888)


def test_submissions_of_another_company_are_refused(edgar, ledger):
    edgar.pages[SUBMISSIONS] = submissions(5, "Another Corp", (), [])
    with pytest.raises(ParseError, match="about CIK 5, Another Corp"):
        _ingest(edgar, ledger)


def test_a_list_that_was_garbled_once_is_fetched_anew(edgar, ledger):
    good = edgar.pages[SUBMISSIONS]
    edgar.pages[SUBMISSIONS] = good[:200]
    with pytest.raises(ParseError):
        _ingest(edgar, ledger)
    edgar.pages[SUBMISSIONS] = good
    assert _ingest(edgar, ledger).facts > 0


def test_a_filing_that_is_listed_and_missing_is_counted(edgar, ledger):
    del edgar.pages[index(QUARTER)]
    assert _left_out(_ingest(edgar, ledger))["filings that EDGAR does not have"] == 1


def test_a_page_of_older_filings_that_is_missing_is_counted(edgar, ledger):
    del edgar.pages[f"/submissions/{PAGE}"]
    intake = _ingest(edgar, ledger)
    assert _left_out(intake)["pages of older filings that EDGAR does not have"] == 1
    assert intake.facts > 0


def test_a_filing_from_before_inline_xbrl_is_read_from_its_instance(edgar, ledger):
    edgar.pages[f"/submissions/{PAGE}"] = json.dumps(columns(OLD | {"xbrl": 1})).encode()
    edgar.pages[index(OLD)] = index_page(
        folder(OLD), ("xmpl10k.txt", "10-K", False), ("xmpl-20041231.xml", "EX-101.INS", False)
    )
    edgar.pages[f"{folder(OLD)}/xmpl-20041231.xml"] = INSTANCE
    _ingest(edgar, ledger)
    (row,) = [row for row in _rows(ledger) if row["document"] == "xmpl-20041231.xml"]
    assert (row["concept"], row["digits"], row["exponent"], row["decimals"]) == ("Revenues", 9, 8, -6)
    assert row["filed"] == date(2005, 3, 1)


def test_all_pages_of_a_filing_are_read_together(edgar, ledger):
    # The contexts of the second page stand in the first.
    head, tail = edgar.pages[f"{folder(QUARTER)}/xmpl-20250628.htm"].split(b"</body>")
    start = head[: head.index(b"<body>")]
    more = (
        b'<body><p><ix:nonFraction contextRef="q2" unitRef="usd" decimals="-6" scale="6" '
        b'name="us-gaap:OtherIncome">7</ix:nonFraction></p></body>'
    )
    edgar.pages[f"{folder(QUARTER)}/xmpl-ex13.htm"] = start + more + tail
    edgar.pages[index(QUARTER)] = (
        world()
        .pages[index(QUARTER)]
        .replace(
            b"</table>",
            b'<tr><td>2</td><td>EX-13</td><td><a href="/ix?doc=%b/xmpl-ex13.htm">x</a></td>'
            b"<td>EX-13</td><td>1</td></tr></table>" % folder(QUARTER).encode(),
        )
    )
    _ingest(edgar, ledger)
    (row,) = [row for row in _rows(ledger) if row["concept"] == "OtherIncome"]
    assert (row["digits"], row["exponent"], row["document"]) == (7, 6, "xmpl-ex13.htm")


def test_an_edgar_that_fails_midway_leaves_what_was_read(edgar, ledger):
    edgar.fail(index(QUARTER), (403, {}, b"Request Rate Threshold Exceeded"))
    with pytest.raises(TransportError, match="403"):
        _ingest(edgar, ledger)
    assert len(_rows(ledger)) == 2
    intake = _ingest(edgar, ledger)
    assert (intake.held > 0, len(_rows(ledger)) > 2) == (True, True)


def test_ctrl_c_leaves_what_was_read_and_the_next_run_ends_in_the_same_content(edgar, ledger, tmp_path):
    class Pressed(KeyboardInterrupt):
        pass

    @contextmanager
    def pressing(total, what):
        del total, what

        def tick(_):
            raise Pressed

        yield tick

    with (
        pytest.raises(Pressed),
        live(_edgar(edgar), Order(ledger), pressing) as session,
    ):
        session.company(*session.find(["XMPL"]))
    assert len(_rows(ledger)) == 2
    _ingest(edgar, ledger)
    whole = _ledger(tmp_path / "whole")
    _ingest(edgar, whole)
    assert _rows(ledger) == _rows(whole)
    assert Store.open(ledger).version() == Store.open(whole).version()


def test_without_a_contact_nobody_is_asked(edgar, ledger, monkeypatch, tmp_path):
    monkeypatch.delenv("TIEOUT_CONTACT")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with pytest.raises(UsageError, match="whom to write to") as error:
        _ingest(edgar, ledger)
    assert "--contact" in error.value.fix
    assert edgar.requests == []


def test_a_renamed_filer_keeps_its_number_and_another_number_its_own_history(edgar, ledger):
    old = submissions(7, "Predecessor Corp", (), [OLD])
    edgar.pages["/submissions/CIK0000000007.json"] = old
    edgar.pages["/api/xbrl/companyfacts/CIK0000000007.json"] = facts(5).replace(b"9999999", b"7", 1)
    _ingest(edgar, ledger)
    _ingest(edgar, ledger, "7")
    assert {row["cik"] for row in _rows(ledger)} == {CIK}
    assert [row["digits"] for row in _rows(ledger, 7)] == [5]
    assert registrants(ledger)[7].name == "Predecessor Corp"


def test_figures_of_a_release_are_known_from_its_acceptance(edgar, ledger):
    _ingest(edgar, ledger)
    (row,) = [row for row in _rows(ledger) if row["taxonomy"] == "tieout"]
    assert (row["concept"], row["digits"], row["exponent"], row["form"]) == ("revenue", 125, 7, "8-K")
    assert row["accepted"] == datetime(2025, 8, 5, 0, 10, tzinfo=UTC)
    assert row["decimals"] is None


def test_a_release_of_a_company_whose_calendar_is_unknown_is_left_for_later(edgar, ledger):
    (ledger / "XMPL.toml").unlink()
    intake = _ingest(edgar, ledger, forms=("8-K",))
    assert _left_out(intake)["releases of a company whose fiscal calendar nothing tells"] == 1
    _ledger(ledger / "packs").joinpath("XMPL.toml").replace(ledger / "XMPL.toml")
    assert _ingest(edgar, ledger, forms=("8-K",)).facts == 1


def test_a_release_is_the_exhibit_not_the_cover(edgar, ledger):
    _ingest(edgar, ledger)
    assert edgar.asked(f"{folder(RELEASE)}/xmpl-ex991.htm")
    assert not edgar.asked(f"{folder(RELEASE)}/xmpl-8k.htm")
