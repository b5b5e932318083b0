"""What is installed, which ledger, how fresh, what is missing, and how to fix it."""

from __future__ import annotations

import locale
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tieout import __version__
from tieout.catalogue import Catalogue
from tieout.core.errors import TieoutError
from tieout.core.fact import Fact
from tieout.ledger import Ledger

State = Literal["ok", "warn", "fail"]
OLD = 120
"""Days after which a newer quarter has probably been reported: a quarter, and a month to report it."""
_NEED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)\s*(?P<range>[^;]*)(?:;(?P<marker>.*))?")
_BOUND = re.compile(r"(>=|<=|==|!=|<|>)\s*([0-9.]+)")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at: how it stands, what was found, and how to fix it where it does not stand well."""

    state: State
    topic: str
    found: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All lines, in the order in which one thing needs another."""

    lines: tuple[Line, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing fails; warnings are allowed."""
        return all(line.state != "fail" for line in self.lines)

    def document(self) -> dict[str, object]:
        """The diagnosis as a JSON object."""
        return {
            "schema": "tieout.doctor/1",
            "tieout": __version__,
            "sound": self.sound,
            "lines": [asdict(line) for line in self.lines],
        }


def diagnose(folder: Path | None = None, *, today: date | None = None) -> Diagnosis:
    """How things stand with the installation, the ledger under `folder`, the packs and the terminal.

    Never raises for what it finds broken: that is a line that fails.
    """
    day = today or datetime.now(UTC).date()
    return Diagnosis((*_installed(), *_held(folder, day), *_terminal()))


def _installed() -> Iterator[Line]:
    yield Line("ok", "tieout", f"{__version__} in {Path(__file__).parent}")
    new = sys.version_info >= (3, 11)
    told = f"{platform.python_version()} ({platform.python_implementation()}, {platform.platform()})"
    yield Line("ok" if new else "fail", "Python", told, "" if new else "install Python 3.11 or newer")
    try:
        needs = metadata.requires("tieout") or []
    except metadata.PackageNotFoundError:
        yield Line("warn", "dependencies", "tieout is run without being installed", "pip install tieout")
        return
    for need in needs:
        found = _NEED.match(need)
        marker = (found["marker"] or "") if found else ""
        if found and "extra" not in marker and ("win32" not in marker or sys.platform == "win32"):
            yield _dependency(found["name"], found["range"].strip())
    try:
        ZoneInfo("America/New_York")
    except ZoneInfoNotFoundError:
        yield Line("fail", "time zones", "the zone of New York is not known", "pip install tzdata")


def _dependency(name: str, wanted: str) -> Line:
    fix = f"pip install '{name}{wanted}'"
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Line("fail", name, f"not installed; {wanted} is needed", fix)
    if not _within(version, wanted):
        return Line("warn", name, f"{version}, which is not {wanted}", fix)
    return Line("ok", name, f"{version} ({wanted})")


def _within(version: str, wanted: str) -> bool:
    """Whether a version of plain numbers lies in a range such as ">=8.2,<9"."""
    have = _numbers(version)
    for sign, text in _BOUND.findall(wanted):
        bound = _numbers(text)
        size = max(len(have), len(bound))
        left, right = (number + (0,) * (size - len(number)) for number in (have, bound))
        order = (left > right) - (left < right)
        if order not in {">=": (0, 1), "<=": (0, -1), "==": (0,), "!=": (1, -1), "<": (-1,), ">": (1,)}[sign]:
            return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    found = (_NUMBER.match(part) for part in version.split("."))
    return tuple(int(number[0]) for number in found if number)


def _held(folder: Path | None, today: date) -> Iterator[Line]:
    packs: tuple[str, ...] | None = None
    try:
        packs = tuple(sorted(Catalogue.load().companies))
        yield Line("ok", "company packs", f"{len(packs)}: {', '.join(packs)}")
    except TieoutError as error:
        yield Line("fail", "company packs", error.message, error.fix)
    place = "bundled facts" + (f", {folder} over them" if folder else "")
    try:
        ledger = Ledger.open(folder)
        held = ledger.entities()
        yield Line("ok", "ledger", f"version {ledger.version}: {place}, {len(held)} companies")
    except TieoutError as error:
        yield Line("fail", "ledger", error.message, error.fix)
        return
    for company in held:
        yield _company(ledger, company, today)
    if packs is not None:
        yield from _matched(packs, held)


def _company(ledger: Ledger, company: str, today: date) -> Line:
    topic = f"facts of {company}"
    try:
        facts = ledger.history().all_facts(company)
    except TieoutError as error:
        return Line("fail", topic, error.message, error.fix)
    newest = _newest(facts)
    if newest is None:
        return Line("warn", topic, f"{len(facts)}, none with a known date", "fill the column `known`")
    age = (today - newest).days
    told = f"{len(facts)}, the newest known on {newest}, {age} days ago"
    if newest > today:
        return Line(
            "warn", topic, f"{len(facts)}, known on {newest}, a day to come", "correct the column `known`"
        )
    if age > OLD:
        return Line(
            "warn", topic, told, f"add what has been reported since to a folder's {company}.csv (--ledger)"
        )
    return Line("ok", topic, told)


def _newest(facts: Iterable[Fact]) -> date | None:
    return max((fact.known for fact in facts if fact.known is not None), default=None)


def _matched(packs: tuple[str, ...], held: tuple[str, ...]) -> Iterator[Line]:
    for company in sorted(set(packs) - set(held)):
        fix = f"add {company}.csv to a folder of facts (--ledger)"
        yield Line("warn", f"pack of {company}", "no facts are held: nothing about it can be judged", fix)
    for company in sorted(set(held) - set(packs)):
        fix = f"add a pack {company}.toml"
        yield Line("warn", f"facts of {company}", "no pack says how texts name the company", fix)


def _terminal() -> Iterator[Line]:
    encoding = getattr(sys.stdout, "encoding", None) or locale.getpreferredencoding(do_setlocale=False)
    try:
        "✓✗├└─".encode(encoding)
        yield Line(
            "ok", "terminal", f"{encoding}, {'a terminal' if sys.stdout.isatty() else 'a file or pipe'}"
        )
    except (UnicodeEncodeError, LookupError):
        fix = "set PYTHONIOENCODING=utf-8, or live with + and X for the signs"
        yield Line("warn", "terminal", f"{encoding} cannot carry the signs of the report", fix)
