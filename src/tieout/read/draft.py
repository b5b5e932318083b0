"""What a sentence says of a number before periods are settled: subject, relation, base, as written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tieout.core.article import Span
from tieout.core.claim import Change, Relation
from tieout.core.measure import Dimensions, Scenario
from tieout.read.amounts import Amount
from tieout.read.periods import PeriodMention

Base = Literal["yoy", "qoq", "period", "from", "assumed"]
"""What a change is measured from: a year or a quarter earlier, a named period, the "from" number.

"assumed" where the words do not say.
"""

Rival = tuple[tuple[str, ...], Dimensions]
"""Metrics and dimensions that a number may be of besides its subject."""

APART = "the number and the name of what it measures stand apart"
"""The doubt that falls when the same number was told of the same measure before."""

TOLD_BEFORE = "named in the sentence before"
"""Why a subject is that of a pronoun or of nothing: the sentence before named it."""

AHEAD_OF_LIST = "named ahead of the list"
"""Why a subject is that of an entry: the line above its list names it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured, as far as the words tell.

    `metrics` are candidates, the usual first; all in `needs` must be refuted. `entity` "" is a
    company no pack describes, None the article's own. `others` are further readings that the
    words leave open, (metrics, dimensions) each. `why` says what words each part was read from. `pinned`:
    a basis is put right behind the name, "EPS (GAAP)".
    """

    metrics: tuple[str, ...]
    needs: tuple[str, ...]
    dimensions: Dimensions = ()
    entity: str | None = None
    tags: frozenset[str] = frozenset()
    others: tuple[Rival, ...] = ()
    why: tuple[str, ...] = ()
    span: Span | None = None
    own_dimensions: bool = False
    family: str = ""
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One side: whose it is, the time told in it, and what both measure.

    `other`: the company of the other side, where no words right by the number say whose it is.
    """

    owner: str
    other: str
    period: PeriodMention | None
    subject: Subject


@dataclass(frozen=True, slots=True)
class Draft:
    """One number, or one word of direction or comparison, and what the sentence says of it.

    `is_base`: it is what another number is measured from; `from_draft` is the place of that one in the
    sentence. `forecast`: only said to be possible; `conjecture`: somebody's guess; `past`: reported as
    having happened. `period_shared`: the period is that of a neighbour; `leads_to`: that of the
    number a base leads to. `sets_topic`: the period becomes
    what the article speaks of. `goes_with` is the number whose subject this one takes. `firm` and `loose`
    say whether and why the words bind it loosely; `rivals` what else it could be a number of;
    `owner_named` whether the sentence names its company or segment. `others` are the other companies that
    numbers of the sentence are of, `peers` those its period may be told of, `added` what is summed up with
    its subject. `goes_on`: it is the first of a line that goes on with what the line before told.
    `pointed`: a word points back at the number, "that $5 billion".
    """

    relation: Relation
    span: Span
    number: Span
    sentence: Span
    amount: Amount | None = None
    subject: Subject | None = None
    change: Change | None = None
    base: Base | None = None
    base_period: PeriodMention | None = None
    period: PeriodMention | None = None
    period_shared: bool = False
    leads_to: PeriodMention | None = None
    is_base: bool = False
    negative: bool = False
    positive: bool = False
    scenario: Scenario = Scenario.ACTUAL
    forecast: bool = False
    conjecture: bool = False
    speaker: str | None = None
    whole: Subject | None = None
    whole_period: PeriodMention | None = None
    direction: str | None = None
    from_draft: int | None = None
    block: int = 0
    unread: str = ""
    goes_with: Span | None = None
    firm: bool = True
    loose: str = ""
    rivals: tuple[Rival, ...] = ()
    rival_companies: tuple[str, ...] = ()
    rival_periods: tuple[PeriodMention, ...] = ()
    rival_scenario: bool = False
    sets_topic: bool = True
    others: tuple[str, ...] = ()
    peers: tuple[str, ...] = ()
    added: tuple[Subject, ...] = ()
    past: bool = True
    owner_named: bool = False
    goes_on: bool = False
    pointed: bool = False

    @property
    def earlier(self) -> bool:
        """Whether the number is of an earlier time than what it stands beside: a base, "a year ago"."""
        counted = self.period is not None and self.period.relative in ("year_ago", "prior")
        return self.is_base or (counted and self.period is not None and self.period.kind == "relative")
