"""Who is meant: a ticker, a CIK or a name, to the one filer of that ticker, number or name."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from tieout.core.errors import NotFoundError, ParseError
from tieout.core.filing import Registrant

MOST_NAMED = 5
"""How many filers a message names as those that may have been meant."""

_CIK = re.compile(r"(?:cik)?\s*0*(\d{1,10})", re.IGNORECASE)
_LEGAL = re.compile(
    r"\b(incorporated|inc|corporation|corp|company|co|limited|ltd|plc|llc|lp|sa|nv|ag|se|the)\b"
    r"|/[a-z ]{2,}/?$"
)
"""What a name may carry or not: its legal form, and the state EDGAR puts behind a slash."""


class _Row(msgspec.Struct):
    cik_str: int
    ticker: str
    title: str


@dataclass(frozen=True, slots=True)
class Found:
    """The filer that was meant; the note says by what name it was found, if by another than it has now."""

    cik: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tickers:
    """The listed filers by ticker and by name; all share classes of a company lead to it."""

    by_ticker: Mapping[str, int]
    by_name: Mapping[str, tuple[int, ...]]
    titles: Mapping[int, str]

    @staticmethod
    def of(data: bytes) -> Tickers:
        """The list of EDGAR's company_tickers.json. Raises ParseError for what is no such file."""
        try:
            rows = msgspec.json.decode(data, type=dict[str, _Row]).values()
        except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
            raise ParseError(
                f"company_tickers.json is not EDGAR's list of tickers: {error}", fix="Fetch it again."
            ) from error
        by_name: dict[str, dict[int, None]] = {}
        for row in rows:
            by_name.setdefault(bare(row.title), {})[row.cik_str] = None
        return Tickers(
            {_class(row.ticker): row.cik_str for row in rows},
            {name: tuple(ciks) for name, ciks in by_name.items()},
            {row.cik_str: row.title for row in rows},
        )


def find(
    asked: str,
    listed: Callable[[], Tickers],
    held: Iterable[Registrant],
    others: Callable[[str], Iterable[int]],
) -> Found:
    """The filer that is called so: by CIK, ticker, name, or a name it once had.

    Former names are looked for among the `held`, then among the `others`; what is not needed is not asked
    for. Nobody is guessed: raises NotFoundError for nobody or several, naming those that may have been meant.
    """
    if number := _CIK.fullmatch(asked.strip()):
        return Found(int(number[1]))
    tickers = listed()
    if (cik := tickers.by_ticker.get(_class(asked))) is not None:
        return Found(cik)
    name = bare(asked)
    own = tickers.by_name.get(name, ())
    if len(own) == 1:
        return Found(own[0])
    known = {each.cik: f"found by a name of {each.name}" for each in held if name in _names(each)}
    if not own and not known:
        known = dict.fromkeys(others(asked), "found by a name it has or had")
    if not own and len(known) == 1:
        return Found(*known.popitem())
    raise _nobody(asked, tickers, [*own, *known])


def bare(name: str) -> str:
    """A name without case, accents, punctuation and legal form."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = " ".join(re.sub(r"[^a-z0-9&/ ]", "", folded.replace("-", " ")).split())
    return " ".join(_LEGAL.sub(" ", words).replace("/", " ").split()) or words


def called(asked: str, lookup: bytes) -> Iterator[int]:
    """The filers that have or had the name, of EDGAR's cik-lookup-data.txt: lines of "NAME:0000320193:"."""
    name = bare(asked)
    word = max(re.findall(r"[a-z0-9]+", name), key=len, default="")
    seen: set[int] = set()
    if word:
        for line in re.finditer(rb"(?im)^(.*%b.*):(\d{10}):\s*$" % word.encode(), lookup):
            cik = int(line[2])
            if cik not in seen and bare(line[1].decode("latin-1")) == name:
                seen.add(cik)
                yield cik


def _names(each: Registrant) -> set[str]:
    return {bare(name) for name in (each.name, *(old.name for old in each.former))}


def _nobody(asked: str, tickers: Tickers, several: list[int]) -> NotFoundError:
    ticker = {cik: ticker for ticker, cik in tickers.by_ticker.items()}
    near = dict.fromkeys(several or _near(bare(asked), tickers))
    told = [f"{ticker.get(cik, f'CIK {cik}')} ({tickers.titles.get(cik, 'not listed')})" for cik in near]
    return NotFoundError(
        f"{asked!r} is the name of {len(several)} filers" if several else f"no filer is called {asked!r}",
        company=asked,
        fix=(f"Did you mean {', '.join(told[:MOST_NAMED])}? " if told else "")
        + "Give a ticker, a whole name or a CIK; a company that is not listed has no ticker.",
    )


def _near(name: str, tickers: Tickers) -> Iterator[int]:
    like = difflib.get_close_matches(name, tickers.by_name, n=MOST_NAMED, cutoff=0.8)
    for title in (*(each for each in tickers.by_name if each.startswith(name)), *like):
        yield from tickers.by_name[title]


def _class(ticker: str) -> str:
    """A ticker as EDGAR writes it: BRK.B and BRK/B are BRK-B."""
    return re.sub(r"[./ ]", "-", ticker.strip().upper())
