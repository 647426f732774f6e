"""What may not go: records that live records refer to, references that point to deleted ones, rings of parents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, Connection, MetaData, Table, Text, delete, exists, func, insert, select

from models.schema.records import TABLES, references

_TEMP = MetaData()
#: The records of one table that somebody wants to delete. (The journal's undo keeps a table `doomed` of its own.)
_DOOMED = Table("leaving", _TEMP, Column("id", Text, primary_key=True), prefixes=["TEMPORARY"])


@dataclass(frozen=True, slots=True)
class Dangling:
    """A live record whose reference points to a deleted record, or to none at all. `field` is the reference."""

    table: str
    row: str
    field: str
    target: str


def users_of(table: str) -> list[tuple[str, str]]:
    """The (table, field) pairs that may refer to records of a table."""
    return [(other, key) for other in TABLES for key, target in references(other, held=True).items() if target == table]


def used(connection: Connection, table: str, rows: Sequence[str]) -> dict[str, int]:
    """Those of the rows that live records refer to, other than records that go with them: id -> how many refer.

    Asked within a writing transaction: a temporary table holds the rows meanwhile. A row that stays keeps what it
    refers to, so the answer is asked again until nothing more stays.
    """
    _TEMP.create_all(connection, checkfirst=False)
    try:
        if rows:
            connection.execute(insert(_DOOMED), [{"id": row} for row in dict.fromkeys(rows)])
        found: dict[str, int] = {}
        while more := _used_now(connection, table):
            found.update(more)
            for row in more:
                connection.execute(delete(_DOOMED).where(_DOOMED.c.id == row))
        return found
    finally:
        _TEMP.drop_all(connection, checkfirst=False)


def _used_now(connection: Connection, table: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for other, key in users_of(table):
        rows = TABLES[other].sql
        live = [rows.c.deleted.is_(None), *([rows.c.id.not_in(select(_DOOMED.c.id))] if other == table else [])]
        refers = (
            select(_DOOMED.c.id, func.count())
            .join(rows, rows.c[key] == _DOOMED.c.id)
            .where(*live)
            .group_by(_DOOMED.c.id)
        )
        for row, number in connection.execute(refers):
            found[row] = found.get(row, 0) + int(number)
    return found


def dangling(connection: Connection) -> Iterator[Dangling]:
    """The references of live records that point to no live record."""
    for table in TABLES:
        rows = TABLES[table].sql
        for key, target in references(table, held=True).items():
            there = TABLES[target].sql.alias("target")
            alive = exists().where(there.c.id == rows.c[key], there.c.deleted.is_(None))
            lost = select(rows.c.id, rows.c[key]).where(rows.c.deleted.is_(None), rows.c[key].is_not(None), ~alive)
            for row, points in connection.execute(lost):
                yield Dangling(table, row, key, points)


def is_inside(connection: Connection, table: str, row: str, other: str) -> bool:
    """Whether `other` is the row itself or, by its `parent`, anywhere inside of it."""
    rows = TABLES[table].sql
    way = select(rows.c.id, rows.c.parent).where(rows.c.id == other).cte("way", recursive=True)
    above = rows.alias("above")
    # UNION, not UNION ALL: a ring that is there already ends.
    way = way.union(select(above.c.id, above.c.parent).where(above.c.id == way.c.parent))
    found = select(func.count()).select_from(way).where(way.c.id == row)
    return bool(connection.execute(found).scalar_one())
