"""Status, verify, compact and export: what a person is told, and that answers stay the same."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.store.facts import document, filed, rows, values
from tieout.cli import main
from tieout.core.errors import UsageError
from tieout.core.filing import Registrant
from tieout.ledger import registrants
from tieout.ledger.columns import BUCKETS, SCHEMA
from tieout.ledger.market import Market
from tieout.ledger.store import Store
from tieout.ledger.upkeep import compact, export, status
from tieout.ledger.verify import verify


@pytest.fixture
def store(tmp_path):
    """Three batches of two companies in one bucket."""
    store = Store.open(tmp_path / "ledger")
    for number in range(3):
        facts = [
            filed(cik, number, digest=f"d{number}", filed=date(2024, 5, number + 1))
            for cik in (3, 3 + BUCKETS)
        ]
        store.append([rows(*facts)], [document(f"d{number}")])
    return store


def idle():
    """Nobody is told of steps."""


def flaws(store):
    return [(flaw.kind, flaw.breaks) for flaw in verify(store, idle)]


def ran(capsys, *arguments):
    code = main(["ledger", *map(str, arguments)])
    told = capsys.readouterr()
    return code, told.out + told.err


def test_status_counts_what_is_held(store, capsys):
    held = status(store)
    assert (held.facts, held.companies, held.documents, held.files) == (6, 2, {"companyfacts": 3}, 3)
    assert held.size == sum(file.stat().st_size for file in store.folder.glob("filed/bucket=*/*"))
    (of,) = held.coverage
    assert (of.taxonomy, of.facts, of.companies, of.first, of.last) == (
        "us-gaap",
        6,
        2,
        date(2024, 5, 1),
        date(2024, 5, 3),
    )
    code, told = ran(capsys, "status", "--ledger", store.folder)
    assert code == 0
    assert "6 facts of 2 companies" in told
    assert store.version() in told


def test_compacting_leaves_one_file_and_the_same_answers(store, capsys):
    asked = Market(store)
    before = store.company(3).to_pylist(), store.documents(), store.version()
    latest = asked.latest([("us-gaap", "Revenues")], date(2026, 1, 1), "quarter").to_pylist()
    other = Store.open(store.folder)
    assert other.company(3).num_rows == 3
    assert compact(store, idle) == 2
    assert len(store.parts()) == 1
    for reader in (store, other, Store.open(store.folder)):
        assert (reader.company(3).to_pylist(), reader.documents(), reader.version()) == before
    assert asked.latest([("us-gaap", "Revenues")], date(2026, 1, 1), "quarter").to_pylist() == latest
    assert len(list((store.folder / "documents").iterdir())) == 1
    assert status(store).unused > 0
    assert flaws(store) == []
    assert ran(capsys, "compact", "--ledger", store.folder) == (0, "1 files, 0 fewer than before\n")


def test_what_was_ingested_before_compacting_is_not_ingested_again(store):
    compact(store, idle)
    assert store.append([rows(filed(3, 0, digest="d0", filed=date(2024, 5, 1)))], [document("d0")]) == 0


def test_a_store_of_many_commits_keeps_its_documents(tmp_path):
    store = Store.open(tmp_path)
    for number in range(105):
        store.append([], [document(f"d{number}")])
    assert len(Store.open(tmp_path).documents()) == 105
    compact(store, idle)
    assert len(Store.open(tmp_path).documents()) == 105


def test_a_sound_store_has_no_flaws(store, capsys):
    assert flaws(store) == []
    assert ran(capsys, "verify", "--ledger", store.folder) == (0, "the ledger is whole\n")


def test_a_changed_or_lost_file_is_named(store, capsys):
    changed, lost = (store.folder / "filed" / part.path for part in store.parts()[:2])
    changed.write_bytes(changed.read_bytes()[:-1] + b"?")
    lost.unlink()
    assert flaws(store) == [("damaged", True)] * 2
    code, told = ran(capsys, "verify", "--ledger", store.folder)
    assert code == 1
    assert f"{changed.name}: is not what was written" in told
    assert f"{lost.name}: is gone" in told
    assert "the ledger is not whole" in told


def test_rows_of_a_document_that_is_not_listed_are_told(store):
    for file in (store.folder / "documents").iterdir():
        file.unlink()
    assert flaws(store) == [("unknown", True)] * 3


def test_a_wrong_index_is_found_and_made_anew(store):
    asked = Market(store)
    question = [("us-gaap", "Revenues")], date(2026, 1, 1), "quarter"
    right = asked.latest(*question).to_pylist()
    (file,) = (store.folder / "index").glob("*.parquet")
    held = pq.read_table(file)
    pq.write_table(held.set_column(6, "digits", held["digits"].take([0] * held.num_rows)), file)
    assert asked.latest(*question).to_pylist() != right
    assert flaws(store) == [("index", False)]
    assert asked.latest(*question).to_pylist() == right
    assert flaws(store) == []


def test_a_wrong_list_of_companies_is_found_and_made_anew(store):
    held = store.companies()
    (file,) = (store.folder / "index").glob("companies-*.txt")
    file.write_text("3 4 5", encoding="ascii")
    assert store.companies() != held
    assert flaws(store) == [("index", False)]
    assert store.companies() == held


def test_values_of_one_filing_that_rounding_does_not_explain_disagree(tmp_path, capsys):
    store = Store.open(tmp_path)
    store.append(
        [
            rows(
                filed(1, 1234, decimals=0),
                filed(1, 1200, decimals=-2, locator="a"),
                filed(2, 1234, decimals=0),
                filed(2, 1300, decimals=-2, locator="a"),
                filed(3, 1234),
                filed(3, 1235, accession="0001571996-25-000035"),
            )
        ],
        [document()],
    )
    assert flaws(store) == [("disagrees", False)]
    code, told = ran(capsys, "verify", "--ledger", tmp_path)
    assert code == 0
    assert "CIK 2" in told
    assert "is 1300 and 1234 USD" in " ".join(told.split())


def test_quarters_without_a_report_are_a_gap(tmp_path):
    store = Store.open(tmp_path)
    days = [date(2023, 5, 1), date(2023, 8, 1), date(2024, 5, 1), date(2024, 8, 1)]
    store.append([rows(*(filed(value=n, filed=day) for n, day in enumerate(days)))], [document()])
    (flaw,) = verify(store, idle)
    assert (flaw.kind, flaw.what) == (
        "gap",
        "CIK 3: no quarterly report filed between 2023-08-01 and 2024-05-01",
    )


def test_annual_reports_alone_lie_a_year_apart(tmp_path):
    store = Store.open(tmp_path)
    days = [date(2021, 2, 1), date(2022, 2, 20), date(2024, 2, 10)]
    store.append(
        [rows(*(filed(value=n, filed=day, form="10-K") for n, day in enumerate(days)))], [document()]
    )
    (flaw,) = verify(store, idle)
    assert flaw.what == "CIK 3: no annual report filed between 2022-02-20 and 2024-02-10"


def test_csv_holds_whole_values(tmp_path):
    store = Store.open(tmp_path / "ledger")
    told = {
        "0": "0",
        "12000": "12000",
        "-12.5": "-12.5",
        "0.05": "0.05",
        "-0.5": "-0.5",
        "1e20": "1" + "0" * 20,
    }
    facts = [filed(value=value, locator=f"l{n}") for n, value in enumerate(told)]
    accepted = datetime(2024, 5, 1, 20, 5, tzinfo=UTC)
    store.append([rows(*facts, filed(67, 1, decimals=-6, accepted=accepted, accession=""))], [document()])
    out = tmp_path / "out.csv"
    assert export(store, out) == 7
    with out.open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert sorted(line["value"] for line in lines if line["cik"] == "3") == sorted(told.values())
    assert {line["accession"] for line in lines} == {"0001571996-25-000034", ""}
    assert {line["decimals"] for line in lines} == {"", "-6"}


def test_an_export_is_of_the_companies_and_the_day_asked_for(store, tmp_path, capsys):
    registrants.keep(store.folder, [Registrant(3, "Made Up Inc.", ("MADE",))])
    out = tmp_path / "out.parquet"
    code, told = ran(
        capsys, "export", "made", "--as-of", "2024-05-02", "--out", out, "--ledger", store.folder
    )
    assert (code, told) == (0, f"2 rows in {out}\n")
    assert values(pq.read_table(out)) == [0, 1]
    assert export(store, out, as_of=date(2024, 5, 1)) == 2
    assert export(store, out) == 6
    assert pq.read_table(out).schema.equals(store.company(3).schema)


def test_an_export_that_cannot_be_leaves_no_file(store, tmp_path):
    for name in ("out.xlsx", "nowhere/out.csv"):
        with pytest.raises(UsageError):
            export(store, tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["ledger"]


def test_a_folder_where_nothing_was_ingested_says_so(tmp_path, capsys):
    code, told = ran(capsys, "status", "--ledger", tmp_path / "none")
    assert code == 2
    assert "nothing was ingested" in told
    assert ran(capsys, "export", "XX", "--out", tmp_path / "a.csv", "--ledger", tmp_path)[0] == 2


def test_without_a_folder_named_it_is_the_one_of_the_environment(store, monkeypatch, capsys):
    monkeypatch.setenv("TIEOUT_LEDGER", str(store.folder))
    assert "6 facts" in ran(capsys, "status")[1]


def test_the_reference_names_every_column():
    page = (Path(__file__).parents[2] / "docs/reference/ledger.md").read_text(encoding="utf-8")
    assert [name for name in SCHEMA.names if f"`{name}`" not in page.split("## What was ingested")[1]] == []
