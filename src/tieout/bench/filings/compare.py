"""A filing read as if untagged, and what its tags say of each number beside what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tieout.bench.filings.agree import (
    among,
    bound,
    dated_among,
    ends_among,
    periods_named,
    same_end,
    same_period,
    same_unit,
    same_value,
)
from tieout.bench.filings.filing import Filing, Gold
from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.core.claim import Claim, Reading, Relation
from tieout.core.finding import Finding
from tieout.core.measure import Measure
from tieout.desk import Desk
from tieout.ledger import Ledger
from tieout.read.amounts import amounts
from tieout.read.sentences import sentences


@dataclass(frozen=True, slots=True)
class Outcome:
    """A tagged number and how the reading of it agrees; what was not read at all agrees in nothing.

    `mentioned`: whether a period that its sentence names is the tag's, whatever it is read for,
    `mentioned_day` the same where a share's day will do for the stretch its tag has, and `mentioned_end`
    whether one ends on its last day; None where the sentence names none. `metric` is
    what the reader takes it for by the words alone, `settled` what the check settles on with the filing's
    facts at hand, each "" for nothing; `known` the metrics its concepts are. `period` is that of the
    preferred reading, `period_open` of any reading, `period_end` that of the last day alone; None where none
    was read. `accused` is the message of a check that called the number wrong, `read` the preferred reading
    in a line.
    """

    gold: Gold
    text: str
    sentence: str
    found: bool
    value: bool = False
    unit: bool = False
    mentioned: bool | None = None
    mentioned_day: bool | None = None
    mentioned_end: bool | None = None
    metric: str = ""
    settled: str = ""
    known: tuple[str, ...] = ()
    period: bool | None = None
    period_open: bool | None = None
    period_end: bool | None = None
    dimension: bool | None = None
    accused: str = ""
    read: str = ""

    @property
    def concept(self) -> bool:
        """Whether the first choice by the words alone is right."""
        return self.metric in self.known

    @property
    def concept_settled(self) -> bool:
        """Whether what the check settles on is right."""
        return self.settled in self.known


@dataclass(frozen=True, slots=True)
class Compared:
    """A filing's outcomes, and how many numbers of its text were called wrong, tagged or not."""

    name: str
    company: str
    published: str
    outcomes: tuple[Outcome, ...]
    unwritten: int
    numbers: int
    accused: int


def compare(filing: Filing, catalogue: Catalogue) -> Compared:
    """The filing checked against its own facts, number by number."""
    company = filing.company
    known = replace(catalogue, companies={**catalogue.companies, company.ticker: company})
    check = Desk(Ledger.of(filing.facts), known).check(
        filing.article, published=filing.article.published, company=company.ticker
    )
    outcomes = tuple(_outcome(gold, filing, check.findings) for gold in filing.gold)
    published = filing.article.published
    return Compared(
        filing.name,
        company.ticker,
        "" if published is None else str(published.last),
        outcomes,
        filing.unwritten,
        check.numbers,
        len(check.wrong),
    )


def _outcome(gold: Gold, filing: Filing, findings: Sequence[Finding]) -> Outcome:
    text = filing.article.text
    known = tuple(dict.fromkeys(told.metric for told in gold.told if told.metric))
    line = _line(filing, gold.span)
    sentence = next((each for each in sentences(text, line) if each.encloses(gold.span)), line)
    named = periods_named(filing, sentence)
    blank = Outcome(
        gold,
        text[gold.span.start : gold.span.end],
        text[sentence.start : sentence.end],
        found=False,
        mentioned=among(gold, named) if named else None,
        mentioned_day=dated_among(gold, named) if named else None,
        mentioned_end=ends_among(gold, named) if named else None,
        known=known,
    )
    finding = _finding(gold.span, findings)
    if finding is None or finding.claim.said is None:
        return _lexed(blank, filing, line) if gold.prose else blank
    said = finding.claim.said
    read = replace(
        blank,
        found=True,
        value=same_value(gold, (said.value, said.value_high)),
        unit=same_unit(gold, said.unit),
        accused=finding.message if finding.verdict.accuses else "",
        read=_told(finding.claim),
    )
    return _placed(read, finding, filing)


def _placed(read: Outcome, finding: Finding, filing: Filing) -> Outcome:
    """The outcome with what the readings say of concept, period and dimension."""
    claim, told = finding.claim, read.gold.told
    first = claim.sure[0] if claim.sure else None
    if first is None:
        return read
    decided = finding.reading or first
    periods = [bound(reading.subjects[0].period, filing) for reading in claim.sure]
    return replace(
        read,
        metric=_metric(first, claim),
        settled=_metric(decided, claim),
        period=same_period(told, periods[0]),
        period_open=any(same_period(told, period) for period in periods),
        period_end=same_end(told, periods[0]),
        dimension=any(each.dimensions == first.subjects[0].dimensions for each in told),
    )


def _metric(reading: Reading, claim: Claim) -> str:
    """What the number is a level of; the relation where it is none."""
    level = claim.relation in (Relation.LEVEL, Relation.COUNT)
    metric = reading.subjects[0].metric
    return metric if level else f"{claim.relation} of {metric}"


def _finding(span: Span, findings: Sequence[Finding]) -> Finding | None:
    """The finding whose number is this one: of several the first that was read."""
    there = [f for f in findings if f.claim.said is not None and f.claim.number.overlaps(span)]
    return next((f for f in there if f.claim.readings), there[0] if there else None)


def _lexed(blank: Outcome, filing: Filing, line: Span) -> Outcome:
    """What the reader's own lexer makes of a number that is no claim, such as a bare count."""
    amount = next(
        (a for a in amounts(filing.article.text, line.start, line.end) if a.span.overlaps(blank.gold.span)),
        None,
    )
    if amount is None or amount.kind in ("year", "ordinal"):
        return blank
    return replace(
        blank,
        found=True,
        value=same_value(blank.gold, (amount.low, amount.high)),
        unit=same_unit(blank.gold, amount.unit),
        read=f"{amount.kind} {amount.low}",
    )


def _line(filing: Filing, span: Span) -> Span:
    """The block the number stands in."""
    return next((b.span for b in filing.article.blocks if b.span.encloses(span)), span)


def _told(claim: Claim) -> str:
    """The preferred reading in a line, or why there is none."""
    if not claim.readings:
        return claim.why_unread
    subject = claim.readings[0].subjects[0]
    return " ".join(
        part for part in (_metric(claim.readings[0], claim), _members(subject), f"[{subject.period}]") if part
    )


def _members(measure: Measure) -> str:
    return " ".join(member for _, member in measure.dimensions)
