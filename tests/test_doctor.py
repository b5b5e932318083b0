"""The doctor: what it finds sound, what it finds wanting, and how to fix it."""

from __future__ import annotations

import json
from datetime import date
from importlib import metadata

import pytest

from tieout.cli import main
from tieout.doctor import diagnose, installed
from tieout.ledger import Ledger

HEAD = "metric,end,value,unit,decimals,known,kind,title,grade\n"
ROW = "revenue,2025-06-30,1,USD,0,{},filing,10-Q,high\n"
PACK = 'ticker = "ACME"\nname = "Acme"\nnames = ["Acme"]\n[calendar]\nmonth = 5\n'
LONG_AGO = date(2000, 1, 1)


def _lines(folder=None, today=None):
    found = diagnose(folder, today=today)
    assert all(line.fix for line in found.lines if line.state != "ok")
    return found, {line.topic: line for line in found.lines}


@pytest.fixture
def facts(tmp_path):
    """Write a facts file and answer with its folder."""

    def write(known="2025-07-30", name="ACME.csv", head=HEAD):
        (tmp_path / name).write_text(head + ROW.format(known), encoding="utf-8")
        return tmp_path

    return write


def test_a_sound_installation(capsys):
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    for topic in (
        "tieout",
        "Python",
        "click",
        "rich",
        "company packs",
        "ledger",
        "facts of DELL",
        "terminal",
    ):
        assert f" {topic}: " in told
    assert " 0 failing" in told


def test_as_json(capsys):
    assert main(["doctor", "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["schema"] == "tieout.doctor/1"
    assert made["sound"] is True
    assert {tuple(line) for line in made["lines"]} == {("state", "topic", "found", "fix")}
    ledger = next(line for line in made["lines"] if line["topic"] == "ledger")
    assert Ledger.open().version in ledger["found"]


def test_facts_grow_old():
    newest = max(fact.known for fact in Ledger.open().history().all_facts("DELL") if fact.known)
    _, fresh = _lines(today=newest)
    assert fresh["facts of DELL"].state == "ok"
    assert f"known on {newest}, 0 days ago" in fresh["facts of DELL"].found
    _, old = _lines(today=date(newest.year + 1, newest.month, newest.day))
    assert old["facts of DELL"].state == "warn"
    assert "365 days ago" in old["facts of DELL"].found
    assert "DELL.csv" in old["facts of DELL"].fix
    _, early = _lines(today=LONG_AGO)
    assert "a day to come" in early["facts of DELL"].found


def test_facts_without_a_pack_and_packs_without_facts(facts, monkeypatch):
    found, _ = _lines(facts())
    assert found.sound
    assert [line.found for line in found.lines if line.topic == "facts of ACME"][1].startswith("no pack")
    monkeypatch.setattr(Ledger, "entities", lambda _: ("DELL",))
    _, lines = _lines()
    assert "no facts are held" in lines["pack of NVDA"].found


def test_facts_of_no_known_day(facts):
    _, lines = _lines(facts(known=""))
    assert [line for line in diagnose(facts(known="")).lines if "none with a known date" in line.found]
    assert lines


@pytest.mark.parametrize(
    ("given", "topic"),
    [
        ({"known": "someday"}, "facts of ACME"),
        ({"head": "metric,value\n"}, "facts of ACME"),
        ({"name": "not a ticker.csv"}, "ledger"),
    ],
)
def test_malformed_facts_fail(facts, given, topic, capsys):
    folder = facts(**given)
    found, _ = _lines(folder)
    assert [line.topic for line in found.lines if line.state == "fail"] == [topic]
    assert main(["doctor", "--ledger", str(folder)]) == 1
    assert "fix: " in capsys.readouterr().out


def test_no_folder_and_broken_packs_fail(tmp_path):
    found, lines = _lines(tmp_path / "none")
    assert not found.sound
    assert lines["ledger"].state == "fail"
    (tmp_path / "ACME.toml").write_text('ticker = "ACME"\nnmae = "Acme"\n', encoding="utf-8")
    found, lines = _lines(tmp_path)
    assert not found.sound
    assert "ACME.toml has unknown keys: nmae" in lines["company packs"].found
    assert lines["ledger"].state == "ok"


def test_packs_of_a_folder_are_shown_as_such(facts, tmp_path):
    (tmp_path / "ACME.toml").write_text(PACK, encoding="utf-8")
    (tmp_path / "DELL.toml").write_text('ticker = "DELL"\nnames = ["Dellco"]\n', encoding="utf-8")
    found, lines = _lines(facts())
    assert found.sound
    assert lines["company packs"].found.endswith(f"; of {tmp_path}: ACME, DELL")
    assert [line.state for line in found.lines if line.topic.endswith("ACME")] == ["warn"]  # of 2025


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("revenues,2025-03-01,2025-05-31,1,USD", "no metric is called revenues"),
        ("revenue,2025-03-01,2025-05-31,1,EUR", "held are revenue in EUR, not USD"),
        ("revenue,2025-02-01,2025-04-30,1,USD", "no fiscal quarter is 2025-02-01 to 2025-04-30"),
        ("revenue,2025-03-01,2025-05-31,1,USD", None),
        ("revenue,2025-03-01,2025-08-31,1,USD", None),
    ],
)
def test_facts_that_no_claim_would_meet_are_shown(tmp_path, row, told):
    (tmp_path / "ACME.toml").write_text(PACK, encoding="utf-8")
    head = "metric,start,end,value,unit,decimals,known,kind,title,grade\n"
    (tmp_path / "ACME.csv").write_text(f"{head}{row},0,2025-09-09,filing,10-Q,high\n", encoding="utf-8")
    found, _ = _lines(tmp_path, today=date(2025, 9, 10))
    warned = [line.found for line in found.lines if line.topic == "facts of ACME" and line.state == "warn"]
    assert warned == ([told] if told else [])


def test_the_bundled_facts_fit_their_packs():
    found, _ = _lines(today=date(2025, 9, 10))
    unfit = ("no metric is called", "held are", "no fiscal quarter is")
    assert [line for line in found.lines if line.found.startswith(unfit)] == []


def test_dependencies_missing_or_out_of_range(monkeypatch):
    real = metadata.version

    def version(name):
        if name == "rich":
            raise metadata.PackageNotFoundError(name)
        return "1.0" if name == "click" else real(name)

    monkeypatch.setattr(installed.metadata, "version", version)
    found, lines = _lines()
    assert (lines["rich"].state, lines["click"].state) == ("fail", "warn")
    assert "pip install 'click" in lines["click"].fix
    assert not found.sound
    monkeypatch.setattr(installed.metadata, "requires", _not_installed)
    assert "without being installed" in _lines()[1]["dependencies"].found


def _not_installed(name):
    raise metadata.PackageNotFoundError(name)


@pytest.mark.parametrize(
    ("version", "wanted", "inside"),
    [
        ("8.2", ">=8.2,<9", True),
        ("8.2.0", "<9,>=8.2", True),
        ("9", ">=8.2,<9", False),
        ("8.1.9", ">=8.2,<9", False),
        ("8.10", ">=8.2", True),
        ("9.0.0rc1", "<9", False),
        ("1.0", "", True),
        ("1.0", "!=1", False),
        ("1.0", "==1", True),
    ],
)
def test_ranges_of_versions(version, wanted, inside):
    assert installed._within(version, wanted) is inside
