"""Which filings are taken in: of these forms, filed since that day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tieout.core.errors import UsageError
from tieout.core.filing import Filing
from tieout.core.skipped import Skipped, together
from tieout.sources.listing import Listed

STATEMENTS = ("10-K", "10-KT", "10-Q", "10-QT", "20-F", "40-F")
"""Forms with financial statements; an amendment (10-K/A) goes with its form."""
RELEASES = "8-K"
RESULTS = "2.02"
"""The item of an 8-K under which results of operations are announced."""

_RELEASE_TYPES = ("EX-99.1", "EX-99.01", "EX-99")
_INSTANCE = "EX-101.INS"


@dataclass(frozen=True, slots=True)
class Choice:
    """`since` a day, of some `forms`; none of either is no limit."""

    since: date | None = None
    forms: tuple[str, ...] = ()

    @staticmethod
    def named(since: date | None, forms: str) -> Choice:
        """The choice of forms written "10-K,10-Q". Raises UsageError for a form that is never read."""
        wanted = tuple(form.strip().upper() for form in forms.split(",") if form.strip())
        for form in wanted:
            if form not in (*STATEMENTS, RELEASES):
                raise UsageError(
                    f"{form!r} is no form that is read",
                    fix=f"Choose among {', '.join((*STATEMENTS, RELEASES))}; amendments go with their form.",
                )
        return Choice(since, wanted)

    @property
    def scope(self) -> str:
        """The limits in words, blank for none: what was taken in under them is not all of a document."""
        since = f"since {self.since}" if self.since else ""
        forms = f"forms {', '.join(sorted(self.forms))}" if self.forms else ""
        return "; ".join(filter(None, (since, forms)))

    def of(self, filings: Iterable[Filing]) -> tuple[tuple[Filing, ...], tuple[Skipped, ...]]:
        """The filings to read, and the others by reason."""
        found = [(filing, self._against(filing)) for filing in filings]
        skipped = together(Skipped("filings", why) for _, why in found if why)
        return tuple(filing for filing, why in found if not why), skipped

    def _against(self, filing: Filing) -> str:
        form = filing.form.removesuffix("/A")
        if form not in (self.forms or (*STATEMENTS, RELEASES)):
            return "of other forms"
        if self.since is not None and filing.filed < self.since:
            return f"filed before {self.since}"
        if form == RELEASES:
            return "" if RESULTS in filing.items else f"of form {RELEASES} that announce no results"
        return "" if filing.xbrl or filing.inline else "without XBRL, whose numbers nobody tagged"


def documents(filing: Filing, listing: Iterable[Listed]) -> tuple[Listed, ...]:
    """The documents of a filing to read: the release, all pages with inline XBRL, or the XBRL instance."""
    held = tuple(listing)
    if is_release(filing):
        exhibits = (each for kind in _RELEASE_TYPES for each in held if each.type.upper() == kind)
        return tuple(each for each in exhibits if each.name.lower().endswith((".htm", ".html")))[:1]
    return tuple(each for each in held if each.inline) or tuple(
        each for each in held if each.type.upper() == _INSTANCE
    )


def is_release(filing: Filing) -> bool:
    """Whether the filing's numbers stand in a release rather than in XBRL."""
    return filing.form.removesuffix("/A") == RELEASES
