"""The search index: for each table an FTS5 table of trigrams, one text a record, kept by the journal's writer.

A record's text holds the values of its search fields, the names of the records it refers to (its model, holder,
place …) and its custom fields, each on a line of its own. Trigrams find any part of three letters and more; see
models/query for two.
"""

import json
from collections.abc import Collection, Iterable
from functools import cache

from sqlalchemy import Connection

from models.fields.kinds import Mac
from models.schema.columns import Base
from models.schema.records import ASSET_KINDS, RECORDS, TABLES, references
from models.store.driver import driver
from models.store.local import REFOLDED, local
from models.store.searchfile import IndexWriter, Texts, index_name

#: Rows whose texts are made together when the index is made anew.
_REBUILD = 5000


def kind_mark(kind: str) -> str:
    """What the text of each asset of a kind holds and nobody can type, so that the index alone finds a kind's words."""
    return chr(0xE000 + ASSET_KINDS.index(kind)) * 3


@cache
def text_sql(table: str, filled: frozenset[str] | None = None) -> str:
    """An SQL expression for the search text of a row `t` of a table. Made of declared names only.

    `filled`: the only columns that have a value, where that is known; the text is the same and made sooner.
    """
    parts: list[str] = []
    columns = Base.metadata.tables[table].columns
    seen: set[str] = set()
    for kind in RECORDS.values():
        for field in kind.fields if kind.table == table else ():
            if field.key in seen or field.key not in columns or not field.search:
                continue
            if filled is not None and field.key not in filled:
                continue
            seen.add(field.key)
            parts.append(f"t.{field.key}")
            if isinstance(field.kind, Mac):
                parts.append(f"replace(t.{field.key}, ':', '')")
    for key, target in references(table).items():
        if filled is None or key in filled:
            parts.extend(_names_of(key, target))
    if "kind" in columns:
        marks = " ".join(f"WHEN '{kind}' THEN '{kind_mark(kind)}'" for kind in ASSET_KINDS)
        parts.append(f"CASE t.kind {marks} END")
    if filled is None or "extra" in filled:
        parts.append("(SELECT group_concat(value, char(10)) FROM json_each(t.extra) WHERE t.extra IS NOT NULL)")
    if not parts:
        return "''"
    # What has no value is NULL with its line feed, too, and nothing in printf; `||` would copy the text at each part.
    return f"printf('{'%s' * len(parts)}', {', '.join(f'{part} || char(10)' for part in parts)})"


def _names_of(key: str, target: str) -> list[str]:
    naming = TABLES[target].naming
    if naming in references(target):
        return []  # a seat is named by its entitlement: nothing refers to seats
    found = [f"(SELECT r.{naming} FROM {target} r WHERE r.id = t.{key})"]
    if target == "location":
        found.append(f"(SELECT p.name FROM location r JOIN location p ON p.id = r.parent WHERE r.id = t.{key})")
    return found


def texts_of(
    connection: Connection,
    table: str,
    condition: str,
    parameters: tuple[object, ...] = (),
    filled: frozenset[str] | None = None,
) -> Texts:
    """The numbers and texts of the live rows `t` that satisfy a condition, which is never made of user text."""
    rows = f"SELECT t.nr, {text_sql(table, filled)} AS text FROM {table} t WHERE t.deleted IS NULL AND {condition}"
    sql = f"SELECT json_group_object(nr, text) FROM ({rows} ORDER BY t.nr)"
    return str(driver(connection).execute(sql, parameters).fetchone()[0])


class Touched:
    """Rows whose text must be made again, because they changed or because they are named after what changed."""

    def __init__(self, connection: Connection) -> None:
        """The rows are kept in a temporary table of the connection, which must be writing."""
        self._connection = connection
        self._run = connection.exec_driver_sql
        self._run("CREATE TEMP TABLE IF NOT EXISTS touched (tbl TEXT, nr INTEGER, PRIMARY KEY (tbl, nr)) WITHOUT ROWID")
        self._run("DELETE FROM touched")

    def add(self, table: str, numbers: Iterable[int]) -> None:
        """Some rows of a table."""
        rows = [(table, number) for number in numbers]
        if rows:
            self._run("INSERT OR IGNORE INTO touched (tbl, nr) VALUES (?, ?)", rows)

    def add_named_after(self, table: str, ids: Collection[str]) -> None:
        """The rows whose text holds the name of one of these rows of a table."""
        chosen = "SELECT value FROM json_each(?)"
        if table == "location":
            chosen = f"{chosen} UNION SELECT id FROM location WHERE parent IN (SELECT value FROM json_each(?))"
        marks = (json.dumps(list(ids)),) * chosen.count("?")
        for other in TABLES:
            for key, target in references(other).items():
                if target == table:
                    sql = f"INSERT OR IGNORE INTO touched SELECT ?, nr FROM {other} WHERE {key} IN ({chosen})"
                    self._run(sql, (other, *marks))

    def put(self, index: IndexWriter) -> None:
        """Make the texts again, and forget the rows."""
        for table in self._run("SELECT DISTINCT tbl FROM touched").scalars().all():
            numbers = self._run("SELECT nr FROM touched WHERE tbl = ?", (table,)).scalars().all()
            condition = "t.nr IN (SELECT nr FROM touched WHERE tbl = ?)"
            index.put(table, numbers, texts_of(self._connection, table, condition, (table,)))
        self._run("DELETE FROM touched")


@cache
def indexed_keys(table: str) -> frozenset[str]:
    """The fields of a table that its texts are made of; `extra` stands for the custom ones."""
    fields = (field for kind in RECORDS.values() if kind.table == table for field in kind.fields)
    return frozenset({field.key for field in fields if field.search} | references(table).keys() | {"deleted", "extra"})


def named_after(table: str, fields: Collection[str]) -> bool:
    """Whether a change of these fields of a table changes the text of other records."""
    return TABLES[table].naming in fields or (table == "location" and "parent" in fields)


def catch_up(connection: Connection, index: IndexWriter) -> None:
    """Bring an index that is behind up to the database: after a crash, after a restore, when it was made anew."""
    last = last_action(connection)
    upto = index.upto()
    if upto == last:
        return
    since = _number_since(connection, upto, last)
    if since is None:
        for table in TABLES:
            index.clear(table)
            for first in range(0, _last_number(connection, table) + 1, _REBUILD):
                index.put(table, (), texts_of(connection, table, "t.nr > ? AND t.nr <= ?", (first, first + _REBUILD)))
        return
    touched = Touched(connection)
    for table in TABLES:
        sql = f"SELECT DISTINCT t.nr, t.id FROM entry e JOIN {table} t ON t.id = e.row WHERE e.action > ? AND e.tbl = ?"
        rows = connection.exec_driver_sql(sql, (since, table)).all()
        touched.add(table, (row[0] for row in rows))
        touched.add_named_after(table, [row[1] for row in rows])
    touched.put(index)


def last_action(connection: Connection) -> str:
    """What tells one state of the records from another: the id of the last action, empty where there is none.

    Behind it, how often rows were made anew without an action: what a shared database decided (`REFOLDED`).
    """
    sql = "SELECT id FROM action ORDER BY nr DESC LIMIT 1"
    action = str(connection.exec_driver_sql(sql).scalar_one_or_none() or "")
    return f"{action} {local(connection, REFOLDED) or ''}".strip()


def _number_since(connection: Connection, upto: str, last: str) -> int | None:
    """The number of the action after which all is to be looked at; None where nothing less than all will do."""
    known, latest = upto.split(), last.split()
    if not known or known[1:] != latest[1:]:
        return None
    sql = "SELECT nr FROM action WHERE id = ?"
    return connection.exec_driver_sql(sql, (known[0],)).scalar_one_or_none()


def _last_number(connection: Connection, table: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT coalesce(max(nr), 0) FROM {table}").scalar_one())


def index_faults(connection: Connection, table: str) -> tuple[int, int]:
    """How many live rows the index lacks or has wrong, and how many it has too many."""
    name = index_name(table)
    wrong = connection.exec_driver_sql(
        f"SELECT count(*) FROM {table} t LEFT JOIN {name} f ON f.rowid = t.nr "
        f"WHERE t.deleted IS NULL AND f.text IS NOT {text_sql(table)}"
    ).scalar_one()
    stray = connection.exec_driver_sql(
        f"SELECT count(*) FROM {name} f LEFT JOIN {table} t ON t.nr = f.rowid "
        "WHERE t.nr IS NULL OR t.deleted IS NOT NULL"
    ).scalar_one()
    return int(wrong), int(stray)
