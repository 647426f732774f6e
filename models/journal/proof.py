"""The proof that the tables equal the fold of the journal. It walks both side by side, one record at a time."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from models.journal.entry import Entry
from models.journal.fold import fold
from models.journal.tables import CUSTOM
from models.progress import Progress
from models.schema.columns import Base
from models.schema.records import TABLES

_STEP = 2000


class Fault(StrEnum):
    """What can be wrong with a row."""

    UNEQUAL = "unequal"
    """The journal gives other values."""
    UNKNOWN = "unknown"
    """A row of a table that no entry has made."""
    MISSING = "missing"
    """A row that the journal has and the table has not."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not what the journal gives. `fields`: field -> (in the table, by the journal)."""

    table: str
    row: str
    fault: Fault
    fields: Mapping[str, tuple[str | None, str | None]]


def differences(connection: Connection, progress: Progress | None = None) -> Iterator[Difference]:
    """All rows of all tables that are not what their entries add up to. Nothing at all: the tables are sound."""
    progress = progress or Progress()
    count = int(connection.exec_driver_sql("SELECT count(*) FROM entry").scalar_one())
    seen = 0
    for table in TABLES:
        for row, values, entries in _side_by_side(connection, table):
            seen += len(entries)
            if seen % _STEP < len(entries):
                progress.at("check", seen, count)
            if found := _compare(table, row, values, entries):
                yield found
    yield from _without_rows(connection)


def _compare(table: str, row: str, values: Mapping[str, str], entries: list[Entry]) -> Difference | None:
    folded = fold(entries).get((table, row))
    if folded is None:
        return Difference(table, row, Fault.UNKNOWN, {})
    # Fields of a newer Muster are kept in the journal and are no fault of the table.
    columns = Base.metadata.tables[table].columns
    due = {key: value for key, value in folded.items() if key in columns or key.startswith(CUSTOM)}
    if due == values:
        return None
    keys = [key for key in {**values, **due} if values.get(key) != due.get(key)]
    return Difference(table, row, Fault.UNEQUAL, {key: (values.get(key), due.get(key)) for key in keys})


def _side_by_side(connection: Connection, table: str) -> Iterator[tuple[str, dict[str, str], list[Entry]]]:
    """Each row of a table as it stands, and its entries in local order."""
    names = [column.name for column in Base.metadata.tables[table].columns if column.name not in ("nr", "id", "extra")]
    # Rows and entries were mostly made in one order, so looking up the entries of row after row reads the file forward.
    # A deed's stamp plays no part in the fold: the order of entries is that of `position`, then of `seq`.
    columns = ", ".join(f"t.{name}" for name in names)
    sql = (
        f"SELECT t.id, e.id, e.patch, e.base, e.position, e.lost, e.refused, t.extra, {columns} "
        f"FROM {table} t LEFT JOIN entry e INDEXED BY ix_entry_row ON e.row = t.id AND e.tbl = ? ORDER BY t.nr, e.seq"
    )
    row, values, entries = "", dict[str, str](), list[Entry]()
    for found in connection.exec_driver_sql(sql, (table,)):
        if found[0] != row:
            if row:
                yield row, values, entries
            row, entries = found[0], []
            values = {
                name: value if type(value) is str else str(value)
                for name, value in zip(names, found[8:], strict=True)
                if value is not None
            }
            if found[7]:
                values |= json.loads(found[7])
        if found[1] is not None:
            entries.append(_entry(table, row, found))
    if row:
        yield row, values, entries


def _entry(table: str, row: str, found: tuple[str | int | None, ...]) -> Entry:
    _, entry, patch, base, position, lost, refused = found[:7]
    assert isinstance(entry, str)  # noqa: S101 (for the type checker: asked before)
    return Entry(
        entry,
        table,
        row,
        json.loads(str(patch)),
        None if base is None else {},
        0,
        None if position is None else int(position),
        frozenset(json.loads(str(lost))) if lost else frozenset(),
        None if refused is None else str(refused),
    )


def _without_rows(connection: Connection) -> Iterator[Difference]:
    """What the journal tells of rows that no table has; what was refused made none."""
    known = " ".join(f"WHEN '{table}' THEN EXISTS (SELECT 1 FROM {table} t WHERE t.id = e.row)" for table in TABLES)
    # Tables of a newer Muster are kept in the journal and are nobody's fault.
    sql = f"SELECT DISTINCT e.tbl, e.row FROM entry e WHERE e.refused IS NULL AND NOT CASE e.tbl {known} ELSE 1 END"
    for table, row in connection.exec_driver_sql(sql):
        yield Difference(table, row, Fault.MISSING, {})
