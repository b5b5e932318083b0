"""Fills the generated parts of these pages: `python docs/build.py`; tests/test_docs.py holds them to it.

A part stands between `<!-- generated: NAME ARGUMENTS -->` and `<!-- end -->`; all else is written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, Field, fields
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import click

from tieout.catalogue import Catalogue, Family, Metric
from tieout.cli.group import NAME, SETTINGS, tieout
from tieout.ledger.schema import OPTIONAL, REQUIRED
from tieout.report.tables import fiscal_end
from tieout.verify import RULES, meanings

FOLDER = Path(__file__).parent
PART = re.compile(
    r"(?P<open><!-- generated: (?P<name>\S+)(?P<arguments>[^\n]*?) -->\n).*?(?P<close><!-- end -->)",
    re.DOTALL,
)
WIDTH = 100
SOME = 4
"""How many of a metric's names are shown; `tieout metrics` and the TOML files have the rest."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell or ' ' for cell in line)} |\n" for line in lines)


def code(text: str) -> str:
    """The text as code inside a table."""
    return f"`{text.replace('|', chr(92) + '|')}`" if text else ""


def help_of(command: str = "") -> str:
    """What `tieout COMMAND --help` prints, in a fence."""
    top = click.Context(tieout, info_name=NAME, terminal_width=WIDTH, **SETTINGS)
    if not command:
        return f"```text\n{tieout.get_help(top)}\n```\n"
    found = tieout.get_command(top, command)
    if found is None:
        raise LookupError(f"no command {command}")
    told = found.get_help(click.Context(found, parent=top, info_name=command))
    return f"```text\n{told}\n```\n"


def metrics(kind: str) -> str:
    """The metrics of a kind: those any company may have, then each company's own."""
    catalogue = Catalogue.load()
    found = sorted(
        (metric for metric in catalogue.metrics.values() if metric.kind == kind),
        key=lambda metric: (metric.company or "", metric.id),
    )
    return table(
        ("id", "label", "unit", "company", "formula", "names, some"),
        (_metric(metric, catalogue) for metric in found),
    )


def _metric(metric: Metric, catalogue: Catalogue) -> tuple[str, ...]:
    named_by = [f"(by {family.id})" for family in catalogue.families.values() if metric.id in family.members]
    names = metric.aliases[:SOME] or named_by[:1]
    formulas = "; ".join(code(str(formula)) for formula in metric.formulas)
    return code(metric.id), metric.label, metric.unit, metric.company or "", formulas, ", ".join(names)


def families() -> str:
    """The generic names and what each may mean."""

    def row(family: Family) -> tuple[str, ...]:
        members, needs = (", ".join(map(code, ids)) for ids in (family.members, family.needs))
        return ", ".join(family.aliases[:SOME]), members, needs, family.company or ""

    found = Catalogue.load().families.values()
    return table(
        ("names, some", "may mean", "wrong only if wrong of", "company"),
        (row(family) for family in sorted(found, key=lambda f: (f.company or "", f.id))),
    )


def directions() -> str:
    """The words for changes and the bands in which they are true and false."""
    rows = [
        (
            ", ".join(word.words[:SOME]),
            {1: "up", -1: "down", 0: "none"}[word.sign],
            f"{hundredfold(word.true_from)} %",
            f"{hundredfold(word.false_below)} %",
            f"{hundredfold(word.true_from_points)} points",
            f"{hundredfold(word.false_below_points)} points",
        )
        for word in Catalogue.load().directions.values()
    ]
    return table(
        ("words, some", "way", "true from", "false below", "ratios: true from", "ratios: false below"), rows
    )


def hundredfold(share: Decimal) -> str:
    """A fraction in hundredths."""
    return f"{float(share * 100):g}"


def companies() -> str:
    """The companies with a pack."""
    found = sorted(Catalogue.load().companies.values(), key=lambda company: company.ticker)
    return table(
        ("ticker", "name", "fiscal year ends"),
        ((company.ticker, company.name, fiscal_end(company.calendar)) for company in found),
    )


def noun(module: str, name: str) -> str:
    """The fields of a dataclass of core."""
    kind = getattr(import_module(f"tieout.core.{module}"), name)
    return table(
        ("field", "type", "unless said"),
        ((code(field.name), code(str(field.type)), _default(field)) for field in fields(kind)),
    )


def _default(field: Field[object]) -> str:
    if field.default is MISSING:
        return "" if field.default_factory is MISSING else "empty"
    told = getattr(field.default, "value", field.default)
    if told in ("", ()):
        return "empty"
    return code(str(told)) if isinstance(told, str | int | bool) or told is None else "a calendar year"


def columns() -> str:
    """The columns a facts file must have, and those it may have."""
    return f"Required: {', '.join(map(code, REQUIRED))}.\n\nOptional: {', '.join(map(code, OPTIONAL))}.\n"


def rules() -> str:
    """Every rule of the registry with what a finding of it says."""
    told = meanings()
    return table(("code", "what is found"), ((f"[`{key}`](#{anchor(key)})", told[key]) for key in RULES))


def anchor(heading: str) -> str:
    """The address GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


PARTS: dict[str, Callable[..., str]] = {
    "help": help_of,
    "metrics": metrics,
    "families": families,
    "directions": directions,
    "companies": companies,
    "noun": noun,
    "columns": columns,
    "rules": rules,
}


def filled(text: str) -> str:
    """The page with every generated part made anew. Raises LookupError for a part of no known name."""

    def part(found: re.Match[str]) -> str:
        if found["name"] not in PARTS:
            raise LookupError(f"no part is called {found['name']}; known: {', '.join(PARTS)}")
        made = PARTS[found["name"]](*found["arguments"].split())
        return f"{found['open']}\n{made}\n{found['close']}"

    return PART.sub(part, text)


def outdated(folder: Path = FOLDER) -> dict[Path, str]:
    """The pages whose generated parts are not what they would be now, with the text they would have."""
    found: dict[Path, str] = {}
    for path in sorted(folder.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if (made := filled(text)) != text:
            found[path] = made
    return found


if __name__ == "__main__":
    for page, text in outdated().items():
        page.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{page}\n")
