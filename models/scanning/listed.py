"""The list of what was scanned: records in the order in which they came, each once."""

from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock

from models.schema.records import RECORDS

MOST = 10_000
"""So many records are kept on the list."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One record of the list: its kind's word, its id, and the moment when it was scanned in its canonical form."""

    word: str
    row: str
    at: str


class ScannedList:
    """May be added to by one thread while another one shows it."""

    def __init__(self, rows: Collection[Listed] = ()) -> None:
        self._lock = Lock()
        self._rows = {each.row: each for each in rows}

    @classmethod
    def from_data(cls, data: object) -> "ScannedList":
        """The list that `data` gave; what is not of that form is passed over."""
        return cls(
            [
                Listed(str(each["word"]), str(each.get("row", "")), str(each.get("at", "")))
                for each in (data[:MOST] if isinstance(data, list) else ())
                if isinstance(each, dict) and each.get("word") in RECORDS
            ]
        )

    def data(self) -> list[dict[str, str]]:
        """The list as JSON can keep it."""
        return [{"word": each.word, "row": each.row, "at": each.at} for each in self.rows()]

    def rows(self) -> list[Listed]:
        """What is on it, in the order in which it came."""
        with self._lock:
            return list(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, new: Listed) -> bool:
        """Add a record; False where it is on the list already, or the list is full."""
        with self._lock:
            if new.row in self._rows or len(self._rows) >= MOST:
                return False
            self._rows[new.row] = new
            return True

    def remove(self, rows: Collection[str]) -> list[Listed]:
        """Take records (by id) off the list; gives those that were on it."""
        with self._lock:
            return [self._rows.pop(row) for row in rows if row in self._rows]
