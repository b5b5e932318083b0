"""A check in counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tieout.core.finding import Check, Finding, Verdict

UNJUDGED = (Verdict.UNVERIFIABLE, Verdict.OPINION)


@dataclass(frozen=True, slots=True)
class Summary:
    """Numbers in the text, claims read, claims judged, numbers judged, claims by verdict.

    A claim is judged when its verdict is neither unverifiable nor opinion. `covered` counts each
    number once, however many claims stand on it; a direction word is a claim without a number.
    """

    numbers: int
    claims: int
    checked: int
    covered: int
    verdicts: Mapping[Verdict, int]

    @property
    def coverage(self) -> Fraction:
        """Judged numbers over all numbers, from 0 to 1; 1 for a text without numbers."""
        return Fraction(self.covered, self.numbers) if self.numbers else Fraction(1)

    def covers(self, share: float) -> bool:
        """Whether at least `share` of the numbers is judged; 0.8 means four fifths, not its nearest float."""
        return self.coverage >= Fraction(str(share))


def counted(number: int, what: str) -> str:
    """So many of them, in words: "1 claim", "2 claims"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def summarise(check: Check) -> Summary:
    """The counts of a check."""
    verdicts = {verdict: sum(f.verdict is verdict for f in check.findings) for verdict in Verdict}
    spans = {f.claim.number for f in check.findings if f.claim.said is not None and _judged(f)}
    return Summary(check.numbers, len(check.findings), check.judged, min(len(spans), check.numbers), verdicts)


def corrections(check: Check) -> tuple[tuple[Finding, int], ...]:
    """The accusing findings that carry a correction, each with how often the article repeats it.

    The most repeated come first, then the order of the article.
    """
    first: dict[tuple[str, str], Finding] = {}
    times: dict[tuple[str, str], int] = {}
    for finding in check.wrong:
        if finding.correction is None:
            continue
        number = check.article.text[finding.claim.number.start : finding.claim.number.end]
        key = (number.casefold(), finding.correction)
        first.setdefault(key, finding)
        times[key] = times.get(key, 0) + 1
    ranked = sorted(first, key=lambda key: (-times[key], first[key].claim.number))
    return tuple((first[key], times[key]) for key in ranked)


def _judged(finding: Finding) -> bool:
    return finding.verdict not in UNJUDGED
