"""Fetching what others did: pages of the shared journal, each written in one local transaction."""

from typing import TYPE_CHECKING, Any

from models.journal.arrived import Pulled, PulledAction
from models.journal.replica import replicating
from models.progress import Progress
from models.store.database import Database
from models.store.local import set_local
from models.sync.state import cursor, unsent
from models.sync.wire import hub_errors

if TYPE_CHECKING:
    import psycopg

    from models.journal.entry import Changes

#: Entries of one page, about: a page ends where an action does.
PAGE = 5_000
_ENTRIES = 'SELECT "position", id::text, action::text, tbl, "row"::text, patch, base, lost FROM muster.pull(%s, %s)'
_ACTIONS = (
    "SELECT id::text, title, source, author, device_name, stamp, undoes::text, details, login, "
    "coalesce(device::text, ''), claim "
    "FROM muster.pull_actions(%s, %s)"
)


def pull_page(
    hub: "psycopg.Connection[tuple[Any, ...]]", database: Database, progress: Progress, head: int
) -> "Changes | None":
    """Fetch and write the next page; what it changed. None where something waits to be sent: that goes first.

    `head` is how far the shared journal goes, for the progress. Raises HubError, DatabaseError, Cancelled.
    """
    with database.reading() as connection:
        place, _ = cursor(connection)
    progress.at("receive", place, max(head, place))
    with hub_errors():
        rows = hub.execute(_ENTRIES, (place, PAGE)).fetchall()
        upto = rows[-1][0] if rows else place
        actions = hub.execute(_ACTIONS, (place, upto)).fetchall() if rows else []
    page = [_pulled(row) for row in rows]
    with replicating(database) as replica:
        if unsent(replica.connection) or cursor(replica.connection)[0] != place:
            return None
        replica.append(page, [PulledAction(*row) for row in actions])
        if page:
            set_local(replica.connection, "cursor", f"{page[-1].position} {page[-1].id}")
    return replica.changes


def _pulled(row: tuple[Any, ...]) -> Pulled:
    position, entry, action, table, record, patch, base, lost = row
    return Pulled(position, entry, action, table, record, patch, base, tuple(lost or ()))
