"""Which companies an article is about, by their names in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping
from functools import lru_cache

from tieout.catalogue import Catalogue
from tieout.core.article import Article

_TICKER = re.compile(r"(?:NYSE|NASDAQ|Nasdaq|NasdaqGS|AMEX)\s*:\s*([A-Z]{1,5})\b|\$([A-Z]{2,5})\b")
_CAPITAL = re.compile(r"(?<![\w$])[A-Z0-9]\w*")

Rank = tuple[int, int]
"""How a company stands in an article: the less the more it is about it; then where it is first named."""


def companies(article: Article, catalogue: Catalogue) -> dict[str, Rank]:
    """The companies with a pack that the article names, the main one first.

    A name in the title counts like ten in the text; exchange tickers ("NYSE: X") like five.
    """
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    text, title = article.text, _title(article)
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
    _count_tickers(article, catalogue.companies, counts, first)
    return _ranked(counts, first)


def named(article: Article, names: Mapping[str, str], packs: Container[str]) -> dict[str, Rank]:
    """The companies without a pack that the article names in full or by an exchange's ticker, ranked alike.

    `names` are full ones, with their tickers: thousands of companies are called by a word of every day.
    """
    if not names:
        return {}
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    known = {ticker: name for name, ticker in names.items() if ticker not in packs}
    index = _by_first_word(tuple(names.items()))
    for text, weight in ((article.text, 1), (_title(article), 10)):
        for match in _CAPITAL.finditer(text):
            for name, ticker in index.get(match[0], ()):
                at, end = match.start(), match.start() + len(name)
                if ticker in known and text[at:end] == name and not text[end : end + 1].isalnum():
                    counts[ticker] += weight
                    if weight == 1:
                        first.setdefault(ticker, at)
                    break
    _count_tickers(article, known, counts, first)
    return _ranked(counts, first)


def _title(article: Article) -> str:
    return article.title or article.text.split("\n", 1)[0]


def _count_tickers(
    article: Article, known: Container[str], counts: Counter[str], first: dict[str, int]
) -> None:
    for match in _TICKER.finditer(article.text):
        ticker = match.group(1) or match.group(2)
        if ticker in known:
            counts[ticker] += 5
            first.setdefault(ticker, match.start())
    for ticker in article.companies:
        if ticker in known:
            counts[ticker] += 100
            first.setdefault(ticker, 0)


def _ranked(counts: Counter[str], first: Mapping[str, int]) -> dict[str, Rank]:
    ranks = {ticker: (-count, first.get(ticker, 0)) for ticker, count in counts.items()}
    return dict(sorted(ranks.items(), key=lambda item: item[1]))


@lru_cache(maxsize=2)
def _by_first_word(names: tuple[tuple[str, str], ...]) -> dict[str, list[tuple[str, str]]]:
    """Names by their first word, the longest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, ticker in sorted(names, key=lambda item: -len(item[0])):
        begun = _CAPITAL.match(name)
        if begun:
            found.setdefault(begun[0], []).append((name, ticker))
    return found
