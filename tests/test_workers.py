"""Work dealt out to processes."""

import multiprocessing
import os

import pytest

from tieout.core.errors import TieoutError
from tieout.ingest.workers import spread


@pytest.mark.parametrize("processes", [0, 1, 2])
def test_all_the_work_is_done(processes):
    assert sorted(spread(abs, range(-20, 0), processes)) == list(range(1, 21))


@pytest.mark.parametrize("processes", [1, 2])
def test_a_defect_is_told_as_it_is(processes):
    with pytest.raises(ValueError, match="invalid literal"):
        list(spread(int, ["1", "x"], processes))


def test_a_killed_process_is_told_with_what_to_do():
    with pytest.raises(TieoutError, match="a process was killed") as raised:
        list(spread(os._exit, range(1, 9), 2))
    assert "again" in raised.value.fix


def test_whoever_stops_early_leaves_no_process_behind():
    running = spread(abs, range(-9, 0), 2)
    next(running)
    running.close()
    assert multiprocessing.active_children() == []
