"""Homes that are connected to a shared database of the tests."""

from functools import partial

import psycopg

from models.journal.writer import Journal
from models.store.database import Database
from models.store.home import Home
from models.sync.address import Address, keep_address
from models.sync.client import SyncClient
from models.sync.wire import connect
from tests.journal.ground import assert_sound, values


class OneHome:
    """One home, whose person is also its login; with an `address` it connects as the program does."""

    def __init__(self, folder, hub, login="ann", address=None):
        self.database = Database.open(Home(folder))
        self.journal = Journal(self.database, login)
        with self.database.writing() as connection:
            keep_address(connection, address or Address("127.0.0.1", hub.database, login))
        link = partial(connect, address) if address else lambda **_: psycopg.connect(hub.url(login), autocommit=True)
        self.client = SyncClient(self.database, link)

    def sync(self):
        report = self.client.sync()
        assert_sound(self.journal)
        return report

    def rows(self, table):
        with self.database.reading() as connection:
            ids = connection.exec_driver_sql(f"SELECT id FROM {table} ORDER BY id").scalars().all()  # noqa: S608
        return {row: values(self.journal, table, row) for row in ids}
