"""How a home stands with its shared database, as it knows without asking it."""

from dataclasses import dataclass

from sqlalchemy import Connection

from models.store.local import LOGIN, home_role, local
from models.sync.address import Address, kept_address

LAST_SYNC = "last_sync"
"""The key of when the last sync went through: milliseconds since 1970."""
CURSOR = "cursor"
"""The key of how far the shared journal is known: the position and the id of its last entry."""
HEAD_SEEN = "head_seen"
"""The key of how far the shared journal went when it last took something from here."""
SENT_UPTO = "sent_upto"
"""The key of the highest local number (`entry.seq`) up to which the shared database has answered."""


@dataclass(frozen=True, slots=True)
class SyncState:
    """`login` and `role` as the shared database knows this person. `unsent` counts entries, `last_sync` milliseconds
    since 1970 (None: never), `cursor` is a position, `open_reviews` counts matters that nobody has settled.
    """

    address: Address
    login: str
    role: str
    unsent: int
    last_sync: int | None
    cursor: int
    open_reviews: int


def sync_state(connection: Connection) -> SyncState | None:
    """How the home stands; None where it is connected to no shared database."""
    address = kept_address(connection)
    if address is None:
        return None
    last = local(connection, LAST_SYNC)
    return SyncState(
        address,
        local(connection, LOGIN) or address.login,
        home_role(connection) or "",
        unsent(connection),
        int(last) if last else None,
        cursor(connection)[0],
        _open_reviews(connection),
    )


def unsent(connection: Connection) -> int:
    """How many entries the shared database has not answered yet; those that are bound to be refused among them."""
    sql = "SELECT count(*) FROM entry WHERE seq > ? AND position IS NULL"
    return int(connection.exec_driver_sql(sql, (sent_upto(connection),)).scalar_one())


def sent_upto(connection: Connection) -> int:
    """Entries up to this one (its `seq`) were answered."""
    return int(local(connection, SENT_UPTO) or 0)


def cursor(connection: Connection) -> tuple[int, str | None]:
    """The position up to which all is here, and the id of the entry there (None where nothing is)."""
    place, _, entry = (local(connection, CURSOR) or "0").partition(" ")
    return int(place), entry or None


def _open_reviews(connection: Connection) -> int:
    sql = "SELECT count(*) FROM review WHERE outcome IS NULL AND deleted IS NULL"
    return int(connection.exec_driver_sql(sql).scalar_one())
