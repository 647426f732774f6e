"""Entries as they are read back from the journal."""

import json
from collections.abc import Iterator

from sqlalchemy import Connection

from models.journal.entry import Entry

_COLUMNS = "e.id, e.tbl, e.row, e.patch, e.base, a.stamp, e.position, e.lost, e.refused"


def entries(connection: Connection, where: str = "", parameters: tuple[object, ...] = ()) -> Iterator[Entry]:
    """The entries in local order. `where`: a condition over entry `e` and action `a`, never made of user text."""
    sql = f"SELECT {_COLUMNS} FROM entry e JOIN action a ON a.nr = e.action {where and 'WHERE ' + where} ORDER BY e.seq"
    for row in connection.exec_driver_sql(sql, parameters):
        yield Entry(
            row[0],
            row[1],
            row[2],
            json.loads(row[3]),
            None if row[4] is None else json.loads(row[4]),
            row[5],
            row[6],
            frozenset(json.loads(row[7])) if row[7] else frozenset(),
            row[8],
        )
