"""Rows as filed for tests: real figures, each with the filing it stands in, and small made-up ones."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

from tieout.catalogue import Catalogue
from tieout.catalogue.concepts import concepts
from tieout.core.filed import Filed
from tieout.core.filing import Registrant
from tieout.core.ingested import Ingested
from tieout.core.measure import Measure
from tieout.core.period import Period
from tieout.core.quantity import Precision
from tieout.ingest.rows import table
from tieout.ledger.placed import Filer
from tieout.ledger.registrants import keep
from tieout.ledger.reported import reported
from tieout.ledger.store import Store

HERE = Path(__file__).parent / "filed"
CATALOGUE = Catalogue.load()
XMPL = Filer("XMPL", "Example")


def day(text):
    return date.fromisoformat(text) if text else None


def row(concept, span, value, filing, *, unit="USD", dimensions=(), decimals=Precision.UNKNOWN, **more):
    """A row: `span` is "start end" or one day, `filing` "accession form filed"."""
    taxonomy, _, name = concept.rpartition(":")
    *start, end = span.split()
    accession, form, filed = filing.split()
    return Filed(
        more.pop("cik", 1),
        taxonomy or "us-gaap",
        name,
        tuple(dimensions),
        unit,
        day(start[0]) if start else None,
        day(end),
        Decimal(value),
        decimals,
        accession,
        form,
        day(filed),
        **more,
    )


def facts(rows, filer=XMPL):
    """The facts of rows by measure: lists, the earliest told first."""
    found = {}
    told, _ = reported(rows, concepts(CATALOGUE), filer)
    for fact in sorted(told, key=lambda fact: (fact.known or date.min, fact.quantity.value)):
        found.setdefault(fact.measure, []).append(fact)
    return found


def left_out(rows, filer=XMPL):
    """What of the rows is no fact: counts by reason."""
    _, skipped = reported(rows, concepts(CATALOGUE), filer)
    return {each.why: each.count for each in skipped}


def measure(metric, span, *dimensions):
    *start, end = span.split()
    return Measure("XMPL", metric, dimensions, Period(day(start[0]) if start else None, day(end)))


def company(ticker):
    """Registrant and rows of a real company: tests/filed/TICKER.csv."""
    with (HERE / f"{ticker}.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    cik = int(lines[0]["cik"])
    rows = [
        Filed(
            cik,
            line["taxonomy"],
            line["concept"],
            (),
            line["unit"],
            day(line["start"]),
            day(line["end"]),
            Decimal(line["value"]),
            accession=line["accession"],
            form=line["form"],
            filed=day(line["filed"]),
        )
        for line in lines
    ]
    return Registrant(cik, lines[0]["name"], (ticker,)), rows


def stored(folder, *tickers, more=()):
    """A ledger's folder with the rows of real companies in its store, and of (registrant, rows) besides."""
    several = [*map(company, tickers), *more]
    tables = [table(rows)[0] for _, rows in several]
    documents = [
        Ingested(f"{each.cik:016d}", each.name, "company facts", len(rows)) for each, rows in several
    ]
    Store.open(folder).append(tables, documents)
    keep(folder, [each for each, _ in several])
    return folder
