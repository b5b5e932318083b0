"""A tagged filing as an article, with the numbers its tags vouch for at their places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tieout.bench.filings.company import company_of
from tieout.bench.filings.concepts import members, metrics
from tieout.bench.filings.marked import CLOSE, OPEN, Inline, Tag, parse
from tieout.bench.filings.sources import Page
from tieout.catalogue import Catalogue
from tieout.core.article import Article, Block, Published, Span
from tieout.core.company import Company
from tieout.core.fact import Document, Fact, Grade
from tieout.core.measure import Dimensions, Measure
from tieout.core.period import Period
from tieout.core.quantity import Decimals, Quantity, Unit
from tieout.desk import as_published
from tieout.read.article import from_text

_MARK = re.compile(f"[{chr(OPEN)}-\U000fffff{CLOSE}]")
_NUMBER = re.compile(r"[0-9]|[A-Za-z]{3}")
_ISO = re.compile(r"(?<!\d)(20\d\d-[01]\d-[0-3]\d)(?!\d)")
_SIGNED = re.compile(
    r"\bDated?:?\s{0,3}(?P<date>(?P<month>[A-Z][a-z]+)\.?\s(?P<day>[0-3]?\d),\s(?P<year>20\d\d))"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SCALED = re.compile(r"[\s\u00a0-]?(?:%|percent|thousand|million|billion|trillion)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What one tag says of a number: concept, value in full units, unit, period, dimensions."""

    concept: str
    value: Decimal
    unit: Unit
    decimals: Decimals
    period: Period
    dimensions: Dimensions

    @property
    def metric(self) -> str:
        """The metric of the catalogue that the concept is; "" where there is none."""
        return metrics().get(self.concept, "")


@dataclass(frozen=True, slots=True)
class Gold:
    """A number in the text and what its tags say, one or several; `prose`: it stands in no table.

    `scaled`: whether the text says the scale by the number, or needs none.
    """

    span: Span
    told: tuple[Told, ...]
    prose: bool
    scaled: bool


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing read: article and company, its gold in order, all it tags as facts.

    `unwritten` counts the tags on dashes and the like, which no reader could call a number.
    """

    name: str
    article: Article
    company: Company
    gold: tuple[Gold, ...]
    facts: tuple[Fact, ...]
    unwritten: int


def filing(page: Page, catalogue: Catalogue) -> Filing:
    """The filing of a page. Raises ParseError where it is none, or too long, or of an unknown company."""
    inline = parse(page.data, page.name)
    periods = [context.period for context in inline.contexts.values()]
    company = company_of(inline, periods, catalogue, page.name)
    told = [_told(tag, inline, company) for tag in inline.tags]
    article, places = _unmarked(from_text(inline.markup, "html"))
    published = _published(page, article)
    gold, unwritten = _gold(article, places, inline, told)
    facts = tuple(_facts(page.name, published, company, told))
    named = replace(
        article, published=published, companies=(company.ticker,), title=_MARK.sub("", article.title)
    )
    return Filing(page.name, named, company, gold, facts, unwritten)


def _told(tag: Tag, page: Inline, company: Company) -> Told | None:
    context = page.contexts.get(tag.context)
    if context is None or tag.value is None:
        return None
    named = members(context.dimensions, company)
    return Told(tag.name, tag.value, page.units.get(tag.unit, ""), tag.decimals, context.period, named)


def _unmarked(article: Article) -> tuple[Article, dict[Span, list[int]]]:
    """The article without marks, and the tags by the place of their number."""
    marks = list(_MARK.finditer(article.text))
    at = [mark.start() for mark in marks]
    places: dict[Span, list[int]] = {}
    begun: list[tuple[int, int]] = []
    for count, mark in enumerate(marks):
        if mark[0] != CLOSE:
            begun.append((ord(mark[0]) - OPEN, mark.start() - count))
        elif begun:
            number, start = begun.pop()
            places.setdefault(Span(start, mark.start() - count), []).append(number)

    def moved(span: Span) -> Span:
        return Span(span.start - bisect_left(at, span.start), span.end - bisect_left(at, span.end))

    blocks = tuple(
        Block(b.kind, moved(b.span), tuple(map(moved, b.cells)), b.table, header=b.header)
        for b in article.blocks
    )
    return replace(article, text=_MARK.sub("", article.text), blocks=blocks), places


def _gold(
    article: Article, places: dict[Span, list[int]], page: Inline, told: list[Told | None]
) -> tuple[tuple[Gold, ...], int]:
    found: list[Gold] = []
    unwritten = 0
    blocks = iter(article.blocks)
    block = next(blocks, None)
    for span in sorted(places):
        while block is not None and block.span.end <= span.start:
            block = next(blocks, None)
        told_here = tuple(each for number in places[span] if (each := told[number]) is not None)
        text = article.text[span.start : span.end]
        if block is None or not told_here or not _NUMBER.search(text):
            unwritten += 1
            continue
        unscaled = all(page.tags[number].scale in ("", "0") for number in places[span])
        scaled = unscaled or _SCALED.match(article.text, span.end) is not None
        found.append(Gold(span, told_here, block.kind != "table_row", scaled))
    return tuple(found), unwritten


def _published(page: Page, article: Article) -> Published | None:
    """The date told beside the page, in its name, or by its signature; None where none is."""
    if page.published:
        return as_published(page.published)
    named = _ISO.search(page.name)
    if named:
        return as_published(named[1])
    days = [day for match in _SIGNED.finditer(article.text) if (day := _day(match)) is not None]
    return Published.day(days[-1]) if days else None


def _day(match: re.Match[str]) -> date | None:
    month = match["month"][:3].lower()
    try:
        return date(int(match["year"]), _MONTHS.index(month) + 1, int(match["day"]))
    except ValueError:
        return None


def _facts(
    name: str, published: Published | None, company: Company, told: list[Told | None]
) -> Iterator[Fact]:
    """The filing's facts of metrics the catalogue knows, as the ledger holds them."""
    known = published.last if published is not None else None
    document = Document("filing", name, f"file:{name}", known, Grade.HIGH)
    for each in told:
        if each is not None and each.metric:
            measure = Measure(company.ticker, each.metric, each.dimensions, each.period)
            yield Fact(measure, Quantity(each.value, each.unit, each.decimals), document, each.concept)
