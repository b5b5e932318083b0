"""tieout checks, claim by claim, whether an article's numbers tie out to their documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tieout.core.errors import TieoutError
    from tieout.core.finding import Check, Finding, Verdict
    from tieout.desk import Desk

__version__ = "0.1.0"
__all__ = ["Desk", "Check", "Finding", "Verdict", "TieoutError", "__version__"]

_HOMES = {
    "Desk": "tieout.desk",
    "Check": "tieout.core.finding",
    "Finding": "tieout.core.finding",
    "Verdict": "tieout.core.finding",
    "TieoutError": "tieout.core.errors",
}


def __getattr__(name: str) -> object:
    """The public name, imported when first asked for: `import tieout` itself costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'tieout' has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found
