"""An earnings release to rows: its statements, and what its prose says beyond doubt.

Concepts are ids of the catalogue, under the taxonomy `tieout`. What prose says carries no decimals, so that
it supports and explains a claim and never refutes one: a misreading must not condemn a true sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tieout.catalogue import Catalogue
from tieout.core.article import Article, Published
from tieout.core.claim import Claim, Relation
from tieout.core.company import Company
from tieout.core.errors import ParseError
from tieout.core.filed import OWN, Filed
from tieout.core.filing import Filing
from tieout.core.ingested import digest
from tieout.core.measure import Measure, Scenario
from tieout.core.period import Period
from tieout.core.quantity import Precision
from tieout.core.skipped import Skipped, together
from tieout.ingest.repeats import distinct
from tieout.ingest.statements import Figure, statements
from tieout.read import read as claims_of
from tieout.read.article import load

UNITS = {"USD/share": "USD/shares", "ratio": "pure"}
"""Units of the catalogue as filings write them."""
_WRAPPED = re.compile(rb"\A\s*<DOCUMENT>.{0,2000}?<TEXT>\s*", re.DOTALL | re.IGNORECASE)
_CARRIED = re.compile(r"carried over|spoken of|assumed|latest|near|beside")
"""In a reading's reasons: that it was taken from another sentence or number."""
_OPEN = "prose numbers", "not said for certain what, when or of whom"


@dataclass(frozen=True, slots=True)
class Release:
    """The rows of a release, and what of it was left out and why."""

    rows: tuple[Filed, ...]
    skipped: tuple[Skipped, ...]


def read(data: bytes, name: str, filing: Filing, company: Company, catalogue: Catalogue) -> Release:
    """The rows of an earnings release, Exhibit 99.1 of a current report, by its file name.

    `company` gives the calendar and the names by which the text must speak of the filer. Raises ParseError
    for what is no text, or does not name the company.
    """
    article = load(_WRAPPED.sub(b"", data), name=name, kind="html")
    if not _names(article.text, company):
        raise ParseError(
            f"{name} does not name {company.name}",
            fix="fetch it again, or give the right company",
            name=name,
        )
    told = statements(article, catalogue, company.calendar)
    figures = [each for each in told.figures if each.period.end <= filing.filed]
    held = replace(catalogue, companies={**catalogue.companies, company.ticker: company})
    reading = claims_of(article, held, (company.ticker,), Published.day(filing.filed))
    taken = {figure.number for figure in told.figures}
    others = [claim for claim in reading.claims if not any(claim.number.overlaps(number) for number in taken)]
    prose = [claim for claim in others if _prose(claim, article)]
    stamp = Filed(
        filing.cik, OWN, "", (), "", None, filing.filed, Decimal(0), Precision.UNKNOWN, filing.accession,
        filing.form, filing.filed, filing.accepted, name, "", digest(data),
    )  # fmt: skip
    told_once = distinct(_row(stamp, figure) for figure in figures)
    torn = {row for several in told_once.conflicts for row in several}
    rows = [row for row in told_once.rows if row not in torn]
    said = [row for claim in prose for row in _said(stamp, claim, company.ticker, catalogue)]
    left = [
        *told.skipped,
        Skipped("statement lines", "told in two tables with two values", len(torn)),
        Skipped(*_OPEN, len(prose) - len({row.locator for row in said})),
        Skipped("table numbers", "outside the lines of statements", len(others) - len(prose)),
    ]
    return Release((*rows, *_once(said, rows)), together(left))


def _names(text: str, company: Company) -> bool:
    words = " ".join(text.split()).lower()
    return any(re.search(rf"\b{re.escape(name.lower())}", words) for name in company.names if len(name) > 2)


def _row(stamp: Filed, figure: Figure) -> Filed:
    return replace(
        stamp,
        concept=figure.metric,
        unit=UNITS.get(figure.unit, figure.unit),
        start=figure.period.start,
        end=figure.period.end,
        value=figure.value,
        decimals=figure.decimals,
        locator=f"statement line “{figure.label}”",
    )


def _prose(claim: Claim, article: Article) -> bool:
    """Whether the claim's number stands in prose, not in a table."""
    blocks = (block for block in article.blocks if block.span.encloses(claim.number))
    return all(block.kind != "table_row" for block in blocks)


def _said(stamp: Filed, claim: Claim, ticker: str, catalogue: Catalogue) -> Iterable[Filed]:
    """The rows of a claim that leaves nothing open: one, or two for the ends of a range."""
    measure = _certain(claim, ticker, catalogue)
    if measure is None or claim.said is None or not isinstance(measure.period, Period):
        return ()
    values = (
        [claim.said.value] if claim.said.value_high is None else [claim.said.value, claim.said.value_high]
    )
    bounds = ("",) if len(values) == 1 else ("low", "high")
    if len(values) > 1 and measure.scenario is not Scenario.GUIDANCE:
        return ()
    return tuple(
        replace(
            stamp,
            concept=measure.metric,
            dimensions=measure.dimensions,
            unit=UNITS.get(claim.said.unit, claim.said.unit),
            start=measure.period.start,
            end=measure.period.end,
            value=value,
            locator=f"prose at {claim.number.start}",
            scenario=measure.scenario.value,
            bound=bound,
        )
        for value, bound in zip(values, bounds, strict=True)
    )


def _certain(claim: Claim, ticker: str, catalogue: Catalogue) -> Measure | None:
    """What the claim's number measures where its words leave one reading; None otherwise."""
    open_words = claim.hedge or claim.loose or claim.why_unread or claim.speaker
    if claim.relation is not Relation.LEVEL or open_words or not claim.readings:
        return None
    if any(_CARRIED.search(why) for reading in claim.sure for why in reading.why):
        return None
    measures = {measure for reading in claim.sure for measure in reading.subjects}
    if len(measures) != 1 or claim.said is None:
        return None
    (measure,) = measures
    metric = catalogue.metrics.get(measure.metric)
    if metric is None or measure.entity != ticker or metric.kind not in ("flow", "balance"):
        return None
    return measure if metric.unit == claim.said.unit and len(claim.readings[0].subjects) == 1 else None


def _once(said: Sequence[Filed], rows: Sequence[Filed]) -> list[Filed]:
    """What prose says that no statement does: a figure told in both is the statement's."""
    held = {_measure(row) for row in rows}
    first: dict[tuple[object, ...], Filed] = {}
    for row in said:
        if _measure(row) not in held:
            first.setdefault((*_measure(row), row.value, row.bound), row)
    return list(first.values())


def _measure(row: Filed) -> tuple[object, ...]:
    return row.concept, row.dimensions, row.unit, row.start, row.end, row.scenario
