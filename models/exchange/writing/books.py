"""Workbooks with help for people: the whole register, a sheet for each kind, and templates to fill in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from models.exchange.meaning.fields import KIND, MUSTER_ID, sheet_fields
from models.exchange.writing.export import Exported, cells_of, choose_columns, out_columns, shown_fields
from models.exchange.writing.muster_book import read_me
from models.exchange.writing.offers import Offers
from models.exchange.writing.outgoing import OutColumn, OutSheet
from models.exchange.writing.write import write_xlsx
from models.fields.field import Field
from models.fields.problem import UsageError
from models.progress import Progress
from models.query.names import Names
from models.query.window import find_ids
from models.schema.catalogue import Catalogue
from models.schema.records import IN_ORDER, record_type
from models.settings import Settings
from models.store.database import Database

ALL = "all"
"""The word for everything, a sheet for each kind."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a workbook says to people, in their words: the lines of its first page, and the note of a heading."""

    about: Sequence[str]
    note: Callable[[Field], str]


@dataclass(frozen=True, slots=True)
class _Book:
    """What all sheets of a workbook share: one state of the database, its names, and the lists."""

    connection: Connection
    catalogue: Catalogue
    names: Names
    offers: Offers
    wording: Wording

    @classmethod
    def of(cls, connection: Connection, catalogue: Catalogue, wording: Wording) -> "_Book":
        names = Names(connection)
        return cls(connection, catalogue, names, Offers(connection, names), wording)

    def columns(self, word: str, fields: Sequence[Field]) -> list[OutColumn]:
        """The columns of some fields with notes and words to choose from."""
        return [
            replace(column, note=self.wording.note(field), needed=field.required, words=self.offers.of(word, field))
            for column, field in zip(out_columns(fields), fields, strict=True)
        ]


def export_all(
    database: Database, path: Path, settings: Settings, wording: Wording, progress: Progress | None = None
) -> Exported:
    """Write the whole register to an .xlsx file: a page to read first, then a sheet for each kind that has records.

    Sheets follow each other so that each can be imported after those before it. Names of aliases, import profiles and
    saved exports are Muster's own and stay out. Raises UsageError("export.all-format"); InputError, DatabaseError,
    Cancelled as `export_records`.
    """
    _refuse_other(path)
    progress = progress or Progress()
    catalogue = database.catalogue()
    progress.at("search")
    with database.reading() as connection:
        book = _Book.of(connection, catalogue, wording)
        found = [(word, find_ids(connection, catalogue, word, "")) for word in IN_ORDER]
        found = [(word, numbers) for word, numbers in found if numbers]
        table = [(record_type(word).plural, word, len(numbers)) for word, numbers in found]
        sheets = [read_me(wording.about, table)]
        for word, numbers in found:
            kind = record_type(word)
            fields = shown_fields(connection, catalogue, kind, numbers, ())
            rows = cells_of(connection, catalogue, word, numbers, fields, settings, book.names)
            sheets.append(OutSheet(kind.plural, book.columns(word, fields), rows))
        total = sum(count for _, _, count in table)
        write_xlsx(path, sheets, progress, total)
    return Exported(total, tuple(word for word, _ in found))


def write_template(
    database: Database, word: str, path: Path, wording: Wording, columns: Sequence[str] = ()
) -> tuple[str, ...]:
    """Write an .xlsx file for people to fill in: headings with notes, lists to choose from, no rows. The fields' keys.

    `columns` are fields by key, label or heading; without any, all that can be typed. Raises UsageError (the kind, a
    column, "export.all-format"), InputError.
    """
    _refuse_other(path)
    catalogue, kind = database.catalogue(), record_type(word)
    fields = choose_columns(catalogue, word, columns) or list(_typed(catalogue, word))
    with database.reading() as connection:
        book = _Book.of(connection, catalogue, wording)
        page = read_me(wording.about, [(kind.plural, word, 0)])
        write_xlsx(path, [page, OutSheet(kind.plural, book.columns(word, fields), [])], Progress(), 0)
    return tuple(field.key for field in fields)


def _typed(catalogue: Catalogue, word: str) -> Iterator[Field]:
    """The fields that people fill in: what tables show first, as in forms; of "any asset" its kind as well."""
    fields = sheet_fields(catalogue, word).values()
    first = [field for field in fields if field.key == KIND or field.required or field.shown]
    yield from first
    yield from (field for field in fields if field not in first and field is not MUSTER_ID)


def _refuse_other(path: Path) -> None:
    if path.suffix.lower() != ".xlsx":
        raise UsageError("export.all-format", path.name)
