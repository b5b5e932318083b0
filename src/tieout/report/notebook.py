"""A check as a fragment of HTML for a notebook: no ids, and styles that touch nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from tieout.core.finding import Check, Verdict
from tieout.report.evidence import Evidence, about, evidence, flat, published, word
from tieout.report.html_evidence import body, name
from tieout.report.marks import sign
from tieout.report.markup import Html, join, tag
from tieout.report.summary import summarise
from tieout.report.vocabulary import Vocabulary


def fragment(check: Check, words: Vocabulary) -> Html:
    """Summary and corrections in sight, the other claims folded; every claim with its evidence."""
    counts = summarise(check)
    told = evidence(check, words)
    wrong = [each for each in told if each.verdict.accuses]
    rest = (
        ("Not settled", [each for each in told if each.verdict is Verdict.UNVERIFIABLE]),
        ("Supported", [each for each in told if each.verdict is Verdict.SUPPORTED]),
        ("Opinion", [each for each in told if each.verdict is Verdict.OPINION]),
    )
    head = f"{about(check)} · {published(check)} · ledger {check.ledger}"
    verdicts = (
        tag("span", f"{sign(verdict, unicode=True)} {count} {word(verdict)}", class_=f"v-{verdict}")
        for verdict, count in counts.verdicts.items()
        if count
    )
    return tag(
        "div",
        tag("style", Html((files("tieout.report") / "notebook.css").read_text(encoding="utf-8"))),
        tag("p", tag("strong", flat(check.article.title) or "Checked article"), tag("br"), head),
        tag(
            "p", tag("b", f"Checked {counts.covered} of {counts.numbers} numbers"), ": ", join(verdicts, ", ")
        ),
        *(tag("p", f"note: {note}") for note in check.notes),
        _list(wrong),
        *(tag("details", tag("summary", f"{head}: {len(held)}"), _list(held)) for head, held in rest if held),
        class_="tieout-check",
    )


def _list(held: Sequence[Evidence]) -> Html:
    return tag("ul", *map(_item, held)) if held else Html("")


def _item(each: Evidence) -> Html:
    number = tag("b", name(each))
    change = (
        (tag("del", each.number), " → ", tag("ins", each.correction)) if each.correction else (each.quote,)
    )
    of = f" · {each.known.of}" if each.known and each.verdict.accuses else ""
    summary = tag("summary", number, " ", *change, " ", tag("small", f"{word(each.verdict)}{of}"))
    quote = tag("q", each.quote)
    return tag("li", tag("details", summary, quote, " ", body(each)), class_=f"v-{each.verdict}")
