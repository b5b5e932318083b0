"""Packs against the facts bundled with them: names, units, dimensions and fiscal calendars fit."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tieout.catalogue import GROWTH, Catalogue
from tieout.core.article import Span
from tieout.core.measure import Scenario
from tieout.core.period import Period
from tieout.ledger import Ledger
from tieout.read.words import Lexicon, words

CATALOGUE = Catalogue.load()
HISTORY = Ledger.open().history()
PACKS = {
    "AAPL": ("320193", date(2025, 9, 27), date(2026, 3, 28)),
    "ADM": ("7084", date(2024, 12, 31), date(2025, 6, 30)),
    "AMAT": ("6951", date(2025, 10, 26), date(2026, 4, 26)),
    "AMZN": ("1018724", date(2025, 12, 31), date(2026, 6, 30)),
    "ANET": ("1596532", date(2025, 12, 31), date(2026, 6, 30)),
    "AVGO": ("1730168", date(2025, 11, 2), date(2026, 5, 3)),
    "CAT": ("18230", date(2024, 12, 31), date(2025, 6, 30)),
    "CRWV": ("1769628", date(2025, 12, 31), date(2026, 6, 30)),
    "DELL": ("1571996", date(2025, 1, 31), date(2025, 8, 1)),
    "GOOGL": ("1652044", date(2025, 12, 31), date(2026, 6, 30)),
    "HPE": ("1645590", date(2025, 10, 31), date(2026, 4, 30)),
    "IBM": ("51143", date(2025, 12, 31), date(2026, 6, 30)),
    "KOP": ("1315257", date(2024, 12, 31), date(2025, 6, 30)),
    "LYB": ("1489393", date(2024, 12, 31), date(2025, 6, 30)),
    "META": ("1326801", date(2025, 12, 31), date(2026, 6, 30)),
    "MRVL": ("1835632", date(2025, 2, 1), date(2025, 8, 2)),
    "MSFT": ("789019", date(2025, 6, 30), date(2025, 12, 31)),
    "MU": ("723125", date(2025, 8, 28), date(2026, 2, 26)),
    "NUE": ("73309", date(2024, 12, 31), date(2025, 7, 5)),
    "NVDA": ("1045810", date(2025, 1, 26), date(2025, 7, 27)),
    "ORCL": ("1341439", date(2025, 5, 31), date(2025, 11, 30)),
    "PANW": ("1327567", date(2025, 7, 31), date(2026, 1, 31)),
    "PLTR": ("1321655", date(2024, 12, 31), date(2025, 6, 30)),
    "SMCI": ("1375365", date(2025, 6, 30), date(2025, 12, 31)),
    "TDG": ("1260221", date(2024, 9, 30), date(2025, 3, 29)),
    "VRT": ("1674101", date(2025, 12, 31), date(2026, 6, 30)),
}
"""CIK, a year's end and the end of the half year after it."""

MANY_YEARS = {("DELL", "capital_returned_cumulative")}
"""Flows over several fiscal years."""

TRAILING_YEARS = {("DELL", Period(date(2025, 8, 2), date(2026, 7, 31)))}
"""Four quarters that make no fiscal year."""

ORDINARY = frozenset(
    re.findall(
        r"\w+",
        """
a an and are as at be been but by can could did do does first for from had has have he her his how i
if in into is it its last less may might more most new no not now of off on one or other our out
over own quarter report results same she should so some such than that the their them then there
these they this those to total two under up was we were what when which who will with would year
years you your""",
    )
)


def base(metric):
    for suffix in GROWTH:
        if metric not in CATALOGUE.metrics:
            metric = metric.removesuffix(suffix)
    return metric


def whole(text):
    return Span(0, len(text))


def said(ticker):
    """Every name of metrics, families and members that a pack gives."""
    company = CATALOGUE.company(ticker)
    own = [m for m in CATALOGUE.metrics.values() if m.company == ticker]
    families = [f for f in CATALOGUE.families.values() if f.company == ticker]
    return [name for item in (*own, *families) for name in item.aliases] + [
        name for member in company.members for name in member.names
    ]


def test_every_pack_loads():
    assert set(PACKS) <= set(CATALOGUE.companies)


@pytest.mark.parametrize("ticker", PACKS)
def test_a_pack_says_whom_it_describes(ticker):
    company = CATALOGUE.company(ticker)
    assert company.ticker == ticker
    assert company.cik == PACKS[ticker][0].zfill(10)
    assert {company.name, ticker} <= set(company.names)
    assert len(set(company.names)) == len(company.names)


@pytest.mark.parametrize("ticker", PACKS)
def test_every_metric_held_is_declared_with_its_unit(ticker):
    for fact in HISTORY.all_facts(ticker):
        metric = CATALOGUE.metric(fact.measure.metric)
        assert metric.unit == fact.quantity.unit, fact.measure
        declared = CATALOGUE.metrics[base(metric.id)]
        assert declared.company in (None, ticker), fact.measure


@pytest.mark.parametrize("ticker", PACKS)
def test_balances_and_statements_are_days_and_flows_stretches(ticker):
    for fact in HISTORY.all_facts(ticker):
        measure = fact.measure
        if measure.scenario is Scenario.ACTUAL and base(measure.metric) == measure.metric:
            kind = CATALOGUE.metric(measure.metric).kind
            assert (kind == "flow") is not measure.period.is_instant, measure


@pytest.mark.parametrize("ticker", [ticker for ticker in PACKS if ticker != "DELL"])
def test_every_dimension_held_has_a_name(ticker):
    members = {member.dimensions for member in CATALOGUE.company(ticker).members}
    for fact in HISTORY.all_facts(ticker):
        measure = fact.measure
        if measure.dimensions:
            default = CATALOGUE.metrics[base(measure.metric)].default_dimensions
            assert measure.dimensions == default or measure.dimensions in members, measure


@pytest.mark.parametrize("ticker", [ticker for ticker in PACKS if ticker != "DELL"])
def test_no_member_of_a_general_metric_without_facts(ticker):
    """A product with its metric is only another name of that metric: readings drop the product."""
    held = {fact.measure.dimensions for fact in HISTORY.all_facts(ticker)}
    for member in CATALOGUE.company(ticker).members:
        told = CATALOGUE.metrics.get(member.metric) or CATALOGUE.families.get(member.metric)
        alias = told is not None and dict(member.dimensions).keys() == {"product"}
        if not alias and (told is None or told.company is None):
            assert member.dimensions in held, member


@pytest.mark.parametrize("ticker", PACKS)
def test_the_fiscal_year_ends_when_it_did(ticker):
    _, year_end, half_later = PACKS[ticker]
    calendar = CATALOGUE.company(ticker).calendar
    assert calendar.part_of(Period.instant(year_end)) == (year_end.year, "Q4")
    assert calendar.part_of(Period.instant(half_later)) == (calendar.containing(half_later)[0], "Q2")


@pytest.mark.parametrize("ticker", PACKS)
def test_what_was_reported_fits_the_fiscal_calendar(ticker):
    calendar = CATALOGUE.company(ticker).calendar
    for fact in HISTORY.all_facts(ticker):
        measure = fact.measure
        if measure.scenario not in (Scenario.ACTUAL, Scenario.GUIDANCE) or CATALOGUE.metric(
            measure.metric
        ).kind in ("statement", "specification"):
            continue
        if (ticker, measure.metric) in MANY_YEARS or (ticker, measure.period) in TRAILING_YEARS:
            continue
        assert calendar.part_of(measure.period) is not None, measure


@pytest.mark.parametrize("ticker", PACKS)
def test_no_name_is_an_ordinary_word(ticker):
    for name in (*said(ticker), *CATALOGUE.company(ticker).names):
        parts = name.lower().replace("…", " ").split()
        assert parts, name
        assert not set(parts) <= ORDINARY, name


@pytest.mark.parametrize("ticker", PACKS)
def test_no_name_holds_a_possessive(ticker):
    """The reader drops the s of one in texts: such a name would never be found."""
    assert [name for name in said(ticker) if re.search(r"['’]s\b", name)] == []


def test_no_company_name_means_something_else():
    names = {
        name.casefold(): company.ticker
        for company in CATALOGUE.companies.values()
        for name in (company.name, *company.names)
    }
    others = [
        *CATALOGUE.others,
        *(name for ticker in CATALOGUE.companies for name in said(ticker)),
        *(name for metric in CATALOGUE.metrics.values() for name in metric.aliases),
    ]
    assert not names.keys() & {name.casefold() for name in others}


def test_no_two_companies_share_a_name():
    owner = {}
    for company in CATALOGUE.companies.values():
        for name in company.names:
            assert owner.setdefault(name.casefold(), company.ticker) == company.ticker


@pytest.mark.parametrize("ticker", [ticker for ticker in PACKS if ticker != "DELL"])
def test_within_a_pack_a_name_means_one_thing(ticker):
    names = [" ".join(word.lower for word in words(name, whole(name))) for name in said(ticker)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("ticker", PACKS)
def test_an_own_metric_that_is_held_is_named_and_explained(ticker):
    held = {base(fact.measure.metric) for fact in HISTORY.all_facts(ticker)}
    for key in held:
        metric = CATALOGUE.metrics[key]
        named = metric.aliases or any(key in family.members for family in CATALOGUE.families.values())
        if metric.company == ticker and ticker != "DELL":
            assert named, key
            assert metric.definition, key


@pytest.mark.parametrize("ticker", PACKS)
def test_siblings_are_known(ticker):
    for metric in CATALOGUE.metrics.values():
        if metric.company == ticker:
            assert [key for key in metric.siblings if key not in CATALOGUE.metrics] == [], metric.id


SENTENCES = [
    ("NVDA", "Data Center revenue was $41.1 billion.", "data_center_revenue", ()),
    ("NVDA", "inventory and capacity commitments of $50.3 billion", "supply_commitments", ()),
    ("NVDA", "multi-year cloud service agreements of $26 billion", "cloud_service_agreements", ()),
    ("NVDA", "purchase commitments of $45.8 billion", "purchase_commitments", ()),
    ("NVDA", "gaming revenue was $4.3 billion", "gaming_revenue", ()),
    ("NVDA", "Blackwell revenue of $11 billion", "data_center_part_revenue", ()),
    (
        "SMCI",
        "$13 billion in NVIDIA Blackwell Ultra orders",
        "order_book_statement",
        (("line", "Blackwell Ultra/GB300"),),
    ),
    ("SMCI", "a backlog of $13 billion", "supermicro_backlog", ()),
    ("SMCI", "design wins worth $12 billion", "design_wins", ()),
    ("SMCI", "pushed $1.5 billion in revenue to the next quarter", "revenue_slippage", ()),
    (
        "SMCI",
        "the largest customer was 28.1% of it",
        "customer_concentration",
        (("line", "Largest customer"),),
    ),
    ("ORCL", "OCI revenue of $3.3 billion", "cloud_infrastructure_revenue", ()),
    ("ORCL", "cloud revenue of $7.2 billion", "cloud_revenue", ()),
    ("ORCL", "current RPO of $43 billion", "current_remaining_performance_obligations", ()),
    (
        "ORCL",
        "cloud services and license support revenues of $11.7 billion",
        "cloud_services_and_license_support_revenue",
        (),
    ),
    ("ORCL", "a contract backlog of $455 billion", "remaining_performance_obligations", ()),
    ("HPE", "AI systems backlog of $3.7 billion", "ai_systems_backlog", ()),
    ("HPE", "cumulative AI systems orders of $8.3 billion", "ai_systems_orders_cumulative", ()),
    ("HPE", "AI systems orders of $1.6 billion", "ai_systems_orders", ()),
    ("HPE", "Intelligent Edge operating margin of 22.4%", "operating_margin", (("segment", "Networking"),)),
    ("HPE", "server operating margin of 8.1%", "operating_margin", (("segment", "Server"),)),
    ("VRT", "organic orders rose 60%", "organic_orders", ()),
    ("VRT", "a book-to-bill ratio of 1.4x", "book_to_bill", ()),
    ("ANET", "minimum purchase commitments of $3.6 billion", "purchase_commitments", ()),
    ("CRWV", "a revenue backlog of $55.6 billion", "revenue_backlog", ()),
    ("CRWV", "active power of 1.5 GW", "active_power", ()),
]


@pytest.mark.parametrize(("ticker", "text", "metric", "dimensions"), SENTENCES)
def test_what_a_name_means(ticker, text, metric, dimensions):
    lexicon = Lexicon.of(CATALOGUE, [CATALOGUE.company(ticker)], CATALOGUE.companies.values())
    number = re.search(r"[$\d]+", text)
    found = lexicon.mentions(text, words(text, whole(text)), [Span(*number.span())])
    meant = [(each.meaning.metrics[0], each.meaning.dimensions) for each in found if each.meaning.metrics]
    assert meant[0] == (metric, dimensions)
    assert metric == "revenue_slippage" or "revenue" not in [key for key, _ in meant]


def test_peers_in_an_article_take_no_name_from_another():
    """A name may mean more beside peers, but for Dell what it meant alone, with the same dimensions."""
    alone = Lexicon.of(CATALOGUE, [CATALOGUE.company("DELL")], CATALOGUE.companies.values())
    among = Lexicon.of(CATALOGUE, [CATALOGUE.company(ticker) for ticker in PACKS])
    for name in said("DELL"):
        text = name.replace("…", "$14.4 billion")
        number = [Span(*match.span()) for match in re.finditer(r"\$14.4 billion", text)]
        found = words(text, whole(text))
        first, second = alone.mentions(text, found, number), among.mentions(text, found, number)
        assert [dells(mention) for mention in first] == [dells(mention) for mention in second], name


def dells(mention):
    metrics = [key for key in mention.meaning.metrics if CATALOGUE.metrics[key].company in (None, "DELL")]
    return mention.kind, mention.span, frozenset(metrics), mention.meaning.dimensions
