"""Financial Statement Data Sets of the SEC to facts as filed: one zip for each quarter since 2009.

They have what company facts lack, the members and the filers' own concepts of the statements' face. In turn
they round days to the end of the nearest month and lengths to quarters, cut values to four digits after the
point, name axes and members without prefix or ending ("BusinessSegments=..."), and say USD for USD/shares.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (the stubs of pyarrow leave open what a column holds)

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from tieout.core.filed import ANNUAL, FOCUS, Filed
from tieout.core.skipped import Skipped, together
from tieout.ingest.fast import WRONG, Values, accession_number, day, laid_out
from tieout.ingest.rows import table
from tieout.ingest.tabbed import Lines
from tieout.ledger.columns import compute

NEW_YORK = ZoneInfo("America/New_York")
NUMBER = ("adsh", "tag", "version", "ddate", "qtrs", "uom", "segments", "coreg", "value")
LATER = ("segments", "coreg")
"""Columns that older editions lack."""
_SUBMISSION = ("adsh", "cik", "name", "sic", "fye", "form", "period", "filed", "accepted", "instance")
_INSTANCE = re.compile(r"([A-Za-z][A-Za-z0-9.]*)-(\d{8})(?:_htm)?\.xml")
_TIME = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True, slots=True)
class Submission:
    """A filing as sub.txt has it.

    `prefix` is that of the filer's own concepts, taken from the name of its instance; `rounded` is whether
    that name tells another day than the data set does. `year` is the number of the fiscal year, `period` the
    day of the balance sheet.
    """

    cik: int
    name: str
    sic: str
    year_end: str
    form: str
    filed: date
    accepted: datetime | None
    instance: str
    prefix: str
    rounded: bool
    year: str
    period: str


def submissions(lines: Lines) -> dict[str, Submission]:
    """The filings of sub.txt, by accession as written. Raises ValueError for a CIK that is none."""
    rows = (row for table in lines((*_SUBMISSION, "fy"), ("fy",)) for row in table.to_pylist())
    return {row["adsh"]: _submission(row) for row in rows}


def kinds(lines: Lines) -> dict[tuple[str, str], str]:
    """Which tags of tag.txt are amounts per share or per unit, by tag and version."""
    found: dict[tuple[str, str], str] = {}
    for tags in lines(("tag", "version", "datatype")):
        per = tags.filter(
            compute.is_in(tags["datatype"].cast(pa.string()), pa.array(["perShare", "perUnit"]))
        )
        found |= {(row["tag"], row["version"]): row["datatype"] for row in per.to_pylist()}
    return found


def facts(
    lines: Lines, filings: Mapping[str, Submission], kinds: Mapping[tuple[str, str], str], digest: str
) -> Iterator[tuple[pa.Table, tuple[Skipped, ...]]]:
    """The facts of num.txt as tables of `SCHEMA`, none of them large, and what was left out of each."""
    for rows in lines(NUMBER, LATER):
        fit, unfit = _fit(rows, filings, kinds)
        made, left = laid_out(_columns(fit, filings, kinds, digest))
        yield made, together([*unfit, *left])
    years, left = table(_years(filings, digest))
    if years.num_rows:
        yield years, left


def _years(filings: Mapping[str, Submission], digest: str) -> Iterator[Filed]:
    """By what number the fiscal year of each annual filing goes."""
    for accession, filing in filings.items():
        end = _day(filing.period)
        told = not filing.rounded and WRONG not in (end, filing.filed)
        if filing.form in ANNUAL and told and re.fullmatch(r"\d{4}", filing.year):
            yield Filed(
                filing.cik,
                *FOCUS,
                (),
                "pure",
                None,
                end,
                Decimal(filing.year),
                accession=accession,
                form=filing.form,
                filed=filing.filed,
                accepted=filing.accepted,
                document=filing.instance,
                digest=digest,
            )


def _fit(
    rows: pa.Table, filings: Mapping[str, Submission], kinds: Mapping[tuple[str, str], str]
) -> tuple[pa.Table, tuple[Skipped, ...]]:
    """The rows that can be told, and those of which filing, days or unit are not known."""
    filing = _Column.of(rows, "adsh")
    tags = _Column.of(rows, "tag").paired(_Column.of(rows, "version"))
    unfit = {
        "of a filing that sub.txt does not list": filing.each(lambda text: text not in filings, pa.bool_()),
        "of a filing whose days the data set rounds": filing.each(
            lambda text: text in filings and filings[text].rounded, pa.bool_()
        ),
        "per a unit that the data set does not tell": tags.each(
            lambda tag: kinds.get(tag) == "perUnit", pa.bool_()
        ),
    }
    skipped: list[Skipped] = []
    left = pa.repeat(pa.scalar(value=False), rows.num_rows)
    for why, wrong in unfit.items():
        new = compute.and_not(wrong, left)
        skipped.append(Skipped("facts", why, compute.sum(new).as_py() or 0))
        left = compute.or_(left, new)
    return rows.filter(compute.invert(left)), together(skipped)


def _columns(
    rows: pa.Table, filings: Mapping[str, Submission], kinds: Mapping[tuple[str, str], str], digest: str
) -> dict[str, pa.Array[Any]]:
    filing, tag, version, last, quarters, measure, segments, other, value = (
        _Column.of(rows, name) for name in NUMBER
    )
    unit = measure.paired(tag.paired(version))
    values = Values()
    values.add([_decimal(text) for text in value.words])
    digits, exponents = values.exact()
    return {
        "cik": filing.each(lambda text: filings[text].cik, pa.int32()),
        "taxonomy": version.word(lambda text: _taxonomy(text, filings)),
        "concept": tag.word(str),
        "dimensions": segments.paired(other).word(lambda pair: _dimensions(*pair)),
        "unit": unit.word(lambda pair: _unit(pair[0], kinds.get(pair[1], ""))),
        "start": last.paired(quarters).each(lambda pair: _start(*pair), pa.date32()),
        "end": last.each(_day, pa.date32()),
        "digits": compute.take(digits, value.codes),
        "exponent": compute.take(exponents, value.codes),
        "accession": filing.each(accession_number, pa.int64()),
        "form": filing.word(lambda text: filings[text].form),
        "filed": filing.each(lambda text: filings[text].filed, pa.date32()),
        "accepted": filing.each(lambda text: filings[text].accepted, _TIME),
        "document": filing.word(lambda text: filings[text].instance),
        "digest": filing.word(lambda _: digest),
    }


@dataclass(frozen=True, slots=True)
class _Column:
    """A column's different values, which whatever is done to it is done to, and the place of each row's."""

    words: list[Any]
    codes: pa.Array[Any]

    @staticmethod
    def of(rows: pa.Table, name: str) -> _Column:
        """A column of words, blank where there are none."""
        held: Any = rows[name].combine_chunks()
        if held.null_count == rows.num_rows:  # a column that the edition lacks
            return _Column([""], pa.repeat(pa.scalar(0, pa.int32()), rows.num_rows))
        used = compute.unique(held.indices)
        return _Column(held.dictionary.take(used).to_pylist(), compute.index_in(held.indices, used))

    def paired(self, other: _Column) -> _Column:
        """Both columns as one of pairs."""
        count = len(other.words)
        both = compute.add(compute.multiply(self.codes.cast(pa.int64()), count), other.codes.cast(pa.int64()))
        met = compute.unique(both)
        pairs = [(self.words[each // count], other.words[each % count]) for each in met.to_pylist()]
        return _Column(pairs, compute.index_in(both, met))

    def each(self, what: Callable[[Any], object], of: pa.DataType) -> pa.Array[Any]:
        """What becomes of each row's value."""
        return compute.take(pa.array([what(word) for word in self.words], of), self.codes)

    def word(self, what: Callable[[Any], str]) -> pa.Array[Any]:
        """The word that becomes of each row's value."""
        return self.each(what, pa.string()).dictionary_encode()


def _submission(row: Mapping[str, str]) -> Submission:
    named = _INSTANCE.fullmatch(row["instance"])
    return Submission(
        int(row["cik"]),
        row["name"],
        row["sic"],
        row["fye"],
        row["form"],
        _day(row["filed"]),
        _moment(row["accepted"]),
        row["instance"],
        prefix=named[1] if named else row["adsh"],
        rounded=named is not None and named[2] != row["period"],
        year=row["fy"] or "",
        period=row["period"],
    )


def _day(text: str) -> date:
    """The day written 20090630."""
    return day(f"{text[:4]}-{text[4:6]}-{text[6:]}")


def _start(end: str, quarters: str) -> date | None:
    """The first day of so many quarters that end with the month; none for no quarters, an instant."""
    last = _day(end)
    if last == WRONG or not quarters.isascii() or not quarters.isdigit() or len(quarters) > 4:
        return WRONG
    months = last.year * 12 + last.month - 3 * int(quarters)
    if not int(quarters):
        return None
    return date(months // 12, months % 12 + 1, 1) if months >= 12 else WRONG


def _moment(text: str) -> datetime | None:
    """The moment of acceptance, told in New York's time."""
    try:
        return datetime.fromisoformat(text[:19]).replace(tzinfo=NEW_YORK).astimezone(UTC)
    except ValueError:
        return None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _taxonomy(version: str, filings: Mapping[str, Submission]) -> str:
    """The taxonomy of a version ("us-gaap/2009"), or the prefix of the filer that defines the concept."""
    if version in filings:
        return filings[version].prefix
    name = version.partition("/")[0]
    return "ifrs-full" if name == "ifrs" else name


def _dimensions(segments: str, other: str) -> str:
    """Axes and members as told, in order; `other` is a registrant filing together with the first."""
    pairs = {pair for pair in segments.split(";") if pair}
    if other and not any(pair.startswith("LegalEntity=") for pair in pairs):
        pairs.add(f"LegalEntity={other}")
    return ";".join(sorted(pairs))


def _unit(told: str, kind: str) -> str:
    money = len(told) == 3 and told.isascii() and told.isalpha() and told.isupper()
    return f"{told}/shares" if kind == "perShare" and money else told
