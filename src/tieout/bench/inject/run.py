"""Articles checked, and what became of each injected number."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from tieout.bench.inject.article import Injected, Story, story
from tieout.bench.inject.baseline import Baselines
from tieout.bench.inject.phrasing import Phrasing, Set, phrasings
from tieout.bench.inject.truth import World
from tieout.core.article import Span
from tieout.core.errors import TieoutError
from tieout.core.finding import Finding, Verdict
from tieout.core.interval import Interval
from tieout.desk import Desk

UNDECIDED = (Verdict.UNVERIFIABLE, Verdict.OPINION)
_CORRECTION = re.compile(
    r"(?P<sign>[-+]?)\$?(?P<digits>[\d,]+(?:\.\d+)?)(?: (?P<scale>trillion|billion|million))?(?: (?P<unit>%|points))?"
)
_POWER = {"trillion": 12, "billion": 9, "million": 6, "%": -2, "points": -2}


@dataclass(frozen=True, slots=True)
class Outcome:
    """An injected number and what the check said of it; `verdict` is None where it read no claim there."""

    number: int
    dated: str
    entity: str
    one: Injected
    verdict: Verdict | None
    code: str = ""
    message: str = ""
    correction: str | None = None
    corrected: bool = False
    occurs: bool = False
    latest: bool = False
    """What the two baselines say: the value occurs in the ledger; it is near the metric's latest."""

    @property
    def wrong(self) -> bool:
        """Whether the number is wrong."""
        return bool(self.one.told.mutation)

    @property
    def accused(self) -> bool:
        """Whether the check called it wrong."""
        return self.verdict is not None and self.verdict.accuses

    @property
    def supported(self) -> bool:
        """Whether the check called it right."""
        return self.verdict is Verdict.SUPPORTED

    @property
    def judged(self) -> bool:
        """Whether it got a verdict."""
        return self.verdict is not None and self.verdict not in UNDECIDED

    @property
    def exact(self) -> bool:
        """Whether the error was named as what it is."""
        return self.accused and self.verdict is not None and self.verdict.value in self.one.told.verdicts

    @property
    def kind(self) -> str:
        """The injected error; for a true number the rewriting, or that its neighbour is wrong."""
        told = self.one.told
        return told.mutation or ("beside a wrong number" if self.one.beside else told.benign)


@dataclass(frozen=True, slots=True)
class Stray:
    """An accusation of words or dates in a sentence where everything is true."""

    number: int
    entity: str
    sentence: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One article's outcomes."""

    words: int
    outcomes: tuple[Outcome, ...]
    strays: tuple[Stray, ...]
    true_scenes: int = 0
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """A whole run, or what there was of it when it was stopped."""

    which: Set
    seed: int
    asked: int
    ledger: str
    seconds: float
    checked: tuple[Checked, ...]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """All injected numbers of all articles."""
        return tuple(one for each in self.checked for one in each.outcomes)

    @property
    def strays(self) -> tuple[Stray, ...]:
        """All accusations beside the injected numbers, in true sentences."""
        return tuple(one for each in self.checked for one in each.strays)


def measure(desk: Desk, which: Set, seed: int, articles: int, tick: Callable[[], None]) -> Measured:
    """So many articles of a set made and checked; Ctrl-C ends it early. `tick` is called after each."""
    found: list[Checked] = []
    began = time.perf_counter()
    with suppress(KeyboardInterrupt):
        for each in run(desk, phrasings(which), which, seed, articles):
            found.append(each)
            tick()
    return Measured(which, seed, articles, desk.ledger.version, time.perf_counter() - began, tuple(found))


def run(desk: Desk, phrasings: Sequence[Phrasing], which: Set, seed: int, articles: int) -> Iterator[Checked]:
    """Each article made, checked and compared with what was put into it."""
    world = World(desk.ledger, desk.catalogue)
    baselines = Baselines(world)
    for number in range(articles):
        yield checked(desk, world, baselines, story(world, phrasings, which, seed, number), number)


def checked(desk: Desk, world: World, baselines: Baselines, told: Story, number: int) -> Checked:
    """One article checked."""
    words = len(told.text.split())
    try:
        check = desk.check(told.text, published=told.published, company=told.companies)
        findings, text = check.findings, check.article.text
        failed = ""
    except TieoutError as error:
        findings, text, failed = (), told.text, error.message
    at = _aligned(told.text, text)
    outcomes: list[Outcome] = []
    met: set[int] = set()
    for one in told.injected:
        span = Span(at(one.start), at(one.end - 1) + 1)
        hits = [i for i, finding in enumerate(findings) if finding.claim.number.overlaps(span)]
        met.update(hits)
        best = _best([findings[i] for i in hits])
        near = baselines.near_latest(one.told, told.on)
        occurs = baselines.occurs(one.told, told.companies)
        if best is None:
            outcomes.append(Outcome(number, told.dated, told.entity, one, None, occurs=occurs, latest=near))
            continue
        outcomes.append(
            Outcome(
                number,
                told.dated,
                told.entity,
                one,
                best.verdict,
                best.code,
                best.missing or best.claim.why_unread or best.message,
                best.correction,
                corrects(world, one, best.correction),
                occurs,
                near,
            )
        )
    strays = tuple(_strays(told, findings, met, at, text, number))
    true = sum(not wrong for _, _, wrong in told.scenes)
    return Checked(words, tuple(outcomes), strays, true, failed)


def _strays(told: Story, findings: Sequence[Finding], met: set[int], at, text: str, number: int) -> Iterator[Stray]:  # noqa: ANN001, PLR0913, PLR0917
    for i, finding in enumerate(findings):
        if i in met or not finding.verdict.accuses:
            continue
        for start, end, wrong in told.scenes:
            span = Span(at(start), at(end - 1) + 1)
            if span.overlaps(finding.claim.span) and not wrong:
                sentence = text[finding.claim.sentence.start : finding.claim.sentence.end]
                yield Stray(number, told.entity, sentence, finding.code, finding.message)
                break


def _best(findings: Sequence[Finding]) -> Finding | None:
    """The finding that counts: one that accuses, else one that supports, else any."""
    order = sorted(findings, key=lambda one: (not one.verdict.accuses, one.verdict is not Verdict.SUPPORTED))
    return order[0] if order else None


def _aligned(source: str, read: str):  # noqa: ANN202
    """Where a place of the source stands in the text as read, which has lost marks and white space only."""
    if source == read:
        return lambda place: place
    places = [i for i, char in enumerate(read) if char.isalnum()]
    counts: list[int] = []
    count = 0
    for char in source:
        counts.append(count)
        count += char.isalnum()
    if count != len(places):
        raise ValueError(f"the text read has {len(places)} letters and digits, the source {count}")

    def place(at: int) -> int:
        # a mark before its first letter keeps its distance
        return places[min(counts[at], len(places) - 1)] if source[at].isalnum() else places[max(counts[at] - 1, 0)] + 1

    return place


def corrects(world: World, one: Injected, correction: str | None) -> bool:
    """Whether the number a finding puts in place ties with what the claim should have told."""
    amount = amount_of(correction)
    if amount is None:
        return False
    if one.told.ask.relation == "guidance":
        issues = world.issues(one.told.ask.subject)
        return any(not issue.interval.disjoint(amount) for issue in issues)
    return any(not known.disjoint(amount) for known in world.known(one.told.ask))


def amount_of(correction: str | None) -> Interval | None:
    """The values a correction's words stand for; None where they are no amount."""
    found = _CORRECTION.match(correction or "")
    if found is None:
        return None
    digits = found["digits"].replace(",", "")
    places = len(digits.partition(".")[2])
    power = _POWER.get(found["scale"] or found["unit"] or "", 0)
    value = Decimal(digits).scaleb(power)
    return Interval.around(-value if found["sign"] == "-" else value, Decimal(5).scaleb(power - places - 1))
