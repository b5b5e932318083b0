"""Writers killed at any moment, writers at once, readers beside a writer."""

import sys

import pytest

from tieout.bench.ingest import crash
from tieout.ledger.store import Store


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """What an ingest that nobody disturbed ends in."""
    folder = tmp_path_factory.mktemp("whole")
    crash.write(folder, "a")
    return crash.content(folder)


@pytest.mark.parametrize("moment", range(10))
def test_a_killed_ingest_leaves_what_it_committed_and_a_rerun_ends_in_the_same(tmp_path, whole, moment):
    # Batches take some hundredths of a second each; the first moments fall before the first commit.
    crash.process(tmp_path, "a", moment * 0.03).wait()
    assert crash.wrong(tmp_path, ("a",)) == []
    crash.write(tmp_path, "a")
    assert crash.content(tmp_path) == whole


def test_two_ingests_at_once_lose_nothing_and_readers_beside_them_never_fail(tmp_path):
    writers = [crash.process(tmp_path, name) for name in ("a", "b")]
    store = Store.open(tmp_path)
    while any(writer.poll() is None for writer in writers):
        listed = {digest for digest, _ in store.documents()}
        assert listed <= set(store.company(1)["digest"].to_pylist())
    assert [writer.returncode for writer in writers] == [0, 0]
    assert crash.wrong(tmp_path, ("a", "b")) == []
    assert len(store.documents()) == 2 * crash.BATCHES


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signal")
def test_a_writer_that_is_killed_is_really_killed(tmp_path):
    assert crash.process(tmp_path, "a", 0.0).wait() < 0
