"""Phrasings: sentences with slots, as people write them, loaded from TOML and held to their contract."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal, cast, get_args

from tieout.core.errors import NotFoundError, ParseError

Kind = Literal[
    "level",
    "growth",
    "level_growth",
    "sequence",
    "before_after",
    "pair",
    "share",
    "companies",
    "headline",
    "table",
    "list",
    "anaphora",
    "guidance",
    "points",
]
Of = Literal["flow", "balance", "ratio", "per_share"]
Set = Literal["look", "score"]

NUMBERS = (
    "value",
    "base",
    "before",
    "growth",
    "qoq",
    "points",
    "value2",
    "base2",
    "growth2",
    "segment_value",
    "segment_growth",
    "share",
    "value_c",
    "growth_c",
    "low",
    "high",
)
"""Slots that hold a number; each is a claim."""
WORDS = (
    "company",
    "company's",
    "metric",
    "Metric",
    "metric2",
    "Metric2",
    "segment",
    "Segment",
    "company2",
    "company2's",
    "period",
    "Period",
    "label",
    "date",
    "base_period",
    "Base_period",
    "before_period",
    "Before_period",
    "period2",
    "Period2",
    "guided_period",
    "Guided_period",
)
"""Slots that hold words."""
WHEN = ("period", "Period", "label", "date", "guided_period", "Guided_period")
"""Slots that say which period the first number is of."""

_SLOT = re.compile(r"\{([^{}]*)\}")
_YEAR = re.compile(
    r"year[- ](?:over|on)[- ]year|\b(?:a|one|the) year (?:ago|earlier|before|prior|previously)|twelve months"
    r"|(?:prior|previous|preceding|last)[- ]year(?!'s end|[- ]end)|year[- ](?:ago|earlier)"
    r"|\byoy\b|\by/y\b|y-o-y|annual|base_period|\{base2?\}|the same (?:quarter|period|time|point|day)",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"sequential|(?:previous|prior|preceding|last) quarter|quarter (?:before|earlier|prior)|three months"
    r"|quarter[- ]on[- ]quarter|quarter[- ]over[- ]quarter|\bqoq\b|\bq/q\b|before_period|\{before\}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A sentence or more with slots; `sign` says that it tells of a rise or a fall."""

    id: str
    kind: Kind
    of: tuple[Of, ...]
    text: str
    sign: Literal["up", "down", ""] = ""

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots' names, in the order of the text."""
        return tuple(_SLOT.findall(self.text))

    @property
    def numbers(self) -> tuple[str, ...]:
        """The slots that hold numbers, each name once."""
        return tuple(dict.fromkeys(slot for slot in self.slots if slot in NUMBERS))

    @property
    def dated(self) -> bool:
        """Whether the text itself says which period it tells of."""
        return any(slot in WHEN for slot in self.slots)

    @property
    def named(self) -> bool:
        """Whether the text itself names the company."""
        return "company" in self.slots or "company's" in self.slots

    @property
    def says_year(self) -> bool:
        """Whether some word says that a change is on the year before."""
        return bool(_YEAR.search(self.text))

    @property
    def says_quarter(self) -> bool:
        """Whether some word says that a change is on the quarter before."""
        return bool(_QUARTER.search(self.text))

    def pieces(self) -> Iterable[tuple[bool, str]]:
        """The text taken apart: whether a piece is a slot, and the slot's name or the text itself."""
        for index, piece in enumerate(_SLOT.split(self.text)):
            if piece:
                yield index % 2 == 1, piece


def phrasings(which: Set) -> tuple[Phrasing, ...]:
    """The phrasings to look at, or those only to score with.

    Raises NotFoundError where there are none, ParseError where the ones to score with are not as sealed.
    """
    file = folder() / f"{which}.toml"
    if not file.is_file():
        raise NotFoundError(f"there are no phrasings in {which}.toml", fix="use --set look", path=str(file))
    content = file.read_bytes()
    if which == "score":
        check_seal(content, (folder() / "SEALED").read_text(encoding="utf-8"))
    return parsed(content.decode("utf-8"), file.name)


def check_seal(content: bytes, sealed: str) -> None:
    """Nothing, where the content has the digest sealed; else a ParseError."""
    if hashlib.sha256(content).hexdigest() != sealed.split(maxsplit=1)[0]:
        raise ParseError(
            "the phrasings to score with are not those that were sealed",
            fix="take score.toml back as it was; figures of changed phrasings cannot be compared",
        )


def folder() -> Traversable:
    """Where phrasings, names and filler lie."""
    return resources.files("tieout.bench.inject") / "phrasings"


def parsed(text: str, source: str) -> tuple[Phrasing, ...]:
    """The phrasings of a file's text. Raises ParseError naming the phrasing that breaks the contract."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _broken(f"{source} is not valid TOML: {error}") from error
    rows = cast("list[Mapping[str, object]]", table.get("phrasing", []))
    found = tuple(_phrasing(row, source) for row in rows)
    twice = {one.id for one in found if sum(other.id == one.id for other in found) > 1}
    if twice or not found:
        raise _broken(f"{source}: {'ids given twice: ' + ', '.join(sorted(twice)) if twice else 'empty'}")
    return found


def _phrasing(row: Mapping[str, object], source: str) -> Phrasing:
    name = f"{source}: phrasing {row.get('id', '?')}"
    unknown = set(row) - {"id", "kind", "of", "sign", "text"}
    if unknown:
        raise _broken(f"{name} has unknown keys: {', '.join(sorted(unknown))}")
    of = cast("list[str]", row.get("of", []))
    found = Phrasing(
        str(row.get("id", "")),
        cast("Kind", row.get("kind", "")),
        cast("tuple[Of, ...]", tuple(of)),
        str(row.get("text", "")).strip("\n"),
        cast("Literal['up', 'down', '']", row.get("sign", "")),
    )
    if complaint := _complaint(found):
        raise _broken(f"{name} {complaint}")
    return found


def _complaint(one: Phrasing) -> str:
    odd = [slot for slot in one.slots if slot not in NUMBERS and slot not in WORDS]
    if not one.id or one.kind not in get_args(Kind):
        return f"has kind {one.kind!r}"
    if not one.of or set(one.of) - set(get_args(Of)):
        return f"fits {one.of!r}"
    if one.sign not in ("up", "down", ""):
        return f"has sign {one.sign!r}"
    if odd:
        return f"has unknown slots: {', '.join(odd)}"
    if not one.numbers:
        return "has no number"
    if one.kind == "headline" and "\n" in one.text:
        return "is a headline of several lines"
    if re.search(r"\d", _SLOT.sub("", one.text)):
        return "has a number of its own"
    return ""


def _broken(message: str) -> ParseError:
    return ParseError(message, fix="see docs/accuracy.md for what a phrasing may hold")
