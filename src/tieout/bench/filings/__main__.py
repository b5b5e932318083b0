"""`python -m tieout.bench.filings FOLDER... [--json] [--misses N]`: reading against filings' own tags."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tieout.bench.filings.compare import Compared, compare
from tieout.bench.filings.filing import filing
from tieout.bench.filings.sources import Page, Passed, pages
from tieout.bench.filings.table import document, lines
from tieout.catalogue import Catalogue
from tieout.core.errors import ParseError, TieoutError, UsageError


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts over the filings of the folders named; 0, or 2 where there is none."""
    parser = argparse.ArgumentParser(
        prog="python -m tieout.bench.filings",
        description=(
            "Read filings in inline XBRL as if untagged and compare each number with its tags. A folder "
            "holds .html, .htm or .xhtml files, .gz or not, or .tgz archives of them; NAME.published beside "
            "a page holds its date, else its name or the signature tells it."
        ),
    )
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="FOLDER", help="a folder of filings, or one file"
    )
    parser.add_argument("--json", action="store_true", help="the same as a JSON object")
    parser.add_argument(
        "--misses", type=int, default=0, metavar="N", help="show the first N misses of each kind"
    )
    given = parser.parse_args(arguments)
    try:
        compared, passed = compare_all(given.paths)
        if not compared:
            why = "; ".join(f"{each.name}: {each.why}" for each in passed) or "the folder is empty"
            raise UsageError(f"no filing to compare: {why}", fix="name a folder of filings in inline XBRL")
    except TieoutError as error:
        sys.stderr.write(f"{error.message}\n{error.fix}\n")
        return error.exit_code
    if given.json:
        sys.stdout.write(json.dumps(document(compared, passed, given.misses), indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines(compared, passed, given.misses))
    return 0


def compare_all(paths: Sequence[Path]) -> tuple[list[Compared], list[Passed]]:
    """Every filing of the folders compared, and what was passed over with the reason."""
    catalogue = Catalogue.load()
    compared: list[Compared] = []
    passed: list[Passed] = []
    for found in (each for path in paths for each in pages(path)):
        if isinstance(found, Page):
            try:
                compared.append(compare(filing(found, catalogue), catalogue))
            except ParseError as error:
                passed.append(Passed(found.name, error.message))
        else:
            passed.append(found)
    return compared, passed


if __name__ == "__main__":
    sys.exit(main())
