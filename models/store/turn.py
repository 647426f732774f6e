"""One program at a time prints over a home, and one syncs it: the window and the command line may both be open.

The system lets go of the file's lock when its program ends, however it ends.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def turn(path: Path) -> Iterator[bool]:
    """Hold the lock of this file while inside; False where somebody else has it. Raises OSError."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _take(handle)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)
