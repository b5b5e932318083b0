"""Which lines of a release's statements are which metric, from `statements.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TypedDict, cast

_NOTE = re.compile(
    r"\s*\((?:loss(?:es)?|unaudited|note \w+|\w|\d+)\)|[*†‡]"
    r"|, net(?: of (?:returns|allowances|discounts)[a-z ,]*)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A metric as a statement tells it; `within`, `without` and `signed` as in the file."""

    metric: str
    within: str
    without: str
    signed: bool

    def fits(self, told: str) -> bool:
        """Whether heading and label together are this line's."""
        return self.within in told and not (self.without and self.without in told)


class _Line(TypedDict, total=False):
    metric: str
    labels: list[str]
    within: str
    without: str
    signed: bool


@cache
def lines() -> Mapping[str, tuple[Line, ...]]:
    """The lines by label; several where the heading decides."""
    found: dict[str, tuple[Line, ...]] = {}
    for each in cast("list[_Line]", _file()["line"]):
        line = Line(
            each.get("metric", ""), each.get("within", ""), each.get("without", ""), each.get("signed", False)
        )
        for label in each.get("labels", ()):
            found[label] = (*found.get(label, ()), line)
    return found


@cache
def sums() -> tuple[tuple[str, str, str], ...]:
    """Metrics of which the first is the second less the third."""
    return tuple((one, two, three) for one, two, three in (each["lines"] for each in _sums()))


def line_of(label: str, heading: str) -> Line | None:
    """The one line that a label is, under its heading; None for none, several, or under a part's heading."""
    name = plain(label)
    if not set(re.findall(r"[^\s,&()\-/'.]+", plain(heading).replace("'s", ""))) <= _headings():
        return None
    told = f"{plain(heading)} {name}"
    fitting = [each for each in lines().get(name, ()) if each.fits(told)]
    return fitting[0] if len(fitting) == 1 else None


def plain(label: str) -> str:
    """A label as the file has it."""
    return " ".join(_NOTE.sub("", label).replace("’", "'").replace("–", "-").split()).rstrip(":").lower()


def _sums() -> list[dict[str, list[str]]]:
    return cast("list[dict[str, list[str]]]", _file()["sum"])


@cache
def _headings() -> frozenset[str]:
    return frozenset(cast("str", _file()["headings"]).split())


@cache
def _file() -> dict[str, object]:
    return tomllib.loads((resources.files("tieout.ingest") / "statements.toml").read_text("utf-8"))
