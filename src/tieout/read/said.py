"""A draft's number -> what the claim says: interval, value, unit."""

from __future__ import annotations

from decimal import Decimal

from tieout.catalogue import Catalogue
from tieout.core.claim import Said
from tieout.core.interval import Interval
from tieout.core.quantity import USD_PER_SHARE
from tieout.read.amounts import Amount
from tieout.read.draft import Draft


def said(draft: Draft, catalogue: Catalogue) -> Said | None:
    """The number of a draft as its claim says it; None where it has none."""
    amount = draft.amount
    if amount is None:
        return None
    interval, low, high = amount.interval, amount.low, amount.high
    unit = amount.unit or "count"
    if amount.as_verb:
        interval, low, unit = _grown(amount), low - 1, "ratio"
    if draft.negative and amount.sign == 0:
        interval, low, high = -interval, -low, None if high is None else -high
        if high is not None:
            low, high = high, low
    metrics = [catalogue.metric(m) for m in draft.subject.metrics] if draft.subject is not None else []
    if amount.hedge == "up to" and any(m.kind == "specification" for m in metrics):
        interval = Interval.around(low, amount.step / 2)
    if unit == "USD" and not amount.scaled and metrics and all(m.unit == USD_PER_SHARE for m in metrics):
        unit = USD_PER_SHARE
    return Said(interval, low, unit, high, amount.figures)


def _grown(amount: Amount) -> Interval:
    """The growth a verb tells: "doubled" is said of anything short of two and a half times."""
    interval = amount.interval
    if interval.high is not None:
        interval = Interval(interval.low, max(interval.high, amount.low + Decimal("0.5")))
    return interval - Interval.point(Decimal(1))
