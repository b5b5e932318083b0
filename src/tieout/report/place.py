"""Where a quote stands in the file an article was read from, whose mark-up the article's text has lost."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tieout.core.article import Article, Span

_BETWEEN = r"(?:[\s*_`~|\[\]\\]|\]\([^()\n]{0,500}\)|&nbsp;|&#160;|&ensp;|&thinsp;|<[^<>]{0,500}>){0,200}"
"""What may stand between two words of the text in its source: white space, emphasis, links, tags.

Bounded, or a file of nothing but stars would be searched for hours.
"""
_ENTITIES = {"&": r"(?:&amp;|&)", "<": r"(?:&lt;|<)", ">": r"(?:&gt;|>)", '"': r'(?:&quot;|")'}
_LINE = re.compile(r"\r\n|\n")
_PIECE = re.compile(r"[\w.,]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a file: code points from 0, `end` excluded; lines and columns from 1."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Place:
    """A file by its address relative to the working folder, and its own text."""

    uri: str
    source: str

    @staticmethod
    def of(name: str, data: bytes) -> Place:
        """The place of a file with these bytes; what is no UTF-8 keeps its position but not its letter."""
        return Place(uri(name), data.decode("utf-8-sig", "replace"))

    def region(self, span: Span) -> Region:
        """Lines and columns of a stretch of the source."""
        starts = [0, *(found.end() for found in _LINE.finditer(self.source))]

        def at(offset: int) -> tuple[int, int]:
            line = bisect_right(starts, offset)
            return line, offset - starts[line - 1] + 1

        return Region(span.start, span.end, *at(span.start), *at(span.end))

    def find(self, article: Article, span: Span, sentence: Span) -> Region | None:
        """Where the stretch of the article's text stands in the source; None where that is not sure.

        A quote that occurs as often in the source as in the text is told by its number; one that occurs
        more often, in mark-up say, is looked for in its sentence.
        """
        words = article.text[span.start : span.end]
        found = self._nth(words, article.text, span)
        if found is None and sentence.encloses(span):
            around = self._nth(article.text[sentence.start : sentence.end], article.text, sentence)
            inside = [] if around is None else list(_spans(words, self.source, around))
            within = list(_spans(words, article.text, sentence))
            if len(inside) == len(within) and span in within:
                found = inside[within.index(span)]
        return None if found is None else self.region(found)

    def _nth(self, words: str, text: str, span: Span) -> Span | None:
        if not _PIECE.search(words):
            return None
        in_text = list(_spans(words, text, Span(0, len(text))))
        in_source = list(_spans(words, self.source, Span(0, len(self.source))))
        if len(in_text) != len(in_source):
            return None
        return next((there for here, there in zip(in_text, in_source, strict=True) if here == span), None)


def uri(name: str) -> str:
    """The address of a file: relative where it lies under the working folder, with forward slashes."""
    if name in ("", "-"):
        return "stdin"
    path = Path(name).absolute()
    here = Path.cwd()
    if not path.is_relative_to(here):
        return path.as_uri()
    return quote(path.relative_to(here).as_posix(), errors="surrogateescape")


def _spans(words: str, text: str, within: Span) -> Iterator[Span]:
    pieces = (_literal(piece) for piece in _PIECE.findall(words))
    pattern = re.compile(_BETWEEN.join(pieces))
    for found in pattern.finditer(text, within.start, within.end):
        yield Span(found.start(), found.end())


def _literal(piece: str) -> str:
    return "".join(_ENTITIES.get(letter) or re.escape(letter) for letter in piece)
