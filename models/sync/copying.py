"""A first copy: the tables as they stand, from one snapshot, faster than their history. Also from a read replica."""

import json
import marshal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy import Integer

from models.fields.ids import new_id
from models.fields.problem import HubError
from models.journal.clock import next_stamp
from models.journal.entry import Changes, NewRows
from models.journal.replica import COPIED, Replica, replicating
from models.journal.tables import BY_NEED
from models.progress import Progress
from models.schema.columns import Base
from models.schema.records import TABLES
from models.store.database import Database
from models.store.local import local, set_local
from models.store.migrate import HEAD
from models.sync.state import unsent
from models.sync.wire import hub_errors

if TYPE_CHECKING:
    import psycopg

#: What is fetched is kept in memory up to so many bytes, then in a file of the home's folder.
_IN_MEMORY = 64 * 1024 * 1024
#: The column that tells apart what shares a table; each of its kinds fills other columns.
_KIND = "kind"
_FIRST = "00000000-0000-0000-0000-000000000000"
_COLUMNS = (
    "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'muster_read' AND a.attnum > 0"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of a table: in the file, `pages` of them one after the other, each the values of its columns."""

    table: str
    columns: tuple[str, ...]
    pages: int
    rows: int


@dataclass(frozen=True, slots=True)
class _Snapshot:
    position: int
    last: str | None
    schema: str
    parts: list[_Part]


def copy_all(hub: "psycopg.Connection[tuple[Any, ...]]", database: Database, progress: Progress) -> "Changes | None":
    """Put a copy of the shared database's records in the place of those here. None where something waits to be sent.

    Nothing waits for the network while the home is locked. Raises HubError, DatabaseError, Cancelled.
    """
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(database.home.path)) as file:
        with hub_errors():
            snapshot = _fetch(hub, file, progress)
        total = sum(part.rows for part in snapshot.parts)
        with replicating(database, lambda: progress.at("index", total, total)) as replica:
            if unsent(replica.connection):
                return None
            _write(replica, snapshot, file, progress)
    return replica.changes


def _fetch(hub: "psycopg.Connection[tuple[Any, ...]]", file: IO[bytes], progress: Progress) -> _Snapshot:
    """All tables, of one moment."""
    parts: list[_Part] = []
    with hub.transaction():
        hub.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        found = hub.execute('SELECT "position", id::text, schema FROM muster.snapshot_head').fetchone()
        if found is None:
            raise HubError("hub.no-member")
        done = 0
        shared = _shared_columns(hub)
        for table in (each for each in BY_NEED if each in shared):
            for kind, columns, rows in _filled(hub, table, shared[table]):
                pages = 0
                for page in _pages(hub, table, kind, columns):
                    _keep(file, tuple(zip(*page, strict=True)))
                    pages += 1
                    done += len(page)
                    progress.at("receive", done)
                parts.append(_Part(table, columns, pages, rows))
    file.seek(0)
    return _Snapshot(found[0], found[1], found[2], parts)


def _shared_columns(hub: "psycopg.Connection[tuple[Any, ...]]") -> dict[str, list[str]]:
    """The columns of each table that both sides know, but the id."""
    there: dict[str, set[str]] = {}
    for table, column in hub.execute(_COLUMNS):
        there.setdefault(table, set()).add(column)
    return {
        table: [each.name for each in Base.metadata.tables[table].columns if each.name in columns and each.name != "id"]
        for table, columns in there.items()
        if table in BY_NEED
    }


def _filled(
    hub: "psycopg.Connection[tuple[Any, ...]]", table: str, columns: list[str]
) -> list[tuple[str | None, tuple[str, ...], int]]:
    """For each kind of a table (None where it has no kinds): those of the columns that have a value, how many rows."""
    from psycopg import sql

    kind = sql.Identifier(_KIND) if _KIND in columns else sql.NULL
    counts = sql.SQL(", ").join(sql.SQL("count({})").format(sql.Identifier(name)) for name in columns)
    query = sql.SQL("SELECT {}, count(*), {} FROM {} GROUP BY 1").format(
        kind, counts, sql.Identifier("muster_read", table)
    )
    return [
        (found[0], tuple(name for name, count in zip(columns, found[2:], strict=True) if count), int(found[1]))
        for found in hub.execute(query).fetchall()
    ]


def _pages(
    hub: "psycopg.Connection[tuple[Any, ...]]", table: str, kind: str | None, columns: tuple[str, ...]
) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a table, of one kind where it has kinds: their ids and these columns, some thousands at a time.

    Values come decoded by psycopg's C code, which is faster than COPY and its text read by Python.
    """
    from psycopg import sql

    types = TABLES[table].sql.columns
    names: list[sql.Composable] = [sql.SQL("id::text")]
    for name in columns:
        whole = name != "extra" and isinstance(types[name].type, Integer)
        names.append(sql.SQL("{}" if whole else "{}::text").format(sql.Identifier(name)))
    only = sql.SQL("AND {} = {}").format(sql.Identifier(_KIND), sql.Literal(kind)) if kind else sql.SQL("")
    query = sql.SQL("SELECT {} FROM {} WHERE id > %s {} ORDER BY id LIMIT {}").format(
        sql.SQL(", ").join(names), sql.Identifier("muster_read", table), only, sql.Literal(COPIED)
    )
    last = _FIRST
    while page := hub.execute(query, (last,)).fetchall():
        yield page
        last = page[-1][0]
        if len(page) < COPIED:
            return


def _write(replica: Replica, snapshot: _Snapshot, file: IO[bytes], progress: Progress) -> None:
    connection = replica.connection
    stamp = next_stamp(int(local(connection, "stamp") or 0))
    replica.forget_all()
    action = replica.begin_copy(new_id(), stamp, "shared database")
    total = sum(part.rows for part in snapshot.parts)
    for part in snapshot.parts:
        for rows in _rows(part, file):
            replica.copy_rows(rows, action, snapshot.position)
            progress.at("write", replica.written, total)
    replica.end_copy(action)
    last = connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM entry").scalar_one()
    for key, value in (
        ("stamp", str(stamp)),
        ("cursor", f"{snapshot.position} {snapshot.last or ''}".strip()),
        ("highest", str(snapshot.position)),
        ("copied_at", str(snapshot.position)),
        ("copied_schemas", f"{HEAD} {snapshot.schema}"),
        ("sent_upto", str(last)),
        ("copy_again", ""),
        ("unknown_fields", ""),
    ):
        set_local(connection, key, value)


def _rows(part: _Part, file: IO[bytes]) -> Iterator[NewRows]:
    """The rows of a part, page by page; the file stands where the part begins."""
    for _ in range(part.pages):
        ids, *columns = _kept(file)
        named: dict[str, Any] = dict(zip(part.columns, columns, strict=True))
        if "extra" in named:
            named |= _customs(named.pop("extra"))
        yield NewRows(part.table, ids, named)


def _keep(file: IO[bytes], page: tuple[tuple[Any, ...], ...]) -> None:
    data = marshal.dumps(page)
    file.write(len(data).to_bytes(8, "big") + data)


def _kept(file: IO[bytes]) -> tuple[tuple[Any, ...], ...]:
    data = file.read(int.from_bytes(file.read(8), "big"))
    page: tuple[tuple[Any, ...], ...] = marshal.loads(data)  # noqa: S302 (this process wrote it; nobody else has the file)
    return page


def _customs(column: "tuple[str | None, ...]") -> dict[str, list[str | None]]:
    """The custom fields of rows, as columns."""
    objects: list[dict[str, str]] = [json.loads(text) if text else {} for text in column]
    keys = dict.fromkeys(key for each in objects for key in each)
    return {key: [each.get(key) for each in objects] for key in keys}
