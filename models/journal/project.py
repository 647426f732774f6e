"""Entries appended and projected onto the tables, batch by batch, within one transaction of the writer."""

import json
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, Integer

from models.fields.ids import new_ids
from models.journal.entry import Edit, NewRows, Patch
from models.journal.tables import CUSTOM, Tables
from models.schema.columns import Base
from models.store.searchfile import IndexWriter

_CHUNK = 500  # ids in one IN list

#: Keys in one json_object: SQLite takes 127 arguments.
_KEYS = 60
_ENTRY = "INSERT INTO entry (id, action, tbl, row, patch, base) VALUES (?, ?, ?, ?, ?, ?)"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Projection:
    """One action's way onto the tables."""

    def __init__(self, connection: Connection, action: int, index: IndexWriter) -> None:
        """`action` is the local number of the action that the entries belong to."""
        self.count = 0
        self.new = 0
        self.done = 0
        self.tables = Tables(connection, index)
        self._connection = connection
        self._action = action

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

    def _insert(self, table: str, edits: Sequence[Edit]) -> None:
        keys = list(dict.fromkeys(key for edit in edits for key in edit.patch))
        patches = [edit.patch for edit in edits]
        columns = {key: [patch.get(key) for patch in patches] for key in keys}
        self._insert_columns(NewRows(table, [edit.row for edit in edits], columns))

    def _insert_columns(self, rows: NewRows) -> None:
        first = self.tables.insert(rows)
        write_new_entries(self._connection, rows, self._action, first)
        self.count += len(rows.ids)
        self.new += len(rows.ids)

    def _update(self, table: str, edits: Sequence[Edit]) -> None:
        columns = self.tables.columns(table)
        wanted = sorted({key for edit in edits for key in edit.patch if key in columns})
        now = current(self._connection, table, [edit.row for edit in edits], wanted)
        entries: list[tuple[str | int | None, ...]] = []
        changes: list[tuple[int, str, Patch]] = []
        ids = iter(new_ids(len(edits)))
        for edit in edits:
            nr, before = now[edit.row]
            patch = {key: value for key, value in edit.patch.items() if before.get(key) != value}
            if not patch:
                continue
            base = {key: before.get(key) for key in patch}
            entries.append((next(ids), self._action, table, edit.row, _encode(patch), _encode(base)))
            changes.append((nr, edit.row, patch))
        if entries:
            self.tables.update(table, changes)
            self._connection.exec_driver_sql(_ENTRY, entries)
        self.count += len(entries)


def write_new_entries(
    connection: Connection, rows: NewRows, action: int, first: int, position: int | None = None
) -> None:
    """Write the entries that made these rows, whose numbers begin with `first`.

    They are read off the rows: SQLite makes their JSON in half the time, while other threads run. The entry that
    makes a row bears the row's id: no other entry ever makes it.
    """
    table = rows.table
    filled = {key for key, column in rows.columns.items() if column.count(None) < len(column)}
    plain = [key for key in rows.columns if key in filled and not key.startswith(CUSTOM)]
    full = {key for key in plain if None not in rows.columns[key]}
    patch = _patch_sql(table, sorted(plain, key=lambda key: key not in full), len(full), len(plain) < len(filled))
    connection.exec_driver_sql(
        f"INSERT INTO entry (id, action, tbl, row, patch, position) "
        f"SELECT t.id, ?, ?, t.id, {patch}, ? FROM {table} t WHERE t.nr >= ?",
        (action, table, position, first),
    )


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
