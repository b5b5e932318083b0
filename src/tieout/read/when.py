"""A period as a claim may mean it, and how it fits a metric."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tieout.catalogue import Metric
from tieout.core.claim import Standing
from tieout.core.period import AnyBalance, Latest, Period, PeriodRef

STANDINGS: tuple[Standing, ...] = ("said", "open", "family", "possible")
"""From the surest down."""


@dataclass(frozen=True, slots=True)
class When:
    """A period a claim may speak of, how that reading stands, and what it was read from."""

    period: PeriodRef
    standing: Standing = "said"
    why: str = ""


def weaker(one: Standing, other: Standing) -> Standing:
    """The less sure of two standings."""
    return STANDINGS[max(STANDINGS.index(one), STANDINGS.index(other))]


def ranked(whens: tuple[When, ...], why: str = "") -> tuple[When, ...]:
    """The first as said, the others as left open."""
    return tuple(
        When(when.period, "said" if place == 0 else "open", why or when.why)
        for place, when in enumerate(whens)
    )


def restated(whens: tuple[When, ...], why: str, standing: Standing | None = None) -> tuple[When, ...]:
    """The same periods read from something else, with their own standing unless one is given."""
    return tuple(When(when.period, standing or when.standing, why) for when in whens)


def distinct(whens: Iterable[When]) -> tuple[When, ...]:
    """Each period once, as it stands first."""
    found: dict[PeriodRef, When] = {}
    for when in whens:
        found.setdefault(when.period, when)
    return tuple(found.values())


def left_open(whens: tuple[When, ...]) -> tuple[When, ...]:
    """The same periods as left open, those less sure than that as they are."""
    return tuple(When(when.period, weaker("open", when.standing), when.why) for when in whens)


def bound(whens: tuple[When, ...]) -> bool:
    """Whether these name periods, and not any date at all."""
    return bool(whens) and not any(isinstance(when.period, AnyBalance) for when in whens)


def fitted(whens: tuple[When, ...], metric: Metric) -> tuple[When, ...]:
    """The same, as balance dates where the metric is a balance; else without what is no stretch of time."""
    if metric.kind == "balance":
        return tuple(When(closing(when.period), when.standing, when.why) for when in whens)
    return tuple(when for when in whens if is_stretch(when.period))


def shaped(period: PeriodRef, metric: Metric) -> PeriodRef | None:
    """The period as this metric needs it: a balance's date, a flow's stretch; None where it is neither."""
    if metric.kind == "balance":
        return closing(period)
    return period if metric.kind != "flow" or is_stretch(period) else None


def closing(period: PeriodRef) -> PeriodRef:
    """The balance date that closes a period."""
    if isinstance(period, Period):
        return period.closing()
    if isinstance(period, Latest) and period.span == "quarter":
        return replace(period, span="instant")
    return period


def is_stretch(period: PeriodRef) -> bool:
    """Whether a period is a stretch of time, and not a balance's date."""
    if isinstance(period, Period):
        return not period.is_instant
    return not isinstance(period, AnyBalance)
