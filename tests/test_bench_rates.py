"""The bench of ingest: documents of true shape, and the same facts whoever reads them."""

import json
import zipfile

import pytest

from tieout.bench.ingest import rates
from tieout.bench.ingest.documents import write
from tieout.bench.ingest.readers import READERS
from tieout.ingest.archive import Kept, members
from tieout.ingest.bulk import archived, read
from tieout.ingest.companyfacts import company_facts


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return write(tmp_path_factory.mktemp("bulk"), 20_000)


def test_documents_are_of_the_shape_that_the_secs_have(made):
    packed, filings, count = made
    rows, batch = read(archived(packed, filings)[0])
    assert not batch.skipped
    assert 20_000 <= count <= rows.num_rows
    assert rows["accepted"].null_count == 0
    size = sum(each.size for each in members(packed)[0])
    assert 140 <= size / count <= 170
    periods = rows.group_by(["cik", "concept", "start", "end"]).aggregate([]).num_rows
    assert 1.5 <= count / periods <= 2.2  # a period is filed about twice


def test_the_same_documents_are_made_again(made, tmp_path):
    packed, filings, count = made
    again = write(tmp_path, 20_000)
    assert again[2] == count
    for one, other in ((packed, again[0]), (filings, again[1])):
        with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second:
            assert {n: first.read(n) for n in first.namelist()} == {
                n: second.read(n) for n in second.namelist()
            }


@pytest.mark.parametrize("way", [way for way in READERS if way != "edgartools"])
def test_every_way_reads_as_many_facts(made, way):
    each = members(made[0])[0][0]
    data = bytes(Kept(made[0], each).read())
    held = json.loads(data)["facts"].values()
    count = sum(
        len(rows) for tagged in held for concept in tagged.values() for rows in concept["units"].values()
    )
    assert READERS[way](data) == count
    assert company_facts(data, each.name)[0].facts >= count


def test_the_table_of_rates(monkeypatch):
    monkeypatch.setattr(rates, "SAMPLE", 1_000)
    monkeypatch.setattr(rates, "READERS", {"json, plain Python": READERS["json, plain Python"]})
    first, head, *lines, last = rates.lines(2_000, (1,))
    assert "facts in" in first
    assert head.split() == ["from", "a", "zip", "facts", "seconds", "M/s", "M/s", "a", "core"]
    assert [line[:50].strip() for line in lines] == [
        "json, plain Python, to columns",
        "tieout, to columns",
        "tieout, to stored facts, 1 process",
        "tieout, the same with submissions, 1 process",
    ]
    assert "MB" in last
