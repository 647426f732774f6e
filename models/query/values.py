"""Canonical values of records by their ids, custom fields included."""

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select, text

from models.schema.catalogue import Catalogue
from models.schema.records import RecordType


def values_of(
    connection: Connection, catalogue: Catalogue, kind: RecordType, keys: Sequence[str], ids: Sequence[str] | None
) -> Iterator[tuple[str, dict[str, str]]]:
    """Each record's id and those of its fields that have a value; `ids` None: all live records of the kind."""
    table = kind.sql
    custom = [key for key in keys if catalogue.field(kind.word, key).custom]
    plain = [key for key in keys if key not in custom]
    statement = select(table.c.id, *([table.c.extra] if custom else []), *(table.c[key] for key in plain))
    if ids is None:
        statement = statement.where(table.c.deleted.is_(None))
        if kind.asset_kind:
            statement = statement.where(table.c.kind == kind.asset_kind)
    else:
        chosen = text(f"{table.name}.id IN (SELECT value FROM json_each(:ids))")
        statement = statement.where(chosen.bindparams(ids=json.dumps(list(ids))))
    start = 2 if custom else 1
    for row in connection.execute(statement):
        values = {
            key: value if isinstance(value, str) else str(value)
            for key, value in zip(plain, row[start:], strict=True)
            if value is not None
        }
        if custom and row[1]:
            own = json.loads(row[1])
            values.update({key: own[key] for key in custom if key in own})
        yield row[0], values
