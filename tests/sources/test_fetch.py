"""Asking EDGAR: cached, paced, asked again when it is busy, whole or not at all."""

from __future__ import annotations

import gzip
import multiprocessing
from itertools import pairwise

import httpx
import pytest

from sources.standin import CONTACT, StandIn, Watch, serving, transport
from tieout.core.errors import NotFoundError, ParseError, TransportError
from tieout.core.ingested import digest
from tieout.sources import fetch
from tieout.sources.cache import Cache, Kept
from tieout.sources.contact import agent
from tieout.sources.fetch import Fetcher, client
from tieout.sources.pace import GAP, Clock, Pace

HOST = "https://www.sec.gov"
PAGE = "/files/page.json"
URL = HOST + PAGE
BODY = b'{"a": 1}' * 500


@pytest.fixture
def edgar():
    return StandIn({PAGE: BODY})


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def fetcher(edgar, watch, tmp_path):
    return _fetcher(edgar, watch, tmp_path)


def _fetcher(edgar, watch, folder, *, offline=False):
    asks = None if offline else client(agent(CONTACT), transport(edgar))
    return Fetcher(Cache(folder / "cache"), Pace(folder, watch), watch, asks)


def test_edgar_is_told_who_asks(fetcher, edgar):
    assert fetcher.get(URL).body == BODY
    (headers,) = edgar.asked(PAGE)
    assert headers["user-agent"].startswith("tieout/")
    assert headers["user-agent"].endswith(CONTACT)


def test_a_page_that_has_not_changed_is_asked_for_by_its_validators(fetcher, edgar):
    first = fetcher.get(URL)
    second = fetcher.get(URL)
    assert first == second
    headers = edgar.asked(PAGE)[1]
    assert headers["if-none-match"] == first.etag
    assert headers["if-modified-since"] == first.modified


def test_a_page_that_has_changed_takes_the_place_of_the_old_one(fetcher, edgar):
    fetcher.get(URL)
    edgar.pages[PAGE] = b"new"
    assert fetcher.get(URL).body == b"new"


def test_a_document_that_never_changes_is_asked_for_once(fetcher, edgar):
    fetcher.get(URL, final=True)
    assert fetcher.get(URL, final=True).body == BODY
    assert len(edgar.asked(PAGE)) == 1


def test_offline_answers_from_the_cache_and_never_calls_out(fetcher, edgar, watch, tmp_path):
    fetcher.get(URL)
    alone = _fetcher(edgar, watch, tmp_path, offline=True)
    assert alone.get(URL).body == BODY
    with pytest.raises(NotFoundError, match="offline") as error:
        alone.get(HOST + "/other")
    assert "--offline" in error.value.fix
    assert len(edgar.requests) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_edgar_is_asked_again_later(fetcher, edgar, watch, status):
    edgar.fail(PAGE, (status, {}, b""), (status, {}, b""))
    assert fetcher.get(URL).body == BODY
    assert [round(each) for each in watch.slept] == [1, 2]


@pytest.mark.parametrize("wait", ["30", "Mon, 12 Jan 1970 13:47:10 GMT"])
def test_edgar_says_how_long_to_wait_and_is_heeded(fetcher, edgar, watch, wait):
    edgar.fail(PAGE, (429, {"Retry-After": wait}, b""))
    assert fetcher.get(URL).body == BODY
    assert [round(each) for each in watch.slept] == [30]


def test_a_long_wait_is_the_users_to_decide(fetcher, edgar, watch):
    edgar.fail(PAGE, (429, {"Retry-After": "600"}, b""))
    with pytest.raises(TransportError, match="10 minutes"):
        fetcher.get(URL)
    assert watch.slept == []


def test_an_edgar_that_stays_busy_is_given_up(fetcher, edgar):
    edgar.fail(PAGE, *[(503, {}, b"")] * 9)
    with pytest.raises(TransportError, match="503") as error:
        fetcher.get(URL)
    assert "second run" in error.value.fix
    assert len(edgar.asked(PAGE)) == 5


@pytest.mark.parametrize("fault", [httpx.ConnectError("no route"), httpx.ReadTimeout("silence"), "cut"])
def test_a_broken_connection_is_tried_again(fetcher, edgar, fault):
    edgar.fail(PAGE, fault)
    assert fetcher.get(URL).body == BODY


def test_an_answer_that_is_always_cut_off_is_never_kept(fetcher, edgar, tmp_path):
    edgar.fail(PAGE, *["cut"] * 5)
    with pytest.raises(TransportError, match="cut off"):
        fetcher.get(URL)
    assert Cache(tmp_path / "cache").get(URL) is None


def test_who_is_shut_out_is_told_why(fetcher, edgar):
    edgar.fail(PAGE, (403, {}, b"<html>Request Rate Threshold Exceeded</html>"))
    with pytest.raises(TransportError, match="403") as error:
        fetcher.get(URL)
    assert "--contact" in error.value.fix
    assert len(edgar.asked(PAGE)) == 1


def test_what_is_not_there_is_not_asked_for_again(fetcher, edgar):
    with pytest.raises(NotFoundError):
        fetcher.get(HOST + "/missing")
    assert len(edgar.asked("/missing")) == 1


def test_another_site_is_not_followed_to(fetcher, edgar):
    edgar.fail(PAGE, (302, {"Location": "https://example.com/"}, b""))
    with pytest.raises(TransportError, match="302"):
        fetcher.get(URL)


def test_a_small_answer_that_unpacks_without_end_is_refused(fetcher, edgar, monkeypatch):
    monkeypatch.setattr(fetch, "MOST", 1 << 20)
    bomb = gzip.compress(bytes(1 << 24))
    edgar.fail(PAGE, (200, {"Content-Encoding": "gzip"}, bomb))
    with pytest.raises(ParseError, match="more than"):
        fetcher.get(URL)


def test_a_damaged_copy_is_fetched_again(fetcher, edgar, tmp_path):
    fetcher.get(URL, final=True)
    (file,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    file.write_bytes(file.read_bytes()[:-9])
    assert fetcher.get(URL, final=True).body == BODY
    assert len(edgar.asked(PAGE)) == 2


def test_a_copy_holds_what_was_put_and_its_digest(tmp_path):
    cache = Cache(tmp_path)
    kept = Kept(URL, BODY, digest(BODY), "2025-08-28T20:05:00+00:00", '"e"', "")
    cache.put(kept)
    assert cache.get(URL) == kept
    cache.drop(URL)
    assert cache.get(URL) is None


# ---- the pace


def test_requests_keep_their_distance(watch, tmp_path):
    pace = Pace(tmp_path, watch)
    turns = [pace.turn() for _ in range(11)]
    assert turns[-1] - turns[0] > 1


def test_who_waited_by_himself_waits_no_more(watch, tmp_path):
    pace = Pace(tmp_path, watch)
    pace.turn()
    watch.time += 5
    assert pace.turn() == watch.time


@pytest.mark.parametrize("left", ["", "nonsense", "9e99"])
def test_a_file_that_a_killed_process_left_stops_nobody(watch, tmp_path, left):
    (tmp_path / "pace").write_text(left, encoding="ascii")
    assert Pace(tmp_path, watch).turn() == watch.time


def _turns(folder, count, told):
    pace = Pace(folder, Clock())
    told.put([pace.turn() for _ in range(count)])


def test_processes_share_one_pace(tmp_path):
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    workers = [context.Process(target=_turns, args=(tmp_path, 4, told)) for _ in range(3)]
    for worker in workers:
        worker.start()
    turns = sorted(turn for _ in workers for turn in told.get(timeout=60))
    for worker in workers:
        worker.join()
    gaps = [later - earlier for earlier, later in pairwise(turns)]
    assert len(turns) == 12
    assert min(gaps) > GAP * 0.99


# ---- a real connection


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("fault", ["cut", "slow"])
def test_over_a_real_connection_slow_and_cut_answers_come_in_whole(edgar, watch, tmp_path, fault):
    edgar.fail(PAGE, fault)
    with (
        serving(edgar) as address,
        Fetcher(Cache(tmp_path / "c"), Pace(tmp_path, watch), watch, client(agent(CONTACT))) as real,
    ):
        assert real.get(address + PAGE).body == BODY
