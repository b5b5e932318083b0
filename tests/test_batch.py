"""Many articles at once: found, checked in parallel, resumed, counted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tieout.batch import Order, carry_out, plan
from tieout.batch import run as running
from tieout.batch.manifest import Manifest
from tieout.cli import main
from tieout.core.errors import NotFoundError, TieoutError, UsageError
from tieout.report.entry import Entry, Share

TRUE = "Dell's revenue was $29.8 billion in Q2 FY2026. Reader {} agrees.\n"
FALSE = "Dell's AI server backlog was $14.4 billion at the end of Q2 FY2026. Reader {} agrees.\n"
MANY = 200


def _articles(folder, count, *, wrong_every=4):
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = (FALSE if number % wrong_every == 0 else TRUE).format(number)
        (folder / f"{number:03}.md").write_text(text, encoding="utf-8")
    return folder


def _run(folder, out, *, jobs=1, required=None, **order):
    done = []
    order = Order(**{"form": "jsonl", "published": "2025-08-29", **order})
    tally = carry_out(plan([folder], out), order, done.append, jobs=jobs, required=required)
    return tally, done


def _rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# ---- a folder of reports


def test_reports_stay_in_their_folder_however_the_articles_are_named(tmp_path, monkeypatch):
    _articles(tmp_path / "articles", 2)
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    before = set(tmp_path.rglob("*"))
    for name, given in (("one", ["../articles/000.md", "../articles/001.md"]), ("two", ["../articles"])):
        carry_out(
            plan([Path(each) for each in given], Path(name)), Order("json"), lambda _: None, required=None
        )
    made = set(tmp_path.rglob("*.md.json"))
    assert len(made) == 4
    new = set(tmp_path.rglob("*")) - before
    assert all(path.relative_to(tmp_path / "desk").parts[0] in ("one", "two") for path in new)


def test_two_hundred_articles_in_parallel(tmp_path, capsys):
    folder, out = _articles(tmp_path / "articles", MANY), tmp_path / "out"
    (folder / "sheet.md").write_bytes(b"PK\x03\x04")
    (folder / "nobody.txt").write_text("Revenue was $3 billion.\n", encoding="utf-8")
    (folder / "data.csv").write_text("no article", encoding="utf-8")
    given = [
        "check",
        str(folder),
        "--format",
        "json",
        "--out",
        str(out),
        "--jobs",
        "2",
        "--published",
        "2025-08",
    ]
    assert main(given) == 1
    told = capsys.readouterr()
    out_text = " ".join(told.out.split())
    assert "202 articles: 50 with wrong claims, 2 not checked" in out_text
    assert "a Word or ZIP file" in out_text
    assert told.err == ""
    index = _rows(out / "index.jsonl")
    assert [row["file"] for row in index] == sorted(row["file"] for row in index)
    assert len(index) == MANY + 2
    assert sum(bool(row["error"]) for row in index) == 2
    reports = [out / row["output"] for row in index if not row["error"]]
    assert all(json.loads(path.read_text())["schema"] == "tieout.check/1" for path in reports)
    summary = json.loads((out / "summary.json").read_text())
    assert summary["kinds"] == {"period.mixup": 50}
    assert summary["companies"] == {"DELL": {"articles": 200, "claims": 200, "checked": 200, "wrong": 50}}
    assert summary["articles"] == {"given": 202, "made": 200, "kept": 0, "failed": 2, "wrong": 50, "short": 0}

    stamps = {path: path.stat().st_mtime_ns for path in reports}
    assert main(given) == 1
    assert "200 kept from before" in capsys.readouterr().out
    assert stamps == {path: path.stat().st_mtime_ns for path in reports}


def test_only_what_changed_is_made_again(tmp_path):
    folder, out = _articles(tmp_path / "articles", 3), tmp_path / "out"
    first, _ = _run(folder, out)
    assert first.articles["made"] == 3
    os.utime(folder / "000.md")
    (folder / "001.md").write_text(FALSE.format("another"), encoding="utf-8")
    (out / "reports" / "002.md.jsonl").unlink()
    again, done = _run(folder, out)
    assert (again.articles["made"], again.articles["kept"]) == (2, 1)
    assert len(done) == 3
    assert again.summary()["wrong"] == 2


@pytest.mark.parametrize("change", [{"published": "2025-08"}, {"company": ("DELL",)}, {"form": "sarif"}])
def test_other_options_make_everything_again(tmp_path, change):
    folder, out = _articles(tmp_path / "articles", 2), tmp_path / "out"
    _run(folder, out)
    again, _ = _run(folder, out, **change)
    assert again.articles["made"] == 2


def test_another_ledger_or_program_makes_everything_again(tmp_path, monkeypatch):
    folder, out, facts = _articles(tmp_path / "articles", 2), tmp_path / "out", tmp_path / "facts"
    facts.mkdir()
    _run(folder, out, ledger=facts)
    assert _run(folder, out, ledger=facts)[0].articles["kept"] == 2
    assert (
        _run(folder, out)[0].articles["kept"] == 2
    )  # an empty folder over the bundled facts changes nothing
    (facts / "ACME.csv").write_text(
        "metric,end,value,unit,decimals,known,kind,title,grade\n"
        "revenue,2025-06-30,1,USD,0,2025-07-30,filing,10-Q,high\n",
        encoding="utf-8",
    )
    assert _run(folder, out, ledger=facts)[0].articles["made"] == 2
    monkeypatch.setattr("tieout.batch.work.__version__", "9.9.9")
    assert _run(folder, out, ledger=facts)[0].articles["made"] == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
@pytest.mark.parametrize("sent", ["SIGINT", "SIGKILL"])
def test_a_run_that_is_stopped_goes_on_where_it_was(tmp_path, sent):
    folder, out = _articles(tmp_path / "articles", MANY), tmp_path / "out"
    command = [sys.executable, "-m", "tieout", "check", str(folder), "--format", "jsonl", "--out", str(out)]
    with subprocess.Popen(
        [*command, "--jobs", "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as run:
        manifest = out / "manifest.jsonl"
        for _ in range(600):
            if manifest.exists() and manifest.stat().st_size > 3000:
                break
            time.sleep(0.05)
        if sent == "SIGINT":
            os.killpg(run.pid, signal.SIGINT)  # as a terminal does: the workers get it too
        else:
            run.kill()
        said, complained = run.communicate(timeout=60)
    if sent == "SIGINT":
        assert (run.returncode, said, complained) == (130, b"", b"")
    done = len(_rows(manifest)) if manifest.read_bytes().endswith(b"\n") else 0
    assert 0 < done < MANY
    assert not (out / "index.jsonl").exists()
    finished = subprocess.run(command, capture_output=True, check=False, text=True, timeout=120)
    assert (finished.returncode, finished.stderr) == (1, "")
    summary = json.loads((out / "summary.json").read_text())
    assert summary["articles"]["kept"] >= done
    assert summary["articles"]["made"] + summary["articles"]["kept"] == MANY
    assert len(_rows(out / "index.jsonl")) == MANY


def test_a_line_cut_short_is_written_anew(tmp_path):
    path = tmp_path / "manifest.jsonl"
    entry = Entry("a.md", "reports/a.md.json", "d", "m", companies={"ACME": Share(2, 1, 1)}, kinds={"x.y": 1})
    with Manifest(path) as manifest:
        manifest.add(entry)
    path.write_bytes(path.read_bytes() + b'not JSON\n{"file": "b.md", "out')
    with Manifest(path) as manifest:
        assert manifest.held("a.md") == entry
        assert manifest.held("b.md") is None
        manifest.add(Entry("b.md", error="no"))
    with Manifest(path) as manifest:
        assert manifest.held("b.md") == Entry("b.md", error="no")


def test_exit_codes(tmp_path):
    good = _articles(tmp_path / "good", 2, wrong_every=9)
    (good / "000.md").write_text(TRUE.format(0), encoding="utf-8")
    assert _run(good, tmp_path / "a")[0].exit_code == 0
    assert _run(_articles(tmp_path / "bad", 2), tmp_path / "b")[0].exit_code == 1
    (good / "000.md").write_bytes(b"%PDF")
    assert _run(good, tmp_path / "c")[0].exit_code == 0
    (good / "001.md").write_text("About 14 times forward earnings, says Dell.", encoding="utf-8")
    assert _run(good, tmp_path / "d", required=0.5)[0].exit_code == 1
    (good / "001.md").write_bytes(b"%PDF")
    assert _run(good, tmp_path / "e")[0].exit_code == 2


def test_a_defect_met_in_one_article_does_not_stop_the_others(tmp_path, monkeypatch):
    folder = _articles(tmp_path / "articles", 3)
    real = running.make

    def make(job):
        if job.article.name == "001.md":
            raise RecursionError("too deep")
        return real(job)

    monkeypatch.setattr(running, "make", make)
    tally, done = _run(folder, tmp_path / "out")
    assert tally.articles["made"] == 2
    assert [entry.error for entry in done if entry.error] == ["a defect of tieout: RecursionError: too deep"]


def test_a_killed_worker_is_an_error_with_a_fix(tmp_path, monkeypatch):
    folder = _articles(tmp_path / "articles", 3)
    monkeypatch.setattr(running, "make", _die)
    with pytest.raises(TieoutError, match="was killed") as caught:
        _run(folder, tmp_path / "out", jobs=2)
    assert "again" in caught.value.fix


def _die(_job):
    os._exit(9)


def test_reports_in_html_get_an_index_page(tmp_path):
    folder = _articles(tmp_path / "articles", 2)
    (folder / "000.md").write_text("# <b>Dell</b> & co\n\n" + FALSE, encoding="utf-8")
    (folder / "x y.md").write_bytes(b"%PDF")
    _run(folder, tmp_path / "out", form="html")
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert '<a href="reports/000.md.html">' in page
    report = (tmp_path / "out" / "reports" / "000.md.html").read_text(encoding="utf-8")
    assert report.startswith("<!doctype html>")
    assert "✗ 1" in page
    assert "not checked: this is a PDF" in page
    assert "<b>Dell" not in page
    assert page.endswith("</html>\n")


def test_another_format_leaves_nothing_of_the_one_before(tmp_path):
    folder, out = _articles(tmp_path / "articles", 2), tmp_path / "out"
    _run(folder, out, form="html")
    _run(folder, out, form="jsonl")
    assert sorted(path.name for path in out.rglob("*") if path.is_file()) == [
        "000.md.jsonl",
        "001.md.jsonl",
        "index.jsonl",
        "manifest.jsonl",
        "summary.json",
    ]


def test_a_page_and_files_of_anybody_else_s_stay(tmp_path):
    folder, out = _articles(tmp_path / "articles", 1), tmp_path / "out"
    _run(folder, out, form="html")
    (out / "index.html").write_text("<title>Our newsroom</title>", encoding="utf-8")
    (tmp_path / "precious").write_text("x", encoding="utf-8")
    manifest = out / "manifest.jsonl"
    manifest.write_text(manifest.read_text().replace("reports/000.md.html", "../precious"))
    _run(folder, out, form="jsonl")
    assert (out / "index.html").read_text(encoding="utf-8") == "<title>Our newsroom</title>"
    assert (tmp_path / "precious").exists()


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("markdown", ["a.checked.md", "a.txt.md"]),
        ("terminal", ["a.checked.txt", "a.md.txt"]),
        ("jsonl", ["a.md.jsonl", "a.txt.jsonl"]),
    ],
)
def test_a_report_has_no_ending_twice(tmp_path, form, names):
    (tmp_path / "articles").mkdir()
    for name in ("a.md", "a.txt"):
        (tmp_path / "articles" / name).write_text(TRUE, encoding="utf-8")
    _run(tmp_path / "articles", tmp_path / "out", form=form)
    assert sorted(path.name for path in (tmp_path / "out" / "reports").iterdir()) == names


def test_two_reports_never_go_to_one_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "a.checked"):
        Path(name).write_text(TRUE, encoding="utf-8")
    with pytest.raises(UsageError, match=r"a\.md and a\.checked"):
        carry_out(
            plan([Path("a.md"), Path("a.checked")], Path("out/")), Order("markdown"), print, required=None
        )


def test_a_second_run_into_the_same_folder_is_refused(tmp_path, capsys):
    folder, out = _articles(tmp_path / "articles", 2), tmp_path / "out"
    given = ["check", str(folder), "--format", "jsonl", "--out", str(out)]
    out.mkdir()
    with Manifest(out / "manifest.jsonl"):
        assert main(given) == 2
        told = capsys.readouterr().err
    assert f"another run writes into {out}" in told
    assert "--out" in told
    assert [path.name for path in out.iterdir()] == ["manifest.jsonl"]
    assert main(given) == 1


def test_many_articles_do_not_fill_memory(tmp_path):
    folder = _articles(tmp_path / "articles", 60)
    seen = []
    real = running._done

    def done(waiting):
        seen.append(len(waiting))
        return real(waiting)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "_done", done)
        _run(folder, tmp_path / "out")
    assert max(seen) <= running.AHEAD


# ---- which articles are meant


def test_folders_patterns_and_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a/1.md", "a/b/2.HTML", "a/.git/3.md", "a/out/4.md", "a/5.csv", "6.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("x", encoding="utf-8")
    assert [path.as_posix() for path in plan([Path("a")], Path("a/out")).articles] == ["a/1.md", "a/b/2.HTML"]
    found = plan([Path("a/**/*.md"), Path("a/1.md"), Path("6.txt")], Path("out"))
    assert [path.as_posix() for path in found.articles] == ["a/1.md", "a/out/4.md", "6.txt"]
    assert [found.name(path) for path in found.articles] == ["a/1.md", "a/out/4.md", "6.txt"]
    assert plan([Path("a")], Path("o")).name(Path("a/1.md")) == "1.md"


@pytest.mark.parametrize(
    ("given", "out", "folder"),
    [
        (["6.txt"], None, False),
        (["6.txt"], "report", False),
        (["6.txt"], ".", True),
        (["6.txt", "7.txt"], "report", True),
        (["6.txt", "7.txt"], "report.sarif", False),
        (["."], "report", True),
    ],
)
def test_where_reports_go(tmp_path, monkeypatch, given, out, folder):
    monkeypatch.chdir(tmp_path)
    for name in ("6.txt", "7.txt"):
        Path(name).write_text("x", encoding="utf-8")
    found = plan([Path(each) for each in given], Path(out) if out else None)
    assert (found.folder is not None) is folder


def test_what_means_no_article_says_so(tmp_path):
    with pytest.raises(NotFoundError, match="no articles"):
        plan([tmp_path], None)
    with pytest.raises(NotFoundError, match="no articles"):
        plan([tmp_path / "*.md"], None)
    with pytest.raises(UsageError, match="standard input"):
        plan([Path("-"), Path("x.md")], None)
    with pytest.raises(UsageError, match="no name"):
        plan([Path("-")], tmp_path)


def test_a_folder_that_cannot_be_made_is_an_error_with_a_fix(tmp_path):
    folder = _articles(tmp_path / "articles", 1)
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        _run(folder, tmp_path / "file" / "out")
    assert "--out" in caught.value.fix


def test_importing_the_batch_imports_no_shell():
    script = (
        "import sys, tieout.batch; print([m for m in sys.modules if m.startswith(('click', 'tieout.cli'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
