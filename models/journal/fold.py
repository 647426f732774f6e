"""The projection rule as a pure function: a row is what its entries add up to.

Accepted entries in position order, each without its lost fields, then those not yet sent, in the order in which
they were made. What the shared database refused has no effect. The writer does the same in SQLite, the shared
database in PostgreSQL; this is what the tests and `muster check` hold them to.
"""

from collections.abc import Iterable

from models.journal.entry import Entry


def fold(entries: Iterable[Entry]) -> dict[tuple[str, str], dict[str, str]]:
    """The rows that the entries give: (table, id) -> its fields that have a value. Entries come in local order."""
    known = [each for each in entries if each.refused is None]
    accepted = sorted((each for each in known if each.position is not None), key=lambda each: each.position or 0)
    waiting = [each for each in known if each.position is None]
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for entry in (*accepted, *waiting):
        row = rows.setdefault((entry.table, entry.row), {})
        for key, value in entry.patch.items():
            if key in entry.lost:
                continue
            if value is None:
                row.pop(key, None)
            else:
                row[key] = value
    return rows
