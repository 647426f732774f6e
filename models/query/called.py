"""What one record is called, asked for by itself: for a deed on a few records of a large register.

`Names` reads a whole table to know its names. That pays for an import; a scan has no time for it.
"""

from sqlalchemy import Connection, select

from models.query.names import PATH, Names
from models.schema.records import TABLES, references

#: So deep is no building: a ring of places, should one be there, ends here.
_DEEPEST = 16


def called(connection: Connection, table: str, row: str) -> str:
    """The name of a record, of a place with what it is inside of: "City Hall / 204". Empty where it is not there."""
    kind = TABLES[table]
    if table == "asset" or kind.naming in references(table):
        return Names(connection).label(table, row)
    if table != "location":
        return str(connection.execute(select(kind.sql.c[kind.naming]).where(kind.sql.c.id == row)).scalar() or "")
    way: list[str] = []
    rows, at = kind.sql, row
    while at and len(way) < _DEEPEST:
        found = connection.execute(select(rows.c.name, rows.c.parent).where(rows.c.id == at)).one_or_none()
        if found is None:
            break
        way.append(str(found.name or ""))
        at = str(found.parent or "")
    return PATH.join(reversed(way))
