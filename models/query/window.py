"""The rows under a grid: an ordered vector of row numbers, and pages of rows by their numbers.

A page by OFFSET costs seconds at row 500,000; by number it costs a millisecond wherever it is.
"""

import json
from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, select, text

from models.query.index import begins_a_word, driven_by_index, index_of, matches
from models.query.parse import parse
from models.query.sql import Translator
from models.query.tree import All, Node, Word
from models.query.words import match_tree
from models.schema.catalogue import Catalogue
from models.schema.records import record_type
from models.store.search import kind_mark

#: Nobody counts further while typing: "1,000+".
COUNT_CAP = 1001


class Row(NamedTuple):
    """One record as a grid needs it: local number, identity, its kind's word, canonical values by key."""

    nr: int
    id: str
    kind: str
    values: dict[str, str | None]


def find_ids(
    connection: Connection, catalogue: Catalogue, word: str, query: str, sort: tuple[str, bool] | None = None
) -> "array[int]":
    """The numbers of all records that a query finds, ordered by (field, descending) or as they were made.

    Raises UsageError for a query that cannot be read.
    """
    translator = Translator(catalogue, word)
    statement = _found(translator, parse(query, catalogue, word))
    number = translator.table.c.nr
    if sort is None:
        statement = statement.order_by(number)
    else:
        by = translator.order_of(catalogue.field(word, sort[0]))
        statement = statement.order_by((by.desc() if sort[1] else by.asc()).nulls_last(), number)
    # As one text: SQLite then walks all rows without Python's lock, so the window stays alive meanwhile.
    numbers = statement.subquery()
    return array("q", json.loads(connection.execute(select(func.json_group_array(numbers.c.nr))).scalar_one()))


def first_ids(connection: Connection, catalogue: Catalogue, word: str, query: str, limit: int = 100) -> "array[int]":
    """The first records that a query finds, exact hits on an identity first: what is shown while somebody types."""
    translator = Translator(catalogue, word)
    tree = parse(query, catalogue, word)
    exact = _exact(connection, translator, tree) if isinstance(tree, Word) else []
    statement = _found(translator, tree).order_by(_streamed(translator, tree)).limit(limit)
    rest = [number for number in connection.execute(statement).scalars() if number not in exact]
    return array("q", [*exact, *rest][:limit])


def count(connection: Connection, catalogue: Catalogue, word: str, query: str, cap: int | None = COUNT_CAP) -> int:
    """How many records a query finds, counted up to `cap` (None: to the end)."""
    translator = Translator(catalogue, word)
    tree = parse(query, catalogue, word)
    statement = _found(translator, tree)
    if cap is not None:
        statement = statement.limit(cap)
    return int(connection.execute(select(func.count()).select_from(statement.subquery())).scalar_one())


def page(
    connection: Connection, catalogue: Catalogue, word: str, numbers: Sequence[int], keys: Sequence[str]
) -> list[Row]:
    """The records of these numbers, in this order, with the values of these fields; those gone are left out."""
    wanted = _wanted(catalogue, word, numbers, keys)
    found: dict[int, Row] = {}
    for row in connection.execute(wanted.statement):
        values: dict[str, str | None] = {
            key: value if value is None or isinstance(value, str) else str(value)
            for key, value in zip(wanted.plain, row[len(row) - len(wanted.plain) :], strict=True)
        }
        if wanted.custom:
            own = json.loads(row.extra) if row.extra else {}
            values.update({key: own.get(key) for key in wanted.custom})
        found[row.nr] = Row(row.nr, row.id, row.kind if wanted.kind else word, values)
    return [found[number] for number in numbers if number in found]


def columns_of(
    connection: Connection, catalogue: Catalogue, word: str, numbers: Sequence[int], keys: Sequence[str]
) -> dict[str, Sequence[str | None]]:
    """The same by column: the values of each field, and the ids of the records under `id`. What an export writes."""
    wanted = _wanted(catalogue, word, numbers, keys)
    found = {row[0]: row for row in connection.execute(wanted.statement).all()}
    rows = [found[number] for number in numbers if number in found]
    names = [each.key or "" for each in wanted.statement.selected_columns]
    columns: dict[str, Sequence[str | None]] = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}
    for key in wanted.plain:
        if catalogue.field(word, key).kind.whole:
            columns[key] = [None if value is None else str(value) for value in columns.get(key, ())]
    if wanted.custom:
        extra = [json.loads(text) if text else {} for text in columns.get("extra", ())]
        columns.update({key: [own.get(key) for own in extra] for key in wanted.custom})
    return {key: columns.get(key, ()) for key in ("id", *keys)}


class _Wanted(NamedTuple):
    """A statement that reads records, and what it gives: the fields in columns of their own come last."""

    statement: Select[Any]
    plain: list[str]
    custom: set[str]
    kind: bool


def _wanted(catalogue: Catalogue, word: str, numbers: Sequence[int], keys: Sequence[str]) -> _Wanted:
    table = record_type(word).sql
    custom = {key for key in keys if catalogue.field(word, key).custom}
    plain = [key for key in keys if key not in custom]
    kind = [table.c.kind] if "kind" in table.c else []
    extra = [table.c.extra] if custom else []
    head = [table.c.nr, table.c.id, *kind, *extra]
    chosen = text(f"{table.name}.nr IN (SELECT value FROM json_each(:numbers))")
    among = chosen.bindparams(numbers=json.dumps(list(numbers)))
    return _Wanted(select(*head, *(table.c[key] for key in plain)).where(among), plain, custom, bool(kind))


def _found(translator: Translator, tree: Node) -> Select[int]:
    """The numbers that a tree finds. Words walk the index itself, so that a limit stops it."""
    expression, letters, rest = _split(tree)
    table = translator.table
    if not expression and not letters:
        return select(table.c.nr).where(translator.scope(), translator.condition(tree))
    found = select(table.c.nr).select_from(driven_by_index(table, table.name))
    if expression:
        if translator.kind.asset_kind:
            # Else a word that only another kind has would be looked up in the table a hundred thousand times.
            expression = f'"{kind_mark(translator.kind.asset_kind)}" AND {expression}'
        found = found.where(matches(table.name, expression))
    starts = [begins_a_word(table.name, letter) for letter in letters]
    return found.where(translator.scope(), translator.condition(rest), *starts)


def _streamed(translator: Translator, tree: Node) -> ColumnElement[int]:
    """The order in which rows are met anyway."""
    expression, letters, _ = _split(tree)
    return index_of(translator.table.name).c.rowid if expression or letters else translator.table.c.nr


def _split(tree: Node) -> tuple[str, list[str], Node]:
    """What the index can tell of what must hold, as an FTS5 expression; the words of one letter; and the rest."""
    known: list[str] = []
    letters: list[str] = []
    rest: list[Node] = []
    for node in tree.nodes if isinstance(tree, All) else (tree,):
        if expression := match_tree(node):
            known.append(expression)
        elif isinstance(node, Word):
            letters.append(node.text)
        else:
            rest.append(node)
    return " AND ".join(known), letters, All(tuple(rest))


def _exact(connection: Connection, translator: Translator, word: Word) -> list[int]:
    """Records one of whose identities is just this text: what a scan means."""
    table = translator.table
    found: list[int] = []
    for field in translator.catalogue.fields(translator.kind.word):
        if field.identity and not field.custom:
            value = int(word.text) if field.kind.whole and word.text.isdecimal() and len(word.text) < 19 else word.text
            if field.kind.whole and isinstance(value, str):
                continue
            statement = select(table.c.nr).where(translator.scope(), table.c[field.key] == value).limit(20)
            found.extend(number for number in connection.execute(statement).scalars() if number not in found)
    return found
