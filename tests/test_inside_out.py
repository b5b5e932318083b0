"""The same articles with their labels moved a year, and with their dates deleted."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from tieout.core.claim import Relation
from tieout.core.finding import Verdict
from tieout.core.interval import Interval
from tieout.core.measure import Scenario
from tieout.core.period import Period
from tieout.desk import Desk

GOLDEN = Path(__file__).parent / "golden"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(GOLDEN.glob("*.txt"))}
TEXTS["demo"] = files("tieout.demo").joinpath("article.txt").read_text(encoding="utf-8")
DATELINE = re.compile(r"^[A-Z][a-z]+ \d{1,2}, \d{4}\n", re.MULTILINE)
WORDY = (Relation.SPAN, Relation.DIRECTION, Relation.COMPARISON)
"""What may be as true a year away: twelve months are twelve months, and what rose may have risen before."""

FOLLOWS = {("growth", "75%")}
"""Growth that follows from the sentence's own two numbers, whichever year they are of."""

every_article = pytest.mark.parametrize("name", TEXTS)


@cache
def desk():
    return Desk.open(GOLDEN / "facts")


@cache
def findings(text):
    """Each finding by the place of its number."""
    return {finding.claim.number.start: finding for finding in desk().check(text).findings}


def relabelled(text, years):
    """Fiscal labels moved, the date left; every place in the text stays where it was."""
    return re.sub(r"\bFY(20\d\d)\b", lambda label: f"FY{int(label[1]) + years}", text)


def quote(text, finding):
    return text[finding.claim.span.start : finding.claim.span.end]


# ---- labels that were a year too late


@every_article
def test_errors_true_of_the_year_before_are_supported_once_labelled_so(name):
    text = TEXTS[name]
    after = findings(relabelled(text, -1))
    failures = []
    for place, finding in findings(text).items():
        first = finding.explanations[0] if finding.explanations else None
        if finding.verdict is not Verdict.WRONG_PERIOD or first is None or first.offset != -4:
            continue
        then = after.get(place)
        if then is None or then.verdict is not Verdict.SUPPORTED:
            failures.append(f"{quote(text, finding)!r}: {then and (then.verdict.value, then.message)}")
    assert not failures, "\n".join(failures)


def test_an_article_of_last_years_figures_turns_over_whole():
    text = TEXTS["lastyear"]
    wrong = [f for f in findings(text).values() if f.verdict is Verdict.WRONG_PERIOD]
    assert len(wrong) >= 7
    assert sum(f.verdict is Verdict.SUPPORTED for f in findings(relabelled(text, -1)).values()) >= 7


# ---- labels moved away from what is true


@pytest.mark.parametrize("years", [-2, -1, 1])
@every_article
def test_supported_claims_do_not_stay_supported_a_year_away(name, years):
    text = TEXTS[name]
    after = findings(relabelled(text, years))
    failures = []
    for place, finding in findings(text).items():
        then = after.get(place)
        if finding.verdict is not Verdict.SUPPORTED or then is None or then.verdict is not Verdict.SUPPORTED:
            continue
        if (
            labelled(text, finding)
            and finding.claim.relation not in WORDY
            and not ties_there(then)
            and (name, quote(text, finding)) not in FOLLOWS
        ):
            failures.append(f"{quote(text, finding)!r} moved by {years}: {then.message} {then.notes}")
    assert not failures, "\n".join(failures)


def labelled(text, finding):
    """Whether the claim's own sentence names a fiscal year."""
    around = finding.claim.sentence
    return re.search(r"\bFY20\d\d\b", text[around.start : around.end]) is not None


def ties_there(finding):
    """Whether the facts held for the reading that decided meet what is said."""
    reading, said = finding.reading, finding.claim.said
    if reading is None or said is None or not isinstance(reading.subjects[0].period, Period):
        return False
    span = said.interval if said.value_high is None else Interval(said.value, said.value_high)
    return any(value.within(span) or overlap(value, span) for value in values(reading, finding.claim))


def overlap(one, other):
    """Whether two intervals share more than an end."""
    low = max(end for end in (one.low, other.low) if end is not None)
    high = min(end for end in (one.high, other.high) if end is not None)
    return low < high


def values(reading, claim):
    """What the ledger's facts come to for a reading."""
    history = desk().ledger.history()
    subject, base = reading.subjects[0], reading.object
    levels = [fact.interval for fact in history.at(subject)]
    if base is None:
        yield from levels
        if subject.scenario is Scenario.GUIDANCE and levels:
            yield levels[0].hull(levels[-1])
        return
    for one in levels:
        for other in (fact.interval for fact in history.at(base)):
            yield one - other if claim.change in ("amount", "points") else one / other
            if claim.change == "relative":
                yield one / other - Interval.point(Decimal(1))
    for kind in ("_yoy", "_qoq"):
        stated = history.facts(subject.entity, subject.metric + kind, subject.dimensions)
        yield from (fact.interval for fact in stated if fact.measure.period == subject.period)


# ---- dates deleted


@every_article
def test_deleting_the_date_adds_no_accusation(name):
    text = TEXTS[name]
    line = DATELINE.search(text)
    assert line is not None
    bare = text[: line.start()] + text[line.end() :]
    before = {place for place, finding in findings(text).items() if finding.verdict.accuses}
    cut = line.end() - line.start()
    added = [
        f"{quote(bare, finding)!r}: {finding.message}"
        for place, finding in findings(bare).items()
        if finding.verdict.accuses and (place if place < line.start() else place + cut) not in before
    ]
    assert desk().check(bare).article.published is None
    assert not added, "\n".join(added)
