"""What is remembered of labels that came out: when, by whom, on what, how often."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

from models.journal.entry import Changes, Edit
from models.journal.writer import Journal
from models.printers.pieces import Printed
from models.schema.labelled import Labelled
from models.schema.records import TABLES

_AT_ONCE = 500


def stamp_labels(journal: Journal, labels: Iterable[Printed], printer: str) -> Changes:
    """Remember labels that came out on a printer, or in a file of this name, as one deed. Raises DatabaseError."""
    labels = list(labels)
    count = sum(label.copies for label in labels)
    return journal.write(
        stamp_title(count, printer),
        lambda connection: stamp_edits(connection, labels, printer, journal.author),
        total=len(labels),
    )


def stamp_title(count: int, printer: str) -> str:
    """What the deed is called."""
    return f"Print {count:,} {'label' if count == 1 else 'labels'} on {printer}"


def stamp_edits(connection: Connection, labels: Iterable[Printed], printer: str, author: str) -> Iterator[Edit]:
    """The edits that remember labels; records that are gone and labels of no record have none."""
    printed: dict[str, Counter[str]] = {}
    for label in labels:
        record = TABLES.get(label.table)
        if record is not None and issubclass(record.model, Labelled):
            printed.setdefault(label.table, Counter())[label.row] += label.copies
    moment = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for table, copies in printed.items():
        for row, before in _prints(connection, table, list(copies)):
            yield Edit(
                table,
                row,
                {
                    "label_printed": moment,
                    "label_printed_by": author,
                    "label_printer": printer,
                    "label_prints": str(before + copies[row]),
                },
            )


def _prints(connection: Connection, table: str, rows: list[str]) -> list[tuple[str, int]]:
    """The live rows among these, and how often each has been printed."""
    columns = TABLES[table].sql.c
    found: list[tuple[str, int]] = []
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        live = select(columns.id, columns.label_prints).where(columns.id.in_(part), columns.deleted.is_(None))
        found += [(row, int(prints or 0)) for row, prints in connection.execute(live)]
    return found
