"""Many articles added up: by company, by verdict and by kind of error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tieout.report.console import Page
from tieout.report.entry import Entry
from tieout.report.json import Json
from tieout.report.summary import counted

FAILED_SHOWN = 20
"""Articles that could not be checked which the terminal names; the index has them all."""


class Tally:
    """Counts that grow article by article; of the articles themselves only some failures' names are kept."""

    def __init__(self, required: float | None = None) -> None:
        self.required = required
        self.articles: Counter[str] = Counter()
        self.totals: Counter[str] = Counter()
        self.verdicts: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.companies: dict[str, Counter[str]] = {}
        self.failures: list[tuple[str, str]] = []

    def add(self, entry: Entry, *, kept: bool = False) -> None:
        """Count an article; `kept` tells that its report stood from an earlier run."""
        self.articles["given"] += 1
        if entry.error:
            self.articles["failed"] += 1
            if len(self.failures) < FAILED_SHOWN:
                self.failures.append((entry.file, entry.error))
            return
        self.articles["kept" if kept else "made"] += 1
        self.articles["wrong"] += bool(entry.wrong)
        self.articles["short"] += not entry.covers(self.required)
        for name in ("numbers", "covered", "claims", "checked", "wrong"):
            self.totals[name] += getattr(entry, name)
        self.verdicts.update(entry.verdicts)
        self.kinds.update(entry.kinds)
        for company, share in entry.companies.items():
            counts = self.companies.setdefault(company, Counter())
            counts.update(articles=1, claims=share.claims, checked=share.checked, wrong=share.wrong)

    @property
    def exit_code(self) -> int:
        """1 if anything is wrong or too little covered, 2 if no article could be checked, else 0."""
        if self.articles["wrong"] or self.articles["short"]:
            return 1
        return 2 if self.articles["failed"] == self.articles["given"] else 0

    def summary(self) -> Json:
        """The counts as a JSON object."""
        articles = {
            name: self.articles[name] for name in ("given", "made", "kept", "failed", "wrong", "short")
        }
        totals = {name: self.totals[name] for name in ("numbers", "covered", "claims", "checked", "wrong")}
        return {
            "schema": "tieout.summary/1",
            "articles": articles,
            **totals,
            "verdicts": _ranked(self.verdicts),
            "kinds": _ranked(self.kinds),
            "companies": {company: dict(counts) for company, counts in sorted(self.companies.items())},
        }

    def write(self, page: Page) -> None:
        """Print the counts: by company, by kind of error, the articles that could not be checked."""
        if self.companies:
            rows = [
                (
                    company or "(none)",
                    *(str(counts[name]) for name in ("articles", "claims", "checked", "wrong")),
                )
                for company, counts in sorted(self.companies.items())
            ]
            page.table(("company", "articles", "claims", "checked", "wrong"), rows)
            page.write()
        if self.kinds:
            page.table(("kind of error", "claims"), [(k, str(n)) for k, n in _ranked(self.kinds).items()])
            page.write()
        if self.failures:
            page.write("could not be checked:")
            for file, error in self.failures:
                page.write(f"{file}: {error}", indent="  ", hang="    ")
            if self.articles["failed"] > len(self.failures):
                page.write(f"and {self.articles['failed'] - len(self.failures)} more", indent="  ")
            page.write()
        page.write(self._last())

    def _last(self) -> str:
        count, total = self.articles, self.totals
        told = [
            f"{counted(count['given'], 'article')}: {count['wrong']} with wrong claims, "
            f"{count['failed']} not checked"
        ]
        if count["kept"]:
            told.append(f"{count['kept']} kept from before")
        if count["short"]:
            told.append(f"{count['short']} covered less than required")
        told.append(
            f"{total['covered']} of {total['numbers']} numbers checked, "
            f"{counted(total['wrong'], 'claim')} wrong"
        )
        return "; ".join(told)


def _ranked(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
