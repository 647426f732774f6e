"""Entries appended and projected onto the tables, batch by batch, within one transaction of the writer."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, repeat
from json.encoder import encode_basestring as _quoted

from sqlalchemy import Connection, Integer

from models.fields.ids import new_ids
from models.journal.entry import Edit, NewRows
from models.schema.columns import Base
from models.schema.records import TABLES, references
from models.store.search import Touched, indexed_keys, named_after, texts_of
from models.store.searchfile import IndexWriter

#: Keys of custom fields begin with this; their values are kept in the JSON column `extra`.
CUSTOM = "x_"
_CHUNK = 500  # ids in one IN list

_ENTRY_NEW = "INSERT INTO entry (id, action, tbl, row, patch)"
#: Keys in one json_object: SQLite takes 127 arguments.
_KEYS = 60
_ENTRY = "INSERT INTO entry (id, action, tbl, row, patch, base) VALUES (?, ?, ?, ?, ?, ?)"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Projection:
    """One action's way onto the tables. `rows` and `fields` say what changed, by table."""

    def __init__(self, connection: Connection, action: int, index: IndexWriter) -> None:
        """`action` is the local number of the action that the entries belong to."""
        self.count = 0
        self.new = 0
        self.done = 0
        self.rows: dict[str, set[str]] = defaultdict(set)
        self.fields: dict[str, set[str]] = defaultdict(set)
        self._connection = connection
        self._action = action
        self._index = index
        self._touched = Touched(connection)
        self._renamed: dict[str, set[str]] = defaultdict(set)
        self._next: dict[str, int] = {}
        self._step = 0
        self._made: dict[str, _Made] = {}
        self._known: dict[str, frozenset[str]] = {}

    def apply(self, batch: Sequence[Edit] | NewRows) -> None:
        """Write a batch; no row occurs twice in it. Raises KeyError for an unknown table, field or row."""
        if isinstance(batch, NewRows):
            self._insert_columns(batch)
            self.done += len(batch.ids)
            return
        made: dict[str, list[Edit]] = defaultdict(list)
        changed: dict[str, list[Edit]] = defaultdict(list)
        for edit in batch:
            (made if edit.new else changed)[edit.table].append(edit)
        for table, edits in made.items():
            self._insert(table, edits)
        for table, edits in changed.items():
            self._update(table, edits)
        self.done += len(batch)

    def finish_index(self, tick: Callable[[], None]) -> None:
        """Bring the search index up to what was written, as far as that was not done batch by batch.

        `tick` is called now and then; what it raises ends the waiting.
        """
        for table, ids in self._renamed.items():
            self._touched.add_named_after(table, ids)
        for table, made in self._made.items():
            for key, target in references(table).items():
                named = self._made.get(target)
                if named and key in self.fields[table] and (target == table or named.last > made.first):
                    self._touch_named_later(table, key, target, (made.number, named.number))
        self._touched.put(self._index)
        self._index.finish(tick)

    def _touch_named_later(self, table: str, key: str, target: str, since: tuple[int, int]) -> None:
        """New rows that may have been indexed before the new rows that they name: their texts are made again."""
        sql = f"SELECT t.nr FROM {table} t JOIN {target} r ON r.id = t.{key} WHERE t.nr >= ? AND r.nr >= ?"
        self._touched.add(table, self._connection.exec_driver_sql(sql, since).scalars().all())

    def _insert(self, table: str, edits: Sequence[Edit]) -> None:
        keys = list(dict.fromkeys(key for edit in edits for key in edit.patch))
        patches = [edit.patch for edit in edits]
        columns = {key: [patch.get(key) for patch in patches] for key in keys}
        self._insert_columns(NewRows(table, [edit.row for edit in edits], columns))

    def _insert_columns(self, rows: NewRows) -> None:
        run = self._connection.exec_driver_sql
        table = rows.table
        known = self._columns(table)
        columns = {key: column for key, column in rows.columns.items() if column.count(None) < len(column)}
        own = [key for key in columns if self._is_custom(table, key)]
        plain = [key for key in columns if key in known]
        first = self._next.get(table) or 1 + int(run(f"SELECT coalesce(max(nr), 0) FROM {table}").scalar_one())
        objects = _objects({key: columns[key] for key in own}, len(rows.ids)) if own else ()
        extras = [None if each == "{}" else each for each in objects] if own else repeat(None)
        marks = ", ".join("?" * (len(plain) + 3))
        run(
            f"INSERT INTO {table} ({', '.join(('nr', 'id', 'extra', *plain))}) VALUES ({marks})",
            list(zip(count(first), rows.ids, extras, *(columns[key] for key in plain), strict=False)),
        )
        self._next[table] = first + len(rows.ids)
        # The entries are read off the rows: SQLite makes their JSON in half the time, while other threads run.
        # The entry that makes a row bears the row's id: no other entry ever makes it.
        full = {key for key in plain if None not in columns[key]}
        patch = _patch_sql(table, sorted(plain, key=lambda key: key not in full), len(full), bool(own))
        run(
            f"{_ENTRY_NEW} SELECT t.id, ?, ?, t.id, {patch} FROM {table} t WHERE t.nr >= ?",
            (self._action, table, first),
        )
        filled = frozenset((*plain, *(("extra",) if own else ())))
        self._index.put(table, (), texts_of(self._connection, table, "t.nr >= ?", (first,), filled))
        self._step += 1
        self._made.setdefault(table, _Made(self._step, first)).last = self._step
        self.rows[table].update(rows.ids)
        self.fields[table].update(columns)
        self.count += len(rows.ids)
        self.new += len(rows.ids)

    def _update(self, table: str, edits: Sequence[Edit]) -> None:
        run = self._connection.exec_driver_sql
        columns = self._columns(table)
        wanted = sorted({key for edit in edits for key in edit.patch if key in columns})
        now = current(self._connection, table, [edit.row for edit in edits], wanted)
        entries: list[tuple[str | int | None, ...]] = []
        rows: dict[tuple[str, ...], list[tuple[str | int | None, ...]]] = defaultdict(list)
        numbers: dict[int, str] = {}
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
            numbers[nr] = edit.row
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
            self._index_changed(table, numbers, {key for keys in rows for key in keys})
        self.count += len(entries)

    def _index_changed(self, table: str, numbers: Mapping[int, str], fields: Collection[str]) -> None:
        """The texts of changed rows, and which of them others are named after. Many fields are no part of any text."""
        if not indexed_keys(table).isdisjoint(fields):
            among = "t.nr IN (SELECT value FROM json_each(?))"
            texts = texts_of(self._connection, table, among, (json.dumps(list(numbers)),))
            self._index.put(table, list(numbers), texts)
        if named_after(table, fields):
            self._renamed[table].update(numbers.values())

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


def _objects(columns: Mapping[str, Sequence[str | None]], height: int) -> list[str]:
    """Each row as a JSON object of those of its fields that have a value."""
    if not columns:
        return ["{}"] * height
    parts = []
    for key, column in columns.items():
        head = f"{_quoted(key)}:"
        parts.append(["" if value is None else f"{head}{_quoted(value)}," for value in column])
    return [f"{{{''.join(row)[:-1]}}}" for row in zip(*parts, strict=True)]


def _patch_sql(table: str, keys: Sequence[str], full: int, custom: bool) -> str:
    """An SQL expression for the patch of a new row `t`: its fields that have a value, as canonical text.

    The first `full` of the keys have a value in each row.
    """
    types = Base.metadata.tables[table].columns
    pairs = [
        f"'{key}', CAST(t.{key} AS TEXT)" if isinstance(types[key].type, Integer) else f"'{key}', t.{key}"
        for key in keys
    ]
    patch = f"json_object({', '.join(pairs[: min(full, _KEYS)])})"
    for start in range(min(full, _KEYS), len(pairs), _KEYS):
        # json_patch leaves out what is null (RFC 7396).
        patch = f"json_patch({patch}, json_object({', '.join(pairs[start : start + _KEYS])}))"
    return f"json_patch({patch}, coalesce(t.extra, '{{}}'))" if custom else patch


@dataclass(slots=True)
class _Made:
    """New rows of a table: after how many edits the first and the last batch came, and the first row's number."""

    first: int
    number: int
    last: int = 0
