"""One article made into one report; what a worker process does."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tieout import __version__
from tieout.core.errors import TieoutError
from tieout.desk import Desk, contents
from tieout.report.entry import Entry
from tieout.report.forms import render
from tieout.report.place import Place
from tieout.report.save import make_folder, save
from tieout.report.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of every article: the format, and whatever `tieout check` can be told."""

    form: str
    company: tuple[str, ...] = ()
    published: str | None = None
    ledger: Path | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One article, where its report goes (`output`, below `folder`), and the ledger's version it is for."""

    article: Path
    folder: Path
    output: str
    order: Order
    version: str


def digest_of(data: bytes) -> str:
    """What tells one input from another."""
    return hashlib.sha256(data).hexdigest()[:32]


def made_of(order: Order, version: str) -> str:
    """What tells one making from another: program, ledger and options; the article itself is not in it."""
    told = json.dumps([__version__, version, order.form, order.company, order.published])
    return digest_of(told.encode())


def make(job: Job) -> Entry:
    """The article checked and its report saved; one that cannot be checked is an entry with its error."""
    file = str(job.article)
    try:
        desk, words = _tools(job.order.ledger, job.version)
        data = contents(job.article)
        check = desk.check(
            data, published=job.order.published, company=job.order.company or None, name=job.article.name
        )
        text = render(job.order.form, Place.of(file, data), check, words)
        target = job.folder / job.output
        make_folder(target.parent)
        save(target, text)
    except TieoutError as error:
        return Entry(file, error=error.message, fix=error.fix)
    made = made_of(job.order, check.ledger)
    return Entry.of(check, file=file, output=job.output, digest=digest_of(data), made=made)


@lru_cache(maxsize=1)
def _tools(ledger: Path | None, version: str) -> tuple[Desk, Vocabulary]:
    """A process's own desk, opened once; another version of the ledger is another desk."""
    del version
    desk = Desk.open(ledger)
    return desk, desk.vocabulary()
