"""Rows as filed -> rows in the catalogue's terms: metric, unit, period, members; and what is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from tieout.core.concepts import Concept, Concepts, Use
from tieout.core.filed import OWN, Filed
from tieout.core.interval import Interval
from tieout.core.measure import Dimensions, Measure, Scenario
from tieout.core.period import Period
from tieout.core.quantity import Decimals, Precision, Quantity, Unit
from tieout.core.skipped import Skipped, together

NEW_YORK = ZoneInfo("America/New_York")
STATEMENTS = frozenset(
    f"{form}{amended}"
    for form in ("10-K", "10-KT", "10-K405", "10-Q", "10-QT", "20-F", "40-F", "6-K")
    for amended in ("", "/A")
)
"""Forms whose figures are the company's statements. Proxies and prospectuses carry others' and slips."""
CURRENT = frozenset({"8-K", "8-K/A"})
"""Current reports: recast statements, but pro forma ones too, and releases."""
COVER = ("dei", "EntityCommonStockSharesOutstanding")
_CLASSES = "us-gaap:StatementClassOfStockAxis"
_ASSETS = (("us-gaap", "Assets"), ("ifrs-full", "Assets"))
_IDLE = frozenset(
    {
        ("srt:ConsolidationItemsAxis", "us-gaap:OperatingSegmentsMember"),
        ("us-gaap:ConsolidationItemsAxis", "us-gaap:OperatingSegmentsMember"),
        ("us-gaap:StatementScenarioAxis", "us-gaap:ScenarioActualMember"),
    }
)
"""Members that narrow nothing: a segment's figure is told of operating segments."""


@dataclass(frozen=True, slots=True)
class Filer:
    """Whose rows these are: entity of the facts, name in titles, the pack's dimensions by those filed."""

    entity: str
    name: str
    members: Mapping[Dimensions, Dimensions] = field(default_factory=dict[Dimensions, Dimensions])


@dataclass(frozen=True, slots=True)
class Placed:
    """A row that is a figure of a measure. `rank` is its concept's place; None for one that only supports.

    `interval` is what it can stand for at that precision; `varies` and `whole` are the metric's, as in the
    concept table.
    """

    filed: Filed
    measure: Measure
    unit: Unit
    decimals: Decimals
    interval: Interval
    known: date | None
    rank: int | None
    varies: bool = False
    whole: bool = False

    @property
    def value(self) -> Decimal:
        """The figure, in full units."""
        return self.filed.value

    @property
    def concept(self) -> Concept:
        """Taxonomy and concept."""
        return self.filed.taxonomy, self.filed.concept


def placed(
    rows: Iterable[Filed], concepts: Concepts, filer: Filer
) -> tuple[tuple[Placed, ...], tuple[Skipped, ...]]:
    """The rows of one filer that are figures of metrics; the same fact from several sources counts once."""
    held = tuple(rows)
    setting = _Setting(filer, *_whole(held))
    found: list[Placed] = []
    left: list[Skipped] = []
    own = concepts.own.get(filer.entity, {})
    for row in _once(held):
        tagged = own.get(((row.taxonomy, row.concept), _told(row)))
        uses = concepts.uses((row.taxonomy, row.concept)) if tagged is None else (Use(tagged, 0),)
        reason = _unfit(row, setting, whole=tagged is not None) if uses else "of concepts that are no metric"
        if reason:
            left.append(Skipped("facts", reason))
            continue
        members = () if tagged is not None else _members(row, setting) or ()
        several = tuple(_as(row, use, members, setting) for use in uses)
        fitting = tuple(each for each in several if each is not None)
        if not fitting:
            left.append(Skipped("facts", "in a unit or over a time that their metric has not"))
        found += fitting
    found += _covers(held, concepts, setting)
    return tuple(found), together(left)


def _covers(rows: Iterable[Filed], concepts: Concepts, setting: _Setting) -> Iterator[Placed]:
    """The shares on a cover that tells them by class alone: the classes of one filing added, to support.

    The classes are one company: its shares are not those of any one class, nor of a class counted twice.
    """
    covers: defaultdict[tuple[str, date], dict[str, Filed]] = defaultdict(dict)
    whole: set[str] = set()
    for row in rows:
        if (row.taxonomy, row.concept) == COVER and row.form in STATEMENTS:
            if not row.dimensions:
                whole.add(row.accession)
            elif len(row.dimensions) == 1 and row.dimensions[0][0] == _CLASSES:
                covers[row.accession, row.end][row.dimensions[0][1]] = row
    for (accession, _), classes in covers.items():
        if accession in whole or len(classes) < 2:
            continue
        first = min(classes.values(), key=lambda row: row.dimensions)
        total = sum((row.value for row in classes.values()), Decimal(0))
        summed = replace(first, value=total, dimensions=(), locator=f"sum of {len(classes)} classes")
        if not _unfit(summed, setting):
            several = (_as(summed, use, (), setting) for use in concepts.uses(COVER))
            yield from (replace(each, rank=None) for each in several if each is not None)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What one row alone does not tell: the currencies the company reports in, all concepts it files."""

    filer: Filer
    currencies: frozenset[str]
    filed: frozenset[Concept]


def _whole(rows: Iterable[Filed]) -> tuple[frozenset[str], frozenset[Concept]]:
    told = [row for row in rows if row.form in STATEMENTS and not row.dimensions]
    currencies = frozenset(row.unit for row in told if (row.taxonomy, row.concept) in _ASSETS)
    return currencies, frozenset((row.taxonomy, row.concept) for row in told)


def known(row: Filed) -> date | None:
    """The New York day of acceptance; the day of filing where no moment is held."""
    return row.filed if row.accepted is None else row.accepted.astimezone(NEW_YORK).date()


def precision(row: Filed) -> Decimals:
    """The decimals stated, or as many as the value's digits prove.

    A filer prints a figure to some digit, and no digit before that one's place can be lost: the last that
    is not zero was printed. Zeros behind it may be rounded or not, so they claim nothing; a zero alone never
    does. INF says how the digits were tagged, not that the world has no more of them.
    """
    if row.value == 0:
        return Precision.UNKNOWN
    if isinstance(row.decimals, int):
        return row.decimals
    _, digits, exponent = row.value.as_tuple()
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return -(int(exponent) + zeros)


def _once(rows: Iterable[Filed]) -> Iterator[Filed]:
    """Each fact of a filing once, in order: of equal ones the one that says most of itself."""
    best: dict[tuple[object, ...], Filed] = {}
    for row in rows:
        key = (
            row.accession,
            row.taxonomy,
            row.concept,
            row.dimensions,
            row.unit,
            row.start,
            row.end,
            row.value,
            row.scenario,
            row.bound,
        )
        if key not in best or _says(row) > _says(best[key]):
            best[key] = row
    yield from best.values()


def _says(row: Filed) -> tuple[bool, bool, bool, str, str, str]:
    stated = isinstance(row.decimals, int)
    return stated, row.accepted is not None, bool(row.locator), row.document, row.locator, str(row.decimals)


def _unfit(row: Filed, setting: _Setting, *, whole: bool = False) -> str:
    """Why a row is no figure to check with; empty where it is one. `whole`: its members are in the metric."""
    told = known(row)
    if row.taxonomy != OWN and row.form not in STATEMENTS and row.form not in CURRENT:
        return "in forms that are no statements"
    if row.scenario == Scenario.ACTUAL and told is not None and row.end > told:
        return "told before their period was over"
    if row.start is not None and row.start > row.end:
        return "over a time that ends before it starts"
    if not whole and _members(row, setting) is None:
        return "of members that no pack names"
    currency = row.unit.partition("/")[0]
    foreign = setting.currencies and currency not in setting.currencies
    if foreign and len(currency) == 3 and currency.isupper():
        return "in a currency the company does not report in"
    return ""


def _told(row: Filed) -> Dimensions:
    return tuple(pair for pair in row.dimensions if pair not in _IDLE)


def _members(row: Filed, setting: _Setting) -> Dimensions | None:
    told = _told(row)
    if not told or (row.taxonomy == OWN and not any(":" in axis for axis, _ in told)):
        return told
    return setting.filer.members.get(told)


def _as(row: Filed, use: Use, members: Dimensions, setting: _Setting) -> Placed | None:
    """The row as a figure of one metric; None where unit or time do not fit it.

    A current report's own tags may be of pro forma statements, and only support; so does a release's prose,
    which says no decimals. Its tables were read, not tagged: they refute only where explained.
    """
    unit = _unit(row.unit, use.tagged.unit)
    actual = row.scenario == Scenario.ACTUAL
    if unit is None or (actual and use.tagged.instant != (row.start is None)):
        return None
    tagged, release = use.tagged, row.taxonomy == OWN
    sure = row.form not in CURRENT or (release and isinstance(row.decimals, int))
    near = use.rank is None or not sure or bool(tagged.beside & setting.filed)
    measure = Measure(
        setting.filer.entity,
        use.tagged.metric,
        members,
        Period(row.start, row.end),
        Scenario(row.scenario),
    )
    rank = None if near else use.rank
    varies = tagged.varies or release
    decimals = precision(row)
    around = Quantity(row.value, unit, decimals).interval()
    return Placed(row, measure, unit, decimals, around, known(row), rank, varies, tagged.whole)


def _unit(filed: str, declared: Unit) -> Unit | None:
    """The unit of the ledger for one filed, where it suits the metric's; None where it does not."""
    money, _, per = filed.partition("/")
    currency = len(money) == 3 and money.isalpha() and money.isupper()
    if declared == "USD":
        return money if currency and not per else None
    if declared == "USD/share":  # the Financial Statement Data Sets leave "per share" out
        return f"{money}/share" if currency and per in ("", "share", "shares") else None
    plain = {"pure": "ratio"}.get(filed, filed)
    return plain if plain == declared else None


def by_period(rows: Iterable[Placed]) -> dict[tuple[Measure, Unit], list[Placed]]:
    """The rows by measure and unit, each lot in the order in which the world came to know them."""
    found: defaultdict[tuple[Measure, Unit], list[Placed]] = defaultdict(list)
    for row in rows:
        found[row.measure, row.unit].append(row)
    for lot in found.values():
        lot.sort(key=_when)
    return found


def _when(row: Placed) -> tuple[date, str, int, str, Decimal]:
    rank = 99 if row.rank is None else row.rank
    return row.known or date.min, row.filed.accession, rank, row.filed.concept, row.value
