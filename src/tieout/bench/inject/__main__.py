"""`python -m tieout.bench.inject [--seed 1] [--articles 200] [--set look] [--ledger DIR] [--misses N] [--json]`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast, get_args

from tieout.bench.inject.phrasing import Set
from tieout.bench.inject.run import Measured, measure
from tieout.bench.inject.store import compared, store
from tieout.bench.inject.table import document, lines
from tieout.core.errors import TieoutError
from tieout.desk import Desk
from tieout.report.progress import steps

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0, 1 where the run is worse than the stored one, 2 where it cannot be made."""
    parser = argparse.ArgumentParser(
        prog="python -m tieout.bench.inject",
        description="Articles made of the ledger's facts, errors injected into them, and how many a check finds.",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--set", choices=get_args(Set), default="look", dest="which")
    parser.add_argument("--ledger", type=Path, metavar="DIR", help="facts that lie over the bundled ones")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="examples of each miss; look set only")
    parser.add_argument("--json", action="store_true", help="the rates as a JSON object")
    parser.add_argument("--store", action="store_true", help="keep these figures as the release's")
    given = parser.parse_args(arguments)
    try:
        desk = Desk.open(given.ledger)
        run = _measured(desk, cast("Set", given.which), given.seed, given.articles)
        return told(run, desk, misses=given.misses, as_json=given.json, keep=given.store)
    except TieoutError as error:
        sys.stderr.write(f"{error.message}\n{error.fix}\n")
        return error.exit_code


def _measured(desk: Desk, which: Set, seed: int, articles: int) -> Measured:
    with steps(articles, "checking") as tick:
        return measure(desk, which, seed, articles, tick)


def told(run: Measured, desk: Desk, *, misses: int = 0, as_json: bool = False, keep: bool = False) -> int:
    """Print a run, compare it with the stored one or store it; the exit code."""
    if as_json:
        sys.stdout.write(json.dumps(document(run), indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines(run, desk, misses=misses))
    if len(run.checked) < run.asked:
        return INTERRUPTED
    if keep:
        sys.stderr.write(f"stored in {store(run)}\n")
        return 0
    what, worse = compared(run)
    sys.stderr.writelines(f"{line}\n" for line in (what, *worse))
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
