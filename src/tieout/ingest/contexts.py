"""The contexts and units of an instance: whose number, when, along which axes; in what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tieout.core.measure import Dimensions
from tieout.core.period import Period
from tieout.ingest.names import Names
from tieout.ingest.xml import Element

XBRLI = "{http://www.xbrl.org/2003/instance}"
XBRLDI = "{http://xbrl.org/2006/xbrldi}"
CURRENCIES = "http://www.xbrl.org/2003/iso4217"
EARLIEST = 1800
"""The first year a filer can tell of."""
MAX_MEMBER = 200
"""The longest member of a typed axis that is kept, in characters."""
_SCHEME = re.compile(r"https?://(?:www\.)?sec\.gov/CIK/?", re.IGNORECASE)
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T00:00:00)?")
_CURRENCY = re.compile("[A-Z]{3}")


class Unusable(Exception):  # noqa: N818 - a reason that ends in rows left out, not an error anybody sees
    """A context or unit that no row can be made of; the message finishes the sentence."""


@dataclass(frozen=True, slots=True)
class Context:
    """Whose number it is, when, and along which axes."""

    cik: int
    period: Period
    dimensions: Dimensions


def context(element: Element, names: Names) -> Context:
    """A context read. Raises Unusable where its filer has no CIK, or its days or axes cannot be known."""
    identifier = element.find(f"{XBRLI}entity/{XBRLI}identifier")
    if identifier is None or not _SCHEME.fullmatch(identifier.get("scheme", "")):
        raise Unusable("of an entity without a CIK")
    written = (identifier.text or "").strip()
    if not re.fullmatch("[0-9]{1,10}", written) or not 0 < int(written) < 1 << 31:
        raise Unusable("of an entity whose CIK is none")
    return Context(int(written), _period(element), _dimensions(element, names))


def unit(element: Element) -> str:
    """A unit as filed: "USD", "shares", "USD/shares". Raises Unusable for one without a measure."""
    over = element.findall(f"{XBRLI}measure") + element.findall(
        f"{XBRLI}divide/{XBRLI}unitNumerator/{XBRLI}measure"
    )
    under = element.findall(f"{XBRLI}divide/{XBRLI}unitDenominator/{XBRLI}measure")
    told = ["*".join(sorted(_measure(each) for each in part)) for part in (over, under) if part]
    if not over:
        raise Unusable("in a unit without a measure")
    return "/".join(told)


def _measure(element: Element) -> str:
    """A measure without its prefix, unless it would then pass for a currency it is not."""
    written = (element.text or "").strip()
    prefix, _, local = written.rpartition(":")
    money = element.nsmap.get(prefix or None) == CURRENCIES
    return written if not local or (_CURRENCY.fullmatch(local) and not money) else local


def _period(element: Element) -> Period:
    days = {
        name: _day(found.text or "", closes=name != "startDate")
        for name in ("startDate", "endDate", "instant")
        if (found := element.find(f"{XBRLI}period/{XBRLI}{name}")) is not None
    }
    try:
        match days:
            case {"instant": day}:
                return Period(None, day)
            case {"startDate": start, "endDate": end}:
                return Period(start, end)
            case _:
                raise Unusable("of no period")
    except ValueError as error:
        raise Unusable("of a period that ends before it starts") from error


def _day(text: str, *, closes: bool) -> date:
    """The day meant: midnight closes the day before."""
    found = _DAY.fullmatch(text.strip())
    try:
        day = date.fromisoformat(found.group(1)) if found else None
    except ValueError:
        day = None
    if found is None or day is None or day.year < EARLIEST:
        raise Unusable("of a period without days")
    return day - timedelta(days=1) if closes and found.group(2) else day


def _dimensions(element: Element, names: Names) -> Dimensions:
    """The axes and members of segment and scenario, sorted.

    Whatever else stands there narrows the number in a way that is not known.
    """
    found: list[tuple[str, str]] = []
    for part in (f"{XBRLI}entity/{XBRLI}segment", f"{XBRLI}scenario"):
        for holder in element.findall(part):
            for each in holder:
                axis = names.read(each.get("dimension", ""), each.nsmap)
                member = _member(each, names)
                if not axis or not member:
                    raise Unusable("along an axis that cannot be read")
                found.append((axis, member))
    if len({axis for axis, _ in found}) < len(found):
        raise Unusable("along one axis twice")
    return tuple(sorted(found))


def _member(element: Element, names: Names) -> str:
    if element.tag == f"{XBRLDI}explicitMember":
        return names.read(element.text or "", element.nsmap)
    if element.tag == f"{XBRLDI}typedMember" and len(element) == 1 and not len(element[0]):
        written = " ".join((element[0].text or "").split())
        return written if len(written) <= MAX_MEMBER else ""
    return ""
