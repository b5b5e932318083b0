"""Figures: what is computed, from which vintages, as which interval, with which lineage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.catalogue import Catalogue
from tieout.core.calendar import Part
from tieout.core.errors import NotFoundError, UsageError
from tieout.core.fact import Derived, Document, Fact, Figure, Grade, Weight, point
from tieout.core.interval import Interval
from tieout.core.measure import Dimensions, Measure, Scenario, dimensions
from tieout.core.period import AnyBalance, Latest, Period
from tieout.core.quantity import Decimals, Precision, Quantity
from tieout.figures import Figures
from tieout.figures.combine import combinations, compute, mixed, quotient, vintages
from tieout.figures.fiscal import PARTS, RULES, back, label, part_of, period
from tieout.figures.format import amount, interval
from tieout.ledger import Ledger

D = Decimal
CATALOGUE = Catalogue.load()
CALENDAR = CATALOGUE.company("DELL").calendar
ISG, CSG = dimensions(segment="ISG"), dimensions(segment="CSG")


def when(label: str) -> Period:
    """ "Q2 FY2026" or, as a balance date, "@Q2 FY2026"."""
    part, year = label.lstrip("@").split(" FY")
    assert part in PARTS
    found = CALENDAR.period(int(year), part)
    return found.closing() if label.startswith("@") else found


def measure(metric: str, label: str, dims: Dimensions = (), scenario: Scenario = Scenario.ACTUAL) -> Measure:
    return Measure("DELL", metric, dims, when(label), scenario)


def fact(
    metric: str,
    label: str,
    value: str,
    decimals: Decimals = -6,
    *,
    unit: str = "USD",
    vintage: str = "",
    dims: Dimensions = (),
    scenario: Scenario = Scenario.ACTUAL,
    known: str = "2025-08-28",
    grade: Grade = Grade.HIGH,
    derived: bool = False,
) -> Fact:
    title = " ".join(("Release:", metric, label, vintage, *(m for _, m in dims), value))
    document = Document(
        "press_release", title, f"https://x.test/{title.replace(' ', '-')}", date.fromisoformat(known), grade
    )
    return Fact(
        measure(metric, label, dims, scenario),
        Quantity(D(value), unit, decimals),
        document,
        vintage=vintage,
        derived=derived,
    )


def millions(metric: str, **values: int) -> list[Fact]:
    """`Q1_2026=100` is a fact of 100 million for Q1 FY2026."""
    return [fact(metric, key.replace("_", " FY"), f"{value}000000") for key, value in values.items()]


def figures(*facts: Fact) -> Figures:
    return Figures(Ledger.of(facts).history(), CATALOGUE)


def computed(found: Iterable[Figure]) -> list[Derived]:
    return [figure for figure in found if isinstance(figure, Derived)]


def leaves(figure: Figure) -> list[Fact]:
    return [figure] if isinstance(figure, Fact) else [leaf for part in figure.inputs for leaf in leaves(part)]


BUNDLED = Figures(Ledger.open().history(), CATALOGUE)


class TestReported:
    def test_facts_of_every_vintage_come_first_oldest_known_first(self):
        first = fact(
            "operating_income", "Q2 FY2025", "1342000000", vintage="first reported", known="2024-08-29"
        )
        recast = fact("operating_income", "Q2 FY2025", "1392000000", vintage="recast", known="2025-03-25")
        assert figures(recast, first).at(first.measure) == (first, recast)

    def test_nothing_held_is_nothing(self):
        assert figures(*millions("revenue", Q1_2026=1)).at(measure("gross_margin", "Q2 FY2026")) == ()

    def test_a_metric_no_catalogue_declares_has_its_facts(self):
        odd = fact("odd_metric", "Q1 FY2026", "1")
        assert figures(odd).at(odd.measure) == (odd,)

    def test_a_company_without_a_pack_has_its_facts_and_formulas_but_no_fiscal_arithmetic(self):
        facts = [
            replace(f, measure=replace(f.measure, entity="ZZZ"))
            for f in (*millions("revenue", Q1_2026=10, Q2_2026=10), *millions("gross_profit", Q1_2026=4))
        ]
        held = figures(*facts)
        assert computed(held.at(replace(measure("revenue", "H1 FY2026"), entity="ZZZ"))) == []
        [margin] = held.at(replace(measure("gross_margin", "Q1 FY2026"), entity="ZZZ"))
        assert point(margin) == D("0.4")
        assert "2025-02-01 to 2025-05-02" in held.explain(margin)

    @pytest.mark.parametrize("unbound", [Latest("quarter"), AnyBalance(None, None)])
    def test_an_unbound_period_is_a_wrong_call(self, unbound):
        with pytest.raises(UsageError, match="no stretch of days"):
            figures(*millions("revenue", Q1_2026=1)).at(Measure("DELL", "revenue", (), unbound))

    def test_a_company_the_ledger_does_not_hold_is_said(self):
        with pytest.raises(NotFoundError):
            figures(*millions("revenue", Q1_2026=1)).at(Measure("ACME", "revenue", (), when("Q1 FY2026")))


class TestFormulas:
    def test_a_ratio_of_the_same_period_and_dimensions(self):
        held = figures(
            fact("operating_income", "Q2 FY2026", "1500000000", dims=ISG),
            fact("revenue", "Q2 FY2026", "16800000000", -8, dims=ISG),
            fact("revenue", "Q2 FY2026", "29776000000"),
        )
        [margin] = computed(held.at(measure("operating_margin", "Q2 FY2026", ISG)))
        assert margin.interval == quotient(
            Interval(D(1499500000), D(1500500000)), Interval(D(16750000000), D(16850000000))
        )
        assert margin.value == D(1500000000) / D(16800000000)
        assert margin.unit == "ratio"
        assert margin.formula == "Operating income (GAAP) ISG Q2 FY2026 / Revenue ISG Q2 FY2026"

    def test_a_difference(self):
        held = figures(
            *millions("cash_flow_from_operations", Q1_2026=2796),
            *millions("capital_expenditures", Q1_2026=566),
        )
        [free] = computed(held.at(measure("free_cash_flow", "Q1 FY2026")))
        assert (free.value, free.unit) == (D(2230000000), "USD")
        assert free.interval == Interval(D(2229000000), D(2231000000))

    def test_a_sum_of_balances_and_a_ratio_over_it(self):
        held = figures(
            fact("long_term_debt", "@Q2 FY2026", "20000000000"),
            fact("short_term_debt", "@Q2 FY2026", "8000000000"),
            fact("stockholders_equity", "@Q2 FY2026", "-2000000000"),
        )
        [debt] = computed(held.at(measure("total_debt", "@Q2 FY2026")))
        assert debt.value == D(28000000000)
        [leverage] = computed(held.at(measure("debt_to_equity", "@Q2 FY2026")))
        assert (leverage.value, leverage.unit) == (D(-14), "x")
        assert len(leaves(leverage)) == 3

    def test_a_ratio_of_a_flow_and_a_balance_takes_the_balance_at_the_periods_end(self):
        odd = replace(
            CATALOGUE.metrics["operating_margin"],
            id="turn",
            unit="x",
            formulas=tuple(
                replace(f, inputs=("revenue", "inventories"))
                for f in CATALOGUE.metrics["operating_margin"].formulas
            ),
        )
        catalogue = replace(CATALOGUE, metrics={**CATALOGUE.metrics, "turn": odd})
        facts = [*millions("revenue", Q2_2026=300), fact("inventories", "@Q2 FY2026", "100000000")]
        held = Figures(Ledger.of(facts).history(), catalogue)
        [turn] = held.at(measure("turn", "Q2 FY2026"))
        assert (point(turn), turn.unit) == (D(3), "x")
        assert turn.inputs[1].measure.period == when("@Q2 FY2026")
        assert held.at(measure("turn", "@Q2 FY2026")) == ()
        assert [span for span, _ in held.series("DELL", "turn")] == [when("Q2 FY2026")]

    def test_units_that_do_not_go_together_give_nothing(self):
        held = figures(
            fact("gross_profit", "Q1 FY2026", "4000000"), fact("revenue", "Q1 FY2026", "10000000", unit="EUR")
        )
        assert held.at(measure("gross_margin", "Q1 FY2026")) == ()

    def test_a_formula_that_misses_the_companys_own_figure_is_not_its_definition(self):
        parts = [
            *millions("cash_flow_from_operations", Q1_2025=1043, Q2_2025=1340),
            *millions("capital_expenditures", Q1_2025=596, Q2_2025=682),
        ]
        asked = measure("free_cash_flow", "Q2 FY2025")
        told, coarse = (fact("free_cash_flow", "Q1 FY2025", f"{n}00000000", -8) for n in (6, 4))
        assert [point(f) for f in figures(*parts).at(asked)] == [D(658000000)]
        assert [point(f) for f in figures(*parts, coarse).at(asked)] == [D(658000000)]
        assert figures(*parts, told).at(asked) == ()
        weak = replace(told, document=replace(told.document, grade=Grade.LOW))
        assert [point(f) for f in figures(*parts, weak).at(asked)] == [D(658000000)]
        flow = replace(asked, metric="cash_flow_from_operations")
        assert figures(*parts, told).difference(flow, replace(asked, metric="capital_expenditures"))

    def test_a_formula_is_held_against_figures_of_its_own_vintage(self):
        held = figures(
            fact("operating_income", "Q1 FY2025", "920000000", vintage="first reported"),
            *millions("revenue", Q1_2025=22244),
            fact("operating_margin", "Q1 FY2025", "0.0434", 4, unit="ratio", vintage="recast"),
        )
        [margin] = computed(held.at(measure("operating_margin", "Q1 FY2025")))
        assert margin.vintage == "first reported"

    def test_inputs_may_themselves_be_computed(self):
        held = figures(
            *millions("gross_profit", Q1_2026=4, H1_2026=10), *millions("revenue", H1_2026=30, Q1_2026=10)
        )
        [margin] = computed(held.at(measure("gross_margin", "Q2 FY2026")))
        assert margin.value == D("0.3")
        assert len(leaves(margin)) == 4


class TestParts:
    def test_the_fourth_quarter_is_the_year_less_nine_months(self):
        held = figures(*millions("revenue", FY_2026=100, **{"9M_2026": 70}))
        [q4] = computed(held.at(measure("revenue", "Q4 FY2026")))
        assert q4.value == D(30000000)
        assert q4.interval == Interval(D(29000000), D(31000000))
        assert q4.formula == "Revenue FY2026 - Revenue 9M FY2026"
        assert q4.measure == measure("revenue", "Q4 FY2026")

    @pytest.mark.parametrize(("part", "rule"), [(p, rule) for p in PARTS for rule in RULES[p]])
    def test_every_rule_of_the_year(self, part: Part, rule):
        values = {"Q1": 1, "Q2": 20, "Q3": 300, "Q4": 4000, "H1": 21, "H2": 4300, "9M": 321, "FY": 4321}
        held = figures(*millions("revenue", **{f"{p}_2026": values[p] for p in rule[1]}))
        found = computed(held.at(measure("revenue", f"{part} FY2026")))
        assert {figure.value for figure in found} == {D(values[part] * 1000000)}

    def test_rules_cover_the_same_days(self):
        for part, rules in RULES.items():
            for operation, parts in rules:
                first, *rest = (period(CALENDAR, 2026, p) for p in parts)
                if operation == "sum":
                    assert first.days + sum(p.days for p in rest) == period(CALENDAR, 2026, part).days
                else:
                    assert first.days - sum(p.days for p in rest) == period(CALENDAR, 2026, part).days

    @pytest.mark.parametrize(
        ("metric", "unit"),
        [
            ("gross_margin", "ratio"),
            ("eps_diluted", "USD/share"),
            ("diluted_shares", "shares"),
            ("shares_repurchased", "shares"),
            ("cash", "USD"),
            ("ai_server_backlog", "USD"),
        ],
    )
    def test_ratios_per_share_amounts_share_counts_and_balances_do_not_add_up(self, metric, unit):
        held = figures(*(fact(metric, f"Q{n} FY2026", "1", 2, unit=unit) for n in (1, 2, 3, 4)))
        assert held.at(measure(metric, "FY FY2026")) == ()
        assert held.at(measure(metric, "H1 FY2026")) == ()

    def test_guidance_does_not_add_up(self):
        held = figures(*(fact("revenue", f"Q{n} FY2026", "1", scenario=Scenario.GUIDANCE) for n in (1, 2)))
        assert held.at(measure("revenue", "H1 FY2026", scenario=Scenario.GUIDANCE)) == ()

    def test_no_figure_is_computed_from_itself(self):
        held = figures(*millions("revenue", Q1_2026=1, Q2_2026=2, Q3_2026=3, Q4_2026=4))
        for part in PARTS:
            asked = measure("revenue", f"{part} FY2026")
            for figure in computed(held.at(asked)):
                assert all(asked != leaf.measure for leaf in leaves(figure))

    def test_fewer_steps_are_preferred(self):
        held = figures(*millions("revenue", Q1_2026=1, Q2_2026=2, Q3_2026=3, FY_2026=10))
        [q4] = computed(held.at(measure("revenue", "Q4 FY2026")))
        assert q4.formula.count(" - ") == 3
        assert len(computed(held.at(measure("revenue", "H2 FY2026")))) == 1

    def test_a_recast_part_against_an_unmarked_year_that_misses_what_is_reported_is_left_out(self):
        values = {"first reported": (920, 1342, 1668), "recast": (965, 1392, 1721)}
        facts = [
            fact("operating_income", f"Q{n} FY2025", f"{value}000000", vintage=vintage)
            for vintage, quarters in values.items()
            for n, value in enumerate(quarters, 1)
        ]
        facts += millions("operating_income", FY_2025=6237)
        asked = measure("operating_income", "Q4 FY2025")
        assert {f.value for f in computed(figures(*facts).at(asked))} == {D(2159000000), D(2307000000)}
        held = figures(*facts, *millions("operating_income", Q4_2025=2159)).at(asked)
        assert {point(f) for f in held} == {D(2159000000)}


class TestVintages:
    FIRST, RECAST = "first reported", "recast"

    def halves(self, *kinds: tuple[str, str, str]) -> Figures:
        return figures(
            *(
                fact("operating_income", f"{part} FY2025", value, 0, vintage=vintage)
                for part, value, vintage in kinds
            )
        )

    def test_first_reported_and_recast_do_not_meet_where_each_has_its_like(self):
        held = self.halves(
            ("H1", "30", self.FIRST),
            ("H1", "40", self.RECAST),
            ("Q1", "10", self.FIRST),
            ("Q1", "15", self.RECAST),
        )
        found = computed(held.at(measure("operating_income", "Q2 FY2025")))
        assert [(f.value, f.vintage) for f in found] == [(D(20), self.FIRST), (D(25), self.RECAST)]

    def test_a_like_that_is_computed_counts_as_held(self):
        held = self.halves(
            ("H1", "30", self.FIRST),
            ("Q1", "10", self.FIRST),
            ("Q1", "15", self.RECAST),
            ("9M", "90", self.RECAST),
            ("Q3", "50", self.RECAST),
        )
        found = computed(held.at(measure("operating_income", "Q2 FY2025")))
        assert {(f.value, f.vintage) for f in found} == {(D(20), self.FIRST), (D(25), self.RECAST)}

    def test_they_do_not_meet_where_nothing_else_is_held_either(self):
        held = self.halves(("H1", "30", self.FIRST), ("Q1", "15", self.RECAST))
        assert held.at(measure("operating_income", "Q2 FY2025")) == ()

    def test_an_unmarked_figure_goes_with_both(self):
        held = figures(
            fact("eps_diluted", "Q2 FY2025", "1.17", 2, unit="USD/share", vintage=self.FIRST),
            fact("eps_diluted", "Q2 FY2025", "1.23", 2, unit="USD/share", vintage=self.RECAST),
            fact("eps_diluted", "Q2 FY2026", "1.70", 2, unit="USD/share"),
        )
        found = computed(held.at(measure("eps_diluted_yoy", "Q2 FY2026")))
        assert [round(f.value, 2) for f in found] == [D("0.45"), D("0.38")]

    def test_equal_facts_of_two_documents_are_combined_once_by_the_weightier(self):
        news = fact("revenue", "Q1 FY2026", "10000000", grade=Grade.LOW, known="2025-05-29")
        filing = fact("revenue", "Q1 FY2026", "10000000", known="2025-06-10")
        held = figures(news, filing, *millions("revenue", Q2_2026=20))
        assert held.at(news.measure) == (news, filing)
        [half] = computed(held.at(measure("revenue", "H1 FY2026")))
        assert half.inputs[0] == filing
        assert half.weight is Weight.REFUTES

    @given(st.lists(st.lists(st.sampled_from(["", FIRST, RECAST]), max_size=6), min_size=2, max_size=4))
    def test_combinations_are_pure_and_bounded(self, kinds):
        inputs = [
            [fact("revenue", "Q1 FY2026", str(i), vintage=kind) for i, kind in enumerate(choices)]
            for choices in kinds
        ]
        found = combinations(inputs)
        assert bool(found) == any(
            all(any(vintage in ("", one) for vintage in choices) for choices in kinds)
            for one in (self.FIRST, self.RECAST)
        )
        assert len(found) <= (48 if len(inputs) == 2 else 12)
        assert not any(mixed(chosen) for chosen in found)
        assert found == combinations(inputs)

    def test_hundreds_of_thousands_of_combinations_are_not_tried(self):
        inputs = [[fact("revenue", "Q1 FY2026", str(i)) for i in range(10)]] * 6
        assert len(combinations(inputs)) == 10


class TestGrowth:
    def test_the_companys_own_growth_comes_before_the_computed(self):
        told = fact("revenue_yoy", "Q2 FY2026", "0.19", 2, unit="ratio")
        held = figures(told, *millions("revenue", Q2_2025=25026, Q2_2026=29776))
        stated, grown = held.at(told.measure)
        assert stated == told
        assert isinstance(grown, Derived)
        assert grown.formula == "Revenue Q2 FY2026 / Revenue Q2 FY2025 - 1"
        assert grown.measure == told.measure
        assert round(grown.value, 4) == D("0.1898")
        assert grown.interval.holds(grown.value)

    def test_quarter_on_quarter_and_year_on_year_of_a_half_and_a_balance(self):
        held = figures(
            *millions("revenue", Q4_2025=10, Q1_2026=12, H1_2025=20, H1_2026=30),
            fact("ai_server_backlog", "@Q4 FY2025", "4100000000", -8),
            fact("ai_server_backlog", "@Q1 FY2026", "14400000000", -8),
        )
        [quarter] = computed(held.at(measure("revenue_qoq", "Q1 FY2026")))
        assert quarter.value == D("0.2")
        [half] = computed(held.at(measure("revenue_yoy", "H1 FY2026")))
        assert half.value == D("0.5")
        assert held.at(measure("revenue_qoq", "H1 FY2026")) == ()
        [backlog] = computed(held.at(measure("ai_server_backlog_qoq", "@Q1 FY2026")))
        assert computed(held.at(measure("ai_server_backlog_qoq", "Q1 FY2026")))[0].value == backlog.value
        assert {span for span, _ in held.series("DELL", "ai_server_backlog_qoq")} == {when("@Q1 FY2026")}

    def test_guidance_grows_on_the_actual_before(self):
        held = figures(
            fact("revenue", "FY FY2026", "107000000000", -9, scenario=Scenario.GUIDANCE),
            *millions("revenue", FY_2025=95567),
        )
        [growth] = computed(held.at(measure("revenue_yoy", "FY FY2026", scenario=Scenario.GUIDANCE)))
        assert round(growth.value, 2) == D("0.12")
        assert growth.formula == "Revenue FY2026 (guidance) / Revenue FY2025 - 1"

    @pytest.mark.parametrize(("base", "decimals"), [("-1427", 0), ("2", -1), ("0.4", 0), ("0.5", 0)])
    def test_growth_on_a_base_negative_or_near_zero_refutes_nothing(self, base, decimals):
        held = figures(
            fact("net_income", "Q2 FY2025", base, decimals), fact("net_income", "Q2 FY2026", "3", 0)
        )
        [growth] = computed(held.at(measure("net_income_yoy", "Q2 FY2026")))
        assert growth.interval == Interval.everything()
        assert growth.value == D(3) / D(base) - 1

    def test_of_several_ways_to_an_input_the_narrowest_is_taken(self):
        held = figures(
            fact("revenue", "Q1 FY2026", "1000000000", -8),
            fact("revenue", "Q2 FY2026", "2000000000", -8),
            *millions("revenue", FY_2026=8030, H2_2026=5000, H1_2025=2000),
        )
        assert len(held.at(measure("revenue", "H1 FY2026"))) == 2
        [growth] = held.at(measure("revenue_yoy", "H1 FY2026"))
        assert point(growth) == D("0.515")

    def test_nothing_is_computed_over_zero(self):
        held = figures(fact("net_income", "Q2 FY2025", "0"), fact("net_income", "Q2 FY2026", "3"))
        assert held.at(measure("net_income_yoy", "Q2 FY2026")) == ()
        assert held.ratio(measure("net_income", "Q2 FY2026"), measure("net_income", "Q2 FY2025")) == ()

    def test_an_irregular_period_has_no_like_before(self):
        odd = Measure("DELL", "revenue_yoy", (), Period(date(2025, 2, 1), date(2025, 3, 7)))
        held = figures(*millions("revenue", Q1_2025=1, Q1_2026=2))
        assert held.at(odd) == ()
        assert held.at(odd.at(None)) == ()
        assert held.at(odd.at(Period(date(2025, 2, 1), date.max))) == ()

    @given(
        st.integers(-(10**7), 10**7),
        st.integers(1, 10**7),
        st.integers(-6, 3),
        st.integers(-6, 3),
        st.fractions(-1, 1),
        st.fractions(-1, 1),
    )
    def test_the_interval_holds_the_growth_of_any_true_values(self, now, then, digits, base_digits, at, base):
        current = fact("revenue", "Q2 FY2026", str(D(now).scaleb(-digits)), digits)
        before = fact("revenue", "Q2 FY2025", str(D(then).scaleb(-base_digits)), base_digits)
        found = compute("growth", (current, before))
        assert found is not None
        value, ends = found
        half = Fraction(1, 2)
        true = (now + at * half) * Fraction(10) ** -digits
        true_base = (then + base * half) * Fraction(10) ** -base_digits
        growth = true / true_base - 1
        assert ends.low is None or Fraction(ends.low) <= growth
        assert ends.high is None or growth <= Fraction(ends.high)
        assert ends.holds(value)

    @given(*[st.decimals(-1000, 1000, places=2)] * 4, st.fractions(0, 1), st.fractions(0, 1))
    def test_the_quotient_holds_every_quotient(self, a, b, c, d, at, under_at):
        over, under = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
        found = quotient(over, under)
        low, high = Fraction(min(c, d)), Fraction(max(c, d))
        divisor = low + under_at * (high - low)
        if divisor:
            true = (Fraction(min(a, b)) + at * (Fraction(max(a, b)) - Fraction(min(a, b)))) / divisor
            assert found.low is None or Fraction(found.low) <= true
            assert found.high is None or true <= Fraction(found.high)
        assert (found == Interval.everything()) == (low <= 0 <= high)

    def test_an_open_end_stays_open_over_a_positive_divisor(self):
        assert quotient(Interval(D(10), None), Interval(D(2), D(5))) == Interval(D(2), None)
        assert quotient(Interval(None, D(10)), Interval(D(2), D(5))) == Interval(None, D(5))
        assert quotient(Interval(D(10), None), Interval(D(-5), D(-2))) == Interval.everything()
        assert quotient(Interval(D(1), D(2)), Interval(D(2), None)) == Interval.everything()


class TestTwoMeasures:
    HELD = figures(
        *millions("revenue", Q2_2025=25026, Q2_2026=29776),
        fact("revenue", "Q2 FY2026", "16796000000", dims=ISG),
        fact("revenue", "Q2 FY2026", "12503000000", dims=CSG),
        *millions("ai_server_shipments", Q2_2026=8200),
        fact("gross_margin_non_gaap", "Q2 FY2025", "0.218", 3, unit="ratio"),
        fact("gross_margin_non_gaap", "Q2 FY2026", "0.187", 3, unit="ratio"),
        fact("diluted_shares", "Q2 FY2026", "687000000", unit="shares"),
    )

    def test_relative_change_takes_the_growth_id_where_it_is_one(self):
        now, then = measure("revenue", "Q2 FY2026"), measure("revenue", "Q2 FY2025")
        [growth] = self.HELD.change(now, then, "relative")
        assert growth.measure.metric == "revenue_yoy"
        assert (
            self.HELD.change(
                now.at(when("Q2 FY2026")), measure("ai_server_shipments", "Q2 FY2026"), "relative"
            )[0].measure
            == now
        )

    def test_points_are_a_difference_of_ratios(self):
        now = measure("gross_margin_non_gaap", "Q2 FY2026")
        then = now.at(when("Q2 FY2025"))
        [points] = self.HELD.change(now, then, "points")
        assert (points.value, points.unit) == (D("-0.031"), "ratio")
        assert points.interval == Interval(D("-0.032"), D("-0.030"))
        revenue = measure("revenue", "Q2 FY2026")
        assert self.HELD.change(revenue, revenue.at(then.period), "points") == ()

    def test_an_amount_and_a_difference_are_the_same(self):
        now, then = measure("revenue", "Q2 FY2026"), measure("revenue", "Q2 FY2025")
        [more] = self.HELD.change(now, then, "amount")
        assert more.value == D(4750000000)
        assert self.HELD.difference(now, then) == (more,)

    def test_a_wrong_kind_is_a_wrong_call(self):
        now = measure("revenue", "Q2 FY2026")
        with pytest.raises(UsageError):
            self.HELD.change(now, now, "percent")  # pyright: ignore[reportArgumentType]

    def test_a_share_of_a_whole_and_of_another_metric(self):
        [share] = self.HELD.ratio(measure("revenue", "Q2 FY2026", ISG), measure("revenue", "Q2 FY2026"))
        assert round(share.value, 3) == D("0.564")
        assert share.unit == "ratio"
        [per] = self.HELD.ratio(measure("revenue", "Q2 FY2026"), measure("diluted_shares", "Q2 FY2026"))
        assert per.unit == "USD/share"
        assert self.HELD.ratio(measure("cash", "@Q2 FY2026"), measure("revenue", "Q2 FY2026")) == ()

    def test_a_total_joins_what_differs(self):
        parts = (measure("revenue", "Q2 FY2026", ISG), measure("revenue", "Q2 FY2026", CSG))
        [both] = self.HELD.total(parts)
        assert both.value == D(29299000000)
        assert both.measure == measure("revenue", "Q2 FY2026", dimensions(segment="ISG + CSG"))
        assert both.formula == "Revenue ISG Q2 FY2026 + Revenue CSG Q2 FY2026"
        other = measure("ai_server_shipments", "Q2 FY2026")
        [odd] = self.HELD.total((measure("revenue", "Q2 FY2025"), other))
        assert odd.measure.metric == "revenue + ai_server_shipments"
        assert odd.measure.period == Period(when("Q2 FY2025").start, when("Q2 FY2026").end)
        assert self.HELD.total((parts[0], measure("cash", "@Q2 FY2026"))) == ()
        with pytest.raises(UsageError):
            self.HELD.total(parts[:1])


class TestSeries:
    def test_what_is_held_and_what_is_one_step_away(self):
        held = figures(*millions("revenue", Q1_2026=1, Q2_2026=2, Q3_2026=3, FY_2026=10))
        found = dict(held.series("DELL", "revenue"))
        assert set(found) == {when(f"{part} FY2026") for part in PARTS}
        assert [point(f) for f in found[when("Q4 FY2026")]] == [D(4000000)]
        assert isinstance(found[when("Q1 FY2026")][0], Fact)
        assert list(found) == sorted(found, key=lambda span: (span.end, span.days))
        assert held.series("DELL", "revenue") is held.series("DELL", "revenue")

    def test_growth_and_formulas(self):
        held = figures(*millions("revenue", Q1_2025=1, Q1_2026=2), *millions("gross_profit", Q1_2026=1))
        assert [span for span, _ in held.series("DELL", "revenue_yoy")] == [when("Q1 FY2026")]
        assert [span for span, _ in held.series("DELL", "gross_margin")] == [when("Q1 FY2026")]
        assert held.series("DELL", "net_margin") == ()

    def test_each_figure_of_the_bundled_series_is_among_those_of_its_measure(self):
        for metric, dims in (
            ("operating_income", ()),
            ("revenue_yoy", ISG),
            ("gross_margin", ()),
            ("ai_server_shipments", ()),
        ):
            for span, found in BUNDLED.series("DELL", metric, dims):
                assert set(found) <= set(BUNDLED.at(Measure("DELL", metric, dims, span)))


class TestRecastBase:
    def test_first_reported_alone_says_that_the_recast_is_missing(self):
        facts = [
            fact("operating_income", "Q2 FY2025", "2034", vintage="first reported"),
            *millions("revenue", Q2_2025=25026),
        ]
        held = figures(*facts)
        assert held.recast_base_missing(measure("operating_income", "Q2 FY2025"))
        assert held.recast_base_missing(measure("operating_income_yoy", "Q2 FY2026"))
        assert held.recast_base_missing(measure("operating_margin", "Q2 FY2025"))
        assert not held.recast_base_missing(measure("revenue", "Q2 FY2025"))
        assert not held.recast_base_missing(measure("net_income", "Q2 FY2025"))

    @pytest.mark.parametrize(
        ("decimals", "derived", "missing"),
        [(-6, False, False), (Precision.UNKNOWN, False, True), (-6, True, True)],
    )
    def test_a_recast_that_may_not_refute_does_not_count(self, decimals, derived, missing):
        held = figures(
            fact("operating_income", "Q2 FY2025", "2034000000", vintage="first reported"),
            fact("operating_income", "Q2 FY2025", "2080000000", decimals, vintage="recast", derived=derived),
            *millions("revenue", Q2_2025=25026),
        )
        assert held.recast_base_missing(measure("operating_income", "Q2 FY2025")) is missing
        assert held.recast_base_missing(measure("operating_margin", "Q2 FY2025")) is missing

    def test_the_bundled_revision(self):
        assert BUNDLED.recast_base_missing(measure("operating_income_non_gaap_yoy", "Q2 FY2026"))
        assert not BUNDLED.recast_base_missing(measure("operating_income_yoy", "Q2 FY2026"))
        assert BUNDLED.recast_base_missing(measure("eps_diluted_non_gaap_yoy", "Q2 FY2026"))
        assert not BUNDLED.recast_base_missing(measure("eps_diluted_yoy", "Q2 FY2026"))
        assert not BUNDLED.recast_base_missing(measure("revenue_yoy", "Q2 FY2026"))
        assert BUNDLED.recast_base_missing(measure("operating_income_yoy", "Q2 FY2026", CSG))


class TestExplain:
    def test_every_document_of_every_bundled_figure_is_reached(self):
        asked = [
            measure(metric, label)
            for metric in ("net_margin", "revenue_yoy", "operating_income")
            for label in ("Q4 FY2025", "Q2 FY2026", "9M FY2025")
        ]
        found = [figure for one in asked for figure in BUNDLED.at(one)]
        assert computed(found)
        for figure in found:
            text = BUNDLED.explain(figure)
            for document in figure.documents():
                assert document.title in text
                assert document.url is None or document.url in text
                assert str(document.known) in text

    def test_the_tree(self):
        base = fact("revenue", "Q2 FY2025", "25026000000", known="2024-08-29")
        held = figures(base, fact("revenue", "Q2 FY2026", "29776000000"))
        [growth] = held.at(measure("revenue_yoy", "Q2 FY2026"))
        assert held.explain(growth).splitlines() == [
            "DELL Revenue, growth on the year before Q2 FY2026: 18.98 % (18.97 % to 18.99 %)",
            "  = Revenue Q2 FY2026 / Revenue Q2 FY2025 - 1",
            "  DELL Revenue Q2 FY2026: $29.776 billion",
            "    Release: revenue Q2 FY2026  29776000000, known 2025-08-28",
            "    https://x.test/Release:-revenue-Q2-FY2026--29776000000",
            "  DELL Revenue Q2 FY2025: $25.026 billion",
            "    Release: revenue Q2 FY2025  25026000000, known 2024-08-29",
            "    https://x.test/Release:-revenue-Q2-FY2025--25026000000",
        ]

    def test_what_weakens_a_fact_is_said(self):
        weak = fact("revenue", "Q2 FY2025", "9000000000", vintage="recast", derived=True)
        weak = replace(
            weak,
            primary=False,
            locator="page 3",
            quantity=replace(weak.quantity, bound="at_least"),
            document=replace(weak.document, url=None, known=None),
        )
        text = figures(weak).explain(weak)
        for words in (
            "at least $9 billion",
            "recast, computed by others, the lesser of two sources",
            "page 3",
            "day unknown",
            "no address held",
        ):
            assert words in text


class TestBundled:
    """Figures and growth rates the company printed, against those computed from the ledger."""

    @pytest.mark.parametrize(
        ("metric", "label", "dims", "said"),
        [
            ("revenue_yoy", "Q2 FY2026", (), ("0.185", "0.195")),
            ("revenue_yoy", "Q2 FY2026", ISG, ("0.435", "0.445")),
            ("operating_income_yoy", "Q2 FY2026", (), ("0.265", "0.275")),
            ("eps_diluted_yoy", "Q2 FY2026", (), ("0.375", "0.385")),
            ("ai_server_shipments", "H1 FY2026", (), ("9950000000", "10050000000")),
        ],
    )
    def test_a_computed_figure_agrees_with_print(self, metric, label, dims, said):
        found = computed(BUNDLED.at(measure(metric, label, dims)))
        assert any(not figure.interval.disjoint(Interval(D(said[0]), D(said[1]))) for figure in found)

    def test_the_unknown_recast_of_non_gaap_operating_income_is_not_guessed(self):
        found = computed(BUNDLED.at(measure("operating_income_non_gaap_yoy", "Q2 FY2026")))
        assert all(vintages(figure) == {"first reported"} for figure in found)

    def test_no_year_is_summed_from_quarters_of_another_vintage(self):
        asked = measure("operating_income", "FY FY2025")
        assert {point(figure) for figure in BUNDLED.at(asked)} == {D(6237000000)}

    def test_what_is_computed_on_a_day_uses_what_was_known(self):
        view = Ledger.open().as_of(date(2024, 9, 1))
        found = Figures(view, CATALOGUE).at(measure("operating_margin", "Q2 FY2025"))
        assert found
        assert all(figure.known is not None and figure.known <= date(2024, 9, 1) for figure in found)


class TestFiscal:
    @given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
    def test_answers_are_the_calendars(self, start, days):
        for span in (Period(start, start + timedelta(days=days)), Period(None, start)):
            assert part_of(CALENDAR, span) == CALENDAR.part_of(span)
            assert back(CALENDAR, span, 4) == CALENDAR.back(span, 4)
            assert label(CALENDAR, span) == CALENDAR.label(span)

    def test_periods_without_end_have_no_part(self):
        endless = Period(date(2023, 10, 5), date.max)
        assert part_of(CALENDAR, endless) is None
        assert back(CALENDAR, endless, 4) is None
        assert label(CALENDAR, endless) == label(None, endless) == "from 2023-10-05"


class TestFormat:
    @pytest.mark.parametrize(
        ("value", "unit", "decimals", "text"),
        [
            ("16800000000", "USD", None, "$16.8 billion"),
            ("16796000000", "USD", None, "$16.796 billion"),
            ("1284000000", "USD", None, "$1,284 million"),
            ("1280000000", "USD", -6, "$1.28 billion"),
            ("-1427000000", "USD", None, "-$1,427 million"),
            ("16796500000", "USD", None, "$16,796.5 million"),
            ("14000000000", "USD", -8, "$14 billion"),
            ("1500000000000", "USD", None, "$1.5 trillion"),
            ("1234567", "USD", None, "$1,234,567"),
            ("0", "USD", None, "$0"),
            ("12.5", "USD", None, "$12.50"),
            ("29776000000", "USD", -8, "$29.8 billion"),
            ("2300000000", "EUR", None, "€2.3 billion"),
            ("2300000000", "CHF", None, "CHF 2.3 billion"),
            ("2.3", "USD/share", None, "$2.30 per share"),
            ("-0.123", "USD/share", None, "-$0.12 per share"),
            ("0.381", "ratio", None, "38.1 %"),
            ("-0.2", "ratio", 2, "-20 %"),
            ("0.189802", "ratio", None, "18.98 %"),
            ("0.189802", "ratio", 2, "19 %"),
            ("0.000012", "ratio", None, "0.001 %"),
            ("0", "ratio", None, "0 %"),
            ("12.5", "ratio", None, "1,250 %"),
            ("18.4", "x", None, "18.4x"),
            ("-24.13", "x", 1, "-24.1x"),
            ("6500", "count", 0, "6,500"),
            ("26100000", "shares", None, "26.1 million shares"),
            ("1.6", "GW", None, "1.6 GW"),
            ("14", "months", Precision.EXACT, "14 months"),
            ("1e80", "USD", None, "1.000e+80 USD"),
        ],
    )
    def test_amounts(self, value, unit, decimals, text):
        assert amount(D(value), unit, decimals) == text

    @pytest.mark.parametrize(
        ("low", "high", "unit", "text"),
        [
            ("0.189749", "0.189851", "ratio", "18.97 % to 18.99 %"),
            ("-0.10001", "-0.05", "ratio", "-10.01 % to -5 %"),
            ("11550000000", "11650000000", "USD", "$11.55 billion to $11.65 billion"),
            ("2", "2", "x", "2x"),
            ("9000000000", None, "USD", "at least $9 billion"),
            (None, "0.4", "ratio", "at most 40 %"),
            (None, None, "USD", "any value"),
        ],
    )
    def test_intervals(self, low, high, unit, text):
        ends = Interval(None if low is None else D(low), None if high is None else D(high))
        assert interval(ends, unit) == text

    @given(
        st.decimals(allow_nan=False, allow_infinity=False),
        st.sampled_from(["USD", "USD/share", "ratio", "x", "count", "shares", "GW"]),
    )
    def test_any_value_is_told(self, value, unit):
        assert amount(value, unit)
        assert interval(Interval.point(value), unit)

    @given(st.integers(-(10**15), 10**15))
    def test_whole_dollars_are_exact(self, value):
        text = amount(D(value), "USD").replace("$", "").replace(",", "")
        scale = {"trillion": 12, "billion": 9, "million": 6}
        number, _, word = text.partition(" ")
        assert D(number).scaleb(scale.get(word, 0)) == value
