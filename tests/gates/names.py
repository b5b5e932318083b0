"""Companies belong in packs: their names may not stand in code."""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize

SPEAKING = {tokenize.NAME, tokenize.STRING, tokenize.COMMENT}
if sys.version_info >= (3, 12):  # f-strings are taken apart there
    SPEAKING.add(tokenize.FSTRING_MIDDLE)

WORDS_OF_CODE = frozenset({"meta"})
"""Names that in small letters are something else in code: an element of HTML."""


def names_of(companies):
    """Tickers as written, and names as written and in small letters, where those are no words of code."""
    tickers = {company.ticker for company in companies}
    names = {name for company in companies for name in (company.name, *company.names)} - tickers
    return tickers | names | ({name.lower() for name in names} - WORDS_OF_CODE)


def violations(package, names):
    """A line for each name in identifiers, strings and comments; docstrings may give examples."""
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"(?<![A-Za-z0-9])(?:{words})(?![A-Za-z0-9])")
    found = []
    for path in sorted(package.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        quoted = docstring_lines(ast.parse(text))
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.start[0] in quoted and token.type == tokenize.STRING:
                continue
            if token.type in SPEAKING and (hit := pattern.search(token.string)):
                found.append(f"{path.relative_to(package)}:{token.start[0]}: {hit[0]}")
    return found


def docstring_lines(tree):
    """The lines on which docstrings begin, those of attributes among them."""
    return {
        node.value.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }
