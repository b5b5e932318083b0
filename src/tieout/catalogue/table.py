"""A table of a TOML file that knows where it stands, so that a complaint names file, key and fix."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar, cast

from tieout.core.errors import ParseError

Word = TypeVar("Word", bound=str)
SHOWN = 200
"""As much of what a file says as an error repeats."""


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and values of one table; `place` is its file and, below the top, its name there."""

    keys: Mapping[str, object]
    place: str

    @staticmethod
    def parse(content: bytes, file: str) -> Table:
        """The whole file. Raises ParseError for what is no TOML."""
        try:
            return Table(tomllib.loads(content.decode("utf-8-sig")), file)
        except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, a number or a nesting past all use
            raise ParseError(
                f"{file} is not valid TOML: {error}", fix="correct the line it names", file=file
            ) from error

    def only(self, allowed: Iterable[str]) -> None:
        """Raise ParseError where there is any other key: a typing error is not passed over."""
        known = sorted(allowed)
        unknown = sorted(set(self.keys) - set(known))
        if unknown:
            raise ParseError(
                f"{self.place} has unknown keys: {_short(', '.join(unknown))}",
                fix=f"use only {', '.join(known)}",
            )

    def text(self, key: str, default: str | None = None) -> str:
        """The text of a key. Raises ParseError where it is no text, or missing without a default."""
        found = self.keys.get(key, default)
        if found is None:
            raise self.wrong(key, "is missing", f'add {key} = "..."')
        if not isinstance(found, str) or (not found.strip() and found != default):
            raise self.wrong(key, f"is {found!r}, which is no text", f'write {key} = "..."')
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list, or a text alone; none where the key is missing."""
        found = self.keys.get(key, [])
        items = cast("list[object]", found if isinstance(found, list) else [found])
        for item in items:
            if not isinstance(item, str) or not item.strip():
                raise self.wrong(key, f"holds {item!r}, which is no text", f'write {key} = ["...", "..."]')
        return tuple(cast("list[str]", items))

    def word(self, key: str, allowed: tuple[Word, ...], default: Word) -> Word:
        """The one of the allowed words that the key names."""
        found = self.keys.get(key, default)
        for word in allowed:
            if word == found:
                return word
        raise self.wrong(key, f"is {found!r}", f"use one of {', '.join(allowed)}")

    def number(self, key: str, allowed: range, default: int) -> int:
        """The whole number of a key."""
        found = self.keys.get(key, default)
        if not isinstance(found, int) or isinstance(found, bool) or found not in allowed:
            raise self.wrong(key, f"is {found!r}", f"write a number from {allowed[0]} to {allowed[-1]}")
        return found

    def day(self, key: str) -> date:
        """The day of a key."""
        found = self.keys.get(key)
        if not isinstance(found, date) or isinstance(found, datetime):
            raise self.wrong(key, f"is {found!r}, which is no day", f"write {key} = 2025-01-31")
        return found

    def days(self, key: str) -> tuple[date, ...]:
        """The days of a list."""
        found = self.keys.get(key, [])
        items = cast("list[object]", found if isinstance(found, list) else [found])
        return tuple(Table({key: item}, self.place).day(key) for item in items)

    def table(self, key: str) -> Table:
        """The table of a key, an empty one where it is missing."""
        return self._below(key, self.keys.get(key, {}))

    def named(self, key: str) -> Iterator[tuple[str, Table]]:
        """Each table below a key, `[key.NAME]`, with its name."""
        for name, found in self.table(key).keys.items():
            yield name, self._below(f"{key}.{name}", found)

    def several(self, key: str) -> Iterator[Table]:
        """Each table of a list, `[[key]]`."""
        found = self.keys.get(key, [])
        if not isinstance(found, list):
            raise self.wrong(key, "is no list of tables", f"write [[{key}]]")
        for number, item in enumerate(cast("list[object]", found), 1):
            yield self._below(f"{key} {number}", item)

    def wrong(self, key: str, what: str, fix: str) -> ParseError:
        """The error to raise about a key."""
        return ParseError(f"{self.place}: {_short(key)} {_short(what)}", fix=_short(fix), key=key)

    def _below(self, name: str, found: object) -> Table:
        if not isinstance(found, dict):
            raise self.wrong(name, f"holds {found!r}, which is no table", f"write [{name}]")
        return Table(cast("dict[str, object]", found), f"{self.place}: {name}")


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
