"""A company of the SEC's list without a pack: what texts may call it, when its fiscal year ends."""

from __future__ import annotations

from collections.abc import Iterator

from tieout.core.calendar import FiscalCalendar
from tieout.core.company import Company
from tieout.core.filing import Registrant
from tieout.core.legal_name import cased, legal_form, plain, stateless

_FORMS = {
    "inc": ("Inc.", "Inc"),
    "incorporated": ("Incorporated",),
    "corp": ("Corp.", "Corp", "Corporation"),
    "corporation": ("Corporation", "Corp.", "Corp"),
    "co": ("Co.", "Co", "Company"),
    "company": ("Company", "Co."),
    "ltd": ("Ltd.", "Ltd", "Limited"),
    "limited": ("Limited", "Ltd."),
    "plc": ("plc", "PLC"),
}
_TRADES = frozenset(
    "technology technologies platforms holdings holding group international networks systems enterprises industries "
    "software pharmaceuticals therapeutics laboratories semiconductor semiconductors bancorp".split()
)
"""What a company's name ends with when people leave it out: "Micron Technology" is Micron."""
_ORDINARY = frozenset(
    "advanced allied american applied atlantic best central consolidated digital eastern first general global "
    "great international modern national new northern pacific premier public southern standard star sun union "
    "united universal western world".split()
)
"""What no company is called by alone."""
_SHORTEST = 3


def company(ticker: str, registrant: Registrant, calendar: FiscalCalendar) -> Company:
    """The company as articles may be read about it: by full names, by short ones, by tickers."""
    return Company(
        ticker,
        plain(registrant.name),
        tuple(dict.fromkeys((*full_names(registrant), *_short(plain(registrant.name)), *registrant.tickers, ticker))),
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
    for form in _FORMS.get(legal_form(name), ()):
        yield f"{base} {form}"
        yield f"{base}, {form}"
    if " " in base:
        yield from (base, cased(base.upper(), acronyms=False))


def _short(base: str) -> Iterator[str]:
    """The names that only an article known to be about the company may mean by it: "Micron"."""
    words = base.split()
    while len(words) > 1 and words[-1].lower() in _TRADES:
        words = words[:-1]
    name = " ".join(words).strip(" ,&")
    if len(words) == 1 and (name.lower() in _ORDINARY or len(name) < _SHORTEST):
        return
    for each in dict.fromkeys((base, name)):
        if " " in each or each.lower() not in _ORDINARY:
            yield each
            if " " not in each:
                yield from (cased(each.upper(), acronyms=False), each.upper())
