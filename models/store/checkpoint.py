"""Moves what was written from SQLite's write-ahead log into the database, off the thread that writes.

SQLite would do so within the commit that makes the log long: half a second after an import of 100,000 rows, and the
person waits. The log is as safe as the database meanwhile.
"""

import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

#: A log of so many bytes is moved.
_LONG = 8 * 1024 * 1024


class Checkpoints:
    """The checkpoints of some databases, one at a time."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._thread: threading.Thread | None = None

    def when_due(self) -> None:
        """Begin to move what is long enough, unless that is under way."""
        due = [path for path in self._paths if _length(path.with_name(path.name + "-wal")) > _LONG]
        if due and not (self._thread and self._thread.is_alive()):
            self._thread = threading.Thread(target=_move, args=(due,), name="checkpoint", daemon=True)
            self._thread.start()

    def finish(self) -> None:
        """Wait for what is under way."""
        if self._thread is not None:
            self._thread.join()


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _move(paths: Sequence[Path]) -> None:
    for path in paths:
        # What cannot be moved now, since another reads or writes it, is moved after a later write.
        with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as raw:
            raw.execute("PRAGMA synchronous=FULL")
            raw.execute("PRAGMA wal_checkpoint(PASSIVE)")
