"""A client as a process of its own, which a test may kill: python -m tests.sync.client_process HOME URL NAME COMMITTED

It makes and changes records and syncs, in turn and without end. The ids of the entries that it has committed go to the
file COMMITTED, a line each, before it says so on standard output.
"""

import random
import sys
from pathlib import Path

import psycopg

from models.fields.ids import new_id
from models.fields.problem import HubError
from models.journal.entry import Edit
from models.journal.reading import entries
from models.journal.writer import Journal
from models.store.database import Database
from models.store.home import Home
from models.sync.client import SyncClient


def main(folder: str, url: str, name: str, committed: str) -> None:
    """Work until somebody kills this process, or ends its standard input."""
    database = Database.open(Home(Path(folder)))
    journal = Journal(database, name)
    client = SyncClient(database, lambda **_: psycopg.connect(url, autocommit=True, prepare_threshold=None))
    chance = random.Random(name)  # noqa: S311 (a game, not a secret)
    noted: set[str] = set()
    with Path(committed).open("a", encoding="utf-8") as file:
        while True:
            journal.write("Work", _edits(database, chance))
            with database.reading() as connection:
                fresh = {each.id for each in entries(connection, "e.position IS NULL")} - noted
            noted |= fresh
            file.write("".join(f"{each}\n" for each in fresh))
            file.flush()
            try:
                client.sync()
                sys.stdout.write("synced\n")
            except HubError as error:
                sys.stdout.write(f"{error.problem.code}\n")
            sys.stdout.flush()


def _edits(database: Database, chance: random.Random) -> list[Edit]:
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM asset ORDER BY id").scalars().all()
    made = [Edit("asset", new_id(), {"kind": "radio", "name": str(chance.random())}, new=True) for _ in range(20)]
    some = chance.sample(rows, min(len(rows), 30))
    return [*made, *(Edit("asset", row, {"name": str(chance.random()), "notes": "seen"}) for row in some)]


if __name__ == "__main__":
    main(*sys.argv[1:])
