"""Two readers' numbers of a document, field by field: alike, different for a known reason, or different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tieout.bench.ingest.numbers import FIELDS, Number, Numbers

HERE, THERE = "only ours", "only theirs"


@dataclass(frozen=True, slots=True)
class Habit:
    """Something a reader is known to do: where it shows, in words, and how to tell that it is that."""

    reader: str
    field: str
    words: str
    explains: Callable[[Number, Number], bool]


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference that no habit explains: the element's id, the field, and what each reader says."""

    locator: str
    field: str
    ours: str
    theirs: str


@dataclass(slots=True)
class Compared:
    """The counts over one document: numbers compared, those alike in every field, and the rest by reason."""

    numbers: int = 0
    alike: int = 0
    explained: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    unexplained: list[Difference] = field(default_factory=list[Difference])


def _digits(number: Number) -> str:
    """The value as far as a binary float of eight bytes can tell it."""
    return "" if number.value is None else f"{float(number.value):.15g}"


HABITS = (
    Habit(
        "ixbrlparse",
        "value",
        "a binary float: the same to its fifteenth digit",
        lambda ours, theirs: _digits(ours) == _digits(theirs),
    ),
    Habit(
        "ixbrlparse",
        "unit",
        "the first measure alone of a unit that divides: USD for USD/shares",
        lambda ours, theirs: theirs.unit == ours.unit.partition("/")[0],
    ),
    Habit(
        "ixbrlparse",
        "name",
        "names in a plain instance lose their prefix",
        lambda ours, theirs: theirs.name == f"unknown:{ours.name.partition(':')[2]}",
    ),
    Habit(
        "ixbrlparse",
        "decimals",
        "decimals that are not stated are told as 0",
        lambda ours, theirs: (ours.decimals, theirs.decimals) == ("", "0"),
    ),
    Habit("ixbrlparse", THERE, "nil is told as 0; here it is no number", lambda _, theirs: theirs.nil),
    Habit(
        "edgartools", THERE, "nil is told without a value; here it is no number", lambda _, theirs: theirs.nil
    ),
)
"""How readers differ from this one by design; a habit is checked on each number it is held to explain."""


def compare(reader: str, ours: Numbers, theirs: Numbers) -> Compared:
    """Each number of either, by the id of its element, in all fields."""
    found = Compared()
    for locator in {**ours, **theirs}:
        here, there = ours.get(locator), theirs.get(locator)
        found.numbers += 1
        if here is None or there is None:
            only = there or here
            assert only is not None  # noqa: S101 - it came from one of the two
            _count(found, reader, locator, THERE if here is None else HERE, (only, only))
            continue
        unlike = [name for name in FIELDS if getattr(here, name) != getattr(there, name)]
        found.alike += not unlike
        for name in unlike:
            _count(found, reader, locator, name, (here, there))
    return found


def _count(found: Compared, reader: str, locator: str, where: str, pair: tuple[Number, Number]) -> None:
    for habit in HABITS:
        if (habit.reader, habit.field) == (reader, where) and habit.explains(*pair):
            found.explained[where, habit.words] += 1
            return
    ours, theirs = (str(getattr(each, where, each.name)) for each in pair)
    found.unexplained.append(Difference(locator, where, ours, theirs))
