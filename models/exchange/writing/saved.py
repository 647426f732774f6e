"""Saved exports: which records, which columns and which file, under a name, to be made again and again."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from models.fields.problem import UsageError
from models.journal.entry import Changes, Edit
from models.journal.writer import Journal
from models.schema.records import record_type
from models.services.registry import create_record, set_fields
from models.settings import Settings
from models.store.database import Database

WORD = "saved_export"
"""Its kind of record."""


@dataclass(frozen=True, slots=True)
class SavedExport:
    """One saved export. `record` is a kind's word, or "all"; `columns` are fields' keys, none for all that are filled.

    `file` is where it is written; in it {date} and {time} stand for the moment of writing.
    """

    name: str
    record: str
    query: str = ""
    columns: tuple[str, ...] = ()
    file: str = ""
    id: str = ""

    def path(self, now: dt.datetime) -> Path:
        """The file that it is written to now. Raises UsageError("saved-export.no-file")."""
        if not self.file:
            raise UsageError("saved-export.no-file", self.name)
        # No colons in the time: file names on Windows have none.
        named = self.file.replace("{date}", f"{now:%Y-%m-%d}").replace("{time}", f"{now:%H-%M}")
        return Path(named)


def saved_exports(database: Database) -> list[SavedExport]:
    """All saved exports by their names."""
    rows = record_type(WORD).sql
    with database.reading() as connection:
        found = connection.execute(select(rows).where(rows.c.deleted.is_(None)).order_by(rows.c.name, rows.c.nr)).all()
    return [
        SavedExport(
            row.name or "",
            row.record or "",
            row.query or "",
            tuple(part.strip() for part in (row.columns or "").split(",") if part.strip()),
            row.file or "",
            row.id,
        )
        for row in found
    ]


def find_saved(database: Database, name: str) -> SavedExport:
    """The saved export of that name, in any case. Raises UsageError("saved-export.unknown")."""
    known = saved_exports(database)
    wanted = " ".join(name.casefold().split())
    for each in known:
        if each.name.casefold() == wanted:
            return each
    raise UsageError("saved-export.unknown", name, names=", ".join(each.name for each in known) or "—")


def save_export(journal: Journal, saved: SavedExport, settings: Settings) -> Changes:
    """Keep an export under its name; one of the same name is changed. Raises BadFields, DatabaseError."""
    texts = {
        "name": saved.name,
        "record": saved.record,
        "query": saved.query,
        "columns": ", ".join(saved.columns),
        "file": saved.file,
    }
    title = f"Save the export {saved.name}"
    same = [each for each in saved_exports(journal.database) if each.name.casefold() == saved.name.strip().casefold()]
    if same:
        return set_fields(journal, WORD, same[0].id, texts, settings, title).changes
    return create_record(journal, WORD, texts, settings, title).changes


def remove_saved(journal: Journal, name: str) -> Changes:
    """Delete the saved export of that name. Raises UsageError("saved-export.unknown"), DatabaseError."""
    found = find_saved(journal.database, name)
    edit = Edit(record_type(WORD).table, found.id, {"deleted": "yes"})
    return journal.write(f"Remove the saved export {found.name}", [edit])
