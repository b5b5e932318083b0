"""`python -m tieout.bench.accuracy FOLDER... [--details] [--json]`: how checks agree with labels."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tieout.bench.labels import labelled
from tieout.bench.score import score_all
from tieout.bench.table import document, lines
from tieout.core.errors import TieoutError
from tieout.desk import Desk


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores of the folders named; 0, or 2 where there is nothing to score."""
    parser = argparse.ArgumentParser(
        prog="python -m tieout.bench.accuracy",
        description=(
            "Check labelled articles and count how far the verdicts agree with the labels. A folder holds "
            "NAME.txt beside NAME.claims.jsonl (and NAME.published, a date, if the text has none), or "
            "article.txt beside claims.jsonl."
        ),
    )
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="FOLDER",
        help="a folder, or an article with its labels beside it",
    )
    parser.add_argument(
        "--details", action="store_true", help="list the misses too: not flagged, another verdict, no verdict"
    )
    parser.add_argument("--json", action="store_true", help="the same as a JSON object")
    parser.add_argument("--ledger", type=Path, metavar="DIR", help="facts that lie over the bundled ones")
    given = parser.parse_args(arguments)
    try:
        scored = score_all(Desk.open(given.ledger), labelled(given.paths))
    except TieoutError as error:
        sys.stderr.write(f"{error.message}\n{error.fix}\n")
        return error.exit_code
    if given.json:
        sys.stdout.write(json.dumps(document(scored, details=given.details), indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines(scored, details=given.details))
    return 0


if __name__ == "__main__":
    sys.exit(main())
