"""Who may import whom: DESIGN.md's table, read off the syntax tree."""

from __future__ import annotations

import ast
import sys

NOUNS = {"core", "catalogue", "ledger", "figures"}
LEXERS = ("article", "sentences", "amounts", "period_lists", "periods", "clock")
"""What the bench may measure by itself: how a page becomes text, and text numbers and periods."""
ROOMS = {
    "core": set(),
    "catalogue": {"core"},
    "ledger": {"core"},
    "sources": {"core"},
    "read": {"core", "catalogue"},
    "ingest": {"core", "catalogue", "ledger", "read", "sources"},
    "figures": {"core", "catalogue", "ledger"},
    "models": NOUNS,
    "verify": NOUNS,
    "write": {*NOUNS, "models"},
    "report": {"core", "figures.format"},
    "demo": set(),
    "desk": {*NOUNS, "sources", "read", "ingest", "models", "verify", "write", "report", "demo"},
    "batch": {"core", "desk", "report"},
    "doctor": {"core", "catalogue", "ledger"},
    "cli": {"core", "desk", "report", "demo", "batch", "doctor", "bench", "ingest", "sources", "ledger"},
    "bench": {*NOUNS, "desk", "ingest", "report.progress", *(f"read.{lexer}" for lexer in LEXERS)},
    "__init__": {"core", "desk"},
    "__main__": {"cli"},
}
"""Room -> rooms it may import, besides itself; "figures.format" opens that module alone."""

THIRD_PARTY = {
    "read": {"selectolax", "markdown_it"},
    "report": {"rich"},
    "cli": {"click"},
    "ledger": {"pyarrow", "duckdb", "deltalake", "filelock", "platformdirs"},
    "sources": {"httpx", "msgspec", "platformdirs", "filelock"},
    "ingest": {"pyarrow", "msgspec", "deflate", "lxml"},
    "bench": {"ixbrlparse", "edgar", "lxml", "pyarrow", "duckdb"},
}
NETWORK = {
    "aiohttp",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}
GENERATOR = {
    "article",
    "ask",
    "baseline",
    "benign",
    "coincide",
    "errors",
    "fill",
    "mutate",
    "names",
    "opened",
    "phrasing",
    "scene",
    "speech",
    "split",
    "suited",
    "told",
    "truth",
}
"""Modules of bench.inject that make articles: they may not know how articles are read or judged."""

FRONT_DOOR = {"Desk": "desk", "Check": "core", "Finding": "core", "Verdict": "core", "TieoutError": "core"}


def violations(package):
    """A line for each import in the package folder that its room is not allowed."""
    found = []
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package)
        room = inside.parts[0].removesuffix(".py")
        where = ("tieout", *inside.with_suffix("").parts)
        for line, module in imported(ast.parse(path.read_text(encoding="utf-8")), where):
            complaint = wrong(room, module)
            if complaint:
                found.append(f"{inside}:{line}: {complaint}")
    return found


def wrong(room, module):
    """Why `room` may not import the module of that dotted name, None if it may."""
    if room not in ROOMS:
        return f"no such room: {room}; add it to the table, as DESIGN.md has it"
    top, _, rest = module.partition(".")
    if any(module == name or module.startswith(f"{name}.") for name in NETWORK) and room != "sources":
        return f"{module}: HTTP only in sources"
    if top != "tieout":
        allowed = top in sys.stdlib_module_names or top in THIRD_PARTY.get(room, ())
        return None if allowed else f"{room} may not import the library {top}"
    target = rest.split(".")[0]
    if target in ("", "__version__", room) or any(
        rest == name or rest.startswith(f"{name}.") for name in ROOMS[room]
    ):
        return None
    return f"{room} may not import {rest}"


def knowing(package):
    """A line for each import through which what makes the bench's articles could know the checker."""
    found = []
    for name in sorted(GENERATOR):
        path = package / "bench" / "inject" / f"{name}.py"
        where = ("tieout", "bench", "inject", name)
        for line, module in imported(ast.parse(path.read_text(encoding="utf-8")), where):
            top, _, rest = module.partition(".")
            inside = rest.removeprefix("bench.inject.").split(".")[0]
            noun = rest.split(".")[0] in NOUNS
            if (
                top == "tieout"
                and not noun
                and not (rest.startswith("bench.inject.") and inside in GENERATOR)
            ):
                found.append(f"bench/inject/{name}.py:{line}: may not import {rest}")
    return found


def imported(tree, where):
    """Line and absolute dotted name of every import, those by a string among them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(where[: -node.level]) if node.level else ""
            module = ".".join(part for part in (base, node.module or "") if part)
            for alias in node.names:
                yield node.lineno, named(module, alias.name)
        elif isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            text = literal(node.args[0])
            if called in ("import_module", "__import__") and text:
                yield node.lineno, text.rstrip(".")


def named(module, name):
    """The dotted name an import reaches: `from tieout import x` is the room x."""
    if module == "tieout":
        return f"tieout.{FRONT_DOOR.get(name, name)}"
    return f"{module}.{name}" if module in ("tieout.figures", "tieout.bench.inject", "urllib") else module


def literal(node):
    """The string a node is, or begins with."""
    if isinstance(node, ast.JoinedStr):
        return literal(node.values[0])
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
