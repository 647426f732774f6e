"""The SQL that differs from table to table: the projected tables, what applies entries to them, what members read.

One function is made for each table, with every column written out, so that its statements are planned once and no
SQL is put together while somebody pushes.
"""

from collections.abc import Iterable, Iterator

from models.fields.field import Field
from models.fields.kinds import Ref
from models.rules.identities import identities
from models.schema.catalogue import Catalogue
from models.schema.records import TABLES

DECLARED = Catalogue()
MOST_IDENTITY = 2_000
"""So many bytes the value of an identity may have: an index holds no longer ones."""
#: Of a value that more records share than this ("none"), only one pair is told.
_MANY = 10


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
LANGUAGE plpgsql AS $$
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
LANGUAGE plpgsql STABLE AS $$
BEGIN
    CASE tbl
{read}
        ELSE RETURN NULL;
    END CASE;
END $$"""

    yield from _odd()
    yield from _duplicates()


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


def _odd() -> Iterator[str]:
    """For each table: the new rows of a batch at which somebody must look field by field."""
    for table in TABLES:
        yield f"""
CREATE OR REPLACE FUNCTION muster.{quoted(f"odd_{table}")}(items muster.item[]) RETURNS muster.item[]
LANGUAGE sql STABLE AS $$
    SELECT array_agg(i) FROM unnest(items) i
    WHERE i.tbl = '{table}' AND i.code IS NULL AND i.b IS NULL AND ({" OR ".join(_oddities(table))})
$$"""
    yield f"""
CREATE OR REPLACE FUNCTION muster.odd(items muster.item[]) RETURNS muster.item[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    tbl text;
    found muster.item[] := '{{}}';
BEGIN
    FOR tbl IN SELECT DISTINCT i.tbl FROM unnest(items) i WHERE i.code IS NULL AND i.b IS NULL LOOP
        found := found || CASE tbl
{_whens("odd", "items")}
        END;
    END LOOP;
    RETURN found;
END $$"""


def _oddities(table: str) -> Iterator[str]:
    fields = fields_of(table)
    keys = ", ".join(f"'{key}'" for key in fields)
    yield f"pg_column_size(i.p) > {MOST_IDENTITY}"
    yield f"i.p - ARRAY[{keys}] <> '{{}}'"
    yield "i.p @? '$.* ? (@.type() != \"string\")'"
    for key, field in fields.items():
        if field.readers:
            yield f"i.p ? '{key}'"
        if isinstance(field.kind, Ref):
            target = f"r.id = muster.as_uuid(i.p ->> '{key}') AND r.tbl = '{field.kind.table}'"
            yield f"(i.p ? '{key}' AND NOT EXISTS (SELECT FROM muster.known_row r WHERE {target}))"
        elif field.kind.whole:
            yield f"(i.p ? '{key}' AND NOT muster.is_whole(i.p ->> '{key}'))"


def _whens(name: str, arguments: str, tables: Iterable[str] = TABLES) -> str:
    """The branches of a CASE that calls the function of each table."""
    return "\n".join(
        f"            WHEN '{table}' THEN muster.{quoted(f'{name}_{table}')}({arguments})" for table in tables
    )


def _duplicates() -> Iterator[str]:
    """For each table with identities: which rows that a push touched share one with another live row."""
    having = [table for table in TABLES if identities(DECLARED, table)]
    for table in having:
        known = identities(DECLARED, table)
        asked = ",".join({"deleted": None} | {key: None for each in known for key in each})
        found = "\n            UNION ALL".join(_shared(table, key, within) for key, *within in known)
        yield f"""
CREATE OR REPLACE FUNCTION muster.{quoted(f"same_{table}")}(fresh muster.item[]) RETURNS jsonb[]
LANGUAGE sql STABLE AS $$
    SELECT array_agg(jsonb_build_object(
        'about', 'duplicate {table} ' || q.key || ' ' || CASE
            WHEN cardinality(q.others) > {_MANY} THEN md5(lower(q.value))
            ELSE least(q.r, q.others[1]) || ' ' || greatest(q.r, q.others[1]) END,
        'again', true,
        'patch', jsonb_build_object(
            'matter', 'duplicate', 'name', left(q.value, 500), 'record', '{table}', 'target', least(q.r, q.others[1]),
            'second', greatest(q.r, q.others[1]), 'field', q.key, 'entry', q.entry, 'standing', q.value
        ) || muster.side('other', (SELECT a FROM muster.action a WHERE a.id = q.action))))
    FROM (
        SELECT i.r, i.id AS entry, i.action, s.*
        FROM unnest(fresh) i
        CROSS JOIN LATERAL (SELECT o.* FROM muster.{quoted(table)} o WHERE o.id = i.r OFFSET 0) t
        CROSS JOIN LATERAL ({found}
        ) s
        WHERE i.tbl = '{table}' AND i.p ?| '{{{asked}}}' AND t.deleted IS NULL AND s.others IS NOT NULL
        OFFSET 0
    ) q
$$"""
    yield f"""
CREATE OR REPLACE FUNCTION muster.duplicates(tbl text, fresh muster.item[]) RETURNS jsonb[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN CASE tbl
{_whens("same", "fresh", having)}
    END;
END $$"""


def _shared(table: str, key: str, within: list[str]) -> str:
    """Some of the other live rows that have the same value as `t`, where the entry `i` says anything of it."""
    column = quoted(key)
    also = "".join(f" AND o.{quoted(other)} IS NOT DISTINCT FROM t.{quoted(other)}" for other in within)
    asked = ",".join((key, *within, "deleted"))
    return f"""
            SELECT '{key}' AS key, t.{column}::text AS value, (
                SELECT array_agg(s.id ORDER BY s.id) FROM (
                    SELECT o.id FROM muster.{quoted(table)} o
                    WHERE {same(table, key, "o")} = {same(table, key, "t")} AND o.{column} IS NOT NULL
                        AND o.deleted IS NULL AND o.id <> t.id{also}
                    LIMIT {_MANY + 1}
                ) s
            ) AS others
            WHERE t.{column} IS NOT NULL AND i.p ?| '{{{asked}}}'"""


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
LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    met record;
    settled record;
    matter jsonb;
BEGIN
    INSERT INTO {name} (id, extra, {", ".join(keys)})
    SELECT i.r, CASE WHEN i.custom THEN muster.customs(NULL, {kept}) END, {", ".join(f"x.{key}" for key in keys)}
    FROM unnest(items) i CROSS JOIN LATERAL jsonb_populate_record(NULL::{name}, {kept}) x
    WHERE i.b IS NULL;
    -- Only where the base is not what the row holds do fields have to be looked at one by one.
    FOR met IN
        SELECT i.ordinality AS spot, to_jsonb(t.o) AS now
        FROM unnest(items) WITH ORDINALITY i CROSS JOIN LATERAL (SELECT o FROM {name} o WHERE o.id = i.r OFFSET 0) t
        WHERE i.b IS NOT NULL AND (i.custom OR NOT jsonb_populate_record(t.o, i.b) *= t.o)
    LOOP
        SELECT * INTO settled FROM muster.settle(met.now, items[met.spot]);
        items[met.spot] := settled.i;
        FOREACH matter IN ARRAY settled.matters LOOP
            matters := array_append(matters, matter);
        END LOOP;
    END LOOP;
    UPDATE {name} t
    SET extra = CASE WHEN x.custom THEN muster.customs(t.extra, x.kept) ELSE t.extra END,
        {", ".join(f"{key} = x.{key}" for key in keys)}
    FROM (
        SELECT i.r, i.custom, {kept} AS kept, {", ".join(f"n.{key}" for key in keys)}
        FROM unnest(items) i CROSS JOIN LATERAL (SELECT t FROM {name} t WHERE t.id = i.r OFFSET 0) o
        CROSS JOIN LATERAL jsonb_populate_record(o.t, {kept}) n
        WHERE i.b IS NOT NULL
    ) x
    WHERE t.id = x.r;
END $$"""
