"""Identities: values that two live records should not share (a tag, maker and serial, an IMEI …).

Reality has such duplicates, so they are told and never refused. Set by set in SQL: a million rows take seconds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Text, and_, func, select

from models.schema.catalogue import Catalogue
from models.schema.records import TABLES, record_type

#: Identities that hold only together with another field: a serial with its maker, a unit ID within its system.
_WITHIN = {("asset", "serial"): "manufacturer", ("asset", "unit_id"): "system"}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Live records of a table that share an identity.

    `field` is the field whose value they share, `value` its canonical text; `rows` are the records' ids, `count`
    how many there are (`rows` holds the first of them only).
    """

    table: str
    field: str
    value: str
    rows: tuple[str, ...]
    count: int


#: The records that a Duplicate names, at most.
NAMED = 10


def identities(catalogue: Catalogue, table: str) -> tuple[tuple[str, ...], ...]:
    """The identities of a table: each the field itself, and the field within which it holds, if there is one."""
    keys = (field.key for field in catalogue.table_keys(table).values() if field.identity and not field.custom)
    return tuple((key, *filter(None, (_WITHIN.get((table, key)),))) for key in keys)


def duplicates(connection: Connection, catalogue: Catalogue) -> Iterator[Duplicate]:
    """All identities that live records share, by table and field, the most shared first."""
    for table in TABLES:
        for key, *within in identities(catalogue, table):
            yield from _shared(connection, table, key, within)


def sharing(
    connection: Connection, catalogue: Catalogue, word: str, values: Mapping[str, str | None], but: str = ""
) -> list[Duplicate]:
    """The identities among these values that other live records have already; `but` is the id of the record itself."""
    kind = record_type(word)
    rows = kind.sql
    found: list[Duplicate] = []
    for key, *within in identities(catalogue, kind.table):
        value = values.get(key)
        if value is None or key not in catalogue.keys(word):
            continue
        same = and_(
            rows.c.deleted.is_(None),
            rows.c.id != but,
            rows.c[key] == _bound(value, whole=catalogue.field(word, key).kind.whole),
            *(_equal(rows.c[other], values.get(other)) for other in within),
        )
        ids = connection.execute(select(rows.c.id).where(same).order_by(rows.c.nr).limit(NAMED)).scalars().all()
        if ids:
            found.append(Duplicate(kind.table, key, value, tuple(ids), len(ids)))
    return found


def _bound(value: str, *, whole: bool) -> str | int:
    return int(value) if whole else value


def _equal(column: ColumnElement[str], value: str | None) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value


def _shared(connection: Connection, table: str, key: str, within: list[str]) -> Iterator[Duplicate]:
    rows = TABLES[table].sql
    # An index on the field gives the groups in order; its collation makes "ab-1" and "AB-1" one value.
    by = [rows.c[key], *(rows.c[other] for other in within)]
    number = func.count()
    groups = (
        select(func.min(rows.c[key]), number, func.group_concat(rows.c.id, type_=Text))
        .where(rows.c.deleted.is_(None), rows.c[key].is_not(None))
        .group_by(*by)
        .having(number > 1)
        .order_by(number.desc(), by[0])
    )
    for value, count, ids in connection.execute(groups):
        yield Duplicate(table, key, str(value), tuple(ids.split(",")[:NAMED]), int(count))
