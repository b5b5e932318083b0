"""One article of many, in counts: what an index lists and a summary adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import cast

from tieout.core.finding import Check, Finding
from tieout.report.json import Json
from tieout.report.summary import UNJUDGED, summarise


@dataclass(frozen=True, slots=True)
class Share:
    """One company's part of an article: claims about it, those judged, those wrong."""

    claims: int = 0
    checked: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one article: the report made of it, in counts, or the error that kept it from one.

    `file` is the input as given, `output` the report's path below the folder, empty where there is none;
    `digest` is the input's, `made` that of program, ledger and options; both unchanged, the report is kept.
    """

    file: str
    output: str = ""
    digest: str = ""
    made: str = ""
    title: str = ""
    numbers: int = 0
    covered: int = 0
    claims: int = 0
    checked: int = 0
    wrong: int = 0
    companies: Mapping[str, Share] = field(default_factory=dict[str, Share])
    verdicts: Mapping[str, int] = field(default_factory=dict[str, int])
    kinds: Mapping[str, int] = field(default_factory=dict[str, int])
    error: str = ""
    fix: str = ""

    @staticmethod
    def of(check: Check, *, file: str, output: str, digest: str, made: str) -> Entry:
        """The entry of a checked article."""
        counts = summarise(check)
        return Entry(
            file,
            output,
            digest,
            made,
            check.article.title,
            counts.numbers,
            counts.covered,
            counts.claims,
            counts.checked,
            len(check.wrong),
            _shares(check),
            {verdict.value: count for verdict, count in counts.verdicts.items() if count},
            dict(Counter(finding.code for finding in check.wrong)),
        )

    def covers(self, share: float | None) -> bool:
        """Whether at least that share of the numbers is judged; always, where none is required."""
        if share is None or not self.numbers:
            return True
        return Fraction(self.covered, self.numbers) >= Fraction(str(share))

    def row(self) -> Json:
        """The entry as a JSON object."""
        return asdict(self)

    @staticmethod
    def read(row: Json) -> Entry:
        """The entry a JSON object stands for. Raises TypeError for any other object."""
        held = cast("Mapping[str, Mapping[str, int]]", row.get("companies", {}))
        shares = {company: Share(**counts) for company, counts in held.items()}
        fields = cast("dict[str, str]", row | {"companies": shares})
        return Entry(**fields)  # pyright: ignore[reportArgumentType]  # a row's types are those it was written with


def _shares(check: Check) -> dict[str, Share]:
    found: dict[str, list[Finding]] = {company: [] for company in check.companies}
    for finding in check.findings:
        found.setdefault(_about(finding, check), []).append(finding)
    return {
        company: Share(
            len(held),
            sum(finding.verdict not in UNJUDGED for finding in held),
            sum(finding.verdict.accuses for finding in held),
        )
        for company, held in found.items()
    }


def _about(finding: Finding, check: Check) -> str:
    reading = finding.reading or next(iter(finding.claim.readings), None)
    if reading is not None and reading.subjects:
        return reading.subjects[0].entity
    return check.companies[0] if check.companies else ""
