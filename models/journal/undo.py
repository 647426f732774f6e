"""Undo: the inverse of an action, written as an action of its own, sparing what was changed since."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from models.fields.problem import UsageError
from models.journal.entry import Changes, Edit
from models.journal.history import Deed, deeds, last_redoable, last_undoable
from models.journal.writer import Journal
from models.progress import Progress
from models.schema.columns import Base
from models.schema.records import TABLES, references


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that the undo left as it is. `field` is empty for a whole row; `reason`: "changed" or "in-use"."""

    table: str
    row: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What an undo did: `action` and `title` of what was taken back, the changes, and what was kept."""

    action: str
    title: str
    changes: Changes
    kept: tuple[Kept, ...]


def undo(journal: Journal, action: str | None = None, progress: Progress | None = None) -> UndoReport:
    """Take back an action, the last one if none is named.

    Raises UsageError("undo.nothing", "undo.unknown", "undo.already").
    """
    with journal.database.reading() as connection:
        deed = last_undoable(connection) if action is None else _deed(connection, action)
    if deed is None:
        raise UsageError("undo.nothing")
    if deed.undone_by is not None:
        raise UsageError("undo.already", deed.title)
    kept: list[Kept] = []
    changes = journal.write(
        f"Undo: {deed.title}",
        lambda connection: _Inverse(connection, deed.action, kept).edits(),
        undoes=deed.action,
        total=deed.count,
        progress=progress,
    )
    return UndoReport(deed.action, deed.title, changes, tuple(kept))


def redo(journal: Journal, progress: Progress | None = None) -> UndoReport:
    """Take back the last undo, if nothing else was done since. Raises UsageError("redo.nothing")."""
    with journal.database.reading() as connection:
        deed = last_redoable(connection)
    if deed is None:
        raise UsageError("redo.nothing")
    return undo(journal, deed.action, progress)


def _deed(connection: Connection, action: str) -> Deed:
    found = deeds(connection, 1, action)
    if not found:
        raise UsageError("undo.unknown", action)
    return found[0]


class _Inverse:
    """The edits that take an action back, latest entry first, so that what refers to a row goes before the row."""

    def __init__(self, connection: Connection, action: str, kept: list[Kept]) -> None:
        self._run = connection.exec_driver_sql
        self._nr = int(self._run("SELECT nr FROM action WHERE id = ?", (action,)).scalar_one())
        self._kept = kept
        self._in_use: dict[str, set[str]] = {}

    def edits(self) -> Iterator[Edit]:
        since = set(
            self._run(
                "SELECT DISTINCT row FROM entry WHERE action > ? AND row IN (SELECT row FROM entry WHERE action = ?)",
                (self._nr, self._nr),
            ).scalars()
        )
        rows = self._run("SELECT tbl, row, patch, base FROM entry WHERE action = ? ORDER BY seq DESC", (self._nr,))
        for table, row, patch_text, base_text in rows:
            if base_text is None:
                inverse = self._unmake(table, row, patch_text, row in since)
            else:
                inverse = self._restore(table, row, json.loads(patch_text), json.loads(base_text), row in since)
            if inverse:
                yield Edit(table, row, inverse)

    def _unmake(self, table: str, row: str, patch_text: str, touched: bool) -> Mapping[str, str | None]:
        if touched and (now := self._now(table, row)) != json.loads(patch_text):
            if not now.get("deleted"):
                self._keep_row(table, row, now, "changed")
            return {}
        if row in self._used(table):
            self._keep_row(table, row, self._now(table, row), "in-use")
            return {}
        return {"deleted": "yes"}

    def _restore(
        self, table: str, row: str, patch: Mapping[str, str | None], base: Mapping[str, str | None], touched: bool
    ) -> Mapping[str, str | None]:
        if not touched:
            return base
        now = self._now(table, row)
        self._kept.extend(Kept(table, row, key, "changed") for key in patch if now.get(key) != patch[key])
        return {key: base.get(key) for key in patch if now.get(key) == patch[key]}

    def _keep_row(self, table: str, row: str, now: Mapping[str, str], reason: str) -> None:
        """A row stays; so must what it refers to."""
        self._kept.append(Kept(table, row, "", reason))
        for key, target in references(table).items():
            if key in now:
                self._used(target).add(now[key])

    def _used(self, table: str) -> set[str]:
        """Rows of a table made by this action that live rows refer to which the action did not make."""
        if table not in self._in_use:
            found: set[str] = set()
            made = "SELECT row FROM entry WHERE action = :nr AND base IS NULL"
            for other in TABLES:
                for key, target in references(other).items():
                    if target == table:
                        sql = (
                            f"SELECT DISTINCT {key} FROM {other} WHERE deleted IS NULL "
                            f"AND {key} IN ({made} AND tbl = :tbl) AND id NOT IN ({made})"
                        )
                        found.update(self._run(sql, {"nr": self._nr, "tbl": table}).scalars())
            self._in_use[table] = found
        return self._in_use[table]

    def _now(self, table: str, row: str) -> dict[str, str]:
        names = [column.name for column in Base.metadata.tables[table].columns if column.name not in ("nr", "id")]
        values = self._run(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", (row,)).one()
        now = {key: str(value) for key, value in zip(names, values, strict=True) if value is not None}
        custom: dict[str, str] = json.loads(now.pop("extra", "{}"))
        return now | custom
