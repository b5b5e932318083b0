"""Reports, on checks built by hand: no reader, ledger or checker is needed."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import get_args

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.core.article import Article, Block, Published, Span
from tieout.core.calendar import FiscalCalendar
from tieout.core.claim import Claim, Reading, Relation, Said, Standing
from tieout.core.errors import UsageError
from tieout.core.fact import Derived, Document, Fact, Grade
from tieout.core.finding import Check, Explanation, Finding, Verdict
from tieout.core.interval import Interval
from tieout.core.measure import Measure, Scenario, dimensions
from tieout.core.period import AnyBalance, Latest, Period
from tieout.core.quantity import Precision, Quantity
from tieout.report.console import Page, page_in_memory
from tieout.report.json import SCHEMA as NAME
from tieout.report.json import decimal, document, dumps
from tieout.report.marks import marks
from tieout.report.plain import plain
from tieout.report.save import save
from tieout.report.summary import corrections, summarise
from tieout.report.tables import facts
from tieout.report.terminal import write
from tieout.report.vocabulary import Vocabulary

ROOT = Path(__file__).parent.parent
CALENDAR = FiscalCalendar("nearest_weekday", 1, 4)
WORDS = Vocabulary({"ACME": CALENDAR}, {"backlog": "Backlog", "revenue": "Revenue"})
TEXT = (
    "Acme's year\n\nAcme's backlog reached $14.4 billion in Q2. Revenue was $20 billion, a record.\n\n"
    "Again: $14.4 billion.\n\nBacklog\t14.4\nRevenue\t20.0\n\n- margins held steady\n- bliss"
)
Q1, Q2 = (CALENDAR.period(2026, part) for part in ("Q1", "Q2"))


def _document(title="Acme Q2 release", known=date(2025, 8, 28), url="https://acme.example/q2"):
    return Document("press_release", title, url, known, Grade.HIGH)


def _fact(metric, period, value, decimals=-8, **given_):
    measure = Measure("ACME", metric, (), period)
    where = given_.pop("document", _document())
    return Fact(measure, Quantity(Decimal(value), "USD", decimals), where, **given_)


def _claim(text, words, metric="backlog", period=Q2, value=None, nth=0, **given_):
    start = [found.start() for found in re.finditer(re.escape(words), text)][nth]
    span = Span(start, start + len(words))
    said = None if value is None else Said(Interval.point(Decimal(value)), Decimal(value), "USD", figures=3)
    readings = (Reading((Measure("ACME", metric, (), period),), why=("the heading",)),)
    made = {
        "relation": Relation.LEVEL,
        "readings": readings,
        "said": said,
        "span": span,
        "number": span,
        "sentence": span,
    }
    return Claim(**{**made, **given_})


def _check(text=TEXT, **given_):
    blocks, at = [], 0
    for part in text.split("\n\n"):
        kind = "table_row" if "\t" in part else "list" if part.startswith("- ") else "paragraph"
        for row in part.split("\n"):
            cells = ()
            if "\t" in row:
                cut = at + row.index("\t")
                cells = (Span(at, cut), Span(cut + 1, at + len(row)))
            lead = 2 if kind == "list" else 0
            blocks.append(Block(kind, Span(at + lead, at + len(row)), cells, 0 if cells else -1))
            at += len(row) + 1
        at += 1
    known = _fact("backlog", Q2.closing(), 11_700_000_000)
    before = _fact("backlog", Q1.closing(), 14_400_000_000, document=_document("Acme Q1 release"))
    came_from = Explanation("period.mixup", Verdict.WRONG_PERIOD, before.measure, before, -1)
    wrong = {"known": known, "explanations": (came_from,), "correction": "the backlog was $11.7 billion"}
    ratio = Derived(
        Measure("ACME", "share", (), Q2),
        Interval(Decimal("0.3333"), None),
        Decimal(1) / 3,
        "ratio",
        "backlog / revenue",
        (known, _fact("revenue", Q2, 20_000_000_000)),
    )
    one, two = (
        _claim(text, "$14.4 billion", value=14_400_000_000, nth=nth, period=Q2.closing()) for nth in (0, 1)
    )
    steady = _claim(text, "held steady", period=AnyBalance(None, None))
    findings = (
        Finding("period.mixup", Verdict.WRONG_PERIOD, one, "true of Q1", one.readings[0], **wrong),
        Finding(
            "level.tie",
            Verdict.SUPPORTED,
            _claim(text, "$20 billion", "revenue", value=20_000_000_000),
            "ties",
            known=ratio,
            notes=("a coarse source",),
        ),
        Finding("period.mixup", Verdict.WRONG_PERIOD, two, "again", two.readings[0], **wrong),
        Finding(
            "gap.fact",
            Verdict.UNVERIFIABLE,
            _claim(text, "20.0", "revenue", Latest("quarter"), 20),
            "not held",
            missing="the revenue of the latest quarter",
        ),
        Finding("direction.flat", Verdict.CONTRADICTED, steady, "it fell", correction="it fell by a fifth"),
        Finding(
            "opinion",
            Verdict.OPINION,
            _claim(text, "bliss", readings=(), relation=Relation.OPINION),
            "not a checkable statement",
        ),
    )
    article = Article(text, tuple(blocks), "Acme's year", Published.day(date(2025, 8, 29)))
    return Check(
        **{
            "article": article,
            "companies": ("ACME",),
            "findings": findings,
            "numbers": 5,
            "ledger": "abc123",
            "notes": ("one paragraph is German",),
            **given_,
        }
    )


def _printed(check, width=100):
    page, stream = page_in_memory(width)
    write(check, WORDS, page)
    return stream.getvalue()


# ---- JSON

SCHEMA = json.loads((files("tieout.report") / "check.schema.json").read_text(encoding="utf-8"))


def _strict(schema):
    """The schema, refusing keys it does not name: an undocumented key must not slip out."""
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _strict(each) for key, each in schema.items()}
    return {**closed, "additionalProperties": False} if "properties" in schema else closed


def _validate(made):
    jsonschema.Draft202012Validator(_strict(SCHEMA)).validate(made)


def _keys(schema):
    if isinstance(schema, list):
        return set().union(*map(_keys, schema))
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", ())).union(*map(_keys, schema.values()))


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_json_holds_to_the_schema():
    _validate(json.loads(dumps(_check(), WORDS)))


def test_the_schema_lists_the_words_the_program_has():
    claim, reading = SCHEMA["$defs"]["claim"]["properties"], SCHEMA["$defs"]["reading"]["properties"]
    assert claim["verdict"]["enum"] == list(Verdict)
    assert claim["relation"]["enum"] == list(Relation)
    assert claim["scenario"]["enum"] == [*Scenario, None]
    assert reading["standing"]["enum"] == list(get_args(Standing))
    assert SCHEMA["properties"]["schema"]["const"] == NAME


@pytest.mark.parametrize(
    "break_it",
    [
        lambda made: made["claims"][0].pop("hedge"),
        lambda made: made.update(schema="tieout.check/2"),
        lambda made: made["claims"][0].update(value=14_400_000_000),
        lambda made: made["claims"][0].update(value="1.44E+10"),
        lambda made: made["claims"][0].update(verdict="wrong"),
        lambda made: made["claims"][0].update(surprise=1),
        lambda made: made["summary"].pop("stale"),
    ],
)
def test_the_schema_refuses_what_breaks_the_contract(break_it):
    made = json.loads(dumps(_check(), WORDS))
    break_it(made)
    with pytest.raises(jsonschema.ValidationError):
        _validate(made)


def test_the_doc_names_every_key():
    told = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")))
    assert _keys(SCHEMA) - told == set()
    assert _keys({**SCHEMA, "properties": {"surprise": {}}}) - told == {"surprise"}


def test_json_of_a_wrong_period():
    made = document(_check(), WORDS)
    claim = made["claims"][0]
    text = made["article"]["text"]
    assert text[claim["start"] : claim["end"]] == claim["quote"] == "$14.4 billion"
    assert (claim["verdict"], claim["code"]) == ("wrong_period", "period.mixup")
    assert claim["value"] == "14400000000"
    assert claim["period"] == {"label": "Q2 FY2026", "start": None, "end": "2025-08-01"}
    assert claim["known"] == {
        "value": "11700000000",
        "low": "11650000000",
        "high": "11750000000",
        "period": claim["period"],
        "basis": "reported",
        "source": {
            "title": "Acme Q2 release",
            "url": "https://acme.example/q2",
            "accession": None,
            "known": "2025-08-28",
        },
    }
    assert claim["true_of"][0]["period"]["label"] == "Q1 FY2026"
    assert made["article"]["published"] == {"from": "2025-08-29", "to": "2025-08-29"}


def test_json_of_a_derived_figure_names_the_document_known_last_and_open_ends():
    known = document(_check(), WORDS)["claims"][1]["known"]
    assert (known["value"], known["low"], known["high"]) == ("0.333333333333333333", "0.3333", None)
    assert (known["basis"], known["source"]["known"]) == ("derived", "2025-08-28")


def test_json_of_periods_the_text_leaves_open():
    claims = document(_check(), WORDS)["claims"]
    assert claims[3]["period"] == {"label": "latest reported quarter", "start": None, "end": None}
    assert claims[4]["period"] == {"label": "any balance date", "start": None, "end": None}
    assert (claims[5]["entity"], claims[5]["period"], claims[5]["dimensions"]) == (None, None, {})


def test_json_counts_all_verdicts():
    assert document(_check(), WORDS)["summary"] == {
        "numbers": 5,
        "claims": 6,
        "checked": 4,
        "supported": 1,
        "contradicted": 1,
        "wrong_period": 2,
        "wrong_metric": 0,
        "wrong_scale": 0,
        "stale": 0,
        "unverifiable": 1,
        "opinion": 1,
    }


def test_json_of_an_empty_article_with_nothing_known():
    made = document(Check(Article("", ()), (), (), 0, "v"), WORDS)
    _validate(made)
    assert (made["article"]["title"], made["article"]["published"]) == (None, None)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("14.4E9", "14400000000"),
        ("0.380", "0.38"),
        ("-3.024E9", "-3024000000"),
        ("-0", "0"),
        ("0E+3", "0"),
        ("9.40", "9.4"),
        ("100", "100"),
        ("1E-7", "0.0000001"),
    ],
)
def test_decimals_are_written_in_full(value, text):
    assert decimal(Decimal(value)) == text


def test_json_is_ascii_and_survives_lone_surrogates():
    check = _check()
    odd = Check(Article("\ud800 \x1b[31m é", ()), (), (), 0, check.ledger)
    text = dumps(odd, WORDS)
    assert text.isascii()
    assert json.loads(text)["article"]["text"] == odd.article.text


# ---- terminal


def test_the_terminal_report_reads_without_colour():
    text = _printed(_check())
    assert "\x1b" not in text
    assert "Acme's backlog reached [✗1 $14.4 billion] in Q2. Revenue was [✓2 $20 billion], a record." in text
    assert "✗1 wrong period: $11.7 billion is Backlog, Q2 FY2026 (Acme Q2 release, 2025-08-28)" in text
    assert "true of: Q1 FY2026 (Acme Q1 release, 2025-08-28)" in text
    assert "?4 unverifiable: the revenue of the latest quarter" in text
    assert "Revenue | [?4 20.0]" in text
    assert "- margins [✗5 held steady]" in text
    assert "~6 opinion" in text


def test_the_summary():
    text = _printed(_check())
    assert "checked 3 of 5 numbers; 4 of 6 claims have a verdict" in text
    assert "✗   2 wrong period" in text
    assert "✗1 “$14.4 billion” (2 times): the backlog was $11.7 billion" in text
    assert "about ACME; published 2025-08-29; ledger abc123" in text
    assert "note: one paragraph is German" in text


def test_an_unknown_date_is_said():
    check = _check()
    undated = Article(check.article.text, check.article.blocks)
    assert "date unknown: rules of time abstain" in _printed(_check(article=undated))


def test_notes_stand_under_their_paragraph():
    lines = _printed(_check()).splitlines()
    first, again = (next(i for i, line in enumerate(lines) if mark in line) for mark in ("[✗1", "[✗3"))
    note = next(i for i, line in enumerate(lines) if "✗1 wrong period" in line)
    assert first < note < again


def test_a_table_is_not_torn_apart_by_notes():
    lines = _printed(_check()).splitlines()
    at = lines.index("Backlog | 14.4")
    assert lines[at + 1].startswith("Revenue | ")


@pytest.mark.parametrize("width", [30, 60, 100])
def test_lines_keep_to_the_width(width):
    assert max(map(len, _printed(_check(), width).splitlines())) <= width


def test_ascii_streams_get_ascii_marks():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    write(_check(), WORDS, Page(stream, width=100))
    stream.flush()
    text = raw.getvalue().decode("ascii")
    assert "[X1 $14.4 billion]" in text
    assert "+2 supported" in text


HOSTILE = "\x1b[2J\x1b]0;owned\x07 [bold red]100[/] \x9b31m \u202egnp.exe\u2066 {0} \r\n :smile: \ud800 100"


def test_hostile_text_never_reaches_the_terminal():
    claim = _claim(HOSTILE, "100", value=100)
    finding = Finding("gap.fact", Verdict.UNVERIFIABLE, claim, HOSTILE, missing=HOSTILE, notes=(HOSTILE,))
    text = _printed(Check(Article(HOSTILE, ()), (HOSTILE,), (finding,), 1, HOSTILE, (HOSTILE,)))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert "[bold red][?1 100][/]" in text
    assert ":smile:" in text


@given(st.text())
def test_plain_text_has_no_controls_whatever_comes(text):
    safe = plain(text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", safe)
    assert plain(safe) == safe
    plain(text, "ascii").encode("ascii")
    plain(text, "cp1252").encode("cp1252")


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=8))
def test_marks_that_overlap_become_one_and_none_is_lost(spans):
    text = "x" * 41
    claims = [_claim(text, "x", number=Span(a, a + n)) for a, n in spans]
    findings = tuple(Finding("c", Verdict.OPINION, claim, "m") for claim in claims)
    check = Check(Article(text, ()), (), findings, 0, "v")
    found = marks(check)
    assert sorted(index for mark in found for index in mark.findings) == list(range(len(spans)))
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    printed = _printed(check)
    assert all(f"~{index + 1} " in printed for index in range(len(spans)))


def test_a_claim_outside_all_blocks_is_still_shown():
    check = _check()
    bare = Article(TEXT, check.article.blocks[:1], check.article.title)
    text = _printed(_check(article=bare))
    assert "✗1 wrong period: “$14.4 billion”" in text


# ---- counts, periods, tables, files


def test_coverage_counts_numbers_and_not_claims():
    counts = summarise(_check())
    assert (counts.checked, counts.covered) == (4, 3)
    assert counts.covers(0.6)
    assert not counts.covers(0.61)
    assert summarise(Check(Article("", ()), (), (), 0, "v")).covers(1)


def test_the_most_repeated_correction_comes_first():
    ranked = corrections(_check())
    assert [(finding.correction, times) for finding, times in ranked] == [
        ("the backlog was $11.7 billion", 2),
        ("it fell by a fifth", 1),
    ]


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (Q2, "Q2 FY2026"),
        (Q2.closing(), "Q2 FY2026"),
        (None, ""),
        (CALENDAR.period(2026, "FY"), "FY2026"),
        (Latest("year", 4), "latest reported year, one year earlier"),
        (Latest("quarter", 1), "latest reported quarter, one quarter earlier"),
        (Period(date(2025, 1, 1), date(2025, 1, 9)), "2025-01-01 to 2025-01-09"),
        (Period(date(2025, 2, 27), date.max), "from 2025-02-27"),
        (Period(None, date(1, 1, 1)), "0001-01-01"),
        (Period(None, date(9998, 1, 1)), "9998-01-01"),
    ],
)
def test_period_labels(period, label):
    assert WORDS.period("ACME", period) == label


def test_no_fiscal_label_without_the_company_s_calendar():
    assert WORDS.period("OTHER", Q2) == "2025-05-03 to 2025-08-01"


def test_measures_in_words():
    measure = Measure("ACME", "revenue_yoy", dimensions(segment="ISG"), Q2, Scenario.GUIDANCE)
    assert WORDS.measure(measure) == "ISG Revenue, growth on the year before (guidance), Q2 FY2026"


def test_a_table_of_facts_shows_every_vintage():
    page, stream = page_in_memory()
    held = (
        _fact("revenue", Q2, 20_000_000_000, vintage="first reported"),
        _fact("revenue", Q2, 21_000_000_000, Precision.UNKNOWN, vintage="recast", primary=False),
    )
    facts(held, WORDS, page)
    head, titles, one, two = stream.getvalue().splitlines()
    assert head == "ACME revenue: Revenue"
    assert titles.split() == [
        "period",
        "value",
        "unit",
        "precision",
        "vintage",
        "known",
        "grade",
        "weight",
        "document",
    ]
    assert re.split(r"  +", one) == [
        "Q2 FY2026",
        "20,000,000,000",
        "USD",
        "-8",
        "first reported",
        "2025-08-28",
        "high",
        "refutes",
        "Acme Q2 release",
    ]
    assert "supports only, not primary" in two


def test_files_are_written_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "report.json"
    save(target, "one\n")
    save(target, "two é \ud800\n")
    assert target.read_bytes() == "two é \\ud800\n".encode()

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(UsageError, match="No space left"):
        save(target, "three\n")
    monkeypatch.undo()
    assert target.read_text().startswith("two")
    assert [file.name for file in tmp_path.iterdir()] == ["report.json"]


def test_a_file_in_no_folder_is_an_error_with_a_fix(tmp_path):
    with pytest.raises(UsageError) as caught:
        save(tmp_path / "nowhere" / "report.json", "text")
    assert "folder" in caught.value.fix


def test_no_color_is_respected(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = io.StringIO()
    write(_check(), WORDS, Page(coloured))
    assert "\x1b[" in coloured.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    quiet = io.StringIO()
    write(_check(), WORDS, Page(quiet))
    assert not re.search(r"\x1b\[[\d;]*3\dm", quiet.getvalue())
