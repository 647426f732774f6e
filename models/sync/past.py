"""The whole history of one record: what the shared database remembers, and what it has not been told yet."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from models.journal.clock import moment
from models.journal.history import Event, fields_of
from models.journal.merged import merged_into, whole_history
from models.store.database import Database
from models.sync.wire import hub_errors

if TYPE_CHECKING:
    import psycopg


def fetch_history(hub: "psycopg.Connection[tuple[Any, ...]]", database: Database, table: str, row: str) -> list[Event]:
    """All changes of a record that the shared database took, latest first, and of those that were merged into it.

    What is in its archive counts, too; fields that the role may not read are left out. Raises HubError.
    """
    with database.reading() as connection:
        called = {row: "", **{each.row: each.called for each in merged_into(connection, table, row)}}
    found = [replace(event, merged=name) for each, name in called.items() for event in _history(hub, table, each)]
    return _latest_first(found)


def with_fetched(connection: Connection, fetched: list[Event], table: str, row: str) -> list[Event]:
    """What was fetched, and what only this home knows: what was not sent yet, and what was refused. Latest first."""
    known = {event.action for event in fetched}
    own = [
        event
        for event in whole_history(connection, table, row)
        if (event.unsent or event.refused is not None) and event.action not in known
    ]
    return _latest_first([*own, *fetched])


def _history(hub: "psycopg.Connection[tuple[Any, ...]]", table: str, row: str) -> list[Event]:
    with hub_errors():
        found = hub.execute(
            "SELECT stamp, author, device_name, action::text, title, source, patch, base, login, lost "
            "FROM muster.history(%s, %s) ORDER BY stamp DESC, position DESC",
            (table, row),
        ).fetchall()
    return [
        Event(
            moment(stamp), author, device, action, title, source, base is None, fields_of(patch, base), login,
            lost=frozenset(lost or ()),
        )
        for stamp, author, device, action, title, source, patch, base, login, lost in found
    ]  # fmt: skip


def _latest_first(events: list[Event]) -> list[Event]:
    return sorted(events, key=lambda event: event.when, reverse=True)
