"""Homes that are connected to a shared database of the tests."""

import psycopg

from models.journal.writer import Journal
from models.store.database import Database
from models.store.home import Home
from models.sync.address import Address, keep_address
from models.sync.client import SyncClient
from tests.journal.ground import assert_sound, values


class OneHome:
    """One home, whose person is also its login."""

    def __init__(self, folder, hub, login="ann"):
        self.database = Database.open(Home(folder))
        self.journal = Journal(self.database, login)
        with self.database.writing() as connection:
            keep_address(connection, Address("127.0.0.1", hub.database, login))
        self.client = SyncClient(self.database, lambda **_: psycopg.connect(hub.url(login), autocommit=True))

    def sync(self):
        report = self.client.sync()
        assert_sound(self.journal)
        return report

    def rows(self, table):
        with self.database.reading() as connection:
            ids = connection.exec_driver_sql(f"SELECT id FROM {table} ORDER BY id").scalars().all()  # noqa: S608
        return {row: values(self.journal, table, row) for row in ids}
