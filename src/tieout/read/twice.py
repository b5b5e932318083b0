"""The same number told of two times: neither can mean what the other says.

"Net margin of 5.7%, against 5.7% a year ago": whichever of the two is of which time, the sentence says 5.7%
of both. So the time of the one is no way out for the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tieout.core.article import Span
from tieout.core.claim import Claim, Relation
from tieout.read.draft import Draft

Told = tuple[Draft, Claim]
"""A draft, and the claim it became."""


def told_twice(drafts: Sequence[Draft], claims: Sequence[Claim]) -> list[Claim]:
    """The claims of a sentence, each with the number that tells the same of another time, if one does.

    Only of one sentence: the next one may well go back to a number ("after $30 billion, revenue was ...").
    """
    line = [each for each in zip(drafts, claims, strict=True) if _is_level(*each)]
    twins = {told[1].number: _twin(told, line) for told in line if not told[0].pointed}
    return [replace(c, twin=twins[c.number]) if twins.get(c.number) else c for c in claims]


def _is_level(draft: Draft, claim: Claim) -> bool:
    return draft.relation is Relation.LEVEL and claim.said is not None and bool(claim.readings)


def _twin(told: Told, line: Sequence[Told]) -> Span | None:
    """Another number of the sentence that tells the same amount of the same measure, of another time."""
    return next((other[1].number for other in line if _says_the_same(told, other)), None)


def _says_the_same(told: Told, other: Told) -> bool:
    (draft, claim), (there, twin) = told, other
    if claim.said is None or twin.said is None or not twin.said.interval.within(claim.said.interval):
        return False
    one, two = claim.readings[0].subjects[0], twin.readings[0].subjects[0]
    if one.period == two.period or replace(one, period=two.period) != two:
        return False
    return draft.earlier != there.earlier or (_has_time(draft) and _has_time(there))


def _has_time(draft: Draft) -> bool:
    """Whether a time stands with the number itself."""
    return draft.period is not None and not draft.period_shared
