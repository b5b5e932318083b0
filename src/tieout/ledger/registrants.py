"""Who the filers held are: `registrants/held.jsonl` in a ledger's folder, one registrant a line, by CIK."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock

from tieout.core.errors import ParseError
from tieout.core.filing import FormerName, Registrant

FILE = Path("registrants") / "held.jsonl"


def registrants(folder: Path) -> dict[int, Registrant]:
    """The registrants held in a ledger's folder, by CIK; none where nothing was ingested.

    Raises ParseError for a line that is none.
    """
    file = folder / FILE
    if not file.is_file():
        return {}
    found: dict[int, Registrant] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            each = _read(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            raise ParseError(
                f"{file}, line {number}: not a registrant ({error})",
                fix=f"Delete {file}; the next ingest writes it anew.",
            ) from error
        found[each.cik] = each
    return found


def keep(folder: Path, new: Iterable[Registrant]) -> None:
    """Lay registrants into the folder, whole or not at all; of two versions the later one stays."""
    file = folder / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file.with_suffix(".lock")):
        held = registrants(folder)
        for each in new:
            held[each.cik] = max(held.get(each.cik, each), each, key=_age)
        lines = (json.dumps(_written(each), ensure_ascii=False) for _, each in sorted(held.items()))
        beside = file.with_name(f".{secrets.token_hex(4)}")
        try:
            beside.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)


def _age(each: Registrant) -> tuple[date, str]:
    # The text decides where both are of one day, so that the order of ingest never does.
    return each.latest or date.min, json.dumps(_written(each))


def _written(each: Registrant) -> dict[str, Any]:
    return json.loads(json.dumps(asdict(each), default=str))


def _read(line: dict[str, Any]) -> Registrant:
    former = (FormerName(x["name"], _day(x["first"]), _day(x["last"])) for x in line["former"])
    return Registrant(
        int(line["cik"]),
        str(line["name"]),
        tuple(line["tickers"]),
        tuple(line["exchanges"]),
        tuple(former),
        str(line["sic"]),
        str(line["year_end"]),
        _day(line["latest"]),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
