"""What must hold between clients and the shared database, looked at from outside: by SQL, and by the fold.

Each of the three (a client's tables, the server's tables, the fold of the server's journal) gives the same `Rows`, and
`digests` makes a canonical hash per table of them.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import psycopg
from psycopg import sql
from sqlalchemy import Connection

from models.fields.field import Merge
from models.journal.entry import Entry
from models.journal.fold import fold
from models.journal.project import current
from models.journal.proof import differences
from models.schema.records import RECORDS, TABLES
from models.store.search import index_faults

Rows = Mapping[tuple[str, str], Mapping[str, str]]
"""(table, row) -> its fields that have a value."""

_PARTS = "SELECT a.id, a.title, a.count, count(e.seq) FROM action a LEFT JOIN entry e ON e.action = a.nr GROUP BY a.nr"
MERGES = {(kind.table, field.key): field.merge for kind in RECORDS.values() for field in kind.fields}


def digests(rows: Rows) -> dict[str, str]:
    """A canonical hash of each table that has rows."""
    by_table: dict[str, list[str]] = {}
    for (table, row), values in rows.items():
        by_table.setdefault(table, []).append(json.dumps([row, sorted(values.items())], ensure_ascii=False))
    return {table: hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest() for table, lines in by_table.items()}


def assert_same(first: Rows, second: Rows, between: str) -> None:
    """The hashes agree; where they do not, the rows are told that differ."""
    if digests(first) == digests(second):
        return
    keys = [key for key in {**first, **second} if first.get(key) != second.get(key)]
    raise AssertionError(f"{between}: " + "; ".join(f"{key}: {first.get(key)} / {second.get(key)}" for key in keys[:5]))


def without(rows: Rows, hidden: Collection[tuple[str, str]]) -> Rows:
    """The rows without these fields (table, key)."""
    return {
        (table, row): {key: value for key, value in values.items() if (table, key) not in hidden}
        for (table, row), values in rows.items()
    }


def client_rows(connection: Connection) -> Rows:
    """What a client's tables hold."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for table, kind in TABLES.items():
        names = [column.name for column in kind.sql.columns if column.name not in ("nr", "id", "extra")]
        ids = connection.exec_driver_sql(f"SELECT id FROM {table}").scalars().all()  # noqa: S608 (names of tables)
        found |= {(table, row): values for row, (_, values) in current(connection, table, list(ids), names).items()}
    return found


def server_rows(server: psycopg.Connection) -> Rows:
    """What the shared database's tables hold."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for table in TABLES:
        with server.execute(sql.SQL("SELECT to_jsonb(t) FROM {} t").format(sql.Identifier("muster", table))) as rows:
            for (row,) in rows:
                extra = row.pop("extra", None) or {}
                values = {key: str(value) for key, value in (row | extra).items() if value is not None}
                found[table, values.pop("id")] = values
    return found


@dataclass(frozen=True, slots=True)
class Accepted:
    """An entry as the shared database has it."""

    entry: Entry
    action: str


def server_journal(server: psycopg.Connection) -> list[Accepted]:
    """All that the shared database has accepted, in order of position."""
    query = """
        SELECT e.position, e.id::text, e.action::text, e.tbl, e.row::text, e.patch, e.base, e.lost, a.stamp
        FROM muster.entry e JOIN muster.action a ON a.id = e.action ORDER BY e.position
    """
    return [
        Accepted(Entry(id_, table, row, patch, base, stamp, position, frozenset(lost or ())), action)
        for position, id_, action, table, row, patch, base, lost, stamp in server.execute(query)
    ]


def folded(journal: Collection[Accepted]) -> Rows:
    """What the shared database's journal adds up to, by the pure function."""
    return fold(each.entry for each in journal)


def assert_client_sound(connection: Connection) -> None:
    """What `muster check` proves, and that no deed is there in part."""
    found = list(differences(connection))
    assert found == [], found
    for table in TABLES:
        assert index_faults(connection, table) == (0, 0), table
    assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    parts = (
        "SELECT a.id, a.title, a.count, count(e.seq) FROM action a LEFT JOIN entry e ON e.action = a.nr GROUP BY a.nr"
    )
    for action, title, count, entries in connection.exec_driver_sql(parts):
        assert count == entries, f"{title} {action}: {entries} of {count} entries"
    twice = "SELECT position FROM entry WHERE position IS NOT NULL GROUP BY position HAVING count(*) > 1 AND {}"
    copied = "position > (SELECT coalesce((SELECT CAST(value AS INTEGER) FROM local WHERE key = 'copied_at'), 0))"
    assert connection.exec_driver_sql(twice.format(copied)).all() == []


def assert_server_sound(server: psycopg.Connection, journal: Collection[Accepted]) -> None:
    """Positions without gaps, each id once, each deed in one piece, the tables what the journal adds up to."""
    head = server.execute("SELECT position FROM muster.head").fetchone()
    assert head is not None
    assert [each.entry.position for each in journal] == list(range(1, head[0] + 1))
    ids = [each.entry.id for each in journal]
    assert len(ids) == len(set(ids))
    runs = [each.action for each, before in zip(journal, [None, *journal], strict=False) if not _same(each, before)]
    assert len(runs) == len(set(runs)), "a deed's entries do not stand together"
    assert_same(server_rows(server), folded(journal), "server and fold")


def _same(each: Accepted, before: Accepted | None) -> bool:
    return before is not None and each.action == before.action


@dataclass(frozen=True, slots=True)
class Told:
    """What the review tells: of which fields of which entries, of which entries, of which fields of which rows.

    `barred`: the fields of entries that could never have taken effect, whatever anyone else did.
    """

    fields: frozenset[tuple[str, str]]
    entries: frozenset[str]
    places: frozenset[tuple[str, str]]
    barred: frozenset[tuple[str, str]]


def told(rows: Rows) -> Told:
    """What the review records of a database tell."""
    reviews = [values for (table, _), values in rows.items() if table == "review"]
    return Told(
        frozenset((each.get("entry", ""), each.get("field", "")) for each in reviews),
        frozenset(each.get("entry", "") for each in reviews),
        frozenset((each.get("target", ""), each.get("field", "")) for each in reviews),
        frozenset((each.get("entry", ""), each.get("field", "")) for each in reviews if each["matter"] == "refused"),
    )


def missing(
    written: Mapping[str, Entry], journal: Collection[Accepted], aside: Collection[str], rows: Rows
) -> Iterator[str]:
    """The changes committed on a client of which the shared database knows nothing, or keeps silent about.

    `written`: those entries; `aside`: the ids of the entries that the server refused.
    """
    accepted = {each.entry.id: each.entry for each in journal}
    known = told(rows)
    for id_, entry in written.items():
        if id_ in accepted:
            for key in accepted[id_].lost:
                silently = MERGES.get((entry.table, key)) is Merge.LATEST
                if not silently and (id_, key) not in known.fields and (entry.row, key) not in known.places:
                    yield f"{key} of {entry} was lost and no review tells it"
        elif id_ not in aside:
            yield f"{entry} is nowhere"
        elif id_ not in known.entries:
            yield f"{entry} was refused and no review tells it"


def untold_forks(original: Mapping[str, Entry], journal: Collection[Accepted], rows: Rows) -> Iterator[str]:
    """Forks that were not decided by stamp, or that no review tells.

    `original`: entries as their clients made them, with the base that they saw.
    """
    known = told(rows)
    values: dict[tuple[str, str], str | None] = {}
    stamps: dict[tuple[str, str], int] = {}
    for accepted in journal:
        entry = accepted.entry
        made = original.get(entry.id)
        for key, value in entry.patch.items():
            place = (entry.row, key)
            now = values.get(place)
            barred = (entry.id, key) in known.barred
            if made is not None and made.base is not None and not barred and _forks(entry.table, key, made, now):
                wins = entry.stamp >= stamps.get(place, 0)
                if wins is (key in entry.lost):
                    yield f"{key} of {entry}: stamps {entry.stamp} and {stamps.get(place)}"
                if place not in known.places:
                    yield f"{key} of {entry}, made as {made}, met {now!r} and no review tells it"
            if key not in entry.lost:
                values[place], stamps[place] = value, entry.stamp


def _forks(table: str, key: str, made: Entry, now: str | None) -> bool:
    """Whether an entry's field met another value than its client saw, where people must be told."""
    assert made.base is not None
    fork = MERGES.get((table, key), Merge.FORK) is Merge.FORK
    return fork and key in made.patch and now not in (made.base.get(key), made.patch[key])
