"""`python -m tieout.bench.inject [--set look] ...`: the command `tieout bench`, for the set to look at."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from tieout.bench.inject.outcome import Measured
from tieout.bench.inject.phrasing import Set
from tieout.bench.inject.run import measure
from tieout.bench.inject.store import compared, store
from tieout.bench.inject.table import document, lines
from tieout.core.errors import TieoutError, UsageError
from tieout.desk import Desk
from tieout.report.progress import steps

INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Asked:
    """What to measure, and how to tell it."""

    which: str = "look"
    seed: int = 1
    articles: int = 200
    ledger: Path | None = None
    misses: int = 0
    json: bool = False
    store: bool = False


def measured(asked: Asked) -> int:
    """Measure and print; 0, 1 where worse than the stored run, 130 where stopped. Raises TieoutError."""
    which = cast("Set", asked.which)
    if asked.misses and which == "score":
        raise UsageError("the set score is only to score", fix="use --misses with --set look")
    desk = Desk.open(asked.ledger)
    with steps(asked.articles, "checking") as tick:
        run = measure(desk, which, asked.seed, asked.articles, tick)
    _print(run, desk, asked)
    if len(run.checked) < run.asked:
        return INTERRUPTED
    if asked.store:
        sys.stderr.write(f"stored in {store(run)}\n")
        return 0
    what, worse = compared(run)
    sys.stderr.writelines(f"{line}\n" for line in (what, *worse))
    return 1 if worse else 0


def _print(run: Measured, desk: Desk, asked: Asked) -> None:
    if asked.json:
        sys.stdout.write(json.dumps(document(run), indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines(run, desk, misses=asked.misses))


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of `measured`, 2 where nothing can be measured."""
    usual = Asked()
    parser = argparse.ArgumentParser(
        prog="python -m tieout.bench.inject",
        description="Articles of the ledger's facts, errors injected into them, and how many a check finds.",
    )
    parser.add_argument("--set", choices=get_args(Set), default=usual.which, dest="which")
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--articles", type=int, default=usual.articles)
    parser.add_argument("--ledger", type=Path, metavar="DIR", help="facts that lie over the bundled ones")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="examples of each kind of miss")
    parser.add_argument("--json", action="store_true", help="the rates as a JSON object")
    parser.add_argument("--store", action="store_true", help="keep these figures as the release's")
    try:
        return measured(Asked(**vars(parser.parse_args(arguments))))
    except TieoutError as error:
        sys.stderr.write(f"{error.message}\n{error.fix}\n")
        return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
