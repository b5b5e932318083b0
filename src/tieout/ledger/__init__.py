"""The point-in-time store: facts as of a day, or every vintage of any day."""

from tieout.ledger.issue import Issue
from tieout.ledger.ledger import Ledger
from tieout.ledger.view import View

__all__ = ["Issue", "Ledger", "View"]
