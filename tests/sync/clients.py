"""A client in a test: one home, the program over it, its clock and its faults."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from models.journal.entry import Entry
from models.journal.reading import entries
from models.journal.writer import Journal
from models.store.home import Home
from models.sync.client import SyncClient
from tests.sync.breaking import BreakingDatabase, Faults

_UNSENT = "e.position IS NULL AND e.refused IS NULL"
COPY = "Copied from the shared database"
"""The title of the deed under which a first copy stands."""


@dataclass
class Client:
    """One home and the program over it."""

    name: str
    folder: Path
    url: str
    faults: Faults = field(default_factory=Faults)
    cursor: int = 0
    #: How far its clock is off, milliseconds.
    off: int = 0

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Start the program, as after a crash or a restart of the computer."""
        self.database = BreakingDatabase.open(Home(self.folder))
        assert isinstance(self.database, BreakingDatabase)
        self.database.faults = self.faults
        self.journal = Journal(self.database, self.name)
        self.sync = SyncClient(self.database, self.faults.connect(self.url))

    def stop(self) -> None:
        """End the program; nothing is kept but what is on the disk."""
        self.faults.at = None
        self.faults.disconnect()
        self.database.close()

    @contextmanager
    def clock(self) -> Iterator[None]:
        """The time as this client's computer has it."""
        shifted = SimpleNamespace(time_ns=lambda: time.time_ns() + self.off * 1_000_000)
        with patch("models.journal.clock.time", shifted):
            yield

    def unsent(self) -> list[Entry]:
        """What only this client knows."""
        with self.database.reading() as connection:
            return list(entries(connection, _UNSENT))

    def known(self) -> set[str]:
        """The ids of the entries that it could send again; copies of rows are no entries of anyone."""
        with self.database.reading() as connection:
            return {each.id for each in entries(connection, "a.title <> ?", (COPY,))}


def fresh_home(folder: Path) -> Path:
    """An empty home that nobody has open, to copy: making one costs more than most tests."""
    home = folder / "fresh"
    BreakingDatabase.open(Home(home)).close()
    return home
