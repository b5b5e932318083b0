"""The bench: its true sentences are true, its errors are errors, its figures are what happened."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from gates import imports
from hypothesis import given, settings
from hypothesis import strategies as st

from tieout.bench import speed
from tieout.bench.inject.__main__ import Asked, main, measured
from tieout.bench.inject.align import aligned
from tieout.bench.inject.article import story
from tieout.bench.inject.ask import Ask
from tieout.bench.inject.baseline import Baselines
from tieout.bench.inject.correction import amount_of, corrects
from tieout.bench.inject.figures import ERRORS, Figures
from tieout.bench.inject.mutate import MUTATIONS, false
from tieout.bench.inject.pages import section
from tieout.bench.inject.phrasing import check_seal, folder, parsed, phrasings
from tieout.bench.inject.rates import correlation, rate
from tieout.bench.inject.run import measure
from tieout.bench.inject.speech import Style, say
from tieout.bench.inject.split import cells
from tieout.bench.inject.store import compared, store
from tieout.bench.inject.table import document, lines
from tieout.bench.inject.truth import World
from tieout.catalogue import Catalogue
from tieout.cli import main as tieout
from tieout.core.errors import NotFoundError, ParseError, UsageError
from tieout.core.fact import Document, Fact, Grade
from tieout.core.finding import Verdict
from tieout.core.interval import Interval
from tieout.core.measure import Measure
from tieout.core.quantity import Quantity
from tieout.desk import Desk
from tieout.ledger import Ledger

PACKAGE = Path(__file__).parent.parent / "src" / "tieout"
SOME = 40
"""Articles that together hold every error."""


@cache
def world():
    return World(Ledger.open(), Catalogue.load())


@cache
def made(number, which="look"):
    return story(world(), phrasings(which), which, 1, number)


@cache
def told():
    return [one.told for number in range(SOME) for one in made(number).injected]


@cache
def a_run():
    return measure(Desk.open(), "look", 1, 6, lambda: None)


# ---- what is true is true


def held(ask):
    """The figures a question is about, read off the rows: what a person would compute with a pencil."""
    rows = [fact.quantity.value for fact in world().history.at(ask.subject)]
    if ask.base is None:
        return rows
    bases = [fact.quantity.value for fact in world().history.at(ask.base)]
    return [now - old if ask.relation == "points" else now / old - (ask.relation == "growth")
            for now in rows for old in bases]  # fmt: skip


def stated(ask):
    """The growth a company itself stated, on the very base asked about."""
    if ask.base is None:
        return []
    apart = (ask.subject.period.end - ask.base.period.end).days
    suffix = "_yoy" if apart > 180 else "_qoq"
    own = Measure(
        ask.subject.entity, f"{ask.subject.metric}{suffix}", ask.subject.dimensions, ask.subject.period
    )
    return [fact.quantity.value for fact in world().history.at(own)]


def true_by_the_rows(one):
    """Whether some row, or what follows from two, rounds to the number told; None where no row is held."""
    values = held(one.ask)
    values += stated(one.ask) if one.ask.relation == "growth" else []
    if one.ask.relation == "guidance":
        values = [fact.quantity.value for fact in world().history.at(one.ask.subject)]
    if not values:
        return None
    if one.hedge in ("nearly", "almost", "just under"):
        return any(value < one.number.value <= value * Decimal("1.02") for value in values)
    if one.hedge in ("more than", "over", "just over", "at least"):
        return any(value * Decimal("0.98") <= one.number.value < value for value in values)
    return any(one.number.interval.holds(value) for value in values)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_every_true_number_follows_from_the_rows(number):
    true = [one.told for one in made(number).injected if not one.told.mutation]
    assert [one for one in true if true_by_the_rows(one) is False] == []


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_no_wrong_number_follows_from_the_rows(number):
    wrong = [one.told for one in made(number).injected if one.told.mutation]
    asked = [one for one in wrong if one.mutation != "percent for points" and one.ask.relation != "guidance"]
    for one in asked:
        assert not any(one.number.interval.holds(value) for value in (*held(one.ask), *stated(one.ask))), one


def test_what_is_told_was_known_when_the_article_appeared():
    for number in range(SOME):
        article = made(number)
        for one in article.injected:
            if one.told.benign != "undated balance":
                assert one.told.figure.known <= article.on


def test_two_fifths_of_the_numbers_and_more_are_true_and_every_kind_occurs():
    assert sum(not one.mutation for one in told()) >= 0.4 * len(told())
    kinds = Counter(one.mutation for one in told())
    assert {name for name in ERRORS if not kinds[name]} <= {"superseded"}
    rewritten = {one.benign for one in told()}
    assert {"re-rounding", "unit rewriting", "hedge", "undated balance", "calendar or fiscal"} <= rewritten


def test_the_numbers_stand_where_the_article_says():
    article = made(3)
    for one in article.injected:
        assert article.text[one.start : one.end] == one.told.number.text
    assert 300 <= len(article.text.split()) <= 1_400
    assert article.text.startswith("# ")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.name)
def test_an_error_names_the_verdict_that_finds_it(mutation):
    found = [one for one in told() if one.mutation == mutation.name]
    assert all(mutation.verdicts <= one.verdicts for one in found)
    assert all(verdict.accuses for verdict in mutation.verdicts)


# ---- what would be true is no error


def fact(value, known, vintage="", metric="revenue", grade=Grade.HIGH):
    quarter = Catalogue.load().company("DELL").calendar.period(2026, "Q2")
    document = Document("filing", "A filing", "https://example.org/x", known, grade)
    return Fact(
        Measure("DELL", metric, (), quarter), Quantity(Decimal(value), "USD", -6), document, "", vintage
    )


def small(*facts):
    return World(Ledger.of(facts), Catalogue.load())


def test_a_number_true_of_an_older_version_is_no_error():
    held = fact(29_776_000_000, date(2025, 8, 28), "recast")
    both = small(held, fact(25_026_000_000, date(2025, 8, 27), "first reported"))
    number = say(Decimal(25_026_000_000), Style("word", 9, 1))
    assert false(small(held), (Ask("level", held.measure),), number)
    assert not false(both, (Ask("level", held.measure),), number)


def test_a_number_true_on_another_basis_is_no_error_where_the_words_leave_the_basis_open():
    gaap = fact(1_773_000_000, date(2025, 8, 28), metric="operating_income")
    adjusted = fact(2_284_000_000, date(2025, 8, 28), metric="operating_income_non_gaap")
    asked = Ask("level", gaap.measure)
    number = say(Decimal(2_284_000_000), Style("word", 9, 2))
    both = small(gaap, adjusted)
    assert false(both, (asked,), number)
    assert not false(both, (asked, asked.with_metric("operating_income_non_gaap")), number)


def test_a_number_a_unit_beside_is_no_error():
    held = fact(29_776_000_000, date(2025, 8, 28))
    asked = (Ask("level", held.measure),)
    assert not false(small(held), asked, say(Decimal(29_700_000_000), Style("word", 9, 1)))  # cut off
    assert not false(
        small(held), asked, say(Decimal(30_000_000_000), Style("word", 9, 1))
    )  # zeros say little
    assert false(small(held), asked, say(Decimal(29_500_000_000), Style("word", 9, 1)))


def test_errors_are_made_only_where_a_row_may_refute():
    asked = Ask("level", fact(1, date(2025, 8, 28)).measure)
    for weak in (
        fact(1, date(2025, 8, 28), grade=Grade.MEDIUM),
        fact(1, date(2025, 8, 28), "first reported"),
    ):
        assert not small(weak).refutable(asked, (asked,))
    assert small(fact(1, date(2025, 8, 28))).refutable(asked, (asked,))
    income = Ask("level", fact(1, date(2025, 8, 28), metric="operating_income").measure)
    gaap = small(fact(1, date(2025, 8, 28), metric="operating_income"))
    assert gaap.refutable(income, (income,))
    assert not gaap.refutable(income, (income, income.with_metric("operating_income_non_gaap")))


# ---- the same again, apart, and unseen


def test_a_seed_makes_the_same_articles_in_another_process():
    code = (
        "from tieout.bench.inject.article import story\n"
        "from tieout.bench.inject.phrasing import phrasings\n"
        "from tieout.bench.inject.truth import World\n"
        "from tieout.catalogue import Catalogue\n"
        "from tieout.ledger import Ledger\n"
        "w = World(Ledger.open(), Catalogue.load())\n"
        "print(story(w, phrasings('look'), 'look', 1, 5).text, end='')\n"
    )
    env = {
        **os.environ,
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(PACKAGE.parent),
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
    assert done.stdout.decode("utf-8").replace("\r\n", "\n") == made(5).text
    assert made(5).text != story(world(), phrasings("look"), "look", 2, 5).text


def test_the_two_sets_share_no_quarter_and_no_sentence():
    look, score = cells(world(), "look"), cells(world(), "score")
    assert not {(e, p) for e, pairs in look.items() for p, _ in pairs} & {
        (e, p) for e, pairs in score.items() for p, _ in pairs
    }
    assert set(look) - set(score)
    assert set(score) - set(look)
    texts = [{one.text for one in phrasings(which)} for which in ("look", "score")]
    assert not texts[0] & texts[1]
    assert len(texts[0] | texts[1]) >= 80


def test_the_seal_holds_and_a_changed_file_breaks_it():
    content = (folder() / "score.toml").read_bytes()
    sealed = (folder() / "SEALED").read_text(encoding="utf-8")
    check_seal(content, sealed)
    with pytest.raises(ParseError, match="sealed"):
        check_seal(content + b"\n", sealed)


def test_what_makes_the_articles_knows_nothing_of_the_checker(tmp_path):
    assert imports.knowing(PACKAGE) == []
    shutil.copytree(PACKAGE / "bench", tmp_path / "bench")
    path = tmp_path / "bench" / "inject" / "speech.py"
    path.write_text(path.read_text(encoding="utf-8") + "\nfrom tieout.read import words\n", encoding="utf-8")
    other = tmp_path / "bench" / "inject" / "fill.py"
    other.write_text(
        other.read_text(encoding="utf-8") + "\nimport tieout.bench.inject.run\n", encoding="utf-8"
    )
    assert len(imports.knowing(tmp_path)) == 2


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (
            'id = "a"\nkind = "level"\nof = ["flow"]\ntext = "{company} {valeu} {value}"',
            "unknown slots: valeu",
        ),
        ('id = "a"\nkind = "levle"\nof = ["flow"]\ntext = "{value}"', "kind"),
        ('id = "a"\nkind = "level"\nof = ["flows"]\ntext = "{value}"', "fits"),
        ('id = "a"\nkind = "level"\nof = []\ntext = "{value}"', "fits"),
        ('id = "a"\nkind = "level"\nof = ["flow"]\ntext = "{company}"', "no number"),
        ('id = "a"\nkind = "level"\nof = ["flow"]\ntext = "{value} in 2025"', "number of its own"),
        ('id = "a"\nkind = "level"\nof = ["flow"]\nsign = "+"\ntext = "{value}"', "sign"),
        ('id = "a"\nkind = "level"\nof = ["flow"]\nwhen = "Q2"\ntext = "{value}"', "unknown keys: when"),
        ('id = "a"\nkind = "headline"\nof = ["flow"]\ntext = "{value}\\n{value}"', "several lines"),
    ],
)
def test_a_phrasing_that_breaks_the_contract_is_refused(row, complaint):
    with pytest.raises(ParseError, match=complaint):
        parsed(f"[[phrasing]]\n{row}\n", "x.toml")


def test_ids_are_given_once_and_files_hold_something():
    row = '[[phrasing]]\nid = "a"\nkind = "level"\nof = ["flow"]\ntext = "{value}"\n'
    assert len(parsed(row, "x.toml")) == 1
    for text in (row + row, "", "[[phrasing]\n"):
        with pytest.raises(ParseError):
            parsed(text, "x.toml")


# ---- what happened is counted


def test_every_injected_number_is_counted_once():
    run = a_run()
    injected = [one for number in range(6) for one in made(number).injected]
    assert [one.one for one in run.outcomes] == injected
    found = Figures(run)
    assert sum(row.n for row in found.truths()[:-1]) == len(found.true)
    assert [row.n for row in found.errors()][-1] == len(found.wrong)
    counted = document(run)["verdicts"].values()
    assert sum(count for row in counted for count in row.values()) == len(injected)


def test_the_table_says_what_it_is_held_to():
    text = "\n".join(lines(a_run(), Desk.open(), misses=1))
    for part in ("true numbers accused", "collisions found", "prior year", "re-rounding", "near latest",
                 "companies and quarters: ", "wrong and not found, by reason", "named other"):  # fmt: skip
        assert part in text


def test_a_run_that_is_stopped_says_so(capsys):
    def stop():
        raise KeyboardInterrupt

    run = measure(Desk.open(), "look", 1, 3, stop)
    assert len(run.checked) == 1
    assert "stopped after 1" in next(iter(lines(run, Desk.open())))
    assert capsys.readouterr().out == ""


def test_a_later_run_that_is_worse_says_on_what(tmp_path):
    run = a_run()
    assert compared(run, tmp_path) == ("no stored run to compare with", ())
    path = store(run, tmp_path)
    assert compared(run, tmp_path)[1] == ()
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept["targets"]["errors found"]["hits"] += 1
    kept["truths"]["plain"]["judged"]["n"] += 1_000
    path.write_text(json.dumps(kept), encoding="utf-8")
    what, worse = compared(run, tmp_path)
    assert "worse on 1 " in what
    assert worse[0].startswith("worse on errors found: ")
    path.write_text(json.dumps({**kept, "seed": 2}), encoding="utf-8")
    assert compared(run, tmp_path)[0].startswith("not compared")


def test_a_rate_without_events_is_bounded_the_wider_the_more_claims_go_together():
    events = [(company, False) for company in "abcd" for _ in range(75)]
    assert str(rate(events)) == "0.0 % (<= 1.00)"
    assert rate(events, 0.5).high > 0.1
    assert rate([]).value is None
    assert str(rate([("a", True), ("a", False)])) == "50.0 % (one company)"


def test_the_interval_is_wide_where_companies_differ_and_narrow_where_they_do_not():
    apart = [(company, company in "ab") for company in "abcd" for _ in range(100)]
    alike = [(company, bool(turn % 2)) for company in "abcd" for turn in range(100)]
    wide, narrow = rate(apart), rate(alike)
    assert wide.value == narrow.value == 0.5
    assert wide.high - wide.low > 0.5
    assert narrow.low == narrow.high == 0.5
    assert correlation(apart) == 1
    assert correlation(alike) == 0


def test_places_are_found_again_in_the_text_as_read():
    source, read = "# A head\n\n- **$5** up\n", "A head\n\n$5 up"
    at = aligned(source, read)
    start, end = source.index("$5"), source.index("$5") + 2
    assert at(end - 1) + 1 == read.index("$5") + 2
    assert at(start) <= read.index("5")
    with pytest.raises(ValueError, match="letters and digits"):
        aligned(source, "A hea")


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("$29.776 billion", "29775500000", "29776500000"),
        ("$1,284 million", "1283500000", "1284500000"),
        ("-13.4 %", "-0.1345", "-0.1335"),
        ("+2.2 points", "0.0215", "0.0225"),
        ("$2.32 per share", "2.315", "2.325"),
    ],
)
def test_corrections_are_read(words, low, high):
    assert amount_of(words) == Interval(Decimal(low), Decimal(high))


def test_only_the_right_number_corrects():
    one = next(one for one in told() if one.benign == "plain" and one.ask.relation == "level")
    assert corrects(world(), one, one.number.text.replace("%", " %"))
    assert not corrects(world(), one, "$1.2345 trillion")
    assert not corrects(world(), one, None)


def test_the_baselines_do_what_they_say():
    plain = Baselines(world())
    collisions = [one for one in told() if one.mutation == "collision"]
    assert all(plain.occurs(one, (one.ask.subject.entity,)) for one in collisions)
    article, one = next(
        (article, one.told)
        for article in map(made, range(SOME))
        for one in article.injected
        if one.told.benign == "undated balance"
    )
    assert plain.near_latest(one, article.on)


# ---- commands


def test_the_command_measures(capsys):
    assert tieout(["bench", "--set", "look", "--articles", "1", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["articles"] == 1
    assert shown["targets"]["errors found"]["n"] > 0
    assert main(["--articles", "1", "--seed", "3"]) == 0
    assert capsys.readouterr().out.startswith("set look, seed 3, 1 articles")


def test_examples_of_the_set_to_score_with_are_not_shown(capsys):
    with pytest.raises(UsageError):
        measured(Asked(which="score", misses=1))
    assert main(["--set", "score", "--articles", "1"]) == 0
    assert "“" not in capsys.readouterr().out


def test_a_ledger_of_ones_own_is_measured(tmp_path, capsys):
    shutil.copy(PACKAGE / "ledger" / "facts" / "VRT.csv", tmp_path)
    assert main(["--articles", "1", "--ledger", str(tmp_path)]) == 0
    assert "VRT" in capsys.readouterr().out
    with pytest.raises(NotFoundError):
        story(small(), phrasings("look"), "look", 1, 1)


def test_speed_is_measured_and_printed(capsys):
    assert speed.main(["--articles", "1", "--facts", "0", "--own", "0"]) == 0
    shown = capsys.readouterr().out
    assert "claims/s" in shown
    assert shown.count("1.00") == 3


def test_made_up_ledgers_hold_what_they_say(tmp_path):
    speed.write_others(tmp_path, 2_500)
    assert len(list(tmp_path.iterdir())) == 3
    speed.write_own(tmp_path, "DELL", 100)
    held = Ledger.open(tmp_path)
    assert len(held.history().all_facts("Z000002")) == 500
    assert len(held.history().all_facts("DELL")) == len(Ledger.open().history().all_facts("DELL")) + 100


def test_no_verdict_that_accuses_is_missing_from_the_errors():
    named = set().union(*(one.verdicts for one in MUTATIONS))
    assert named == {verdict for verdict in Verdict if verdict.accuses}


def test_the_docs_show_the_stored_run():
    assert section("confusion", "score").startswith("| told | supported |")
    assert f"| {ERRORS[0]} | " in section("injected", "score")
    with pytest.raises(UsageError):
        section("nonsense", "score")
