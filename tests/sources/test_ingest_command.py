"""tieout ingest, as a person runs it."""

from __future__ import annotations

import gzip
import os
import pty
import signal
import subprocess
import sys
from contextlib import ExitStack

import pytest

from sources.standin import CONTACT, serving
from sources.world import CIK, FACTS, INLINE, PACK, QUARTER, facts, folder, index, world
from tieout.cli import main
from tieout.ledger.store import Store

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
KPI = """metric,end,value,unit,decimals,known,kind,title,grade,scenario
revenue,2025-06-30,1300000000,USD,-8,2025-07-15,news,Consensus of a vendor,medium,consensus
"""


@pytest.fixture
def edgar():
    return world()


@pytest.fixture
def place(monkeypatch, tmp_path):
    """A person's own folders, and the variables that name them."""
    told = {
        "TIEOUT_CACHE": str(tmp_path / "cache"),
        "TIEOUT_LEDGER": str(tmp_path / "ledger"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "TIEOUT_CONTACT": CONTACT,
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "XMPL.toml").write_text(PACK, encoding="utf-8")
    return tmp_path


@pytest.fixture
def online(edgar, place, monkeypatch):
    """The folder, with the stand-in serving in EDGAR's place."""
    with serving(edgar) as address:
        monkeypatch.setenv("TIEOUT_EDGAR", address)
        yield place


def _held(folder, cik=CIK):
    return Store.open(folder).company(cik).num_rows


def test_a_company_comes_in_and_the_summary_says_what(online, capsys):
    assert main(["ingest", "XMPL"]) == 0
    told = capsys.readouterr().out
    assert f"Example Corp (CIK {CIK})" in told
    assert "of 3 documents, filed 2025-08-04 to 2025-08-05" in told
    assert "filings of other forms: 1" in told
    assert f"in {online / 'ledger'}" in told
    assert _held(online / "ledger") > 2


@pytest.mark.usefixtures("online")
def test_a_second_run_says_that_nothing_is_new(capsys):
    main(["ingest", "XMPL"])
    capsys.readouterr()
    assert main(["ingest", "XMPL"]) == 0
    told = capsys.readouterr().out
    assert "nothing new" in told
    assert "3 documents that an earlier run read" in told


def test_offline_works_once_all_is_fetched(online, edgar, monkeypatch, capsys):
    main(["ingest", "XMPL"])
    asked = len(edgar.requests)
    monkeypatch.delenv("TIEOUT_CONTACT")
    assert main(["ingest", "XMPL", "--offline", "--forms", "10-Q", "--ledger", str(online / "other")]) == 0
    assert _held(online / "other") == _held(online / "ledger") - 1
    assert len(edgar.requests) == asked
    capsys.readouterr()


@pytest.mark.usefixtures("online")
def test_since_and_forms(capsys):
    assert main(["ingest", "XMPL", "--since", "2025-01", "--forms", "10-q"]) == 0
    assert "filed before 2025-01-01" not in capsys.readouterr().out
    assert main(["ingest", "XMPL", "--since", "soon"]) == 2
    assert "'soon' is no date" in capsys.readouterr().err
    assert main(["ingest", "XMPL", "--forms", "10-Q,10K"]) == 2
    assert "'10K' is no form that is read" in capsys.readouterr().err


def test_nobody_of_that_name(online, edgar, capsys):
    assert main(["ingest", "XMPL", "Exampel Corp"]) == 2
    told = capsys.readouterr().err
    assert "no filer is called 'Exampel Corp'" in told
    assert "Did you mean XMPL" in told
    # All names are looked up before anything is read.
    assert not edgar.asked(FACTS)
    assert _held(online / "ledger") == 0


@pytest.mark.usefixtures("online")
def test_no_contact_and_nobody_to_ask(edgar, monkeypatch, capsys):
    monkeypatch.delenv("TIEOUT_CONTACT")
    assert main(["ingest", "XMPL"]) == 2
    told = capsys.readouterr().err
    assert "whom to write to" in told
    assert "--contact" in told
    assert edgar.requests == []


@pytest.mark.usefixtures("online")
@pytest.mark.parametrize("contact", ["Jane Doe", "jane@", "Jane\nDoe jane@exämple.com"])
def test_a_contact_without_an_address_is_refused(edgar, contact, capsys):
    assert main(["ingest", "XMPL", "--contact", contact]) == 2
    assert "no e-mail address" in capsys.readouterr().err
    assert edgar.requests == []


@pytest.mark.usefixtures("online")
def test_the_contact_given_goes_before_the_one_set(edgar, capsys):
    main(["ingest", "XMPL", "--contact", "John Roe john@example.com"])
    assert all("john@example.com" in headers["user-agent"] for _, headers in edgar.requests)
    capsys.readouterr()


@pytest.mark.usefixtures("online")
def test_a_document_that_cannot_be_read_is_named_with_an_exit_code(edgar, capsys):
    edgar.pages[f"{folder(QUARTER)}/xmpl-20250628.htm"] = b"<html><body>not XBRL"
    assert main(["ingest", "XMPL"]) == 1
    assert f"not read  {QUARTER['accession']}" in capsys.readouterr().out


def test_slow_and_cut_answers_come_in_whole(online, edgar, capsys):
    edgar.fail(FACTS, "slow")
    edgar.fail(index(QUARTER), "cut")
    assert main(["ingest", "XMPL"]) == 0
    assert _held(online / "ledger") > 2
    capsys.readouterr()


def _running(address):
    command = [sys.executable, "-m", "tieout", "ingest", "XMPL"]
    return subprocess.Popen(
        command, env=os.environ | {"TIEOUT_EDGAR": address}, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_midway_the_next_run_ends_in_the_same_content(edgar, place, how, monkeypatch):
    edgar.fail(index(QUARTER), *[(503, {"Retry-After": "60"}, b"")] * 9)
    with serving(edgar) as address, _running(address) as running:
        edgar.wait_for(index(QUARTER))
        running.send_signal(how)
        _, complaint = running.communicate(timeout=60)
    if how is signal.SIGINT:
        assert running.returncode == 130
        assert "interrupted: what was read is kept" in complaint
        assert _held(place / "ledger") == 2
    assert "Traceback" not in complaint
    (place / "cache" / "pace").unlink()  # or it would wait out the minute that EDGAR asked for
    with serving(world()) as address:
        monkeypatch.setenv("TIEOUT_EDGAR", address)
        assert main(["ingest", "XMPL"]) == 0
        monkeypatch.setenv("TIEOUT_LEDGER", str(place / "whole"))
        (place / "whole").mkdir()
        (place / "ledger" / "XMPL.toml").replace(place / "whole" / "XMPL.toml")
        assert main(["ingest", "XMPL"]) == 0
    stopped, whole = Store.open(place / "ledger"), Store.open(place / "whole")
    assert stopped.company(CIK).to_pylist() == whole.company(CIK).to_pylist()
    assert stopped.version() == whole.version()


def test_two_at_once_write_in_turn(edgar, place):
    with serving(edgar) as address, ExitStack() as writing:
        writing.enter_context(Store.open(place / "ledger").writing())
        with _running(address) as running:
            assert "waiting for another process" in running.stderr.readline()
            assert running.poll() is None
            writing.close()
    assert running.returncode == 0
    assert _held(place / "ledger") > 2


def test_the_contact_is_asked_for_once(online, monkeypatch, edgar):
    monkeypatch.delenv("TIEOUT_CONTACT")
    person, terminal = pty.openpty()
    command = [sys.executable, "-m", "tieout", "ingest", "XMPL"]
    running = subprocess.Popen(
        command, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    os.write(person, b"Jane Doe jane@example.com\n")
    out, asked = running.communicate(timeout=60)
    os.close(person)
    os.close(terminal)
    assert "Your name and e-mail address" in asked
    assert "Example Corp" in out
    assert main(["ingest", "XMPL"]) == 0
    assert {headers["user-agent"].partition(" ")[2] for _, headers in edgar.requests} == {CONTACT}
    assert (online / "config" / "tieout" / "contact").read_text(encoding="utf-8") == f"{CONTACT}\n"


def test_what_only_ingest_needs_is_loaded_by_ingest_alone(place):
    heavy = "pyarrow duckdb deltalake httpx lxml msgspec deflate filelock"
    script = (
        "import sys, tieout.cli; tieout.cli.main(sys.argv[1:]); "
        f"print('loaded', *[name for name in '{heavy}'.split() if name in sys.modules])"
    )
    (place / "ledger" / "XMPL.toml").unlink()
    for arguments in (["--help"], ["ingest", "--help"], ["metrics"]):
        command = [sys.executable, "-c", script, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == "loaded"


# ---- files on disk


def test_a_filing_on_disk(place, capsys):
    file = place / "xmpl-10-q.html.gz"
    file.write_bytes(gzip.compress(INLINE))
    assert main(["ingest", "--filing", str(file)]) == 0
    told = capsys.readouterr().out
    assert "no index says when it was filed" in told
    held = Store.open(place / "ledger").company(CIK).to_pylist()
    assert {row["form"] for row in held} == {"10-Q"}
    assert {row["filed"] for row in held} == {None}
    assert main(["ingest", "--filing", str(file)]) == 0
    assert "1 document that an earlier run read" in capsys.readouterr().out


def test_a_file_that_is_no_filing_is_named(place, capsys):
    file = place / "notes.html"
    file.write_text("<html><body>hello</body></html>", encoding="utf-8")
    assert main(["ingest", "--filing", str(file)]) == 1
    assert "notes.html holds no XBRL" in capsys.readouterr().out
    assert main(["ingest", "--filing", str(place / "missing.html")]) == 2
    assert "no such file" in capsys.readouterr().err


def test_a_folder_of_company_facts(place, capsys):
    many = place / "facts"
    many.mkdir()
    (many / f"CIK{CIK:010}.json").write_bytes(facts(1, 2, 3))
    (many / "CIK0000000007.json").write_bytes(facts(1))
    (many / "DELL.json.gz").write_bytes(gzip.compress(facts(1)))
    (many / "readme.txt").write_text("-", encoding="utf-8")
    main(["ingest", "--facts-dir", str(many)])
    told = capsys.readouterr().out
    assert "DELL.json.gz should be about CIK 0001571996" in " ".join(told.split())
    assert "3 facts of 1 document" in told
    assert "not named .json or .json.gz" in told
    assert "should be about CIK 0000000007" in told
    assert _held(place / "ledger") == 3


def test_figures_of_ones_own(place, capsys):
    file = place / "XMPL.csv"
    file.write_text(KPI, encoding="utf-8")
    assert main(["ingest", "--csv", str(file)]) == 0
    assert "1 fact of 1 document" in capsys.readouterr().out
    laid = place / "ledger" / "XMPL.csv"
    first = laid.read_text(encoding="utf-8")
    assert main(["ingest", "--csv", str(file)]) == 0
    assert "nothing new" in capsys.readouterr().out
    file.write_text(KPI.replace("1300000000", "1310000000"), encoding="utf-8")
    main(["ingest", "--csv", str(file)])
    assert laid.read_text(encoding="utf-8").startswith(first)
    assert len(laid.read_text(encoding="utf-8").splitlines()) == 3
    capsys.readouterr()


def test_a_row_that_breaks_the_schema_lays_nothing_in(place, capsys):
    (place / "XMPL.csv").write_text(KPI, encoding="utf-8")
    (place / "OTHR.csv").write_text(KPI.replace("2025-06-30", "June"), encoding="utf-8")
    assert main(["ingest", "--csv", str(place / "XMPL.csv"), str(place / "OTHR.csv")]) == 2
    assert "OTHR.csv, line 2" in capsys.readouterr().err
    assert not list((place / "ledger").glob("*.csv"))


@pytest.mark.usefixtures("place")
def test_limits_are_for_edgar_alone(capsys):
    assert main(["ingest", "--csv", "XMPL.csv", "--since", "2020-01-01"]) == 2
    assert "--since and --forms" in capsys.readouterr().err
