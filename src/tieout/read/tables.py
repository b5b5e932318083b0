"""Table rows -> drafts: the row names the metric, the column head the period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tieout.catalogue import Catalogue
from tieout.core.article import Article, Block, Span
from tieout.core.claim import Change, Relation
from tieout.core.measure import Scenario
from tieout.read.amounts import Amount
from tieout.read.draft import Base, Draft, Subject
from tieout.read.lead_in import lead_in
from tieout.read.periods import PeriodMention
from tieout.read.referred import told_period_of
from tieout.read.scan import Scan, scan
from tieout.read.sentences import sentences
from tieout.read.subject import Subjects, compatible, merged
from tieout.read.table_columns import columns
from tieout.read.table_companies import companies_of, company_in, owned_by, with_peers
from tieout.read.table_doubts import doubted, section
from tieout.read.table_heads import stacked
from tieout.read.table_scale import power_of, scaled
from tieout.read.words import Lexicon

_YOY = re.compile(
    r"y\s*[/o-]+\s*y|(?:on|over) (?:the|a) year|annual|since a year|year[- ](?:over|on)[- ]year"
    r"|vs\.? (?:a )?year|yr/yr",
    re.IGNORECASE,
)
_QOQ = re.compile(
    r"q\s*[/o-]+\s*q|on the quarter|over the quarter|sequential|quarter[- ](?:over|on)[- ]quarter",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\b(?:change|chg|growth|%|variance|delta)", re.IGNORECASE)
_CONSENSUS = re.compile(
    r"\b(?:consensus|estimates?|expected|est\.?|street|forecast by analysts)\b", re.IGNORECASE
)
_GUIDANCE = re.compile(r"\b(?:guidance|guide|outlook|forecast)\b", re.IGNORECASE)
_YEAR_AGO = re.compile(
    r"\b(?:year[- ](?:ago|earlier|before)|(?:prior|previous)[- ]year|last year)\b", re.IGNORECASE
)
_PRIOR = re.compile(
    r"\b(?:prior quarter|previous quarter|last quarter|prior|previous|old|former|quarter ago)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row's drafts; `block` is its place among the article's blocks."""

    block: int
    drafts: tuple[Draft, ...]
    numbers: int


@dataclass(frozen=True, slots=True)
class Head:
    """What a column head says: its period, or the kind of change, or whose figure it is.

    `company` is the one it names, "" one without a pack.
    """

    period: PeriodMention | None = None
    change: Base | None = None
    scenario: Scenario | None = None
    base: Base | None = None
    cell: Scan | None = None
    company: str | None = None


def table_drafts(article: Article, catalogue: Catalogue, lexicon: Lexicon) -> list[Row]:
    """The drafts of every table row of an article."""
    rows: list[Row] = []
    tables: dict[int, list[tuple[int, Block]]] = {}
    for position, block in enumerate(article.blocks):
        if block.kind == "table_row":
            tables.setdefault(block.table, []).append((position, block))
    for members in tables.values():
        rows += _table(article, members, catalogue, lexicon)
    return rows


def _table(
    article: Article, members: Sequence[tuple[int, Block]], catalogue: Catalogue, lexicon: Lexicon
) -> list[Row]:
    heads: list[Head] = []
    rows: list[Row] = []
    first = members[0][0]
    power = power_of(article, first, members[-1][1].span.end)
    corner = members[0][1].cells[0] if members[0][1].cells else members[0][1].span
    guided = bool(_GUIDANCE.search(article.text, corner.start, corner.end))
    previous: Subject | None = None
    above = _above(article, first, lexicon)
    lead = lead_in(above, catalogue) if above is not None else None
    when = told_period_of(above, None) if above is not None else None
    within = ""
    for order, (position, block) in enumerate(members):
        cells = [scan(article.text, cell, block, lexicon) for cell in block.cells]
        if not cells:
            continue
        figures = any(n.kind in ("money", "percent") for cell in cells[1:] for n in cell.numbers)
        if (block.header and not figures) or (order == 0 and _is_head(cells)):
            heads = _stacked([_head(cell) for cell in cells], cells, heads)
            rows.append(Row(position, (), 0))
            continue
        if len(heads) == len(cells) - 1 and heads[0].period is not None:
            heads = [Head(), *heads]  # the head over the labels is blank, and left out
        subject = _label(cells[0], catalogue, previous)
        dated = any(period.explicit for period in cells[0].periods) and any(head.company for head in heads)
        if subject is None and (dated or company_in(cells[0]) is not None):
            subject = _corner(heads, catalogue)
        changes = subject is None and _head(cells[0]).change is not None
        if changes:
            subject = previous
        elif subject is None:
            subject = _told_in_row(cells, catalogue)
        if subject is not None:
            previous = subject
        by_row = subject is not None or not (cells[0].periods or company_in(cells[0]) is not None)
        drafts = (
            _row(
                cells,
                subject,
                _dated(heads, cells, when, changes=changes),
                catalogue,
                power,
                position,
                guided,
            )
            if by_row
            else _by_column(cells, heads, catalogue, power, position, lead)
        )
        within = section(cells, within)
        drafts = doubted(drafts, cells, within, catalogue)
        rows.append(Row(position, tuple(drafts), sum(len(c.numbers) for c in cells[1:])))
    companies = companies_of([draft for row in rows for draft in row.drafts])
    return [replace(row, drafts=with_peers(row.drafts, companies)) for row in rows]


def _dated(
    heads: Sequence[Head], cells: Sequence[Scan], when: PeriodMention | None, *, changes: bool
) -> list[Head]:
    """The heads, those without a period dated by the corner or by the line above the table.

    `changes`: the row's label says that its numbers are changes of the row before.
    """
    padded = [*heads, *(Head() for _ in range(len(cells) - len(heads)))] if heads or when or changes else []
    corner = heads[0].period if len(heads) == len(cells) else None
    row_change = _head(cells[0]).change if changes else None
    return [
        replace(
            head,
            period=head.period if head.period or head.base else corner or when,
            change=head.change or row_change,
        )
        for head in padded
    ]


def _told_in_row(cells: Sequence[Scan], catalogue: Catalogue) -> Subject | None:
    """What another cell names, where each row is a record: "Acme | revenue | Q2 | $1.2 billion"."""
    named = [c for c in cells[1:] if not c.numbers and any(m.kind == "metric" for m in c.names)]
    return _label(named[0], catalogue, None) if len(named) == 1 and company_in(cells[0]) is not None else None


def _corner(heads: Sequence[Head], catalogue: Catalogue) -> Subject | None:
    """What the first head names, for rows or columns of companies: "Revenue | Q1 | Q2"."""
    return _label(heads[0].cell, catalogue, None) if heads and heads[0].cell is not None else None


def _above(article: Article, first: int, lexicon: Lexicon) -> Scan | None:
    """The last sentence of the block above the table."""
    if not first:
        return None
    block = article.blocks[first - 1]
    last = sentences(article.text, block.span)[-1:]
    return next((scan(article.text, each, block, lexicon) for each in last), None)


def _stacked(heads: Sequence[Head], cells: Sequence[Scan], above: Sequence[Head]) -> list[Head]:
    """The heads of a row, with the periods they give together with those above them."""
    over = [head.cell for head in above]
    owners = dict(enumerate(head.company for head in above))
    return [
        replace(
            head,
            cell=cell,
            period=stacked(over, cell, column),
            company=owners.get(column) if head.company is None else head.company,
        )
        for column, (head, cell) in enumerate(zip(heads, cells, strict=True))
    ]


def _is_head(cells: Sequence[Scan]) -> bool:
    rest = cells[1:]
    return (
        bool(rest)
        and not any(c.numbers for c in rest)
        and any(c.names or c.periods or _head(c) != Head() for c in rest)
    )


def _head(cell: Scan) -> Head:
    text = cell.text[cell.span.start : cell.span.end]
    period = cell.periods[0] if cell.periods else None
    change: Base | None = (
        "yoy"
        if _YOY.search(text) or cell.has_cue("yoy", cell.span)
        else "qoq"
        if _QOQ.search(text) or cell.has_cue("qoq", cell.span)
        else "assumed"
        if _CHANGE.search(text)
        else None
    )
    scenario = (
        Scenario.CONSENSUS
        if _CONSENSUS.search(text)
        else Scenario.GUIDANCE
        if _GUIDANCE.search(text)
        else None
    )
    base: Base | None = None
    if period is None or period.kind == "relative":
        base = "yoy" if _YEAR_AGO.search(text) else "qoq" if _PRIOR.search(text) else None
    return Head(period, change, scenario, base, company=company_in(cell))


def _label(cell: Scan, catalogue: Catalogue, previous: Subject | None) -> Subject | None:
    names = list(cell.names)
    if not names:
        return None
    metrics = [m for m in names if m.kind == "metric"]
    chosen = [m for m in names if m.kind == "member"] + metrics[-1:]
    subject = Subjects(cell, catalogue).build(chosen, cell.span)
    return merged(subject, previous if not metrics else None, catalogue, "money", True)


def _row(
    cells: Sequence[Scan],
    subject: Subject | None,
    heads: Sequence[Head],
    catalogue: Catalogue,
    power: int,
    block: int,
    guided: bool = False,
) -> list[Draft]:
    drafts: list[Draft] = []
    levels = 0
    label = cells[0]
    told = [p for cell in cells if not cell.numbers for p in cell.periods]
    own = label.periods[0] if label.periods else told[0] if len(told) == 1 else None
    scenario_of_row = (
        Scenario.GUIDANCE
        if guided or _GUIDANCE.search(label.text[label.span.start : label.span.end])
        else Scenario.ACTUAL
    )
    row = subject
    of = () if row is None else columns(label, row, _heads(heads, len(cells)), catalogue)
    for column, cell in enumerate(cells[1:], start=1):
        head = heads[column] if column < len(heads) else Head()
        here = of[column - 1] if of else None
        subject = row if here is None else here.subject
        for amount in cell.numbers[:2]:
            number = scaled(amount, power)
            draft = Draft(
                Relation.LEVEL,
                Span(label.span.start if column == 1 else amount.span.start, amount.span.end),
                amount.span,
                label.span,
                number,
                subject,
                period=head.period or own,
                scenario=head.scenario or scenario_of_row,
                block=block,
                sets_topic=column == 1,
                owner_named=subject is not None and subject.own_dimensions,
            )
            if subject is None:
                drafts.append(replace(draft, unread="the row's label names nothing tieout knows"))
                continue
            company = head.company if here is None else here.company
            draft = replace(draft, subject=owned_by(subject, label, company, catalogue))
            if company is not None or company_in(label) is not None:
                draft = replace(draft, owner_named=True)
            if here is not None:
                draft = replace(draft, loose=here.loose)
            first = _changed(drafts)
            draft = _as_change(draft, number, subject, head, catalogue, first)
            if draft.relation is Relation.LEVEL:
                if head.base and draft.scenario is Scenario.GUIDANCE:
                    draft = replace(draft, is_base=True)
                elif head.base:
                    draft = replace(draft, is_base=True, period=head.period)
                elif not heads and levels:
                    draft = replace(draft, is_base=True, period=None)
                levels += 1
                if number.kind == "count" and not any(
                    catalogue.metric(m).unit in ("count", "shares") for m in subject.metrics
                ):
                    draft = replace(draft, unread="the table does not say its unit")
            drafts.append(replace(draft, unread=here.unread) if here is not None and here.unread else draft)
    return drafts


def _heads(heads: Sequence[Head], width: int) -> list[tuple[Scan | None, str | None, bool]]:
    """The heads over a row's figures as columns see them, blank ones where there are none."""
    padded = [*heads[1:], *(Head() for _ in range(width))][: width - 1]
    return [(head.cell, head.company, head.change is not None) for head in padded]


def _changed(drafts: Sequence[Draft]) -> PeriodMention | None:
    """The period that a column of changes tells of: of the first figure since the changes before it."""
    found: PeriodMention | None = None
    last: Relation | None = None
    for draft in drafts:
        if draft.relation is Relation.LEVEL and last is not Relation.LEVEL:
            found = draft.period
        last = draft.relation
    return found


def _by_column(
    cells: Sequence[Scan],
    heads: Sequence[Head],
    catalogue: Catalogue,
    power: int,
    block: int,
    lead: Subject | None,
) -> list[Draft]:
    """A row whose label is a period: its columns name the metrics, the line above that of a single one."""
    drafts: list[Draft] = []
    told = [p for cell in cells if not cell.numbers for p in cell.periods]
    when = told[0] if len(told) == 1 else None
    for column, cell in enumerate(cells[1:], start=1):
        head = heads[column] if column < len(heads) else Head()
        subject = _label(head.cell, catalogue, None) if head.cell is not None else None
        if lead is not None and len(cells) == 2 and (head.cell is None or not head.cell.names):
            drafts += _row([cells[0], cell], lead, [], catalogue, power, block)
            continue
        own = head.cell is not None and any(m.kind == "metric" for m in head.cell.names)
        row = _row(
            [cells[0], cell],
            subject if own else None,
            [Head(), Head(head.period or when, head.change, head.scenario)],
            catalogue,
            power,
            block,
        )
        drafts += [replace(d, sets_topic=False) for d in row]
    return drafts


def _as_change(
    draft: Draft,
    amount: Amount,
    subject: Subject,
    head: Head,
    catalogue: Catalogue,
    first: PeriodMention | None,
) -> Draft:
    ratio = all(catalogue.metric(m).unit == "ratio" for m in subject.needs or subject.metrics)
    change: Change | None = "points" if amount.kind == "points" else None
    if amount.kind == "percent" and (head.change or not ratio):
        if ratio:
            why = "a percentage change of a percentage, or points: the table does not say"
            return replace(draft, unread=why)
        change = "relative"
    if change is not None:
        return replace(
            draft,
            relation=Relation.CHANGE,
            change=change,
            base=head.change or "assumed",
            period=first if head.change else draft.period,
        )
    if not any(compatible(catalogue.metric(m).unit, amount.kind, amount.scaled) for m in subject.metrics):
        return replace(draft, unread="the number does not fit what the row names")
    return draft
