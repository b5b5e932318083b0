"""How checks agree with labels: per article and over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tieout.bench.labels import Label, Labelled
from tieout.bench.match import matches
from tieout.core.errors import NotFoundError, TieoutError
from tieout.core.finding import Explanation, Finding, Verdict
from tieout.core.period import Period
from tieout.desk import Desk

UNDECIDED = (Verdict.UNVERIFIABLE, Verdict.OPINION)


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its finding, None where no finding fits; `periods` are those its explanations name."""

    article: str
    label: Label
    finding: Finding | None
    periods: tuple[frozenset[str], ...] = ()

    @property
    def judged(self) -> bool:
        """Whether the claim got a verdict."""
        return self.finding is not None and self.finding.verdict not in UNDECIDED

    @property
    def flagged(self) -> bool:
        """Whether the claim was called wrong."""
        return self.finding is not None and self.finding.verdict.accuses

    @property
    def exact(self) -> bool:
        """Whether the verdict is one of the label's."""
        return self.finding is not None and self.finding.verdict in self.label.verdicts

    @property
    def accused_falsely(self) -> bool:
        """Called wrong where the label says supported and nothing else."""
        return self.flagged and self.label.verdict is Verdict.SUPPORTED and not self.exact

    @property
    def let_pass(self) -> bool:
        """Called supported where the label says wrong."""
        return (
            self.finding is not None
            and self.finding.verdict is Verdict.SUPPORTED
            and self.label.wrong
            and not self.exact
        )

    @property
    def period_named(self) -> bool:
        """Whether the first explanation is of the period the label names."""
        return self.flagged and bool(self.periods) and self.label.true_period in self.periods[0]

    @property
    def period_among(self) -> bool:
        """Whether any explanation is."""
        return self.flagged and any(self.label.true_period in each for each in self.periods)


@dataclass(frozen=True, slots=True)
class Scored:
    """An article's pairs, the accusations that match no label, and why claims were left open.

    `unchecked` says why the article was not checked at all; then no label has a finding.
    """

    name: str
    text: str
    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...] = ()
    stray: tuple[Finding, ...] = ()
    published: str = ""
    companies: tuple[str, ...] = ()
    unchecked: str = ""

    @property
    def abstained(self) -> Counter[str]:
        """Why findings abstain, shortened, with their numbers."""
        return Counter(
            _short(f.missing or f.claim.why_unread or "no reason given")
            for f in self.findings
            if f.verdict is Verdict.UNVERIFIABLE
        )


def score(desk: Desk, article: Labelled) -> Scored:
    """One article checked and matched to its labels; what cannot be checked is said so and raises nothing."""
    try:
        check = desk.check(article.path, published=article.published or None)
    except NotFoundError as error:
        return _unchecked(article, f"{error.message}")
    except TieoutError as error:
        return _unchecked(article, f"{type(error).__name__}: {error.message}")
    text = check.article.text
    where = matches(article.labels, check.findings, text)
    pairs = tuple(
        Pair(article.name, label, None)
        if at is None
        else Pair(article.name, label, check.findings[at], _periods(desk, check.findings[at]))
        for label, at in zip(article.labels, where, strict=True)
    )
    taken = set(where)
    stray = tuple(f for at, f in enumerate(check.findings) if f.verdict.accuses and at not in taken)
    when = check.article.published
    days = () if when is None else dict.fromkeys((str(when.first), str(when.last)))
    return Scored(article.name, text, pairs, check.findings, stray, "/".join(days), check.companies)


def score_all(desk: Desk, articles: Iterable[Labelled]) -> tuple[Scored, ...]:
    """Every article scored, in order."""
    return tuple(score(desk, article) for article in articles)


def _unchecked(article: Labelled, why: str) -> Scored:
    pairs = tuple(Pair(article.name, label, None) for label in article.labels)
    return Scored(article.name, "", pairs, unchecked=why)


def _periods(desk: Desk, finding: Finding) -> tuple[frozenset[str], ...]:
    return tuple(_names(desk, each) for each in finding.explanations)


def _names(desk: Desk, explanation: Explanation) -> frozenset[str]:
    """The names labels may give an explanation's period: "FY2026-Q1", its last day, the day it was issued."""
    names: set[str] = set()
    period, known = explanation.measure.period, explanation.figure.known
    pack = desk.catalogue.companies.get(explanation.measure.entity)
    if isinstance(period, Period) and period.end != date.max:
        names.add(period.end.isoformat())
        found = pack.calendar.part_of(period) if pack else None
        if found is not None:
            year, part = found
            names.add(f"FY{year}" if part == "FY" else f"FY{year}-{part}")
            if part == "Q4" and period.is_instant:
                names.add(f"FY{year}")
    if known is not None:
        names |= {known.isoformat(), f"issue of {known.isoformat()}"}
    return frozenset(names)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over pairs."""

    n: int
    matched: int
    judged: int
    flagged: int
    exact: int
    accused: int

    @staticmethod
    def of(pairs: Sequence[Pair]) -> Tally:
        """The counts of these pairs."""
        return Tally(
            len(pairs),
            sum(p.finding is not None for p in pairs),
            sum(p.judged for p in pairs),
            sum(p.flagged for p in pairs),
            sum(p.exact for p in pairs),
            sum(p.accused_falsely for p in pairs),
        )


def _short(text: str, width: int = 72) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
