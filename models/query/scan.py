"""What a scanned or fully typed text names: records that have it whole as a tag, serial, number, alias or name."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    Table,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from models.fields.field import Field
from models.fields.kinds import Choice, Imei, Mac, Ref
from models.fields.problem import BadValue
from models.query.index import driven_by_index, matches
from models.query.names import ALSO
from models.query.tree import Any as AnyOf
from models.query.tree import Word
from models.query.words import match_tree
from models.schema.catalogue import Catalogue
from models.schema.records import ASSET_KINDS, RECORDS, record_type

#: Nobody chooses among more.
_MOST = 20
#: The index of texts knows three letters in a row and nothing shorter.
_SHORTEST = 3

Forms = Mapping[str, int]
"""The forms that a field may hold a text in, case-folded, and the number of that text."""
Found = tuple[str, str, int, str, str, str]
"""Kind, field, local number, id, what the record is called, the value found."""


class Whole(NamedTuple):
    """A record that a text names whole: its kind, local number, id and name; by which field and which of the texts."""

    word: str
    nr: int
    row: str
    label: str
    field: str
    text: str


def identified(connection: Connection, catalogue: Catalogue, word: str, text: str) -> list[int]:
    """The local numbers of a kind's live records that the text names whole.

    Letters may be in either case, as scanners and people give them. Raises UsageError("kind.unknown").
    """
    return [whole.nr for whole in named_whole(connection, catalogue, (word,), (text,))]


def named_whole(
    connection: Connection, catalogue: Catalogue, words: Sequence[str], texts: Sequence[str]
) -> list[Whole]:
    """The live records of these kinds that one of the texts names whole, each once.

    Those of the first text come first, of one text those by a tag, then in the order of the kinds. Two statements ask
    for all fields and texts, so a scan is answered at once whatever the number of records: what has an index is looked
    up in it, the rest is found by the index of texts. Raises UsageError("kind.unknown").
    """
    sought = {
        (word, key): forms
        for word in words
        for key in _telling(record_type(word).word)
        if (forms := _forms(catalogue.field(word, key), texts))
    }
    ranked: list[tuple[tuple[int, bool, int, int], Whole]] = []
    for word, key, number, row, called, value in _found(connection, tuple(words), sought):
        text = sought[word, key].get(value.casefold(), 0)
        order = (text, key != "tag", words.index(word), _telling(word).index(key))
        label = catalogue.field(word, RECORDS[word].naming).kind.format(called) if called else value
        ranked.append((order, Whole(word, number, row, label, key, texts[text])))
    ranked.sort(key=lambda each: each[0])
    once: dict[str, Whole] = {}
    for _, whole in ranked:
        once.setdefault(whole.row, whole)
    return list(once.values())


@cache
def _telling(word: str) -> tuple[str, ...]:
    """The fields by which a record of the kind is known: one value names few of them, as a rule one."""
    kind = RECORDS[word]
    keys = {each[0] for each in kind.match_keys if len(each) == 1} | set(ALSO.get(kind.table, ())) | {kind.naming}
    return tuple(
        field.key
        for field in kind.fields
        if not (field.kept or isinstance(field.kind, (Ref, Choice)))
        and (field.identity or field.key in keys or field.key in _indexed(word) or isinstance(field.kind, Mac))
    )


@cache
def _indexed(word: str) -> frozenset[str]:
    return frozenset(column.name for index in RECORDS[word].sql.indexes for column in index.columns)


def _forms(field: Field, texts: Sequence[str]) -> Forms:
    forms: dict[str, int] = {}
    for number, text in enumerate(texts):
        try:
            value = field.kind.parse(text, [])
        except BadValue:
            continue
        if value is None:
            continue
        forms.setdefault(value.casefold(), number)
        forms.setdefault(text.strip().casefold(), number)
        if isinstance(field.kind, Imei):
            # Kept with its check digit or without, read with the version of the software in its place.
            body = field.kind.match(value)
            for digit in ("", *"0123456789"):
                forms.setdefault(body + digit, number)
    return forms


def _found(connection: Connection, words: tuple[str, ...], sought: Mapping[tuple[str, str], Forms]) -> Iterator[Found]:
    asked = {(word, key): _given(word, key, forms) for (word, key), forms in sought.items()}
    wanted = _looked_up(words)
    if wanted is not None:
        given = {f"{word}_{key}": asked.get((word, key), "[]") for word in words for key in _telling(word)}
        for row in connection.execute(wanted, given):
            yield row[0], row[1], row[2], row[3], row[4], row[5]
    for table in dict.fromkeys(RECORDS[word].table for word in words):
        inside = [word for word in words if RECORDS[word].table == table]
        yield from _by_text(connection, inside, sought)


def _given(word: str, key: str, forms: Iterable[str]) -> str:
    """The forms as a parameter: a JSON array."""
    whole = next(field.kind.whole for field in RECORDS[word].fields if field.key == key)
    return json.dumps([int(form) for form in forms if form.isdecimal()] if whole else list(forms))


@cache
def _looked_up(words: tuple[str, ...]) -> Select[Any] | None:
    """One statement that looks in the index of each telling field that has one; its parameters are JSON arrays."""
    parts = []
    for word in words:
        rows = RECORDS[word].sql
        for key in _telling(word):
            if key in _indexed(word):
                forms = func.json_each(bindparam(f"{word}_{key}")).table_valued("value")
                part = _columns(word, rows, key).where(_live(word), rows.c[key].in_(select(forms.c.value)))
                parts.append(select(part.limit(_MOST).subquery()))
    return select(union_all(*parts).subquery()) if parts else None


def _columns(word: str, rows: Table, key: str) -> Select[Any]:
    value = cast(rows.c[key], String).label("value")
    return select(literal(word).label("word"), literal(key).label("key"), rows.c.nr, rows.c.id, _called(word), value)


def _called(word: str) -> ColumnElement[str]:
    """What people call the record, by its own columns."""
    rows, naming = RECORDS[word].sql, RECORDS[word].naming
    names = [rows.c[key] for key in (naming, "serial", "name") if key == naming or word in (*ASSET_KINDS, "asset")]
    return func.coalesce(*names, "").label("called")


def _live(word: str) -> ColumnElement[bool]:
    rows, kind = RECORDS[word].sql, RECORDS[word].asset_kind
    return rows.c.deleted.is_(None) & (rows.c.kind == kind) if kind else rows.c.deleted.is_(None)


def _by_text(connection: Connection, words: Sequence[str], sought: Mapping[tuple[str, str], Forms]) -> Iterator[Found]:
    """By the fields that have no index of their own, through the index of texts. The kinds share a table.

    What is too short for that (the code of a department) is looked for in the small tables alone.
    """
    asked = {(word, key): forms for (word, key), forms in sought.items() if word in words and key not in _indexed(word)}
    texts = dict.fromkeys(form for forms in asked.values() for form in forms)
    long = tuple(Word(text) for text in texts if len(text) >= _SHORTEST)
    expression = match_tree(AnyOf(long)) if long else None
    if not texts or (expression is None and RECORDS[words[0]].table == "asset"):
        return
    given = {f"{word}_{key}": "[]" for word in words for key in _unindexed(word)}
    given |= {f"{word}_{key}": _given(word, key, forms) for (word, key), forms in asked.items()}
    if expression is not None:
        given["expression"] = expression
    for found in connection.execute(_searched(tuple(words), expression is not None), given):
        yield from _which(found, asked)


@cache
def _unindexed(word: str) -> tuple[str, ...]:
    return tuple(key for key in _telling(word) if key not in _indexed(word))


@cache
def _searched(words: tuple[str, ...], driven: bool) -> Select[Any]:
    """One statement that looks through the rows that the index of texts gives (`driven`), or through all.

    Made once: to make it takes longer than to run it. Its parameters are JSON arrays, and the FTS5 expression.
    """
    table, rows = RECORDS[words[0]].table, RECORDS[words[0]].sql
    same = []
    for word in words:
        for key in _unindexed(word):
            forms = func.json_each(bindparam(f"{word}_{key}")).table_valued("value")
            value = cast(rows.c[key], String).collate("NOCASE")
            same.append(value.in_(select(cast(forms.c.value, String))) & _live(word))
    keys = tuple(dict.fromkeys(key for word in words for key in _unindexed(word)))
    kind = rows.c.kind if "kind" in rows.c else literal(words[0])
    wanted = select(kind.label("kind"), rows.c.nr, rows.c.id, _called(words[0]), *(rows.c[key] for key in keys))
    found = or_(*same)
    if driven:
        wanted = wanted.select_from(driven_by_index(rows, table))
        found = matches(table, bindparam("expression", type_=String)) & found
    return wanted.where(found).limit(_MOST)


def _which(found: Row[Any], asked: Mapping[tuple[str, str], Forms]) -> Iterator[Found]:
    """By which of the fields the row was found."""
    row = found._mapping  # noqa: SLF001 (SQLAlchemy's public name)
    for (word, key), forms in asked.items():
        value = str(row[key] or "")
        if word in (row["kind"], "asset") and value.casefold() in forms:
            yield word, key, row["nr"], row["id"], row["called"], value
