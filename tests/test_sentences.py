"""Plain sentences that are hard to read rightly: the true ones are never accused, the wrong ones are."""

import json
from functools import cache
from pathlib import Path

import pytest

from tieout import Desk

SENTENCES = Path(__file__).with_name("sentences.jsonl").read_text(encoding="utf-8").splitlines()
"""Each of our own, about figures of the bundled ledger; as if published on a day, or undated."""


@cache
def desk():
    return Desk.open()


@pytest.mark.parametrize("line", SENTENCES, ids=lambda line: json.loads(line)["text"][:60])
def test_a_sentence_is_accused_only_if_it_is_wrong(line):
    said = json.loads(line)
    check = desk().check(said["text"], company=said["company"], published=said["published"])
    assert check.findings
    accused = [finding.message for finding in check.wrong]
    assert bool(accused) is not said["true"], accused
