"""The gate for a newsroom: the hook definition, the reusable workflow, the project as their first user."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tieout.cli import main

ROOT = Path(__file__).parent.parent
WORKFLOWS = ROOT / ".github" / "workflows"
ARTICLES = sorted((ROOT / "docs" / "articles").glob("*.md"))
TRUE = "Dell's revenue was $29.8 billion in Q2 FY2026.\n"
FALSE = "Dell's AI server backlog was $14.4 billion at the end of Q2 FY2026.\n"
BASH, GIT = shutil.which("bash"), shutil.which("git")
INSTALLS = "Install"
"""The one step a test without a network leaves out."""

pytestmark = pytest.mark.skipif(not GIT or os.name == "nt", reason="runs bash and git")


def _parsed(name):
    return yaml.safe_load((WORKFLOWS / name).read_text(encoding="utf-8"))


WORKFLOW = _parsed("check-articles.yml")
INPUTS = WORKFLOW[True]["workflow_call"]["inputs"]  # YAML 1.1 reads "on" as true
JOB = WORKFLOW["jobs"]["check"]


def _git(folder, *arguments):
    name = ("-c", "user.name=x", "-c", "user.email=x@y.z")
    done = subprocess.run([GIT, *name, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path):
    """A repository with one commit, and a function that commits files on top."""
    folder = tmp_path / "repository"
    folder.mkdir()
    _git(folder, "init", "-q")

    def commit(**files):
        for name, text in files.items():
            path = folder / name.replace("__", "/").replace("_md", ".md")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        _git(folder, "add", "-A")
        _git(folder, "commit", "-q", "--allow-empty", "-m", "x")
        return _git(folder, "rev-parse", "HEAD")

    return folder, commit


def _run(folder, base, **inputs):
    """Run the workflow's scripts as its runner would: exit code of the first that fails, and all output."""
    given = {name: str(value["default"]) for name, value in INPUTS.items()} | inputs
    told = {f"inputs.{name}": value for name, value in given.items()}
    told["github.event.pull_request.base.sha || github.event.before"] = base
    variables = {
        name: re.sub(r"\$\{\{ (.*?) \}\}", lambda found: told[found[1]], value)
        for name, value in JOB["env"].items()
    }
    temporary = folder.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    said = ""
    for step in JOB["steps"]:
        if "run" not in step or step["name"] == INSTALLS:
            continue
        done = subprocess.run(
            [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=folder,
            env={**os.environ, **variables, "PATH": path, "RUNNER_TEMP": str(temporary)},
            capture_output=True,
            check=False,
            text=True,
        )
        said += done.stdout + done.stderr
        if done.returncode:
            return done.returncode, said
    return 0, said


def test_the_gate_checks_only_what_changed(repository):
    folder, commit = repository
    base = commit(old_md=FALSE)
    commit(new_md=TRUE, articles__more_md=FALSE, notes=FALSE)
    code, said = _run(folder, base, published="2025-08-29")
    assert code == 1
    assert "::error file=articles/more.md,line=1," in said
    assert "old.md" not in said
    assert "notes" not in said
    run = json.loads((folder / "tieout.sarif").read_text())["runs"][0]
    assert [result["ruleId"] for result in run["results"]] == ["period.mixup"]
    code, said = _run(folder, base, published="2025-08-29", paths="new.md none/*.md")
    assert code == 0
    assert "::notice file=new.md" in said


@pytest.mark.parametrize("base", ["", "0" * 40])
def test_a_new_branch_is_checked_whole(repository, base):
    folder, commit = repository
    commit(old_md=FALSE)
    code, said = _run(folder, base)
    assert code == 1
    assert "::error file=old.md" in said


def test_nothing_changed_is_nothing_wrong(repository):
    folder, commit = repository
    base = commit(old_md=FALSE)
    code, said = _run(folder, base)
    assert (code, said) == (0, "::notice title=tieout::no article changed\n")
    assert not (folder / "tieout.sarif").exists()


def test_the_gate_s_inputs_reach_the_command(repository):
    folder, commit = repository
    base = commit()
    commit(new_md="Revenue was $29.8 billion in Q2 FY2026, or about 14 times forward earnings.\n")
    assert _run(folder, base)[0] == 2
    assert _run(folder, base, company="DELL")[0] == 0
    assert _run(folder, base, company="DELL HPE", **{"require-coverage": "0.9"})[0] == 1
    code, said = _run(folder, base, company="DELL", published="someday")
    assert code == 2
    assert "'someday' is no date" in said


PACK = 'ticker = "XMPL"\nname = "Example"\nnames = ["Example"]\n[calendar]\nmonth = 6\n'
FACTS = (
    "metric,start,end,value,unit,decimals,known,kind,title,url,grade\n"
    "revenue,2025-04-01,2025-06-30,1210000000,USD,-6,2025-08-05,filing,10-K,https://example.org/x,high\n"
)
OWN = "Example's revenue was $1.3 billion in Q4 FY2025.\n"


def test_a_folder_of_the_repository_brings_companies_of_its_own(repository, capsys, monkeypatch):
    folder, commit = repository
    base = commit()
    commit(new_md=OWN, **{"facts__XMPL.toml": PACK, "facts__XMPL.csv": FACTS})
    assert _run(folder, base)[0] == 2
    code, said = _run(folder, base, ledger="facts", published="2025-09-10")
    assert code == 1
    assert "title=contradicted (value.false)" in said
    monkeypatch.chdir(folder)  # and the hook, with `args: [--ledger, facts]`
    assert main(["check", "--ledger", "facts", "new.md"]) == 1
    assert "about XMPL" in capsys.readouterr().out


def test_what_a_caller_or_an_author_writes_is_no_shell(repository):
    folder, commit = repository
    base = commit()
    commit(**{"$(touch pwned)_md": TRUE})
    hostile = "$(touch pwned); touch pwned #"
    _run(folder, base, paths=f"*.md {hostile}", company=hostile, published=hostile, ledger=hostile)
    assert _run(folder, base)[0] == 0
    assert not (folder / "pwned").exists()
    assert all("${{" not in step.get("run", "") for step in JOB["steps"])


def test_the_project_s_own_articles_pass_their_gate(repository):
    folder, commit = repository
    call = _parsed("articles.yml")["jobs"]["articles"]
    assert call["uses"] == "./.github/workflows/check-articles.yml"
    assert set(call["with"]) <= set(INPUTS)
    base = commit()
    assert ARTICLES
    commit(**{f"docs__articles__{path.name}": path.read_text(encoding="utf-8") for path in ARTICLES})
    code, said = _run(folder, base, **call["with"])
    assert code == 0, said
    assert said.count("::notice") == len(ARTICLES)


def test_the_hook_takes_the_files_that_pre_commit_passes(tmp_path, capsys):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["id"] == "tieout"
    assert hook["pass_filenames"] is True
    program, *arguments = shlex.split(hook["entry"])
    assert program == "tieout"
    files = []
    for name, text in (("a.md", TRUE), ("b.md", FALSE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        files.append(str(tmp_path / name))
    assert main([*arguments, *files[:1]]) == 0
    assert main([*arguments, *files]) == 1
    assert capsys.readouterr().out.count("==> ") == 2
