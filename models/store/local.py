"""What only this device knows (the table `local`): its identity, its clock, the tag numbers that it has given."""

from sqlalchemy import Connection

DEVICE = "device"
"""The key of the device's identity, a UUID; made with its first write."""


def local(connection: Connection, key: str) -> str | None:
    """A value; None where there is none."""
    found = connection.exec_driver_sql("SELECT value FROM local WHERE key = ?", (key,)).scalar_one_or_none()
    return None if found is None else str(found)


def set_local(connection: Connection, key: str, value: str) -> None:
    """Keep a value, within the transaction of the connection."""
    connection.exec_driver_sql(
        "INSERT INTO local (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )
