"""The tables as they are written: rows put in, changed and taken out, set by set, and the search index kept with them.

Whoever writes entries says here what they come to; nothing of the journal is known.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, repeat
from json.encoder import encode_basestring as _quoted

from sqlalchemy import Connection

from models.journal.entry import NewRows, Patch
from models.schema.columns import Base
from models.schema.records import IN_ORDER, RECORDS, TABLES, references
from models.store.search import Touched, indexed_keys, named_after, texts_of
from models.store.searchfile import NO_TEXTS, IndexWriter

#: Keys of custom fields begin with this; their values are kept in the JSON column `extra`.
CUSTOM = "x_"
BY_NEED = tuple(dict.fromkeys((*(RECORDS[word].table for word in IN_ORDER), *TABLES)))
"""All tables, each after those that it refers to, where they do not go in circles."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(slots=True)
class _Made:
    """New rows of a table: after how many edits the first and the last batch came, and the first row's number."""

    first: int
    number: int
    last: int = 0


class Tables:
    """The tables within one writing transaction. `rows` and `fields` say what changed, by table."""

    def __init__(self, connection: Connection, index: IndexWriter) -> None:
        self.rows: dict[str, set[str]] = defaultdict(set)
        self.fields: dict[str, set[str]] = defaultdict(set)
        self._connection = connection
        self._index = index
        self._touched = Touched(connection)
        self._renamed: dict[str, set[str]] = defaultdict(set)
        self._next: dict[str, int] = {}
        self._step = 0
        self._made: dict[str, _Made] = {}
        self._known: dict[str, frozenset[str]] = {}

    def columns(self, table: str) -> frozenset[str]:
        """The columns of a table that a patch may speak of. Raises KeyError for an unknown table."""
        if table not in self._known:
            TABLES[table]  # an unknown table is our own mistake: KeyError
            names = {column.name for column in Base.metadata.tables[table].columns}
            self._known[table] = frozenset(names - {"nr", "id", "extra"})
        return self._known[table]

    def is_custom(self, table: str, key: str) -> bool:
        """Whether a key is that of a custom field. Raises KeyError for one that is no field at all."""
        if not key.startswith(CUSTOM):
            if key in self.columns(table):
                return False
            raise KeyError(f"{table}.{key}")
        return True

    def insert(self, rows: NewRows) -> int:
        """Put new rows in; the number of the first of them, the others follow. Raises KeyError."""
        run = self._connection.exec_driver_sql
        table = rows.table
        known = self.columns(table)
        columns = {key: column for key, column in rows.columns.items() if column.count(None) < len(column)}
        own = [key for key in columns if self.is_custom(table, key)]
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
        self.index_new(table, first, frozenset((*plain, *(("extra",) if own else ()))))
        self.rows[table].update(rows.ids)
        self.fields[table].update(columns)
        return first

    def index_new(self, table: str, first: int, filled: frozenset[str]) -> None:
        """Bring the rows from this number on into the search index; `filled` are the only columns with a value."""
        self._index.put(table, (), texts_of(self._connection, table, "t.nr >= ?", (first,), filled))
        self._step += 1
        self._made.setdefault(table, _Made(self._step, first)).last = self._step

    def update(self, table: str, changes: Iterable[tuple[int, str, Patch]]) -> None:
        """Change rows: each by its number and id, with the fields that get another value. Raises KeyError."""
        columns = self.columns(table)
        rows: dict[tuple[str, ...], list[tuple[str | int | None, ...]]] = defaultdict(list)
        numbers: dict[int, str] = {}
        for nr, row, patch in changes:
            if not patch:
                continue
            own = {key: value for key, value in patch.items() if key not in columns and self.is_custom(table, key)}
            plain = {key: value for key, value in patch.items() if key in columns}
            rows[(*plain, *(("extra",) if own else ()))].append(
                (*plain.values(), *((_encode(own),) if own else ()), nr)
            )
            numbers[nr] = row
            self.rows[table].add(row)
            self.fields[table].update(patch)
        for keys, values in rows.items():
            # json_patch merges by RFC 7396: a null takes the key away.
            sets = ", ".join(
                "extra = nullif(json_patch(coalesce(extra, '{}'), ?), '{}')" if key == "extra" else f"{key} = ?"
                for key in keys
            )
            self._connection.exec_driver_sql(f"UPDATE {table} SET {sets} WHERE nr = ?", values)
        if numbers:
            self._index_changed(table, numbers, {key for keys in rows for key in keys})

    def remove(self, table: str, rows: Mapping[int, str]) -> None:
        """Take rows out, by number and id: those that the shared database never let in."""
        self._connection.exec_driver_sql(f"DELETE FROM {table} WHERE nr = ?", [(nr,) for nr in rows])
        self._index.put(table, list(rows), NO_TEXTS)
        self.rows[table].update(rows.values())

    def clear(self) -> None:
        """Take all rows of all tables out."""
        for table in reversed(BY_NEED):
            self._connection.exec_driver_sql(f"DELETE FROM {table}")
            self._index.clear(table)
            self.rows[table] = set()
        self._next.clear()

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

    def _index_changed(self, table: str, numbers: Mapping[int, str], fields: Collection[str]) -> None:
        """The texts of changed rows, and which of them others are named after. Many fields are no part of any text."""
        if not indexed_keys(table).isdisjoint(fields):
            among = "t.nr IN (SELECT value FROM json_each(?))"
            texts = texts_of(self._connection, table, among, (json.dumps(list(numbers)),))
            self._index.put(table, list(numbers), texts)
        if named_after(table, fields):
            self._renamed[table].update(numbers.values())


def _objects(columns: Mapping[str, Sequence[str | None]], height: int) -> list[str]:
    """Each row as a JSON object of those of its fields that have a value."""
    if not columns:
        return ["{}"] * height
    parts = []
    for key, column in columns.items():
        head = f"{_quoted(key)}:"
        parts.append(["" if value is None else f"{head}{_quoted(value)}," for value in column])
    return [f"{{{''.join(row)[:-1]}}}" for row in zip(*parts, strict=True)]
