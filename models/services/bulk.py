"""Deeds on many records at once: giving them the same values, deleting them. One action each, undone as one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from models.journal.entry import Changes, Edit
from models.journal.writer import Journal
from models.progress import Progress
from models.query.window import page
from models.rules.in_use import used
from models.schema.records import record_type

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Deleted:
    """What a deletion did. `kept`: the ids of records that stay since live ones refer to them, and how many do."""

    changes: Changes
    kept: Mapping[str, int]


def set_many(
    journal: Journal,
    word: str,
    numbers: Sequence[int],
    patch: Mapping[str, str | None],
    title: str,
    progress: Progress | None = None,
) -> Changes:
    """Give the records of these numbers the same canonical values (None clears); those that have them stay as they are.

    Raises DatabaseError; Cancelled, and then nothing is written; KeyError for a field that is not there.
    """
    table = record_type(word).table

    def edits(connection: Connection) -> Iterator[Edit]:
        return (Edit(table, row, patch) for row in _ids(connection, journal, word, numbers))

    return journal.write(title, edits, total=len(numbers), progress=progress)


def delete_records(
    journal: Journal, word: str, numbers: Sequence[int], title: str, progress: Progress | None = None
) -> Deleted:
    """Delete the records of these numbers: they are hidden, never destroyed, and an undo brings them back.

    Those that live records refer to, other than records that are deleted with them, stay and are named.
    """
    table = record_type(word).table
    kept: dict[str, int] = {}

    def edits(connection: Connection) -> Iterator[Edit]:
        ids = list(_ids(connection, journal, word, numbers))
        kept.update(used(connection, table, ids))
        return (Edit(table, row, {"deleted": "yes"}) for row in ids if row not in kept)

    return Deleted(journal.write(title, edits, total=len(numbers), progress=progress), kept)


def _ids(connection: Connection, journal: Journal, word: str, numbers: Sequence[int]) -> Iterator[str]:
    catalogue = journal.database.catalogue()
    for start in range(0, len(numbers), _AT_ONCE):
        for row in page(connection, catalogue, word, numbers[start : start + _AT_ONCE], []):
            yield row.id
