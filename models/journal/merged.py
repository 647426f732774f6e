"""Records that became one: which were merged into a record, and the history of them all as one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from models.journal.history import Event, deeds_with, history

MERGED, INTO, OF_TABLE, CALLED = "merged", "into", "table", "called"
"""The details of a deed that merges: the ids of the record that goes and of the one that stays, their table, and what
the one that goes was called."""


@dataclass(frozen=True, slots=True)
class MergedIn:
    """A record that was merged into another by the action `action`: its id and what it was called."""

    row: str
    called: str
    action: str


def merged_into(connection: Connection, table: str, row: str) -> Iterator[MergedIn]:
    """What was merged into a record, and into that in turn, as far as it was not taken back."""
    seen, waiting = {row}, [row]
    while waiting:
        for deed in deeds_with(connection, INTO, waiting.pop()):
            gone = str(deed.details.get(MERGED, ""))
            if deed.undone_by is None and deed.details.get(OF_TABLE) == table and gone and gone not in seen:
                seen.add(gone)
                waiting.append(gone)
                yield MergedIn(gone, str(deed.details.get(CALLED) or gone), deed.action)


def whole_history(connection: Connection, table: str, row: str) -> list[Event]:
    """The changes of one record and of those that were merged into it, latest first."""
    found = history(connection, table, row)
    for each in merged_into(connection, table, row):
        found += [replace(event, merged=each.called) for event in history(connection, table, each.row)]
    return sorted(found, key=lambda event: event.when, reverse=True)
