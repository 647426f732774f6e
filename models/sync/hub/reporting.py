"""The views for reporting tools: one for each kind of record, with names instead of ids, days as days, amounts as
numbers; without what only some roles may read, without deleted records, without what is about Muster itself.

They are made from the declared fields. A view only ever gains columns, at its end: what the city has built on it stays.
"""

from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from models.fields.field import Field
from models.fields.kinds import Day, Money, Ref
from models.fields.kinds.numbers import Number
from models.schema.records import OWN_KINDS, RECORDS, TABLES, RecordType
from models.sync.hub.names import REPORT_SCHEMA, SCHEMA

if TYPE_CHECKING:
    import psycopg
    from psycopg.sql import SQL, Composed, Identifier

    Connection = psycopg.Connection[tuple[Any, ...]]


def report_kinds() -> tuple[RecordType, ...]:
    """The kinds of record that have a view of their own name."""
    return tuple(kind for word, kind in RECORDS.items() if word not in OWN_KINDS)


def open_views(connection: "Connection", group: str) -> None:
    """Make the views, or give those that are there what they lack, and let that group read them. Runs as the owner."""
    from psycopg import sql

    connection.execute((files("models.sync.hub") / "sql" / "reporting.sql").read_bytes())
    _make_views(connection)
    readers = sql.Identifier(group)
    for command in (
        "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA reporting FROM PUBLIC",
        "GRANT USAGE ON SCHEMA reporting TO {}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA reporting TO {}",
        "GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO {}",
    ):
        connection.execute(sql.SQL(command).format(readers))


def _make_views(connection: "Connection") -> None:
    from psycopg import sql

    for kind in report_kinds():
        wanted = dict(_columns(kind))
        before = [
            str(name)
            for (name,) in connection.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 ORDER BY attnum",
                (f'{REPORT_SCHEMA}."{kind.word}"',),
            )
        ]
        names = [*before, *(name for name in wanted if name not in before)]
        columns = [sql.SQL("{} AS {}").format(wanted[name], sql.Identifier(name)) for name in names]
        only = sql.SQL(" AND r.kind = {}").format(sql.Literal(kind.asset_kind)) if kind.asset_kind else sql.SQL("")
        connection.execute(
            sql.SQL(
                "CREATE OR REPLACE VIEW {} WITH (security_barrier = true) AS"
                " SELECT {} FROM {} r WHERE r.deleted IS DISTINCT FROM 'yes'{}"
            ).format(
                sql.Identifier(REPORT_SCHEMA, kind.word),
                sql.SQL(", ").join(columns),
                sql.Identifier(SCHEMA, kind.table),
                only,
            )
        )


def _columns(kind: RecordType) -> "Iterator[tuple[str, Composed | Identifier | SQL]]":
    """The columns of a kind's view, and what each is made of. A reference gives a name and, as `…_id`, the id."""
    from psycopg import sql

    yield "id", sql.Identifier("r", "id")
    for field in kind.fields:
        if field.readers or field.kept:
            continue
        source = sql.Identifier("r", field.key)
        if isinstance(field.kind, Ref):
            yield field.key, _name_of(field.kind.table, source, 1)
            yield f"{field.key}_id", source
        elif isinstance(field.kind, Day):
            yield field.key, sql.SQL("{}.as_day({})").format(sql.Identifier(REPORT_SCHEMA), source)
        elif isinstance(field.kind, Money):
            yield field.key, _number(source)
            # Empty for the city's own currency.
            yield f"{field.key}_currency", sql.SQL("nullif(split_part({}, ' ', 2), '')").format(source)
        elif isinstance(field.kind, Number):
            yield field.key, _number(source)
        else:
            yield field.key, source
    yield "custom_fields", sql.Identifier("r", "extra")


def _number(source: "Identifier") -> "Composed":
    from psycopg import sql

    return sql.SQL("{}.as_number({})").format(sql.Identifier(REPORT_SCHEMA), source)


def _name_of(table: str, source: "Identifier", depth: int) -> "Composed":
    """The name of the record that a column points to; where that is a reference in turn, the name of that one."""
    from psycopg import sql

    kind = TABLES[table]
    alias = f"n{depth}"
    field = _naming(kind)
    named: Any = sql.Identifier(alias, field.key)
    if isinstance(field.kind, Ref):
        named = _name_of(field.kind.table, named, depth + 1)
    elif table == "asset":
        # Not every device has a tag.
        named = sql.SQL("coalesce({}, {}, {})").format(
            named, sql.Identifier(alias, "serial"), sql.Identifier(alias, "name")
        )
    return sql.SQL("(SELECT {} FROM {} {} WHERE {} = {})").format(
        named,
        sql.Identifier(SCHEMA, table),
        sql.Identifier(alias),
        sql.Identifier(alias, "id"),
        source,
    )


def _naming(kind: RecordType) -> Field:
    return next(field for field in kind.fields if field.key == kind.naming)
