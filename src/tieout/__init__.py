"""tieout checks, claim by claim, whether an article's numbers tie out to their documents."""

from __future__ import annotations

__version__ = "0.1.0"
