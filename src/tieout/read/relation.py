"""How a number relates to its subject: a level, a change, a share, the base of a change."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tieout.core.claim import Change, Relation
from tieout.read.bases import is_base, last_words, than_another
from tieout.read.scan import Scan
from tieout.read.signs import growth_label, headed_sign, left_sign, right_sign
from tieout.read.wordlist import words

PAST_VERBS = words("past_verbs")
"""Verbs that report what has happened."""

ADDING = frozenset(["added", "adding", "adds", "add", "putting"])
"""Verbs of a rise in points: "added 2 points to its gross margin"."""

_OF = re.compile(r"\s*of\s+(?!about\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """The relation, its direction, and whether the number is the base of a change.

    `relation` is None where the words leave it open.
    """

    relation: Relation | None
    change: Change | None = None
    negative: bool = False
    positive: bool = False
    is_base: bool = False
    share: bool = False

    @property
    def changes(self) -> bool:
        """Whether the number is a change, or a multiple told as one."""
        return self.relation is Relation.CHANGE or self.change is not None


NOTHING = Told(None)
LEVEL = Told(Relation.LEVEL)
FORMER = Told(Relation.LEVEL, is_base=True)
SHARE = Told(Relation.SHARE, share=True)


def told(scan: Scan, index: int, ratio_ahead: bool) -> Told:
    """What the words around number `index` make of it.

    `ratio_ahead`: whether a metric that is itself a ratio stands before or behind the number.
    """
    amount = scan.numbers[index]
    base = is_base(scan, index)
    left, right = 0 if base else left_sign(scan, index), right_sign(scan, index)
    if right and than_another(scan, scan.after(index)):
        return NOTHING
    if amount.kind == "percent" and not (base or left or right or ratio_ahead):
        left = headed_sign(scan, index)
    sign = left or right
    if amount.kind == "points" and not sign and ADDING.intersection(last_words(scan, index)[-2:]):
        sign = 1
    kind: Change = "points" if amount.kind == "points" else "amount" if amount.kind == "money" else "relative"
    change = Told(Relation.CHANGE, kind, negative=sign < 0 and amount.sign >= 0, positive=sign > 0)
    moved = amount.kind == "money" and not base and _is_change(scan, index, left, right)
    if amount.kind == "points" or moved:
        return change
    if base:
        return FORMER
    if amount.kind == "percent":
        return _percentage(scan, index, ratio_ahead, change, (left, right))
    if amount.kind in ("word", "multiple") and amount.as_verb:
        return Told(Relation.CHANGE, "relative", positive=True)
    if amount.kind == "word":
        return SHARE if _OF.match(scan.text, amount.span.end) else NOTHING
    if amount.kind == "multiple" and right > 0:
        return Told(Relation.MULTIPLE, "relative", positive=True)
    return Told(Relation.COUNT) if amount.kind == "count" else LEVEL


def _percentage(scan: Scan, index: int, ratio_ahead: bool, change: Told, signs: tuple[int, int]) -> Told:
    """A percentage as a change, the share of a whole, or the level of a ratio."""
    amount = scan.numbers[index]
    if ratio_ahead and not signs[0] and last_words(scan, index)[-1:] in (["to"], ["at"]):
        return LEVEL
    if any(signs) or growth_label(scan, index) or (amount.sign > 0 and not ratio_ahead):
        return change
    if _OF.match(scan.text, amount.span.end):
        return SHARE
    if ratio_ahead:
        return LEVEL
    return Told(Relation.CHANGE, "relative") if amount.sign < 0 else NOTHING


def _is_change(scan: Scan, index: int, left: int, right: int) -> bool:
    """Whether a sum of money is itself the change: "rose by $5 billion", "a $455 billion surge in"."""
    if right:
        return True
    return bool(left) and last_words(scan, index)[-1:] not in ([], ["to"], ["at"])
