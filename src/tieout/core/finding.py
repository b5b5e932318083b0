"""What checking a claim found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from tieout.core.article import Article
from tieout.core.claim import Claim, Reading
from tieout.core.fact import Figure
from tieout.core.measure import Measure


class Verdict(StrEnum):
    """The eight answers, as DESIGN.md defines them."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    WRONG_PERIOD = "wrong_period"
    WRONG_METRIC = "wrong_metric"
    WRONG_SCALE = "wrong_scale"
    STALE = "stale"
    UNVERIFIABLE = "unverifiable"
    OPINION = "opinion"

    @property
    def accuses(self) -> bool:
        """Whether the verdict says the claim is wrong."""
        return self in _ACCUSING


_ACCUSING = frozenset(
    {Verdict.CONTRADICTED, Verdict.WRONG_PERIOD, Verdict.WRONG_METRIC, Verdict.WRONG_SCALE, Verdict.STALE}
)


Kin = Literal["part", "beside", "none"]
"""How the segment that a number is true of stands to the one claimed."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where a refuted number came from: it is true of `measure`, as `figure` shows.

    `offset` is the signed distance in quarters from the period claimed, None where it has none.
    `kin`: whether its segment holds the one claimed or is part of it, or stands beside it in one whole.
    """

    code: str
    verdict: Verdict
    measure: Measure
    figure: Figure
    offset: int | None = None
    scale: str = ""
    kin: Kin = "part"


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim's verdict, with the proof.

    `reading` is the one that decided; `known` the figure held for it. `missing` says what would
    settle an unverifiable claim; `notes` accuse nobody; `correction` is the sentence's right number.
    """

    code: str
    verdict: Verdict
    claim: Claim
    message: str
    reading: Reading | None = None
    known: Figure | None = None
    explanations: tuple[Explanation, ...] = ()
    missing: str | None = None
    notes: tuple[str, ...] = ()
    correction: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A checked article: the article, the companies it is about, a finding for each claim.

    `numbers` counts the numbers in the text that could be claims; `notes` say what was abstained from; `held`
    counts the facts held of each company.
    """

    article: Article
    companies: tuple[str, ...]
    findings: tuple[Finding, ...]
    numbers: int
    ledger: str
    notes: tuple[str, ...] = ()
    held: tuple[int, ...] = ()

    @property
    def wrong(self) -> tuple[Finding, ...]:
        """The findings that accuse."""
        return tuple(finding for finding in self.findings if finding.verdict.accuses)

    @property
    def judged(self) -> int:
        """How many claims got a verdict other than unverifiable or opinion."""
        return sum(f.verdict not in (Verdict.UNVERIFIABLE, Verdict.OPINION) for f in self.findings)
