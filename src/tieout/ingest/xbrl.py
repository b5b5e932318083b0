"""The facts of one filing from its XBRL: inline in its pages, or a plain instance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tieout.core.errors import ParseError
from tieout.core.filed import ANNUAL, FOCUS, Filed
from tieout.core.filing import Filing
from tieout.core.ingested import digest
from tieout.core.quantity import Precision
from tieout.core.skipped import Skipped, together
from tieout.ingest import instance
from tieout.ingest.contexts import Unusable
from tieout.ingest.cover import Cover, cover
from tieout.ingest.gathered import Gathered, Tagged
from tieout.ingest.inline import Pages, is_inline
from tieout.ingest.repeats import distinct
from tieout.ingest.xml import root


@dataclass(frozen=True, slots=True)
class Report:
    """A filing read: its cover, every numeric fact as tagged, and the rows to store, repetitions left out.

    `conflicts` are rows that cannot all be true; all of them are kept.
    """

    cover: Cover
    facts: tuple[Filed, ...]
    rows: tuple[Filed, ...]
    conflicts: tuple[tuple[Filed, ...], ...]
    skipped: tuple[Skipped, ...]


def read(documents: Mapping[str, bytes], filing: Filing | None = None) -> Report:
    """The facts of a filing's documents, by their names within it.

    `filing` is what EDGAR's index says of it; without, the form is the cover's and no time is known.
    Contexts and units may stand in another document than the facts they are for. Raises ParseError where one
    is no XML within bounds, none holds XBRL, or the filer is not `filing`'s: then nothing of it is read.
    """
    gathered, digests, skipped = Gathered(), dict[str, str](), list[Skipped]()
    pages = Pages(gathered)
    for name, data in documents.items():
        page = root(data, name)
        digests[name] = digest(data)
        if instance.is_instance(page):
            instance.take(page, name, gathered)
        elif is_inline(page):
            pages.take(page, name)
        else:
            skipped.append(Skipped("documents", "without XBRL"))
    named = ", ".join(documents)
    if len(skipped) == len(digests):
        raise ParseError(f"{named} holds no XBRL", fix="take the filing's main document", name=named)
    pages.finish()
    found = cover(gathered)
    facts = [_filed(tag, gathered, filing, found, digests) for tag in gathered.tagged]
    whole = tuple(fact for fact in facts if isinstance(fact, Filed))
    _same_filer(filing, found, whole, named)
    told = distinct(whole)
    skipped += gathered.skipped
    skipped += (fact for fact in facts if isinstance(fact, Skipped))
    rows = (*told.rows, *_focus(found, told.rows))
    return Report(found, whole, rows, told.conflicts, together([*skipped, *told.skipped]))


def _filed(
    tag: Tagged, gathered: Gathered, filing: Filing | None, found: Cover, digests: Mapping[str, str]
) -> Filed | Skipped:
    context, unit = gathered.contexts.get(tag.context), gathered.units.get(tag.unit)
    if context is None or unit is None:
        return Skipped("facts", "whose context or unit is nowhere in the filing")
    if isinstance(context, Unusable):
        return Skipped("facts", str(context))
    if isinstance(unit, Unusable):
        return Skipped("facts", str(unit))
    taxonomy, _, concept = tag.name.partition(":")
    return Filed(
        context.cik,
        taxonomy,
        concept,
        context.dimensions,
        unit,
        context.period.start,
        context.period.end,
        tag.value,
        tag.decimals,
        filing.accession if filing else "",
        filing.form if filing else found.form,
        filing.filed if filing else None,
        filing.accepted if filing else None,
        tag.document,
        tag.locator,
        digests[tag.document],
    )


def _focus(found: Cover, rows: Sequence[Filed]) -> Iterable[Filed]:
    """By what number an annual filing's year goes, which its cover says in words that are no fact."""
    if found.year is None or found.period is None or not rows or rows[0].form not in ANNUAL:
        return
    taxonomy, concept = FOCUS
    yield replace(
        rows[0],
        taxonomy=taxonomy,
        concept=concept,
        dimensions=(),
        unit="pure",
        start=None,
        end=found.period.end,
        value=Decimal(found.year),
        decimals=Precision.EXACT,
        locator="",
    )


def _same_filer(filing: Filing | None, found: Cover, facts: Iterable[Filed], named: str) -> None:
    """Nothing where the documents are the filer's; ParseError where they are another's.

    A combined filing of several registrants has one of them in its contexts, and all of them on its cover.
    """
    ciks = {*found.ciks, *(fact.cik for fact in facts)}
    if filing is None or not ciks or filing.cik in ciks:
        return
    other = ", ".join(map(str, sorted(ciks)))
    raise ParseError(
        f"{named} is about {found.name or 'another filer'} (CIK {other}), not about CIK {filing.cik}",
        fix="fetch it again, or give the right company",
        cik=filing.cik,
        found=other,
    )
