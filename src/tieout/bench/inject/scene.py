"""A phrasing filled with a company's figures: words, and numbers with what each tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from tieout.bench.inject.ask import Ask
from tieout.bench.inject.phrasing import Phrasing
from tieout.bench.inject.speech import Number, When
from tieout.bench.inject.truth import World
from tieout.core.fact import Figure
from tieout.core.finding import Verdict
from tieout.core.period import Period

GROWTHS = ("growth", "qoq", "points", "growth2", "segment_growth", "growth_c")


@dataclass(frozen=True, slots=True)
class Told:
    """A number of a scene: what it tells, as written; `means` are all readings its words leave open.

    `benign` names the true rewriting, `mutation` the error injected, `verdicts` those honestly right for it.
    """

    ask: Ask
    number: Number
    figure: Figure
    means: tuple[Ask, ...]
    benign: str = "plain"
    mutation: str = ""
    verdicts: frozenset[Verdict] = frozenset()
    origin: str = ""
    hedge: str = ""

    @property
    def text(self) -> str:
        """The number in words, its hedge in front."""
        return f"{self.hedge} {self.number.text}" if self.hedge else self.number.text


@dataclass(frozen=True, slots=True)
class Scene:
    """A phrasing with all its slots filled."""

    phrasing: Phrasing
    entity: str
    period: Period
    words: Mapping[str, str]
    told: Mapping[str, Told]
    text: str = ""
    """The phrasing's text where a rewriting changed it."""

    @property
    def told_undated(self) -> bool:
        """Whether the words that gave its period were taken out."""
        return bool(self.text)

    @property
    def mutated(self) -> bool:
        """Whether any of its numbers is wrong."""
        return any(one.mutation for one in self.told.values())

    def rendered(self) -> tuple[str, list[tuple[int, int, str]]]:
        """The text, and where each number stands in it, with its slot."""
        parts: list[str] = []
        places: list[tuple[int, int, str]] = []
        at = 0
        shown = replace(self.phrasing, text=self.text) if self.text else self.phrasing
        for slot, piece in shown.pieces():
            words = piece
            if slot and piece in self.told:
                one = self.told[piece]
                words = one.text
                lead = len(one.hedge) + 1 if one.hedge else 0
                places.append((at + lead, at + len(words), piece))
            elif slot:
                words = self.words[piece]
            parts.append(words)
            at += len(words)
        return "".join(parts), places


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a scene plays: the company, the period the article is about, the day it is written."""

    world: World
    entity: str
    period: Period
    on: date
    when: When = "label"
    flipped: bool = False
    """Whether rises are to be told as falls and falls as rises: the injected error of direction."""
    peers: tuple[str, ...] = ()
    wants: str = ""
    """The error or rewriting that a metric is to be chosen for."""
