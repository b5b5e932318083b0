"""Each gate holds on the project, and each sees a planted violation."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from gates import coverage, examples, imports, names
from sources.standin import serving
from sources.world import world

from tieout.catalogue import Catalogue
from tieout.core.company import Company

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "tieout"
DOCS = sorted(
    path
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md"))
    if path.is_file()
)


def _plant(folder, path, text):
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return folder


# ---- the direction of imports


def test_imports_run_in_the_direction_of_the_design():
    assert imports.violations(PACKAGE) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("core/x.py", "import tieout.catalogue"),
        ("core/x.py", "from tieout import Desk"),
        ("core/x.py", "import click"),
        ("catalogue/x.py", "from tieout.ledger import Ledger"),
        ("ledger/x.py", "from tieout.catalogue import Catalogue"),
        ("read/x.py", "from tieout.ledger.view import View"),
        ("read/x.py", "from tieout import ledger"),
        ("read/x.py", "from tieout.verify import judge"),
        ("read/deep/x.py", "from ...verify import judge"),
        ("read/x.py", "from ..verify import judge"),
        ("verify/x.py", "def f():\n    from tieout.read import words"),
        ("verify/x.py", "import importlib\nimportlib.import_module('tieout.read')"),
        ("figures/x.py", "from tieout.verify import judge"),
        ("report/x.py", "from tieout.figures import Figures"),
        ("report/x.py", "from tieout.figures.figures import Figures"),
        ("report/x.py", "import click"),
        ("cli/x.py", "from tieout.verify import judge"),
        ("cli/x.py", "import rich"),
        ("desk.py", "from tieout.cli import main"),
        ("desk.py", "from tieout.batch import plan"),
        ("batch/x.py", "from tieout.verify import judge"),
        ("batch/x.py", "import rich"),
        ("doctor.py", "from tieout.report.console import Page"),
        ("figures/x.py", "from tieout.bench import score"),
        ("bench/x.py", "from tieout.read import read"),
        ("bench/x.py", "from tieout.read.attach import attach"),
        ("read/x.py", "from urllib import request"),
        ("desk.py", "import urllib.request"),
        ("verify/x.py", "import requests"),
        ("ingest/x.py", "import httpx"),
        ("ledger/x.py", "import lxml"),
        ("cli/x.py", "import platformdirs"),
        ("sources/x.py", "from tieout.ingest import xbrl"),
        ("attic/x.py", "import re"),
    ],
)
def test_a_planted_import_is_seen(tmp_path, path, text):
    assert len(imports.violations(_plant(tmp_path, path, text))) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("read/x.py", "from urllib.parse import urlsplit\nimport selectolax\nfrom tieout.core import claim"),
        ("read/x.py", "from . import words\nfrom .words import all"),
        (
            "report/x.py",
            "from tieout import __version__\nfrom tieout.figures.format import amount\nimport rich",
        ),
        ("sources/x.py", "import urllib.request"),
        ("bench/x.py", "from tieout.read.amounts import amounts"),
    ],
)
def test_an_allowed_import_is_left_alone(tmp_path, path, text):
    assert imports.violations(_plant(tmp_path, path, text)) == []


# ---- lint and types: `make test` runs both on the project


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("F821", "x = undefined\n"),
        ("BLE001", "try:\n    x = 1\nexcept Exception:\n    x = 2\n"),
        ("D103", "def f() -> int:\n    return 1\n"),
        ("ANN001", 'def f(a) -> int:\n    """One."""\n    return 1\n'),
        ("T201", "print(1)\n"),
        ("E501", f"x = '{'x' * 120}'\n"),
        ("DTZ011", "import datetime\nx = datetime.date.today()\n"),
        ("PGH003", "x = 1  # type: ignore\n"),
        ("FIX002", "x = 1  # TODO: later\n"),
    ],
)
def test_a_planted_lint_error_is_seen(tmp_path, code, text):
    _plant(tmp_path, "bad.py", f'"""A module."""\n\n{text}')
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "--no-cache",
            "--config",
            ROOT / "pyproject.toml",
            "--output-format",
            "concise",
            "bad.py",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert code in done.stdout


def test_every_lint_exception_has_a_reason():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    inside = False
    bare = []
    for line in lines:
        if line.startswith(("ignore = [", '"')) and line.endswith("["):
            inside = True
        elif line == "]":
            inside = False
        elif inside and "#" not in line:
            bare.append(line)
    assert bare == []


def test_a_planted_type_error_is_seen(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    _plant(tmp_path, "src/good.py", "def f(a: int) -> int:\n    return a\n")
    _plant(tmp_path, "src/bad.py", "def f(a) -> int:\n    return 'text'\n")
    done = subprocess.run(
        [Path(sys.executable).with_name("basedpyright"), "--pythonpath", sys.executable],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "reportReturnType" in done.stdout
    assert "reportMissingParameterType" in done.stdout
    assert "good.py" not in done.stdout


# ---- docs


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """A folder with the sample article, where the docs' examples run."""
    shutil.copy(PACKAGE / "demo" / "article.txt", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def _edgar(monkeypatch, tmp_path):
    """The made-up EDGAR that the examples ask, and folders of nobody's."""
    for name in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    with serving(world()) as address:
        monkeypatch.setenv("TIEOUT_EDGAR", address)
        yield


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.usefixtures("_edgar")
@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_examples_in_the_docs_print_what_they_say(path, workplace):
    assert examples.failures(path, workplace) == []


@pytest.mark.parametrize(
    "text",
    [
        "```console\n$ tieout --version\ntieout 9.9.9\n```\n",
        "```console\n$ tieout nonsense\n```\n",
        "```console exit=1\n$ tieout --version\n```\n",
        "```console\n$ tieout nonsense\n$ tieout --version\n```\n",
        "```console\ntieout --version\n```\n",
        "- a list\n\n  ```console\n  $ false\n  ```\n",
        "```python\n1 / 0\n```\n",
        "```python\n>>> 1 + 1\n3\n```\n",
        "```python\na = 1\n```\n\n```python\nassert a == 2\n```\n",
        "```text file=a.txt\none\n```\n\n```console\n$ cat a.txt\ntwo\n```\n",
        "```python file=a.py\n1 / 0\n```\n\n```console\n$ python a.py\n```\n",
    ],
)
def test_a_planted_wrong_example_is_seen(tmp_path, text):
    _plant(tmp_path, "bad.md", text)
    assert len(examples.failures(tmp_path / "bad.md", tmp_path)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "```console\n$ tieout --version\ntieout 0...\n$ echo a \\\n> b\na b\n```\n",
        "```console exit=2\n$ tieout nonsense\n...No such command 'nonsense'...\n```\n",
        "```python\na = 1\n```\n\n```python\n>>> a + 1\n2\n>>> print('x' * 9)\nxx...\n```\n",
        "```sh\nfalse\n```\n",
        "```text file=a.txt\none\n```\n\n```console\n$ cat a.txt\none\n```\n",
        "```python file=a.py\nprint(1)\n```\n\n```console\n$ python a.py\n1\n```\n",
    ],
)
def test_a_right_example_is_left_alone(tmp_path, text):
    _plant(tmp_path, "good.md", text)
    assert examples.failures(tmp_path / "good.md", tmp_path) == []


def test_the_docs_have_a_section_for_everything():
    assert coverage.undocumented(coverage.terms(), DOCS) == []


def test_a_missing_section_is_seen(tmp_path):
    _plant(tmp_path, "a.md", "# tieout check\n\n## `period.mixup`: another period\n\nperiod.other\n")
    wanted = ["tieout check", "period.mixup", "period.mix", "mixup", "period.other", "tieout facts"]
    assert coverage.undocumented(wanted, [tmp_path / "a.md"]) == wanted[2:]


def test_what_the_docs_must_cover_is_read_off_the_program():
    assert {"tieout check", "tieout demo", "wrong_period", "opinion", "flow"} <= set(coverage.terms())


# ---- company names


def test_tickers_count_as_written_and_names_in_small_letters_too():
    company = Company("ALL", "Acme Corp", ("Acme", "ALL"))
    assert names.names_of([company]) == {"ALL", "Acme Corp", "acme corp", "Acme", "acme"}


def test_a_name_may_be_a_word_of_code_in_small_letters_only():
    assert names.names_of([Company("M", "Meta", ("Meta",))]) == {"M", "Meta"}


COMPANIES = names.names_of(Catalogue.load().companies.values())


def test_no_company_is_named_in_code():
    assert COMPANIES
    assert names.violations(PACKAGE, COMPANIES) == []


@pytest.mark.parametrize(
    "text",
    [
        "x = 'Acme Corp'",
        "acme_margin = 1",
        "x = 1  # as at Acme",
        "x = f'{1} ACME'",
        "def f_acme(): ...",
        '"""Fine."""\nx = """Acme"""',
    ],
)
def test_a_planted_company_name_is_seen(tmp_path, text):
    assert len(names.violations(_plant(tmp_path, "x.py", text), {"Acme", "ACME", "acme", "Acme Corp"})) == 1


def test_docstrings_may_give_examples(tmp_path):
    text = '"""Such as Acme."""\nx = 1\n"""As Acme\nhas it."""\ndef f():\n    """Acme."""\n    acmeist = 1\n'
    assert names.violations(_plant(tmp_path, "x.py", text), {"Acme"}) == []
