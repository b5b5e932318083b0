"""Made-up companyfacts.zip and submissions.zip, of the shape that the SEC's have.

A company files every quarter. A concept stands in most of its filings, each time with the year before, in a
10-Q also from the start of the year; a value in twenty is another when it is told again. Labels and
descriptions make up as much of the text as they do in real files: about 150 bytes a fact in all.
"""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

FACTS = 6_500
"""Of a company, on average: EDGAR's 18,000 files hold some 120 million."""
_WORDS = ("Accrued", "Asset", "Capital", "Cash", "Current", "Debt", "Equity", "Income", "Loss", "Net", "Tax")
_SENTENCE = "Amount of expense (benefit), including discounts, of items not otherwise listed in the period. "
_MOST = (0, 3, 6, 6, 6, 5)
"""How many zeros whole amounts end in: reported in dollars, thousands or millions."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One report of a company: its quarter counted from the first one, and what every fact in it repeats."""

    quarter: int
    end: date
    accession: str
    form: str
    filed: date

    @property
    def tail(self) -> str:
        """The end of a fact's text, from its accession on, without the frame."""
        period = "FY" if self.form == "10-K" else f"Q{self.quarter % 4 + 1}"
        return (
            f'"accn":"{self.accession}","fy":{self.end.year},"fp":"{period}",'
            f'"form":"{self.form}","filed":"{self.filed}"'
        )


def write(folder: Path, facts: int, seed: int = 1) -> tuple[Path, Path, int]:
    """companyfacts.zip and submissions.zip in the folder, and how many facts they hold: at least `facts`."""
    archives = folder / "companyfacts.zip", folder / "submissions.zip"
    made = 0
    with (
        zipfile.ZipFile(archives[0], "w", zipfile.ZIP_DEFLATED) as companies,
        zipfile.ZipFile(archives[1], "w", zipfile.ZIP_DEFLATED) as filers,
    ):
        number = 0
        while made < facts:
            number += 1
            cik = 1_000 + 97 * number
            chance = random.Random(f"{seed}/{number}")  # noqa: S311 - nothing is secret
            reports = _reports(cik, chance)
            text, count = company(cik, reports, chance)
            companies.writestr(f"CIK{cik:010}.json", text)
            filers.writestr(f"CIK{cik:010}.json", submissions(cik, reports))
            made += count
    return *archives, made


def company(cik: int, reports: list[Filed], chance: random.Random) -> tuple[str, int]:
    """The text of a company facts document, and how many facts it holds."""
    target = min(30_000.0, FACTS * chance.lognormvariate(-0.32, 0.8))
    made = 0
    concepts: list[str] = []
    number = 0
    while made < target:
        number += 1
        rows = list(_facts(reports, number, chance))
        made += len(rows)
        concepts.append(_concept(number, rows))
    text = ",".join(concepts)
    return f'{{"cik":{cik},"entityName":"Made Up {cik} Inc.","facts":{{"us-gaap":{{{text}}}}}}}', made


def submissions(cik: int, reports: list[Filed]) -> str:
    """The text of a submissions document: the reports among other filings, the latest first."""
    stamps = [f"{each.filed}T20:{each.quarter % 60:02}:07.000Z" for each in reports]
    others = [f"{cik:010}-{20:02}-{number:06}" for number in range(400)]
    recent = {
        "accessionNumber": [*others, *(each.accession for each in reversed(reports))],
        "filingDate": ["2026-01-05"] * len(others) + [str(each.filed) for each in reversed(reports)],
        "acceptanceDateTime": ["2026-01-05T20:00:00.000Z"] * len(others) + stamps[::-1],
        "form": ["4"] * len(others) + [each.form for each in reversed(reports)],
    }
    return json.dumps({
        "cik": f"{cik:010}",
        "name": f"MADE UP {cik} INC",
        "tickers": [f"M{cik}"],
        "fiscalYearEnd": "1231",
        "filings": {"recent": recent, "files": []},
    })  # fmt: skip


def _reports(cik: int, chance: random.Random) -> list[Filed]:
    first = chance.choice([0] * 3 + list(range(50)))
    found: list[Filed] = []
    for quarter in range(first, 65):
        end = _end(quarter)
        filed = end + timedelta(days=chance.randint(25, 60))
        accession = f"{cik:010}-{filed.year % 100:02}-{quarter:06}"
        found.append(Filed(quarter, end, accession, "10-K" if quarter % 4 == 3 else "10-Q", filed))
    return found


def _facts(reports: list[Filed], number: int, chance: random.Random) -> Iterator[str]:
    """The texts of a concept's facts, in order of their periods, as the SEC has them."""
    share = number % 19 == 4
    flow = number % 5 < 3
    since = chance.randint(0, len(reports) - 1) if number % 3 else 0
    until = chance.randint(since, len(reports)) if number % 4 == 1 else len(reports)
    values: dict[tuple[int, int], str] = {}
    told: list[tuple[int, int, str, str]] = []
    for each in reports[since:until]:
        for ago in (0, 4 if flow else each.quarter % 4 + 1):
            lengths = (0,) if not flow else (4,) if each.form == "10-K" else (1, each.quarter % 4 + 1)
            for length in dict.fromkeys(lengths):
                key = each.quarter - ago, length
                if key not in values or chance.random() < 0.05:
                    values[key] = _value(chance, share=share)
                told.append((*key, values[key], each.tail))
    told.sort(key=lambda row: (row[0], row[1]))
    for place, (quarter, length, value, tail) in enumerate(told):
        end = _end(quarter)
        start = f'"start":"{_end(quarter - length) + timedelta(days=1)}",' if length else ""
        last = place + 1 == len(told) or told[place + 1][:2] != (quarter, length)
        frame = f',"frame":"CY{end.year}Q{quarter % 4 + 1}{"" if length else "I"}"' if last else ""
        yield f'{{{start}"end":"{end}","val":{value},{tail}{frame}}}'


def _concept(number: int, rows: list[str]) -> str:
    chance = random.Random(number)  # noqa: S311 - nothing is secret
    words = chance.sample(_WORDS, 4)
    unit = "USD/shares" if number % 19 == 4 else "USD"
    return (
        f'"{"".join(words)}{number}":{{"label":"{", ".join(words)}",'
        f'"description":"{_SENTENCE * (1 + number % 4)}","units":{{"{unit}":[{",".join(rows)}]}}}}'
    )


def _value(chance: random.Random, *, share: bool) -> str:
    if share:
        return f"{chance.randint(-200, 900) / 100}"
    return str(chance.randint(-20_000, 99_999) * 10 ** chance.choice(_MOST))


def _end(quarter: int) -> date:
    year, place = divmod(quarter + 1, 4)
    return date(2009 + year, 3 * place + 1, 1) - timedelta(days=1)
