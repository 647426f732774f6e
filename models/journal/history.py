"""What happened: to one record, and altogether."""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from models.journal.clock import moment
from models.store.local import DEVICE, LOGIN, home_role, local

COPIED = "copied"
"""The detail that marks the action under which a home's rows were copied from the shared database. It is nobody's
deed: what happened before is told by the shared database, and nobody takes it back."""


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one record: who, on which device, when (UTC), in which deed; each field before and after.

    `author` is who they said they were, `login` who sent it, as the shared database authenticated them; None where it
    has not. `unsent`: the shared database has not answered yet (in a home that is connected to one). `refused` is the
    code why it did not take it, `lost` are the fields in which something else stood; these had no effect. `copied`: not
    a change but how the record stood when it was copied from the shared database.
    `merged`: what the record was called that it happened to, where that was merged into the one that is told of.
    """

    when: dt.datetime
    author: str
    device: str
    action: str
    title: str
    source: str | None
    new: bool
    fields: Mapping[str, tuple[str | None, str | None]]
    login: str | None = None
    unsent: bool = False
    refused: str | None = None
    lost: frozenset[str] = frozenset()
    copied: bool = False
    merged: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """One action, as the list of deeds shows it. `undone_by`: the action that took it back, where one stands.

    `login` is who sent it, as the shared database authenticated them. `own`: done on this computer or by its login; in
    a home of its own everything is.
    """

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
    login: str | None = None
    own: bool = True

    @property
    def copied(self) -> bool:
        """Whether it is no deed but the first copy of the shared database."""
        return COPIED in self.details

    @property
    def reverse(self) -> str:
        """The title of the deed that takes this one back: "Undo: Import radios.xlsx", and then "Redo: …"."""
        if self.undoes is None:
            return f"Undo: {self.title}"
        word, _, title = self.title.partition(": ")
        return f"{'Undo' if word == 'Redo' else 'Redo'}: {title}"


def history(connection: Connection, table: str, row: str) -> list[Event]:
    """The changes of one record that this home knows, latest first.

    By their stamps: a change is later than all that whoever made it had seen, wherever it was made.
    """
    sql = (
        "SELECT a.stamp, a.author, a.device, a.id, a.title, a.source, e.patch, e.base, a.login, e.position, e.refused, "
        "e.lost, json_extract(a.details, '$.' || ?) IS NOT NULL FROM entry e JOIN action a ON a.nr = e.action "
        "WHERE e.tbl = ? AND e.row = ? ORDER BY a.stamp DESC, e.seq DESC"
    )
    shared = home_role(connection) is not None
    found = []
    for (
        stamp,
        author,
        device,
        action,
        title,
        source,
        patch,
        base,
        login,
        position,
        refused,
        lost,
        copied,
    ) in connection.exec_driver_sql(sql, (COPIED, table, row)):
        event = Event(
            moment(stamp), author, device, action, title, source, base is None, fields_of(patch, base), login,
            shared and position is None and refused is None, refused, frozenset(json.loads(lost or "[]")), bool(copied),
        )  # fmt: skip
        found.append(event)
    return found


def fields_of(patch_text: str, base_text: str | None) -> dict[str, tuple[str | None, str | None]]:
    """Each field before and after, of an entry's patch and base as they are kept."""
    base = json.loads(base_text) if base_text else {}
    return {key: (base.get(key), value) for key, value in json.loads(patch_text).items()}


def deeds(connection: Connection, limit: int = 200, action: str | None = None) -> list[Deed]:
    """The last actions, latest first; or the one that is named."""
    return _deeds(connection, "id = coalesce(?, id)", (action,), limit)


def deeds_of(connection: Connection, actions: Collection[str]) -> dict[str, Deed]:
    """Those of these actions that this home knows, by their ids."""
    named = json.dumps(list(actions))
    found = _deeds(connection, "id IN (SELECT value FROM json_each(?))", (named,), len(actions))
    return {deed.action: deed for deed in found}


def deeds_with(connection: Connection, detail: str, value: str | None = None, limit: int = 200) -> list[Deed]:
    """The last actions whose details have that key, and that value if one is given, latest first."""
    found = "json_extract(details, '$.' || ?)"
    return _deeds(
        connection, f"{found} IS NOT NULL AND {found} = coalesce(?, {found})", (detail, detail, value, detail), limit
    )


def _deeds(connection: Connection, where: str, parameters: tuple[str | None, ...], limit: int) -> list[Deed]:
    own, owner = _own(connection)
    sql = f"SELECT *, {own} AS own FROM action WHERE {where} ORDER BY nr DESC LIMIT ?"
    rows = connection.exec_driver_sql(sql, (*owner, *parameters, limit)).mappings().all()
    standing = _standing_undos(connection)
    return [
        Deed(
            row["id"], row["title"], row["source"], row["author"], row["device"], moment(row["stamp"]), row["count"],
            row["undoes"], standing.get(row["id"]), json.loads(row["details"]) if row["details"] else {},
            row["login"], bool(row["own"]),
        )
        for row in rows
    ]  # fmt: skip


def _own(connection: Connection) -> tuple[str, tuple[str, ...]]:
    """The condition that an action was done on this computer or by its login, and its parameters.

    A home that is connected to no shared database (any more) has nobody else: all in it is one's own.
    """
    if home_role(connection) is None:
        return "1", ()
    mine = "(coalesce(device_id, ?) = ? OR coalesce(login = ?, 0))"
    device = local(connection, DEVICE) or ""
    return mine, (device, device, local(connection, LOGIN) or "")


def last_undoable(connection: Connection) -> Deed | None:
    """What Ctrl+Z would take back: one's own last action that is neither an undo nor undone."""
    return next((deed for deed in _newest_first(connection) if deed.undoes is None and deed.undone_by is None), None)


def last_redoable(connection: Connection) -> Deed | None:
    """The undo that a redo would take back: one's own last one standing, if one did nothing else since."""
    for deed in _newest_first(connection):
        if deed.undone_by is not None:
            continue
        if deed.undoes is None:
            return None
        if not _is_redo(connection, deed):
            return deed
    return None


#: An action of which the shared database took nothing had no effect: there is nothing to take back.
_TAKEN = "EXISTS (SELECT 1 FROM entry WHERE entry.action = action.nr AND entry.refused IS NULL)"


def _newest_first(connection: Connection) -> list[Deed]:
    """One's own deeds. Ctrl+Z passes by what came from others, and again and again goes back at most this far."""
    own, owner = _own(connection)
    copied = "json_extract(details, '$.' || ?) IS NULL"
    return _deeds(connection, f"{own} AND {copied} AND {_TAKEN}", (*owner, COPIED), 1000)


def _is_redo(connection: Connection, deed: Deed) -> bool:
    """Whether the deed takes back an undo."""
    sql = "SELECT undoes IS NOT NULL FROM action WHERE id = ?"
    return bool(connection.exec_driver_sql(sql, (deed.undoes,)).scalar_one_or_none())


def _standing_undos(connection: Connection) -> dict[str, str]:
    """Action -> the undo of it that stands (was not itself undone)."""
    sql = f"SELECT id, undoes FROM action WHERE undoes IS NOT NULL AND {_TAKEN} ORDER BY nr DESC"
    undone: dict[str, str] = {}
    for action, target in connection.exec_driver_sql(sql).all():  # latest first: what undoes an undo is met before it
        if action not in undone:
            undone[target] = action
    return undone
