"""What a user notices of the ledger: what was known when, what a broken file says, what the bundle holds."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tieout.core.errors import NotFoundError, ParseError, UsageError
from tieout.core.fact import Document, Fact, Grade, Weight
from tieout.core.interval import Interval
from tieout.core.measure import Measure, Scenario, dimensions
from tieout.core.period import Latest, Period
from tieout.core.quantity import Precision, Quantity
from tieout.ledger import Issue, Ledger

BUNDLED = Ledger.open()
HISTORY = BUNDLED.history()
ALL = [fact for entity in BUNDLED.entities() for fact in HISTORY.all_facts(entity)]

Q1_FY25 = Period(date(2024, 2, 3), date(2024, 5, 3))
Q2_FY26 = Period(date(2025, 5, 3), date(2025, 8, 1))
FY26 = Period(date(2025, 2, 1), date(2026, 1, 30))
FY27 = Period(date(2026, 1, 31), date(2027, 1, 29))

HEADER = (
    "metric,dimensions,scenario,bound,start,end,value,unit,decimals,vintage,derived,primary,known,kind,"
    "title,url,accession,form,grade,locator,definition"
)
GOOD = {
    "metric": "revenue",
    "scenario": "actual",
    "start": "2025-01-01",
    "end": "2025-03-31",
    "value": "1200000000",
    "unit": "USD",
    "decimals": "-8",
    "known": "2025-04-20",
    "kind": "press_release",
    "title": "A release",
    "url": "https://example.com/release",
    "grade": "high",
}


def rows(*changes: dict[str, str]) -> str:
    names = HEADER.split(",")
    return (
        "\n".join(
            [HEADER, *(",".join({**GOOD, **change}.get(name, "") for name in names) for change in changes)]
        )
        + "\n"
    )


def fact(
    value: str = "1",
    *,
    metric: str = "revenue",
    end: date = date(2025, 3, 31),
    known: date | None = date(2025, 4, 20),
    entity: str = "ACME",
    title: str = "release",
) -> Fact:
    return Fact(
        Measure(entity, metric, (), Period(date(2025, 1, 1), end)),
        Quantity(Decimal(value), "USD", 0),
        Document("filing", title, None, known, Grade.HIGH),
    )


def values(facts: tuple[Fact, ...]) -> list[Decimal]:
    return [found.quantity.value for found in facts]


# --- two clocks


def test_as_of_hides_what_came_later():
    view = BUNDLED.as_of(date(2025, 8, 27))
    assert view.at(Measure("DELL", "revenue", (), Q2_FY26)) == ()
    assert BUNDLED.as_of(date(2025, 8, 28)).at(Measure("DELL", "revenue", (), Q2_FY26)) != ()
    assert max(found.known or date.max for found in view.all_facts("DELL")) <= date(2025, 8, 27)


def test_a_recast_keeps_both_vintages_oldest_first():
    income = Measure("DELL", "operating_income", (), Q1_FY25)
    found = HISTORY.at(income)
    assert (found[0].vintage, found[0].quantity.value) == ("first reported", Decimal(920_000_000))
    assert {later.vintage for later in found[1:]} == {"recast"}
    assert set(values(found[1:])) == {Decimal(965_000_000)}
    assert values(BUNDLED.as_of(date(2024, 6, 1)).at(income)) == [Decimal(920_000_000)]


def test_guidance_is_issue_after_issue():
    issues = HISTORY.issues("DELL", "eps_diluted_non_gaap", (), FY26)
    assert [issue.midpoint for issue in issues] == [Decimal(text) for text in ("9.3", "9.4", "9.55", "9.92")]
    seen = BUNDLED.as_of(date(2025, 9, 1)).issues("DELL", "eps_diluted_non_gaap", (), FY26)
    assert seen[-1].known == date(2025, 8, 28)


def test_an_issue_is_the_hull_of_its_bounds():
    latest = BUNDLED.as_of(date(2026, 6, 1)).issues("DELL", "revenue", (), FY27)[-1]
    assert latest.interval == Interval(Decimal("164.95e9"), Decimal("169.05e9"))
    assert latest.midpoint == Decimal("167e9")
    first = HISTORY.issues("DELL", "ai_server_shipments", (), FY26)[0]
    assert first.interval.high is None
    assert first.midpoint is None


def test_a_lone_low_end_is_open_above():
    quantity = Quantity(Decimal(5), "USD", 0, "low")
    issue = Issue(None, (replace(fact(), quantity=quantity),))
    assert issue.interval == Interval(Decimal("4.5"), None)


def test_a_fact_without_a_date_is_history_only():
    ledger = Ledger.of([fact("1", known=None), fact("2")])
    assert values(ledger.history().facts("ACME", "revenue")) == [Decimal(1), Decimal(2)]
    assert values(ledger.as_of(date.max).facts("ACME", "revenue")) == [Decimal(2)]


def test_what_was_reported_when():
    before, after = BUNDLED.as_of(date(2025, 8, 27)), BUNDLED.as_of(date(2025, 8, 28))
    assert before.reported_through("DELL", "quarter")[-1].end == date(2025, 5, 2)
    assert after.reported_through("DELL", "quarter")[-1] == Q2_FY26
    assert after.reported_through("DELL", "year")[-1].end == date(2025, 1, 31)
    assert HISTORY.reported_through("DELL", "half")[-1] == Period(date(2026, 1, 31), date(2026, 7, 31))
    assert HISTORY.reported_through("DELL", "nine_months")[-1].end == date(2025, 10, 31)
    assert after.balance_dates("DELL")[-1] == date(2025, 8, 1)


def test_an_announcement_is_no_balance_date():
    assert date(2025, 2, 27) not in HISTORY.balance_dates("DELL")
    assert date(2025, 1, 31) in HISTORY.balance_dates("DELL")


def test_metrics_are_those_known_by_then():
    line = ("ai_optimized_server_revenue", ())
    assert line not in BUNDLED.as_of(date(2025, 1, 1)).metrics("DELL")
    assert line in HISTORY.metrics("DELL")
    assert ("revenue", dimensions(segment="ISG", line="Storage")) in HISTORY.metrics("DELL")


def test_a_specification_has_no_period():
    per_server = dimensions(model="PowerEdge XE9680L", per="server")
    found = HISTORY.facts("DELL", "product_gpu_count", per_server, scenario=Scenario.SPECIFICATION)
    assert values(found) == [Decimal(8)]
    assert found[0].measure.period is None


# --- order, versions, overlays


@settings(max_examples=25, deadline=None)
@given(
    st.permutations(
        [
            fact(str(n), metric=metric, known=known, title=title)
            for n, (metric, known, title) in enumerate(
                [
                    ("revenue", date(2025, 4, 20), "a"),
                    ("revenue", date(2025, 4, 20), "b"),
                    ("revenue", date(2025, 6, 1), "a"),
                    ("revenue", None, "a"),
                    ("orders", date(2025, 4, 20), "a"),
                    ("orders", None, "b"),
                ]
            )
        ]
    )
)
def test_facts_may_come_in_any_order(shuffled):
    ledger, again = Ledger.of(shuffled), Ledger.of(sorted(shuffled, key=repr))
    assert ledger.version == again.version
    for metric in ("revenue", "orders"):
        assert ledger.history().facts("ACME", metric) == again.history().facts("ACME", metric)
    assert ledger.as_of(date(2025, 5, 1)).all_facts("ACME") == again.as_of(date(2025, 5, 1)).all_facts("ACME")


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_rows_and_files_may_come_in_any_order(tmp_path_factory, seed):
    lines = rows(*({"value": str(n), "known": f"2025-04-{20 + n}"} for n in range(6))).splitlines()
    mixed = lines[1:]
    random.Random(seed).shuffle(mixed)  # noqa: S311  # a shuffle, not a secret
    ledgers: list[Ledger] = []
    for name, body in (("one", lines[1:]), ("other", mixed)):
        folder = tmp_path_factory.mktemp(name)
        for ticker in ("ACME", "ZETA") if name == "one" else ("ZETA", "ACME"):
            (folder / f"{ticker}.csv").write_text("\n".join([lines[0], *body]) + "\n")
        ledgers.append(Ledger.open(folder))
    assert ledgers[0].version == ledgers[1].version
    assert ledgers[0].history().all_facts("ACME") == ledgers[1].history().all_facts("ACME")


def test_a_row_said_twice_counts_once(tmp_path: Path):
    (tmp_path / "ACME.csv").write_text(rows({}, {}))
    twice = Ledger.open(tmp_path)
    assert len(twice.history().all_facts("ACME")) == 1
    (tmp_path / "ACME.csv").write_text(rows({}))
    assert twice.version == Ledger.open(tmp_path).version


def test_a_folder_lies_over_the_bundle_and_leaves_it_alone(tmp_path: Path):
    held = HISTORY.all_facts("DELL")
    (tmp_path / "dell.csv").write_text(rows({"metric": "headcount", "unit": "count", "decimals": "exact"}))
    (tmp_path / "ACME.csv").write_text(rows({}))
    over = Ledger.open(tmp_path)
    assert set(over.entities()) == {*BUNDLED.entities(), "ACME"}
    assert set(over.history().all_facts("DELL")) > set(held)
    assert len(over.history().all_facts("DELL")) == len(held) + 1
    assert Ledger.open().history().all_facts("DELL") == held
    assert over.version != BUNDLED.version


def test_one_changed_figure_changes_the_version(tmp_path: Path):
    (tmp_path / "ACME.csv").write_text(rows({}))
    before = Ledger.open(tmp_path).version
    (tmp_path / "ACME.csv").write_text(rows({"value": "1300000000"}))
    assert Ledger.open(tmp_path).version != before


def test_a_company_is_read_only_when_asked_for(tmp_path: Path):
    (tmp_path / "BROKEN.csv").write_text("this is no facts file\n")
    ledger = Ledger.open(tmp_path)
    assert "BROKEN" in ledger.entities()
    assert ledger.history().metrics("DELL")
    with pytest.raises(ParseError):
        ledger.history().metrics("BROKEN")


def test_hiding_facts():
    less = BUNDLED.without(lambda found: found.measure == Measure("DELL", "revenue", (), Q2_FY26))
    assert less.history().facts("DELL", "ai_server_backlog") == HISTORY.facts("DELL", "ai_server_backlog")
    assert Q2_FY26 not in [found.measure.period for found in less.history().facts("DELL", "revenue")]
    assert less.version != BUNDLED.version
    assert BUNDLED.without(lambda _: False).version == BUNDLED.version


# --- what is not held, what is malformed


def test_an_unknown_company_gets_near_names():
    with pytest.raises(NotFoundError) as caught:
        HISTORY.facts("DEL", "revenue")
    assert "DELL" in caught.value.fix


def test_what_is_not_held_is_an_empty_answer():
    assert HISTORY.facts("DELL", "no_such_metric") == ()
    assert HISTORY.at(Measure("DELL", "revenue", (), Latest("quarter"))) == ()
    assert HISTORY.issues("DELL", "revenue", (), Q1_FY25, Scenario.CONSENSUS) == ()
    assert HISTORY.reported_through("HPE", "half") == ()


def test_a_folder_that_is_none(tmp_path: Path):
    with pytest.raises(NotFoundError):
        Ledger.open(tmp_path / "nowhere")


def test_a_file_is_named_after_its_company(tmp_path: Path):
    (tmp_path / "acme.CSV").write_text(rows({}))
    assert "ACME" in Ledger.open(tmp_path).entities()
    (tmp_path / "my facts.csv").write_text(rows({}))
    with pytest.raises(ParseError) as caught:
        Ledger.open(tmp_path)
    assert "my facts.csv" in caught.value.message


def test_a_fact_needs_days():
    loose = replace(fact(), measure=fact().measure.at(Latest("quarter")))
    with pytest.raises(UsageError):
        Ledger.of([loose]).history().metrics("ACME")


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"metric": "Revenue growth"}, "metric"),
        ({"dimensions": "ISG"}, "dimensions"),
        ({"dimensions": "segment=ISG;segment=CSG"}, "dimensions"),
        ({"scenario": "forecast"}, "scenario"),
        ({"bound": "max"}, "bound"),
        ({"start": "2025-13-01"}, "start"),
        ({"start": "2025-05-01"}, "start"),
        ({"end": ""}, "end"),
        ({"end": "20250331"}, "end"),
        ({"value": "1.2 billion"}, "value"),
        ({"value": "1_200"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": ""}, "value"),
        ({"unit": "US dollars"}, "unit"),
        ({"decimals": ""}, "decimals"),
        ({"decimals": "millions"}, "decimals"),
        ({"vintage": "restated"}, "vintage"),
        ({"derived": "no"}, "derived"),
        ({"primary": "yes"}, "primary"),
        ({"known": "April"}, "known"),
        ({"known": "2025-03-30"}, "known"),
        ({"kind": "blog"}, "kind"),
        ({"title": ""}, "title"),
        ({"url": "example.com"}, "url"),
        ({"url": "https://example.com/a…"}, "url"),
        ({"accession": "000157199625000034"}, "accession"),
        ({"grade": "A"}, "grade"),
    ],
)
def test_a_malformed_cell_is_named(tmp_path: Path, change: dict[str, str], column: str):
    (tmp_path / "ACME.csv").write_text(rows({}, change))
    with pytest.raises(ParseError) as caught:
        Ledger.open(tmp_path).history().metrics("ACME")
    error = caught.value
    assert (error.context["line"], error.context["column"]) == (3, column)
    assert "ACME.csv, line 3, column " + column in error.message
    assert error.fix


@pytest.mark.parametrize(
    "content",
    [
        b"",
        HEADER.replace(",grade", "").encode() + b"\n",
        HEADER.encode() + b",note\n",
        HEADER.encode() + b",metric\n",
        rows({}).encode() + b"revenue,,actual\n",
        rows({}).encode() + b'"revenue\n',
        rows({"title": "caf\N{LATIN SMALL LETTER E WITH ACUTE}"}).encode("latin-1"),
    ],
)
def test_a_malformed_file_is_named(tmp_path: Path, content: bytes):
    (tmp_path / "ACME.csv").write_bytes(content)
    with pytest.raises(ParseError) as caught:
        Ledger.open(tmp_path).history().metrics("ACME")
    assert "ACME.csv, line " in caught.value.message
    assert caught.value.fix


def test_a_short_file_will_do(tmp_path: Path):
    (tmp_path / "ACME.csv").write_text(
        "\ufeffend,metric,value,unit,decimals,known,kind,title,grade\r\n"
        "2025-03-31,cash,5e8,USD,-6,,filing,10-Q,low\r\n\r\n",
        encoding="utf-8",
    )
    (found,) = Ledger.open(tmp_path).history().all_facts("ACME")
    assert found.measure == Measure("ACME", "cash", (), Period.instant(date(2025, 3, 31)))
    assert (found.quantity.value, found.document.url, found.known) == (Decimal(500_000_000), None, None)


# --- the bundled facts


def test_the_bundle_holds_twenty_six_companies():
    held = (
        "AAPL ADM AMAT AMZN ANET AVGO CAT CRWV DELL GOOGL HPE IBM KOP LYB META MRVL MSFT MU NUE NVDA "
        "ORCL PANW PLTR SMCI TDG VRT"
    )
    assert BUNDLED.entities() == tuple(held.split())


@pytest.mark.parametrize("entity", BUNDLED.entities())
def test_every_fact_has_document_unit_and_period(entity: str):
    for found in HISTORY.all_facts(entity):
        assert found.document.title
        assert found.known is not None
        assert found.unit in {"USD", "USD/share", "ratio", "x", "count", "shares", "GW"}
        assert isinstance(found.measure.period, Period) or found.measure.scenario is Scenario.SPECIFICATION


def test_no_actual_is_known_before_its_period_ended():
    for found in ALL:
        if found.measure.scenario is Scenario.ACTUAL and isinstance(found.measure.period, Period):
            assert found.known is not None
            assert found.known >= found.measure.period.end


def test_an_address_is_whole_or_none():
    for found in ALL:
        url = found.document.url
        assert url is None or url.startswith(("https://", "http://"))
        assert url is None or not any(mark in url for mark in (" ", "...", "…"))
        assert found.document.grade is not Grade.HIGH or url is not None or found.weight is Weight.SUPPORTS


def test_no_value_is_finer_than_its_decimals():
    for found in ALL:
        decimals = found.quantity.decimals
        if not isinstance(decimals, Precision):
            assert found.quantity.value % Decimal(1).scaleb(-decimals) == 0, found


def test_a_measure_has_one_unit():
    units: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for found in ALL:
        units[found.measure.entity, found.measure.metric].add(found.unit)
    assert {key: found for key, found in units.items() if len(found) > 1} == {}


def test_values_differ_only_where_a_vintage_says_why():
    groups: defaultdict[Measure, list[Fact]] = defaultdict(list)
    for found in ALL:
        if found.measure.scenario is Scenario.ACTUAL:
            groups[found.measure].append(found)
    for measure, found in groups.items():
        apart = any(one.interval.disjoint(other.interval) for one in found for other in found)
        assert not apart or {"first reported", "recast"} <= {one.vintage for one in found}, measure


PARTS = [
    (
        dimensions(segment="CSG"),
        [dimensions(segment="CSG", line="Commercial"), dimensions(segment="CSG", line="Consumer")],
    ),
    (
        dimensions(segment="ISG"),
        [dimensions(segment="ISG", line="Servers & Networking"), dimensions(segment="ISG", line="Storage")],
    ),
]


@pytest.mark.parametrize(("whole", "parts"), PARTS, ids=["CSG", "ISG"])
def test_lines_sum_to_their_segment(whole, parts):
    checked = 0
    for found in HISTORY.facts("DELL", "revenue", whole):
        period = found.measure.period
        held = [HISTORY.at(Measure("DELL", "revenue", part, period)) for part in parts]
        if all(held):
            total = held[0][0].interval + held[1][0].interval
            assert not total.disjoint(found.interval), period
            checked += 1
    assert checked >= 9


def test_quarters_sum_to_the_year():
    year = Period(date(2024, 2, 3), date(2025, 1, 31))
    for metric in ("revenue", "cash_flow_from_operations", "ai_server_shipments"):
        quarters = [
            HISTORY.at(Measure("DELL", metric, (), quarter))[0].interval
            for quarter in HISTORY.reported_through("DELL", "quarter")
            if date(2024, 2, 3) < quarter.end <= year.end
        ]
        assert len(quarters) == 4
        total = sum(quarters, Interval.point(Decimal(0)))
        assert not total.disjoint(HISTORY.at(Measure("DELL", metric, (), year))[0].interval), metric


def test_debt_and_equity_at_the_end_of_the_first_quarter():
    day = Period.instant(date(2025, 5, 2))
    (debt,) = HISTORY.at(Measure("DELL", "total_debt", (), day))
    parts = [
        HISTORY.at(Measure("DELL", metric, (), day))[0] for metric in ("long_term_debt", "short_term_debt")
    ]
    assert (parts[0].interval + parts[1].interval).within(debt.interval)
    (equity,) = HISTORY.at(Measure("DELL", "stockholders_equity", (), day))
    assert equity.weight is Weight.SUPPORTS  # the filing itself was not read
