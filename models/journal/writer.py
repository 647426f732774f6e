"""The one door: append entries, project them onto the tables, keep the search index, all in one transaction.

An edit in a form, an import of 100,000 rows and an undo all pass through `Journal.write`. It works in batches, set
by set, since that is what makes it nearly as fast as a plain insert.
"""

import json
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack

from sqlalchemy import Connection

from models.fields.ids import new_id
from models.journal.clock import next_stamp
from models.journal.entry import Changes, Edit, NewRows
from models.journal.project import Projection
from models.progress import Progress, beating
from models.rules.rights import check_write
from models.store.database import Database
from models.store.local import DEVICE, home_role, local, set_local

#: Edits that are written together: few enough to cancel within a blink, enough to be a set.
BATCH = 1000

_ACTION = (
    "INSERT INTO action (nr, id, title, source, author, device, stamp, undoes, count, details) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

Edits = Iterable[Edit | NewRows] | Callable[[Connection], Iterable[Edit | NewRows]]


class Journal:
    """Writes as one person on this device."""

    def __init__(self, database: Database, author: str, lender: Callable[[], None] | None = None) -> None:
        """`author`: the name under which changes are remembered.

        `lender` fetches at once what only the shared database gives (tag numbers) and raises HubError where it cannot;
        None where there is none.
        """
        self.database = database
        self.author = author
        self.lender = lender

    def write(
        self,
        title: str,
        edits: Edits,
        *,
        source: str | None = None,
        details: Mapping[str, object] | None = None,
        undoes: str | None = None,
        total: int = 0,
        progress: Progress | None = None,
    ) -> Changes:
        """Make the edits true, as one action. Returns what changed; nothing is written where nothing changes.

        `edits` may be a function of the writing connection, for those who must look before they write. `total` is
        their expected number, for the progress. Raises DatabaseError; UsageError("hub.may-not") where the person's role
        in the shared database does not change such records; Cancelled leaves nothing written; KeyError for a table or a
        field that is not there.
        """
        progress = progress or Progress()
        with ExitStack() as kept, self.database.writing_with_index() as (connection, index):
            stamp = next_stamp(int(local(connection, "stamp") or 0))
            number = int(connection.exec_driver_sql("SELECT coalesce(max(nr), 0) + 1 FROM action").scalar_one())
            action = new_id()
            more = json.dumps(details, ensure_ascii=False) if details else None
            row = (number, action, title, source, self.author, _device_name(connection), stamp, undoes, 0, more)
            projection, role = Projection(connection, number, index), home_role(connection)
            for batch in _batches(edits(connection) if callable(edits) else edits):
                for table in _tables(batch):
                    check_write(role, table)
                if not projection.done:
                    # Before its entries, so that SQLite need not look for them when it comes.
                    connection.exec_driver_sql(_ACTION, row)
                projection.apply(batch)
                progress.at("write", projection.done, total)
            if not projection.count:
                connection.exec_driver_sql("DELETE FROM action WHERE nr = ?", (number,))
                return Changes(title=title)
            connection.exec_driver_sql("UPDATE action SET count = ? WHERE nr = ?", (projection.count, number))
            set_local(connection, "stamp", str(stamp))
            count = projection.count
            progress.at("index", count, count)
            projection.tables.finish_index(lambda: progress.at("index", count, count))
            progress.at("commit", projection.count, projection.count)
            kept.enter_context(beating(progress))
        if "custom_field" in projection.tables.rows:
            self.database.forget_catalogue()
        return Changes(
            action,
            title,
            projection.count,
            projection.new,
            {table: frozenset(rows) for table, rows in projection.tables.rows.items()},
            {table: frozenset(fields) for table, fields in projection.tables.fields.items()},
        )


def _batches(edits: Iterable[Edit | NewRows]) -> Iterator[list[Edit] | NewRows]:
    """The edits in batches; a row occurs once in a batch, since a batch is applied as a set."""
    held: list[Edit] = []
    seen: set[str] = set()
    for edit in edits:
        if isinstance(edit, NewRows) or edit.row in seen or len(held) == BATCH:
            if held:
                yield held
            held, seen = [], set()
        if isinstance(edit, NewRows):
            yield from _slices(edit)
        else:
            held.append(edit)
            seen.add(edit.row)
    if held:
        yield held


def _tables(batch: list[Edit] | NewRows) -> set[str]:
    return {batch.table} if isinstance(batch, NewRows) else {edit.table for edit in batch}


def _slices(rows: NewRows) -> Iterator[NewRows]:
    for start in range(0, len(rows.ids), BATCH):
        part = slice(start, start + BATCH)
        yield NewRows(rows.table, rows.ids[part], {key: column[part] for key, column in rows.columns.items()})


def _device_name(connection: Connection) -> str:
    """The device's name; its identity is made with its first write."""
    if local(connection, DEVICE) is None:
        set_local(connection, DEVICE, new_id())
        set_local(connection, "device_name", socket.gethostname() or "this device")
    return local(connection, "device_name") or "this device"
