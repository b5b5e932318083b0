"""The scored figures of a release, and what a later run is worse on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from tieout.bench.inject.outcome import Measured
from tieout.bench.inject.table import document
from tieout.core.errors import UsageError

STORED = Path(__file__).parent / "stored"
Rates = Mapping[str, Mapping[str, Mapping[str, int]]]


def store(run: Measured, folder: Path = STORED) -> Path:
    """The file the figures are written to. Raises UsageError where it cannot be written."""
    path = folder / f"{run.which}.json"
    try:
        folder.mkdir(exist_ok=True)
        path.write_text(json.dumps(document(run), indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"cannot write {path}: {error.strerror}", fix="store from a checkout", path=str(path)
        ) from error
    return path


def stored(which: str, folder: Path = STORED) -> Mapping[str, object] | None:
    """The figures of the release for a set; None where there are none."""
    path = folder / f"{which}.json"
    if not path.is_file():
        return None
    return cast("Mapping[str, object]", json.loads(path.read_text(encoding="utf-8")))


def compared(run: Measured, folder: Path = STORED) -> tuple[str, tuple[str, ...]]:
    """What the run was compared with, in a line, and a line for each figure it is worse on."""
    held = stored(run.which, folder)
    if held is None:
        return "no stored run to compare with", ()
    if (held["seed"], held["articles"]) != (run.seed, len(run.checked)):
        return f"not compared: the stored run has seed {held['seed']} and {held['articles']} articles", ()
    other = "" if held["ledger"] == run.ledger else f", which had another ledger ({held['ledger']})"
    worse = tuple(_worse(dict(_figures(document(run))), dict(_figures(held))))
    return f"compared with the stored run{other}: worse on {len(worse)} figures", worse


def _worse(
    now: Mapping[str, tuple[int, int, bool]], held: Mapping[str, tuple[int, int, bool]]
) -> Iterator[str]:
    for name, (hits, n, more) in now.items():
        then, of, _ = held.get(name, (0, 0, more))
        if n and of and ((hits * of < then * n) if more else (hits * of > then * n)):
            yield f"worse on {name}: {100 * hits / n:.2f} % of {n}, stored {100 * then / of:.2f} % of {of}"


def _figures(told: Mapping[str, object]) -> Iterator[tuple[str, tuple[int, int, bool]]]:
    """Name, events, sample, and whether more is better, of every figure that is compared."""
    for name, one in cast("Mapping[str, Mapping[str, int]]", told["targets"]).items():
        yield name, (one["hits"], one["n"], bool(one["least"]))
    asked = (
        ("errors", "accused", "found", True),
        ("errors", "supported", "called true", False),
        ("truths", "accused", "accused", False),
        ("truths", "judged", "with a verdict", True),
    )
    for part, key, words, more in asked:
        for name, row in cast("Rates", told[part]).items():
            yield f"{words}: {name}", (row[key]["hits"], row[key]["n"], more)
