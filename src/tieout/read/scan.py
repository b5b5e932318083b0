"""A sentence with everything the lexers found in it, in order."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tieout.core.article import Block, Span
from tieout.read.amounts import Amount, amounts
from tieout.read.lapses import lapses
from tieout.read.periods import PeriodMention, period_mentions
from tieout.read.words import Lexicon, Mention, Word, words

_UNITLESS = re.compile(
    r"\s*(?:$|[.,;:()|\n–—]|(?:in|for|and|or|to|from|versus|vs|up|down|of|on|at|while|but|with|as)\b)"
)
_LISTED = re.compile(r"\s*(?:,\s*(?:and\s+|or\s+)?|\s(?:and|or)\s+)")
_COUNTED = re.compile(r"\bnumber of\b", re.IGNORECASE)
_FILED = re.compile(
    r"\b(?:booked|filed|listed|recorded|carried|shown|reported|entered|classified|given|appears?|(?:put|set|noted)\s+down)"
    r"\s+$"
)
"""Words before an "under" that says where something stands, and sets it below nothing."""
_TIME_UNIT = re.compile(r"[\s-]*(?:months|quarters|years)\b")
_SAYS_NOTHING = re.compile(
    r"\b(?:for\s+(?:its|their)\s+(?:own\s+)?part|on\s+the\s+other\s+hand)\b(?!\s+of\b)", re.IGNORECASE
)
"""Set phrases that only turn to somebody, whose words mean nothing one by one."""
_CLAUSE_END = re.compile(r"[,;()—|]|\s[–-]\s")
CHECKABLE = frozenset({"money", "percent", "points", "multiple", "count", "word"})


@dataclass(frozen=True)
class Scan:
    """A sentence: its words, numbers, periods and names. `names` holds metrics, members and companies.

    `numbers` leaves out years and ordinals, and numbers that belong to a period or a name.
    """

    text: str
    span: Span
    block: Block
    words: tuple[Word, ...]
    numbers: tuple[Amount, ...]
    periods: tuple[PeriodMention, ...]
    mentions: tuple[Mention, ...]

    @cached_property
    def names(self) -> tuple[Mention, ...]:
        """The mentions of metrics and members."""
        return tuple(m for m in self.mentions if m.kind in ("metric", "member"))

    @cached_property
    def cues(self) -> tuple[Mention, ...]:
        """The mentions of cue words."""
        return tuple(m for m in self.mentions if m.kind == "cue")

    def within(self, stretch: Span, kind: str | None = None) -> list[Mention]:
        """The mentions that lie in a stretch, of one kind if given."""
        return [m for m in self.mentions if stretch.encloses(m.span) and (kind is None or m.kind == kind)]

    def words_in(self, stretch: Span) -> list[Word]:
        """The words that lie in a stretch."""
        first = bisect_left(self.words, stretch.start, key=lambda word: word.span.start)
        last = bisect_right(self.words, stretch.end, lo=first, key=lambda word: word.span.end)
        return list(self.words[first:last])

    def lower_in(self, stretch: Span) -> list[str]:
        """The words that lie in a stretch, in small letters."""
        return [word.lower for word in self.words_in(stretch)]

    def clause(self, stretch: Span) -> Span:
        """The stretch up to its first comma, semicolon, dash or bracket."""
        for match in _CLAUSE_END.finditer(self.text, stretch.start, stretch.end):
            place = Span(match.start(), match.end())
            if not any(period.span.encloses(place) for period in self.periods):  # "July 31, 2025"
                return Span(stretch.start, place.start)
        return stretch

    def has_cue(self, cue: str, stretch: Span) -> bool:
        """Whether the cue stands in the stretch."""
        return any(cue in m.value.split() and stretch.encloses(m.span) for m in self.cues)

    def before(self, index: int) -> Span:
        """The stretch from the number before number `index` to it."""
        start = self.numbers[index - 1].span.end if index else self.span.start
        return Span(start, max(start, self.numbers[index].span.start))

    def after(self, index: int) -> Span:
        """The stretch from number `index` to the next one."""
        end = self.numbers[index + 1].span.start if index + 1 < len(self.numbers) else self.span.end
        start = self.numbers[index].span.end
        return Span(start, max(start, end))


def scan(text: str, span: Span, block: Block, lexicon: Lexicon) -> Scan:
    """The sentence at `span`, with its words, numbers, periods and names."""
    found_words = words(text, span)
    periods = period_mentions(text, span)
    numbers = [
        a
        for a in amounts(text, span.start, span.end)
        if a.kind in CHECKABLE and not any(p.span.overlaps(a.span) for p in periods)
    ]
    numbers = [
        a for a in numbers if a.kind != "word" or a.unit != "count" or _TIME_UNIT.match(text, a.span.end)
    ]
    numbers = _with_money(text, span, numbers)
    mentions = lexicon.mentions(text, found_words, [n.span for n in numbers])
    numbers = [
        a
        for a in numbers
        if not any(
            a.kind in ("count", "word")
            and m.kind != "cue"
            and m.span.encloses(a.span)
            and "…" not in m.text
            and m.text != text[a.span.start : a.span.end]
            and not _gapped(m, a)
            for m in mentions
        )
    ]
    mentions = [m for m in mentions if not (m.kind == "cue" and m.text == "May")]  # the month
    mentions = [
        m for m in mentions if not (m.text.lower() == "under" and _FILED.search(text, 0, m.span.start))
    ]
    mentions = _with_lapses(text, span, mentions)
    bases = [
        m for m in mentions if m.kind == "cue" and ("yoy" in m.value.split() or "qoq" in m.value.split())
    ]
    kept = [
        p
        for p in periods
        if not any(b.span.overlaps(p.span) for b in bases) or p.kind in ("part", "year", "ended", "on")
    ]
    merged = [_with_its_time(m, periods) if m in bases else m for m in mentions]
    idle = [Span(m.start(), m.end()) for m in _SAYS_NOTHING.finditer(text, span.start, span.end)]
    if idle:
        found_words = [w for w in found_words if not any(phrase.encloses(w.span) for phrase in idle)]
    return Scan(text, span, block, tuple(found_words), tuple(numbers), tuple(kept), tuple(merged))


def _with_lapses(text: str, span: Span, mentions: list[Mention]) -> list[Mention]:
    """The mentions with the words for a year or a quarter back, in place of the cues those words hold."""
    for lapse in lapses(text, span):
        if not any(m.span.encloses(lapse.span) for m in mentions):
            mentions = [m for m in mentions if m.kind != "cue" or not lapse.span.encloses(m.span)]
            mentions.append(lapse)
    return sorted(mentions, key=lambda mention: mention.span)


def _with_its_time(base: Mention, periods: list[PeriodMention]) -> Mention:
    """The words of comparison with the time they run into: "from the same period a year earlier"."""
    ends = [p.span.end for p in periods if p.kind == "relative" and p.span.overlaps(base.span)]
    end = max([base.span.end, *ends])
    return base if end == base.span.end else replace(base, span=Span(base.span.start, end))


def _with_money(text: str, span: Span, numbers: Sequence[Amount]) -> list[Amount]:
    """Bare scaled numbers as dollars where no unit follows: "net income of 1.65B".

    A number in a list has the unit of the next one ("67 million and 63 million shares"), and what is said to
    be a number of something is no money.
    """
    found: list[Amount] = []
    for amount in reversed(numbers):
        bare = amount.kind == "count" and amount.scaled
        behind = found[-1] if found else None
        listed = behind is not None and _LISTED.fullmatch(text, amount.span.end, behind.span.start)
        counted = _COUNTED.search(text, span.start, amount.span.start) or (
            listed and behind is not None and behind.kind == "count"
        )
        money = bare and not counted and _UNITLESS.match(text, amount.span.end)
        found.append(replace(amount, kind="money", unit="USD") if money else amount)
    return found[::-1]


def _gapped(mention: Mention, amount: Amount) -> bool:
    """Whether the mention is a name with a gap around this number rather than a name that holds it."""
    return (
        mention.kind == "metric"
        and mention.span.start < amount.span.start
        and mention.span.end > amount.span.end
    )
