"""A company of the SEC's list without a pack: what texts may call it, when its fiscal year ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tieout.catalogue.table import Table
from tieout.core.calendar import FiscalCalendar
from tieout.core.company import Company
from tieout.core.filing import Registrant
from tieout.core.legal_name import cased, legal_form, plain, stateless

_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class _Called:
    """The words of called.toml."""

    forms: dict[str, tuple[str, ...]]
    trades: frozenset[str]
    ordinary: frozenset[str]


@cache
def _called() -> _Called:
    file = resources.files("tieout.catalogue") / "called.toml"
    table = Table.parse(file.read_bytes(), file.name)
    forms = table.table("forms")
    return _Called(
        {form: forms.texts(form) for form in forms.keys},
        frozenset(table.texts("trades")),
        frozenset(table.texts("ordinary")),
    )


def company(ticker: str, registrant: Registrant, calendar: FiscalCalendar) -> Company:
    """The company as articles may be read about it: by full names, by short ones, by tickers."""
    return Company(
        ticker,
        plain(registrant.name),
        tuple(
            dict.fromkeys(
                (*full_names(registrant), *_short(plain(registrant.name)), *registrant.tickers, ticker)
            )
        ),
        calendar,
        f"{registrant.cik:010d}",
    )


def full_names(registrant: Registrant) -> tuple[str, ...]:
    """Names that are nobody else's: with the legal form, or of two words and more. Former ones are not."""
    return tuple(dict.fromkeys(_full(registrant.name)))


def former_names(registrant: Registrant) -> tuple[str, ...]:
    """What the registrant was called before: to be found by, not to be read by."""
    return tuple(dict.fromkeys(name for each in registrant.former for name in _full(each.name)))


def _full(name: str) -> Iterator[str]:
    whole, base = stateless(name), plain(name)
    yield from (whole, cased(whole), cased(whole, acronyms=False))
    for form in _called().forms.get(legal_form(name), ()):
        yield f"{base} {form}"
        yield f"{base}, {form}"
    if " " in base:
        yield from (base, cased(base.upper(), acronyms=False))


def _short(base: str) -> Iterator[str]:
    """The names that only an article known to be about the company may mean by it: "Micron"."""
    words = base.split()
    while len(words) > 1 and words[-1].lower() in _called().trades:
        words = words[:-1]
    name = " ".join(words).strip(" ,&")
    if len(words) == 1 and (name.lower() in _called().ordinary or len(name) < _SHORTEST):
        return
    for each in dict.fromkeys((base, name)):
        if " " in each or each.lower() not in _called().ordinary:
            yield each
            if " " not in each:
                yield from (cased(each.upper(), acronyms=False), each.upper())


def listed(filers: Mapping[str, Registrant]) -> Mapping[str, str]:
    """The entity of each full name of a filer."""
    return {name: entity for entity, each in filers.items() for name in full_names(each)}


def names_of(filers: Mapping[str, Registrant]) -> Mapping[str, str]:
    """The entity of each name and ticker that a filer goes by or went by, in lower case.

    Those of two are left out. A present name goes before a former one.
    """
    found: dict[str, str] = {}
    for tell in (former_names, _names_now):
        told: dict[str, set[str]] = {}
        for entity, each in filers.items():
            for name in tell(each):
                told.setdefault(name.casefold(), set()).add(entity)
        found |= {name: min(owners) for name, owners in told.items() if len(owners) == 1}
    return found


def _names_now(registrant: Registrant) -> tuple[str, ...]:
    return (*full_names(registrant), plain(registrant.name), *registrant.tickers)


class Calendars(Mapping[str, FiscalCalendar]):
    """The calendars of packs, and of filers as they are asked for: all of those are the whole store."""

    def __init__(self, packs: Mapping[str, Company], filed: Callable[[str], FiscalCalendar | None]) -> None:
        self._packs, self._filed = packs, filed

    def __getitem__(self, ticker: str) -> FiscalCalendar:
        """The calendar of a pack, or that filings show. Raises KeyError where there is neither."""
        pack = self._packs.get(ticker)
        found = self._filed(ticker) if pack is None else pack.calendar
        if found is None:
            raise KeyError(ticker)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._packs)

    def __len__(self) -> int:
        return len(self._packs)
