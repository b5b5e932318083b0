"""Which companies an article is about, by their names in it."""

from __future__ import annotations

import re
from collections import Counter

from tieout.catalogue import Catalogue
from tieout.core.article import Article

_TICKER = re.compile(r"(?:NYSE|NASDAQ|Nasdaq|NasdaqGS|AMEX)\s*:\s*([A-Z]{1,5})\b|\$([A-Z]{2,5})\b")


def companies(article: Article, catalogue: Catalogue) -> tuple[str, ...]:
    """The tickers of the companies with a pack that the article names, the main one first.

    A name in the title counts like ten in the text; exchange tickers ("NYSE: X") like five.
    """
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    text = article.text
    title = article.title or text.split("\n", 1)[0]
    for company in catalogue.companies.values():
        pattern = re.compile(
            r"(?<![\w$])(?:"
            + "|".join(re.escape(n) for n in sorted(company.names, key=len, reverse=True))
            + r")(?!\w)"
        )
        found = [m.start() for m in pattern.finditer(text)]
        if found:
            counts[company.ticker] += len(found)
            first[company.ticker] = found[0]
        if pattern.search(title):
            counts[company.ticker] += 10
    for match in _TICKER.finditer(text):
        ticker = match.group(1) or match.group(2)
        if ticker in catalogue.companies:
            counts[ticker] += 5
            first.setdefault(ticker, match.start())
    for ticker in article.companies:
        if ticker in catalogue.companies:
            counts[ticker] += 100
            first.setdefault(ticker, 0)
    ranked = sorted(counts, key=lambda t: (-counts[t], first.get(t, 0)))
    return tuple(ranked)
