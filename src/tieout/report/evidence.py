"""A finding in words, for every report: what was said, what is known and where it stands, what is amiss."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tieout.core.claim import Relation
from tieout.core.fact import Derived, Document, Fact, Figure, point
from tieout.core.finding import Check, Explanation, Finding, Verdict
from tieout.figures.format import amount
from tieout.report.vocabulary import Vocabulary

DOCUMENTS = 3
"""Documents named in a line about a computed figure."""
TRUE_OF = "true of"
"""What most wrong numbers are, of another measure or period."""
LEAD = 6
"""Words quoted before a number that stands alone, so that it can be found."""
BOUNDS = {
    "": "",
    "point": "",
    "low": "from ",
    "mid": "about ",
    "high": "up to ",
    "at_least": "at least ",
    "up_to": "up to ",
}
"""What comes before a figure that is one end, or the middle, of what was said."""
SIGNS = {" / ": " over ", " + ": " plus ", " - ": " less "}
"""How two companies' figures are put together, by the sign in the formula."""
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in words: value, what it is of, its documents; formula and reported inputs if computed."""

    value: str
    of: str
    documents: tuple[Document, ...]
    formula: str = ""
    inputs: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """What a wrong number is ("true of" "Q1 FY2026", "off by" "the sign"), and the figure that shows it."""

    how: str
    what: str
    shown: Told


@dataclass(frozen=True, slots=True)
class Evidence:
    """A finding in words. `index` counts from one; `others` are explanations less likely meant."""

    index: int
    verdict: Verdict
    code: str
    quote: str
    number: str
    message: str
    known: Told | None
    origin: Origin | None
    others: int
    missing: str
    notes: tuple[str, ...]
    correction: str


def evidence(check: Check, words: Vocabulary) -> tuple[Evidence, ...]:
    """Each finding of the check in words, in order."""
    told_in = words_for(check, words)
    return tuple(
        _evidence(index, finding, check.article.text, told_in)
        for index, finding in enumerate(check.findings, start=1)
    )


def words_for(check: Check, words: Vocabulary) -> Vocabulary:
    """The words for a check: measures with their companies, where its findings are of several."""
    owners = {f.reading.subjects[0].entity for f in check.findings if f.reading is not None}
    return words.with_owners() if len(owners) > 1 else words


def _evidence(index: int, finding: Finding, text: str, words: Vocabulary) -> Evidence:
    number = finding.claim.number
    first = next(iter(finding.explanations), None)
    return Evidence(
        index,
        finding.verdict,
        finding.code,
        quote(finding, text),
        flat(text[number.start : number.end]),
        finding.message,
        told(finding.known, words, measured(finding.known, finding, words)) if finding.known else None,
        Origin(*origin(first, finding, words), told(first.figure, words)) if first else None,
        max(len(finding.explanations) - 1, 0),
        finding.missing or "",
        finding.notes,
        finding.correction or "",
    )


def quote(finding: Finding, text: str) -> str:
    """The words of the claim; where they are the number alone, with some that lead up to it."""
    span, sentence = finding.claim.span, finding.claim.sentence
    said = flat(text[span.start : span.end])
    if span != finding.claim.number or not sentence.encloses(span):
        return said
    before = text[sentence.start : span.start].split()
    return " ".join((*(["…"] if len(before) > LEAD else []), *before[-LEAD:], said))


def told(figure: Figure, words: Vocabulary, of: str = "") -> Told:
    """A figure in words; `of` replaces the name of what it measures."""
    of = of or what(figure, words)
    documents = tuple(figure.documents())
    if isinstance(figure, Fact):
        return Told(value(figure), of, documents)
    inputs = tuple(told(fact, words) for fact in _reported(figure))
    return Told(value(figure), of, documents, figure.formula, inputs)


def what(figure: Figure, words: Vocabulary) -> str:
    """What a figure is of; one made of two companies' figures by each of them, with its value."""
    if not of_several(figure) or isinstance(figure, Fact):
        return words.measure(figure.measure)
    sign = next((word for mark, word in SIGNS.items() if mark in figure.formula), "; ")
    owned = words.with_owners()
    each = (f"{owned.measure(part.measure)} ({value(part)})" for part in figure.inputs)
    return sign.join(each)


def of_several(figure: Figure) -> bool:
    """Whether a figure is made of two companies' figures."""
    return isinstance(figure, Derived) and len({part.measure.entity for part in figure.inputs}) > 1


def _reported(figure: Derived) -> Iterator[Fact]:
    for part in figure.inputs:
        if isinstance(part, Fact):
            yield part
        else:
            yield from _reported(part)


def measured(figure: Figure, finding: Finding, words: Vocabulary) -> str:
    """What the known figure is of; of a computed change, share or multiple, also against what."""
    of = what(figure, words)
    base = finding.reading.object if finding.reading is not None else None
    if not isinstance(figure, Derived) or of_several(figure):
        return of
    if base is None or finding.reading is None:
        return f"the change of {of}" if figure.in_points else of
    subject, relation = finding.reading.subjects[0], finding.claim.relation
    if relation is Relation.SHARE or relation is Relation.MULTIPLE:
        return f"{of} as a {relation.value} of {words.measure(base)}"
    if relation not in (Relation.CHANGE, Relation.DIRECTION) or figure.measure.metric != subject.metric:
        return of  # the growth metric says of itself what it is
    same = base.at(subject.period) == subject
    since = words.period(base.entity, base.period) if same else words.measure(base)
    return f"the change of {of}, since {since}"


def origin(explanation: Explanation, finding: Finding, words: Vocabulary) -> tuple[str, str]:
    """What a wrong number is, in two parts: of the period alone where all else is as claimed."""
    measure, code = explanation.measure, explanation.code
    if code.startswith("scale."):
        return "off by", explanation.scale
    if code == "growth.base":
        return "the change of", f"{words.measure(measure)}, since {explanation.scale}"
    if code == "metric.level_as_change":
        return "the level of", words.measure(measure)
    if code == "guidance.superseded":
        return "the guidance of", f"{explanation.figure.known}"
    period = words.period(measure.entity, measure.period)
    same = finding.known is not None and finding.known.measure.at(measure.period) == measure
    if same and period:
        return TRUE_OF, period
    claimed = finding.reading.subjects[0].entity if finding.reading is not None else measure.entity
    return TRUE_OF, (words if measure.entity == claimed else words.with_owners()).measure(measure)


def value(figure: Figure) -> str:
    """The figure's value as an article would print it, at the precision held."""
    if not isinstance(figure, Fact):
        if figure.in_points:
            return f"{point(figure) * 100:+.1f} points"
        return amount(point(figure), figure.unit)
    return BOUNDS[figure.quantity.bound] + amount(point(figure), figure.unit, figure.quantity.decimals)


def word(verdict: Verdict) -> str:
    """The verdict in words."""
    return verdict.value.replace("_", " ")


def sources(figure: Figure) -> str:
    """The documents a figure stands in, each with its day."""
    found = list(figure.documents())
    named = "; ".join(f"{each.title}, {each.known or 'day unknown'}" for each in found[:DOCUMENTS])
    more = f"; {len(found) - DOCUMENTS} more" if len(found) > DOCUMENTS else ""
    return named + more if isinstance(figure, Fact) else f"computed from {named}{more}"


def published(check: Check) -> str:
    """When the article appeared, in words."""
    when = check.article.published
    if when is None:
        return "date unknown: rules of time abstain"
    return f"published {when.first}" + ("" if when.first == when.last else f" to {when.last}")


def about(check: Check) -> str:
    """The companies a check is about; of several also how many facts are held of each."""
    if len(check.companies) <= 1 or len(check.held) != len(check.companies):
        return ", ".join(check.companies) or "no company"
    each = zip(check.companies, check.held, strict=True)
    return ", ".join(f"{ticker} ({count:,} facts)" for ticker, count in each)


def others(count: int) -> str:
    """How many further explanations there are, in words; empty for none."""
    return f"and of {count} other{'s' if count > 1 else ''}, less likely meant" if count else ""


def flat(text: str) -> str:
    """The text on one line, its white space single."""
    return _SPACE.sub(" ", text).strip()
