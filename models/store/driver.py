"""SQLite's own connection under SQLAlchemy's."""

import sqlite3

from sqlalchemy import Connection


def driver(connection: Connection) -> sqlite3.Connection:
    """The connection of the driver, for what SQLAlchemy does not pass on or does slowly."""
    found = connection.connection.dbapi_connection
    assert isinstance(found, sqlite3.Connection)  # noqa: S101 (for the type checker: the database is SQLite)
    return found
