"""TOML files -> catalogue: strict, so that a typing error in a pack is an error and not a silence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, cast, get_args

from tieout.catalogue.model import Direction, Family, Formula, Kind, Metric
from tieout.catalogue.quarters import with_quarters_of
from tieout.core.calendar import FiscalCalendar, Rule
from tieout.core.company import Company, Member
from tieout.core.errors import ParseError
from tieout.core.measure import Scenario

Table = Mapping[str, Any]

METRIC_KEYS = {
    "label",
    "unit",
    "kind",
    "aliases",
    "tags",
    "siblings",
    "formula",
    "scenario",
    "definition",
    "dimensions",
}
CALENDAR_KEYS = {"rule", "month", "weekday", "offset", "known", "quarters"}
PACK_KEYS = {"ticker", "name", "cik", "names", "currency", "calendar", "members", "metrics", "families"}


def files(folder: str) -> list[Traversable]:
    """The TOML files of a catalogue folder, by name."""
    found = resources.files("tieout.catalogue").joinpath(folder).iterdir()
    return sorted((f for f in found if f.name.endswith(".toml")), key=lambda f: f.name)


def read_toml(file: Traversable) -> Table:
    """The file's tables; ParseError naming the file when it is not TOML."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ParseError(
            f"{file.name} is not valid TOML: {error}", fix="correct the line it names", file=file.name
        ) from error


def metrics_in(table: Table, source: str, company: str | None = None) -> Iterable[Metric]:
    """The metrics a file declares."""
    for key, raw in cast("Table", table.get("metrics", {})).items():
        _known_keys(raw, METRIC_KEYS, f"{source}: metric {key}")
        kind = str(raw.get("kind", "flow"))
        if kind not in get_args(Kind):
            raise ParseError(
                f"{source}: metric {key} has kind {kind!r}", fix=f"use one of {', '.join(get_args(Kind))}"
            )
        yield Metric(
            id=key,
            label=_text(raw, "label", source),
            unit=_text(raw, "unit", source),
            kind=cast("Kind", kind),
            aliases=_texts(raw, "aliases"),
            tags=frozenset(_texts(raw, "tags")),
            siblings=_texts(raw, "siblings"),
            formulas=tuple(_formula(text, source) for text in _texts(raw, "formula")),
            scenario=Scenario(raw.get("scenario", "actual")),
            definition=str(raw.get("definition", "")),
            default_dimensions=tuple(sorted(cast("Mapping[str, str]", raw.get("dimensions", {})).items())),
            company=company,
            source=source,
        )


def families_in(table: Table, source: str, company: str | None = None) -> Iterable[Family]:
    """The families a file declares."""
    for key, raw in cast("Table", table.get("families", {})).items():
        _known_keys(raw, {"aliases", "members", "needs"}, f"{source}: family {key}")
        members = _texts(raw, "members")
        yield Family(key, _texts(raw, "aliases"), members, _texts(raw, "needs") or members, company)


def company_in(table: Table, source: str) -> Company:
    """The company a pack describes."""
    _known_keys(table, PACK_KEYS, source)
    calendar = _calendar(cast("Table", table.get("calendar", {})), source)
    members = tuple(_member(item, source) for item in cast("list[Table]", table.get("members", [])))
    return Company(
        ticker=_text(table, "ticker", source),
        name=_text(table, "name", source),
        names=_texts(table, "names"),
        calendar=calendar,
        cik=cast("str | None", table.get("cik")),
        currency=str(table.get("currency", "USD")),
        members=members,
        own_metrics=tuple(cast("Table", table.get("metrics", {}))),
    )


def directions_in(table: Table, source: str) -> Iterable[Direction]:
    """The direction words a file declares."""
    for key, raw in cast("Table", table.get("directions", {})).items():
        yield Direction(
            id=key,
            words=_texts(raw, "words"),
            sign=int(raw["sign"]),
            true_from=Decimal(_text(raw, "true_from", source)),
            false_below=Decimal(_text(raw, "false_below", source)),
            true_from_points=Decimal(_text(raw, "true_from_points", source)),
            false_below_points=Decimal(_text(raw, "false_below_points", source)),
        )


def _calendar(raw: Table, source: str) -> FiscalCalendar:
    _known_keys(raw, CALENDAR_KEYS, f"{source}: calendar")
    rule = str(raw.get("rule", "month_end"))
    if rule not in get_args(Rule):
        raise ParseError(f"{source}: calendar rule {rule!r}", fix=f"use one of {', '.join(get_args(Rule))}")
    known = cast("Mapping[str, date]", raw.get("known", {}))
    years = FiscalCalendar(
        rule=cast("Rule", rule),
        month=int(raw.get("month", 12)),
        weekday=int(raw.get("weekday", 6)),
        offset=int(raw.get("offset", 0)),
        known=tuple((int(y), d) for y, d in known.items()),
    )
    quarters = cast("Table", raw.get("quarters", {}))
    return with_quarters_of(years, _calendar(quarters, source)) if quarters else years


def _member(raw: Table, source: str) -> Member:
    axes = {k: str(v) for k, v in raw.items() if k not in ("names", "metric")}
    if not axes or "names" not in raw:
        raise ParseError(
            f"{source}: a member needs an axis and names",
            fix='write for example: segment = "X", names = ["X", "X Group"]',
        )
    return Member(tuple(sorted(axes.items())), _texts(raw, "names"), str(raw.get("metric", "")))


def _formula(text: str, source: str) -> Formula:
    for sign, operation in ((" / ", "ratio"), (" - ", "difference"), (" + ", "sum")):
        if sign in text:
            return Formula(cast("Any", operation), tuple(part.strip() for part in text.split(sign)))
    raise ParseError(f"{source}: formula {text!r} has no operation", fix="write for example: a / b")


def _known_keys(table: Table, allowed: set[str], where: str) -> None:
    unknown = sorted(set(table) - allowed)
    if unknown:
        raise ParseError(
            f"{where} has unknown keys: {', '.join(unknown)}", fix=f"use only {', '.join(sorted(allowed))}"
        )


def _text(table: Table, key: str, source: str) -> str:
    value = table.get(key)
    if not isinstance(value, str):
        raise ParseError(f"{source}: {key!r} is missing or no text", fix=f'add {key} = "..."')
    return value


def _texts(table: Table, key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if isinstance(value, str):
        return (value,)
    return tuple(str(item) for item in cast("list[object]", value))
