"""Company facts of many filers into a ledger's store."""

import gzip
import json
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime

import pytest

from tieout.core.errors import ParseError
from tieout.core.skipped import Skipped, together
from tieout.ingest import bulk, load
from tieout.ingest.bulk import archived, in_folder, ingest
from tieout.ledger.registrants import registrants
from tieout.ledger.store import Store

ROWS = [
    {"start": "2025-02-01", "end": "2025-05-02", "val": 23378000000, "accn": "0001571996-25-000070",
     "form": "10-Q", "filed": "2025-06-10"},
    {"start": "2025-05-03", "end": "2025-08-01", "val": 29776000000, "accn": "0001571996-25-000102",
     "form": "10-Q", "filed": "2025-09-08"},
]  # fmt: skip


def facts(cik, rows=ROWS, name="Made Up Inc."):
    tagged = {"us-gaap": {"Revenues": {"label": "x", "description": "y", "units": {"USD": rows}}}}
    return json.dumps({"cik": cik, "entityName": name, "facts": tagged})


def listing(filings):
    return {
        "accessionNumber": [accession for accession, _, _ in filings],
        "filingDate": [day for _, day, _ in filings],
        "acceptanceDateTime": [time for _, _, time in filings],
        "form": ["10-Q"] * len(filings),
    }


def filer(cik, filings, pages=()):
    return json.dumps({
        "cik": str(cik),
        "name": "MADE UP INC",
        "tickers": ["MADE"],
        "formerNames": [],
        "filings": {"recent": listing(filings), "files": [{"name": page} for page in pages]},
    })  # fmt: skip


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def taken(folder, companies, **more):
    """Everything that came in: new rows, and what was skipped."""
    found = list(ingest(Store.open(folder), companies, **more))
    skipped = together(each for _, batch in found for each in batch.skipped)
    return sum(rows for rows, _ in found), skipped


def held(folder):
    store = Store.open(folder)
    return {cik: store.company(cik).to_pylist() for cik in store.companies()}


@pytest.fixture
def both(tmp_path):
    first = ("0001571996-25-000070", "2025-06-10", "2025-06-10T23:11:12.000Z")
    second = ("0001571996-25-000102", "2025-09-08", "2025-09-08T23:15:01.000Z")
    older = "CIK0000000002-submissions-001.json"
    return (
        zipped(tmp_path / "companyfacts.zip", {f"CIK{cik:010}.json": facts(cik) for cik in (1, 2, 3)}),
        zipped(
            tmp_path / "submissions.zip",
            {
                "CIK0000000001.json": filer(1, [second, first]),
                "CIK0000000002.json": filer(2, [second], [older]),
                older: json.dumps(listing([first])),
                "CIK0000000009.json": filer(9, []),
            },
        ),
    )


def test_facts_of_an_archive_with_the_moments_their_filings_were_accepted(tmp_path, both):
    companies, skipped = archived(*both)
    assert not skipped
    assert taken(tmp_path / "ledger", companies) == (6, ())
    found = held(tmp_path / "ledger")
    for cik in (1, 2):
        assert [(row["digits"], row["exponent"], row["filed"], row["accepted"]) for row in found[cik]] == [
            (23378, 6, date(2025, 6, 10), datetime(2025, 6, 10, 23, 11, 12, tzinfo=UTC)),
            (29776, 6, date(2025, 9, 8), datetime(2025, 9, 8, 23, 15, 1, tzinfo=UTC)),
        ]
    assert [row["accepted"] for row in found[3]] == [None, None]
    who = registrants(tmp_path / "ledger")
    assert (who[1].name, who[1].tickers, who[3].name, who[3].latest) == (
        "MADE UP INC",
        ("MADE",),
        "Made Up Inc.",
        date(2025, 9, 8),
    )


def test_a_second_time_nothing_comes_in(tmp_path, both):
    companies, _ = archived(*both)
    taken(tmp_path / "ledger", companies)
    version, before = Store.open(tmp_path / "ledger").version(), held(tmp_path / "ledger")
    assert taken(tmp_path / "ledger", companies) == (0, (Skipped("company facts", "taken in before", 3),))
    assert (Store.open(tmp_path / "ledger").version(), held(tmp_path / "ledger")) == (version, before)


def test_submissions_may_come_later(tmp_path, both):
    taken(tmp_path / "ledger", archived(both[0])[0])
    assert {row["accepted"] for row in held(tmp_path / "ledger")[1]} == {None}
    taken(tmp_path / "ledger", archived(*both)[0])
    assert {row["accepted"] for row in held(tmp_path / "ledger")[1]} > {None}


def test_processes_and_lots_change_nothing(tmp_path, both, monkeypatch):
    companies, _ = archived(*both)
    taken(tmp_path / "one", companies, processes=1)
    monkeypatch.setattr(bulk, "LOT", 1)
    monkeypatch.setattr(load, "COMMIT", 1)
    sizes = []
    assert taken(tmp_path / "two", companies, processes=2, tick=sizes.append) == (6, ())
    assert sum(sizes) == sum(each.facts.size for each in companies)
    assert held(tmp_path / "two") == held(tmp_path / "one")


def test_whoever_stops_half_way_finds_what_was_committed_and_can_go_on(tmp_path, both, monkeypatch):
    monkeypatch.setattr(bulk, "LOT", 1)
    monkeypatch.setattr(load, "COMMIT", 1)
    companies, _ = archived(*both)
    running = ingest(Store.open(tmp_path / "ledger"), companies, processes=1)
    rows, batch = next(running)
    running.close()
    assert (rows, len(batch.documents)) == (2, 1)
    assert sum(len(rows) for rows in held(tmp_path / "ledger").values()) == 2
    assert taken(tmp_path / "ledger", companies)[0] == 4
    taken(tmp_path / "other", companies)
    assert held(tmp_path / "ledger") == held(tmp_path / "other")


def test_one_bad_document_keeps_none_of_the_others_out(tmp_path):
    path = zipped(
        tmp_path / "companyfacts.zip",
        {
            "CIK0000000001.json": facts(1),
            "CIK0000000002.json": facts(2)[:-7],
            "CIK0000000003.json": facts(4),
            "CIK0000000005.json": '{"cik":5,"facts":{}}',
            "../CIK0000000006.json": facts(6),
            "readme.txt": "x",
        },
    )
    companies, others = archived(path)
    assert others == (Skipped("files of the archive", "not named as company facts are", 2),)
    rows, skipped = taken(tmp_path / "ledger", companies)
    assert rows == 2
    assert list(held(tmp_path / "ledger")) == [1]
    reasons = " ".join(each.why for each in skipped)
    assert "CIK0000000002.json is not a company facts file" in reasons
    assert (
        "CIK0000000003.json should be about CIK 0000000003, and holds the facts of CIK 0000000004" in reasons
    )
    assert "without facts" in reasons


def test_bad_submissions_cost_the_times_alone(tmp_path, both):
    damaged = zipped(tmp_path / "bad.zip", {"CIK0000000001.json": "{", "CIK0000000002.json": filer(3, [])})
    rows, skipped = taken(tmp_path / "ledger", archived(both[0], damaged)[0])
    assert rows == 6
    assert {row["accepted"] for rows in held(tmp_path / "ledger").values() for row in rows} == {None}
    assert {each.what: each.count for each in skipped} == {"acceptance times": 4, "submissions": 1}
    assert "submissions of CIK 0000000003, not of CIK 0000000002" in " ".join(each.why for each in skipped)


def test_a_folder_of_files_named_by_number_or_ticker(tmp_path):
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "CIK0000000001.json").write_text(facts(1))
    (folder / "MADE.json.gz").write_bytes(gzip.compress(facts("0000000002").encode()))
    (folder / "DELL.json.gz").write_bytes(
        gzip.compress(facts(1571949, name="INTERCONTINENTAL EXCHANGE").encode())
    )
    (folder / "other.json").write_text(facts(4))
    (folder / "notes.txt").write_text("x")
    (folder / "deeper").mkdir()
    companies, others = in_folder(folder, {"MADE": 2, "DELL": 1571996})
    assert others == (Skipped("files of the folder", "not named .json or .json.gz"),)
    rows, (skipped,) = taken(tmp_path / "ledger", companies)
    assert rows == 6
    assert list(held(tmp_path / "ledger")) == [1, 2, 4]
    assert skipped.why == (
        "DELL.json.gz should be about CIK 0001571996, and holds the facts of CIK 0001571949"
        " (INTERCONTINENTAL EXCHANGE)"
    )


def test_an_archive_cut_off_is_refused_before_anything_is_read(both):
    both[0].write_bytes(both[0].read_bytes()[:-40])
    with pytest.raises(ParseError, match=r"companyfacts\.zip"):
        archived(*both)


WRITER = """
import sys
from pathlib import Path
from tieout.ingest import bulk, load
from tieout.ledger.store import Store
if __name__ == "__main__":
    bulk.LOT = load.COMMIT = 1
    companies, _ = bulk.archived(Path(sys.argv[1]))
    for rows, _ in bulk.ingest(Store.open(Path(sys.argv[2])), companies, processes=2):
        print(rows, flush=True)
        sys.stdin.readline()
"""


def test_a_run_that_is_killed_leaves_what_it_committed_and_the_next_one_ends_in_the_same(tmp_path):
    path = zipped(tmp_path / "companyfacts.zip", {f"CIK{cik:010}.json": facts(cik) for cik in range(1, 9)})
    (tmp_path / "writer.py").write_text(WRITER)
    command = [sys.executable, str(tmp_path / "writer.py"), str(path), str(tmp_path / "ledger")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout.readline() == "2\n"
        writer.kill()
    assert sum(len(rows) for rows in held(tmp_path / "ledger").values()) == 2
    assert taken(tmp_path / "ledger", archived(path)[0])[0] == 14
    taken(tmp_path / "other", archived(path)[0])
    assert held(tmp_path / "ledger") == held(tmp_path / "other")
