"""Dates as datelines, bylines and mark-up write them, and the lines that say when an article appeared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from tieout.core.article import Published

NEW_YORK = ZoneInfo("America/New_York")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    r"(?P<iso>(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])"
    r"|(?P<isomonth>(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2]))"
    rf"|(?P<mdy>{_MONTH}[ \u00a0]{{1,2}}[0-3]?[0-9](?:st|nd|rd|th)?,?[ \u00a0]{{1,2}}(?:19|20)[0-9]{{2}})"
    rf"|(?P<dmy>[0-3]?[0-9](?:st|nd|rd|th)?[ \u00a0]{{1,2}}{_MONTH},?[ \u00a0]{{1,2}}(?:19|20)[0-9]{{2}})"
    rf"|(?P<my>{_MONTH},?[ \u00a0]{{1,2}}(?:19|20)[0-9]{{2}})"
    r"|(?P<slash>[01]?[0-9]/[0-3]?[0-9]/(?:19|20)[0-9]{2}|[0-3]?[0-9]/[01]?[0-9]/(?:19|20)[0-9]{2})"
    r"|(?P<dots>[0-3]?[0-9]\.[01]?[0-9]\.(?:19|20)[0-9]{2})"
    r")(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?(?![a-z])"
    r"|(?:first )?(?:published|posted|released|issued|filed|date[d]?|updated|modified|last|on|at|as of"
    r"|originally)(?![a-z])"
    r"|t?[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?[ \u00a0]?(?:[ap]\.?m\.?)?(?![a-z0-9])"
    r"|[01]?[0-9][ \u00a0]?(?:a\.m\.|p\.m\.|[ap]m(?![a-z]))"
    r"|(?:e[sd]?t|p[sd]?t|c[sd]?t|m[sd]?t|gmt|utc|bst|cest|cet|eastern(?: time)?|z)(?![a-z])"
    r"|[+-][0-9]{2}:?[0-9]{2}"
    r"|[0-9]{1,2} ?min(?:ute)?s?(?: read)?(?![a-z])",
    re.IGNORECASE,
)
_NAME = (
    r"(?:[A-Z][\w.'’-]*|and|for|of|&|a|an|the|our|in|at|from|staff|senior|chief|guest|contributing"
    r"|writers?|reporters?|correspondents?|editors?|analysts?|columnists?|contributors?|team|desk)"
)
_BYLINE = re.compile(rf"(?:[Ww]ritten )?(?:[Bb]y|BY) {_NAME}(?: {_NAME}){{0,9}}")
_UPDATED = re.compile(r"(?:updated|modified|last update)", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?:published|posted|released|issued)", re.IGNORECASE)
_SEPARATORS = " \t\u00a0|,;:.·•()[]/-–—*_>"
_SOURCE = re.compile(r"[ \u00a0]*(?:\([^()\n]{1,60}\)|/[^/\n]{1,60}/)?[ \u00a0]*(?:--|[-–—:])[ \u00a0]*")
_PLACE_WORD = re.compile(r"[A-Z(/][\w.,'’()/-]*|[-–—/,(]|of|de|la|the|and")


@dataclass(frozen=True, slots=True)
class Dateline:
    """When a line says the article appeared; `rest` is where its own text begins, -1 if it has none."""

    published: Published
    updated: bool
    rest: int


def parse_day(written: str) -> Published | None:
    """The day, or the month, that a piece of mark-up gives ("2025-08-29T20:05:00Z"), as New York days."""
    text = written.strip()[:64]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        match = _DATE.search(text)
        return _published(match) if match else None
    if not 1990 <= moment.year <= 2100:
        return None
    # A moment has a New York day; a bare date or a naive time is taken as one already.
    return Published.day(moment.astimezone(NEW_YORK).date() if moment.tzinfo else moment.date())


def dateline(line: str) -> Dateline | None:
    """What a line says of the publication date; None where it is a sentence or says nothing."""
    if len(line) <= 160:
        found = _date_alone(line)
        if found is not None:
            return found
    return _place_and_date(line)


def _date_alone(line: str) -> Dateline | None:
    matches = list(_DATE.finditer(line))
    if not matches or len(matches) > 3:
        return None
    if len(matches) > 1 and not (_UPDATED.search(line) or _PUBLISHED.search(line)):
        return None  # the heads of a table's columns
    remainder = _FILLER.sub(" ", _DATE.sub(" ", line)).strip(_SEPARATORS)
    remainder = re.sub(r"[\s|·•,;:–—-]+", " ", remainder).strip()
    if remainder and not _BYLINE.fullmatch(remainder):
        return None
    updated = [_after_word(line, match, _UPDATED, _PUBLISHED) for match in matches]
    chosen = updated.index(False) if False in updated else 0
    published = _published(matches[chosen])
    return Dateline(published, updated[chosen], -1) if published else None


def _after_word(line: str, match: re.Match[str], word: re.Pattern[str], other: re.Pattern[str]) -> bool:
    before = line[: match.start()]
    last = max((found.end() for found in word.finditer(before)), default=-1)
    return last > max((found.end() for found in other.finditer(before)), default=-1)


def _place_and_date(line: str) -> Dateline | None:
    match = _DATE.search(line, 0, 120)
    if match is None or match["isomonth"] or match["my"]:
        return None
    place = line[: match.start()].strip()
    words = place.split()
    if not words or len(words) > 8 or not all(_PLACE_WORD.fullmatch(word) for word in words):
        return None
    source = _SOURCE.match(line, match.end())
    published = _published(match)
    if source is None or published is None or source.end() >= len(line):
        return None
    # "Acme, Aug. 29, 2025: ..." and a place look alike; a comma, a dash or capitals must end the place.
    if place[-1] not in ",-–—/)(" and not place.isupper():
        return None
    return Dateline(published, updated=False, rest=source.end())


def _published(match: re.Match[str]) -> Published | None:
    kind = match.lastgroup
    text = match[0].lower()
    numbers = [int(number) for number in re.findall(r"[0-9]+", text)]
    try:
        if kind == "isomonth":
            return Published.month(numbers[0], numbers[1])
        if kind == "iso":
            return Published.day(date(*numbers))
        if kind == "dots":
            return Published.day(date(numbers[2], numbers[1], numbers[0]))
        if kind == "slash":
            return _slashed(*numbers)
        month = next(index for index, name in enumerate(_MONTHS, 1) if name in text)
        if kind == "my":
            return Published.month(numbers[0], month)
        return Published.day(date(numbers[1], month, numbers[0]))
    except ValueError:
        return None


def _slashed(first: int, second: int, year: int) -> Published:
    """Month first unless that is impossible; both days where either order is possible."""
    if first > 12:
        return Published.day(date(year, second, first))
    if second > 12 or first == second:
        return Published.day(date(year, first, second))
    days = sorted((date(year, first, second), date(year, second, first)))
    return Published(days[0], days[1])
