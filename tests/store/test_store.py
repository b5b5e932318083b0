"""The store of facts as filed: what goes in comes out, once, whoever writes and whatever stops them."""

from datetime import UTC, date, datetime

import pytest

from tests.store.facts import document, filed, rows, values
from tieout.core.errors import UsageError
from tieout.desk import Desk
from tieout.ledger import staging
from tieout.ledger.store import Store


@pytest.fixture
def store(tmp_path):
    return Store.open(tmp_path / "ledger")


def test_an_empty_store_holds_nothing_and_makes_nothing(store):
    assert store.company(3).num_rows == 0
    assert store.companies() == ()
    assert store.documents() == {}
    assert store.version() == ""
    assert not store.folder.exists()


def test_rows_come_back_as_they_went_in(store):
    facts = rows(
        filed(value="-12.5", unit="USD/shares", decimals=2, scenario="actual"),
        filed(
            start=None, accepted=datetime(2024, 5, 1, 20, 5, 7, tzinfo=UTC), locator="f-1", document="a.htm"
        ),
        filed(dimensions=(("srt:A", "x:B"), ("us-gaap:C", "x:D")), filed=None, accession=""),
    )
    assert store.append([facts], [document()]) == 3
    found = store.company(3)
    assert found.schema.equals(facts.schema)
    assert sorted(map(repr, found.to_pylist())) == sorted(map(repr, facts.to_pylist()))


def test_a_company_is_told_from_those_of_its_bucket(store):
    store.append([rows(filed(3, 1), filed(67, 2), filed(131, 3)), rows(filed(4, 4))], [document()])
    assert values(store.company(67)) == [2]
    assert store.companies() == (3, 4, 67, 131)


def test_a_row_held_already_is_not_taken_in_again(store):
    assert store.append([rows(filed(value=5), filed(value=5))], [document()]) == 1
    assert (
        store.append([rows(filed(value=5, digest="d2"), filed(value=6, digest="d2"))], [document("d2")]) == 1
    )
    assert values(store.company(3)) == [5, 6]


def test_tables_that_are_too_many_to_sort_together_hold_each_row_once_all_the_same(store, monkeypatch):
    monkeypatch.setattr(staging, "LOT", 2)
    tables = [rows(filed(value=n % 4), filed(value=n % 4, cik=67)) for n in range(8)]
    assert store.append(tables, [document()]) == 8
    assert values(store.company(3)) == values(store.company(67)) == [0, 1, 2, 3]
    assert not list((store.folder / "filed" / ".staged").iterdir())


def test_a_document_ingested_twice_counts_once(store):
    store.append([rows(filed())], [document()])
    version, held = store.version(), store.documents()
    assert store.append([rows(filed())], [document()]) == 0
    assert (store.version(), store.documents()) == (version, held)
    assert held == {("d1", ""): document()}


def test_the_order_of_ingest_changes_neither_rows_nor_version(tmp_path):
    batches = [(rows(filed(value=n, digest=f"d{n}")), document(f"d{n}")) for n in range(4)]
    one, other = Store.open(tmp_path / "one"), Store.open(tmp_path / "other")
    for facts, read in batches:
        one.append([facts], [read])
    for facts, read in reversed(batches):
        other.append([facts], [read])
    assert one.company(3).to_pylist() == other.company(3).to_pylist()
    assert one.version() == other.version() != ""


def test_the_order_of_ingest_changes_no_fact_of_a_desk(tmp_path):
    batches = [
        (rows(filed(value=5, digest=f"d{n}"), filed(value=n, digest=f"d{n}")), document(f"d{n}"))
        for n in range(3)
    ]
    for name, order in (("one", batches), ("other", batches[::-1])):
        for facts, read in order:
            Store.open(tmp_path / name).append([facts], [read])
    one, other = (Desk.open(tmp_path / name) for name in ("one", "other"))
    assert one.facts("CIK0000000003", "revenue") == other.facts("CIK0000000003", "revenue") != ()
    assert one.ledger.version == other.ledger.version


def test_as_of_a_day_is_what_new_york_could_know_then(store):
    late = datetime(2024, 5, 3, 2, 0, tzinfo=UTC)  # still 2 May in New York
    store.append(
        [rows(filed(value=1, filed=date(2024, 5, 3), accepted=late), filed(value=2, filed=date(2024, 5, 3)))],
        [document()],
    )
    store.append([rows(filed(value=3, filed=None))], [document("d2")])
    assert values(store.company(3, date(2024, 5, 1))) == []
    assert values(store.company(3, date(2024, 5, 2))) == [1]
    assert values(store.company(3, date(2024, 5, 3))) == [1, 2]
    assert values(store.company(3)) == [1, 2, 3]


def test_a_second_writer_is_told_of_the_first(store):
    told = []
    with (
        store.writing(),
        pytest.raises(UsageError, match="another process is writing"),
        Store.open(store.folder).writing(lambda: told.append("waiting"), patience=0),
    ):
        pass
    assert told == ["waiting"]
    assert store.append([rows(filed())], [document()]) == 1
