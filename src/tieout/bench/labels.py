"""Labelled articles: NAME.txt beside NAME.claims.jsonl, one label a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import cast

from tieout.core.errors import ParseError, UsageError
from tieout.core.finding import Verdict

LABELS = "claims.jsonl"
ARTICLES = (".txt", ".md", ".html", ".htm")
_HINT = "a folder holds NAME.txt beside NAME.claims.jsonl, or article.txt beside claims.jsonl"


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says of one claim; `value` is in full units, None where the claim gives no number.

    `verdicts` holds the verdict and the other one that is right too, if any. `true_period` reads
    "FY2026-Q1", or a day where an issue is meant.
    """

    quote: str
    value: Decimal | None
    value_high: Decimal | None
    unit: str
    metric: str
    entity: str
    period: str
    verdicts: tuple[Verdict, ...]
    true_value: Decimal | None
    true_period: str
    error_type: str
    note: str

    @property
    def verdict(self) -> Verdict:
        """The first verdict."""
        return self.verdicts[0]

    @property
    def wrong(self) -> bool:
        """Whether the label calls the claim wrong."""
        return self.verdict.accuses

    @property
    def settles(self) -> bool:
        """Whether the claim gives a number and the label judges it: what coverage counts."""
        return self.value is not None and self.verdict not in (Verdict.UNVERIFIABLE, Verdict.OPINION)


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article's file, its labels, and the date told of it beside the text ("" where none is)."""

    name: str
    path: Path
    labels: tuple[Label, ...]
    published: str = ""


def labelled(paths: Iterable[Path]) -> tuple[Labelled, ...]:
    """The labelled articles in folders and files, in order of their names; each file counts once.

    Raises UsageError where a path holds none, ParseError for a label that cannot be read.
    """
    found: dict[Path, Labelled] = {}
    for path in paths:
        pairs = list(_pairs(path))
        if not pairs:
            raise UsageError(f"no labelled article: {path}", fix=_HINT, path=str(path))
        for article, claims in pairs:
            told = article.with_suffix(".published")
            published = told.read_text(encoding="utf-8").strip() if told.is_file() else ""
            found[article.resolve()] = Labelled(
                _name(article, claims), article, tuple(_labels(claims)), published
            )
    return tuple(found.values())


def _pairs(path: Path) -> Iterator[tuple[Path, Path]]:
    if path.is_dir():
        for claims in sorted(path.glob(f"*{LABELS}")):
            stem = claims.name.removesuffix(LABELS).rstrip(".") or "article"
            yield from (
                (article, claims) for end in ARTICLES if (article := claims.with_name(stem + end)).is_file()
            )
    elif path.is_file() and path.suffix in ARTICLES:
        for claims in (path.with_name(f"{path.stem}.{LABELS}"), path.with_name(LABELS)):
            if claims.is_file():
                yield path, claims
                return


def _name(article: Path, claims: Path) -> str:
    return article.parent.name if claims.name == LABELS else article.stem


def _labels(path: Path) -> Iterator[Label]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield _label(cast("Mapping[str, object]", json.loads(line, parse_float=Decimal)))
        except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
            raise ParseError(
                f"{path}:{number} is no label: {error}",
                path=str(path),
                line=number,
                fix="each line is a JSON object with quote, value and verdict",
            ) from error


def _label(row: Mapping[str, object]) -> Label:
    verdicts = [Verdict(str(row["verdict"]))]
    if row.get("alt_verdict"):
        verdicts.append(Verdict(str(row["alt_verdict"])))
    return Label(
        str(row["quote"]),
        _number(row["value"]),
        _number(row.get("value_high")),
        _text(row, "unit"),
        _text(row, "metric"),
        _text(row, "entity"),
        _text(row, "period_claimed"),
        tuple(verdicts),
        _number(row.get("true_value")),
        _text(row, "true_period"),
        _text(row, "error_type"),
        _text(row, "note"),
    )


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return "" if value is None else str(value)


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
