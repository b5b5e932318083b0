"""A small EDGAR: one company with every kind of filing, in answers of EDGAR's shape."""

from __future__ import annotations

import json
from pathlib import Path

from sources.standin import StandIn, columns, index_page, submissions, tickers

CIK = 9999999
INLINE = (Path(__file__).parent.parent / "filings" / "xmpl-10-q.html").read_bytes()
ARCHIVE = f"/Archives/edgar/data/{CIK}"
FACTS = f"/api/xbrl/companyfacts/CIK{CIK:010}.json"
SUBMISSIONS = f"/submissions/CIK{CIK:010}.json"

PACK = """ticker = "XMPL"
name = "Example"
names = ["Example Corp", "Example"]
cik = "0009999999"

[calendar]
month = 12
"""
"""What a person who knows the company's fiscal calendar puts into the ledger's folder."""

QUARTER = {
    "accession": "0009999999-25-000020",
    "filed": "2025-08-05",
    "period": "2025-06-28",
    "accepted": "2025-08-05T20:31:02.000Z",
    "form": "10-Q",
    "inline": 1,
    "xbrl": 1,
    "document": "xmpl-20250628.htm",
}
RELEASE = {
    "accession": "0009999999-25-000019",
    "filed": "2025-08-04",
    "accepted": "2025-08-05T00:10:00.000Z",
    "form": "8-K",
    "items": "2.02,9.01",
    "document": "xmpl-8k.htm",
}
NEWS = RELEASE | {"accession": "0009999999-25-000018", "items": "5.02"}
INSIDER = RELEASE | {
    "accession": "0009999999-25-000021",
    "filed": "2025-08-06",
    "accepted": "2025-08-07T00:10:00.000Z",
    "form": "4",
    "items": "",
}
OLD = {
    "accession": "0009999999-05-000003",
    "filed": "2005-03-01",
    "accepted": "2005-03-01T22:00:00.000Z",
    "form": "10-K",
    "document": "xmpl10k.txt",
}
TOLD = b"""<html><body>
<p>Example Corp Reports Second Quarter 2025 Results</p>
<p>Revenue was $1.25 billion in the second quarter of 2025, up 25% year over year.</p>
</body></html>"""
INSTANCE = b"""<?xml version="1.0"?>
<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
  xmlns:us-gaap="http://fasb.org/us-gaap/2009-01-31">
<context id="y"><entity><identifier scheme="http://www.sec.gov/CIK">0009999999</identifier></entity>
<period><startDate>2004-01-01</startDate><endDate>2004-12-31</endDate></period></context>
<unit id="usd"><measure>iso4217:USD</measure></unit>
<us-gaap:Revenues contextRef="y" unitRef="usd" decimals="-6">900000000</us-gaap:Revenues>
</xbrl>"""
PAGE = f"CIK{CIK:010}-submissions-001.json"


def folder(filing):
    """The path of a filing's folder."""
    return f"{ARCHIVE}/{filing['accession'].replace('-', '')}"


def index(filing):
    """The path of a filing's index page."""
    return f"{folder(filing)}/{filing['accession']}-index.html"


def facts(*values):
    """Company facts: revenue of the second quarter of 2024, 2025, ... as told in one filing each."""
    rows = [
        {
            "start": f"{2024 + n}-04-01",
            "end": f"{2024 + n}-06-30",
            "val": value,
            "accn": QUARTER["accession"] if n else "0009999999-24-000011",
            "fy": 2025,
            "fp": "Q2",
            "form": "10-Q",
            "filed": f"{2024 + n}-08-05",
        }
        for n, value in enumerate(values)
    ]
    told = {"us-gaap": {"Revenues": {"label": "Revenues", "description": "", "units": {"USD": rows}}}}
    return json.dumps({"cik": CIK, "entityName": "Example Corp", "facts": told}).encode()


def world():
    """The stand-in of it all."""
    recent = (INSIDER, QUARTER, RELEASE, NEWS)
    pages = {
        "/files/company_tickers.json": tickers(
            (CIK, "XMPL", "Example Corp"), (CIK, "XMPLB", "Example Corp"), (7, "OTHR", "Other Corp")
        ),
        "/Archives/edgar/cik-lookup-data.txt": b"SAMPLE CORP:0009999999:\nEXAMPLE CORP:0009999999:\n",
        SUBMISSIONS: submissions(CIK, "Example Corp", ("XMPL", "XMPLB"), recent, (PAGE,), ("SAMPLE CORP",)),
        f"/submissions/{PAGE}": json.dumps(columns(OLD)).encode(),
        FACTS: facts(1_000_000_000, 1_250_000_000),
        index(QUARTER): index_page(folder(QUARTER), ("xmpl-20250628.htm", "10-Q", True)),
        f"{folder(QUARTER)}/xmpl-20250628.htm": INLINE,
        index(RELEASE): index_page(
            folder(RELEASE), ("xmpl-8k.htm", "8-K", True), ("xmpl-ex991.htm", "EX-99.1", False)
        ),
        f"{folder(RELEASE)}/xmpl-ex991.htm": TOLD,
    }
    return StandIn(pages)
