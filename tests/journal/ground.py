"""What the tests of the journal share: a database, short ways to write, and the proof that it is sound."""

import shutil
from pathlib import Path

from sqlalchemy import func, select

from models.fields.ids import new_id
from models.journal.entry import Edit
from models.journal.project import current
from models.journal.proof import differences
from models.journal.writer import Journal
from models.schema.records import TABLES
from models.store.database import Database
from models.store.home import Home
from models.store.search import index_faults


def opened(folder: Path, fresh: Path | None = None) -> Journal:
    """A journal in that folder; `fresh` is an empty one to start from, since making one costs more than most tests."""
    if fresh is not None:
        shutil.copytree(fresh, folder, dirs_exist_ok=True)
    return Journal(Database.open(Home(folder)), "J. Ruiz")


def made(journal: Journal, table: str, **values: str) -> str:
    """The id of a new record."""
    row = new_id()
    journal.write(f"New {table}", [Edit(table, row, values, new=True)])
    return row


def changed(journal: Journal, table: str, row: str, **values: str | None):
    return journal.write(f"Change {table}", [Edit(table, row, values)])


def values(journal: Journal, table: str, row: str) -> dict[str, str]:
    """What the table and its custom fields hold of a record, without what the database keeps for itself."""
    names = [column.name for column in TABLES[table].sql.columns if column.name not in ("nr", "id", "extra")]
    with journal.database.reading() as connection:
        return current(connection, table, [row], names)[row][1]


def text(journal: Journal, table: str, row: str) -> str | None:
    """The search text of a record; None where it is not in the index."""
    with journal.database.reading() as connection:
        return connection.exec_driver_sql(
            f"SELECT f.text FROM {table} t JOIN find_{table} f ON f.rowid = t.nr WHERE t.id = ?",  # noqa: S608 (names of tables)
            (row,),
        ).scalar_one_or_none()


def rows_of(journal: Journal, table: str) -> int:
    """How many rows a table has, deleted ones included."""
    with journal.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(TABLES[table].sql)).scalar_one())


def assert_sound(journal: Journal) -> None:
    """The tables equal the fold, the index equals the tables, and SQLite finds nothing wrong."""
    with journal.database.reading() as connection:
        assert list(differences(connection)) == []
        for table in TABLES:
            assert index_faults(connection, table) == (0, 0), table
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        for count, number in connection.exec_driver_sql(
            "SELECT a.count, (SELECT count(*) FROM entry e WHERE e.action = a.nr) FROM action a"
        ):
            assert count == number > 0
        stray = "SELECT count(*) FROM entry WHERE action NOT IN (SELECT nr FROM action)"
        assert connection.exec_driver_sql(stray).scalar_one() == 0
