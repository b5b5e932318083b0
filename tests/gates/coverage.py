"""What the docs must have a heading for."""

from __future__ import annotations

import re
from importlib import import_module
from typing import get_args

from tieout.catalogue import Kind
from tieout.cli.group import COMMANDS
from tieout.core.finding import Verdict


def terms():
    """Every command, verdict, metric kind and rule code."""
    rules = getattr(import_module("tieout.verify"), "RULES", {})
    return [
        *(f"tieout {name}" for name in COMMANDS),
        *(verdict.value for verdict in Verdict),
        *get_args(Kind),
        *rules,
    ]


def headings(files):
    """All headings of Markdown files, without their marks."""
    return [
        line.lstrip("#").replace("`", "").strip()
        for path in files
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"#{1,6} ", line)
    ]


def undocumented(wanted, files):
    """The terms that no heading holds as a word of its own."""
    found = headings(files)
    return [
        term
        for term in wanted
        if not any(re.search(rf"(?<![\w.]){re.escape(term)}(?![\w.])", heading) for heading in found)
    ]
