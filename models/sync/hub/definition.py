"""Everything that is installed in the shared database, as statements in the order in which they run.

Each may run again: an upgrade is the same as an installation, and only adds to the tables.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from models.fields.kinds import Ref
from models.rules.identities import identities
from models.rules.rights import ROLES
from models.rules.tag_forms import CHECK_SYSTEMS
from models.schema.records import TABLES
from models.store.migrate import HEAD
from models.sync.hub.projection import DECLARED, MOST_IDENTITY, fields_of, functions, read_views, tables

DOORS = (
    "muster.hello(uuid, bigint, uuid)",
    "muster.confirm(bigint[], uuid[])",
    "muster.push(uuid, uuid, bigint, text)",
    "muster.stage(uuid, uuid, integer, text)",
    "muster.pull(bigint, integer)",
    "muster.pull_actions(bigint, bigint)",
    "muster.history(text, uuid)",
    "muster.lease(uuid, uuid, integer)",
    "muster.compact(date)",
    "muster.devices()",
    "muster.members()",
    "muster.may_read(text)",
    "muster.my_role()",
    "muster.admit(text, text, boolean)",
    "muster.dismiss(text)",
    "muster.membership()",
    "muster.status()",
)
"""The functions that members may call; all others are for these alone."""

MOST_BYTES = 4_000_000
"""So many bytes a value may have; a drawing of labels with its pictures is the largest."""


def statements() -> Iterator[str]:
    """The SQL that makes the shared database, or brings it up to date; its schemas are there."""
    yield _sql("tables")
    yield from tables()
    yield _sql("types")
    yield _sql("words")
    yield from _declarations()
    yield "SELECT muster.make_months(3)"
    for part in ("lines", "deciding"):
        yield _sql(part)
    yield from functions()
    yield _check_lengths()
    for part in ("matters", "finding", "push", "keeping", "reading", "members", "status"):
        yield _sql(part)
    yield from read_views()


def _sql(name: str) -> str:
    return (files("models.sync.hub") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def _declarations() -> Iterator[str]:
    """Roles and fields, as rows."""
    roles = [{"word": each.word, "anyones": each.anyones} for each in ROLES.values()]
    rights = [{"role": each.word, "tbl": table} for each in ROLES.values() for table in sorted(each.writes)]
    reads = [{"role": each.word, "word": word} for each in ROLES.values() for word in sorted(each.reads)]
    kinds = [{"tbl": table, "naming": kind.naming} for table, kind in TABLES.items()]
    yield from _rows("role", roles)
    yield from _rows("role_right", rights)
    yield from _rows("role_reads", reads)
    yield from _rows("kind", kinds)
    yield from _rows("field", [row for table in TABLES for row in _fields(table)])
    yield f"UPDATE muster.head SET schema = '{HEAD}'"


def _fields(table: str) -> Iterator[dict[str, object]]:
    same = {key for key, *_ in identities(DECLARED, table)}
    for key, field in fields_of(table).items():
        ref = field.kind if isinstance(field.kind, Ref) else None
        yield {
            "tbl": table,
            "key": key,
            "kind": "ref" if ref else "whole" if field.kind.whole else "text",
            "target": ref.table if ref else None,
            "merge": field.merge.value,
            "readers": field.readers or None,
            "most": MOST_IDENTITY if key in same else MOST_BYTES,
        }


def _check_lengths() -> str:
    """How many check characters a scheme's tags end in."""
    known = " ".join(f"WHEN '{word}' THEN {system.length}" for word, system in CHECK_SYSTEMS.items())
    return (
        "CREATE OR REPLACE FUNCTION muster.check_length(word text) RETURNS integer LANGUAGE sql IMMUTABLE "
        f"RETURN CASE word {known} ELSE 0 END"
    )


def _rows(table: str, rows: Sequence[Mapping[str, object]]) -> Iterator[str]:
    text = json.dumps(rows).replace("'", "''")
    yield f"DELETE FROM muster.{table}"
    yield f"INSERT INTO muster.{table} SELECT * FROM jsonb_populate_recordset(NULL::muster.{table}, '{text}')"
