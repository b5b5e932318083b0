"""Checks as JSON Lines: the object of `tieout.check/1` in one line, the file's name before all else."""

from __future__ import annotations

import json

from tieout.core.finding import Check
from tieout.report.json import document
from tieout.report.place import Place
from tieout.report.vocabulary import Vocabulary


def dumps(place: Place, check: Check, words: Vocabulary) -> str:
    """The check in one line of ASCII; ends in a newline."""
    return json.dumps({"file": place.uri} | document(check, words)) + "\n"
