"""Outcomes as counts, in lines and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tieout.bench.filings.compare import Compared, Outcome
from tieout.bench.filings.sources import Passed

Test = Callable[[Outcome], bool]
Row = tuple[str, str, Test, Test]
"""Key, words, which numbers are asked, and which of them agree."""


def _all(_: Outcome) -> bool:
    return True


def _dated(outcome: Outcome) -> bool:
    return outcome.gold.prose and outcome.mentioned is not None


def _read(outcome: Outcome) -> bool:
    return outcome.period is not None


def _held(outcome: Outcome) -> bool:
    return bool(outcome.known)


ROWS: tuple[Row, ...] = (
    ("found", "found as a number", _all, lambda o: o.found),
    ("value", "value and scale", _all, lambda o: o.value),
    ("unit", "unit", _all, lambda o: o.unit),
    ("period_mentioned", "period, among those its sentence names", _dated, lambda o: bool(o.mentioned)),
    (
        "period_day_mentioned",
        "the same, a share of a balance by its day",
        _dated,
        lambda o: bool(o.mentioned_day),
    ),
    (
        "last_day_mentioned",
        "last day, among those its sentence names",
        _dated,
        lambda o: bool(o.mentioned_end),
    ),
    ("metric", "what it measures is read at all", _all, _read),
    ("period", "period, preferred, where that is read", _read, lambda o: bool(o.period)),
    ("period_any", "period of any reading, where it is read", _read, lambda o: bool(o.period_open)),
    ("period_last_day", "its last day, preferred, where it is read", _read, lambda o: bool(o.period_end)),
    ("dimension", "dimension, where it is read", _read, lambda o: bool(o.dimension)),
    ("concept", "concept by words alone, of those held", _held, lambda o: o.concept),
    ("concept_facts", "concept with the facts at hand, of those held", _held, lambda o: o.concept_settled),
    (
        "concept_other",
        "another concept read, of those held",
        _held,
        lambda o: bool(o.metric) and not o.concept,
    ),
    ("concept_outside", "a concept read where none is held", lambda o: not o.known, lambda o: bool(o.metric)),
    ("period_concept", "period, where the concept is right", lambda o: o.concept, lambda o: bool(o.period)),
    ("accused", "true and called wrong", _all, lambda o: bool(o.accused)),
)
GROUPS: tuple[tuple[str, str, Test], ...] = (
    ("prose_scaled", "scale written", lambda o: o.gold.prose and o.gold.scaled),
    ("prose", "prose", lambda o: o.gold.prose),
    ("tables", "tables", lambda o: not o.gold.prose),
)


def document(compared: Sequence[Compared], passed: Sequence[Passed], misses: int) -> dict[str, object]:
    """The counts as JSON: by group, then by measure, [agreeing, asked]; the misses on request."""
    outcomes = [outcome for each in compared for outcome in each.outcomes]
    return {
        "filings": [_filing(each) for each in compared],
        "passed_over": [{"name": each.name, "why": each.why} for each in passed],
        "groups": {
            key: {"n": len(group), **{row: list(counts) for row, counts in _counts(group)}}
            for key, _, chosen in GROUPS
            for group in [[o for o in outcomes if chosen(o)]]
        },
        "misses": {row: [_miss(o) for o in found] for row, found in _misses(outcomes, misses)}
        if misses
        else {},
    }


def lines(compared: Sequence[Compared], passed: Sequence[Passed], misses: int) -> Iterator[str]:
    """The counts as a table, a line for each filing above it, the misses below it."""
    for each in compared:
        prose = sum(outcome.gold.prose for outcome in each.outcomes)
        yield (
            f"{each.name}: {each.company}, published {each.published or 'on an unknown day'}; "
            f"{len(each.outcomes)} tagged numbers, {prose} in prose, {each.unwritten} tags without a number; "
            f"{each.accused} of all {each.numbers} numbers called wrong"
        )
    yield from (f"{each.name}: passed over, {each.why}" for each in passed)
    outcomes = [outcome for each in compared for outcome in each.outcomes]
    groups = [[o for o in outcomes if chosen(o)] for _, _, chosen in GROUPS]
    yield ""
    yield f"{'':46}" + "".join(f"{words:>20}" for _, words, _ in GROUPS)
    yield f"{'tagged numbers':46}" + "".join(f"{len(group):>20}" for group in groups)
    counted = [dict(_counts(group)) for group in groups]
    for key, words, _, _ in ROWS:
        yield f"{words:46}" + "".join(f"{_share(*counts[key]):>20}" for counts in counted)
    if misses:
        for key, found in _misses(outcomes, misses):
            yield f"\n{key}"
            yield from (f"  {' | '.join(_miss(outcome).values())}" for outcome in found)


def _counts(group: Sequence[Outcome]) -> Iterator[tuple[str, tuple[int, int]]]:
    for key, _, asked, agrees in ROWS:
        asks = [outcome for outcome in group if asked(outcome)]
        yield key, (sum(agrees(outcome) for outcome in asks), len(asks))


def _share(agree: int, asked: int) -> str:
    return f"{agree}/{asked} {100 * agree / asked:5.1f} %" if asked else "-"


WORSE = ("concept_other", "concept_outside", "accused")
"""Rows whose misses are the numbers that are in them, not those that are not."""


def _misses(outcomes: Sequence[Outcome], most: int) -> Iterator[tuple[str, list[Outcome]]]:
    """For each row the first numbers that fail it, prose before tables."""
    ordered = sorted(outcomes, key=lambda outcome: not outcome.gold.prose)
    for key, _, asked, agrees in ROWS:
        found = [o for o in ordered if asked(o) and agrees(o) is (key in WORSE)]
        if found:
            yield key, found[:most]


def _miss(outcome: Outcome) -> dict[str, str]:
    told = outcome.gold.told[0]
    members = " ".join(member for _, member in told.dimensions)
    return {
        "text": outcome.text,
        "tagged": " ".join(
            part for part in (told.concept, members, f"[{told.period}]", str(told.value)) if part
        ),
        "read": outcome.accused or outcome.read or "nothing",
        "sentence": " ".join(outcome.sentence.split()),
    }


def _filing(each: Compared) -> dict[str, object]:
    return {
        "name": each.name,
        "company": each.company,
        "published": each.published,
        "tagged": len(each.outcomes),
        "without_number": each.unwritten,
        "numbers": each.numbers,
        "called_wrong": each.accused,
    }
