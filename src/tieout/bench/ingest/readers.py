"""Public ways to read company facts into columns, for their rates; each answers how many facts it read.

All but the first are for development alone, and are imported when they are asked.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from tieout.core.errors import UsageError

_FACTS = """
select count(*), min(accn), max("end"), sum(val), min(form), max(filed), min(start) from (
    select unnest(units.value, recursive := true) from (
        select unnest(map_entries(concept.value.units)) as units from (
            select unnest(map_entries(taxonomy.value)) as concept from (
                select unnest(map_entries(facts)) as taxonomy from read_json(?, columns = {
                    cik: 'BIGINT', entityName: 'VARCHAR',
                    facts: 'MAP(VARCHAR, MAP(VARCHAR, STRUCT(units MAP(VARCHAR, STRUCT(
                        start DATE, "end" DATE, val DECIMAL(38, 6), accn VARCHAR, form VARCHAR, filed DATE
                    )[]))))'
                }, maximum_object_size = 268435456)))))
"""
_COLUMNS = ("start", "end", "val", "accn", "form", "filed")


def plain(data: bytes) -> int:
    """The standard library's json, exact values, lists as columns."""
    return _listed(json.loads(data, parse_float=Decimal))


def orjson(data: bytes) -> int:
    """orjson, values as floats, lists as columns."""
    return _listed(_library("orjson").loads(data))


def duckdb(data: bytes) -> int:
    """DuckDB's read_json with the types given, one thread; what is measured is the query, not the file."""
    engine = _library("duckdb")
    with tempfile.TemporaryDirectory() as folder, engine.connect(config={"threads": 1}) as connection:
        path = Path(folder) / "facts.json"
        path.write_bytes(data)
        return connection.execute(_FACTS, [str(path)]).fetchone()[0]


def edgartools(data: bytes) -> int:
    """Edgartools' parser of company facts, an object a fact."""
    parser = _library("edgar.entity.parser").EntityFactsParser
    return len(parser.parse_company_facts(json.loads(data)).get_all_facts())


READERS: Mapping[str, Callable[[bytes], int]] = {
    "json, plain Python": plain,
    "orjson, plain Python": orjson,
    "DuckDB read_json": duckdb,
    "edgartools": edgartools,
}


def _listed(document: Mapping[str, Any]) -> int:
    columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    concepts: list[str] = []
    for tagged in document["facts"].values():
        for concept, held in tagged.items():
            for rows in held["units"].values():
                concepts += [concept] * len(rows)
                for name, column in columns.items():
                    column += [row.get(name) for row in rows]
    return len(concepts)


def _library(name: str) -> Any:  # noqa: ANN401 - another library
    try:
        return import_module(name)
    except ImportError as error:
        raise UsageError(f"{name} is not installed", fix="pip install 'tieout[dev]'") from error
