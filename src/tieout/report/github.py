"""Checks as workflow commands, which GitHub shows as annotations beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from tieout.core.finding import Check, Finding
from tieout.report.place import Place
from tieout.report.plain import plain
from tieout.report.sarif import NOWHERE, level, told
from tieout.report.summary import counted, summarise
from tieout.report.terminal import word
from tieout.report.vocabulary import Vocabulary


def dumps(place: Place, check: Check, words: Vocabulary) -> str:
    """A command a line: one for every wrong claim, then a notice with the counts."""
    del words
    return "".join(f"{line}\n" for line in (*_wrong(place, check), _counts(place, check)))


def command(name: str, message: str, **properties: object) -> str:
    """A workflow command, escaped as the runner unescapes it."""
    given = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name}{' ' if given else ''}{given}::{_data(message)}"


def _wrong(place: Place, check: Check) -> Iterator[str]:
    for finding in check.wrong:
        message = told(finding, check)
        region = place.find(check.article, finding.claim.span, finding.claim.sentence)
        if region is None:
            where: dict[str, object] = {"line": 1}
            message = f"{message} {NOWHERE}"
        else:
            where = {"line": region.line, "endLine": region.end_line}
            if region.line == region.end_line:  # the runner takes columns of a single line only
                where |= {"col": region.column, "endColumn": region.end_column}
        yield command(level(finding), message, file=unquote(place.uri), **where, title=_title(finding))


def _title(finding: Finding) -> str:
    return f"{word(finding.verdict)} ({finding.code})"


def _counts(place: Place, check: Check) -> str:
    counts = summarise(check)
    wrong = f"{counted(len(check.wrong), 'claim')} wrong"
    told = f"{counts.covered} of {counts.numbers} numbers checked, {wrong}"
    return command("notice", f"{told}; ledger {check.ledger}", file=unquote(place.uri), title="tieout")


def _data(text: str) -> str:
    return plain(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
