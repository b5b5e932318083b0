"""Golden articles get their labels' verdicts; a company's own growth is never refuted; the scorer scores."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from tieout.bench.accuracy import main
from tieout.bench.labels import Label, labelled
from tieout.bench.match import assigned, located
from tieout.bench.score import score
from tieout.core.errors import ParseError, UsageError
from tieout.core.finding import Verdict
from tieout.core.measure import Scenario
from tieout.core.period import Period
from tieout.desk import Desk
from tieout.verify import RULES

GOLDEN = Path(__file__).parent / "golden"
ARTICLES = labelled([GOLDEN])
OPEN = {("calm", "they came to about $30 billion")}
"""Not right yet: a pronoun is not followed back to its noun. Take a line out once it is."""


@cache
def desk():
    """The bundled facts and one made up for an error that Dell's filings leave no room for."""
    return Desk.open(GOLDEN / "facts")


@cache
def scored(article):
    return score(desk(), article)


def codes(article):
    """Quote -> the finding code its label asks for."""
    text = article.path.with_suffix(".claims.jsonl").read_text(encoding="utf-8")
    return {row["quote"]: row["code"] for row in map(json.loads, text.splitlines()) if "code" in row}


# ---- the golden articles


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_golden_articles_get_the_verdicts_of_their_labels(article):
    wanted = codes(article)
    failures = []
    for pair in scored(article).pairs:
        quote, finding = pair.label.quote, pair.finding
        if (article.name, quote) in OPEN:
            continue
        told = [finding.code, *(note.split(":")[0] for note in finding.notes)] if finding else []
        if not pair.exact or wanted.get(quote, told and told[0]) not in told:
            failures.append(
                f"{quote!r}: {[v.value for v in pair.label.verdicts]} {wanted.get(quote, '')}, "
                f"found {finding and finding.verdict.value} {told} {finding and finding.message}"
            )
        elif pair.label.true_period and not pair.period_named:
            failures.append(f"{quote!r}: true of {pair.label.true_period}, found {finding.message}")
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_golden_articles_hold_no_accusation_without_a_label(article):
    assert [finding.message for finding in scored(article).stray] == []


def test_every_rule_has_a_planted_error_beside_true_sentences():
    planted = {code for article in ARTICLES for code in codes(article).values()}
    assert set(RULES) <= planted
    for article in ARTICLES:
        assert sum(label.verdict is Verdict.SUPPORTED for label in article.labels) >= 2, article.name
        assert len(article.path.read_text(encoding="utf-8").split()) <= 150, article.name


# ---- growth as the companies state it


def growth_rows():
    """Every stated growth of a company with a pack: entity, fact, sentence."""
    for ticker, pack in desk().catalogue.companies.items():
        if ticker not in desk().ledger.entities():
            continue
        names = {member.dimensions: member.names[0] for member in reversed(pack.members)}
        for fact in desk().ledger.history().all_facts(ticker):
            base, _, kind = fact.measure.metric.rpartition("_")
            if kind in ("yoy", "qoq") and isinstance(fact.measure.period, Period):
                yield fact, sentence(fact, base, names, pack)


def sentence(fact, base, names, pack):
    """A plain sentence: ISG revenue rose 44% year over year in Q2 FY2026."""
    metric = desk().catalogue.metrics.get(base)
    said = metric.aliases[0] if metric and metric.aliases else base.replace("_", " ")
    part = names.get(fact.measure.dimensions) or " ".join(member for _, member in fact.measure.dimensions)
    subject = f"{part} {said}".strip()
    value = fact.quantity.value
    size = f"{abs(value) * 100:.4f}".rstrip("0").rstrip(".")
    told = "fell" if value < 0 else "rose"
    if fact.measure.scenario is Scenario.GUIDANCE:
        told = "is expected to fall" if value < 0 else "is expected to rise"
    than = "year over year" if fact.measure.metric.endswith("_yoy") else "from the previous quarter"
    when = pack.calendar.label(fact.measure.period)
    return f"{pack.name} reported its results. {subject} {told} {size}% {than} in {when}."


def test_no_growth_rate_of_the_companies_own_is_refuted():
    """With every growth row hidden, growth is computed from levels, some of them recast since."""
    refuted, verdicts = [], []
    rows = list(growth_rows())
    hidden = {fact.measure for fact, _ in rows}
    levels = Desk(desk().ledger.without(lambda fact: fact.measure in hidden), desk().catalogue)
    for fact, text in rows:
        when = fact.known + timedelta(days=1) if fact.known else None
        check = levels.check(text, company=fact.measure.entity, published=when)
        verdicts += [finding.verdict for finding in check.findings]
        refuted += [f"{text} -> {finding.code}: {finding.message}" for finding in check.wrong]
    assert not refuted, "\n".join(refuted)
    assert verdicts.count(Verdict.SUPPORTED) >= 55  # or the test proves nothing


# ---- the scorer


def label(quote, value=None, verdict=Verdict.SUPPORTED):
    number = None if value is None else Decimal(value)
    return Label(quote, number, None, "USD", "", "", "", (verdict,), None, "", "", "")


def test_a_quote_that_stands_twice_is_taken_in_order():
    places = located([label("up 3%"), label("fell"), label("up 3%")], "up 3% here,\nfell there, up\n3% again")
    assert [place.turn.start for place in places] == [0, 12, 24]
    assert [len(place.spans) for place in places] == [2, 1, 2]


def test_the_assignment_is_the_best_of_all_not_the_first():
    assert assigned([[9, 8], [8, 0]]) == (1, 0)
    assert assigned([[5], [7], [6]]) == (None, 0, None)
    assert assigned([[0, 0, 3]]) == (2,)
    assert assigned([]) == ()
    assert assigned([[], []]) == (None, None)


def test_labels_match_one_to_one_and_by_value():
    growth = scored(next(article for article in ARTICLES if article.name == "growth"))
    found = [pair.finding for pair in growth.pairs if pair.finding]
    assert len({id(finding) for finding in found}) == len(found) == len(growth.pairs)
    assert all(pair.finding.claim.said.value == pair.label.value for pair in growth.pairs)


def test_an_article_nobody_can_check_is_counted_and_stops_nothing(tmp_path, capsys):
    for name in ("calm", "queue"):
        for end in (".txt", ".claims.jsonl"):
            shutil.copy(GOLDEN / f"{name}{end}", tmp_path)
    (tmp_path / "queue.txt").write_text("Acme Widgets sold 3 widgets.", encoding="utf-8")
    assert main([str(tmp_path), "--json", "--details"]) == 0
    told = json.loads(capsys.readouterr().out)
    calm, queue = told["articles"]
    assert calm["not_checked"] is None
    assert queue["not_checked"]
    assert queue["n"] == 6
    assert queue["matched"] == 0
    assert told["all"]["n"] == calm["n"] + 6
    assert told["coverage"]["n"] > told["coverage_of_checked_articles"]["n"]


def test_a_date_beside_the_article_goes_before_its_own(tmp_path):
    shutil.copy(GOLDEN / "calm.txt", tmp_path / "article.txt")
    shutil.copy(GOLDEN / "calm.claims.jsonl", tmp_path / "claims.jsonl")
    (tmp_path / "article.published").write_text("2026-01\n", encoding="utf-8")
    (article,) = labelled([tmp_path / "article.txt"])
    assert labelled([tmp_path]) == (article,)
    assert score(desk(), article).published == "2026-01-01/2026-01-31"


def test_the_table_lists_what_went_wrong(capsys):
    assert main([str(GOLDEN), "--ledger", str(GOLDEN / "facts"), "--details"]) == 0
    told = capsys.readouterr().out
    for part in (
        "wrong_period",
        "period_mixup",
        "right period named",
        "supported called wrong:",
        "wrong called supported:",
        "accused without label: 0",
        "coverage:",
        "calm: DELL, 2025-11-27",
    ):
        assert part in told


def test_folders_without_labels_and_broken_labels_are_told(tmp_path, capsys):
    with pytest.raises(UsageError):
        labelled([tmp_path])
    assert main([str(tmp_path)]) == 2
    assert "no labelled article" in capsys.readouterr().err
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    odd = '{"quote": "x", "value": 1, "verdict": "odd"}\n'
    (tmp_path / "a.claims.jsonl").write_text(odd, encoding="utf-8")
    with pytest.raises(ParseError, match=r"a\.claims\.jsonl:1"):
        labelled([tmp_path])
