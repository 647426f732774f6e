"""What a check of labels goes over: records whose labels were printed, read from the database and stamped in it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, and_, func, null, or_, select

from models.journal.entry import Changes, Edit
from models.journal.writer import Journal
from models.query.names import Names
from models.schema.records import TABLES

#: The field whose value the label of a record says, by table.
_CODES = {"asset": "tag", "location": "code", "person": "employee_number"}
#: What people call a thing besides its tag, best first.
_CALLED = ("name", "alias", "hostname", "device_name")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Checkable:
    """A record with a label. `code` is what the label says, `called` what people call it, `place` where it is.

    `printed` and `checked` are moments in canonical text, empty where there is none.
    """

    table: str
    row: str
    code: str
    called: str = ""
    serial: str = ""
    place: str = ""
    printed: str = ""
    checked: str = ""

    @property
    def done(self) -> bool:
        """Whether its label was checked after it was last printed."""
        return bool(self.checked) and self.checked >= self.printed

    @property
    def name(self) -> str:
        """What it is called in a sentence: "R-004471 (ENG 7 DRV)"."""
        return f"{self.code} ({self.called})" if self.called else self.code


def to_check(connection: Connection, since: str = "") -> list[Checkable]:
    """All records whose printed labels are not checked yet; also those checked from the moment `since` on.

    `since` in canonical text; without it only the unchecked ones.
    """
    found: list[Checkable] = []
    names = Names(connection)
    for table in _CODES:
        rows = TABLES[table].sql
        unchecked = or_(rows.c.label_checked.is_(None), rows.c.label_checked < rows.c.label_printed)
        if since:
            unchecked = or_(unchecked, rows.c.label_checked >= since)
        found += _read(connection, names, table, and_(rows.c.label_printed.is_not(None), unchecked))
    return found


def chosen_to_check(connection: Connection, table: str, numbers: Sequence[int]) -> list[Checkable]:
    """These records of a table by their local numbers, whether their labels were printed here or not."""
    names, rows = Names(connection), TABLES[table].sql
    return [
        each
        for start in range(0, len(numbers), _AT_ONCE)
        for each in _read(connection, names, table, rows.c.nr.in_(numbers[start : start + _AT_ONCE]))
    ]


def stamp_check(journal: Journal, record: Checkable, moment: dt.datetime) -> Changes:
    """Remember that a label was scanned back and was the right one: a deed of its own, so that undo takes back one.

    Raises DatabaseError.
    """
    patch = {"label_checked": canonical(moment)}
    return journal.write(f"Check the label {record.code}", [Edit(record.table, record.row, patch)])


def canonical(moment: dt.datetime) -> str:
    """A moment as records hold it."""
    return f"{moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _read(connection: Connection, names: Names, table: str, where: ColumnElement[bool]) -> list[Checkable]:
    rows = TABLES[table].sql
    code = rows.c[_CODES[table]]
    wanted = select(
        rows.c.id,
        code,
        _either(rows, _CALLED),
        _either(rows, ("serial",)),
        _either(rows, ("location", "parent")),
        rows.c.label_printed,
        rows.c.label_checked,
    ).where(rows.c.deleted.is_(None), code.is_not(None), where)
    return [
        Checkable(table, row, text, called or "", serial or "", _place(names, place), printed or "", checked or "")
        for row, text, called, serial, place, printed, checked in connection.execute(wanted)
    ]


def _either(rows: Table, keys: Sequence[str]) -> ColumnElement[str]:
    """The first of these columns that the table has and that has a value."""
    columns = [rows.c[key] for key in keys if key in rows.c]
    return func.coalesce(*columns, null(), null())


def _place(names: Names, row: str | None) -> str:
    return names.path("location", row) if row else ""
