"""A shared database and its clients, what can happen to them, and what must hold whatever happened.

The state machine and the tests of single faults are made of these steps. What clients have committed is kept in a
ledger beside them: it says what may not be missing.
"""

import itertools
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg
from psycopg import sql

from models.fields.ids import new_id
from models.fields.problem import KnownError, UsageError
from models.journal.entry import Edit, Entry
from models.journal.undo import undo
from models.store.local import local
from models.sync.client import SyncReport
from tests.sync.breaking import How, Killed
from tests.sync.clients import COPY, Client
from tests.sync.postgres import Cluster
from tests.sync.proved import (
    Accepted,
    Rows,
    assert_client_sound,
    assert_same,
    assert_server_sound,
    client_rows,
    folded,
    missing,
    server_journal,
    server_rows,
    untold_forks,
)

_ACCEPTED = (
    "SELECT a.id, e.id FROM entry e JOIN action a ON a.nr = e.action WHERE e.position IS NOT NULL AND a.title <> ?"
)
#: Rounds of sync after which all clients must be at rest.
_ROUNDS = 8
_databases = itertools.count()


class World:
    """One shared database with its clients."""

    def __init__(self, cluster: Cluster, template: str, fresh: Path, login: str = "administrator") -> None:
        """`template`: a database with all that is installed; `fresh`: an empty home; `login`: of all clients."""
        self.cluster = cluster
        self.hub = f"world_{next(_databases)}"
        self.clients: list[Client] = []
        self.written: dict[str, Entry] = {}
        #: Those that were decided more than once, as a restore makes it: bases and stamps are no longer the first ones.
        self.again: set[str] = set()
        self.login = login
        self._fresh = fresh
        self._folder = Path(tempfile.mkdtemp(prefix="muster-world-"))
        self._homes, self._names = itertools.count(), itertools.count()
        self._dumps: list[str] = []
        self._admin("CREATE DATABASE {} TEMPLATE {}", self.hub, template)

    def close(self) -> None:
        """End everything and forget it."""
        for client in self.clients:
            client.stop()
        for database in (self.hub, *self._dumps):
            self._admin("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)
        shutil.rmtree(self._folder)

    # --- What people do ---------------------------------------------------------------------------------------------

    def join(self, port: int = 0) -> Client:
        """A new client with an empty home; `port`: of a proxy before the server."""
        url = self._url.replace(f":{self.cluster.port}/", f":{port or self.cluster.port}/")
        client = Client(f"client {next(self._names)}", self._home(self._fresh), url)
        self.clients.append(client)
        return client

    def leave(self, client: Client) -> None:
        """A client that nobody hears of again."""
        client.stop()
        self.clients.remove(client)

    def write(self, client: Client, title: str, edits: Sequence[Edit]) -> None:
        """A deed on a client."""
        with client.clock():
            client.journal.write(title, edits)
        self._note(client)

    def make(self, client: Client, table: str, values: Mapping[str, str]) -> str:
        """A new record on a client; its id."""
        row = new_id()
        self.write(client, f"New {table}", [Edit(table, row, values, new=True)])
        return row

    def take_back(self, client: Client) -> None:
        """Undo the last deed that this client may, if there is one."""
        with client.clock():
            try:
                undo(client.journal)
            except UsageError:
                return  # there is none
        self._note(client)

    def sync(self, client: Client) -> SyncReport:
        """A sync that nothing disturbs."""
        with client.clock():
            report = client.sync.sync()
        self._saw(client)
        return report

    # --- What goes wrong --------------------------------------------------------------------------------------------

    def disturbed(self, client: Client, at: int, how: How) -> str:
        """A sync that goes wrong at a step, and the restart of the program where it was killed; the step's name.

        Empty: the sync has fewer steps.
        """
        client.faults.arm(at, how)
        try:
            with client.clock():
                client.sync.sync()
        except Killed:
            client.stop()
            client.start()
        except KnownError:
            assert client.faults.hit
        hit, client.faults.at = client.faults.hit, None
        self._saw(client)
        return hit

    def keep(self, client: Client) -> Path:
        """A backup of a client's whole home."""
        client.stop()
        kept = self._home(client.folder)
        client.start()
        return kept

    def put_back(self, client: Client, kept: Path) -> None:
        """Restore a client from its backup; what only it knew since then is gone."""
        client.stop()
        shutil.rmtree(client.folder)
        shutil.copytree(kept, client.folder)
        client.start()
        client.cursor = 0
        self._forget_vanished()

    def clone(self, client: Client) -> Client:
        """A second computer made from the disk of a first; both go on."""
        made = Client(f"client {next(self._names)}", self.keep(client), self._url)
        self.clients.append(made)
        return made

    def disconnect(self) -> None:
        """The server ends all connections."""
        with self.cluster.connect() as server:
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (self.hub,))

    def dump(self) -> str:
        """A dump of the shared database."""
        name = f"{self.hub}_dump_{len(self._dumps)}"
        self._copy(self.hub, name)
        self._dumps.append(name)
        return name

    def dump_file(self) -> Path:
        """A dump of the shared database by PostgreSQL's own program."""
        file = self._folder / f"dump {next(self._homes)}"
        done = self.cluster.run("pg_dump", "--format=custom", f"--file={file}", self.cluster.url(self.hub))
        assert done.returncode == 0, done.stderr
        return file

    def restore_file(self, file: Path) -> None:
        """Put the shared database back to what is in the file."""
        self._admin("DROP DATABASE {} WITH (FORCE)", self.hub)
        self._admin("CREATE DATABASE {}", self.hub)
        done = self.cluster.run("pg_restore", f"--dbname={self.cluster.url(self.hub)}", file)
        assert done.returncode == 0, done.stderr
        self._was_put_back()

    def restore(self, dump: str) -> None:
        """Put the shared database back to a dump."""
        self._admin("DROP DATABASE {} WITH (FORCE)", self.hub)
        self._copy(dump, self.hub)
        self._was_put_back()

    def _was_put_back(self) -> None:
        for client in self.clients:
            client.cursor = 0
        self.again |= set(self.written)
        self._forget_vanished()

    # --- What must hold ---------------------------------------------------------------------------------------------

    def rest(self) -> None:
        """Let everyone sync until nobody has anything left, and prove it all."""
        for _ in range(_ROUNDS):
            reports = [self.sync(client) for client in self.clients]
            if not any(report.sent or report.received or report.copied for report in reports):
                break
        else:
            raise AssertionError(f"no rest after {_ROUNDS} rounds: {reports}")
        with self._server() as server:
            journal = server_journal(server)
            rows = server_rows(server)
            aside = {id_ for (id_,) in server.execute("SELECT entry::text FROM muster.set_aside")}
            assert_server_sound(server, journal)
        assert_same(rows, folded(journal), "server and fold")
        for client in self.clients:
            assert client.unsent() == []
            with client.database.reading() as connection:
                assert_client_sound(connection)
                assert_same(client_rows(connection), rows, f"{client.name} and server")
        # What was refused before a restore may stand in its review only.
        lacking = list(missing(self.written, journal, aside | self.again, rows))
        assert lacking == [], lacking
        once = {id_: entry for id_, entry in self.written.items() if id_ not in self.again}
        silent = list(untold_forks(once, journal, rows))
        assert silent == [], silent

    def journal(self) -> list[Accepted]:
        """What the shared database has accepted."""
        with self._server() as server:
            return server_journal(server)

    def rows(self, client: Client) -> Rows:
        """What a client's tables hold."""
        with client.database.reading() as connection:
            return client_rows(connection)

    def _saw(self, client: Client) -> None:
        """After each sync, whatever became of it: the client is sound, its cursor did not go back, deeds are whole."""
        with client.database.reading() as connection:
            assert_client_sound(connection)
            cursor = int((local(connection, "cursor") or "0").split()[0])
            sets: dict[str, set[str]] = {}
            for action, entry in connection.exec_driver_sql(_ACCEPTED, (COPY,)):
                sets.setdefault(action, set()).add(entry)
        assert cursor >= client.cursor, f"the cursor of {client.name} went back from {client.cursor} to {cursor}"
        client.cursor = cursor
        whole: dict[str, set[str]] = {}
        for each in self.journal():
            whole.setdefault(each.action, set()).add(each.entry.id)
        for action, ids in sets.items():
            assert whole.get(action, ids) == ids, f"{client.name} has a part of the deed {action}"

    def _note(self, client: Client) -> None:
        """Write down what a client has committed."""
        for entry in client.unsent():
            self.written.setdefault(entry.id, entry)

    def _forget_vanished(self) -> None:
        """After a restore: what nobody has any more cannot be asked for."""
        with self._server() as server:
            there = {each.entry.id for each in server_journal(server)}
            there |= {id_ for (id_,) in server.execute("SELECT entry::text FROM muster.set_aside")}
        there.update(*(client.known() for client in self.clients))
        self.written = {id_: entry for id_, entry in self.written.items() if id_ in there}

    @property
    def _url(self) -> str:
        return self.cluster.url(self.hub, self.login)

    def _home(self, source: Path) -> Path:
        return Path(shutil.copytree(source, self._folder / f"home {next(self._homes)}"))

    def _server(self) -> psycopg.Connection:
        return self.cluster.connect(self.hub)

    def _copy(self, source: str, name: str) -> None:
        for client in self.clients:
            client.faults.disconnect()
        self.disconnect()
        self._admin("CREATE DATABASE {} TEMPLATE {}", name, source)

    def _admin(self, statement: str, *names: str) -> None:
        with self.cluster.connect() as server:
            server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
