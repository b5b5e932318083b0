"""An article -> its claims, block by block and sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tieout.catalogue import Catalogue
from tieout.core.article import Article, Published
from tieout.core.claim import Claim, Relation
from tieout.read.amounts import amounts
from tieout.read.anchored import TOLD_BEHIND, anchored, told_behind
from tieout.read.article import english
from tieout.read.attach import attach
from tieout.read.bases import is_base_period, other_sides
from tieout.read.bracketed import key_of, key_of_all
from tieout.read.compare import comparisons
from tieout.read.directions import directions, opinions
from tieout.read.draft import Draft
from tieout.read.lead_in import told_later
from tieout.read.memory import Memory
from tieout.read.periods import PeriodMention
from tieout.read.resolve import NOT_ASKED, Resolver
from tieout.read.scan import CHECKABLE, Scan, scan
from tieout.read.sentences import sentences
from tieout.read.spans import quarter_ends, spans
from tieout.read.tables import table_drafts
from tieout.read.timeline import Timeline
from tieout.read.words import Lexicon

BARE = ("count", "word")
"""Kinds of numbers that are no claim unless they count something tieout measures."""


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
    prose = " ".join(article.text[b.span.start : b.span.end] for b in article.blocks if b.kind == "paragraph")
    if not english(prose):
        note = "the text is not English, and tieout reads English only"
        return ReadArticle((), _numbers(article), (note,))
    lexicon = _lexicon(catalogue, tuple(tickers))
    scans = {
        position: anchored(
            [scan(article.text, place, block, lexicon) for place in sentences(article.text, block.span)]
        )
        for position, block in enumerate(article.blocks)
        if block.kind != "table_row"
    }
    lead = _lead([sentence for block in scans.values() for sentence in block])
    resolver = Resolver(catalogue, chosen, published, lead)
    memory = Memory(main=chosen[0].ticker)
    rows = {row.block: row for row in table_drafts(article, catalogue, lexicon, chosen[0].ticker)}
    bracketed = key_of_all(article.text)
    found: list[Claim] = []
    numbers = 0
    for position in range(len(article.blocks)):
        if position in rows:
            numbers += rows[position].numbers
            found += resolver.claims(rows[position].drafts)
        listed = article.blocks[position].kind == "list"
        memory.brackets = key_of(scans.get(position, ())) or (memory.brackets if listed else bracketed)
        if listed and position and article.blocks[position - 1].kind == "list":
            resolver.line.follow(position)
        inside = scans.get(position, ())
        for place, (sentence, leans) in enumerate(zip(inside, told_behind(inside), strict=True)):
            memory.ahead = told_later(inside, place, catalogue)
            drafts = _drafts(sentence, catalogue, memory, position)
            if leans:
                drafts = [replace(draft, loose=draft.loose or TOLD_BEHIND) for draft in drafts]
            numbers += _count(sentence, drafts)
            if all(draft.relation is Relation.SPAN for draft in drafts):
                _take_topic(sentence, resolver.line, position)
            found += resolver.claims(drafts)
            _remember(sentence, resolver.line)
    return ReadArticle(tuple(sorted(found, key=lambda claim: claim.number)), numbers, _left_out(found))


def _left_out(claims: Sequence[Claim]) -> tuple[str, ...]:
    """A note on the numbers of companies nobody asked for; none where there are none."""
    count = sum(claim.why_unread == NOT_ASKED for claim in claims)
    if not count:
        return ()
    told = "1 number is" if count == 1 else f"{count} numbers are"
    return (f"{told} told of a company that was not asked for, and not checked",)


def _numbers(article: Article) -> int:
    """How many numbers of a text that is not read could be claims: prices, percentages and the like."""
    found = (a for block in article.blocks for a in amounts(article.text, block.span.start, block.span.end))
    return sum(each.kind in CHECKABLE and each.kind not in BARE for each in found)


def _drafts(sentence: Scan, catalogue: Catalogue, memory: Memory, block: int) -> list[Draft]:
    """The drafts of a sentence: of its numbers, and of what it says without one."""
    attached = attach(sentence, catalogue, memory, block)
    spanned = spans(sentence, attached)
    drafts = [
        *attached,
        *comparisons(sentence, attached, catalogue, memory),
        *directions(sentence, attached, catalogue, memory),
        *spanned,
        *quarter_ends(sentence),
        *opinions(sentence),
    ]
    kept = [
        place
        for place, draft in enumerate(drafts)
        if not _idle(draft)
        and (
            draft.relation is Relation.SPAN or not any(draft.number.overlaps(span.number) for span in spanned)
        )
    ]
    places = {old: new for new, old in enumerate(kept)}
    told = [drafts[place] for place in kept]
    return [d if d.from_draft is None else replace(d, from_draft=places.get(d.from_draft)) for d in told]


def _idle(draft: Draft) -> bool:
    """Whether a draft is only a bare count of something tieout does not measure: no claim."""
    return draft.amount is not None and draft.amount.kind in BARE and bool(draft.unread)


def _count(sentence: Scan, drafts: Sequence[Draft]) -> int:
    """How many of a sentence's numbers could be claims."""
    counted = (draft.amount is not None and draft.amount.kind in BARE for draft in drafts)
    return sum(number.kind not in BARE for number in sentence.numbers) + sum(counted)


def _take_topic(sentence: Scan, line: Timeline, position: int) -> None:
    """Let a sentence without a claim, such as a heading, set the period that is spoken of."""
    first = next((p for p in _named(sentence) if not sentence.has_cue("guidance", sentence.span)), None)
    if first is not None:
        heading = sentence.block.kind in ("heading", "title")
        if not heading:
            line.enter(position)
        companies = {mention.value for mention in sentence.mentions if mention.kind == "entity"}
        whose = companies.pop() if len(companies) == 1 else None
        line.speak_of(first, lasting=heading, whose=whose)


def _named(sentence: Scan) -> list[PeriodMention]:
    """The periods a sentence names outright, those of comparisons left out."""
    return [p for p in sentence.periods if p.explicit and not is_base_period(sentence, p)]


def _remember(sentence: Scan, line: Timeline) -> None:
    compared = other_sides(sentence)
    for mention in _named(sentence):
        if not any(side.encloses(mention.span) for side in compared):
            line.remember(mention)


def _lead(scans: Sequence[Scan]) -> PeriodMention | None:
    """The first part of a year the article names outright, comparisons and guidance aside."""
    for sentence in scans:
        for mention in _named(sentence):
            if (
                mention.kind == "part"
                and mention.part != "FY"
                and not sentence.has_cue("guidance", sentence.span)
            ):
                return mention
    return None


@lru_cache(maxsize=64)
def _lexicon(catalogue: Catalogue, tickers: tuple[str, ...]) -> Lexicon:
    """The names of these companies, kept between articles: no catalogue ever changes."""
    chosen = [catalogue.company(ticker) for ticker in tickers]
    return Lexicon.of(catalogue, chosen, catalogue.companies.values())
