"""A file held by one process at a time; the system lets go of it when the process ends, however it ends."""

from __future__ import annotations

import sys
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    FAR = 1 << 40
    """Windows locks bytes against reading too, so one is taken that no file has."""

    def lock(file: BinaryIO) -> bool:
        """Whether the file is held by this process now; False where another one holds it."""
        file.seek(FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def lock(file: BinaryIO) -> bool:
        """Whether the file is held by this process now; False where another one holds it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
