"""Writing 100,000 new rows of 25 fields through the journal, beside a plain insert of them; and taking it back.

The plain insert is one executemany into a bare table, and one into a table with the indexes that ours has. Undo is
held to the write: a person waits for both alike.

Run by `tasks.py bench journal`, with a number of rows if not 100,000.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from models.fields.ids import new_id, new_ids
from models.journal.entry import Edit, NewRows
from models.journal.undo import redo, undo
from models.journal.writer import Journal
from models.schema.records import TABLES
from models.store.database import Database
from models.store.home import Home

ROWS, EDITS = 100_000, 50
#: The bars: undo over write; milliseconds of one edit in a form.
UNDO_BAR, EDIT_BAR = 1.5, 10.0
PLAIN = (
    "name", "category", "condition", "funding_award", "funding_source", "title_holder", "invoice_number", "bands",
    "firmware", "codeplug", "codeplug_version", "antenna",
)  # fmt: skip


def radios(journal: Journal, rows: int) -> NewRows:
    """So many radios of 25 fields, their model and place in the register."""
    maker, model, station, engine = new_ids(4)
    journal.write(
        "Base",
        [
            Edit("manufacturer", maker, {"name": "Motorola Solutions"}, new=True),
            Edit("model", model, {"name": "APX 8000", "manufacturer": maker}, new=True),
            Edit("location", station, {"name": "Station 7"}, new=True),
            Edit("location", engine, {"name": "Engine 7", "parent": station}, new=True),
        ],
    )
    numbers = range(rows)
    columns: dict[str, list[str | None]] = {
        "kind": ["radio"] * rows,
        "tag": [f"R-{number:06}" for number in numbers],
        "serial": [f"672CYX{number:05}" for number in numbers],
        "model": [model] * rows,
        "manufacturer": [maker] * rows,
        "location": [engine] * rows,
        "unit_id": [str(4000 + number) for number in numbers],
        "alias": [f"ENG 7 {number}" for number in numbers],
        "status": ["in_service"] * rows,
        "cost": ["4120.50"] * rows,
        "acquired_on": ["2023-01-05"] * rows,
        "notes": ["In the officer's seat"] * rows,
        "po_number": [f"PO-{number // 50}" for number in numbers],
    }
    columns |= {key: [f"{key[:4]} {number % 7}" for number in numbers] for key in PLAIN}
    return NewRows("asset", new_ids(rows), columns)


def plain(folder: Path, rows: NewRows, *, indexed: bool) -> float:
    """Seconds of one executemany and its commit."""
    raw = sqlite3.connect(folder / f"plain{indexed}.db", isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute(f"CREATE TABLE plain (id, {', '.join(rows.columns)})")
    for index in TABLES["asset"].sql.indexes if indexed else ():
        key = index.columns[0].name
        if key in rows.columns:
            raw.execute(f"CREATE INDEX {index.name} ON plain ({key})")
    values = list(zip(rows.ids, *rows.columns.values(), strict=True))
    marks = ", ".join("?" * (len(rows.columns) + 1))
    start = time.perf_counter()
    raw.execute("BEGIN IMMEDIATE")
    raw.executemany(f"INSERT INTO plain VALUES ({marks})", values)
    raw.execute("COMMIT")
    took = time.perf_counter() - start
    raw.close()
    return took


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else ROWS
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        journal = Journal(Database.open(Home(folder / "home")), "Bench")
        rows = radios(journal, count)
        bare, indexed = plain(folder, rows, indexed=False), plain(folder, rows, indexed=True)
        write = seconds(lambda: journal.write("Import", [rows]))
        back = seconds(lambda: undo(journal))
        again = seconds(lambda: redo(journal))
        edits = [
            seconds(lambda row=row: journal.write("Edit", [Edit("asset", row, {"alias": new_id(), "x_vlan": "7"})]))  # type: ignore[misc]
            for row in rows.ids[:EDITS]
        ]
        journal.database.close()
    for name, took in (
        ("plain insert", bare),
        ("plain insert, with our indexes", indexed),
        ("journal: write, history, search", write),
        ("undo", back),
        ("redo", again),
    ):
        sys.stdout.write(f"{name:32}{took:7.2f} s {took / bare:6.1f} x plain {took / write:6.2f} x write\n")
    edit = median(edits) * 1000
    sys.stdout.write(f"{'one edit (median)':32}{edit:7.1f} ms    slowest {max(edits) * 1000:.1f} ms\n")
    return 0 if back <= UNDO_BAR * write and edit <= EDIT_BAR else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
