"""Where facts lie: the bundled files, a folder over them, or a list in memory."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Protocol

from tieout.core.calendar import FiscalCalendar
from tieout.core.errors import ParseError
from tieout.core.fact import Fact
from tieout.core.filed import Filed
from tieout.core.filing import Registrant
from tieout.core.folder import content, files
from tieout.ledger.schema import parse

VERSION_DIGITS = 12
MAX_BYTES = 1 << 26
"""The longest file that is read: some hundred thousand rows."""
_TICKER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]*")


class Source(Protocol):
    """Facts by company, and a digest of them all."""

    def entities(self) -> tuple[str, ...]:
        """Tickers, sorted."""
        ...

    def facts(self, entity: str) -> tuple[Fact, ...]:
        """All facts of a company the source has."""
        ...

    def version(self) -> str:
        """A digest of the contents, the same in whatever order they came."""
        ...

    def filers(self) -> Mapping[str, Registrant]:
        """The registrants whose filings are held, by entity."""
        ...

    def calendar(self, entity: str) -> FiscalCalendar | None:
        """The fiscal calendar that a company's filings show; None where none are held or they do not tell."""
        ...

    def filed(self, entity: str) -> tuple[Filed, ...]:
        """Everything a company filed, as filed; empty where none is held."""
        ...


class Unfiled:
    """What a source without filings answers about them."""

    __slots__ = ()

    def filers(self) -> Mapping[str, Registrant]:
        """None."""
        return {}

    def calendar(self, entity: str) -> FiscalCalendar | None:
        """None."""
        del entity

    def filed(self, entity: str) -> tuple[Filed, ...]:
        """Nothing."""
        del entity
        return ()


class Files(Unfiled):
    """CSV files, one a company, each read once: when its company or the version is asked for.

    `packs` are what stands beside the facts for the catalogue to read; here they only count for the version.
    """

    __slots__ = ("_contents", "_files", "_packs")

    def __init__(self, found: Iterable[Traversable], packs: Iterable[bytes] = ()) -> None:
        self._contents: dict[str, tuple[tuple[str, bytes], ...]] = {}
        self._files: defaultdict[str, list[Traversable]] = defaultdict(list)
        self._packs = tuple(packs)
        for file in found:
            self._files[_entity(file)].append(file)

    @staticmethod
    def under(folder: Path | None) -> Files:
        """The bundled files, those of `folder` over them.

        Raises NotFoundError for a folder that is none; ParseError for a CSV file not named after a ticker.
        """
        bundled = files(resources.files("tieout.ledger") / "facts", ".csv")
        if folder is None:
            return Files(bundled)
        packs = (content(pack, MAX_BYTES) for pack in files(folder, ".toml"))
        return Files((*bundled, *files(folder, ".csv")), packs)

    def entities(self) -> tuple[str, ...]:
        """Tickers, sorted; nothing is read."""
        return tuple(sorted(self._files))

    def facts(self, entity: str) -> tuple[Fact, ...]:
        """The rows of a company's files. Raises ParseError naming file, line and column."""
        return tuple(
            fact for name, content in self._read(entity) for fact in parse(entity, _text(content, name), name)
        )

    def version(self) -> str:
        """A digest of the lines of all files, and of the packs; in which order they come does not matter."""
        facts = (
            line for entity in self.entities() for line in (entity.encode(), *sorted(self._lines(entity)))
        )
        return _digest((*facts, *sorted(self._packs)))

    def _lines(self, entity: str) -> set[bytes]:
        return {
            line
            for _, content in self._read(entity)
            for line in content.removeprefix(b"\xef\xbb\xbf").splitlines()
            if line.strip()
        }

    def _read(self, entity: str) -> tuple[tuple[str, bytes], ...]:
        if entity not in self._contents:
            self._contents[entity] = tuple(
                (str(file), content(file, MAX_BYTES)) for file in self._files[entity]
            )
        return self._contents[entity]


class InMemory(Unfiled):
    """Facts handed over as such."""

    __slots__ = ("_facts",)

    def __init__(self, facts: Iterable[Fact]) -> None:
        grouped: defaultdict[str, dict[Fact, None]] = defaultdict(dict)
        for fact in facts:
            grouped[fact.measure.entity][fact] = None
        self._facts = {entity: tuple(found) for entity, found in grouped.items()}

    def entities(self) -> tuple[str, ...]:
        """Tickers, sorted."""
        return tuple(sorted(self._facts))

    def facts(self, entity: str) -> tuple[Fact, ...]:
        """A company's facts, each once."""
        return self._facts[entity]

    def version(self) -> str:
        """A digest of the facts, in whatever order they came."""
        return _digest(sorted(repr(fact).encode() for found in self._facts.values() for fact in found))


class Without:
    """Another source, some of its facts hidden."""

    __slots__ = ("_hidden", "_source")

    def __init__(self, source: Source, hidden: Callable[[Fact], bool]) -> None:
        self._source, self._hidden = source, hidden

    def entities(self) -> tuple[str, ...]:
        """Tickers, sorted; a company all of whose facts are hidden is still one."""
        return self._source.entities()

    def facts(self, entity: str) -> tuple[Fact, ...]:
        """A company's facts that are not hidden."""
        return tuple(fact for fact in self._source.facts(entity) if not self._hidden(fact))

    def filers(self) -> Mapping[str, Registrant]:
        """The source's."""
        return self._source.filers()

    def calendar(self, entity: str) -> FiscalCalendar | None:
        """The source's."""
        return self._source.calendar(entity)

    def filed(self, entity: str) -> tuple[Filed, ...]:
        """The source's."""
        return self._source.filed(entity)

    def version(self) -> str:
        """The source's version, with a digest of what is hidden, if anything is."""
        hidden = sorted(
            {
                repr(fact).encode()
                for entity in self._source.entities()
                for fact in self._source.facts(entity)
                if self._hidden(fact)
            }
        )
        return f"{self._source.version()}-{_digest(hidden)}" if hidden else self._source.version()


def _entity(file: Traversable) -> str:
    stem = file.name[: -len(".csv")]
    if not _TICKER.fullmatch(stem):
        raise ParseError(
            f"{file}: {stem!r} is no ticker",
            file=str(file),
            line=0,
            fix="Name the file after its company, as in TICKER.csv, or move it elsewhere.",
        )
    return stem.upper()


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ParseError(
            f"{name}, line {line}: not UTF-8", file=name, line=line, fix="Save the file as UTF-8 CSV."
        ) from error


def _digest(lines: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line + b"\n")
    return digest.hexdigest()[:VERSION_DIGITS]
