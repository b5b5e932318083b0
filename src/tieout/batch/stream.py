"""Several articles one after the other, for one report or the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tieout.batch.work import Order
from tieout.core.errors import TieoutError
from tieout.core.finding import Check
from tieout.desk import Desk, contents
from tieout.report.place import Place


@dataclass(frozen=True, slots=True)
class Checked:
    """An article's place and check, or the error that kept it from one."""

    place: Place
    check: Check | None = None
    error: TieoutError | None = None


def checked(desk: Desk, articles: Iterable[Path], order: Order) -> Iterator[Checked]:
    """Each article's check, or its error, in the order given."""
    for article in articles:
        try:
            data = contents(article)
            found = desk.check(
                data, published=order.published, company=order.company or None, name=article.name
            )
            yield Checked(Place.of(str(article), data), found)
        except TieoutError as error:
            yield Checked(Place(str(article), ""), error=error)
