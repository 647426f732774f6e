"""Rows brought to what their entries come to: a page of pulled entries applied in order, or whole rows folded anew."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection

from models.journal.arrived import Pulled
from models.journal.entry import Entry, NewRows
from models.journal.fold import fold
from models.journal.project import current
from models.journal.reading import entries
from models.journal.tables import BY_NEED, CUSTOM, Tables
from models.schema.records import TABLES
from models.store.local import local, set_local

#: Rows that are folded together.
_MANY = 500


class Outcome:
    """Writes the tables within one transaction, by the entries that are in the local journal."""

    def __init__(self, connection: Connection, tables: Tables) -> None:
        self._connection = connection
        self._tables = tables

    def project(self, page: Sequence[Pulled], known: Collection[str], but: Collection[tuple[str, str]]) -> None:
        """Apply a page to the tables: row by row what its entries come to, in order.

        What is here already counts only where something new came to the same row.
        """
        touched = {each.row for each in page if each.id not in known}
        made: dict[str, dict[str, dict[str, str | None]]] = defaultdict(dict)
        changed: dict[str, dict[str, dict[str, str | None]]] = defaultdict(dict)
        for each in page:
            if each.table not in TABLES:
                self._keep_for_later()
                continue
            if each.row not in touched or (each.table, each.row) in but:
                continue
            patch = json.loads(each.patch)
            for key in each.lost:
                patch.pop(key, None)
            rows = made if each.base is None or each.row in made[each.table] else changed
            rows[each.table].setdefault(each.row, {}).update(patch)
        # Own entries further on than this page stand above it.
        ahead = int(local(self._connection, "highest") or 0) > page[-1].position
        if ahead:
            for table in {*made, *changed}:
                self._reapply(table, {**made[table], **changed[table]}, page[-1].position)
        for table in BY_NEED:
            self._insert(table, made[table])
        for table in BY_NEED:
            self._update(table, changed[table])

    def _reapply(self, table: str, rows: Mapping[str, dict[str, str | None]], position: int) -> None:
        condition = "e.tbl = ? AND e.position > ? AND e.row IN (SELECT value FROM json_each(?))"
        found = entries(self._connection, condition, (table, position, json.dumps(list(rows))))
        for entry in sorted(found, key=lambda each: each.position or 0):
            rows[entry.row].update({key: value for key, value in entry.patch.items() if key not in entry.lost})

    def _insert(self, table: str, rows: Mapping[str, Mapping[str, str | None]]) -> None:
        if not rows:
            return
        there = self._numbers(table, rows)
        fresh = {row: values for row, values in rows.items() if row not in there}
        if fresh:
            keys = [
                key
                for key in dict.fromkeys(key for each in fresh.values() for key in each)
                if self._is_known(table, key)
            ]
            columns = {key: [each.get(key) for each in fresh.values()] for key in keys}
            self._tables.insert(NewRows(table, list(fresh), columns))
        self._update(table, {row: values for row, values in rows.items() if row in there})

    def _update(self, table: str, rows: Mapping[str, Mapping[str, str | None]]) -> None:
        if not rows:
            return
        numbers = self._numbers(table, rows)
        self._tables.update(
            table,
            (
                (numbers[row], row, {key: value for key, value in values.items() if self._is_known(table, key)})
                for row, values in rows.items()
                if row in numbers
            ),
        )

    def _numbers(self, table: str, rows: Collection[str]) -> dict[str, int]:
        sql = f"SELECT id, nr FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
        return {row[0]: int(row[1]) for row in self._connection.exec_driver_sql(sql, (json.dumps(list(rows)),))}

    def _is_known(self, table: str, key: str) -> bool:
        if key in self._tables.columns(table) or key.startswith(CUSTOM):
            return True
        self._keep_for_later()
        return False

    def _keep_for_later(self) -> None:
        """Tables and fields of a newer Muster stay in the journal, and are projected once this one is newer, too."""
        set_local(self._connection, "unknown_fields", "yes")

    # Rows made anew from their entries

    def refold(self, rows: Collection[tuple[str, str]]) -> None:
        """Make rows (table, id) what their entries give."""
        by_table: dict[str, list[str]] = defaultdict(list)
        for table, row in rows:
            if table in TABLES:
                by_table[table].append(row)
        for table in BY_NEED:
            ids = by_table[table]
            for start in range(0, len(ids), _MANY):
                self._refold_table(table, ids[start : start + _MANY])

    def _refold_table(self, table: str, ids: Sequence[str]) -> None:
        of_row: dict[str, list[Entry]] = {row: [] for row in ids}
        condition = "e.tbl = ? AND e.row IN (SELECT value FROM json_each(?))"
        for entry in entries(self._connection, condition, (table, json.dumps(list(ids)))):
            of_row[entry.row].append(entry)
        columns = sorted(self._tables.columns(table))
        now = current(self._connection, table, list(ids), columns)
        gone: dict[int, str] = {}
        fresh: dict[str, Mapping[str, str | None]] = {}
        changes: list[tuple[int, str, Mapping[str, str | None]]] = []
        for row, known in of_row.items():
            due = fold(known).get((table, row))
            if due is None:
                if row in now:
                    gone[now[row][0]] = row
                continue
            if row not in now:
                fresh[row] = due
                continue
            nr, held = now[row]
            patch = {key: due.get(key) for key in {**held, **due} if held.get(key) != due.get(key)}
            if patch := {key: value for key, value in patch.items() if self._is_known(table, key)}:
                changes.append((nr, row, patch))
        self._tables.update(table, changes)
        self._insert(table, fresh)
        if gone:
            self._tables.remove(table, gone)
