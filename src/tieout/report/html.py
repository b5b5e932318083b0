"""A check as one HTML page that needs no script and loads nothing."""

from __future__ import annotations

from importlib.resources import files

from tieout import __version__
from tieout.core.finding import Check
from tieout.report.evidence import Evidence, about, evidence, flat, published, word
from tieout.report.html_article import article
from tieout.report.html_evidence import body, classes, name
from tieout.report.marks import sign
from tieout.report.markup import Html, join, markup, tag
from tieout.report.summary import summarise
from tieout.report.vocabulary import Vocabulary

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may load for the page: nothing but the styles in it."""


def dumps(check: Check, words: Vocabulary) -> Html:
    """The whole page, UTF-8 by its own word; ends in a newline."""
    told = evidence(check, words)
    title = flat(check.article.title) or "Checked article"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="generator", content=f"tieout {__version__}"),
        tag("title", f"{title}: checked by tieout"),
        tag("style", Html(_style("page.css"))),
    )
    page = tag(
        "body",
        tag("a", "Skip to the article", class_="skip", href="#article"),
        _header(check),
        tag("main", article(check, told, title), _list(told), id="main"),
        _footer(check),
    )
    return Html(f'<!doctype html>\n<html lang="en">\n{head}\n{page}\n</html>\n')


def _style(name: str) -> str:
    return (files("tieout.report") / name).read_text(encoding="utf-8")


def _header(check: Check) -> Html:
    counts = summarise(check)
    head = (
        ("about", about(check)),
        ("when", published(check)),
        ("ledger", f"ledger {check.ledger}"),
    )
    return tag(
        "header",
        tag("p", "tieout", class_="brand"),
        tag(
            "p",
            tag("strong", f"Checked {counts.covered} of {counts.numbers} numbers"),
            Html("; "),
            f"{counts.checked} of {counts.claims} claims have a verdict.",
            class_="count",
        ),
        tag("p", join((tag("span", each, class_=kind) for kind, each in head), " "), class_="about"),
        tag("ul", *(tag("li", note) for note in check.notes), class_="remarks") if check.notes else "",
        _filter(check),
        class_="top",
        aria_label="Summary",
    )


def _filter(check: Check) -> Html:
    counts = summarise(check)
    held = [(verdict, count) for verdict, count in counts.verdicts.items() if count]
    if not held:
        return Html("")
    accusing = [count for verdict, count in held if verdict.accuses]
    choices = [_choice("all", "", "All claims", counts.claims)]
    if len(accusing) > 1:
        choices.append(_choice("wrong", "✗", "Wrong", sum(accusing)))
    choices += [_choice(v.value, sign(v, unicode=True), word(v), n) for v, n in held]
    return tag("fieldset", tag("legend", "Show"), *choices, class_="filter")


def _choice(key: str, mark: str, label: str, count: int) -> Html:
    lead = tag("span", f"{mark}\N{NO-BREAK SPACE}", aria_hidden="true") if mark else ""
    return join(
        (
            tag("input", type="radio", name="show", id=f"show-{key}", checked=key == "all"),
            tag(
                "label",
                tag("span", lead, label[0].upper() + label[1:], class_="as"),
                Html(" "),
                tag("b", str(count)),
                for_=f"show-{key}",
                class_=f"v-{key}",
            ),
        )
    )


def _list(told: tuple[Evidence, ...]) -> Html:
    if not told:
        return Html("")
    return tag(
        "section",
        tag("h2", "Every claim, with its evidence", id="evidence-title"),
        tag("ol", *map(_note, told)),
        class_="notes",
        aria_labelledby="evidence-title",
    )


def _note(each: Evidence) -> Html:
    return tag(
        "li",
        tag("a", name(each), href=f"#m{each.index}", class_="no", aria_label=f"{each.index}: to the text"),
        Html(" "),
        tag("q", each.quote),
        tag("div", body(each)),
        id=f"n{each.index}",
        class_=classes((each,)),
    )


def _footer(check: Check) -> Html:
    told = (
        f"tieout {__version__}, ledger {check.ledger}. A claim is called wrong only where every reading its "
        "words leave open fails against every version of the figure held; what is not held is unverifiable."
    )
    return tag("footer", tag("p", markup(told)))
