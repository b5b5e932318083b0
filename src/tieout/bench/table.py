"""The scores in plain lines, and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from tieout.bench.score import Pair, Scored, Tally
from tieout.core.finding import Finding, Verdict

Json = dict[str, object]
HEADS = ("n", "matched", "judged", "flagged", "exact", "accused")


def document(scored: Sequence[Scored], *, details: bool = False) -> Json:
    """All that is printed, as a JSON object."""
    pairs = [pair for each in scored for pair in each.pairs]
    checked = [pair for each in scored if not each.unchecked for pair in each.pairs]
    found: Json = {
        "articles": [_article(each) for each in scored],
        "all": _tally(pairs),
        "verdicts": {
            verdict.value: _tally(rows)
            for verdict in Verdict
            if (rows := [p for p in pairs if p.label.verdict is verdict])
        },
        "wrong": _tally([p for p in pairs if p.label.wrong]),
        "kinds": {
            kind: _tally([p for p in pairs if p.label.wrong and p.label.error_type == kind])
            for kind in sorted({p.label.error_type for p in pairs if p.label.wrong})
        },
        "right_period": _right_period(pairs),
        "coverage": _coverage(pairs),
        "coverage_of_checked_articles": _coverage(checked),
        "supported_called_wrong": [_pair(p) for p in pairs if p.accused_falsely],
        "wrong_called_supported": [_pair(p) for p in pairs if p.let_pass],
        "accused_without_label": [_stray(each, f) for each in scored for f in each.stray],
    }
    if details:
        wrong = [p for p in pairs if p.label.wrong]
        found["wrong_not_flagged"] = [_pair(p) for p in wrong if not p.flagged and not p.let_pass]
        found["wrong_flagged_otherwise"] = [_pair(p) for p in wrong if p.flagged and not p.exact]
        found["other_period_named"] = [
            _pair(p) for p in _of_another_period(pairs) if p.flagged and not p.period_named
        ]
        found["no_verdict"] = [
            _pair(p) for p in checked if p.label.settles and not p.label.wrong and not p.judged
        ]
        found["unverifiable_judged"] = [
            _pair(p) for p in pairs if p.label.verdict is Verdict.UNVERIFIABLE and p.judged and not p.exact
        ]
    return found


def lines(scored: Sequence[Scored], *, details: bool = False) -> Iterator[str]:
    """The same for a terminal or a log."""
    found = document(scored, details=details)
    pairs = [pair for each in scored for pair in each.pairs]
    unchecked = [each for each in scored if each.unchecked]
    yield f"{len(scored)} articles, {len(pairs)} labels; {len(unchecked)} articles not checked"
    yield ""
    yield from _rows(
        "label's verdict",
        [
            *((verdict.value, [p for p in pairs if p.label.verdict is verdict]) for verdict in Verdict),
            ("all wrong", [p for p in pairs if p.label.wrong]),
            ("all", pairs),
        ],
    )
    yield ""
    kinds = sorted({p.label.error_type for p in pairs if p.label.wrong})
    yield from _rows(
        "kind of error",
        [
            (kind or "(none given)", [p for p in pairs if p.label.wrong and p.label.error_type == kind])
            for kind in kinds
        ],
    )
    yield ""
    periods = _right_period(pairs)
    yield (
        f"right period named: {periods['first']} of {periods['n']} "
        f"(among all explanations: {periods['among']})"
    )
    yield _told("coverage", _coverage(pairs))
    if unchecked:
        checked = [pair for each in scored if not each.unchecked for pair in each.pairs]
        yield _told("coverage of checked articles", _coverage(checked))
    for key, value in found.items():
        if isinstance(value, list) and key != "articles":
            yield from _listed(key.replace("_", " "), list(value))  # pyright: ignore[reportUnknownArgumentType]  # of anything
    yield ""
    for each in scored:
        yield from _about(each)


def _rows(head: str, rows: Sequence[tuple[str, Sequence[Pair]]]) -> Iterator[str]:
    yield f"{head:24}" + "".join(f"{name:>9}" for name in HEADS)
    for name, pairs in rows:
        if pairs:
            tally = Tally.of(pairs)
            counts = (tally.n, tally.matched, tally.judged, tally.flagged, tally.exact, tally.accused)
            yield f"{name:24}" + "".join(f"{count:>9}" for count in counts)


def _told(name: str, share: Json) -> str:
    n, got = share["n"], share["judged"]
    return f"{name}: {got} of {n} numeric labels have a verdict" + (
        f" ({100 * int(str(got)) / int(str(n)):.0f} %)" if n else ""
    )


def _listed(head: str, rows: Sequence[Json]) -> Iterator[str]:
    yield ""
    yield f"{head}: {len(rows)}"
    for row in rows:
        yield f"  {row['article']}: “{row['quote']}”"
        if "label" in row:
            yield f"      label {row['label']}: {row['about']}"
        yield f"      found {row['verdict']} {row['code']}: {row['message']}"


def _about(each: Scored) -> Iterator[str]:
    if each.unchecked:
        yield f"{each.name}: not checked, {len(each.pairs)} labels: {each.unchecked}"
        return
    tally = Tally.of(each.pairs)
    yield (
        f"{each.name}: {', '.join(each.companies)}, {each.published or 'no date'}; "
        f"{tally.n} labels, {tally.matched} matched, {tally.judged} judged, {tally.exact} exact, "
        f"{tally.accused} accused falsely"
    )
    for why, count in each.abstained.most_common():
        yield f"  {count:4} abstained: {why}"


def _article(each: Scored) -> Json:
    return {
        "name": each.name,
        "companies": list(each.companies),
        "published": each.published or None,
        "not_checked": each.unchecked or None,
        **_tally(each.pairs),
        "abstained": dict(each.abstained.most_common()),
    }


def _tally(pairs: Sequence[Pair]) -> Json:
    tally = Tally.of(pairs)
    return {
        "n": tally.n,
        "matched": tally.matched,
        "judged": tally.judged,
        "flagged": tally.flagged,
        "exact": tally.exact,
        "accused_when_supported": tally.accused,
    }


def _right_period(pairs: Sequence[Pair]) -> Json:
    asked = _of_another_period(pairs)
    return {
        "n": len(asked),
        "first": sum(p.period_named for p in asked),
        "among": sum(p.period_among for p in asked),
    }


def _of_another_period(pairs: Sequence[Pair]) -> list[Pair]:
    return [p for p in pairs if p.label.verdict is Verdict.WRONG_PERIOD and p.label.true_period]


def _coverage(pairs: Sequence[Pair]) -> Json:
    asked = [p for p in pairs if p.label.settles]
    return {"n": len(asked), "judged": sum(p.judged for p in asked)}


def _pair(pair: Pair) -> Json:
    label, finding = pair.label, pair.finding
    about = " ".join(
        part
        for part in (
            label.metric,
            label.period,
            f"= {label.true_value}" if label.true_value is not None else "",
            f"true of {label.true_period}" if label.true_period else "",
            label.error_type,
            label.note,
        )
        if part
    )
    verdicts = "/".join(verdict.value for verdict in label.verdicts)
    return {
        "article": pair.article,
        "quote": label.quote,
        "label": verdicts,
        "about": about,
        **_finding(finding),
    }


def _stray(each: Scored, finding: Finding) -> Json:
    span = finding.claim.span
    return {"article": each.name, "quote": each.text[span.start : span.end], **_finding(finding)}


def _finding(finding: Finding | None) -> Json:
    if finding is None:
        return {"verdict": "nothing", "code": "", "message": "no claim was read there"}
    named = chain.from_iterable(
        sorted(f"{e.measure.metric} {e.measure.period}" for e in [each]) for each in finding.explanations[:3]
    )
    return {
        "verdict": finding.verdict.value,
        "code": finding.code,
        "message": finding.message,
        "explanations": list(named),
    }
