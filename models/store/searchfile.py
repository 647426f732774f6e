"""The search index's own file, beside the database: it can be made anew at any time, and it is written while the
database is, on the machine's second core.

The register and its journal are the truth and are committed first; the index follows with the id of the last action
that it knows. A crash between the two is seen by that id, and what is missing is caught up. Readers attach the file,
so that one query speaks of both.
"""

import json
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from models.fields.problem import DatabaseError
from models.schema.records import TABLES

#: Raised when what is indexed, or how, changes: the file is then made anew.
VERSION = 3
#: FTS5 gathers this many bytes before it writes a segment; its own default of 1 MB makes bulk writes merge at length.
_HASH_BYTES = 48 * 1024 * 1024
_BUSY_SECONDS = 30.0
#: From so many rows to forget, or characters to index, on, the index is written by a thread of its own.
_MANY_GONE, _MUCH_TEXT = 500, 30_000

Texts = str
_Job = tuple[str, Sequence[int], str] | None
#: So many batches wait to be indexed before whoever brings more waits too: some 25 MB of text.
_WAITING = 32
#: Seconds between two looks at whether the thread is done.
_LOOK = 0.1
"""Row numbers and the text of each, in rising order, as a JSON object: so it goes from SQLite to SQLite."""

NO_TEXTS: Texts = "{}"


def index_name(table: str) -> str:
    """The FTS5 table of a table."""
    return f"find_{table}"


def open_search_file(path: Path) -> sqlite3.Connection:
    """A writing connection to the index, which is made anew, and empty, where it is of no use."""
    if _mark(path).exists():
        _remove(path)
        _mark(path).unlink()
    try:
        raw = _connect(path)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise
        _remove(path)
        raw = _connect(path)
    if raw.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        _create(raw)
    return raw


def spoilt(path: Path) -> None:
    """Remember that the index is damaged: it is made anew when it is next opened, since others may hold it now."""
    _mark(path).touch()


def _mark(path: Path) -> Path:
    return path.with_name(path.name + ".spoilt")


def _connect(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        raw.execute("PRAGMA journal_mode=WAL")
        # What power loss takes from the index is caught up from the journal.
        raw.execute("PRAGMA synchronous=NORMAL")
        raw.execute("PRAGMA wal_autocheckpoint=0")  # see checkpoint
        raw.execute("PRAGMA cache_size=-65536")
        raw.execute("PRAGMA temp_store=MEMORY")
        raw.execute("PRAGMA trusted_schema=OFF")
        raw.execute("PRAGMA journal_size_limit=67108864")
    except BaseException:
        raw.close()
        raise
    return raw


def _create(raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN IMMEDIATE")
    try:
        if raw.execute("PRAGMA user_version").fetchone()[0] != VERSION:  # another process may have been quicker
            for table in TABLES:
                name = index_name(table)
                raw.execute(f"DROP TABLE IF EXISTS {name}")
                raw.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(text, tokenize='trigram', columnsize=0)")
                raw.execute(f"INSERT INTO {name}({name}, rank) VALUES ('hashsize', {_HASH_BYTES})")
            raw.execute("DROP TABLE IF EXISTS upto")
            raw.execute("CREATE TABLE upto (action TEXT NOT NULL)")
            raw.execute("INSERT INTO upto VALUES ('')")
            raw.execute(f"PRAGMA user_version={VERSION}")
        raw.execute("COMMIT")
    except BaseException:
        raw.execute("ROLLBACK")
        raise


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


class IndexWriter:
    """One transaction on the index. Large work is done by a thread of its own, while the database is written."""

    def __init__(self, raw: sqlite3.Connection, path: Path) -> None:
        """Begin; other writers of the index wait from here on."""
        self._raw = raw
        self._path = path
        self._queue: queue.Queue[_Job] | None = None
        self._thread: threading.Thread | None = None
        self._failure: BaseException | None = None
        raw.execute("BEGIN IMMEDIATE")

    def upto(self) -> str:
        """The id of the last action that the index knows."""
        return str(self._raw.execute("SELECT action FROM upto").fetchone()[0])

    def clear(self, table: str) -> None:
        """Forget all of a table."""
        self._drain()
        self._raw.execute(f"DELETE FROM {index_name(table)}")

    def put(self, table: str, gone: Sequence[int], texts: Texts) -> None:
        """Take the rows of these numbers out, and put these in."""
        if self._thread is None and (len(gone) >= _MANY_GONE or len(texts) >= _MUCH_TEXT):
            self._queue = queue.Queue(_WAITING)
            self._thread = threading.Thread(target=self._work, args=(self._queue,), name="search-index", daemon=True)
            self._thread.start()
        if self._queue is None:
            self._write(table, gone, texts)
        else:
            self._queue.put((table, gone, texts))

    def finish(self, tick: Callable[[], None] = lambda: None) -> None:
        """Wait until all that was put is written, calling `tick` meanwhile; both may raise."""
        if self._queue is not None and self._thread is not None:
            self._queue.put(None)
            while self._thread.is_alive():
                self._thread.join(_LOOK)
                tick()
            self._queue = self._thread = None
        self._drain()

    def commit(self, action: str) -> None:
        """Keep it: the index now knows this action."""
        self._raw.execute("UPDATE upto SET action = ?", (action,))
        self._raw.execute("COMMIT")

    def roll_back(self) -> None:
        """Leave the index as it was."""
        if self._queue is not None and self._thread is not None:
            # What is still to be written need not be.
            self._failure = self._failure or InterruptedError()
            self._raw.interrupt()
            self._queue.put(None)
            self._thread.join()
        self._failure = None
        if self._raw.in_transaction:
            self._raw.execute("ROLLBACK")

    def _drain(self) -> None:
        if self._queue is not None and self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._queue = self._thread = None
        if self._failure is not None:
            raise self._failure

    def _work(self, jobs: "queue.Queue[_Job]") -> None:
        while (job := jobs.get()) is not None:
            if self._failure is None:
                try:
                    self._write(*job)
                except BaseException as error:  # noqa: BLE001 (raised again by finish, in the thread that writes)
                    self._failure = error

    def _write(self, table: str, gone: Sequence[int], texts: Texts) -> None:
        """Write what was put. Raises DatabaseError("database.search-damaged")."""
        try:
            self._write_in_order(table, gone, texts)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            spoilt(self._path)
            raise DatabaseError("database.search-damaged", str(self._path)) from error

    def _write_in_order(self, table: str, gone: Sequence[int], texts: Texts) -> None:
        # FTS5 writes a segment whenever a row number is not above the one before: all in rising order. And each in
        # one statement: a statement a row would wait for Python's lock at each of 100,000 rows.
        name = index_name(table)
        verb = "INSERT"
        if gone:
            verb = "REPLACE"
            leaving = "SELECT value FROM json_each(?) EXCEPT SELECT CAST(key AS INTEGER) FROM json_each(?)"
            self._raw.execute(f"DELETE FROM {name} WHERE rowid IN ({leaving})", (json.dumps(list(gone)), texts))
        if texts != NO_TEXTS:
            rows = "SELECT CAST(key AS INTEGER), value FROM json_each(?)"
            self._raw.execute(f"{verb} INTO {name}(rowid, text) {rows}", (texts,))
