"""Table rows -> drafts: the row names the metric, the column head the period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tieout.catalogue import Catalogue
from tieout.core.article import Article, Block, Span
from tieout.core.calendar import Part
from tieout.core.claim import Relation
from tieout.core.measure import Scenario
from tieout.read.amounts import Amount
from tieout.read.draft import Draft, Subject
from tieout.read.lead_in import caption, lead_in
from tieout.read.periods import PeriodMention
from tieout.read.referred import told_period_of
from tieout.read.scan import Scan, scan
from tieout.read.sentences import sentences
from tieout.read.subject import Subjects, merged
from tieout.read.table_cells import Changed, as_said, is_ratio, own_words
from tieout.read.table_columns import Column, columns
from tieout.read.table_companies import company_in, owned_by, with_peers
from tieout.read.table_doubts import doubted, section
from tieout.read.table_heads import GUIDANCE, Head, head_of, is_head, told_now, with_those_above
from tieout.read.table_scale import power_of, scaled
from tieout.read.times import EARLIER_TIMES
from tieout.read.words import Lexicon

_ENDS: dict[Part, int] = {"Q1": 1, "Q2": 2, "H1": 2, "Q3": 3, "9M": 3, "Q4": 4, "H2": 4, "FY": 4}
"""The quarter a part of a year ends with."""

UNORDERED = "which of the columns before it a change is told of is not said"
SEVERAL_COLUMNS = "the row tells of an earlier time, and its columns of several"


@dataclass(frozen=True, slots=True)
class Row:
    """One row's drafts; `block` is its place among the article's blocks."""

    block: int
    drafts: tuple[Draft, ...]
    numbers: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row as far as its label settles it: its measure and its period.

    `change`: the label says that the numbers are changes; `former`: that they are of an earlier time, of what
    the row before tells; `goes_on`: the row tells of nothing of its own.
    """

    cells: Sequence[Scan]
    subject: Subject | None
    period: PeriodMention | None = None
    change: Head = field(default_factory=Head)
    former: bool = False
    goes_on: bool = False

    @property
    def label(self) -> Scan:
        """The first cell."""
        return self.cells[0]


def table_drafts(article: Article, catalogue: Catalogue, lexicon: Lexicon, main: str) -> list[Row]:
    """The drafts of every table row of an article whose company is `main`."""
    rows: list[Row] = []
    tables: dict[int, list[tuple[int, Block]]] = {}
    for position, block in enumerate(article.blocks):
        if block.kind == "table_row":
            tables.setdefault(block.table, []).append((position, block))
    for members in tables.values():
        found = _table(article, members, catalogue, lexicon, main)
        every = [draft for row in found for draft in row.drafts]
        rows += [replace(row, drafts=with_peers(row.drafts, every)) for row in found]
    return rows


def _table(
    article: Article,
    members: Sequence[tuple[int, Block]],
    catalogue: Catalogue,
    lexicon: Lexicon,
    main: str,
) -> list[Row]:
    rows: list[Row] = []
    first = members[0][0]
    corner = members[0][1].cells[0] if members[0][1].cells else members[0][1].span
    above = _above(article, first, lexicon)
    table = _Table(
        catalogue,
        power_of(article, first, members[-1][1].span.end),
        bool(GUIDANCE.search(article.text, corner.start, corner.end)),
        (lead_in(above, catalogue) or caption(above, catalogue)) if above is not None else None,
        told_period_of(above, None) if above is not None else None,
    )
    table.owned_as(above, main)
    for order, (position, block) in enumerate(members):
        cells = [scan(article.text, cell, block, lexicon) for cell in block.cells]
        if not cells:
            continue
        figures = any(n.kind in ("money", "percent") for cell in cells[1:] for n in cell.numbers)
        if (block.header and not figures) or (order == 0 and is_head(cells)):
            table.take_heads(cells)
            rows.append(Row(position, (), 0))
            continue
        drafts = table.row(cells, position)
        rows.append(Row(position, tuple(drafts), sum(len(c.numbers) for c in cells[1:])))
    return rows


def _above(article: Article, first: int, lexicon: Lexicon) -> Scan | None:
    """The last sentence of the block above the table."""
    if not first:
        return None
    block = article.blocks[first - 1]
    last = sentences(article.text, block.span)[-1:]
    return next((scan(article.text, each, block, lexicon) for each in last), None)


@dataclass(slots=True)
class _Table:
    """A table while its rows are read.

    `lead` is the measure the line above names, `when` the period that it, or a row of it, gives for all that
    follows, `company` the one such a line names, `previous` what the row before is of, `within` the section
    that the rows stand in.
    """

    catalogue: Catalogue
    power: int
    guided: bool
    lead: Subject | None
    when: PeriodMention | None
    company: str | None = None
    loose: str = ""
    heads: list[Head] = field(default_factory=list[Head])
    previous: Subject | None = None
    within: str = ""

    def owned_as(self, above: Scan | None, main: str) -> None:
        """Take the company that the line above names: a caption's; of running text only as a doubt."""
        named = None if above is None else company_in(above)
        if above is None or named is None:
            return
        if above.text[above.span.end - 1] in ".!?":
            self.loose = "" if named == main else "the line above the table names another company"
        else:
            self.company = named

    def take_heads(self, cells: Sequence[Scan]) -> None:
        """Take a row as the heads of the columns; the first may name the company of them all."""
        self.heads = with_those_above([head_of(cell) for cell in cells], cells, self.heads)
        if self.heads[0].company is not None and not any(head.company for head in self.heads[1:]):
            self.company = self.heads[0].company

    def row(self, cells: Sequence[Scan], block: int) -> list[Draft]:
        """The drafts of one row."""
        if len(self.heads) == len(cells) - 1 and self.heads[0].period is not None:
            self.heads = [Head(), *self.heads]  # the head over the labels is blank, and left out
        self._note(cells)
        line = self._line(cells)
        if line.subject is not None:
            self.previous = line.subject
        by_row = line.subject is not None or not (line.label.periods or company_in(line.label) is not None)
        drafts = self._across(line, self._dated(line), block) if by_row else self._by_column(cells, block)
        self.within = section(cells, self.within)
        return doubted(drafts, cells, self.within, self.catalogue)

    def _note(self, cells: Sequence[Scan]) -> None:
        """Take the period or the company of a row that holds nothing else: "Reporting period | Q2 FY2025"."""
        if any(cell.numbers or cell.names for cell in cells):
            return
        named = [[p for p in cell.periods if p.explicit] for cell in cells[1:]]
        if len(cells) == 2 and len(named[0]) == 1:
            self.when = named[0][0]
        elif len(cells) > 2 and all(len(each) == 1 for each in named):
            corner, *rest = [*self.heads, *(Head() for _ in range(len(cells) - len(self.heads)))]
            self.heads = [corner, *(replace(h, period=p[0]) for h, p in zip(rest, named, strict=False))]
        companies = [found for cell in cells[1:] if (found := company_in(cell)) is not None]
        if len(companies) == 1 and len(cells) == 2:
            self.company = companies[0]

    def _line(self, cells: Sequence[Scan]) -> Line:
        """What the row is of, by its label, else by what stands above it."""
        label, change = cells[0], head_of(cells[0])
        told = [p for cell in cells if not cell.numbers for p in cell.periods]
        period = label.periods[0] if label.periods else told[0] if len(told) == 1 else None
        former = bool(label.periods) and label.periods[0].relative in EARLIER_TIMES
        subject = self._label(label, self.previous)
        if subject is not None:
            same = self.previous is not None and set(subject.metrics) == set(self.previous.metrics)
            return Line(cells, subject, period, change, former, former and same)
        if change.change is not None:
            return Line(cells, self.previous, None, change, goes_on=True)
        measured = any(n.kind == "metric" for head in self.heads if head.cell for n in head.cell.names)
        if former and self.previous is not None and not measured and self.lead is None:
            return Line(cells, self.previous, period, former=True, goes_on=True)
        if label.periods or company_in(label) is not None:
            subject = self._corner() if company_in(label) or any(h.company for h in self.heads) else None
            if subject is None and not measured:
                subject = self.lead
        return Line(cells, subject or self._told_in(cells), period)

    def _dated(self, line: Line) -> list[Head]:
        """The heads, those without a period dated by the corner or by the line above the table."""
        heads, width = self.heads, len(line.cells)
        change = line.change.change
        if line.subject is not None and not line.goes_on and is_ratio(line.subject, self.catalogue):
            change = None  # "Operating margin, %"
        blank = [Head() for _ in range(width - len(heads))] if heads or self.when or change else []
        corner = heads[0].period if len(heads) == width else None
        return [
            replace(
                head,
                period=head.period if head.period or head.base else corner or self.when,
                change=head.change or change,
                since=head.since if head.change else line.change.since,
            )
            for head in (told_now(each, self.when) for each in (*heads, *blank))
        ]

    def _told_in(self, cells: Sequence[Scan]) -> Subject | None:
        """What another cell names, where each row is a record: "Acme | revenue | Q2 | $1.2 billion"."""
        named = [c for c in cells[1:] if not c.numbers and any(m.kind == "metric" for m in c.names)]
        return self._label(named[0], None) if len(named) == 1 and company_in(cells[0]) is not None else None

    def _corner(self) -> Subject | None:
        """What the first head names, for rows or columns of companies: "Revenue | Q1 | Q2"."""
        return self._label(self.heads[0].cell, None) if self.heads and self.heads[0].cell else None

    def _label(self, cell: Scan, previous: Subject | None) -> Subject | None:
        names = list(cell.names)
        if not names:
            return None
        metrics = [m for m in names if m.kind == "metric"]
        chosen = [m for m in names if m.kind == "member"] + metrics[-1:]
        subject = Subjects(cell, self.catalogue).build(chosen, cell.span)
        return merged(subject, previous if not metrics else None, self.catalogue, "money", True)

    def _across(self, line: Line, heads: Sequence[Head], block: int) -> list[Draft]:
        """A row whose label, or what stands for it, names the measure."""
        row, label, drafts = line.subject, line.label, list[Draft]()
        of = () if row is None else columns(label, row, _heads(heads, len(line.cells)), self.catalogue)
        filled = sum(bool(cell.numbers) for cell in line.cells[1:])
        for at, cell in enumerate(line.cells[1:], start=1):
            head = heads[at] if at < len(heads) else Head()
            for place in range(min(len(cell.numbers), 2)):
                draft = self._blank(line, head, cell, place, block)
                draft = replace(draft, sets_topic=at == 1, goes_on=line.goes_on and not drafts)
                if at == 1:
                    draft = replace(draft, span=Span(label.span.start, draft.span.end))
                if row is None:
                    draft = replace(draft, unread="the row's label names nothing tieout knows")
                else:
                    draft = self._told(draft, line, (head, of[at - 1]), (cell, place), drafts)
                    if not heads and drafts and draft.relation is Relation.LEVEL and not draft.is_base:
                        draft = replace(draft, is_base=True, period=None)
                    if line.former and filled > 1:
                        draft = replace(draft, loose=draft.loose or SEVERAL_COLUMNS)
                drafts.append(draft)
        return drafts

    def _blank(self, line: Line, head: Head, cell: Scan, place: int, block: int) -> Draft:
        """The draft of a number before its words are read: a level of the row's measure."""
        label = line.label.text[line.label.span.start : line.label.span.end]
        guided = self.guided or GUIDANCE.search(label)
        amount = cell.numbers[place]
        return Draft(
            Relation.LEVEL,
            amount.span,
            amount.span,
            line.label.span,
            scaled(amount, self.power),
            line.subject,
            period=head.period or line.period,
            scenario=head.scenario or (Scenario.GUIDANCE if guided else Scenario.ACTUAL),
            block=block,
            owner_named=line.subject is not None and line.subject.own_dimensions,
        )

    def _told(
        self,
        draft: Draft,
        line: Line,
        column: tuple[Head, Column],
        at: tuple[Scan, int],
        drafts: Sequence[Draft],
    ) -> Draft:
        """The draft as its column's head and its own words make it."""
        (head, here), (cell, place) = column, at
        changed = _changed(drafts)
        company = self.company if here.company is None and company_in(line.label) is None else here.company
        draft = replace(draft, subject=owned_by(here.subject, line.label, company, self.catalogue))
        if company is not None or company_in(line.label) is not None:
            draft = replace(draft, owner_named=True)
        own = own_words(cell, place, here.subject, self.catalogue)
        if own.period is not None and not own.told.is_base:
            draft = replace(draft, period=own.period)
        loose = here.loose or head.loose or (self.loose if company is None else "")
        draft = replace(draft, loose=own.loose or ("" if own.speaks else loose))
        amount = scaled(cell.numbers[place], self.power)
        draft = as_said(draft, amount, here.subject, head, own, self.catalogue, changed)
        if draft.relation is Relation.CHANGE and head.change:
            draft = replace(draft, loose=draft.loose or changed.loose)
        if draft.relation is Relation.LEVEL and not draft.unread:
            draft = self._level(draft, amount, line, head, here.subject)
        return replace(draft, unread=here.unread or draft.unread)

    def _level(self, draft: Draft, amount: Amount, line: Line, head: Head, subject: Subject) -> Draft:
        """A level: of an earlier time where its head or its label says so."""
        if draft.is_base:
            return draft
        if line.former:
            draft = replace(draft, is_base=True, period=line.period)
        elif head.base:
            guided = draft.scenario is Scenario.GUIDANCE
            draft = replace(draft, is_base=True, period=draft.period if guided else head.period)
            draft = replace(draft, leads_to=head.now)
        counted = any(self.catalogue.metric(m).unit in ("count", "shares") for m in subject.metrics)
        if amount.kind == "count" and not counted:
            draft = replace(draft, unread="the table does not say its unit")
        return draft

    def _by_column(self, cells: Sequence[Scan], block: int) -> list[Draft]:
        """A row whose label is a period or a company: its columns name the metrics, one of changes none."""
        drafts: list[Draft] = []
        told = [p for cell in cells if not cell.numbers for p in cell.periods]
        when = told[0] if len(told) == 1 else None
        subject: Subject | None = None
        for at, cell in enumerate(cells[1:], start=1):
            head = self.heads[at] if at < len(self.heads) else Head()
            named = head.cell is not None and any(m.kind == "metric" for m in head.cell.names)
            if named and head.cell is not None:
                subject = self._label(head.cell, None)
            elif head.change is None:
                subject = None
            here = Head(
                head.period or when, head.change, head.scenario, company=head.company, since=head.since
            )
            line = Line([cells[0], cell], subject, cells[0].periods[0] if cells[0].periods else when)
            drafts += [replace(d, sets_topic=False) for d in self._across(line, [Head(), here], block)]
        return drafts


def _heads(heads: Sequence[Head], width: int) -> list[tuple[Scan | None, str | None, bool]]:
    """The heads over a row's figures as columns see them, blank ones where there are none."""
    padded = [*heads[1:], *(Head() for _ in range(width))][: width - 1]
    return [(head.cell, head.company, head.change is not None) for head in padded]


def _changed(drafts: Sequence[Draft]) -> Changed:
    """What a column of changes tells of: the latest of the figures since the changes before it."""
    levels: list[Draft] = []
    last: Relation | None = None
    for draft in drafts:
        if draft.relation is Relation.LEVEL:
            levels = [*levels, draft] if last is Relation.LEVEL else [draft]
        last = draft.relation
    told = [draft.period for draft in levels if not draft.is_base and draft.period is not None]
    places = {place: period for period in told if (place := _place(period)) is not None}
    if len(told) < 2:
        return Changed(told[0] if told else levels[0].period if levels else None)
    mixed = len({count for count, _ in places}) > 1 or (
        len({p.basis for p in told}) > 1 and len({p.year for p in told}) < len(told)
    )
    if len(places) < len(told) or mixed:
        return Changed(told[0], loose=UNORDERED if mixed else "")
    first, *others = [places[place] for place in sorted(places, reverse=True)]
    return Changed(first, others[0] if len(levels) == 2 else None)


def _place(period: PeriodMention) -> tuple[str, Fraction] | None:
    """Where a period stands in time, and by which count: of years, or of days; None where it does not say."""
    if not period.explicit or period.year is None:
        return None
    if period.kind in ("ended", "on"):
        return "days", period.year + Fraction((period.month or 1) * 31 + (period.day or 31), 13 * 31)
    return "years", period.year + Fraction(_ENDS[period.part], 5)
