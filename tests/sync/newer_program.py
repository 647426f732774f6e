"""The program of a later year, as a process: python -m tests.sync.newer_program WHAT URL ADMINISTRATOR'S-URL HOME…

It knows one more field, one more kind of record and one more revision of the schema. `table` makes a record of that
kind, syncs, upgrades the shared database and syncs again; `field` writes that field; `open` only syncs. What it saw of
each home goes to standard output as JSON.
"""

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import psycopg
from sqlalchemy.orm import Mapped

from models.fields.kinds import Text
from models.fields.problem import HubError
from models.schema.asset import Asset
from models.schema.columns import Record, column

REVISION = "0005"


class Gadget(Record):
    """A kind of record that the older program has never heard of."""

    __tablename__ = "gadget"

    name: Mapped[str | None] = column(Text(), "Name", search=True)


def grow_up() -> None:
    """Let everything that is loaded from here on see the schema as it is later."""
    Asset.__annotations__["scent"] = Mapped[str | None]
    Asset.scent = column(Text(), "Scent", search=True)  # type: ignore[attr-defined]

    from models.schema import records
    from models.schema.fieldlist import declared_fields

    gadget = records.RecordType("gadget", "Gadget", "Gadgets", Gadget, "name", (("name",),), declared_fields(Gadget))
    records.RECORDS["gadget"] = records.TABLES["gadget"] = gadget

    from models.store import migrate, searchfile

    migrate.HEAD = REVISION
    searchfile.VERSION += 1


def migrate_home(home: Path) -> None:
    """What the migration of the later revision does."""
    from models.store.home import Home

    with closing(sqlite3.connect(Home(home).database)) as database, database:
        if database.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISION,):
            return
        database.execute("ALTER TABLE asset ADD COLUMN scent TEXT")
        database.execute(
            "CREATE TABLE gadget (nr INTEGER PRIMARY KEY, id TEXT UNIQUE, deleted TEXT, extra TEXT, name TEXT)"
        )
        database.execute("UPDATE alembic_version SET version_num = ?", (REVISION,))


def main(what: str, home: str, url: str, administrator: str) -> list[object]:
    """Do the one thing over the home; what was seen."""
    from models.fields.ids import new_id
    from models.journal.entry import Edit
    from models.sync.hub.preparing import upgrade
    from tests.sync.clients import Client
    from tests.sync.proved import assert_client_sound, client_rows

    client = Client("newer", Path(home), url)
    seen: list[object] = []
    if what == "table":
        client.journal.write("A new kind", [Edit("gadget", new_id(), {"name": "whistle"}, new=True)])
        try:
            client.sync.sync()
        except HubError as error:
            seen += [error.problem.code, len(client.unsent())]
        with psycopg.connect(administrator, autocommit=True) as server:
            upgrade(server)
    if what == "field":
        with client.database.reading() as connection:
            assets = [row for table, row in client_rows(connection) if table == "asset"]
        client.journal.write("A new field", [Edit("asset", row, {"scent": "oil", "name": "both"}) for row in assets])
    client.sync.sync()
    with client.database.reading() as connection:
        assert_client_sound(connection)
        rows = client_rows(connection)
    client.stop()
    return [*seen, sorted([table, row, values] for (table, row), values in rows.items())]


if __name__ == "__main__":
    grow_up()
    doing, shared, administers, *homes = sys.argv[1:]
    for folder in homes:
        migrate_home(Path(folder))
    sys.stdout.write(json.dumps([main(doing, folder, shared, administers) for folder in homes]))
