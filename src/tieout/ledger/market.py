"""Questions over every company at once, as of a day: a metric across the market, its trailing years, growth.

A metric is a list of concepts, ("us-gaap", "Revenues") among them; of one period the first that a company
tells counts. Answers are Arrow tables, sorted by company; a value is `digits` times ten to the `exponent`.
"""

# pyright: reportUnknownMemberType=false
# (pyarrow's stubs leave open what a column holds)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from tieout.core.errors import UsageError
from tieout.core.period import Span
from tieout.ledger.duck import asking, text
from tieout.ledger.index import forget, refreshed
from tieout.ledger.shelf import SPANS
from tieout.ledger.store import Store

_SPANNED = "create temp macro span_of(days) as case $spans else 'other' end"
"""How long a period is, by its days."""
_SCALED = "create temp macro scaled(digits, exponent, low) as digits::hugeint * $tens[exponent - low + 1]"
"""Digits at a lower exponent; null where that is further down than any sum of real figures reaches."""


@dataclass(frozen=True, slots=True)
class Market:
    """The companies of a store, as they are committed at the time of each question.

    The first question after an ingest brings the index up to date.
    """

    store: Store

    def latest(self, concepts: Sequence[tuple[str, str]], as_of: date, span: Span) -> pa.Table:
        """Each company's latest value of this length of period, one row a company and unit."""
        return self._asked("latest", concepts, as_of, span=span)

    def trailing_years(self, concepts: Sequence[tuple[str, str]], as_of: date) -> pa.Table:
        """Twelve months to each period end, and `how`: the "year" itself, "year and part", "four quarters".

        The year and part is the last year, plus the part since, less the same part a year before. Values of
        which one was restated are not mixed: `how` is "restated" then, and there is no value.
        """
        return self._asked("trailing_years", concepts, as_of)

    def year_on_year(self, concepts: Sequence[tuple[str, str]], as_of: date) -> pa.Table:
        """Each value beside that of the period a year before, of the same length, as both were known last.

        `growth` is for ranking: their ratio less one, null where the base is not above zero.
        """
        return self._asked("year_on_year", concepts, as_of)

    def _asked(
        self, question: str, concepts: Sequence[tuple[str, str]], as_of: date, **more: object
    ) -> pa.Table:
        if not concepts:
            raise UsageError("no concept asked for", fix="Name at least one, as in us-gaap:Revenues.")
        try:
            return self._answer(question, concepts, as_of, more)
        except duckdb.Error:
            # Whatever became of the index, it is made anew; a question that fails on a new one is a defect.
            forget(self.store)
            return self._answer(question, concepts, as_of, more)

    def _answer(
        self, question: str, concepts: Sequence[tuple[str, str]], as_of: date, more: dict[str, object]
    ) -> pa.Table:
        words = {f"concept{place}": concept for place, (_, concept) in enumerate(concepts)}
        given = {
            "files": [str(file) for file in refreshed(self.store)],
            "day": as_of,
            "names": [":".join(each) for each in concepts],
            **words,
            **more,
        }
        # Constants prune what is read, a join with the names would not.
        asked = text("seen").replace("$concepts", ", ".join(f"${word}" for word in words)) + text(question)
        with asking(self.store.folder) as connection:
            spans = " ".join(
                f"when days between {least} and {most} then '{span}'" for span, least, most in SPANS
            )
            connection.execute(_SPANNED.replace("$spans", spans))
            tens = ", ".join(f"{10**power}::hugeint" for power in range(19))
            connection.execute(_SCALED.replace("$tens", f"[{tens}]"))
            return connection.sql(asked, params=given).to_arrow_table()
