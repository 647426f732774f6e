"""The SQL that differs from table to table: the projected tables, what applies entries to them, what members read.

One function is made for each table, with every column written out, so that its statements are planned once and no
SQL is put together while somebody pushes.
"""

from collections.abc import Iterator

from models.fields.field import Field
from models.fields.kinds import Ref
from models.rules.identities import identities
from models.schema.catalogue import Catalogue
from models.schema.records import TABLES

DECLARED = Catalogue()


def fields_of(table: str) -> dict[str, Field]:
    """The declared fields of a table, all its kinds together."""
    return DECLARED.table_keys(table)


def quoted(name: str) -> str:
    """A declared name as an identifier of SQL."""
    return f'"{name}"'


def tables() -> Iterator[str]:
    """The projected tables; where they are there already, what they lack."""
    for table in TABLES:
        yield (
            f"CREATE TABLE IF NOT EXISTS muster.{quoted(table)} (id uuid PRIMARY KEY, extra jsonb) "
            "WITH (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05)"
        )
        added = ", ".join(
            f"ADD COLUMN IF NOT EXISTS {quoted(key)} {_type(field)}" for key, field in fields_of(table).items()
        )
        yield f"ALTER TABLE muster.{quoted(table)} {added}"
        for key, *_ in identities(DECLARED, table):
            index = quoted(f"{table}_{key}_same")
            live = f"WHERE {quoted(key)} IS NOT NULL"
            yield f"CREATE INDEX IF NOT EXISTS {index} ON muster.{quoted(table)} ({same(table, key)}) {live}"
    yield "CREATE INDEX IF NOT EXISTS seat_entitlement ON muster.seat (entitlement) WHERE entitlement IS NOT NULL"


def same(table: str, key: str, alias: str = "") -> str:
    """The expression under which two values are the same: as in SQLite, the case of a to z does not count."""
    column = f"{alias}.{quoted(key)}" if alias else quoted(key)
    return column if _type(fields_of(table)[key]) != "text" else f'lower({column} COLLATE "C")'


def functions() -> Iterator[str]:
    """What applies entries to each table, and the two functions that choose among them."""
    for table in TABLES:
        yield _apply(table)
    applied = "\n".join(
        f"        WHEN '{table}' THEN SELECT * INTO made FROM muster.{quoted(f'apply_{table}')}(items, matters);"
        for table in TABLES
    )
    yield f"""
CREATE OR REPLACE FUNCTION muster.apply(IN tbl text, INOUT items muster.item[], INOUT matters jsonb[])
LANGUAGE plpgsql SET search_path = pg_catalog, muster, pg_temp AS $$
DECLARE
    made record;
BEGIN
    CASE tbl
{applied}
    END CASE;
    items := made.items;
    matters := made.matters;
END $$"""
    read = "\n".join(
        f"        WHEN '{table}' THEN RETURN (SELECT to_jsonb(t) FROM muster.{quoted(table)} t WHERE t.id = row_now.r);"
        for table in TABLES
    )
    yield f"""
CREATE OR REPLACE FUNCTION muster.row_now(tbl text, r uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, muster, pg_temp AS $$
BEGIN
    CASE tbl
{read}
        ELSE RETURN NULL;
    END CASE;
END $$"""


def read_views() -> Iterator[str]:
    """What members read of each table: restricted fields are empty for the roles that do not see them."""
    for table in TABLES:
        words = sorted({field.readers for field in fields_of(table).values() if field.readers})
        may = {word: f"(SELECT muster.may_read('{word}'))" for word in words}
        columns = [
            f"CASE WHEN {may[field.readers]} THEN t.{quoted(key)} END AS {quoted(key)}"
            if field.readers
            else f"t.{quoted(key)}"
            for key, field in sorted(fields_of(table).items())
        ]
        view = f"muster_read.{quoted(table)}"
        yield f"DROP VIEW IF EXISTS {view}"
        yield (
            f"CREATE VIEW {view} WITH (security_barrier) AS SELECT t.id, t.extra, {', '.join(columns)} "
            f"FROM muster.{quoted(table)} t WHERE (SELECT muster.my_role()) IS NOT NULL"
        )


def _type(field: Field) -> str:
    if isinstance(field.kind, Ref):
        return "uuid"
    return "bigint" if field.kind.whole else "text"


def _apply(table: str) -> str:
    keys = [quoted(key) for key in fields_of(table)]
    name = f"muster.{quoted(table)}"
    kept = "CASE WHEN i.lost IS NULL THEN i.p ELSE i.p - i.lost END"
    return f"""
CREATE OR REPLACE FUNCTION muster.{quoted(f"apply_{table}")}(INOUT items muster.item[], INOUT matters jsonb[])
LANGUAGE plpgsql SET search_path = pg_catalog, muster, pg_temp AS $$
DECLARE
    met record;
    settled record;
BEGIN
    INSERT INTO {name} (id, extra, {", ".join(keys)})
    SELECT i.r, CASE WHEN i.custom THEN muster.customs(NULL, {kept}) END, {", ".join(f"x.{key}" for key in keys)}
    FROM unnest(items) i CROSS JOIN LATERAL jsonb_populate_record(NULL::{name}, {kept}) x
    WHERE i.b IS NULL;
    -- Only where the base is not what the row holds do fields have to be looked at one by one.
    FOR met IN
        SELECT i.ordinality AS spot, to_jsonb(t) AS now
        FROM unnest(items) WITH ORDINALITY i JOIN {name} t ON t.id = i.r
        WHERE i.b IS NOT NULL AND (i.custom OR NOT jsonb_populate_record(t, i.b) *= t)
    LOOP
        SELECT * INTO settled FROM muster.settle(met.now, items[met.spot], matters);
        items[met.spot] := settled.i;
        matters := settled.matters;
    END LOOP;
    UPDATE {name} t
    SET extra = CASE WHEN x.custom THEN muster.customs(t.extra, x.kept) ELSE t.extra END,
        {", ".join(f"{key} = x.{key}" for key in keys)}
    FROM (
        SELECT i.r, i.custom, {kept} AS kept, {", ".join(f"n.{key}" for key in keys)}
        FROM unnest(items) i JOIN {name} o ON o.id = i.r
        CROSS JOIN LATERAL jsonb_populate_record(o, {kept}) n
        WHERE i.b IS NOT NULL
    ) x
    WHERE t.id = x.r;
END $$"""
