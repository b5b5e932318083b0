"""Fills the generated parts of these pages: `python docs/build.py`; tests/test_docs.py holds them to it.

A part stands between `<!-- generated: NAME ARGUMENTS -->` and `<!-- end -->`; all else is written by hand.
Pictures are made whole.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, fields
from decimal import Decimal
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

import picture
import tieout
from tieout.bench.inject.pages import section
from tieout.catalogue import Catalogue, Family, Metric
from tieout.cli.group import NAME, SETTINGS
from tieout.cli.group import tieout as program
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
"""How many of a metric's names are shown; the TOML files have the rest."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell or ' ' for cell in line)} |\n" for line in lines)


def code(text: str) -> str:
    """The text as code inside a table."""
    return f"`{text.replace('|', chr(92) + '|')}`" if text else ""


def help_of(*names: str) -> str:
    """What `tieout COMMAND --help` prints, in a fence; two names are a command of a command."""
    found: click.Command = program
    context = click.Context(program, info_name=NAME, terminal_width=WIDTH, **SETTINGS)
    for name in names:
        held = found.get_command(context, name) if isinstance(found, click.Group) else None
        if held is None:
            raise LookupError(f"no command {' '.join(names)}")
        found, context = held, click.Context(held, parent=context, info_name=name)
    return f"```text\n{found.get_help(context)}\n```\n"


def metrics(kind: str) -> str:
    """The metrics of a kind: those any company may have, then each company's own."""
    catalogue = Catalogue.load()
    found = sorted(
        (metric for metric in catalogue.metrics.values() if metric.kind == kind),
        key=lambda metric: (metric.company or "", metric.id),
    )
    return table(
        ("id", "label, company, formula", "unit", "names, some"),
        (_metric(metric, catalogue) for metric in found),
    )


def _metric(metric: Metric, catalogue: Catalogue) -> tuple[str, ...]:
    named_by = [f"(by {family.id})" for family in catalogue.families.values() if metric.id in family.members]
    names = metric.aliases[:SOME] or named_by[:1]
    label = f"{metric.label} ({metric.company})" if metric.company else metric.label
    told = "".join(f" = {code(str(formula))}" for formula in metric.formulas)
    return code(metric.id), label + told, metric.unit, ", ".join(names)


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


def source(rule: str) -> str:
    """The code of a rule."""
    return f"```py\n{inspect.getsource(RULES[rule])}```\n"


def schema(name: str) -> str:
    """The keys of an object of the JSON contract; `check` is the whole."""
    contract = json.loads((files("tieout.report") / "check.schema.json").read_text(encoding="utf-8"))
    found = contract if name == "check" else {**contract["properties"], **contract["$defs"]}[name]
    return table(
        ("key", "value", "meaning"),
        (
            (code(key), f"[{key}](#{key})" if "properties" in each else kind(each), each["description"])
            for key, each in found["properties"].items()
        ),
    )


def kind(value: Mapping[str, Any]) -> str:
    """What a JSON schema allows, in words; an object with a section of its own as a link to it."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"[{name}](#{name})"
    if "const" in value or "enum" in value:
        return ", ".join(code(json.dumps(each)) for each in value.get("enum", [value.get("const")]))
    if "anyOf" in value:
        return " or ".join(map(kind, value["anyOf"]))
    if isinstance(value["type"], list):
        return " or ".join(kind({**value, "type": each}) for each in value["type"])
    if value["type"] == "array":
        return f"list of {kind(value['items'])}"
    if value["type"] == "object" and "properties" in value:
        return "an object"
    return {"null": "`null`", "object": "object of strings"}.get(value["type"], value["type"])


def api(name: str) -> str:
    """A public class: what it is, then every public method and property with its signature."""
    home = getattr(tieout, name)
    made = [f"{inspect.getdoc(home)}\n"]
    for member, found in vars(home).items():
        call = getattr(found, "__func__", getattr(found, "fget", found))
        if not member.startswith("_") and inspect.isfunction(call):
            text = signature(call, member) if not isinstance(found, property) else _property(call, member)
            made.append(f"### {name}.{member}\n\n```py\n{text}\n```\n\n{inspect.getdoc(call)}\n")
    return "\n".join(made)


def signature(call: Callable[..., object], name: str) -> str:
    """A function's call as its source writes it, on a line, or a line for each argument."""
    told = inspect.signature(call)
    arguments: list[str] = []
    for each in told.parameters.values():
        if each.kind is each.KEYWORD_ONLY and "*" not in arguments:
            arguments.append("*")
        default = "" if each.default is each.empty else f" = {each.default!r}".replace("'", '"')
        if each.name != "self":
            arguments.append(f"{each.name}: {each.annotation}{default}")
    line = f"{name}({', '.join(arguments)}) -> {told.return_annotation}"
    broken = "".join(f"    {argument},\n" for argument in arguments)
    return line if len(line) <= WIDTH - 20 else f"{name}(\n{broken}) -> {told.return_annotation}"


def _property(call: Callable[..., object], name: str) -> str:
    return f"{name}: {inspect.signature(call).return_annotation}"


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
    "bench": section,
    "source": source,
    "schema": schema,
    "api": api,
}

PICTURES: dict[str, Callable[[], str]] = {"demo.svg": picture.demo}


def filled(text: str) -> str:
    """The page with every generated part made anew. Raises LookupError for a part of no known name."""

    def part(found: re.Match[str]) -> str:
        if found["name"] not in PARTS:
            raise LookupError(f"no part is called {found['name']}; known: {', '.join(PARTS)}")
        made = PARTS[found["name"]](*found["arguments"].split())
        return f"{found['open']}\n{made}\n{found['close']}"

    return PART.sub(part, text)


def outdated(folder: Path = FOLDER) -> dict[Path, str]:
    """The pages and pictures that are not what they would be now, with the text they would have."""
    found: dict[Path, str] = {}
    for path in sorted((*folder.rglob("*.md"), *folder.rglob("*.svg"))):
        text = path.read_text(encoding="utf-8")
        if (made := PICTURES[path.name]() if path.suffix == ".svg" else filled(text)) != text:
            found[path] = made
    return found


if __name__ == "__main__":
    for page, text in outdated().items():
        page.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{page}\n")
