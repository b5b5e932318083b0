"""`python -m tieout` is the command `tieout`."""

from __future__ import annotations

import sys

from tieout.cli import main

sys.exit(main())
