"""Tables of several companies: a company a column or a row, and whose periods their labels may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tieout.catalogue import Catalogue
from tieout.read.draft import Draft, Subject
from tieout.read.owner import owner_of
from tieout.read.scan import Scan


def company_in(cell: Scan) -> str | None:
    """The one company a cell names, "" one without a pack; None for none or several."""
    named = {m.value for m in cell.mentions if m.kind == "entity"}
    return named.pop() if len(named) == 1 else None


def owned_by(subject: Subject, label: Scan, head: str | None, catalogue: Catalogue) -> Subject:
    """The row's subject as the company's that its column's head or its label names, or whose own it is."""
    company = company_in(label) if head is None else head
    owner = owner_of(subject, catalogue) if company is None else company
    return subject if owner is None else replace(subject, entity=owner)


def companies_of(drafts: Sequence[Draft]) -> tuple[str, ...]:
    """The companies that numbers of a table are of."""
    return tuple(dict.fromkeys(d.subject.entity for d in drafts if d.subject and d.subject.entity))


def with_peers(drafts: Sequence[Draft], table: Sequence[Draft]) -> tuple[Draft, ...]:
    """The drafts of a row, each with the table's other companies that its label may be a quarter of.

    A label that dates one company's numbers alone, in its row or over its column, is its own.
    """
    companies = companies_of(table)
    if len(companies) <= 1:
        return tuple(drafts)
    return tuple(
        replace(draft, peers=() if _is_its_own(draft, table) else _others(draft, companies))
        for draft in drafts
    )


def _is_its_own(draft: Draft, table: Sequence[Draft]) -> bool:
    """Whether the label dates no other company's number, and none bears the same but for fiscal years."""
    mine, label = _company(draft), draft.period
    if label is None or not label.explicit or not mine:
        return False
    others = [d.period for d in table if d.period is not None and _company(d) != mine]
    if any(other.span == label.span for other in others):
        return False
    return label.basis == "fiscal" or all(replace(other, span=label.span) != label for other in others)


def _company(draft: Draft) -> str | None:
    return None if draft.subject is None else draft.subject.entity


def _others(draft: Draft, companies: Sequence[str]) -> tuple[str, ...]:
    return tuple(company for company in companies if company != _company(draft))
