"""The installation: tieout itself, Python, the dependencies, the zone of New York, the terminal."""

from __future__ import annotations

import locale
import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tieout
from tieout.doctor.diagnosis import Line

_NEED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)\s*(?P<range>[^;]*)(?:;(?P<marker>.*))?")
_BOUND = re.compile(r"(>=|<=|==|!=|<|>)\s*([0-9.]+)")
_NUMBER = re.compile(r"\d+")


def installation() -> Iterator[Line]:
    """How tieout and what it needs are installed."""
    yield Line("ok", "tieout", f"{tieout.__version__} in {Path(tieout.__file__).parent}")
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


def terminal() -> Iterator[Line]:
    """Whether standard output can carry a report."""
    encoding = getattr(sys.stdout, "encoding", None) or locale.getpreferredencoding(do_setlocale=False)
    try:
        "✓✗├└─".encode(encoding)
        yield Line(
            "ok", "terminal", f"{encoding}, {'a terminal' if sys.stdout.isatty() else 'a file or pipe'}"
        )
    except (UnicodeEncodeError, LookupError):
        fix = "set PYTHONIOENCODING=utf-8, or live with + and X for the signs"
        yield Line("warn", "terminal", f"{encoding} cannot carry the signs of the report", fix)
