"""One home's side of the shared database: send what waits, fetch what others did, and recover from whatever happened.

Whoever syncs never merges: what waits is sent first, and the shared database decides.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from models.fields.problem import DatabaseError, HubError
from models.journal.entry import Changes
from models.journal.proof import differences
from models.journal.replica import COPY_TITLE, ELSEWHERE, replicating
from models.progress import Progress
from models.rules.rights import may_write
from models.store.database import Database
from models.store.local import DEVICE, HUB, LOGIN, READS, ROLE, local, set_local
from models.store.migrate import HEAD
from models.store.turn import turn
from models.sync.address import Address, keep_address, kept_address
from models.sync.copying import copy_all
from models.sync.leasing import refill
from models.sync.pulling import pull_page
from models.sync.pushing import TOKEN, push_all
from models.sync.state import CURSOR, HEAD_SEEN, LAST_SYNC, SENT_UPTO, cursor
from models.sync.wire import hub_errors

if TYPE_CHECKING:
    import psycopg

    Link = psycopg.Connection[tuple[Any, ...]]

EPOCH = "hub_epoch"
"""Where a home keeps the identity of the shared database that it belongs to."""
#: Positions that are compared with the shared database's at once.
_WINDOW = 20_000
#: What a home knows of its shared database; forgotten when it leaves.
_KEPT = (
    HUB, EPOCH, TOKEN, ROLE, READS, LOGIN, CURSOR, HEAD_SEEN, "highest", SENT_UPTO, "copied_at", "copied_schemas",
    "copy_again", LAST_SYNC, "unknown_fields", "known_schema",
)  # fmt: skip
#: Seconds that a sync waits for another one of the same home, and between two looks at it.
_PATIENCE, _LOOK = 60.0, 0.1
#: Milliseconds by which the time of the last sync may be behind.
_TOLD = 10_000
#: So often somebody may write while this syncs, before the rest waits for the next time.
_ROUNDS = 50


@dataclass(slots=True)
class SyncReport:
    """What a sync did, counted in entries; `copied` rows came by a copy."""

    sent: int = 0
    received: int = 0
    lost: int = 0
    refused: int = 0
    copied: int = 0
    _rows: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _fields: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, changes: Changes) -> None:
        """Take in what a step changed in the tables."""
        for table, rows in changes.rows.items():
            self._rows[table] |= rows
        for table, keys in changes.fields.items():
            self._fields[table] |= keys

    @property
    def changes(self) -> Changes:
        """What became of the tables, for who shows records."""
        return Changes(
            count=self.received + self.copied,
            rows={table: frozenset(rows) for table, rows in self._rows.items()},
            fields={table: frozenset(keys) for table, keys in self._fields.items()},
        )


class SyncClient:
    """Syncs one home over connections that `connect` opens (with `replica=True` to a read replica)."""

    def __init__(self, database: Database, connect: "Callable[..., Link]") -> None:
        self._database = database
        self._connect = connect

    def sync(self, progress: Progress | None = None) -> SyncReport:
        """Exchange everything; a home without records is filled by a copy.

        Raises HubError, DatabaseError, Cancelled; what was exchanged by then stays.
        """
        with hub_errors(self._address()), closing(self._connect()) as link:
            return self.sync_over(link, progress or Progress())

    def sync_over(self, link: "Link", progress: Progress) -> SyncReport:
        """As `sync`, over a connection that stays open."""
        with self._alone(progress):
            return self._exchange(link, progress)

    @contextmanager
    def _alone(self, progress: Progress) -> Iterator[None]:
        """One program at a time syncs a home: else each would make the other's token an old one.

        Raises DatabaseError("database.busy"), Cancelled.
        """
        lock = self._database.home.path / "sync.lock"
        until = time.monotonic() + _PATIENCE
        while True:
            with turn(lock) as mine:
                if mine:
                    yield
                    return
            progress.at(progress.stage, progress.done, progress.total)
            if time.monotonic() > until:
                raise DatabaseError("database.busy", str(self._database.home.path))
            time.sleep(_LOOK)

    def _exchange(self, link: "Link", progress: Progress) -> SyncReport:
        self._project_unknown()
        report = SyncReport()
        hello = self._greet(link)
        for _ in range(_ROUNDS):
            pushed = push_all(link, self._database, progress)
            report.sent += pushed.sent
            report.lost += pushed.lost
            report.refused += pushed.refused
            for changes in pushed.changes:
                report.add(changes)
            head = max(int(hello["position"]), pushed.position)
            if not self._fetch(link, head, int(hello["floor"]), report, progress):
                continue
            if not refill(link, self._database):
                break
            hello = self._ask(link)
        self._note_time()
        return report

    def _note_time(self) -> None:
        """When all was exchanged last, to some seconds: each commit waits for the disk."""
        now = time.time_ns() // 1_000_000
        with self._database.reading() as connection:
            last = int(local(connection, LAST_SYNC) or 0)
        if not last <= now < last + _TOLD:
            with self._database.writing() as connection:
                set_local(connection, LAST_SYNC, str(now))

    def forget(self) -> None:
        """This home is connected to no shared database any more; its records stay, as its own."""
        with self._database.writing() as connection:
            keep_address(connection, None)
            connection.exec_driver_sql("DELETE FROM local WHERE key = ?", [(key,) for key in _KEPT])
        self._database.forget_catalogue()

    # Who is there

    def _ask(self, link: "Link") -> dict[str, Any]:
        with self._database.reading() as connection:
            place, entry = cursor(connection)
            device = local(connection, DEVICE)
        with hub_errors():
            found = link.execute("SELECT muster.hello(%s, %s, %s), session_user", (device, place, entry)).fetchone()
        if found is None:
            raise HubError("hub.unreachable")
        return {**found[0], "login": found[1]}

    def _greet(self, link: "Link") -> dict[str, Any]:
        """Learn where the shared database stands, and bring the home in line with it. Raises HubError."""
        hello = self._ask(link)
        if hello["schema"] < HEAD:
            raise HubError("hub.older", hello["schema"])
        with self._database.reading() as connection:
            epoch = local(connection, EPOCH)
            place, entry = cursor(connection)
            highest = int(local(connection, "highest") or 0)
            seen = max(place, int(local(connection, HEAD_SEEN) or 0))
        if epoch and epoch != hello["epoch"]:
            raise HubError("hub.other", str(self._address() or ""))
        self._remember(hello, first=not epoch)
        confirmed = seen <= hello["position"] and (hello["confirmed"] or not entry)
        if confirmed and place < highest < ELSEWHERE:
            confirmed = self._confirms_highest(link, highest)
        if not confirmed:
            self._rewind(link, hello["role"])
        return hello

    def _remember(self, hello: dict[str, Any], *, first: bool) -> None:
        reads = " ".join(hello["reads"])
        with self._database.reading() as connection:
            known = {key: local(connection, key) for key in (EPOCH, ROLE, READS, LOGIN)}
            copied = (local(connection, "copied_schemas") or "").split()
        now = {EPOCH: hello["epoch"], ROLE: hello["role"], READS: reads, LOGIN: hello["login"]}
        # What one may see has changed, or a copy left out what this program did not know then.
        again = known[READS] is not None and known[READS] != reads
        again = again or (len(copied) == 2 and copied[0] < copied[1] and copied[0] < HEAD)
        if known == now and not again and not first:
            return
        with self._database.writing() as connection:
            for key, value in now.items():
                set_local(connection, key, value)
            if again:
                set_local(connection, "copy_again", "yes")
            if first and not connection.exec_driver_sql("SELECT count(*) FROM entry").scalar_one():
                set_local(connection, "copy_again", "yes")
        self._database.forget_catalogue()

    def _address(self) -> Address | None:
        with self._database.reading() as connection:
            return kept_address(connection)

    # A shared database that was put back to an earlier state

    def _confirms_highest(self, link: "Link", highest: int) -> bool:
        with self._database.reading() as connection:
            sql = "SELECT id FROM entry WHERE position = ?"
            entry = connection.exec_driver_sql(sql, (highest,)).scalar_one_or_none()
        return entry is None or self._confirm(link, [highest], [entry]) == highest

    def _confirm(self, link: "Link", places: list[int], ids: list[str]) -> int:
        with hub_errors():
            found = link.execute("SELECT muster.confirm(%s::bigint[], %s::uuid[])", (places, ids)).fetchone()
        return int(found[0]) if found else 0

    def _rewind(self, link: "Link", role: str) -> None:
        """Find up to where both journals are the same; what is here beyond that is sent again."""
        sql = (
            "SELECT e.position, e.id FROM entry e JOIN action a ON a.nr = e.action "
            "WHERE e.position < ? AND a.title <> ? ORDER BY e.position DESC LIMIT ?"
        )
        below, same = ELSEWHERE, 0
        with self._database.reading() as connection:
            copied_at = int(local(connection, "copied_at") or 0)
            while rows := connection.exec_driver_sql(sql, (below, COPY_TITLE, _WINDOW)).all():
                places, ids = [row[0] for row in reversed(rows)], [row[1] for row in reversed(rows)]
                same = self._confirm(link, places, ids)
                if same:
                    break
                below = places[0]
        with replicating(self._database) as replica:
            replica.rewind(same, lambda table: may_write(role, table))
            set_local(replica.connection, HEAD_SEEN, str(same))
            if copied_at > same:
                set_local(replica.connection, "copy_again", "yes")

    # What others did

    def _fetch(self, link: "Link", head: int, floor: int, report: SyncReport, progress: Progress) -> bool:
        """Copy or pull all up to `head`; False where something waits to be sent first."""
        with self._database.reading() as connection:
            again = local(connection, "copy_again") == "yes" or cursor(connection)[0] < floor
        if again:
            copied = self._copy(link, progress)
            if copied is None:
                return False
            report.copied += copied.count
            report.add(copied)
        while True:
            with self._database.reading() as connection:
                if cursor(connection)[0] >= head:
                    return True
            changes = pull_page(link, self._database, progress, head)
            if changes is None:
                return False
            report.received += changes.count
            report.add(changes)

    def _copy(self, link: "Link", progress: Progress) -> Changes | None:
        address = self._address()
        if address is None or not address.replica:
            return copy_all(link, self._database, progress)
        with closing(self._connect(replica=True)) as other:
            return copy_all(other, self._database, progress)

    def _project_unknown(self) -> None:
        """Once this program is newer: what it did not know when it came stands in the journal, and is projected."""
        with self._database.reading() as connection:
            if local(connection, "unknown_fields") != "yes" or local(connection, "known_schema") == HEAD:
                return
            differing = [(each.table, each.row) for each in differences(connection)]
        with replicating(self._database) as replica:
            replica.refold(differing)
            set_local(replica.connection, "known_schema", HEAD)
