"""What became of each injected number when its article was checked."""

from __future__ import annotations

from dataclasses import dataclass

from tieout.bench.inject.article import Injected
from tieout.bench.inject.phrasing import Set
from tieout.core.finding import Verdict

UNDECIDED = (Verdict.UNVERIFIABLE, Verdict.OPINION)


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
        return self.accused and self.verdict in self.one.told.verdicts

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
    """One article's outcomes, with the processor time and the number of claims of its check."""

    words: int
    seconds: float
    claims: int
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
    checked: tuple[Checked, ...]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """All injected numbers of all articles."""
        return tuple(one for each in self.checked for one in each.outcomes)

    @property
    def strays(self) -> tuple[Stray, ...]:
        """All accusations beside the injected numbers, in true sentences."""
        return tuple(one for each in self.checked for one in each.strays)
