"""Records as a spreadsheet, written so that importing it again says that all is the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, false, func, or_, select, text

from models.exchange.meaning.fields import KIND, MUSTER_ID, key_sets, named_field, sheet_fields
from models.exchange.meaning.nothing import WORDS_FOR_NOTHING
from models.exchange.writing.outgoing import OutColumn, OutSheet
from models.exchange.writing.write import write
from models.fields.field import Field
from models.fields.kind import Cell
from models.fields.kinds import Ref
from models.fields.problem import UsageError
from models.progress import Progress
from models.query.names import Names
from models.query.window import columns_of, find_ids
from models.schema.catalogue import Catalogue
from models.schema.records import RecordType, record_type
from models.settings import Settings, localised
from models.store.database import Database

#: Rows that are read together, and values of a column of which the cell is remembered.
_PAGE = 2000
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many records, and the keys of the columns (of everything: the words of the kinds)."""

    rows: int
    columns: tuple[str, ...]


def export_records(
    database: Database,
    word: str,
    path: Path,
    settings: Settings,
    *,
    query: str = "",
    columns: Sequence[str] = (),
    numbers: Sequence[int] | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write records of a kind to an .xlsx, .csv or .tsv file: those of a query, or those of `numbers` in that order.

    `columns` are fields by key, label or heading, and `id`; without any, all fields that are shown in tables by
    default or that one of the records has. Headings are the fields' labels. Raises UsageError (the query, a column,
    the file's ending); InputError where the file cannot be written; DatabaseError; Cancelled.
    """
    progress = progress or Progress()
    kind = record_type(word)
    catalogue = database.catalogue()
    progress.at("search")
    with database.reading() as connection:
        chosen = find_ids(connection, catalogue, word, query) if numbers is None else numbers
        fields = shown_fields(connection, catalogue, kind, chosen, columns)
        rows = cells_of(connection, catalogue, word, chosen, fields, settings, Names(connection))
        count = write(path, OutSheet(kind.plural, out_columns(fields), rows), progress)
    return Exported(count, tuple(field.key for field in fields))


def choose_columns(catalogue: Catalogue, word: str, columns: Sequence[str]) -> list[Field]:
    """The fields of these names. Raises UsageError("field.unknown", "field.twice")."""
    found: list[Field] = []
    for name in columns:
        field = named_field(catalogue, word, name)
        if field is None:
            raise UsageError("field.unknown", name.strip(), kind=word)
        if field in found:
            raise UsageError("field.twice", name.strip(), kind=word)
        found.append(field)
    return found


def shown_fields(
    connection: Connection, catalogue: Catalogue, kind: RecordType, numbers: Sequence[int], columns: Sequence[str]
) -> list[Field]:
    """The fields of these columns; without any those that tables show, and those that one of the records has."""
    if columns:
        return choose_columns(catalogue, kind.word, columns)
    known = list(sheet_fields(catalogue, kind.word).values())
    filled = _filled(connection, kind, known, numbers)
    # Of "some kind of asset" it is said which; what only some kinds have is shown where it is filled.
    usual = {KIND, *(field.key for field in catalogue.fields(kind.word) if field.shown)}
    fields = [field for field in known if field.key in usual or field.key in filled]
    return [*fields, MUSTER_ID] if _need_ids(connection, kind, known, numbers) else fields


def _need_ids(connection: Connection, kind: RecordType, fields: Sequence[Field], numbers: Sequence[int]) -> bool:
    """Whether ids must tell which record a row is, since an import takes some of its words for nothing ("none", "?").

    That is where a record is called so, or where records of one name may differ in such words alone.
    """
    rows = kind.sql
    naming = {kind.naming, *chain.from_iterable(key_sets(kind.word)), *(each.key for each in fields if each.required)}
    plain = [field for field in fields if not field.custom and not isinstance(field.kind, Ref)]
    named = [_says_nothing(rows.c[field.key]) for field in plain if field.key in naming]
    others = [_says_nothing(rows.c[field.key]) for field in plain if field.key not in naming]
    own = func.json_each(func.coalesce(rows.c.extra, "{}")).table_valued("value")
    others.append(select(own.c.value).where(_says_nothing(own.c.value)).exists())
    among = _among(rows, numbers)

    def any_of(statement: Select[Any]) -> bool:
        return connection.execute(statement.limit(1)).first() is not None

    if any_of(select(rows.c.nr).where(among, or_(false(), *named))):
        return True
    name = rows.c[kind.naming]
    twins = select(name).where(among, name.is_not(None)).group_by(func.lower(name)).having(func.count() > 1)
    return any_of(twins) and any_of(select(rows.c.nr).where(among, or_(*others)))


def _says_nothing(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return func.lower(column).in_(WORDS_FOR_NOTHING)


def _among(rows: Table, numbers: Sequence[int]) -> ColumnElement[bool]:
    """The rows of these numbers."""
    listed = func.json_each(f"[{','.join(map(str, numbers))}]").table_valued("value")
    return rows.c.nr.in_(select(listed.c.value))


def _filled(connection: Connection, kind: RecordType, fields: Sequence[Field], numbers: Sequence[int]) -> set[str]:
    """The keys of the fields that one of the records has a value for."""
    rows = kind.sql
    plain = [field.key for field in fields if not field.custom]
    wanted = _among(rows, numbers)
    counted = connection.execute(select(*(func.count(rows.c[key]) for key in plain)).where(wanted)).one()
    found = {key for key, number in zip(plain, counted, strict=True) if number}
    if len(plain) < len(fields):
        own = func.json_each(rows.c.extra).table_valued("key")
        statement = select(own.c.key).distinct().select_from(rows).join(own, text("true"))
        found.update(connection.execute(statement.where(rows.c.extra.is_not(None), wanted)).scalars())
    return found


def out_columns(fields: Sequence[Field]) -> list[OutColumn]:
    """The columns of some fields: called by their labels, or by their keys where two have the same label."""
    labels = [field.label.casefold() for field in fields]
    return [
        OutColumn(
            field.key if labels.count(field.label.casefold()) > 1 else field.label,
            None if isinstance(field.kind, Ref) else field.kind,
        )
        for field in fields
    ]


class _Shower:
    """Gives the cells of a field's canonical values, a column at a time; a value that comes often is asked once."""

    def __init__(self, names: Names, field: Field, settings: Settings) -> None:
        kind = field.kind
        self.key = field.key
        self._cell = partial(_called, names, kind) if isinstance(kind, Ref) else localised(kind, settings).cell
        self._memo: dict[str | None, Cell] = {None: None}

    def column(self, values: Sequence[str | None]) -> list[Cell]:
        """The cells of some values."""
        memo = self._memo
        if len(memo) > _REMEMBERED:
            memo.clear()
            memo[None] = None
        for value in set(values).difference(memo):
            memo[value] = self._cell(value or "")
        return [memo[value] for value in values]


def _called(names: Names, kind: Ref, row: str) -> str:
    """What a record is called that a cell refers to: by its id if its name reads as if there were nothing.

    A record that is only remembered may be gone; its cell is empty, since no name would mean it.
    """
    name = names.written(kind.table, row)
    if kind.memory and row not in names.meant(kind.table, name):
        return ""
    return row if name.casefold() in WORDS_FOR_NOTHING else name


def cells_of(
    connection: Connection,
    catalogue: Catalogue,
    word: str,
    numbers: Sequence[int],
    fields: Sequence[Field],
    settings: Settings,
    names: Names,
) -> Iterator[tuple[Cell, ...]]:
    """The rows of these records, read and made cells a page at a time."""
    shown = [_Shower(names, field, settings) for field in fields]
    keys = [each.key for each in shown if each.key != MUSTER_ID.key]
    for start in range(0, len(numbers), _PAGE):
        columns = columns_of(connection, catalogue, word, numbers[start : start + _PAGE], keys)
        cells = {each.key: each.column(columns[each.key]) for each in shown}
        if "model" in cells and "manufacturer" in cells:
            _name_odd_models(cells["model"], columns["model"], columns["manufacturer"], names)
        yield from zip(*cells.values(), strict=True)


def _name_odd_models(
    cells: list[Cell], models: Sequence[str | None], makers: Sequence[str | None], names: Names
) -> None:
    """Where a record has another manufacturer than its model, the model's id: its name would mean another model."""
    pairs = {(model, maker) for model, maker in zip(models, makers, strict=True) if model and maker}
    odd = {pair for pair in pairs if names.maker(pair[0]) not in (pair[1], None)}
    if odd:
        for at, pair in enumerate(zip(models, makers, strict=True)):
            if pair in odd:
                cells[at] = pair[0]
