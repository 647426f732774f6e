"""The local database: opening it, reading from it, and the one connection that writes."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from models.fields.problem import DatabaseError
from models.schema.catalogue import Catalogue
from models.schema.custom import CustomField
from models.store.checkpoint import Checkpoints
from models.store.driver import driver
from models.store.errors import sqlite_errors
from models.store.home import Home
from models.store.local import home_reads
from models.store.search import catch_up, last_action
from models.store.searchfile import IndexWriter, open_search_file
from models.store.shares import on_network_share

#: How long another process may hold the write lock before this one gives up, seconds.
BUSY_SECONDS = 5.0
#: Memory for the pages of one transaction, given back after it.
_WRITER_CACHE_KB = 128 * 1024
#: Changes of rows that make a transaction large.
_LARGE = 10_000


class ReadSession(Session):
    """An ORM session for reading. It refuses to flush: rows are written by the journal and by nothing else."""

    def flush(self, objects: object = None) -> None:
        """Refused where anything would be written. Raises TypeError."""
        if self.new or self.dirty or self.deleted:
            raise TypeError("records are changed through models.journal.writer, not by a session")


class Database:
    """One open database. Any number of threads may read; one at a time writes."""

    def __init__(self, home: Home) -> None:
        """Use `Database.open`."""
        self.home = home
        self._lock = threading.RLock()
        self._readers = self._make_engine(6, self._connect_reader)
        self._writer = self._make_engine(1, self._connect_writer)
        with sqlite_errors(home.search):
            self._search = open_search_file(home.search)
        self._checkpoints = Checkpoints((home.database, home.search))
        self._catalogue: Catalogue | None = None
        self._watch: sqlite3.Connection | None = None

    @classmethod
    def open(cls, home: Home) -> "Database":
        """Open the home's database, make it where there is none, bring its schema up to date.

        Raises DatabaseError: on a network share, of a newer Muster, damaged, not a database, read-only, busy.
        """
        home.make()
        if on_network_share(home.path):
            raise DatabaseError("database.network-share", str(home.path))
        from models.store.migrate import bring_up_to_date

        database = cls(home)
        try:
            bring_up_to_date(database)
            database._catch_up()
        except BaseException:
            database.close()
            raise
        return database

    @property
    def engine(self) -> Engine:
        """The SQLAlchemy engine of the readers, for those who listen to it."""
        return self._readers

    def _catch_up(self) -> None:
        """Bring the search index up to the database where a crash or a restore left it behind."""
        with self.reading() as connection:
            if self._search.execute("SELECT action FROM upto").fetchone()[0] == last_action(connection):
                return
        with self.writing_with_index():
            pass

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state of the database and cannot write."""
        with sqlite_errors(self.home.database), self._readers.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only=ON")
            try:
                connection.exec_driver_sql("BEGIN")
                yield connection
            finally:
                _roll_back(connection)
                if not connection.invalidated:
                    connection.exec_driver_sql("PRAGMA query_only=OFF")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes, all or nothing. Raises DatabaseError("database.busy", "database.full" …)."""
        with self._lock, sqlite_errors(self.home.database), self._writer.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            before = driver(connection).total_changes
            try:
                yield connection
            except BaseException:
                _roll_back(connection)
                raise
            try:
                connection.exec_driver_sql("COMMIT")
                if driver(connection).total_changes - before > _LARGE:
                    connection.exec_driver_sql("PRAGMA shrink_memory")
            except BaseException:
                _roll_back(connection)
                raise

    @contextmanager
    def writing_with_index(self) -> Iterator[tuple[Connection, IndexWriter]]:
        """One transaction that writes, and one on the search index, which is up to date and kept after it.

        Once the database has what was written, nothing that happens to the index fails: it is made good later.
        """
        # The lock is held until the index is kept, too: it has one connection for all threads.
        with self._lock:
            index: IndexWriter | None = None
            try:
                with self.writing() as connection:
                    index = IndexWriter(self._search, self.home.search)
                    catch_up(connection, index)
                    yield connection, index
                    index.finish()
                    last = last_action(connection)
            except BaseException:
                if index is not None:
                    index.roll_back()
                raise
            try:
                index.commit(last)
            except sqlite3.Error:
                index.roll_back()
            self._checkpoints.when_due()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """An ORM session for reading; it refuses to flush."""
        with self.reading() as connection, ReadSession(bind=connection) as session:
            yield session

    def catalogue(self) -> Catalogue:
        """The fields as they are now, custom ones included, without those that are not for this home's role.

        Kept until `forget_catalogue`.
        """
        known = self._catalogue
        if known is None:
            table = CustomField.__table__
            with self.reading() as connection:
                live = select(table).where(table.c.deleted.is_(None)).order_by(table.c.position, table.c.nr)
                customs = (dict(row) for row in connection.execute(live).mappings())
                known = Catalogue(customs, home_reads(connection))
            self._catalogue = known
        return known

    def forget_catalogue(self) -> None:
        """Read the fields again when they are next asked for: custom ones were changed, or what the role may see."""
        self._catalogue = None

    def data_version(self) -> int:
        """A number that changes when anything was written since it was last asked for (SQLite's data_version)."""
        with sqlite_errors(self.home.database):
            # The number means something only when one connection asks for it again and again.
            if self._watch is None:
                self._watch = self._connect()
            return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close all connections."""
        self._checkpoints.finish()
        if self._watch is not None:
            self._watch.close()
        self._readers.dispose()
        self._writer.dispose()
        self._search.close()

    def _make_engine(self, size: int, connect: Callable[[], sqlite3.Connection]) -> Engine:
        engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=size, max_overflow=10)
        # Transactions are begun in words above; SQLAlchemy's own begin and rollback have nothing to do.
        event.listen(engine, "begin", lambda _connection: None)
        return engine

    def _connect_reader(self) -> sqlite3.Connection:
        """Readers see the search index beside the database; the writer does not, since it would lock both at once."""
        raw = self._connect()
        try:
            raw.execute("ATTACH ? AS search", (str(self.home.search),))
        except BaseException:
            raw.close()
            raise
        return raw

    def _connect_writer(self) -> sqlite3.Connection:
        """The writer leaves its log to `checkpoint`, and has room for an import, which else is written out twice."""
        raw = self._connect()
        raw.execute("PRAGMA wal_autocheckpoint=0")
        raw.execute(f"PRAGMA cache_size=-{_WRITER_CACHE_KB}")
        return raw

    def _connect(self) -> sqlite3.Connection:
        with sqlite_errors(self.home.database):
            raw = sqlite3.connect(
                self.home.database,
                timeout=BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=512,
            )
            try:
                raw.execute("PRAGMA journal_mode=WAL")
                # NORMAL may lose the last commit at power loss; what was said to be saved is saved.
                raw.execute("PRAGMA synchronous=FULL")
                raw.execute("PRAGMA foreign_keys=ON")
                raw.execute("PRAGMA temp_store=MEMORY")
                raw.execute("PRAGMA cache_size=-65536")
                raw.execute("PRAGMA trusted_schema=OFF")
                raw.execute("PRAGMA journal_size_limit=4194304")
                # SQLite's own lower() and LIKE know the case of A to Z only.
                raw.create_function("casefold", 1, _casefold, deterministic=True)
            except BaseException:
                raw.close()
                raise
            return raw


def _casefold(text: object) -> str | None:
    return None if text is None else str(text).casefold()


def _roll_back(connection: Connection) -> None:
    """Undo the open transaction; SQLite has done so itself after some errors (a full disk)."""
    if connection.invalidated:  # SQLAlchemy closes a connection on which Ctrl+C came; SQLite then rolls back by itself
        return
    raw = driver(connection)
    if raw.in_transaction:
        raw.execute("ROLLBACK")
