"""A check as JSON: the contract `tieout.check/1` of check.schema.json, shown in docs/reference/json.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

from tieout import __version__
from tieout.core.article import Published
from tieout.core.claim import Reading
from tieout.core.fact import Document, Figure, point
from tieout.core.finding import Check, Explanation, Finding
from tieout.core.measure import Measure
from tieout.core.period import Period, PeriodRef
from tieout.report.summary import summarise
from tieout.report.vocabulary import Vocabulary, day

SCHEMA = "tieout.check/1"
DIGITS = 18
"""Significant digits of a computed value: more than any document prints, fewer than a division leaves."""

Json = dict[str, object]


def dumps(check: Check, words: Vocabulary) -> str:
    """The check as JSON text in ASCII, so that no terminal or pipe can trip over it; ends in a newline."""
    return json.dumps(document(check, words), indent=2) + "\n"


def document(check: Check, words: Vocabulary) -> Json:
    """The check as a JSON object, every key of the schema present."""
    article = check.article
    return {
        "schema": SCHEMA,
        "tieout": __version__,
        "ledger": check.ledger,
        "article": {
            "title": article.title or None,
            "text": article.text,
            "published": _published(article.published),
            "companies": list(check.companies),
        },
        "claims": [_claim(finding, article.text, words) for finding in check.findings],
        "notes": list(check.notes),
        "summary": _summary(check),
    }


def _published(published: Published | None) -> Json | None:
    if published is None:
        return None
    return {"from": published.first.isoformat(), "to": published.last.isoformat()}


def _summary(check: Check) -> Json:
    counts = summarise(check)
    totals: Json = {"numbers": counts.numbers, "claims": counts.claims, "checked": counts.checked}
    return totals | {verdict.value: count for verdict, count in counts.verdicts.items()}


def _claim(finding: Finding, text: str, words: Vocabulary) -> Json:
    claim = finding.claim
    reading = finding.reading or next(iter(claim.readings), None)
    subject = reading.subjects[0] if reading and reading.subjects else None
    said = claim.said
    return {
        "quote": text[claim.span.start : claim.span.end],
        "start": claim.span.start,
        "end": claim.span.end,
        "relation": claim.relation.value,
        "entity": subject.entity if subject else None,
        "metric": subject.metric if subject else None,
        "dimensions": dict(subject.dimensions) if subject else {},
        "scenario": subject.scenario.value if subject else None,
        "period": _period(subject.entity, subject.period, words) if subject else None,
        "object": _measure(reading.object, words) if reading and reading.object else None,
        "speaker": claim.speaker,
        "value": decimal(said.value) if said else None,
        "value_high": decimal(said.value_high) if said and said.value_high is not None else None,
        "unit": said.unit if said else None,
        "hedge": claim.hedge,
        "readings": [_reading(each, words) for each in claim.readings],
        "verdict": finding.verdict.value,
        "code": finding.code,
        "known": _known(finding.known, words) if finding.known else None,
        "true_of": [_explanation(each, words) for each in finding.explanations],
        "missing": finding.missing,
        "notes": list(finding.notes),
        "message": finding.message,
        "correction": finding.correction,
    }


def _reading(reading: Reading, words: Vocabulary) -> Json:
    return {
        "subjects": [_measure(subject, words) for subject in reading.subjects],
        "object": _measure(reading.object, words) if reading.object else None,
        "issued": reading.issued or None,
        "standing": reading.standing,
        "why": list(reading.why),
    }


def _measure(measure: Measure, words: Vocabulary) -> Json:
    return {
        "entity": measure.entity,
        "metric": measure.metric,
        "dimensions": dict(measure.dimensions),
        "scenario": measure.scenario.value,
        "period": _period(measure.entity, measure.period, words),
    }


def _period(entity: str, period: PeriodRef | None, words: Vocabulary) -> Json | None:
    if period is None:
        return None
    start, end = (None, None)
    if isinstance(period, Period):
        start = period.start.isoformat() if period.start else None
        end = day(period.end)
    return {"label": words.period(entity, period), "start": start, "end": end}


def _known(figure: Figure, words: Vocabulary) -> Json:
    low, high = figure.interval.low, figure.interval.high
    return {
        "value": decimal(point(figure)),
        "low": None if low is None else decimal(low, ROUND_FLOOR),
        "high": None if high is None else decimal(high, ROUND_CEILING),
        "period": _period(figure.measure.entity, figure.measure.period, words),
        "basis": figure.basis,
        "source": _source(figure),
    }


def _explanation(explanation: Explanation, words: Vocabulary) -> Json:
    return {
        **_measure(explanation.measure, words),
        "value": decimal(point(explanation.figure)),
        "source": _source(explanation.figure),
    }


def _source(figure: Figure) -> Json:
    source = latest(figure.documents())
    return {
        "title": source.title,
        "url": source.url,
        "accession": source.accession,
        "known": source.known.isoformat() if source.known else None,
    }


def latest(documents: Iterable[Document]) -> Document:
    """The document that became known last, with which the figure could first be had.

    A document whose day is unknown comes before all others, for then the figure's day is unknown too.
    """
    return max(documents, key=lambda document: document.known or date.max)


def decimal(value: Decimal, rounding: str = ROUND_HALF_EVEN) -> str:
    """The value in full, without exponent or trailing zeros."""
    rounded = Context(prec=DIGITS, rounding=rounding).plus(value)
    return f"{rounded.normalize():f}" if rounded else "0"
