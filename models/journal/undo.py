"""Undo: the inverse of an action, written as an action of its own, sparing what was changed since."""

import dataclasses
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from models.fields.problem import UsageError
from models.journal.entry import Changes, Edit, Patch
from models.journal.history import Deed, deeds, last_redoable, last_undoable
from models.journal.project import current
from models.journal.writer import Journal
from models.progress import Progress
from models.rules.rights import may_undo_anyones
from models.schema.columns import Base
from models.schema.records import RECORDS, TABLES, references
from models.store.local import home_role


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that the undo left as it is, and why. `field` is empty for a whole row.

    `reason` is "changed": the action `since` did that after the one that was taken back. Or it is "in-use": the record
    `user` (its table and id), which stays, refers to the row, or has a value in it where it is a custom field.
    """

    table: str
    row: str
    field: str
    reason: str
    since: str = dataclasses.field(default="", compare=False)
    user: tuple[str, str] | None = dataclasses.field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What an undo did: `action` and `title` of what was taken back, the changes, and what was kept."""

    action: str
    title: str
    changes: Changes
    kept: tuple[Kept, ...]


def undo(journal: Journal, action: str | None = None, progress: Progress | None = None) -> UndoReport:
    """Take back an action, the last one if none is named.

    What others did is taken back by name only, and only by a role that may. Raises UsageError("undo.nothing",
    "undo.unknown", "undo.already", "undo.copied", "hub.not-yours").
    """
    with journal.database.reading() as connection:
        deed = last_undoable(connection) if action is None else _deed(connection, action)
        role = home_role(connection)
    if deed is None:
        raise UsageError("undo.nothing")
    if (refused := refusal(deed, role)) is not None:
        raise refused
    kept: list[Kept] = []
    changes = journal.write(
        deed.reverse,
        lambda connection: _Inverse(connection, deed.action, kept).edits(),
        undoes=deed.action,
        total=deed.count,
        progress=progress,
    )
    return UndoReport(deed.action, deed.title, changes, tuple(kept))


def refusal(deed: Deed, role: str | None) -> UsageError | None:
    """Why a person in that role does not take back this deed; None where they may."""
    if deed.undone_by is not None:
        return UsageError("undo.already", deed.title)
    if deed.copied:
        return UsageError("undo.copied")
    if not (deed.own or may_undo_anyones(role)):
        return UsageError("hub.not-yours", deed.title, who=deed.author)
    return None


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


#: How a row is taken back that the action made.
_GONE: Patch = {"deleted": "yes"}
_CUSTOM_FIELD = "custom_field"
_Use = tuple[str, tuple[str, str]]
"""A row, and the table and id of one that uses it."""


@dataclass(slots=True)
class _Net:
    """What the action did to one row, all its entries of it together."""

    table: str
    patch: dict[str, str | None]
    made: bool


class _Inverse:
    """The edits that take an action back, planned as a whole before the first is made."""

    def __init__(self, connection: Connection, action: str, kept: list[Kept]) -> None:
        """`kept` is filled with what is left as it is."""
        self._connection = connection
        self._run = connection.exec_driver_sql
        self._nr = int(self._run("SELECT nr FROM action WHERE id = ?", (action,)).scalar_one())
        self._kept = kept
        self._tables: dict[str, str] = {}
        self._plan: dict[str, Patch] = {}
        self._since: dict[str, int] = {}

    def edits(self) -> Iterator[Edit]:
        """The edits, in the order in which the action made its own: that of the rows' numbers, as a rule."""
        self._spare_changed(self._draft())
        self._spare_used()
        for row, patch in self._plan.items():
            if patch:
                yield Edit(self._tables[row], row, patch)

    def _draft(self) -> dict[str, _Net]:
        """Plan what nobody has changed since; give back what the action did to the other rows."""
        touched: dict[str, _Net] = {}
        self._since = self._changed_since()
        # 100,000 patches are only read where they matter.
        sql = "SELECT tbl, row, patch, base, lost FROM entry WHERE action = ? AND refused IS NULL ORDER BY seq"
        for table, row, patch_text, base_text, lost in self._run(sql, (self._nr,)):
            first = row not in self._plan
            base: Patch | None = json.loads(base_text) if base_text is not None else None
            if base is not None and lost is not None:  # what did not take effect is not taken back
                base = {key: value for key, value in base.items() if key not in json.loads(lost)}
            if first:
                self._tables[row] = table
                self._plan[row] = base if base is not None else _GONE
            elif base is not None and self._plan[row] is not _GONE:
                self._plan[row] = {**base, **self._plan[row]}
            if row in self._since:
                net = touched.setdefault(row, _Net(table, {}, base is None))
                gone = json.loads(lost) if lost is not None else ()
                net.patch.update({key: value for key, value in json.loads(patch_text).items() if key not in gone})
        return touched

    def _changed_since(self) -> dict[str, int]:
        """The action's rows that other actions changed after it, and the number of the last of these.

        Later is what was written here later, and what stands later in the shared order: an own change that is not sent
        yet stands over all that others have sent.
        """
        place = self._run("SELECT max(position) FROM entry WHERE action = ?", (self._nr,)).scalar_one()
        sql = (
            "SELECT row, max(action) FROM entry WHERE (action > ?1 OR action <> ?1 AND ?2 IS NOT NULL "
            "AND coalesce(position > ?2, 1)) AND row IN (SELECT row FROM entry WHERE action = ?1) GROUP BY row"
        )
        return {str(row): int(number) for row, number in self._run(sql, (self._nr, place))}

    def _spare_changed(self, touched: Mapping[str, _Net]) -> None:
        """Plan the rows that were changed since: what is not as the action left it stays."""
        by_table: dict[str, list[str]] = defaultdict(list)
        for row, net in touched.items():
            by_table[net.table].append(row)
        numbers = {self._since[row] for row in touched}
        actions = {number: self._action(number) for number in numbers}
        for table, rows in by_table.items():
            for row, (_, now) in current(self._connection, table, rows, _columns(table)).items():
                net, since = touched[row], actions[self._since[row]]
                if not net.made:
                    left = [key for key, value in net.patch.items() if now.get(key) != value]
                    self._kept.extend(Kept(table, row, key, "changed", since) for key in left)
                    self._plan[row] = {key: value for key, value in self._plan[row].items() if key not in left}
                elif now != {key: value for key, value in net.patch.items() if value is not None}:
                    self._plan[row] = {}
                    if "deleted" not in now:
                        self._kept.append(Kept(table, row, "", "changed", since))

    def _spare_used(self) -> None:
        """Keep the rows that would go although a row that stays refers to them, and what they refer to in turn."""
        doomed = {row for row, patch in self._plan.items() if patch.get("deleted")}
        self._run("CREATE TEMP TABLE IF NOT EXISTS doomed (id TEXT PRIMARY KEY) WITHOUT ROWID")
        self._run("DELETE FROM doomed")
        if doomed:
            self._run("INSERT INTO doomed VALUES (?)", [(row,) for row in doomed])
        customs = self._doomed_fields(doomed)
        used = [found for table in {self._tables[row] for row in doomed} for found in self._referred(table)]
        used += self._filled(customs)
        while used:
            row, user = used.pop()
            if row not in doomed:
                continue
            doomed.remove(row)
            table = self._tables[row]
            self._plan[row] = {}
            self._kept.append(Kept(table, row, "", "in-use", user=user))
            _, now = current(self._connection, table, [row], list(references(table)))[row]
            used.extend((now[key], (table, row)) for key in references(table, held=True) if key in now)
            used.extend((customs[table, key], (table, row)) for key in now if (table, key) in customs)
        self._run("DELETE FROM doomed")

    def _referred(self, table: str) -> Iterator[_Use]:
        """Those of the doomed rows of a table that a live row refers to which stays and is not set back itself."""
        for other in TABLES:
            for key, target in references(other, held=True).items():
                if target == table:
                    sql = (
                        f"SELECT id, {key} FROM {other} WHERE {key} IN (SELECT id FROM doomed) "
                        "AND deleted IS NULL AND id NOT IN (SELECT id FROM doomed)"
                    )
                    for row, referred in self._run(sql):
                        if self._plan.get(row, {}).get(key, referred) == referred:
                            yield referred, (other, row)

    def _doomed_fields(self, doomed: Collection[str]) -> dict[tuple[str, str], str]:
        """The custom fields that would go: the table whose rows have them and their key -> their row."""
        rows = [row for row in doomed if self._tables[row] == _CUSTOM_FIELD]
        found = current(self._connection, _CUSTOM_FIELD, rows, ["record", "key"])
        return {
            (RECORDS[now["record"]].table, now["key"]): row
            for row, (_, now) in found.items()
            if now.get("record") in RECORDS and "key" in now
        }

    def _filled(self, customs: Mapping[tuple[str, str], str]) -> Iterator[_Use]:
        """The custom fields in which a live row has a value that stays."""
        for (table, key), field_row in customs.items():
            sql = (
                f"SELECT id FROM {table} WHERE json_extract(extra, ?) IS NOT NULL "
                "AND deleted IS NULL AND id NOT IN (SELECT id FROM doomed)"
            )
            for row in self._run(sql, (f'$."{key}"',)).scalars():
                if self._plan.get(row, {}).get(key, "stays") is not None:
                    yield field_row, (table, row)
                    break

    def _action(self, number: int) -> str:
        return str(self._run("SELECT id FROM action WHERE nr = ?", (number,)).scalar_one())


def _columns(table: str) -> list[str]:
    return [column.name for column in Base.metadata.tables[table].columns if column.name not in ("nr", "id", "extra")]
