"""Canonical values of records by their ids, custom fields included."""

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Integer

from models.schema.catalogue import Catalogue
from models.schema.records import RecordType
from models.store.driver import driver

Values = tuple[str | None, ...]


def values_of(
    connection: Connection, catalogue: Catalogue, kind: RecordType, keys: Sequence[str], ids: Sequence[str] | None
) -> Iterator[tuple[str, Values]]:
    """Each record's id, and what it has in the fields of `keys`, in their order; `ids` None: all live records."""
    table = kind.sql
    known = catalogue.table_keys(kind.table)
    plain = [key for key in keys if not known[key].custom]
    columns = [f"CAST(t.{key} AS TEXT)" if isinstance(table.c[key].type, Integer) else f"t.{key}" for key in plain]
    if ids is None:
        where, bound = "t.deleted IS NULL", list[str]()
        if kind.asset_kind:
            where, bound = f"{where} AND t.kind = ?", [kind.asset_kind]
    else:
        where, bound = "t.id IN (SELECT value FROM json_each(?))", [json.dumps(list(ids))]
    custom = len(plain) < len(keys)
    chosen = ", ".join(("t.id", *(("t.extra",) if custom else ()), *columns))
    found = driver(connection).execute(f"SELECT {chosen} FROM {table.name} t WHERE {where}", bound)
    if not custom:
        for row in found:
            yield row[0], row[1:]
        return
    for row in found:
        own = json.loads(row[1]) if row[1] else {}
        own.update(zip(plain, row[2:], strict=True))
        yield row[0], tuple(own.get(key) for key in keys)
