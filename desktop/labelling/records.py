"""Which records bear labels, what is printed of them, and what is told of the label that one has."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from desktop.desk import Desk
from desktop.grid.model import Shown, fetch
from desktop.phrases.labelling import moment
from models.labels.texts import house_texts
from models.printers.request import LabelFor
from models.schema.labelled import Labelled
from models.schema.records import RECORDS, TABLES


def has_labels(word: str) -> bool:
    """Whether records of this kind bear labels."""
    return issubclass(TABLES[RECORDS[word].table].model, Labelled)


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


def told_of_label(values: Mapping[str, str | None]) -> str:
    """What is remembered of a record's label: "Label printed twice, last 25 Nov 17:30 by J. Ruiz on Zebra 2"."""
    printed, checked = values.get("label_printed"), values.get("label_checked")
    if not printed and not checked:
        return ""
    parts = []
    if printed:
        times = int(values.get("label_prints") or 1)
        often = {1: "printed", 2: "printed twice, last"}.get(times, f"printed {times:,} times, last")
        by = f" by {values['label_printed_by']}" if values.get("label_printed_by") else ""
        on = f" on {values['label_printer']}" if values.get("label_printer") else ""
        parts.append(f"{often} {moment(printed)}{by}{on}")
    if checked:
        parts.append(f"checked {moment(checked)}")
    return f"Label {'; '.join(parts)}."
