"""The files that are imported one after the other: what is done, what is at hand, what is left."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from models.exchange.options import ImportOptions


class Fate(StrEnum):
    """What became of a file so far."""

    WAITING = "waiting"
    NOW = "now"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass
class Entry:
    """A file, or one more table of it (`options` say which). `told` is what there is to tell of it."""

    path: Path
    name: str
    options: ImportOptions = field(default_factory=ImportOptions)
    fate: Fate = Fate.WAITING
    told: str = ""


class FileQueue:
    """Files in the order of importing."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, paths: Iterable[Path]) -> list[Entry]:
        """Put files at the end; those that wait already are not put there twice."""
        waiting = {entry.path for entry in self.entries if entry.fate in (Fate.WAITING, Fate.NOW)}
        made = [Entry(path, path.name) for path in paths if path not in waiting]
        self.entries += made
        return made

    def put_next(self, entry: Entry) -> None:
        """Put one behind the one at hand."""
        self.entries.insert(self._at() + 1, entry)

    @property
    def now(self) -> Entry | None:
        """The one at hand."""
        return next((entry for entry in self.entries if entry.fate is Fate.NOW), None)

    @property
    def next(self) -> Entry | None:
        """The one that comes next."""
        return next((entry for entry in self.entries if entry.fate is Fate.WAITING), None)

    @property
    def left(self) -> int:
        """How many wait."""
        return sum(entry.fate is Fate.WAITING for entry in self.entries)

    @property
    def place(self) -> str:
        """Where the one at hand stands: "2 of 5"; empty for a single file."""
        return f"{self._at() + 1} of {len(self.entries)}" if len(self.entries) > 1 and self.now else ""

    def take(self, entry: Entry) -> None:
        """Take that one in hand; one that was in hand and not ended waits again."""
        for other in self.entries:
            if other.fate is Fate.NOW:
                other.fate = Fate.WAITING
        entry.fate = Fate.NOW

    def end(self, fate: Fate, told: str) -> None:
        """The one at hand is done or skipped."""
        if (entry := self.now) is not None:
            entry.fate, entry.told = fate, told

    def drop(self, entry: Entry) -> None:
        """Take one that waits out of the list."""
        if entry.fate is not Fate.NOW:
            self.entries.remove(entry)

    def _at(self) -> int:
        return next((at for at, entry in enumerate(self.entries) if entry.fate is Fate.NOW), len(self.entries) - 1)
