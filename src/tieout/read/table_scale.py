"""What a table's figures are counted in, where it says so: "in millions"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from tieout.core.article import Article
from tieout.read.amounts import Amount

_SCALE = re.compile(
    r"\bin\s+(?:US\$\s*|\$\s*)?(thousands|millions|billions)\b|\(\s*\$?\s*(?:in\s+)?(?:US\$\s*)?(mn|bn|m|b|millions|billions)\s*\)",
    re.IGNORECASE,
)
_FACTORS = {"t": 3, "m": 6, "b": 9}

CAPTIONS = 3
CAPTION_LENGTH = 120
"""How many lines above a table, and how long ones, may be titles of it; a longer one is a paragraph."""


def power_of(article: Article, first: int, end: int) -> int:
    """The power of ten that the table from block `first` to `end`, or a line above it, gives; 0 for none."""
    told = _SCALE.search(article.text, article.blocks[_captions(article, first)].span.start, end)
    return _FACTORS[(told.group(1) or told.group(2)).lower()[0]] if told else 0


def _captions(article: Article, first: int) -> int:
    """Where the lines above a table begin that may tell its scale: its title's and the one before those."""
    at = first
    while at and first - at < CAPTIONS and article.blocks[at - 1].kind != "table_row":
        at -= 1
        if article.blocks[at].span.end - article.blocks[at].span.start > CAPTION_LENGTH:
            break
    return at


def scaled(amount: Amount, power: int) -> Amount:
    """The amount in full units where the table says "in millions"; per-share and scaled ones stay."""
    if (
        not power
        or amount.scaled
        or amount.kind not in ("money", "count")
        or (amount.kind == "money" and "." in amount.text and amount.low < 100)
    ):
        return amount
    factor = Decimal(10) ** power
    return replace(
        amount,
        kind="money",
        unit=amount.unit or "USD",
        low=amount.low * factor,
        high=None if amount.high is None else amount.high * factor,
        interval=amount.interval.scaled(factor),
        step=amount.step * factor,
        scaled=True,
    )
