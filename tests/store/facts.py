"""Rows for tests of the store."""

from datetime import date
from decimal import Decimal

from tieout.core.filed import Filed
from tieout.core.ingested import Ingested
from tieout.ingest.rows import table

Q1 = (date(2024, 1, 1), date(2024, 3, 31))


def filed(cik=3, value=5, **changes):
    row = {
        "cik": cik,
        "taxonomy": "us-gaap",
        "concept": "Revenues",
        "dimensions": (),
        "unit": "USD",
        "start": Q1[0],
        "end": Q1[1],
        "value": Decimal(value),
        "accession": "0001571996-25-000034",
        "form": "10-Q",
        "filed": date(2024, 5, 2),
        "digest": "d1",
    }
    return Filed(**{**row, **changes})


def rows(*facts):
    return table(facts)[0]


def document(digest="d1"):
    return Ingested(digest, f"{digest}.json", "companyfacts")


def values(table):
    return table["digits"].to_pylist()
