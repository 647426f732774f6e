"""What people call the records that fields refer to, remembered between pages of the table.

`models.query.names` reads a whole table to know its names; a page of 200 rows needs a few dozen. So the names that
were asked for are kept here, for all readers, until a record of their table changes.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock

from sqlalchemy import Connection, func, select

from models.fields.field import Field
from models.fields.kinds import Ref
from models.query.names import Names
from models.schema.records import TABLES, references

_MOST = 200_000


class LabelCache:
    """The labels known so far, for any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[str, dict[str, str]] = defaultdict(dict)
        self._edition = 0

    def forget(self, tables: Iterable[str]) -> None:
        """Forget the labels of tables that changed, and of those that are named by them (a seat by its product)."""
        changed = set(tables)
        with self._lock:
            self._edition += 1
            for table in list(self._known):
                naming = references(table).get(TABLES[table].naming)
                if table in changed or naming in changed:
                    del self._known[table]

    def reading(self, connection: Connection) -> "Labels":
        """The labels, with a connection to ask for those not known yet."""
        return Labels(self, connection)

    def known(self, table: str) -> Mapping[str, str]:
        """What is known of a table; looked into, never changed."""
        with self._lock:
            return self._known[table]

    def edition(self) -> int:
        """Rises when something is forgotten."""
        return self._edition

    def add(self, table: str, found: Mapping[str, str], edition: int) -> None:
        """Remember labels that were asked for in that edition; later ones may differ."""
        with self._lock:
            if edition == self._edition:
                if len(self._known[table]) > _MOST:
                    self._known[table] = {}
                self._known[table].update(found)


class Labels:
    """Labels as one reader sees them."""

    def __init__(self, cache: LabelCache, connection: Connection) -> None:
        self._cache = cache
        self._connection = connection
        self._edition = cache.edition()
        self._names: Names | None = None

    def label(self, table: str, row: str) -> str:
        """What the record is called; empty where it is not there."""
        found = self._cache.known(table).get(row)
        if found is None:
            found = self._ask(table, [row]).get(row, "")
        return found

    def shown(self, field: Field, canonical: str) -> str:
        """A value as people read it, references by their labels."""
        if isinstance(field.kind, Ref):
            return self.label(field.kind.table, canonical) or canonical
        return field.kind.format(canonical)

    def prepare(self, fields: Sequence[Field], rows: Iterable[Mapping[str, str | None]]) -> None:
        """Ask at once for all labels that these rows need."""
        wanted: dict[str, set[str]] = defaultdict(set)
        kinds = [(field.key, field.kind.table) for field in fields if isinstance(field.kind, Ref)]
        if kinds:
            for values in rows:
                for key, table in kinds:
                    value = values.get(key)
                    if value is not None:
                        wanted[table].add(value)
        for table, ids in wanted.items():
            missing = ids - self._cache.known(table).keys()
            if missing:
                self._ask(table, list(missing))

    def _ask(self, table: str, ids: list[str]) -> dict[str, str]:
        kind = TABLES[table]
        found: dict[str, str]
        if table == "asset" or kind.naming in references(table):
            # Named by what they have (tag, serial or name) or by another record: the models know how.
            self._names = self._names or Names(self._connection)
            found = {row: self._names.label(table, row) for row in ids}
        elif table == "location":
            # There are many rooms 101. Those are called by the way to them, in a form that is understood when typed.
            names = self._names = self._names or Names(self._connection)
            found = {row: _shortest(names, row) for row in ids}
        else:
            rows = kind.sql
            among = func.json_each(json.dumps(ids)).table_valued("value")
            wanted = select(rows.c.id, rows.c[kind.naming]).where(rows.c.id.in_(select(among.c.value)))
            named = self._connection.execute(wanted)
            shown = {each.key: each for each in kind.fields}[kind.naming].kind.format
            found = {row: shown(str(name)) if name else "" for row, name in named}
        self._cache.add(table, found, self._edition)
        return found


def _shortest(names: Names, row: str) -> str:
    """The shortest form that means this place and no other; the whole way where none does."""
    written = names.written("location", row)
    return names.path("location", row) if written == row else written
