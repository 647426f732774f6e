"""The words that cells of a field are offered in a workbook: options, yes and no, names of people and places."""

import re

from sqlalchemy import Connection, func, select

from models.exchange.writing.outgoing import Words
from models.fields.field import Field
from models.fields.kinds import Choice, Ref, YesNo
from models.query.names import Names
from models.schema.records import TABLES

#: A longer list helps nobody to choose.
MOST_WORDS = 5_000


class Offers:
    """The lists of one workbook. Each is made once."""

    def __init__(self, connection: Connection, names: Names) -> None:
        """`names` of the state of the database that the workbook is of."""
        self._connection = connection
        self._names = names
        self._tables: dict[str, Words | None] = {}
        self._made: dict[tuple[tuple[str, ...], bool], Words] = {}

    def of(self, word: str, field: Field) -> Words | None:
        """What a field of a kind of record is offered; None where any text will do, or there are too many words."""
        kind = field.kind
        if isinstance(kind, Ref):
            if kind.table not in self._tables:
                self._tables[kind.table] = self._records(kind.table)
            return self._tables[kind.table]
        if isinstance(kind, Choice):
            return self._words(f"list_{word}_{field.key}", tuple(kind.options.values()), strict=not kind.open)
        if isinstance(kind, YesNo):
            return self._words("list_yes_no", (kind.format("yes"), kind.format("no")), strict=True)
        return None

    def _records(self, table: str) -> Words | None:
        """The names of a small table's records. Others may be written too: an import can make them."""
        rows = TABLES[table].sql
        live = rows.c.deleted.is_(None)
        # Assets are many, and each is found by its tag.
        if table == "asset" or (self._connection.scalar(select(func.count(rows.c.nr)).where(live)) or 0) > MOST_WORDS:
            return None
        found = self._connection.scalars(select(rows.c.id).where(live)).all()
        words = sorted((self._names.written(table, row) for row in found), key=str.casefold)
        return self._words(f"list_{table}", tuple(words), strict=False)

    def _words(self, name: str, words: tuple[str, ...], *, strict: bool) -> Words | None:
        if not words:
            return None
        # Columns that offer the same share one list; a name holds letters, digits and _ only.
        return self._made.setdefault((words, strict), Words(re.sub(r"[^A-Za-z0-9_]", "_", name), words, strict))
