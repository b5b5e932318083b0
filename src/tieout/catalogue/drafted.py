"""A pack drafted from what a company filed, for a person to review: calendar, members, figures of its own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tieout.core.calendar import FiscalCalendar
from tieout.core.company import Company
from tieout.core.filed import OWN, Filed
from tieout.core.filed_calendar import FiledCalendar
from tieout.core.measure import Dimensions

AXES = {
    "us-gaap:StatementBusinessSegmentsAxis": "segment",
    "srt:ProductOrServiceAxis": "product",
    "ifrs-full:SegmentsAxis": "segment",
    "ifrs-full:ProductsAndServicesAxis": "product",
}
"""Axes whose members are parts of a company that texts name."""
SHARED = frozenset({"us-gaap", "ifrs-full", "dei", "srt", "country", "currency", "invest", "ecd", "cyd", OWN})
"""Taxonomies that are no filer's own."""
_UNITS = {"pure": "ratio", "shares": "shares"}
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_IDLE = ("Member", "Segment", "Segments")
_LOWER = {"And": "and", "Of": "of", "The": "the", "In": "in", "For": "for"}
_MOST, _FEWEST = 20, 3
"""Own figures drafted at most; stretches or days one must be told of."""


def drafted(company: Company, rows: Sequence[Filed], *, known: bool = False) -> str:
    """The text of a pack file. `known`: there is a pack, and only what may be added to it is drafted."""
    told = [
        f"# {company.name}. Drafted from its filings: review every line, and leave out what is not certain."
    ]
    told.append(f"ticker = {_text(company.ticker)}")
    if not known:
        told += [f"name = {_text(company.name)}", f"cik = {_text(company.cik or '')}"]
        told += [f"names = {_texts(company.names)}   # how texts name it", ""]
        told += _calendar(company.calendar)
    held = {each for member in company.members for each in member.filed}
    told += _members(rows, held)
    told += _own(rows, company.ticker)
    return "\n".join(told) + "\n"


def _calendar(calendar: FiscalCalendar) -> Iterator[str]:
    yield "[calendar]"
    yield f"rule = {_text(calendar.rule)}"
    yield f"month = {calendar.month}"
    if calendar.rule != "month_end":
        yield f"weekday = {calendar.weekday}"
    if calendar.offset:
        yield f"offset = {calendar.offset}"
    regular = [(year, end) for year, end in calendar.known if _regular(calendar, year)]
    if regular:
        yield f"known = {{ {', '.join(f'{year} = {end}' for year, end in regular)} }}"
    if isinstance(calendar, FiledCalendar) and calendar.quarters:
        yield ""
        yield "[calendar.quarter_ends]   # the first three of each year that ends its quarters in its own way"
        for year in sorted({year for year, _, _ in calendar.quarters}):
            ends = ", ".join(str(calendar.quarter_end(year, quarter)) for quarter in (1, 2, 3))
            yield f"{year} = [{ends}]"
    yield ""


def _regular(calendar: FiscalCalendar, year: int) -> bool:
    if not isinstance(calendar, FiledCalendar):
        return True
    return calendar.regular(year) and calendar.regular(year + 1)


def _members(rows: Iterable[Filed], held: Iterable[Dimensions]) -> Iterator[str]:
    """The segments and products that figures of several periods are told of."""
    periods: defaultdict[tuple[str, str], set[tuple[date | None, date]]] = defaultdict(set)
    done = set(held)
    for row in rows:
        for axis, member in row.dimensions:
            if axis in AXES and ((axis, member),) not in done:
                periods[axis, member].add((row.start, row.end))
    latest = max((end for spans in periods.values() for _, end in spans), default=None)
    for (axis, member), spans in sorted(periods.items()):
        if latest is None or (latest - max(end for _, end in spans)).days > 2 * 366:
            continue  # of a structure given up since
        name = _named(member)
        yield "[[members]]"
        yield f"{AXES[axis]} = {_text(name)}"
        yield f"names = {_texts((name,))}"
        yield f"filed = {_texts((f'{axis}={member}',))}"
        yield ""


def _own(rows: Iterable[Filed], ticker: str) -> Iterator[str]:
    """The figures a filer tags with concepts of its own, those told most often."""
    told: defaultdict[tuple[str, str], set[tuple[date | None, date]]] = defaultdict(set)
    units: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.taxonomy not in SHARED and not row.dimensions:
            told[row.taxonomy, row.concept].add((row.start, row.end))
            units[row.taxonomy, row.concept][row.unit] += 1
    often = sorted(told, key=lambda concept: (-len(told[concept]), concept))
    for concept in often[:_MOST]:
        unit = _unit(units[concept].most_common(1)[0][0])
        if len(told[concept]) < _FEWEST or unit is None:
            continue
        name = _named(concept[1])
        instant = all(start is None for start, _ in told[concept])
        yield f"[metrics.{_identifier(ticker, concept[1])}]"
        yield f"label = {_text(name)}"
        yield f"unit = {_text(unit)}"
        if instant:
            yield 'kind = "balance"'
        yield f"aliases = {_texts((name.lower(),))}   # how texts call it"
        yield f"filed = {_texts((':'.join(concept),))}"
        yield ""


def _unit(filed: str) -> str | None:
    money, _, per = filed.partition("/")
    if len(money) == 3 and money.isupper():
        return f"{money}/share" if per in ("share", "shares") else money if not per else None
    return _UNITS.get(filed)


def _named(concept: str) -> str:
    """The words of a concept or member: "nvda:DataCenterMember" is Data Center."""
    words: list[str] = _CAMEL.findall(concept.rpartition(":")[2])
    while len(words) > 1 and words[-1] in _IDLE:
        words.pop()
    return " ".join(_LOWER.get(word, word) for word in words)


def _identifier(ticker: str, concept: str) -> str:
    words = [word.lower() for word in _CAMEL.findall(concept)]
    prefix = re.sub("[^a-z0-9]", "", ticker.lower())
    return "_".join((prefix if prefix[0].isalpha() else f"c{prefix}", *words))


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _texts(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"
