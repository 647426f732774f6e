"""Taking back what a tag run wrote."""

from collections.abc import Iterator

from sqlalchemy import Connection

from models.fields.problem import UsageError
from models.journal.entry import Changes, Edit
from models.journal.history import history
from models.journal.undo import undo
from models.journal.writer import Journal
from models.rules.in_use import used
from models.scanning.things import LABEL_KEYS, Line, State


def take_back(journal: Journal, line: Line) -> tuple[Changes, bool]:
    """Undo the deed of a line. Gives the changes, and whether the line is gone: a record that was changed since stays.

    A printed label is no change of the record: it goes as well, and comes back with a redo. Raises DatabaseError.
    """
    try:
        report = undo(journal, line.action)
    except UsageError as error:
        if error.problem.code != "undo.already":
            raise
        return Changes(), True
    kept = [each for each in report.kept if each.row == line.row]
    if report.changes.count or not kept or line.state is not State.NEW:
        return report.changes, not (line.state is State.NEW and kept)
    changes = journal.write(
        f"Undo: {report.title}", lambda connection: _printed_only(connection, line), undoes=line.action
    )
    return changes, bool(changes.count)


def _printed_only(connection: Connection, line: Line) -> Iterator[Edit]:
    """The record goes, if since it was made nothing but its label's stamps came, and nobody refers to it."""
    since = [event for event in history(connection, "asset", line.row) if event.action != line.action]
    if all(LABEL_KEYS.issuperset(event.fields) for event in since) and not used(connection, "asset", [line.row]):
        yield Edit("asset", line.row, {"deleted": "yes"})
