"""Whether the number that a finding puts in place of a wrong one is the right one."""

from __future__ import annotations

import re
from decimal import Decimal

from tieout.bench.inject.ask import Ask
from tieout.bench.inject.scene import Told
from tieout.bench.inject.truth import World
from tieout.core.interval import Interval

_CORRECTION = re.compile(
    r"(?P<sign>[-+]?)\$?(?P<digits>[\d,]+(?:\.\d+)?)"
    r"(?: (?P<scale>trillion|billion|million))?(?: (?P<unit>%|points))?"
)
_POWER = {"trillion": 12, "billion": 9, "million": 6, "%": -2, "points": -2}


def corrects(world: World, one: Told, correction: str | None) -> bool:
    """Whether the number a finding puts in place ties with what the claim should have told."""
    amount = amount_of(correction)
    if amount is None:
        return False
    asked = [one.ask]
    if one.ask.relation == "points":  # told in percent, it may be put right in percent
        asked.append(Ask("growth", one.ask.subject, one.ask.base))
    return any(not known.disjoint(amount) for ask in asked for known in world.known(ask))


def amount_of(correction: str | None) -> Interval | None:
    """The values a correction's words stand for; None where they are no amount."""
    found = _CORRECTION.match(correction or "")
    if found is None:
        return None
    digits = found["digits"].replace(",", "")
    places = len(digits.partition(".")[2])
    power = _POWER.get(found["scale"] or found["unit"] or "", 0)
    value = Decimal(digits).scaleb(power)
    return Interval.around(-value if found["sign"] == "-" else value, Decimal(5).scaleb(power - places - 1))
