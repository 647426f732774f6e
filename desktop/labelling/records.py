"""What is printed of records: the texts that their labels have."""

from collections.abc import Sequence

from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.grid.model import Shown, fetch
from models.labels.texts import house_texts
from models.printers.request import LabelFor
from models.schema.records import RECORDS


def label_records(connection: Connection, desk: Desk, word: str, numbers: Sequence[int]) -> tuple[list[LabelFor], str]:
    """What labels need of the records of these numbers, in their order; and their kind, "" where there are several.

    For a reader's thread. Records that are gone by now are left out.
    """
    found = [row for row in fetch(connection, desk, word, numbers, desk.catalogue.fields(word)) if row is not None]
    kinds = {row.kind for row in found}
    if kinds - {word}:
        found = _whole(connection, desk, found)
    table, house = RECORDS[word].table, house_texts(desk.settings)
    return [LabelFor(table, row.id, {**house, **row.texts}) for row in found], kinds.pop() if len(kinds) == 1 else ""


def _whole(connection: Connection, desk: Desk, rows: Sequence[Shown]) -> list[Shown]:
    """Assets of several kinds with the fields that each has of its own kind."""
    made: dict[int, Shown] = {}
    for kind in {row.kind for row in rows}:
        numbers = [row.nr for row in rows if row.kind == kind]
        fields = desk.catalogue.fields(kind)
        made.update({row.nr: row for row in fetch(connection, desk, kind, numbers, fields) if row is not None})
    return [made[row.nr] for row in rows if row.nr in made]
