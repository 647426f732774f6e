"""The search index: for each table an FTS5 table of trigrams, one text a record, kept by the journal's writer.

A record's text holds the values of its search fields, the names of the records it refers to (its model, holder,
place …) and its custom fields, each on a line of its own. Trigrams find any part of three letters and more; see
models/query for two.
"""

from functools import cache

from sqlalchemy import Connection

from models.fields.kinds import Mac
from models.schema.columns import Base
from models.schema.records import RECORDS, TABLES, references

#: FTS5 gathers this many bytes before it writes a segment; its own default of 1 MB makes bulk writes merge at length.
_HASH_BYTES = 48 * 1024 * 1024


def index_name(table: str) -> str:
    """The FTS5 table of a table."""
    return f"find_{table}"


def create_index(connection: Connection, table: str) -> None:
    """Make the empty index of a table."""
    name = index_name(table)
    connection.exec_driver_sql(f"CREATE VIRTUAL TABLE {name} USING fts5(text, tokenize='trigram')")
    connection.exec_driver_sql(f"INSERT INTO {name}({name}, rank) VALUES ('hashsize', {_HASH_BYTES})")


@cache
def text_sql(table: str) -> str:
    """An SQL expression for the search text of a row `t` of a table. Made of declared names only."""
    parts: list[str] = []
    columns = Base.metadata.tables[table].columns
    seen: set[str] = set()
    for kind in RECORDS.values():
        for field in kind.fields if kind.table == table else ():
            if field.key in seen or field.key not in columns or not field.search:
                continue
            seen.add(field.key)
            parts.append(f"t.{field.key}")
            if isinstance(field.kind, Mac):
                parts.append(f"replace(t.{field.key}, ':', '')")
    for key, target in references(table).items():
        parts.extend(_names_of(key, target))
    parts.append("(SELECT group_concat(value, char(10)) FROM json_each(t.extra) WHERE t.extra IS NOT NULL)")
    return " || ".join(f"coalesce({part} || char(10), '')" for part in parts)


def _names_of(key: str, target: str) -> list[str]:
    naming = TABLES[target].naming
    if naming in references(target):
        return []  # a seat is named by its entitlement: nothing refers to seats
    found = [f"(SELECT r.{naming} FROM {target} r WHERE r.id = t.{key})"]
    if target == "location":
        found.append(f"(SELECT p.name FROM location r JOIN location p ON p.id = r.parent WHERE r.id = t.{key})")
    return found


def index_new(connection: Connection, table: str, first_nr: int) -> None:
    """Index the live rows of a table from a row number on; none of them may be in the index yet."""
    connection.exec_driver_sql(
        f"INSERT INTO {index_name(table)}(rowid, text) SELECT t.nr, {text_sql(table)} FROM {table} t "
        "WHERE t.nr >= ? AND t.deleted IS NULL",
        (first_nr,),
    )


def index_changed(connection: Connection, table: str) -> None:
    """Index again the rows whose numbers stand in the temporary table `touched(nr)`."""
    name = index_name(table)
    connection.exec_driver_sql(f"DELETE FROM {name} WHERE rowid IN (SELECT nr FROM touched)")
    connection.exec_driver_sql(
        f"INSERT INTO {name}(rowid, text) SELECT t.nr, {text_sql(table)} FROM {table} t "
        "WHERE t.nr IN (SELECT nr FROM touched) AND t.deleted IS NULL"
    )


def rebuild_index(connection: Connection) -> None:
    """Make all indexes anew from the tables."""
    for table in TABLES:
        connection.exec_driver_sql(f"DELETE FROM {index_name(table)}")
        index_new(connection, table, 0)


def index_faults(connection: Connection, table: str) -> tuple[int, int]:
    """How many live rows the index lacks or has wrong, and how many it has too many."""
    name = index_name(table)
    wrong = connection.exec_driver_sql(
        f"SELECT count(*) FROM {table} t LEFT JOIN {name} f ON f.rowid = t.nr "
        f"WHERE t.deleted IS NULL AND f.text IS NOT {text_sql(table)}"
    ).scalar_one()
    stray = connection.exec_driver_sql(
        f"SELECT count(*) FROM {name} f LEFT JOIN {table} t ON t.nr = f.rowid "
        "WHERE t.nr IS NULL OR t.deleted IS NOT NULL"
    ).scalar_one()
    return int(wrong), int(stray)
