"""A run in plain lines, and as data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tieout.bench.inject.figures import Figures, Row
from tieout.bench.inject.outcome import Measured, Outcome
from tieout.bench.inject.phrasing import phrasings
from tieout.bench.inject.rates import Rate
from tieout.bench.inject.split import cells
from tieout.bench.inject.truth import World
from tieout.desk import Desk

Json = dict[str, object]
WIDTH = 34


def lines(run: Measured, desk: Desk, *, misses: int = 0) -> Iterator[str]:
    """The tables of a run; with `misses` so many examples of each kind of miss, of the look set alone."""
    found = Figures(run)
    yield from _head(run, desk)
    yield ""
    yield from targets(found)
    yield ""
    yield from _errors(found)
    yield ""
    yield from _truths("true, by rewriting", found.truths())
    yield ""
    dated = {"day": "a day", "month": "a month alone", "none": "no date"}
    yield from _truths("true, articles dated by", found.by(lambda one: dated[one.dated], found.true))
    yield ""
    yield from _truths("all, by what is told", found.by(lambda one: one.one.told.ask.relation, run.outcomes))
    yield ""
    yield from _truths("all, by kind of phrasing", found.by(lambda one: one.one.kind, run.outcomes))
    yield ""
    yield from _reasons("wrong and not found, by reason", (one for one in found.wrong if not one.accused))
    yield from _reasons("true without a verdict, by reason", (one for one in found.true if not one.judged))
    yield from _accused(found)
    if misses:
        yield from _missed("wrong and not found", [one for one in found.wrong if not one.accused], misses)
        yield from _missed("true without a verdict", [one for one in found.true if not one.judged], misses)
        otherwise = [one for one in found.wrong if one.accused and not one.exact]
        yield from _missed("found and named otherwise", otherwise, misses)
        badly = [one for one in found.wrong if one.accused and not one.corrected]
        yield from _missed("found and not corrected", badly, misses)


def _head(run: Measured, desk: Desk) -> Iterator[str]:
    words = sum(each.words for each in run.checked)
    seconds = sum(each.seconds for each in run.checked) or 1
    claims = sum(each.claims for each in run.checked)
    done = "" if len(run.checked) == run.asked else f", stopped after {len(run.checked)}"
    yield (
        f"set {run.which}, seed {run.seed}, {run.asked} articles{done}, {words} words, "
        f"{len(run.outcomes)} numbers, {len(phrasings(run.which))} phrasings, ledger {run.ledger}"
    )
    yield (
        f"checked in {seconds:.1f} seconds of processor time: {len(run.checked) / seconds:.1f} articles, "
        f"{claims / seconds:.0f} claims, {words / seconds:.0f} words a second"
    )
    world = World(desk.ledger, desk.catalogue)
    held = cells(world, run.which)
    yield "companies and quarters: " + ", ".join(
        f"{entity} {len(pairs)} of {len(world.quarters(entity))}" for entity, pairs in sorted(held.items())
    )
    failed = [each.failed for each in run.checked if each.failed]
    if failed:
        yield f"articles not checked: {len(failed)}: {failed[0]}"


def targets(found: Figures) -> Iterator[str]:
    """The figures releases are held to, and whether they are kept."""
    yield f"{'held to':{WIDTH + 6}}{'of':>7}  {'rate':28}bound"
    for one in found.targets():
        bound = f"{'>=' if one.least else '<='} {100 * one.bound:.1f} %"
        yield f"{one.name:{WIDTH + 6}}{one.rate.n:>7}  {one.rate!s:28}{bound:10}{'' if one.met else 'missed'}"


def _errors(found: Figures) -> Iterator[str]:
    heads = ("found", "named exactly", "corrected", "called true", "in ledger", "near latest")
    yield f"{'wrong, by injected error':{WIDTH}}{'n':>6}  " + "".join(f"{head:24}" for head in heads)
    for row in found.errors():
        if row.n:
            rates = (row.accused, row.exact, row.corrected, row.supported, row.occurs, row.latest)
            yield f"{row.name:{WIDTH}}{row.n:>6}  " + "".join(f"{each!s:24}" for each in rates).rstrip()


def _truths(head: str, rows: Sequence[Row]) -> Iterator[str]:
    heads = ("accused", "with a verdict", "in ledger", "near latest")
    yield f"{head:{WIDTH}}{'n':>6}  " + "".join(f"{each:24}" for each in heads)
    for row in rows:
        if row.n:
            rates: tuple[Rate, ...] = (row.accused, row.judged, row.occurs, row.latest)
            yield f"{row.name:{WIDTH}}{row.n:>6}  " + "".join(f"{each!s:24}" for each in rates).rstrip()


def _reasons(head: str, outcomes: Iterable[Outcome]) -> Iterator[str]:
    counts: defaultdict[str, int] = defaultdict(int)
    for one in outcomes:
        counts[reason(one)] += 1
    yield f"{head}: {sum(counts.values())}"
    for why, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>6}  {why}"
    yield ""


def reason(one: Outcome) -> str:
    """Why a number got no verdict, without the figures the reason names."""
    if one.verdict is None:
        return "no claim was read there"
    if one.verdict.value != "unverifiable":
        return one.verdict.value
    head, colon, rest = one.message.partition(": ")
    if head == "a closer reading":
        return f"{head}: {rest}"
    return head if colon else "figures of another reading are not held"


def _accused(found: Figures) -> Iterator[str]:
    accused = [one for one in found.true if one.accused]
    yield f"true and accused: {len(accused)} numbers, {len(found.run.strays)} for words beside them"
    if found.run.which == "score":
        codes: defaultdict[str, int] = defaultdict(int)
        for one in accused:
            codes[f"{one.kind}: {one.code}"] += 1
        for stray in found.run.strays:
            codes[f"words: {stray.code}"] += 1
        yield from (f"{count:>6}  {code}" for code, count in sorted(codes.items()))
        return
    for one in accused:
        yield from example(one)
    for stray in found.run.strays:
        yield f"  article {stray.number}, {stray.entity}: “{_line(stray.sentence)}”"
        yield f"      {stray.code}: {stray.message}"


def _missed(head: str, outcomes: Sequence[Outcome], most: int) -> Iterator[str]:
    groups: defaultdict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for one in outcomes:
        groups[one.kind, reason(one)].append(one)
    yield ""
    yield f"{head}: {len(outcomes)}"
    for (kind, why), group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"- {kind}; {why}: {len(group)}"
        for one in group[:most]:
            yield from example(one)


def example(one: Outcome) -> Iterator[str]:
    """A number with its sentence, what was said of it, and what would have been right."""
    told = one.one.told
    subject = told.ask.subject
    members = " ".join(member for _, member in subject.dimensions)
    yield f"  {one.one.phrasing}, article {one.number} ({one.dated}): “{_line(one.one.sentence)}”"
    yield (
        f"      {told.text}: {told.ask.relation} of {subject.entity} {subject.metric} {members} "
        f"[{subject.period}]"
        + (f" against [{told.ask.base.period}]" if told.ask.base else "")
        + (f"; {told.mutation}, true of {told.origin}" if told.mutation else f"; true ({one.kind})")
    )
    said = "nothing" if one.verdict is None else f"{one.verdict.value} {one.code}"
    honest = "/".join(sorted(verdict.value for verdict in told.verdicts))
    wanted = f", wanted {honest}" if told.mutation else ""
    put = f", put right as {one.correction}" if one.correction else ""
    yield f"      said {said}{wanted}{put}: {one.message}"


def _line(text: str) -> str:
    return " / ".join(part for part in text.split("\n") if part)


def document(run: Measured) -> Json:
    """The same rates as a JSON object."""
    found = Figures(run)
    return {
        "set": run.which,
        "seed": run.seed,
        "articles": len(run.checked),
        "numbers": len(run.outcomes),
        "ledger": run.ledger,
        "correlation": round(found.correlation, 4),
        "targets": {
            one.name: {**_rate(one.rate), "held to": one.bound, "least": one.least, "met": one.met}
            for one in found.targets()
        },
        "errors": {row.name: _row(row) for row in found.errors()},
        "truths": {row.name: _row(row) for row in found.truths()},
        "verdicts": {kind: dict(sorted(row.items())) for kind, row in found.verdicts().items()},
    }


def _row(row: Row) -> Json:
    names = ("judged", "accused", "supported", "exact", "corrected", "occurs", "latest")
    return {"n": row.n, **{name: _rate(getattr(row, name)) for name in names}}


def _rate(one: Rate) -> Json:
    return {"hits": one.hits, "n": one.n, "low": one.low, "high": one.high, "bound": one.bound}
