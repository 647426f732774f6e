"""SQLite's errors that are the world's fault, told apart from our own."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from models.fields.problem import DatabaseError
from models.store.home import SEARCH_FILE
from models.store.searchfile import spoilt

#: SQLite's primary result codes (https://www.sqlite.org/rescode.html) and our codes for them.
_CODES = {
    sqlite3.SQLITE_BUSY: "database.busy",
    sqlite3.SQLITE_LOCKED: "database.busy",
    sqlite3.SQLITE_FULL: "database.full",
    sqlite3.SQLITE_READONLY: "database.read-only",
    sqlite3.SQLITE_CANTOPEN: "database.cannot-open",
    sqlite3.SQLITE_NOTADB: "database.not-a-database",
    sqlite3.SQLITE_CORRUPT: "database.damaged",
    sqlite3.SQLITE_IOERR: "database.disk-error",
    sqlite3.SQLITE_PERM: "database.read-only",
    sqlite3.SQLITE_AUTH: "database.read-only",
}


def translated(error: sqlite3.Error, path: Path) -> DatabaseError | None:
    """The DatabaseError for what SQLite says; None where it is our own mistake."""
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_CORRUPT_VTAB:
        # The only virtual tables are those of the search index: no loss, it is made anew.
        spoilt(path.with_name(SEARCH_FILE))
        return DatabaseError("database.search-damaged", str(path.with_name(SEARCH_FILE)))
    known = _CODES.get(code & 0xFF) if code is not None else None
    return DatabaseError(known, str(path), reason=str(error)) if known else None


@contextmanager
def sqlite_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the world into DatabaseError; leave the others as they are."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error) and (known := translated(error.orig, path)):
            raise known from error
        raise
    except sqlite3.Error as error:
        if known := translated(error, path):
            raise known from error
        raise
