"""`python -m tieout.bench.ingest.statements FOLDER...`: tagged filings read as releases, beside their tags.

A filing's statements look like a release's, and its tags say what each number is. So it is read untagged, by
what reads releases, and each figure that comes out is looked up among the tags.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tieout.bench.filings.filing import filing
from tieout.bench.filings.sources import Page, Passed, pages
from tieout.catalogue import Catalogue
from tieout.catalogue.concepts import concepts
from tieout.core.errors import ParseError, TieoutError, UsageError
from tieout.core.filed import Filed
from tieout.core.filing import Filing
from tieout.core.quantity import Quantity
from tieout.ingest import release, xbrl

Key = tuple[str, date | None, date]


@dataclass(frozen=True, slots=True)
class Told:
    """A filing's figures as read untagged: those its tags agree with, those they do not, those of no tag."""

    name: str
    agree: tuple[Filed, ...]
    differ: tuple[Filed, ...]
    untagged: tuple[Filed, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts, and each figure that differs from its tag; 1 where there is one, else 0."""
    parser = argparse.ArgumentParser(
        prog="python -m tieout.bench.ingest.statements",
        description="Read tagged filings as if they were earnings releases, and compare with their tags.",
    )
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="FOLDER", help="a folder of filings, or one file"
    )
    given = parser.parse_args(arguments)
    catalogue = Catalogue.load()
    found: list[Told] = []
    try:
        for page in (each for path in given.paths for each in pages(path)):
            told = page if isinstance(page, Passed) else _read(page, catalogue)
            if isinstance(told, Passed):
                sys.stdout.write(f"{told.name}: passed over, {told.why}\n")
            else:
                found.append(told)
        if not found:
            raise UsageError("no filing to compare", fix="name a folder of filings in inline XBRL")
    except TieoutError as error:
        sys.stderr.write(f"{error.message}\n{error.fix}\n")
        return error.exit_code
    sys.stdout.writelines(f"{line}\n" for line in lines(found))
    return int(any(each.differ for each in found))


def compare(page: Page, catalogue: Catalogue) -> Told:
    """One filing, read as a release. Raises ParseError where it is no filing or of an unknown company."""
    whole = filing(page, catalogue)
    published = whole.article.published
    tagged = xbrl.read({page.name: page.data})
    gold = _gold(tagged.facts, catalogue)
    index = Filing(
        tagged.facts[0].cik, "", tagged.cover.form, published.last if published else tagged.facts[0].end
    )
    read = release.read(page.data, page.name, index, whole.company, catalogue)
    agree: list[Filed] = []
    differ: list[Filed] = []
    untagged: list[Filed] = []
    for row in read.rows:
        same = gold.get((row.concept, row.start, row.end), []) if not row.dimensions else []
        fits = any(_overlap(row, each) for each in same)
        (agree if fits else differ if same and row.scenario == "actual" else untagged).append(row)
    return Told(page.name, tuple(agree), tuple(differ), tuple(untagged))


def lines(found: Sequence[Told]) -> Iterator[str]:
    """A line for each filing, and one for each figure that differs."""
    for each in found:
        yield (
            f"{each.name}: {len(each.agree)} figures as tagged, {len(each.differ)} otherwise, "
            f"{len(each.untagged)} without a tag of the same metric"
        )
        yield from (
            f"  {row.concept} {row.start or ''} {row.end}: {row.value}, {row.locator}" for row in each.differ
        )


def _read(page: Page, catalogue: Catalogue) -> Told | Passed:
    try:
        return compare(page, catalogue)
    except ParseError as error:
        return Passed(page.name, error.message)


def _gold(facts: Iterable[Filed], catalogue: Catalogue) -> dict[Key, list[Filed]]:
    """The filing's totals by metric and period."""
    found: defaultdict[Key, list[Filed]] = defaultdict(list)
    table = concepts(catalogue)
    for fact in facts:
        for use in table.uses((fact.taxonomy, fact.concept)) if not fact.dimensions else ():
            found[use.tagged.metric, fact.start, fact.end].append(fact)
    return found


def _overlap(one: Filed, other: Filed) -> bool:
    """Whether one value could have been rounded to both, prose by its digits."""
    first, second = (Quantity(each.value, each.unit, _decimals(each)).interval() for each in (one, other))
    return not first.disjoint(second)


def _decimals(row: Filed) -> int:
    return row.decimals if isinstance(row.decimals, int) else -int(row.value.as_tuple().exponent)


if __name__ == "__main__":
    sys.exit(main())
