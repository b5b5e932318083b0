"""Many articles at once: found, checked in parallel, reports in a folder with an index and a summary."""

from tieout.batch.inputs import Plan, plan
from tieout.batch.run import Order, carry_out
from tieout.batch.stream import Checked, checked

__all__ = ["Plan", "plan", "Order", "carry_out", "Checked", "checked"]
