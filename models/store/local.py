"""What only this device knows (the table `local`): its identity, its clock, the tag numbers that it has given."""

from sqlalchemy import Connection

DEVICE = "device"
"""The key of the device's identity, a UUID; made with its first write."""
HUB = "hub"
"""The key of the shared database's address (models/sync/address.py); empty or not there without one."""
ROLE = "hub_role"
"""The key of the role that the shared database gives to this home's login; empty where there is none."""
READS = "hub_reads"
"""The key of the words of restricted fields that the login sees in the shared database, with spaces between."""
LOGIN = "hub_login"
"""The key of the login that the shared database knows this home by."""


REFOLDED = "refolded"
"""The key of a number that rises with each change of records that is no action's."""


def local(connection: Connection, key: str) -> str | None:
    """A value; None where there is none."""
    found = connection.exec_driver_sql("SELECT value FROM local WHERE key = ?", (key,)).scalar_one_or_none()
    return None if found is None else str(found)


def home_role(connection: Connection) -> str | None:
    """The role that the shared database gives to this home's login; None where it is connected to none."""
    return local(connection, ROLE) or None


def home_reads(connection: Connection) -> frozenset[str] | None:
    """The words of restricted fields that this home sees; None: all, since it is connected to no shared database."""
    return frozenset((local(connection, READS) or "").split()) if home_role(connection) is not None else None


def set_local(connection: Connection, key: str, value: str) -> None:
    """Keep a value, within the transaction of the connection."""
    connection.exec_driver_sql(
        "INSERT INTO local (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )
