"""Records with their whole history, carried from one home's journal into another's as if they had been made there.

Entries keep their ids, deeds their authors, devices and stamps. They come as not yet sent.
"""

import json
from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection

from models.journal.project import current
from models.journal.replica import COPY_TITLE
from models.progress import Progress
from models.schema.columns import Base
from models.schema.records import TABLES, references
from models.store.local import local, set_local

_ENTRIES = (
    "SELECT a.nr, e.id, e.tbl, e.row, e.patch, e.base, e.lost FROM entry e JOIN action a ON a.nr = e.action "
    "WHERE e.refused IS NULL ORDER BY e.seq"
)
_ACTION = (
    "INSERT INTO action (nr, id, title, source, author, device, stamp, undoes, count, details) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ENTRY = "INSERT INTO entry (id, action, tbl, row, patch, base) VALUES (?, ?, ?, ?, ?, ?)"
_STEP = 1000
FROM_ELSEWHERE = "Records of another shared database"
"""The title of what was a first copy: here it is a deed like any other."""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_Row = tuple[str | int | None, ...]


def carry(
    source: Connection,
    target: Connection,
    ids: Mapping[str, str],
    rows: Collection[str],
    hidden: Collection[tuple[str, str]],
    progress: Progress,
) -> None:
    """Write these live rows of the source and all their entries into the target, within its writing transaction.

    References follow `ids` (id in the source -> id in the target); one to a record that the target will not have is
    left out, as are the `hidden` fields (table, key). The target's search index is not kept. Raises Cancelled.
    """
    form = _Form(target, ids, rows, hidden)
    actions: dict[int, list[_Row]] = {}
    for at, (action, entry, table, row, patch, base, lost) in enumerate(source.exec_driver_sql(_ENTRIES)):
        if at % _STEP == 0:
            progress.at("carry", at)
        if row not in rows:
            continue
        after = form.patch(table, json.loads(patch), json.loads(lost) if lost else ())
        before = None if base is None else form.base(after, json.loads(base))
        if after or base is None:
            actions.setdefault(action, []).append(
                (entry, table, row, _encode(after), None if before is None else _encode(before))
            )
    _write_actions(source, target, actions)
    for table in TABLES:
        for batch in _batches(source, table, rows):
            progress.at("write")
            _write_rows(source, target, table, batch, form)


class _Form:
    """What values of the source are in the target."""

    def __init__(
        self, target: Connection, ids: Mapping[str, str], rows: Collection[str], hidden: Collection[tuple[str, str]]
    ) -> None:
        self._ids, self._rows, self._hidden = ids, rows, hidden
        self._there = {
            table: frozenset(target.exec_driver_sql(f"SELECT id FROM {table}").scalars().all()) for table in TABLES
        }
        self._references = {table: references(table) for table in TABLES}

    def patch(self, table: str, values: Mapping[str, str | None], lost: Collection[str] = ()) -> dict[str, str | None]:
        """A patch without what the target cannot hold."""
        found: dict[str, str | None] = {}
        targets = self._references.get(table, {})
        for key, value in values.items():
            if key in lost or (table, key) in self._hidden:
                continue
            meant = value
            if value is not None and key in targets:
                meant = self._ids.get(value, value)
                if meant not in self._rows and meant not in self._there[targets[key]]:
                    continue
            found[key] = meant
        return found

    def base(self, after: Mapping[str, str | None], base: Mapping[str, str | None]) -> dict[str, str | None]:
        """The values before, of the fields that the patch has. A record that is not there reads as none."""
        return {
            key: self._ids.get(value, value) if value is not None else None
            for key, value in base.items()
            if key in after
        }


def _write_actions(source: Connection, target: Connection, actions: Mapping[int, list[_Row]]) -> None:
    number = int(target.exec_driver_sql("SELECT coalesce(max(nr), 0) FROM action").scalar_one())
    columns = "nr, id, title, source, author, device, stamp, undoes, details"
    highest = int(local(target, "stamp") or 0)
    deeds = source.exec_driver_sql(f"SELECT {columns} FROM action ORDER BY nr")
    for nr, action, title, origin, author, device, stamp, undoes, details in deeds:
        if nr not in actions:
            continue
        number += 1
        highest = max(highest, stamp)
        said = FROM_ELSEWHERE if title == COPY_TITLE else title
        row = (number, action, said, origin, author, device, stamp, undoes, len(actions[nr]), details)
        target.exec_driver_sql(_ACTION, row)
        target.exec_driver_sql(_ENTRY, [(entry[0], number, *entry[1:]) for entry in actions[nr]])
    set_local(target, "stamp", str(highest))


def _batches(source: Connection, table: str, rows: Collection[str]) -> Iterator[list[str]]:
    held: list[str] = []
    for row in source.exec_driver_sql(f"SELECT id FROM {table} ORDER BY nr").scalars().all():
        if row in rows:
            held.append(row)
        if len(held) == _STEP:
            yield held
            held = []
    if held:
        yield held


def _write_rows(source: Connection, target: Connection, table: str, batch: list[str], form: _Form) -> None:
    columns = [each.name for each in Base.metadata.tables[table].columns if each.name not in ("nr", "id", "extra")]
    known = frozenset(columns)
    first = int(target.exec_driver_sql(f"SELECT coalesce(max(nr), 0) + 1 FROM {table}").scalar_one())
    values: list[_Row] = []
    found = current(source, table, batch, columns)
    for nr, row in enumerate(batch, first):
        plain = form.patch(table, found[row][1])
        own = {key: value for key, value in plain.items() if key not in known}
        values.append((nr, row, _encode(own) if own else None, *(plain.get(key) for key in columns)))
    marks = ", ".join("?" * (len(columns) + 3))
    target.exec_driver_sql(f"INSERT INTO {table} (nr, id, extra, {', '.join(columns)}) VALUES ({marks})", values)
