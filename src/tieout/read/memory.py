"""What is remembered while numbers are attached: over the article, and within one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.core.measure import Dimensions
from tieout.read.draft import Draft, Side, Subject
from tieout.read.labels import names_only
from tieout.read.periods import PeriodMention
from tieout.read.scan import Scan
from tieout.read.shape import Shape, whole_name
from tieout.read.subject import Subjects
from tieout.read.words import Mention

GUIDED_FOR = 8
"""Sentences after one about guidance that may still be about guidance."""

ALWAYS = 1 << 30
"""A paragraph after every other: of a company with a section of its own, which later ones may go back to."""

LONG = re.compile(
    r"\b(?:(?i:(?:in|over|for|during)\s+(?:the\s+|its\s+)?(?:(?:first|second|past|last)\s+)?half\b(?!\s+of\s+(?:it|all|the))"
    r"|[Ss]ince\s+(?:the\s+(?:start|beginning|launch)|last\b|(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December|20\d\d))"
    r"|half-?way\s+through|half-time|year\s+to\s+date|the\s+year\s+so\s+far"
    r"|(?:over|for|during|first|past|last|big|through)\s+(?:the\s+)?(?:six|nine|6|9)[\s-]months)"
    r"|In\s+(?:the\s+)?(?:six|nine)\s+months)\b"
)
"""Words for longer stretches than a quarter, which may go on over the sentences that follow."""

_TURNS_TO = re.compile(
    r"\b(?:about|turn(?:s|ing)?(?:\s+\w+)?\s+to|on\s+to|over\s+to|move\s+(?:on\s+)?to|now\s+to|back\s+to|next\s+(?:up\s+)?is"
    r"|consider|take|look\s+at|here\s+is|now|next|comes|with)\s*,?\s*$",
    re.IGNORECASE,
)
"""How a sentence that turns to a company leads up to it."""

_DEAL = re.compile(
    r"\b(?:buys?|buying|bought|acquir(?:es?|ed|ing)|purchase[ds]?|(?:stake|invest(?:s|ed|ment)?|\$[\d.]+\s\w+)\s+in(?:to)?|took\s+over"
    r"|takeover\s+of|acquisition\s+of|purchase\s+of|merger\s+with|owns?|backs?|backed|rival|partner|partnered\s+with|spun\s+off|sold)"
    r"\s+(?P<who>[A-Z][\w&’'-]+)"
)
"""A deal with somebody whom the next sentence may be about."""

LABEL_WORDS = 3
"""The most words of a line that is but a label."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A time turned to, the paragraphs it holds in, and the companies it is told of.

    `reported`: a report on it is spoken of, which tells of the year too where the quarter closes one.
    """

    period: PeriodMention
    block: int
    last: int
    owners: frozenset[str]
    reported: bool


@dataclass(slots=True)
class Memory:
    """What earlier sentences left behind.

    `main` is the article's company. `subject` and `entity` are the last ones spoken of, `members` the
    segment of the paragraph or its heading, `lead` what a line said the list below it is of, `ahead` what the
    sentences behind say the numbers are of that a paragraph begins with, `brackets` the time
    that the paragraph, or the line above a list, says the numbers in brackets are of, `told` the
    one measure that the sentence before told of, in paragraph `told_block`, `asked` whether it gave no number
    of it and `told_way` whether it spoke of a rise (1) or a fall (-1), `told_base` since when, `told_period`
    the one period it, or the line above a list, names outright, `told_period_block` the last paragraph that
    holds for, `topic` the time the paragraph has turned to,
    `passing` an earlier one it speaks of without a number, `told_time` the time it gives its one number;
    `bound` whether the last sentence bound its last number closely.
    `label_block` is a paragraph headed by an unread date, `long_block` one that speaks of a half or of
    nine months, `guided` counts down the sentences that may still be about guidance. `section` is the
    company that a heading names and nothing else, `named` the companies named so far and the last
    paragraph of each, `several` whether the sentence before named more than one, `stranger` whether it dealt
    with one no pack knows, `headed` whether the heading names another company among other words, `listed` the
    company that a line of names alone gives to the list below it, `both` the last two measures of the
    paragraph, for "the former", "the latter".
    """

    main: str
    subject: Subject | None = None
    entity: str | None = None
    members: Dimensions = ()
    members_block: int = -1
    label_block: int = -1
    long_block: int = -1
    guided: int = 0
    lead: Subject | None = None
    ahead: Subject | None = None
    brackets: PeriodMention | None = None
    told: Subject | None = None
    told_block: int = -1
    asked: bool = False
    question: bool = False
    told_way: int = 0
    told_base: Literal["yoy", "qoq"] | None = None
    told_period: PeriodMention | None = None
    told_period_block: int = -1
    topic: Topic | None = None
    passing: PeriodMention | None = None
    passing_block: int = -1
    told_time: PeriodMention | None = None
    told_time_block: int = -1
    bound: bool = False
    section: str | None = None
    named: dict[str, int] = field(default_factory=dict[str, int])
    several: bool = False
    stranger: bool = False
    headed: bool = False
    listed: str | None = None
    both: tuple[Subject, ...] = ()
    both_block: int = -1

    def members_of(self, block: int) -> Dimensions:
        """The segment that the paragraph or its heading spoke of before."""
        return self.members if self.members_block == block else ()

    def tell_of(self, subjects: Iterable[Subject], block: int) -> None:
        """Keep the last two measures that the paragraph tells of."""
        told = list(self.both) if self.both_block == block else []
        for subject in subjects:
            if not told or (subject.metrics, subject.dimensions) != (told[-1].metrics, told[-1].dimensions):
                told.append(subject)
        self.both, self.both_block = tuple(told[-2:]), block

    def leave(self, scan: Scan, block: int, *, dated: bool) -> None:
        """Keep what the next sentence may lean on. `dated`: whether a word of time stands in this one."""
        if dated and not scan.numbers and len(scan.words) <= LABEL_WORDS:
            self.label_block = block
        first = next((m for m in scan.names if m.kind == "member"), None)
        if first is not None:
            self.members = tuple(pair for pair in first.meaning.dimensions if pair[0] != "product")
            self.members_block = block + 1 if scan.block.kind == "heading" else block
        self._leave_companies(scan, block)
        leads = not scan.numbers and scan.text[scan.span.start : scan.span.end].rstrip().endswith(":")
        if names_only(scan) or leads:
            companies = {m.value for m in scan.mentions if m.kind == "entity"}
            self.listed = companies.pop() if len(companies) == 1 else None if leads else self.listed
            self.entity = self.listed if leads else self.entity
        elif scan.block.kind != "list":
            self.listed = None
        if LONG.search(scan.text[scan.span.start : scan.span.end]):
            self.long_block = block
        speaks_ahead = scan.has_cue("guidance", scan.span)
        self.guided = GUIDED_FOR if speaks_ahead else max(0, self.guided - 1)

    def _leave_companies(self, scan: Scan, block: int) -> None:
        """Keep the companies named: a heading that is but a name gives its section to it."""
        companies = [m for m in scan.mentions if m.kind == "entity"]
        names = {m.value for m in companies}
        self.several = len(names) > 1
        self.stranger = _deals_with_stranger(scan)
        if scan.block.kind == "heading":
            spans = [whole_name(scan, m) for m in companies]
            alone = len(names) == 1 and all(any(s.encloses(w.span) for s in spans) for w in scan.words)
            self.section = companies[0].value if alone else None
            self.headed = not alone and bool(names - {self.main})
        for name in names:
            last = ALWAYS if self.section == name else block
            self.named[name] = max(last, self.named.get(name, 0))
        if len(names) == 1 and not scan.numbers and _is_told_of(scan, companies[0]):
            self.entity = companies[0].value  # "X is larger. Its revenue ..."

    def companies_near(self, block: int) -> tuple[str, ...]:
        """The companies named in this paragraph or the one before."""
        return tuple(company for company, place in self.named.items() if place >= block - 1)


def _deals_with_stranger(scan: Scan) -> bool:
    """Whether the sentence tells of a deal with somebody no pack knows: "put $2 billion into Synopsys"."""
    known = [m.span for m in scan.mentions if m.value or m.kind in ("metric", "member")]
    known += [p.span for p in scan.periods]
    return any(
        not any(span.overlaps(Span(deal.start("who"), deal.end("who"))) for span in known)
        for deal in _DEAL.finditer(scan.text, scan.span.start, scan.span.end)
    )


def _is_told_of(scan: Scan, company: Mention) -> bool:
    """Whether a sentence begins with a company, or says that it turns to it: "This part is about Acme."."""
    if company.span.start == scan.span.start:
        return True
    lead = scan.text[scan.span.start : company.span.start]
    return bool(_TURNS_TO.search(lead)) and scan.text[company.span.end : company.span.end + 2] not in (
        "'s",
        "’s",
    )


@dataclass(slots=True)
class Sentence:
    """A sentence whose numbers are being attached: a draft for each number so far, and what they used up.

    `before` is the subject spoken of before the sentence, `entity` the company its words have named, `shape`
    its signs where it names another company than the article's, `opening` the stretch whose numbers are told
    of what the clause behind it names, `sides` the side of either number where two companies are set beside
    each other.
    """

    scan: Scan
    catalogue: Catalogue
    memory: Memory
    block: int
    subjects: Subjects
    before: Subject | None
    shape: Shape | None = None
    opening: Span | None = None
    sides: tuple[Side, ...] = ()
    entity: str | None = None
    drafts: list[Draft] = field(default_factory=list[Draft])
    used_periods: set[Span] = field(default_factory=set[Span])

    def fronted(self, index: int) -> bool:
        """Whether the number stands before the clause that says what it is of."""
        return self.opening is not None and self.opening.encloses(self.scan.numbers[index].span)

    @property
    def last(self) -> Draft | None:
        """The draft of the number before."""
        return self.drafts[-1] if self.drafts else None
