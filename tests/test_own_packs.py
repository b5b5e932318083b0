"""Packs of a folder of one's own: a company is one pack file and one facts file, without touching tieout."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tieout.batch import Order, carry_out, plan
from tieout.catalogue import MAX_BYTES, Catalogue
from tieout.cli import main
from tieout.core.errors import NotFoundError, ParseError, TieoutError
from tieout.desk import Desk

WALK = (Path(__file__).parents[1] / "docs" / "how-to" / "company.md").read_text(encoding="utf-8")


def _block(language, holding):
    """The page's own example."""
    (found,) = [
        body for body in re.findall(rf"```{language} [^\n]*\n(.*?)```", WALK, re.DOTALL) if holding in body
    ]
    return found


PACK = _block("toml", 'ticker = "XMPL"')
FACTS = _block("text", "Example Form 10-Q")
SENTENCE = "Example's revenue in the second quarter of fiscal 2026 was {}."
TRUE, FALSE = SENTENCE.format("$1.21 billion"), SENTENCE.format("$1.31 billion")
DAY = "2025-09-10"


@pytest.fixture
def folder(tmp_path):
    """A folder of one's own with the company of the walk-through."""
    made = tmp_path / "mine"
    made.mkdir()
    (made / "XMPL.toml").write_text(PACK, encoding="utf-8")
    (made / "XMPL.csv").write_text(FACTS, encoding="utf-8")
    return made


def _verdicts(desk, text, **given):
    return [finding.verdict.value for finding in desk.check(text, published=DAY, **given).findings]


# ---- a company more


def test_the_walk_through_adds_a_company(folder):
    """One pack file and one facts file, as the page writes them, and articles about it are checked."""
    desk = Desk.open(folder)
    assert desk.check(TRUE, published=DAY).companies == ("XMPL",)
    assert _verdicts(desk, TRUE) == ["supported"]
    assert _verdicts(desk, FALSE) == ["contradicted"]
    assert str(desk.period("Example Corporation", "Q2 FY2026")) == "2025-04-28 to 2025-07-27"


def test_what_the_pack_names_without_facts_is_taken_for_no_whole(folder):
    """Its own metric and its segment: a number of a part is not held against the company's."""
    desk = Desk.open(folder)
    for part in ("gadget revenue", "revenue of the Widget business"):
        text = f"In the second quarter of fiscal 2026 Example's {part} was $1.31 billion."
        assert _verdicts(desk, text) == ["unverifiable"]


def test_the_commands_know_the_company(folder, tmp_path, capsys):
    article = tmp_path / "article.md"
    article.write_text(FALSE, encoding="utf-8")
    given = ["--ledger", str(folder)]
    assert main(["check", str(article), "--published", DAY, *given]) == 1
    assert main(["check", str(article), "--published", DAY]) == 2  # without the folder nobody knows it
    capsys.readouterr()
    assert main(["facts", "Example", "revenue", *given]) == 0
    assert "Q2 FY2026" in capsys.readouterr().out
    assert main(["companies", *given]) == main(["metrics", *given]) == 0
    told = capsys.readouterr().out
    assert "Example" in told
    assert "example_line_revenue" in told
    assert main(["doctor", *given]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert f"of {folder}: XMPL" in told
    assert "facts of XMPL: 2, the newest known on 2025-09-03" in told


def test_completion_knows_the_folder_named_before_it(folder, monkeypatch, capsys):
    monkeypatch.setenv("_TIEOUT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", f"tieout facts --ledger {folder} XM")
    monkeypatch.setenv("COMP_CWORD", "4")
    main([])
    assert capsys.readouterr().out == "plain,XMPL\n"


def test_facts_alone_say_what_is_missing(folder):
    (folder / "XMPL.toml").unlink()
    desk = Desk.open(folder)
    assert [fact.quantity.value for fact in desk.facts("XMPL", "revenue")] == [Decimal(1_210_000_000)]
    with pytest.raises(NotFoundError) as caught:
        desk.check("Its revenue was $1.21 billion.", company="XMPL")
    assert "XMPL.toml beside the facts" in caught.value.fix


def test_a_pack_alone_judges_nothing_and_says_so(folder):
    (folder / "XMPL.csv").unlink()
    (finding,) = Desk.open(folder).check(FALSE, published=DAY).findings
    assert (finding.verdict, finding.missing) == ("unverifiable", "facts about XMPL")


# ---- more of a company that has a pack

MORE = """\
ticker = "DELL"
names = ["the Texan box maker"]
[[members]]
segment = "ISG"
names = ["big iron"]
[metrics.dell_robots]
label = "Robots"
unit = "count"
kind = "balance"
aliases = ["robots on the floor"]
"""


def test_a_pack_of_a_known_company_adds_to_it(folder):
    (folder / "DELL.toml").write_text(MORE, encoding="utf-8")
    (folder / "DELL.csv").write_text(
        "metric,end,value,unit,decimals,known,kind,title,url,grade\n"
        "dell_robots,2025-08-01,1234,count,exact,2025-08-28,filing,10-Q,https://example.org/x,high\n",
        encoding="utf-8",
    )
    desk = Desk.open(folder)
    text = (
        "In Q2 FY2026 the Texan box maker's big iron revenue was $16.8 billion. "
        "At the end of Q2 FY2026 Dell had {} robots on the floor."
    )
    assert _verdicts(desk, text.format("1,234")) == ["supported", "supported"]
    assert _verdicts(desk, text.format("1,834")) == ["supported", "contradicted"]
    assert desk.period("DELL", "Q2 FY2026") == Desk.open().period("DELL", "Q2 FY2026")


@pytest.mark.parametrize("key", ['name = "Dell"', 'cik = "0000000001"', "[calendar]\nmonth = 12"])
def test_a_pack_of_a_known_company_changes_nothing(folder, key):
    (folder / "DELL.toml").write_text(f'ticker = "DELL"\n{key}\n', encoding="utf-8")
    with pytest.raises(ParseError, match=r"DELL\.toml: .* cannot be changed") as caught:
        Desk.open(folder)
    assert "leave it out" in caught.value.fix


# ---- errors

RIGHT = 'ticker = "XMPL"\nname = "Example"\nnames = ["Example"]\n[calendar]\nmonth = 1\n'


def _with(**changed):
    """The right pack with other lines: `names="[]"`, `calendar='month = 13'`, `more="[metrics]"`."""
    given = {
        "ticker": '"XMPL"',
        "name": '"Example"',
        "names": '["Example"]',
        "calendar": "month = 1",
        "more": "",
    }
    given |= changed
    head = "".join(f"{key} = {given[key]}\n" for key in ("ticker", "name", "names") if given[key])
    return f"{head}[calendar]\n{given['calendar']}\n{given['more']}\n"


METRIC = '[metrics.a]\nlabel = "A"\nunit = "USD"\n'
WRONG = [
    (_with(name=""), "XMPL.toml: name is missing"),
    (_with(name="7"), "XMPL.toml: name is 7, which is no text"),
    (_with(ticker='"ABCD"'), "XMPL.toml: ticker is 'ABCD', but the file is called XMPL"),
    (_with(ticker='"xmpl"'), "XMPL.toml: ticker is 'xmpl'"),
    (_with(names=""), "XMPL.toml: names are missing"),
    (_with(names='["Example", 3]'), "XMPL.toml: names holds 3"),
    (_with(names='["Example", ""]'), "XMPL.toml: names holds ''"),
    (_with(names=f'["{"…" * 50_000}"]'), "XMPL.toml: names holds '……"),
    (_with(names='["…"]'), "XMPL.toml: names holds '…'"),
    (_with(names='["Example", "nvidia"]'), "XMPL.toml: names holds 'nvidia', which is NVDA"),
    (_with(names='["Example"]\ncik = "12"'), "XMPL.toml: cik is '12'"),
    (_with(names='["Example"]\nnmae = "x"'), "XMPL.toml has unknown keys: nmae"),
    (RIGHT.partition("[calendar]")[0], "XMPL.toml: calendar is missing"),
    (RIGHT.replace("[calendar]\nmonth =", "calendar ="), "XMPL.toml: calendar holds 1, which is no table"),
    (_with(calendar="month = 13"), "XMPL.toml: calendar: month is 13"),
    (_with(calendar="month = true"), "XMPL.toml: calendar: month is True"),
    (_with(calendar="offset = 99999"), "XMPL.toml: calendar: offset is 99999"),
    (_with(calendar="monht = 1"), "XMPL.toml: calendar has unknown keys: monht"),
    (_with(calendar='rule = "weekly"'), "XMPL.toml: calendar: rule is 'weekly'"),
    (_with(calendar='known = { 2023 = "x" }'), "XMPL.toml: calendar: known: 2023 is 'x'"),
    (_with(calendar="known = { soon = 2023-01-01 }"), "XMPL.toml: calendar: known: soon is no fiscal year"),
    (_with(calendar="known = { 2023 = 2022-01-29 }"), "XMPL.toml: calendar: known makes a quarter of"),
    (_with(calendar="quarters = { month = 8 }"), "XMPL.toml: calendar: quarters makes a quarter of"),
    (_with(more="metrics = 3"), "XMPL.toml: calendar has unknown keys: metrics"),
    (_with(more="[metrics]\na = 3"), "XMPL.toml: metrics.a holds 3, which is no table"),
    (_with(more='[metrics.a]\nunit = "USD"'), "XMPL.toml: metrics.a: label is missing"),
    (_with(more=METRIC + 'kind = "flwo"'), "XMPL.toml: metrics.a: kind is 'flwo'"),
    (_with(more=METRIC + 'scenario = "dream"'), "XMPL.toml: metrics.a: scenario is 'dream'"),
    (_with(more=METRIC + 'aliases = ["shipped …"]'), "XMPL.toml: metrics.a: aliases holds 'shipped …'"),
    (_with(more=METRIC + 'formula = "b"'), "XMPL.toml: metrics.a: formula 'b' has no operation"),
    (_with(more=METRIC + 'formula = "revenue / b"'), "XMPL.toml: metrics.a: formula names 'b'"),
    (_with(more=METRIC + 'siblings = ["b"]'), "XMPL.toml: metrics.a: siblings names 'b'"),
    (_with(more=METRIC.replace(".a]", ".revenue]")), "XMPL.toml: metrics.revenue is declared a second time"),
    (_with(more='[families.f]\naliases = ["f"]'), "XMPL.toml: families.f: members are missing"),
    (_with(more='[families.f]\nmembers = ["b"]'), "XMPL.toml: families.f: members names 'b'"),
    (_with(more='[[members]]\nnames = ["A"]'), "XMPL.toml: members 1: segment is missing"),
    (_with(more='[[members]]\nsegment = "A"'), "XMPL.toml: members 1: names is missing"),
    (_with(more='[members]\nsegment = "A"'), "XMPL.toml: members is no list of tables"),
    (
        _with(more='[[members]]\nsegment = "A"\nnames = ["A"]\nmetric = "b"'),
        "XMPL.toml: members 1: metric names 'b'",
    ),
    (RIGHT.replace("name =", f"{'a' * 200_000} = 1\nname =", 1), "XMPL.toml has unknown keys: aaaa"),
    ("ticker = XMPL", "XMPL.toml is not valid TOML"),
    ("a = " + "[" * 100_000, "XMPL.toml is not valid TOML"),
    ("a = " + "9" * 100_000, "XMPL.toml is not valid TOML"),
    ("a" + ".a" * 100_000 + " = 1", "XMPL.toml holds more than 2000 dots"),
    ("\x00", "XMPL.toml is not valid TOML"),
    ("#" * (MAX_BYTES + 1), f"XMPL.toml holds more than {MAX_BYTES} bytes"),
]


def test_the_pack_that_the_wrong_ones_are_made_of_is_right(folder):
    (folder / "XMPL.toml").write_text(_with(), encoding="utf-8")
    assert _verdicts(Desk.open(folder), TRUE) != ["wrong"]


@pytest.mark.parametrize(("pack", "told"), WRONG, ids=[told[:60] for _, told in WRONG])
def test_an_error_names_file_key_and_fix(folder, pack, told, capsys):
    (folder / "XMPL.toml").write_text(pack, encoding="utf-8")
    with pytest.raises(ParseError) as caught:
        Desk.open(folder)
    assert str(folder / told.partition(" ")[0].rstrip(":")) in caught.value.message
    assert told in caught.value.message
    assert caught.value.fix
    assert main(["companies", "--ledger", str(folder)]) == 2
    said = capsys.readouterr().err
    assert caught.value.fix in said
    assert len(said) < 2000


EXAMPLES = int(os.environ.get("TIEOUT_FUZZ", "50"))
VALUES = [
    "1",
    "-1",
    "true",
    "1e9",
    '""',
    '"…"',
    "[]",
    "{}",
    "[[1]]",
    "2023-01-29",
    '"USD"',
    '["revenue"]',
    "nan",
]


@given(st.data())
@settings(max_examples=EXAMPLES)
def test_a_mangled_pack_is_a_pack_or_an_error_of_tieout_s_own(tmp_path_factory, data):
    """Whatever stands behind its keys, and whichever lines are missing or come twice."""
    folder = tmp_path_factory.mktemp("mangled")
    (folder / "XMPL.csv").write_text(FACTS, encoding="utf-8")
    lines = PACK.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        value = data.draw(st.sampled_from(VALUES))
        made = [[], [lines[at]] * 2, [f"{lines[at].partition('=')[0]}= {value}"]]
        lines[at : at + 1] = data.draw(st.sampled_from(made))
        lines = lines or [""]
    (folder / "XMPL.toml").write_text("\n".join(lines), encoding="utf-8")
    with suppress(TieoutError):
        Desk.open(folder).check(TRUE, published=DAY)


def test_no_utf_8_is_an_error_too(folder):
    (folder / "XMPL.toml").write_bytes(b'ticker = "\xff"')
    with pytest.raises(ParseError, match=r"XMPL\.toml is not valid TOML"):
        Desk.open(folder)


def test_two_packs_of_one_company_do_not_both_name_it(folder):
    (folder / "YMPL.toml").write_text(PACK.replace('"XMPL"', '"YMPL"'), encoding="utf-8")
    with pytest.raises(ParseError, match=r"YMPL\.toml"):
        Desk.open(folder)


def test_a_folder_that_is_none_is_an_error(folder, tmp_path, capsys):
    for none in (tmp_path / "none", folder / "XMPL.toml", "a\0b"):
        with pytest.raises(NotFoundError, match="cannot read the folder"):
            Desk.open(none)
        with pytest.raises(NotFoundError, match="cannot read the folder"):
            Catalogue.load(Path(none))
    assert main(["companies", "--ledger", str(tmp_path / "none")]) == 2
    assert "TICKER.toml" in capsys.readouterr().err


# ---- nothing stale


def test_desks_over_different_folders_do_not_know_of_each_other(folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "XMPL.toml").write_text(PACK.replace("month = 1", "month = 6"), encoding="utf-8")
    (other / "XMPL.csv").write_text(FACTS.replace("1210000000", "1310000000"), encoding="utf-8")
    one, two, bare = Desk.open(folder), Desk.open(other), Desk.open()
    for _ in range(2):
        assert _verdicts(one, TRUE) == ["supported"]
        assert str(one.period("XMPL", "Q2 FY2026")) != str(two.period("XMPL", "Q2 FY2026"))
        assert "XMPL" not in [company.ticker for company in bare.companies()]
        with pytest.raises(NotFoundError):
            bare.check(TRUE)


def test_a_pack_changed_on_disk_counts_from_the_next_desk_on(folder):
    before = Desk.open(folder)
    (folder / "XMPL.toml").write_text(PACK.replace('"Example",', '"Sample",', 1), encoding="utf-8")
    after = Desk.open(folder)
    text = TRUE.replace("Example", "Sample")
    assert _verdicts(after, text) == ["supported"]
    with pytest.raises(NotFoundError):
        before.check(text)
    assert before.check(TRUE).ledger != after.check(text).ledger


def test_the_same_packs_are_read_once(folder):
    assert Catalogue.load(folder) is Catalogue.load(folder)
    assert Catalogue.load(folder) is not Catalogue.load()


def test_an_index_of_facts_alone_leaves_the_catalogue_as_it_is(folder):
    (folder / "XMPL.toml").unlink()
    assert Catalogue.load(folder) is Catalogue.load()


def test_a_run_over_a_folder_is_made_again_when_a_pack_changes(folder, tmp_path):
    articles, out = tmp_path / "articles", tmp_path / "out"
    articles.mkdir()
    (articles / "a.md").write_text(FALSE, encoding="utf-8")
    order = Order("jsonl", published=DAY, ledger=folder)

    def run():
        return carry_out(plan([articles], out), order, lambda _: None, jobs=1, required=None)

    assert (run().kinds, run().articles["kept"]) == ({"value.false": 1}, 1)
    calendar = '[calendar]\nrule = "month_end"\nmonth = 2\n'
    pack = re.sub(r"\[calendar\].*?(?=\n\[\[)", calendar, PACK, flags=re.DOTALL)
    (folder / "XMPL.toml").write_text(pack, encoding="utf-8")
    again = run()
    assert (again.articles["made"], again.kinds) == (1, {})
    (row,) = map(json.loads, (out / "index.jsonl").read_text(encoding="utf-8").splitlines())
    assert row["verdicts"] == {"unverifiable": 1}


def test_workers_know_the_packs(folder, tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(4):
        (articles / f"{number}.md").write_text(FALSE, encoding="utf-8")
    order = Order("jsonl", published=DAY, ledger=folder)
    tally = carry_out(plan([articles], tmp_path / "out"), order, lambda _: None, jobs=2, required=None)
    assert (tally.articles["wrong"], tally.articles["failed"]) == (4, 0)


# ---- calendars


def test_quarters_of_their_own_follow_their_own_rule(folder):
    weeks = 'rule = "nearest_weekday"\nmonth = 12\nweekday = 5\nknown = { 2024 = 2025-01-04 }'
    pack = _with(calendar="month = 12", more=f"[calendar.quarters]\n{weeks}")
    (folder / "XMPL.toml").write_text(pack, encoding="utf-8")
    calendar = Catalogue.load(folder).company("XMPL").calendar
    assert [calendar.quarter_end(2025, quarter) for quarter in (1, 2, 3, 4)] == [
        date(2025, 4, 5),
        date(2025, 7, 5),
        date(2025, 10, 4),
        date(2025, 12, 31),
    ]
    assert calendar.quarter_end(2024, 1) == date(2024, 3, 30)
