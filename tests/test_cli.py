"""The command and the desk behind it: answers, exit codes, start-up."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tieout
from tieout.cli import main
from tieout.cli.group import COMMANDS
from tieout.core.article import Article, Published
from tieout.core.errors import NotFoundError, TieoutError, UsageError
from tieout.core.fact import Derived
from tieout.core.finding import Check
from tieout.core.period import Period
from tieout.desk import Desk, as_published
from tieout.report.console import page_in_memory
from tieout.report.json import dumps
from tieout.report.terminal import gist, write

PROGRAM = [sys.executable, "-m", "tieout"]
SAMPLE = Path(tieout.__file__).parent / "demo" / "article.txt"
SCHEMA = json.loads((files("tieout.report") / "check.schema.json").read_text(encoding="utf-8"))
TRUE = "Dell reported revenue of $29.8 billion for Q2 FY2026, up 19% from a year earlier.\n"
FALSE = "Dell's AI server backlog was $14.4 billion at the end of Q2 FY2026.\n"


@pytest.fixture(scope="module")
def desk():
    return Desk.open()


@pytest.fixture
def article(tmp_path):
    """Write a text into a file and answer with its path."""

    def write(text, name="article.txt"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def _run(*arguments, **given):
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, check=False, timeout=60, **given)


# ---- start-up


def test_help_imports_only_the_shell():
    script = (
        "import sys; from tieout.cli import main; main(['--help'])\n"
        "print(*(m for m in sys.modules if m.startswith(('rich', 'tieout.'))), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    shell = {f"tieout.cli.{name}" for name in ("group", "options", *COMMANDS)}
    assert set(done.stderr.split()) - shell == {"tieout.cli", "tieout.core", "tieout.core.errors"}


def test_import_tieout_imports_nothing_more():
    script = "import sys, tieout; print([m for m in sys.modules if m.startswith('tieout.')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_front_door_opens_every_name_it_lists():
    assert all(getattr(tieout, name) for name in tieout.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Ledger'"):
        _ = tieout.Ledger


# ---- help, version, completion


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help(command, capsys):
    assert main([*command.split(), "--help"]) == 0
    assert "Usage: tieout" in capsys.readouterr().out


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"tieout {tieout.__version__}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_say_how_to_install_them(shell, capsys):
    assert main(["completion", shell]) == 0
    told = capsys.readouterr().out
    assert f"tieout completion {shell} >" in told
    assert "_TIEOUT_COMPLETE" in told


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("tieout fa", "plain,facts"),
        ("tieout facts de", "plain,DELL"),
        ("tieout facts DELL stockholders_e", "plain,stockholders_equity"),
    ],
)
def test_completion_completes(words, answer, monkeypatch, capsys):
    for name, value in (
        ("_TIEOUT_COMPLETE", "bash_complete"),
        ("COMP_WORDS", words),
        ("COMP_CWORD", str(len(words.split()) - 1)),
    ):
        monkeypatch.setenv(name, value)
    assert main([]) == 0
    assert capsys.readouterr().out.split() == [answer]


# ---- exit codes and errors


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "no-such-file.txt"], "No such file"),
        (["check", "docs/articles/none"], "cannot read"),
        (["check", str(SAMPLE), "--company", "DEL"], "near matches first: DELL"),
        (["check", str(SAMPLE), "--published", "August"], "2025-08-29"),
        (["check", str(SAMPLE), "--published", "2025-02-30"], "no day of the calendar"),
        (["check", str(SAMPLE), "--ledger", "no-such-folder"], "no-such-folder"),
        (["check", str(SAMPLE), "--out", "no-such-folder/x.json"], "cannot write"),
        (["check", str(SAMPLE), "--format", "xml"], "terminal"),
        (["check", str(SAMPLE), "--require-coverage", "80"], "0<=x<=1"),
        (["facts", "DELL", "reveneu"], "revenue"),
        (["facts", "DELL", "revenue", "--period", "Q5 FY2026"], "Q2 FY2026"),
        (["facts", "DELL", "revenue", "--segment", "Cars"], "ISG"),
        (["facts", "DELL", "revenue", "--period", "Q2 FY2035"], "held are"),
        (["facts", "DELL", "revenue", "--as-of", "2001-01-01"], "nothing is held"),
        (["explain", "DELL", "revenue"], "--period"),
        (["nonsense"], "No such command"),
    ],
)
def test_what_cannot_be_done_says_why_and_what_to_do(arguments, told, capsys):
    assert main(arguments) == 2
    caught = capsys.readouterr()
    assert told in caught.err
    assert "Traceback" not in caught.err
    assert caught.out == ""


def test_hostile_names_do_not_reach_the_terminal(capsys):
    assert main(["check", "\x1b[2Jx\udcff.txt"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_error():
    with subprocess.Popen([*PROGRAM, "facts", "DELL"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 130


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
def test_ctrl_c_is_quiet():
    with subprocess.Popen(
        [*PROGRAM, "check", "-", "--company", "DELL"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        time.sleep(1)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=30)
    assert (run.returncode, out, err) == (130, b"", b"")


# ---- check


def test_check_exits_by_what_it_finds(article, capsys):
    assert main(["check", article(TRUE), "--published", "2025-08-29"]) == 0
    assert main(["check", article(FALSE), "--published", "2025-08-29"]) == 1
    assert "Q1 FY2026" in capsys.readouterr().out


def test_coverage_can_be_required(article):
    path = article(TRUE + "The shares change hands at roughly 14 times forward earnings.\n")
    assert main(["check", path]) == 0
    assert main(["check", path, "--require-coverage", "0.6"]) == 0
    assert main(["check", path, "--require-coverage", "0.7"]) == 1


def test_stdin_is_read_whole():
    done = _run("check", "-", "--format", "json", "--company", "DELL", input=TRUE.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    made = json.loads(done.stdout)
    assert made["article"]["text"].strip() == TRUE.strip()
    assert made["article"]["companies"] == ["DELL"]
    assert made["article"]["published"] is None


def test_out_gets_what_stdout_would(article, tmp_path, capsys):
    out = tmp_path / "report.json"
    path = article(FALSE)
    assert main(["check", path, "--format", "json", "--out", str(out)]) == 1
    assert capsys.readouterr().out == ""
    assert main(["check", path, "--format", "json"]) == 1
    assert out.read_text() == capsys.readouterr().out
    assert main(["check", path, "--out", str(out)]) == 1
    assert "wrong period" in out.read_text(encoding="utf-8")


def test_a_company_the_text_never_names_is_accepted(article, capsys):
    assert main(["check", article("Revenue was $29.8 billion in Q2 FY2026."), "--company", "dell"]) == 0
    assert "about DELL" in capsys.readouterr().out


def test_a_text_about_no_known_company_lists_those_known(article, capsys):
    assert main(["check", article("Revenue was $29.8 billion in Q2 FY2026.")]) == 2
    assert "DELL (Dell Technologies)" in capsys.readouterr().err


@pytest.mark.parametrize("more", [[], ["second"]])
def test_an_error_names_the_article_it_is_about(more, article, tmp_path, capsys):
    path = article(b"%PDF-1.7")
    others = [str(tmp_path / name) for name in more]
    for other in others:
        Path(other).write_text(TRUE)
    assert main(["check", path, *others, "--company", "DELL"]) == 2
    assert f"tieout: {path}: this is a PDF, not a text\n" in capsys.readouterr().err


@pytest.mark.parametrize("data", [b"%PDF-1.7\n\x00\x01", b"\x00\x01\x02" * 400, b"a " * 20_000_000])
def test_what_is_no_article_is_refused(data, article, capsys):
    assert main(["check", article(data), "--company", "DELL"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_demo_finds_its_errors_and_accuses_nothing_else(desk):
    check = desk.check(SAMPLE)
    text = check.article.text
    wrong = [text[f.claim.number.start : f.claim.number.end] for f in check.wrong if f.claim.said]
    assert check.article.published == Published.day(date(2025, 8, 29))
    assert sorted(wrong) == sorted(
        ["$14.4 billion", "$5.6 billion", "38%", "$11.6 billion", "11.0%", "72", "$9.3 billion", "$9.40"]
    )
    assert {f.verdict for f in check.wrong} >= {"wrong_period", "wrong_metric", "contradicted", "stale"}


def test_the_demo_is_a_screenful_and_says_how_to_see_the_rest(capsys):
    assert main(["demo"]) == 0
    told = capsys.readouterr().out
    assert told.count("\n") <= 40
    for shown in (
        "✗4 wrong period: $11.7 billion",
        "checked 26 of 29",
        "top corrections",
        "tieout demo --whole",
    ):
        assert shown in told
    assert main(["demo", "--whole"]) == 0
    whole = capsys.readouterr().out
    assert all(f"✗{number} " in whole for number in (4, 5, 7, 8, 13, 14, 21, 24, 27))
    assert main(["check", str(SAMPLE)]) == 1
    assert capsys.readouterr().out == whole


def test_the_gist_of_an_article_without_errors_or_words(desk):
    for check in (desk.check("Nothing.", company="DELL"), Check(Article("", ()), (), (), 0, "v")):
        page, stream = page_in_memory()
        gist(check, desk.vocabulary(), page)
        assert "checked 0 of 0 numbers" in stream.getvalue()


# ---- any text at all

WORDS = [
    "Dell",
    "ISG",
    "its backlog",
    "revenue",
    "operating margin",
    "rose",
    "fell",
    "held steady",
    "to",
    "of",
    "$14.4 billion",
    "-3.0%",
    "330 bps",
    "20.28x",
    "30\u201350%",
    "twice",
    "half",
    "nearly",
    "Q2 FY2026",
    "Q2",
    "FY9999",
    "FY0001",
    "last quarter",
    "as of June 31",
    "August 2025",
    "0",
    "1e999",
    "$",
    "%",
    ".",
    ",",
    "\n\n",
    "|",
    "\t",
    "# ",
    "- ",
    "<td>",
    "\x1b[31m",
    "\u202e",
    "\ud800",
    "\u0660",
    "(",
    ")",
]


@given(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=8), min_size=1, max_size=40).map(" ".join),
    st.sampled_from([None, "2025-08-29", "1900-01", "2199-12"]),
)
@settings(max_examples=150)
def test_no_text_breaks_a_check_or_its_reports(text, published):
    desk = Desk.open()
    try:
        check = desk.check(text, published=published, company="DELL")
    except TieoutError as refused:
        fix = refused.fix
        assert fix
        return
    words = desk.vocabulary()
    made = json.loads(dumps(check, words))
    jsonschema.validate(made, SCHEMA)
    assert all(
        made["article"]["text"][claim["start"] : claim["end"]] == claim["quote"] for claim in made["claims"]
    )
    page, stream = page_in_memory()
    write(check, words, page)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", stream.getvalue())


# ---- the desk


def test_an_article_is_a_text_its_bytes_or_its_path(desk, article):
    path = article(FALSE)
    checks = [
        desk.check(given, published="2025-08", company="Dell")
        for given in (FALSE, FALSE.encode(), Path(path))
    ]
    assert {check.article.published for check in checks} == {Published.month(2025, 8)}
    assert [check.wrong[0].verdict for check in checks] == ["wrong_period"] * 3


def test_the_name_of_a_file_is_not_taken_for_its_text(desk, article):
    with pytest.raises(UsageError, match="is a file, not a text"):
        desk.check(article(FALSE), company="DELL")


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2025-08-29", "2025-08-29", "2025-08-29"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        (date(2025, 8, 29), "2025-08-29", "2025-08-29"),
        (datetime(2025, 8, 29, 2, tzinfo=UTC), "2025-08-28", "2025-08-28"),
        (Published.month(2025, 12), "2025-12-01", "2025-12-31"),
    ],
)
def test_dates_of_publication(when, first, last):
    assert as_published(when) == Published(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "when",
    [
        "",
        "2025",
        "2025-13",
        "2025-00",
        "0001-01",
        "9999-12",
        "29.8.2025",
        "2025-8-9",
        "0001-01-01",
        date(9999, 12, 31),
        Published.month(1, 1),
    ],
)
def test_what_is_no_date_says_how_to_write_one(when):
    with pytest.raises(UsageError) as caught:
        as_published(when)
    assert "2025-08-29" in caught.value.fix


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("Q2 FY2026", "2025-05-03", "2025-08-01"),
        ("q2 fy26", "2025-05-03", "2025-08-01"),
        ("FY2026", "2025-02-01", "2026-01-30"),
        ("H1 FY26", "2025-02-01", "2025-08-01"),
        ("9M FY2026", "2025-02-01", "2025-10-31"),
        ("2025-08-01", None, "2025-08-01"),
    ],
)
def test_period_labels_follow_the_company_s_calendar(desk, label, start, end):
    first = None if start is None else date.fromisoformat(start)
    assert desk.period("DELL", label) == Period(first, date.fromisoformat(end))


@pytest.mark.parametrize(
    "label", ["", "Q2", "Q2 2026", "Q5 FY2026", "FY1", "FY9999", "2025-02-30", "H3 FY2026"]
)
def test_what_is_no_period_says_how_to_write_one(desk, label):
    with pytest.raises(UsageError):
        desk.period("DELL", label)


@pytest.mark.parametrize("name", ["DELL", "dell", " Dell Technologies "])
def test_companies_go_by_ticker_and_name(desk, name):
    assert desk.entity(name) == "DELL"


def test_facts_come_with_every_vintage(desk):
    held = desk.facts("DELL", "operating_income", period="Q2 FY2025")
    assert {fact.vintage for fact in held} >= {"first reported", "recast"}
    then = desk.facts("DELL", "operating_income", period="Q2 FY2025", as_of="2024-09")
    assert "first reported" in {fact.vintage for fact in then}
    assert "recast" not in {fact.vintage for fact in then}


def test_facts_of_a_balance_answer_to_the_quarter_and_to_the_day(desk):
    named, dated = (
        desk.facts("DELL", "ai_server_backlog", period=when) for when in ("Q2 FY2026", "2025-08-01")
    )
    assert named == dated
    assert [fact.quantity.value for fact in named] == [11_700_000_000]


def test_facts_of_members(desk):
    storage = desk.facts("DELL", "revenue", line="storage", period="Q2 FY2026")
    assert [dict(fact.measure.dimensions) for fact in storage] == [{"segment": "ISG", "line": "Storage"}]
    segment = desk.facts("DELL", "revenue", segment="isg", period="Q2 FY2026")
    assert len(segment) > len(storage)


def test_facts_of_everything_come_in_order(desk):
    held = desk.facts("DELL")
    assert len(held) > 500
    keys = [(fact.measure.metric, fact.measure.dimensions, fact.measure.scenario) for fact in held]
    assert keys == sorted(keys)


def test_explain_goes_down_to_documents(desk):
    found = desk.explain("DELL", "operating_margin", segment="ISG", period="Q2 FY2026")
    computed = next(figure for figure in found if isinstance(figure, Derived))
    tree = desk.tree(computed)
    assert "8.75 %" in tree
    assert "https://" in tree


def test_a_figure_nobody_holds_is_not_found(desk):
    with pytest.raises(NotFoundError):
        desk.explain("DELL", "revenue", period="Q2 FY2050")


def test_metrics_and_companies_are_listed(desk, capsys):
    assert "ai_server_backlog" in {metric.id for metric in desk.metrics()}
    assert "DELL" in {company.ticker for company in desk.companies()}
    assert main(["metrics"]) == 0
    assert main(["companies"]) == 0
    assert "Friday nearest the end of January" in capsys.readouterr().out


def test_facts_and_explain_print(capsys):
    assert main(["facts", "DELL", "ai_server_backlog", "--period", "Q2 FY2026"]) == 0
    assert "11,700,000,000" in capsys.readouterr().out
    assert main(["explain", "DELL", "operating_margin", "--segment", "ISG", "--period", "Q2 FY2026"]) == 0
    assert "Operating income" in capsys.readouterr().out


def test_a_text_that_is_not_english_does_not_pass_a_gate(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Its numbers are counted, and none of them is covered."""
    article = tmp_path / "umsatz.txt"
    article.write_text(
        "Der Umsatz von Dell stieg im zweiten Quartal auf $29.8 Milliarden, ein Plus von 19% gegenüber dem "
        "Vorjahr, und das Unternehmen hat die Prognose für das Gesamtjahr damit erneut angehoben.",
        "utf-8",
    )
    given = ["check", str(article), "--company", "DELL", "--published", "2025-09-02"]
    assert main(given) == 0
    assert main([*given, "--require-coverage", "0.5"]) == 1
    assert "checked 0 of 2 numbers" in capsys.readouterr().out
