"""The article as markup: its blocks set, its claims marked, corrections beside the block they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tieout.core.article import Block, Span
from tieout.core.finding import Check
from tieout.report.evidence import Evidence, word
from tieout.report.html_evidence import body, classes, name
from tieout.report.marks import Mark, marks, pieces, runs, worst
from tieout.report.markup import Html, join, markup, tag

TAGS = {"paragraph": "p", "heading": "h2", "title": "h2", "list": "li"}


def article(check: Check, told: Sequence[Evidence], title: str) -> Html:
    """The article's text with a mark for every finding and, beside each block, what should be corrected."""
    return _Setting(check, told).article(title)


class _Setting:
    """One article on its way to markup; remembers which findings have their mark."""

    def __init__(self, check: Check, told: Sequence[Evidence]) -> None:
        self.check = check
        self.told = told
        self.marks = marks(check)
        self.placed: set[int] = set()

    def article(self, title: str) -> Html:
        """The whole article."""
        items = list(self._items(title))
        stray = [mark for mark in self.marks if not self.placed.issuperset(mark.findings)]
        if stray:
            items.append(self._stray(stray))
        rows = (_corrected(block, held) if held else block for block, held in items)
        return tag("article", *rows, id="article", tabindex="-1")

    def _items(self, title: str) -> Iterator[tuple[Html, list[Evidence]]]:
        """Each block, or run of list items or table rows, with the findings that accuse in it."""
        blocks = list(runs(self.check.article))
        first = next((kind for kind, _ in blocks if kind in ("title", "heading")), "")
        titled = first == "title"
        if not titled:
            yield tag("h1", title), []
        for kind, run in blocks:
            before = set(self.placed)
            if kind == "table_row":
                made = self._table(run)
            elif kind == "list":
                made = tag("ul", *(tag("li", self._text(block.span)) for block in run))
            else:
                made = tag("h1" if titled and kind == "title" else TAGS[kind], self._text(run[0].span))
                titled = titled and kind != "title"
            new = sorted(self.placed - before)
            yield made, [self.told[index] for index in new if self.told[index].verdict.accuses]

    def _table(self, rows: Sequence[Block]) -> Html:
        made = [
            tag(
                "tr", *(self._cell(cell, number, row) for number, cell in enumerate(row.cells or (row.span,)))
            )
            for row in rows
        ]
        return tag(
            "div", tag("table", *made), class_="scroll", role="region", aria_label="Table", tabindex="0"
        )

    def _cell(self, span: Span, number: int, row: Block) -> Html:
        if row.header:
            return tag("th", self._text(span), scope="col")
        return tag("th", self._text(span), scope="row") if number == 0 else tag("td", self._text(span))

    def _text(self, span: Span) -> Html:
        return join(self._piece(part, mark) for part, mark in pieces(span, self.marks))

    def _piece(self, span: Span, mark: Mark | None) -> Html:
        text = self.check.article.text[span.start : span.end]
        if mark is None or not self.placed.isdisjoint(mark.findings):
            return markup(text)
        return self._mark(mark, text)

    def _mark(self, mark: Mark, text: str) -> Html:
        """A button that opens a card of evidence, by click, tap or Enter; hovering shows the card too."""
        self.placed.update(mark.findings)
        held = [self.told[index] for index in mark.findings]
        first = held[0].index
        names = join((tag("span", name(each), class_=f"v-{each.verdict}") for each in held), " ")
        spoken = "; ".join(f"{each.index}: {word(each.verdict)}" for each in held)
        button = tag(
            "button",
            tag("span", text, class_="said"),
            tag("sup", names, aria_hidden="true"),
            tag("span", f" ({spoken})", class_="unseen"),
            type="button",
            class_=f"m as-{worst(self.check, mark)}",
            popovertarget=f"e{first}",
            aria_describedby=" ".join(f"d{each.index}" for each in held),
        )
        anchors = join(tag("span", id=f"m{each.index}", class_="place") for each in held)
        return tag("span", anchors, button, self._card(held), class_=f"c {classes(held)}")

    def _card(self, held: Sequence[Evidence]) -> Html:
        first = f"e{held[0].index}"
        close = tag(
            "button",
            "Close",
            type="button",
            class_="close",
            popovertarget=first,
            popovertargetaction="hide",
        )
        inside = (tag("span", self._sheet(each), class_=f"one v-{each.verdict}") for each in held)
        numbers = ", ".join(str(each.index) for each in held)
        return tag(
            "span",
            *inside,
            close,
            id=first,
            popover="auto",
            class_="card",
            role="group",
            aria_label=f"Evidence on {numbers}",
        )

    def _sheet(self, each: Evidence) -> Html:
        links = [tag("a", "in the list", href=f"#n{each.index}")]
        if each.verdict.accuses:
            links.append(tag("a", "correction", href=f"#f{each.index}"))
        return join(
            (
                tag("span", name(each), class_="no"),
                Html(" "),
                body(each, ident=f"d{each.index}"),
                Html(" "),
                tag("span", join(links, " · "), class_="l ways"),
            )
        )

    def _stray(self, stray: Sequence[Mark]) -> tuple[Html, list[Evidence]]:
        """Findings on text that no block shows, such as a caption between two cells."""
        text = self.check.article.text
        made = [tag("li", self._mark(mark, text[mark.span.start : mark.span.end])) for mark in stray]
        held = [self.told[index] for mark in stray for index in mark.findings]
        return (
            tag("div", tag("p", "Outside the text above:"), tag("ul", *made)),
            [each for each in held if each.verdict.accuses],
        )


def _corrected(block: Html, held: Sequence[Evidence]) -> Html:
    """A block with its corrections, which come first: so they can float beside it, however many they are."""
    label = "Corrections to the text that follows"
    return tag(
        "div", tag("ul", *map(_correction, held), class_="fixes", aria_label=label), block, class_="with"
    )


def _correction(each: Evidence) -> Html:
    swap = [tag("del", each.number)]
    if each.correction:
        swap += [Html(" → "), tag("ins", each.correction)]
    to_mark = tag(
        "a", name(each), href=f"#m{each.index}", class_="no", aria_label=f"{each.index}: to the text"
    )
    of = each.known.of if each.known else each.message
    return tag(
        "li",
        tag("span", to_mark, Html(" "), *swap, class_="l swap"),
        Html(" "),
        tag("span", tag("b", word(each.verdict)), " · ", of, class_="l of"),
        id=f"f{each.index}",
        class_=classes((each,)),
    )
