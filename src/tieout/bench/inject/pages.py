"""The stored run of a set as Markdown tables, for the docs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from tieout.bench.inject.rates import Rate
from tieout.bench.inject.store import stored
from tieout.core.errors import NotFoundError, UsageError
from tieout.core.finding import Verdict

Told = Mapping[str, Any]
"""A stored run, as it stands in its JSON file."""


def section(part: str, which: str) -> str:
    """A part of the stored run. Raises NotFoundError where none is stored, UsageError for no such part."""
    told = stored(which)
    if told is None:
        raise NotFoundError(f"no run of the set {which} is stored", fix="make one with tieout bench --store")
    if part not in PARTS:
        raise UsageError(f"no part is called {part}", fix=f"use one of {', '.join(PARTS)}")
    return PARTS[part](told)


def _held_to(told: Told) -> str:
    rows = (
        (
            name,
            str(one["n"]),
            _share(one),
            f"{'at least' if one['least'] else 'at most'} {100 * one['held to']:g} %",
        )
        for name, one in told["targets"].items()
    )
    head = f"Set {told['set']}, seed {told['seed']}: {told['articles']} articles, {told['numbers']} numbers, "
    return f"{head}ledger `{told['ledger']}`.\n\n{_table(('figure', 'of', 'rate', 'goal'), rows)}"


def _injected(told: Told) -> str:
    heads = ("found", "named exactly", "corrected", "called true", "in ledger", "near latest")
    keys = ("accused", "exact", "corrected", "supported", "occurs", "latest")
    return _rates("injected error", heads, keys, told["errors"])


def _rewritten(told: Told) -> str:
    heads = ("accused", "with a verdict", "in ledger", "near latest")
    return _rates("true, written as", heads, ("accused", "judged", "occurs", "latest"), told["truths"])


def _rates(first: str, heads: Sequence[str], keys: Sequence[str], rows: Told) -> str:
    cells = (
        (name, str(row["n"]), *(_share(row[key]) for key in keys)) for name, row in rows.items() if row["n"]
    )
    return _table((first, "n", *heads), cells)


def _confusion(told: Told) -> str:
    rows = cast("Mapping[str, Mapping[str, int]]", told["verdicts"])
    names = [*(verdict.value for verdict in Verdict), "not read"]
    heads = [name for name in names if any(name in row for row in rows.values())]
    return _table(
        ("told", *heads), ((kind, *(str(row.get(head, "")) for head in heads)) for kind, row in rows.items())
    )


def _share(one: Told) -> str:
    return str(Rate(one["hits"], one["n"], one["low"], one["high"], one["bound"]))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell or ' ' for cell in line)} |\n" for line in lines)


PARTS: Mapping[str, Callable[[Told], str]] = {
    "held_to": _held_to,
    "injected": _injected,
    "rewritten": _rewritten,
    "confusion": _confusion,
}
