"""Figures: every number a measure has, reported or computed, as an interval with its lineage."""

from tieout.figures.figures import Figures, Source

__all__ = ["Figures", "Source"]
