"""Entries appended and projected onto the tables, batch by batch, within one transaction of the writer."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from models.fields.ids import new_id
from models.journal.entry import Edit
from models.schema.catalogue import Catalogue
from models.schema.columns import Base
from models.schema.records import TABLES, references
from models.store.search import index_changed, index_new

#: Keys of custom fields begin with this; their values are kept in the JSON column `extra`.
CUSTOM = "x_"
_CHUNK = 500  # ids in one IN list

_ENTRY = "INSERT INTO entry (id, action, tbl, row, patch, base) VALUES (?, ?, ?, ?, ?, ?)"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Projection:
    """One action's way onto the tables. `rows` and `fields` say what changed, by table."""

    def __init__(self, connection: Connection, catalogue: Catalogue, action: int) -> None:
        """`action` is the local number of the action that the entries belong to."""
        self.count = 0
        self.new = 0
        self.done = 0
        self.rows: dict[str, set[str]] = defaultdict(set)
        self.fields: dict[str, set[str]] = defaultdict(set)
        self._connection = connection
        self._catalogue = catalogue
        self._action = action
        self._first_new: dict[str, int] = {}
        self._known: dict[str, frozenset[str]] = {}
        connection.exec_driver_sql(
            "CREATE TEMP TABLE IF NOT EXISTS changed (tbl TEXT, nr INTEGER, PRIMARY KEY (tbl, nr)) WITHOUT ROWID"
        )
        connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS touched (nr INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("DELETE FROM changed")

    def apply(self, batch: Sequence[Edit]) -> None:
        """Write a batch of edits; no row occurs twice in it. Raises KeyError for an unknown table, field or row."""
        made: dict[str, list[Edit]] = defaultdict(list)
        changed: dict[str, list[Edit]] = defaultdict(list)
        for edit in batch:
            (made if edit.new else changed)[edit.table].append(edit)
        for table, edits in made.items():
            self._insert(table, edits)
        for table, edits in changed.items():
            self._update(table, edits)
        self.done += len(batch)

    def index(self) -> None:
        """Bring the search index up to what was written."""
        run = self._connection.exec_driver_sql
        for table, fields in list(self.fields.items()):
            if TABLES[table].naming in fields or (table == "location" and "parent" in fields):
                self._touch_dependants(table)
        for table in run("SELECT DISTINCT tbl FROM changed").scalars().all():
            run("DELETE FROM touched")
            # New rows are indexed below; a row made and changed in one action would else be indexed twice.
            first = self._first_new.get(table, 1 << 62)
            run("INSERT INTO touched SELECT nr FROM changed WHERE tbl = ? AND nr < ?", (table, first))
            index_changed(self._connection, table)
        for table, first in self._first_new.items():
            index_new(self._connection, table, first)
        run("DELETE FROM changed")
        run("DELETE FROM touched")

    def _insert(self, table: str, edits: Iterable[Edit]) -> None:
        run = self._connection.exec_driver_sql
        columns = self._columns(table)
        if table not in self._first_new:
            last = run(f"SELECT coalesce(max(nr), 0) FROM {table}").scalar_one()
            self._first_new[table] = int(last) + 1
        entries: list[tuple[str | int | None, ...]] = []
        rows: dict[tuple[str, ...], list[tuple[str | None, ...]]] = defaultdict(list)
        for edit in edits:
            patch = {key: value for key, value in edit.patch.items() if value is not None}
            entries.append((new_id(), self._action, table, edit.row, _encode(patch), None))
            extra = None
            if any(key not in columns for key in patch):
                own = {key: patch.pop(key) for key in list(patch) if self._is_custom(table, key)}
                extra = _encode(own)
                self.fields[table].update(own)
            keys = tuple(patch)
            rows[keys].append((edit.row, extra, *patch.values()))
            self.rows[table].add(edit.row)
        for keys, values in rows.items():
            self.fields[table].update(keys)
            marks = ", ".join("?" * (len(keys) + 2))
            run(f"INSERT INTO {table} ({', '.join(('id', 'extra', *keys))}) VALUES ({marks})", values)
        run(_ENTRY, entries)
        self.count += len(entries)
        self.new += len(entries)

    def _update(self, table: str, edits: Sequence[Edit]) -> None:
        run = self._connection.exec_driver_sql
        columns = self._columns(table)
        wanted = sorted({key for edit in edits for key in edit.patch if key in columns})
        now = self._current(table, [edit.row for edit in edits], wanted)
        entries: list[tuple[str | int | None, ...]] = []
        rows: dict[tuple[str, ...], list[tuple[str | int | None, ...]]] = defaultdict(list)
        numbers: list[tuple[str, int]] = []
        for edit in edits:
            nr, before = now[edit.row]
            patch = {key: value for key, value in edit.patch.items() if before.get(key) != value}
            if not patch:
                continue
            base = {key: before.get(key) for key in patch}
            entries.append((new_id(), self._action, table, edit.row, _encode(patch), _encode(base)))
            own = {key: value for key, value in patch.items() if key not in columns and self._is_custom(table, key)}
            plain = {key: value for key, value in patch.items() if key in columns}
            rows[(*plain, *(("extra",) if own else ()))].append(
                (*plain.values(), *((_encode(own),) if own else ()), nr)
            )
            numbers.append((table, nr))
            self.rows[table].add(edit.row)
            self.fields[table].update(patch)
        for keys, values in rows.items():
            # json_patch merges by RFC 7396: a null takes the key away.
            sets = ", ".join(
                "extra = nullif(json_patch(coalesce(extra, '{}'), ?), '{}')" if key == "extra" else f"{key} = ?"
                for key in keys
            )
            run(f"UPDATE {table} SET {sets} WHERE nr = ?", values)
        if entries:
            run(_ENTRY, entries)
            run("INSERT OR IGNORE INTO changed (tbl, nr) VALUES (?, ?)", numbers)
        self.count += len(entries)

    def _current(self, table: str, ids: Sequence[str], keys: Sequence[str]) -> dict[str, tuple[int, dict[str, str]]]:
        """The rows' numbers and their values as canonical text, custom fields included."""
        found: dict[str, tuple[int, dict[str, str]]] = {}
        names = ", ".join(("id", "nr", "extra", *keys))
        for start in range(0, len(ids), _CHUNK):
            chunk = tuple(ids[start : start + _CHUNK])
            marks = ", ".join("?" * len(chunk))
            sql = f"SELECT {names} FROM {table} WHERE id IN ({marks})"
            for row in self._connection.exec_driver_sql(sql, chunk):
                values: dict[str, str] = json.loads(row[2]) if row[2] else {}
                for key, value in zip(keys, row[3:], strict=True):
                    if value is not None:
                        values[key] = value if isinstance(value, str) else str(value)
                found[row[0]] = (row[1], values)
        return found

    def _touch_dependants(self, table: str) -> None:
        """Records whose search text holds the name of a record of this table that changed."""
        run = self._connection.exec_driver_sql
        renamed = f"SELECT id FROM {table} WHERE nr IN (SELECT nr FROM changed WHERE tbl = ?)"
        if table == "location":
            renamed = f"{renamed} UNION SELECT id FROM location WHERE parent IN ({renamed})"
        marks = (table,) * renamed.count("?")
        for other in TABLES:
            for key, target in references(other).items():
                if target == table:
                    sql = f"INSERT OR IGNORE INTO changed SELECT ?, nr FROM {other} WHERE {key} IN ({renamed})"
                    run(sql, (other, *marks))

    def _columns(self, table: str) -> frozenset[str]:
        """The columns of a table that a patch may speak of."""
        if table not in self._known:
            TABLES[table]  # an unknown table is our own mistake: KeyError
            names = {column.name for column in Base.metadata.tables[table].columns}
            self._known[table] = frozenset(names - {"nr", "id", "extra"})
        return self._known[table]

    def _is_custom(self, table: str, key: str) -> bool:
        if not key.startswith(CUSTOM):
            if key in self._columns(table):
                return False
            raise KeyError(f"{table}.{key}")
        return True
