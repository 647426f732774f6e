"""What people do to many records at once: each a short function that gives the edits of one deed to the journal."""

from array import array
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection

from desktop.jobs import Task
from models.fields.ids import new_id
from models.journal.entry import Changes, Edit
from models.journal.writer import Journal
from models.query.window import page
from models.schema.records import record_type

_AT_ONCE = 2000

Patch = Mapping[str, str | None]


def set_fields(journal: Journal, task: Task, word: str, numbers: "array[int]", patch: Patch, title: str) -> Changes:
    """Give all these records the same values; None clears. Raises DatabaseError, Cancelled."""
    table = record_type(word).table

    def edits(connection: Connection) -> Iterator[Edit]:
        for row in _ids(connection, journal, word, numbers):
            yield Edit(table, row, patch)

    return journal.write(title, edits, total=len(numbers), progress=task)


def delete_records(journal: Journal, task: Task, word: str, numbers: "array[int]", title: str) -> Changes:
    """Hide these records; nothing is destroyed, and the deed can be undone."""
    return set_fields(journal, task, word, numbers, {"deleted": "yes"}, title)


def change_each(journal: Journal, task: Task, word: str, patches: Mapping[str, Patch], title: str) -> Changes:
    """Give each record (by id) its own values."""
    table = record_type(word).table
    edits = [Edit(table, row, patch) for row, patch in patches.items()]
    return journal.write(title, edits, total=len(edits), progress=task)


def add_record(journal: Journal, task: Task, word: str, patch: Patch, title: str) -> Changes:
    """Make one record."""
    return paste_cells(journal, task, word, {}, [patch], title)


def paste_cells(
    journal: Journal, task: Task, word: str, patches: Mapping[str, Patch], added: Sequence[Patch], title: str
) -> Changes:
    """Give each record (by id) its own values and make new ones, as one deed."""
    table = record_type(word).table
    edits = [Edit(table, row, patch) for row, patch in patches.items()]
    edits += [Edit(table, new_id(), with_kind(word, patch), new=True) for patch in added]
    return journal.write(title, edits, total=len(edits), progress=task)


def with_kind(word: str, patch: Patch) -> dict[str, str | None]:
    """The values of a new record, with what tells its kind where a table holds several."""
    kind = record_type(word).asset_kind
    return {**patch, **({"kind": kind} if kind else {})}


def _ids(connection: Connection, journal: Journal, word: str, numbers: "array[int]") -> Iterator[str]:
    catalogue = journal.database.catalogue()
    for start in range(0, len(numbers), _AT_ONCE):
        for row in page(connection, catalogue, word, numbers[start : start + _AT_ONCE], []):
            yield row.id
