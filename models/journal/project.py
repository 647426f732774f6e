"""Entries appended and projected onto the tables, batch by batch, within one transaction of the writer."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring as _quoted
from typing import cast

from sqlalchemy import Connection

from models.fields.ids import new_ids
from models.journal.entry import Edit
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

    def __init__(self, connection: Connection, action: int) -> None:
        """`action` is the local number of the action that the entries belong to."""
        self.count = 0
        self.new = 0
        self.done = 0
        self.rows: dict[str, set[str]] = defaultdict(set)
        self.fields: dict[str, set[str]] = defaultdict(set)
        self._connection = connection
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

    def _insert(self, table: str, edits: Sequence[Edit]) -> None:
        run = self._connection.exec_driver_sql
        columns = self._columns(table)
        if table not in self._first_new:
            last = run(f"SELECT coalesce(max(nr), 0) FROM {table}").scalar_one()
            self._first_new[table] = int(last) + 1
        patches = [_without_nothing(edit.patch) for edit in edits]
        # Most rows of an import have the same fields: what depends on the fields alone is made once.
        shapes = {keys: _template(keys) for keys in dict.fromkeys(map(tuple, patches))}
        used = dict.fromkeys(key for keys in shapes for key in keys)
        own = {key for key in used if self._is_custom(table, key)}
        plain = [key for key in used if key in columns]
        texts = [shapes[tuple(patch)] % tuple(map(_quoted, patch.values())) for patch in patches]
        if own:
            extras = [_encode({key: patch[key] for key in patch if key in own}) for patch in patches]
            rows = [
                (edit.row, None if extra == "{}" else extra, *map(patch.get, plain))
                for edit, patch, extra in zip(edits, patches, extras, strict=True)
            ]
        elif len(shapes) == 1:
            rows = [(edit.row, None, *patch.values()) for edit, patch in zip(edits, patches, strict=True)]
        else:
            rows = [(edit.row, None, *map(patch.get, plain)) for edit, patch in zip(edits, patches, strict=True)]
        marks = ", ".join("?" * (len(plain) + 2))
        run(f"INSERT INTO {table} ({', '.join(('id', 'extra', *plain))}) VALUES ({marks})", rows)
        ids = new_ids(len(rows))
        run(
            _ENTRY,
            [
                (entry, self._action, table, edit.row, text, None)
                for entry, edit, text in zip(ids, edits, texts, strict=True)
            ],
        )
        self.rows[table].update([edit.row for edit in edits])
        self.fields[table].update(used)
        self.count += len(rows)
        self.new += len(rows)

    def _update(self, table: str, edits: Sequence[Edit]) -> None:
        run = self._connection.exec_driver_sql
        columns = self._columns(table)
        wanted = sorted({key for edit in edits for key in edit.patch if key in columns})
        now = current(self._connection, table, [edit.row for edit in edits], wanted)
        entries: list[tuple[str | int | None, ...]] = []
        rows: dict[tuple[str, ...], list[tuple[str | int | None, ...]]] = defaultdict(list)
        numbers: list[tuple[str, int]] = []
        ids = iter(new_ids(len(edits)))
        for edit in edits:
            nr, before = now[edit.row]
            patch = {key: value for key, value in edit.patch.items() if before.get(key) != value}
            if not patch:
                continue
            base = {key: before.get(key) for key in patch}
            entries.append((next(ids), self._action, table, edit.row, _encode(patch), _encode(base)))
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


def current(
    connection: Connection, table: str, ids: Sequence[str], keys: Sequence[str]
) -> dict[str, tuple[int, dict[str, str]]]:
    """The numbers of rows and, as canonical text, what these columns hold, and all their custom fields."""
    found: dict[str, tuple[int, dict[str, str]]] = {}
    names = ", ".join(("id", "nr", "extra", *keys))
    for start in range(0, len(ids), _CHUNK):
        chunk = tuple(ids[start : start + _CHUNK])
        marks = ", ".join("?" * len(chunk))
        for row in connection.exec_driver_sql(f"SELECT {names} FROM {table} WHERE id IN ({marks})", chunk):
            values: dict[str, str] = json.loads(row[2]) if row[2] else {}
            for key, value in zip(keys, row[3:], strict=True):
                if value is not None:
                    values[key] = value if isinstance(value, str) else str(value)
            found[row[0]] = (row[1], values)
    return found


def _without_nothing(patch: Mapping[str, str | None]) -> Mapping[str, str]:
    """The fields that have a value."""
    if None in patch.values():
        return {key: value for key, value in patch.items() if value is not None}
    return cast("Mapping[str, str]", patch)


def _template(keys: tuple[str, ...]) -> str:
    """The JSON object with these keys, a %s for each value."""
    return "{" + ",".join(_quoted(key).replace("%", "%%") + ":%s" for key in keys) + "}"
