"""Text -> claims. Never sees the ledger: readings come from words, layout, calendar and date alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tieout.catalogue import Catalogue
from tieout.core.article import Article, Published
from tieout.core.claim import Claim, Relation
from tieout.read.article import english
from tieout.read.attach import Attacher, Memory
from tieout.read.companies import companies
from tieout.read.compare import comparisons, directions, opinions, quarter_ends, spans
from tieout.read.draft import Draft
from tieout.read.periods import PeriodMention
from tieout.read.relation import is_base_period, other_sides
from tieout.read.resolve import Resolver
from tieout.read.scan import Scan, scan
from tieout.read.sentences import sentences
from tieout.read.tables import table_drafts
from tieout.read.words import Lexicon

__all__ = ["ReadArticle", "companies", "read"]


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """The claims in the article's order, how many numbers it holds, and what was abstained from."""

    claims: tuple[Claim, ...]
    numbers: int
    notes: tuple[str, ...] = ()


def read(
    article: Article, catalogue: Catalogue, tickers: Sequence[str], published: Published | None
) -> ReadArticle:
    """The claims of an article about these companies, the main one first.

    Raises NotFoundError for a ticker without a pack.
    """
    chosen = tuple(catalogue.company(ticker) for ticker in tickers)
    lexicon = _lexicon(catalogue, tuple(tickers))
    prose = " ".join(article.text[b.span.start : b.span.end] for b in article.blocks if b.kind == "paragraph")
    if not english(prose):
        return ReadArticle((), 0, ("the text is not English, and tieout reads English only",))
    scans = [
        (position, scan(article.text, sentence, block, lexicon))
        for position, block in enumerate(article.blocks)
        if block.kind != "table_row"
        for sentence in sentences(article.text, block.span)
    ]
    resolver = Resolver(catalogue, chosen, published, _lead(scans))
    found: list[Claim] = []
    numbers = 0
    memory = Memory(main=chosen[0].ticker)
    rows = table_drafts(article, catalogue, lexicon)
    table_at = {row.block: row for row in rows}
    by_block: dict[int, list[Scan]] = {}
    for position, each in scans:
        by_block.setdefault(position, []).append(each)
    for position in range(len(article.blocks)):
        if position in table_at:
            row = table_at[position]
            numbers += row.numbers
            found += resolver.claims(row.drafts)
            continue
        for each in by_block.get(position, ()):
            drafts = Attacher(each, catalogue, memory, position).run()
            drafts = [
                *drafts,
                *comparisons(each, drafts, catalogue, memory),
                *directions(each, drafts, catalogue, memory),
                *spans(each, drafts),
                *quarter_ends(each),
                *opinions(each),
            ]
            spanned = [d.number for d in drafts if d.relation is Relation.SPAN]
            drafts = [
                d
                for d in drafts
                if not _idle(d)
                and (d.relation is Relation.SPAN or not any(d.number.overlaps(s) for s in spanned))
            ]
            numbers += sum(n.kind not in ("count", "word") for n in each.numbers) + sum(
                d.amount is not None and d.amount.kind in ("count", "word") for d in drafts
            )
            if not drafts:
                for mention in each.periods:
                    if (
                        not is_base_period(each, mention)
                        and mention.explicit
                        and not each.has_cue("guidance", each.span)
                    ):
                        resolver.line.speak_of(mention)
                        break
            found += resolver.claims(drafts)
            compared = other_sides(each)
            for mention in each.periods:
                if not is_base_period(each, mention) and not any(
                    side.encloses(mention.span) for side in compared
                ):
                    resolver.line.remember(mention)
    return ReadArticle(tuple(sorted(found, key=lambda claim: claim.number)), numbers)


def _idle(draft: Draft) -> bool:
    """Whether a draft is only a bare count of something tieout does not measure: no claim."""
    return draft.amount is not None and draft.amount.kind in ("count", "word") and bool(draft.unread)


def _lead(scans: Sequence[tuple[int, Scan]]) -> PeriodMention | None:
    """The first period the article names with its year, comparisons and guidance aside."""
    for _, each in scans:
        for mention in each.periods:
            if (
                mention.explicit
                and mention.kind == "part"
                and mention.part != "FY"
                and not is_base_period(each, mention)
                and not each.has_cue("guidance", each.span)
            ):
                return mention
    return None


@lru_cache(maxsize=64)
def _lexicon_of(tickers: tuple[str, ...]) -> Lexicon:
    catalogue = Catalogue.load()
    return Lexicon.of(catalogue, [catalogue.company(t) for t in tickers], catalogue.companies.values())


def _lexicon(catalogue: Catalogue, tickers: tuple[str, ...]) -> Lexicon:
    """The names of these companies; kept between articles for the bundled catalogue."""
    if catalogue is Catalogue.load():
        return _lexicon_of(tickers)
    return Lexicon.of(catalogue, [catalogue.company(t) for t in tickers], catalogue.companies.values())
