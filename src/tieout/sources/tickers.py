"""Who is meant: a ticker, a CIK or a name, to the one filer of that ticker, number or name."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from tieout.core.errors import NotFoundError, ParseError
from tieout.core.filing import Registrant

_CIK = re.compile(r"(?:cik)?\s*0*(\d{1,10})", re.IGNORECASE)
_FORM = re.compile(
    r"\b(incorporated|inc|corporation|corp|company|co|limited|ltd|plc|llc|lp|sa|nv|ag|se|the)\b|/[a-z ]{2,}/?$"
)
"""What a name may carry or not: its legal form, and the state EDGAR puts behind a slash."""


class _Row(msgspec.Struct):
    cik_str: int
    ticker: str
    title: str


@dataclass(frozen=True, slots=True)
class Found:
    """A filer that was meant, and where the name went that it was asked for by, if it has another now."""

    cik: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tickers:
    """The filers by ticker and by name; all share classes of a company lead to it."""

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
            by_name.setdefault(_bare(row.title), {})[row.cik_str] = None
        return Tickers(
            {_class(row.ticker): row.cik_str for row in rows},
            {name: tuple(ciks) for name, ciks in by_name.items()},
            {row.cik_str: row.title for row in rows},
        )

    def find(self, asked: str, held: Iterable[Registrant] = ()) -> Found:
        """The filer that is called so: by CIK, ticker, name, or a name it once had among the `held`.

        Nobody is guessed. Raises NotFoundError for nobody or several, with those that may have been meant.
        """
        if number := _CIK.fullmatch(asked.strip()):
            return Found(int(number[1]))
        if (cik := self.by_ticker.get(_class(asked))) is not None:
            return Found(cik)
        name = _bare(asked)
        own = dict.fromkeys(self.by_name.get(name, ()))
        former = {
            each.cik: f"{asked} is the former name of {each.name}"
            for each in held
            if name in map(_bare, (each.name, *(old.name for old in each.former)))
        }
        if len(own) == 1 or (not own and len(former) == 1):
            (cik,) = own or former
            return Found(cik, "" if own or name == _bare(self.titles.get(cik, "")) else former[cik])
        raise self._nobody(asked, [*own, *former] or self._near(name))

    def _near(self, name: str) -> list[int]:
        first = [cik for title, ciks in self.by_name.items() if title.startswith(name) for cik in ciks]
        like = difflib.get_close_matches(name, self.by_name, n=3)
        return [*first[:5], *(cik for title in like for cik in self.by_name[title])]

    def _nobody(self, asked: str, near: list[int]) -> NotFoundError:
        tickers = {cik: ticker for ticker, cik in reversed(self.by_ticker.items())}
        told = [
            f"{tickers.get(cik, f'CIK {cik}')} ({self.titles.get(cik, 'no ticker')})"
            for cik in dict.fromkeys(near)
        ]
        return NotFoundError(
            f"no filer of the SEC is called {asked!r}"
            if len(told) != 1 and not near
            else f"{asked!r} is not the ticker or whole name of one filer",
            company=asked,
            fix=(f"Did you mean {', '.join(told[:5])}? " if told else "")
            + "Give a ticker, a whole name, or a CIK; a company without a listing has only the latter two.",
        )


def _class(ticker: str) -> str:
    """A ticker as EDGAR writes it: BRK.B and BRK/B are BRK-B."""
    return re.sub(r"[./ ]", "-", ticker.strip().upper())


def _bare(name: str) -> str:
    """A name without case, accents, punctuation and legal form."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = " ".join(re.sub(r"[^a-z0-9&/ ]", "", folded.replace("-", " ")).split())
    return " ".join(re.sub(r"[/]", " ", _FORM.sub(" ", words)).split()) or words
