"""The scored figures of a release, and what a later run is worse on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from tieout.bench.inject.figures import Figures
from tieout.bench.inject.outcome import Measured
from tieout.core.errors import UsageError

STORED = Path(__file__).parent / "stored"


def store(run: Measured, folder: Path = STORED) -> Path:
    """The file the figures are written to. Raises UsageError where it cannot be written."""
    found = Figures(run)
    figures = {
        name: {"hits": hits, "of": n, "more is better": more} for name, hits, n, more in _figures(found)
    }
    content = {
        "set": run.which,
        "seed": run.seed,
        "articles": len(run.checked),
        "ledger": run.ledger,
        "figures": figures,
    }
    path = folder / f"{run.which}.json"
    try:
        folder.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror}", fix="store from a checkout", path=str(path)
        ) from error
    return path


def compared(run: Measured, folder: Path = STORED) -> tuple[str, tuple[str, ...]]:
    """What the run was compared with, in a line, and a line for each figure it is worse on."""
    path = folder / f"{run.which}.json"
    if not path.is_file():
        return "no stored run to compare with", ()
    held = cast("Mapping[str, object]", json.loads(path.read_text(encoding="utf-8")))
    asked = (run.seed, len(run.checked))
    if (held["seed"], held["articles"]) != asked:
        return f"not compared: the stored run has seed {held['seed']} and {held['articles']} articles", ()
    other = "" if held["ledger"] == run.ledger else f", which had another ledger ({held['ledger']})"
    worse = tuple(_worse(Figures(run), cast("Mapping[str, Mapping[str, int]]", held["figures"])))
    return f"compared with the stored run{other}: worse on {len(worse)} figures", worse


def _worse(found: Figures, held: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    for name, hits, n, more in _figures(found):
        if name not in held or not n or not held[name]["of"]:
            continue
        now, then = hits / n, held[name]["hits"] / held[name]["of"]
        if (now < then) if more else (now > then):
            before = f"{100 * then:.2f} % of {held[name]['of']}"
            yield f"worse on {name}: {100 * now:.2f} % of {n}, stored {before}"


def _figures(found: Figures) -> Iterator[tuple[str, int, int, bool]]:
    """Name, events, sample, and whether more is better, of every figure stored."""
    for one in found.targets():
        yield one.name, one.rate.hits, one.rate.n, one.least
    for row in found.errors():
        yield f"found: {row.name}", row.accused.hits, row.accused.n, True
        yield f"called true: {row.name}", row.supported.hits, row.supported.n, False
    for row in found.truths():
        yield f"accused: {row.name}", row.accused.hits, row.accused.n, False
        yield f"with a verdict: {row.name}", row.judged.hits, row.judged.n, True
