"""A desk's own figures: facts files laid into a ledger's folder."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tieout.core.errors import UsageError
from tieout.core.folder import content
from tieout.core.intake import Intake
from tieout.ingest.order import Bars, Order
from tieout.ledger.files import Files
from tieout.ledger.schema import OPTIONAL, REQUIRED

MOST = 1 << 28


def take(order: Order, files: Sequence[Path], bars: Bars) -> Iterator[Intake]:
    """What came in of each facts file, named after its company (DELL.csv).

    All files are read before any is laid in: a row that breaks the schema is a ParseError that names file,
    line and column, and then nothing comes in. Rows held already are left as they are.
    """
    for file in files:
        if file.suffix.lower() != ".csv" or not file.is_file():
            raise UsageError(f"no facts file: {file}", fix="Name files TICKER.csv, after their companies.")
    read = [(file, _rows(file)) for file in files]
    with bars(len(files), "facts files") as tick:
        for file, rows in read:
            target = order.ledger / f"{file.stem.upper()}.csv"
            held = _rows(target) if target.is_file() else []
            seen = {frozenset(row.items()) for row in held}
            new = [row for row in rows if frozenset(row.items()) not in seen]
            if new:
                _write(target, [*held, *new])
            yield Intake(str(file), len(new), int(bool(new)), int(not new))
            tick(1)


def _rows(file: Path) -> list[dict[str, str]]:
    """The rows that a facts file holds, each with the columns that are not blank. Raises ParseError."""
    held = Files((file,))
    for entity in held.entities():
        held.facts(entity)
    text = content(file, MOST).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{name: value for name, value in row.items() if value} for row in rows]


def _write(file: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """The rows as a facts file, whole or not at all."""
    names = [name for name in (*REQUIRED, *OPTIONAL) if name in REQUIRED or any(name in row for row in rows)]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{secrets.token_hex(4)}")
    try:
        beside.write_text(text.getvalue(), encoding="utf-8")
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
