"""Names in text -> mentions of metrics, segments, companies and cues: longest match, bounded by words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from tieout.catalogue import Catalogue
from tieout.core.article import Span
from tieout.core.company import Company, Member
from tieout.core.measure import Dimensions
from tieout.read import wordlist

MentionKind = Literal["metric", "member", "entity", "tag", "cue"]

_WORD = re.compile(r"[A-Za-z0-9]+|[&/]|…")
_JOINERS = re.compile(r"[\s\-\u2010\u2011'’.\"“”]*\Z")
_COMMAS = re.compile(r"[\s\-\u2010\u2011'’.,\"“”]*\Z")
"""Between two words of a name that is written with a comma there."""
_COMPOUND = re.compile(r"[-\u2010\u2011](?:based|related|linked|driven|adjusted|weighted|only|to-)\b")
"""What makes a word the first part of another: "stock-based compensation" says nothing of the stock."""
_GAP = "…"
_GAP_WORDS = 9


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for.

    `metrics` are the ids it may mean, the usual one first; `needs` those that must all be refuted.
    `value` is a ticker ("" for a company without pack), a tag, or cues joined by blanks. `owner` is the one
    company that calls it so, "" where any may.
    """

    kind: MentionKind
    value: str = ""
    metrics: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    dimensions: Dimensions = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands."""

    span: Span
    meaning: Meaning
    text: str

    @property
    def kind(self) -> MentionKind:
        """The meaning's kind."""
        return self.meaning.kind

    @property
    def value(self) -> str:
        """The meaning's value."""
        return self.meaning.value


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text and its lower-case form."""

    span: Span
    lower: str
    text: str


def words(text: str, span: Span) -> list[Word]:
    """The words of a stretch of text; the s of a possessive is none."""
    found: list[Word] = []
    for match in _WORD.finditer(text, span.start, span.end):
        start = match.start()
        if match.group() in "sS" and start > 0 and text[start - 1] in "'’":
            continue
        found.append(Word(Span(start, match.end()), match.group().lower(), match.group()))
    return found


@dataclass(slots=True)
class Lexicon:
    """All names known for a set of companies, indexed by first word."""

    by_first: dict[str, list[tuple[tuple[str, ...], bool, Meaning]]] = field(default_factory=dict)
    main: str = ""

    @staticmethod
    def of(catalogue: Catalogue, companies: Iterable[Company], others: Iterable[Company] = ()) -> Lexicon:
        """The names of the general catalogue, of the cues, and of these companies.

        Companies in `others` are known by name only: their numbers belong to them and to nobody else.
        """
        lexicon = Lexicon()
        chosen = tuple(companies)
        tickers = {company.ticker for company in chosen}
        lexicon.main = chosen[0].ticker if chosen else ""
        lexicon._add_metrics(catalogue, chosen)
        for company in (*chosen, *(each for each in others if each.ticker not in tickers)):
            lexicon._add(company.names, Meaning("entity", company.ticker))
        for company in chosen:
            for member in company.members:
                lexicon._add(member.names, _member(member, catalogue, company.ticker))
        lexicon._add(catalogue.others, Meaning("entity", ""))
        lexicon._add_cues()
        lexicon._sort()
        return lexicon

    def _add_metrics(self, catalogue: Catalogue, companies: Sequence[Company]) -> None:
        tickers = {company.ticker for company in companies}
        own = {key for company in companies for key in company.own_metrics}
        for metric in catalogue.metrics.values():
            if metric.company is None or metric.id in own:
                meaning = Meaning(
                    "metric", "", (metric.id,), (metric.id,), metric.default_dimensions, metric.company or ""
                )
                self._add(metric.aliases, meaning)
        for family in catalogue.families.values():
            if family.company is None or family.company in tickers:
                self._add(family.aliases, Meaning("metric", family.id, family.members, family.needs))

    def _add_cues(self) -> None:
        """Add qualifiers, and cues: a word that gives several carries them all."""
        for tag, names in wordlist.TAGS.items():
            self._add(names, Meaning("tag", tag))
        told: dict[str, set[str]] = {}
        for cue, names in wordlist.CUES.items():
            for name in names:
                told.setdefault(name, set()).add(cue)
        for name, several in told.items():
            self._add((name,), Meaning("cue", " ".join(sorted(several))))

    def mentions(self, text: str, found: list[Word], numbers: list[Span]) -> list[Mention]:
        """The mentions in these words, left to right, none inside another of its kind.

        A name with a gap ("shipped … of AI servers") matches around one number in `numbers`.
        """
        starts = [number.start for number in numbers]
        result: list[Mention] = []
        taken_until = -1
        for index, word in enumerate(found):
            inside = word.span.start < taken_until
            for key, exact, meaning in self.by_first.get(word.lower, ()):
                if inside and (meaning.kind not in ("tag", "entity") or result[-1].kind == "metric"):
                    continue
                end = _match(text, found, index, key, exact, starts)
                if end is None:
                    continue
                span = Span(word.span.start, found[end].span.end)
                told = self._of_the_company(key, meaning, result)
                if told.kind == "metric" and _COMPOUND.match(text, span.end):
                    continue
                result.append(Mention(span, told, text[span.start : span.end]))
                if _GAP not in key:
                    taken_until = span.end
                break
        return result

    def _of_the_company(self, key: tuple[str, ...], meaning: Meaning, before: Sequence[Mention]) -> Meaning:
        """What the name means at the company named last, or the main one, where several call something so."""
        if not meaning.owner:
            return meaning
        named = next((m.value for m in reversed(before) if m.kind == "entity" and m.value), self.main)
        same = (each for other, _, each in self.by_first[key[0].rstrip(",").lower()] if other == key)
        return next((each for each in same if each.owner == named), meaning)

    def _add(self, names: Iterable[str], meaning: Meaning) -> None:
        for name in names:
            lower, written = _parts(name)
            if not lower:
                continue
            exact = (name.isupper() and len(name) <= 5) or (meaning.kind == "entity" and len(lower) == 1)
            key = written if exact else lower
            self.by_first.setdefault(lower[0].removesuffix(","), []).append((key, exact, meaning))

    def _sort(self) -> None:
        for first, entries in self.by_first.items():
            joined: dict[tuple[tuple[str, ...], bool, str, str], Meaning] = {}
            for key, exact, meaning in entries:
                slot = (key, exact, meaning.kind, meaning.owner if meaning.kind == "member" else "")
                known = joined.get(slot)
                if known is None or meaning.kind != "metric":
                    joined.setdefault(slot, meaning)
                else:
                    joined[slot] = Meaning(
                        "metric",
                        known.value or meaning.value,
                        _union(known.metrics, meaning.metrics),
                        _union(known.needs, meaning.needs),
                        known.dimensions or meaning.dimensions,
                        known.owner if known.owner == meaning.owner else "",
                    )
            self.by_first[first] = [(key, exact, meaning) for (key, exact, *_), meaning in joined.items()]
        order = {"metric": 0, "member": 1, "entity": 2, "tag": 3, "cue": 4}
        for entries in self.by_first.values():
            entries.sort(key=lambda entry: (-len(entry[0]), order[entry[2].kind]))


@lru_cache(maxsize=16_384)
def _parts(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a name in small letters and as written, each with the comma that follows it."""
    found = words(name, Span(0, len(name)))
    commas = ["," if name.startswith(",", word.span.end) else "" for word in found]
    return (
        tuple(word.lower + comma for word, comma in zip(found, commas, strict=True)),
        tuple(word.text + comma for word, comma in zip(found, commas, strict=True)),
    )


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _member(member: Member, catalogue: Catalogue, owner: str) -> Meaning:
    """A segment or line; its own metric or family, where a bare mention has one."""
    if member.metric in catalogue.families:
        family = catalogue.families[member.metric]
        return Meaning("member", member.metric, family.members, family.needs, member.dimensions, owner)
    own = (member.metric,) if member.metric else ()
    return Meaning("member", member.metric, own, own, member.dimensions, owner)


def _match(
    text: str, found: list[Word], index: int, key: tuple[str, ...], exact: bool, starts: list[int]
) -> int | None:
    """Index of the last word of the name when it stands at `index`, else None."""
    position = index
    expect = 1
    if (found[index].text if exact else found[index].lower) != key[0].rstrip(","):
        return None
    while expect < len(key):
        part = key[expect]
        if part == _GAP:
            return _match_gap(text, found, position, key[expect + 1 :], starts)
        position += 1
        if position >= len(found):
            return None
        word = found[position]
        if (word.text if exact else word.lower) != part.rstrip(","):
            return None
        joiners = _COMMAS if key[expect - 1].endswith(",") else _JOINERS
        if not joiners.match(text, found[position - 1].span.end, word.span.start):
            return None
        expect += 1
    return position


def _match_gap(
    text: str, found: list[Word], position: int, rest: tuple[str, ...], starts: list[int]
) -> int | None:
    begin = found[position].span.end
    for after in range(position + 1, min(position + 1 + _GAP_WORDS, len(found))):
        if found[after].lower != rest[0].rstrip(","):
            continue
        here = found[after].span.start
        first = bisect_left(starts, begin)
        if first >= len(starts) or starts[first] >= here:
            continue
        if first + 1 < len(starts) and starts[first + 1] < here:
            return None
        end = _match(text, found, after, rest, False, starts)
        if end is not None:
            return end
    return None
