"""What happened: to one record, and altogether."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from models.journal.clock import moment


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one record: who, on which device, when (UTC), in which deed; each field before and after."""

    when: dt.datetime
    author: str
    device: str
    action: str
    title: str
    source: str | None
    new: bool
    fields: Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True)
class Deed:
    """One action, as the list of deeds shows it. `undone_by`: the action that took it back, where one stands."""

    action: str
    title: str
    source: str | None
    author: str
    device: str
    when: dt.datetime
    count: int
    undoes: str | None
    undone_by: str | None
    details: Mapping[str, object]

    @property
    def reverse(self) -> str:
        """The title of the deed that takes this one back: "Undo: Import radios.xlsx", and then "Redo: …"."""
        if self.undoes is None:
            return f"Undo: {self.title}"
        word, _, title = self.title.partition(": ")
        return f"{'Undo' if word == 'Redo' else 'Redo'}: {title}"


def history(connection: Connection, table: str, row: str) -> list[Event]:
    """The changes of one record, latest first."""
    sql = (
        "SELECT a.stamp, a.author, a.device, a.id, a.title, a.source, e.patch, e.base FROM entry e "
        "JOIN action a ON a.nr = e.action WHERE e.tbl = ? AND e.row = ? ORDER BY e.seq DESC"
    )
    found = []
    for stamp, author, device, action, title, source, patch_text, base_text in connection.exec_driver_sql(
        sql, (table, row)
    ):
        patch = json.loads(patch_text)
        base = json.loads(base_text) if base_text else {}
        fields = {key: (base.get(key), value) for key, value in patch.items()}
        found.append(Event(moment(stamp), author, device, action, title, source, base_text is None, fields))
    return found


def deeds(connection: Connection, limit: int = 200, action: str | None = None) -> list[Deed]:
    """The last actions, latest first; or the one that is named."""
    return _deeds(connection, "id = coalesce(?, id)", (action,), limit)


def deeds_with(connection: Connection, detail: str, value: str | None = None, limit: int = 200) -> list[Deed]:
    """The last actions whose details have that key, and that value if one is given, latest first."""
    found = "json_extract(details, '$.' || ?)"
    return _deeds(
        connection, f"{found} IS NOT NULL AND {found} = coalesce(?, {found})", (detail, detail, value, detail), limit
    )


def _deeds(connection: Connection, where: str, parameters: tuple[str | None, ...], limit: int) -> list[Deed]:
    sql = f"SELECT * FROM action WHERE {where} ORDER BY nr DESC LIMIT ?"
    rows = connection.exec_driver_sql(sql, (*parameters, limit)).mappings().all()
    standing = _standing_undos(connection)
    return [
        Deed(
            row["id"], row["title"], row["source"], row["author"], row["device"], moment(row["stamp"]), row["count"],
            row["undoes"], standing.get(row["id"]), json.loads(row["details"]) if row["details"] else {},
        )
        for row in rows
    ]  # fmt: skip


def last_undoable(connection: Connection) -> Deed | None:
    """What Ctrl+Z would take back: the last action that is neither an undo nor undone."""
    return next((deed for deed in _newest_first(connection) if deed.undoes is None and deed.undone_by is None), None)


def last_redoable(connection: Connection) -> Deed | None:
    """The undo that a redo would take back: the last one standing, if nothing else was done since."""
    for deed in _newest_first(connection):
        if deed.undone_by is not None:
            continue
        if deed.undoes is None:
            return None
        if not _is_redo(connection, deed):
            return deed
    return None


def _newest_first(connection: Connection) -> list[Deed]:
    # Ctrl+Z again and again goes back at most this far.
    return deeds(connection, 1000)


def _is_redo(connection: Connection, deed: Deed) -> bool:
    """Whether the deed takes back an undo."""
    sql = "SELECT undoes IS NOT NULL FROM action WHERE id = ?"
    return bool(connection.exec_driver_sql(sql, (deed.undoes,)).scalar_one_or_none())


def _standing_undos(connection: Connection) -> dict[str, str]:
    """Action -> the undo of it that stands (was not itself undone)."""
    rows = connection.exec_driver_sql("SELECT id, undoes FROM action WHERE undoes IS NOT NULL ORDER BY nr DESC").all()
    undone: dict[str, str] = {}
    for action, target in rows:  # latest first: what undoes an undo is met before it
        if action not in undone:
            undone[target] = action
    return undone
