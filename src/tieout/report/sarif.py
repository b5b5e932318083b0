"""Checks as SARIF 2.1.0: what is wrong, where in the file, with the proof; for code scanning and editors."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import cast

from tieout import __version__
from tieout.core.finding import Check, Finding, Verdict
from tieout.report.json import Json, document
from tieout.report.place import Place, Region
from tieout.report.plain import plain
from tieout.report.vocabulary import Vocabulary

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
NOWHERE = "The quote could not be found in the file for sure, so this points at its first line."
FINGERPRINT = "tieoutClaim/v1"

_SPACE = re.compile(r"\s+")
_KEPT = ("verdict", "known", "true_of", "correction", "notes")


def dumps(checks: Iterable[tuple[Place, Check]], words: Vocabulary) -> str:
    """One SARIF log with one run over all the checks, in ASCII; ends in a newline."""
    return json.dumps(log(checks, words), indent=2) + "\n"


def log(checks: Iterable[tuple[Place, Check]], words: Vocabulary) -> Json:
    """The log as a JSON object: a rule for every code, a result for every claim that is wrong."""
    held = list(checks)
    codes = dict.fromkeys((*words.codes, *(f.code for _, check in held for f in check.wrong)))
    index = {code: number for number, code in enumerate(codes)}
    run: Json = {
        "tool": {
            "driver": {
                "name": "tieout",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(code, words) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": list(_notes(held))}],
        "results": [result for place, check in held for result in _results(place, check, words, index)],
        "properties": {"ledger": sorted({check.ledger for _, check in held})},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def level(finding: Finding) -> str:
    """How loud a wrong claim is: a warning where it was true until superseded, an error otherwise."""
    return "warning" if finding.verdict is Verdict.STALE else "error"


def told(finding: Finding, check: Check) -> str:
    """The quote and what is wrong with it, in one line."""
    span = finding.claim.span
    notes = "".join(f" Note: {note}" for note in finding.notes)
    return plain(_SPACE.sub(" ", f"“{check.article.text[span.start : span.end]}”: {finding.message}{notes}"))


def _rule(code: str, words: Vocabulary) -> Json:
    means = words.codes.get(code, code)
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in re.split(r"[._]", code)),
        "shortDescription": {"text": means},
        "help": {"text": f"{means} Its page: docs/reference/rules.md, under {code}."},
        "defaultConfiguration": {"level": "warning" if code == "guidance.superseded" else "error"},
    }


def _notes(held: Sequence[tuple[Place, Check]]) -> Iterable[Json]:
    for place, check in held:
        for note in check.notes:
            yield {
                "level": "warning",
                "message": {"text": plain(note)},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": place.uri}}}],
            }


def _results(place: Place, check: Check, words: Vocabulary, index: dict[str, int]) -> Iterable[Json]:
    claims = cast("list[Json]", document(check, words)["claims"])
    seen: Counter[str] = Counter()
    for finding, claim in zip(check.findings, claims, strict=True):
        if not finding.verdict.accuses:
            continue
        region = place.find(check.article, finding.claim.span, finding.claim.sentence)
        message = told(finding, check)
        key = _key(finding, check, place)
        seen[key] += 1
        yield {
            "ruleId": finding.code,
            "ruleIndex": index[finding.code],
            "level": level(finding),
            "message": {"text": message if region else f"{message} {NOWHERE}"},
            "locations": [_location(place, region)],
            "partialFingerprints": {FINGERPRINT: _digest(f"{key}\n{seen[key]}")},
            "properties": {name: claim[name] for name in _KEPT}
            | {"quote": claim["quote"], "located": region is not None},
        }


def _location(place: Place, region: Region | None) -> Json:
    where: Json = {"startLine": 1}
    if region is not None:
        where = {
            "startLine": region.line,
            "startColumn": region.column,
            "endLine": region.end_line,
            "endColumn": region.end_column,
            "charOffset": region.start,
            "charLength": region.end - region.start,
            "snippet": {"text": place.source[region.start : region.end]},
        }
    return {"physicalLocation": {"artifactLocation": {"uri": place.uri}, "region": where}}


def _key(finding: Finding, check: Check, place: Place) -> str:
    """What makes a wrong claim the same in the next run, wherever it has moved: file, code and words."""
    span = finding.claim.span
    words = _SPACE.sub(" ", check.article.text[span.start : span.end]).casefold()
    return f"{place.uri}\n{finding.code}\n{words}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]
