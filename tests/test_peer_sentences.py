"""Sentences about single companies in the words of newsrooms: `tests/peers/TICKER.jsonl`.

A line is `supported`, `right` (true, not all of it held or settled) or `wrong`, with the code that finds it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from tieout.desk import Desk

FILES = sorted((Path(__file__).parent / "peers").glob("*.jsonl"))
LINES = [(file.stem, line) for file in FILES for line in file.read_text("utf-8").splitlines()]
GOOD = frozenset({"supported", "unverifiable", "opinion"})


@cache
def desk() -> Desk:
    return Desk.open()


@pytest.mark.parametrize(
    ("ticker", "line"), LINES, ids=lambda text: json.loads(text)["text"][:60] if text[0] == "{" else text
)
def test_a_sentence_of_a_newsroom(ticker: str, line: str):
    """The company is found by name; what is true is never accused, what is wrong is, and for its reason."""
    told = json.loads(line)
    findings = desk().check(told["text"], published=told["published"]).findings
    assert findings
    assert {f.claim.readings[0].subjects[0].entity for f in findings if f.claim.readings} <= {ticker}
    codes = [finding.code for finding in findings if finding.verdict not in GOOD]
    if told["is"] == "wrong":
        assert told["code"] in codes
    else:
        assert codes == []
        assert told["is"] == "right" or {finding.verdict for finding in findings} == {"supported"}


def test_every_kind_of_sentence_stands_in_every_file():
    for file in FILES:
        kinds = [json.loads(line)["is"] for line in file.read_text("utf-8").splitlines()]
        assert kinds.count("supported") >= 5, file.name
        assert kinds.count("wrong") >= 3, file.name
        assert set(kinds) <= {"supported", "right", "wrong"}, file.name
