"""Articles made, checked, and compared with what was put into them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain

from tieout.bench.inject.align import Place, aligned
from tieout.bench.inject.article import Injected, Story, story
from tieout.bench.inject.baseline import Baselines
from tieout.bench.inject.correction import corrects
from tieout.bench.inject.outcome import Checked, Measured, Outcome, Stray
from tieout.bench.inject.phrasing import Phrasing, Set, phrasings
from tieout.bench.inject.truth import World
from tieout.core.article import Span
from tieout.core.errors import TieoutError
from tieout.core.finding import Finding, Verdict
from tieout.desk import Desk


def measure(desk: Desk, which: Set, seed: int, articles: int, tick: Callable[[], None]) -> Measured:
    """So many articles of a set made and checked; Ctrl-C ends it early. `tick` is called after each."""
    found: list[Checked] = []
    with suppress(KeyboardInterrupt):
        for each in run(desk, phrasings(which), which, seed, articles):
            found.append(each)
            tick()
    return Measured(which, seed, articles, desk.ledger.version, tuple(found))


def run(desk: Desk, phrasings: Sequence[Phrasing], which: Set, seed: int, articles: int) -> Iterator[Checked]:
    """Each article made, checked and compared with what was put into it."""
    world = World(desk.ledger, desk.catalogue)
    baselines = Baselines(world)
    for number in range(articles):
        yield checked(desk, world, baselines, story(world, phrasings, which, seed, number), number)


def checked(desk: Desk, world: World, baselines: Baselines, told: Story, number: int) -> Checked:
    """One article checked; what cannot be checked is said so and stops nothing."""
    words = len(told.text.split())
    began = time.process_time()
    try:
        check = desk.check(told.text, published=told.published, company=told.companies)
    except TieoutError as error:
        lost = (Outcome(number, told.dated, told.entity, one, None) for one in told.injected)
        return Checked(words, 0.0, 0, tuple(lost), (), failed=error.message)
    seconds = time.process_time() - began
    at = aligned(told.text, check.article.text)
    hits = [_at(one.start, one.end, at, check.findings) for one in told.injected]
    outcomes = (
        _outcome(world, baselines, told, one, _best(found), number)
        for one, found in zip(told.injected, hits, strict=True)
    )
    met = {id(finding) for finding in chain.from_iterable(hits)}
    other = [each for each in check.findings if each.verdict.accuses and id(each) not in met]
    true = [(start, end) for start, end, wrong in told.scenes if not wrong]
    strays = (
        Stray(number, told.entity, told.text[start:end], finding.code, finding.message)
        for finding in other
        for start, end in true
        if Span(at(start), at(end - 1) + 1).overlaps(finding.claim.span)
    )
    return Checked(words, seconds, len(check.findings), tuple(outcomes), tuple(strays), len(true))


def _at(start: int, end: int, at: Place, findings: Sequence[Finding]) -> list[Finding]:
    """The findings whose number stands there."""
    span = Span(at(start), at(end - 1) + 1)
    return [finding for finding in findings if finding.claim.number.overlaps(span)]


def _best(findings: Sequence[Finding]) -> Finding | None:
    """The finding that counts: one that accuses, else one that supports, else any."""
    rank = {Verdict.SUPPORTED: 1}
    return min(findings, key=lambda one: 0 if one.verdict.accuses else rank.get(one.verdict, 2), default=None)


def _outcome(
    world: World, baselines: Baselines, told: Story, one: Injected, found: Finding | None, number: int
) -> Outcome:
    return Outcome(
        number,
        told.dated,
        told.entity,
        one,
        None if found is None else found.verdict,
        "" if found is None else found.code,
        "" if found is None else found.missing or found.claim.why_unread or found.message,
        None if found is None else found.correction,
        found is not None and corrects(world, one.told, found.correction),
        baselines.occurs(one.told, told.companies),
        baselines.near_latest(one.told, told.on),
    )
