"""A filing's documents to rows: its XBRL, or its earnings release."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pyarrow as pa

from tieout.catalogue import Catalogue
from tieout.core.company import Company
from tieout.core.filing import Filing
from tieout.core.skipped import Skipped
from tieout.ingest import release, xbrl
from tieout.ingest.choice import Choice
from tieout.ingest.rows import table
from tieout.ledger.columns import compute

Read = tuple[pa.Table, tuple[Skipped, ...]]
Reader = Callable[[Filing, Mapping[str, bytes]], Read]
"""The rows of a filing's documents, by file name, and what was left out. Raises ParseError."""


def report(filing: Filing, held: Mapping[str, bytes]) -> Read:
    """What a filing's XBRL says."""
    found = xbrl.read(held, filing)
    rows, unfit = table(found.rows)
    return rows, (*found.skipped, *unfit)


def releases(company: Company, catalogue: Catalogue) -> Reader:
    """What reads the company's earnings releases."""
    return partial(_release, company, catalogue)


def _release(company: Company, catalogue: Catalogue, filing: Filing, held: Mapping[str, bytes]) -> Read:
    ((name, data),) = held.items()
    found = release.read(data, name, filing, company, catalogue)
    rows, unfit = table(found.rows)
    return rows, (*found.skipped, *unfit)


def limited(rows: pa.Table, choice: Choice) -> pa.Table:
    """Those rows of company facts that come from the filings chosen; without a limit all, of any form."""
    if choice.since is not None:
        rows = rows.filter(compute.greater_equal(rows["filed"], pa.scalar(choice.since)))
    if choice.forms:
        named = pa.array([f"{form}{amended}" for form in choice.forms for amended in ("", "/A")])
        rows = rows.filter(compute.is_in(compute.cast(rows["form"], pa.string()), named))
    return rows
