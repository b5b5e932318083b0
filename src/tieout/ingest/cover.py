"""What a filing's cover says of it: whose it is, on which form, for which period."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tieout.core.filed import FOCUS
from tieout.core.period import Period
from tieout.ingest.contexts import Unusable
from tieout.ingest.gathered import Gathered

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_END = re.compile(r"(?:--|\s*)(?P<month>[01]?[0-9]|[A-Za-z]{3,9})[-/. ]+(?P<day>[0-3]?[0-9])\s*")


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover's facts; blank or None where it does not say.

    `ciks` are all registrants of a combined filing, the first the one whose name is `name`; `year_end` is
    month and day; `period` the year so far, or the year; `year` the number of the fiscal year.
    """

    ciks: tuple[int, ...] = ()
    name: str = ""
    form: str = ""
    amended: bool | None = None
    period: Period | None = None
    year_end: tuple[int, int] | None = None
    symbols: tuple[str, ...] = ()
    year: int | None = None


def cover(gathered: Gathered) -> Cover:
    """The cover of a filing whose documents are all in."""
    said: dict[str, list[str]] = {}
    context = ""
    for each in gathered.said:
        said.setdefault(each.name, []).append(each.text)
        if each.name == "DocumentType":
            context = context or each.context
    found = gathered.contexts.get(context)

    def first(name: str) -> str:
        return next(iter(said.get(name, ())), "")

    amended = {"true": True, "false": False}.get(first("AmendmentFlag").lower())
    return Cover(
        tuple(dict.fromkeys(_ciks(said.get("EntityCentralIndexKey", ())))),
        first("EntityRegistrantName"),
        first("DocumentType"),
        amended,
        None if found is None or isinstance(found, Unusable) else found.period,
        _year_end(first("CurrentFiscalYearEndDate")),
        tuple(dict.fromkeys(said.get("TradingSymbol", ()))),
        int(year) if re.fullmatch("(?:19|20|21)[0-9]{2}", year := first(FOCUS[1]).strip()) else None,
    )


def _ciks(texts: Iterable[str]) -> Iterable[int]:
    return (int(text) for text in texts if re.fullmatch("[0-9]{1,10}", text))


def _year_end(text: str) -> tuple[int, int] | None:
    """Month and day of "--01-26", "1/26" or "January 26"."""
    found = _YEAR_END.fullmatch(text)
    if found is None:
        return None
    written, day = found.group("month").lower(), int(found.group("day"))
    month = (
        int(written)
        if written.isdecimal()
        else _MONTHS.index(written[:3]) + 1
        if written[:3] in _MONTHS
        else 0
    )
    return (month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None
