"""The sync beside the window: when it is wanted, how it stands, and what the window hears of it."""

import dataclasses
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.phrases import say
from desktop.sharing.standing import Standing, Sync, state_of
from models.fields.problem import HubError, KnownError
from models.journal.entry import Changes
from models.progress import Cancelled, Progress
from models.store.local import HUB, home_role, local

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import Connection

    from desktop.desk import Desk
    from desktop.sharing.asking import HubAsker
    from desktop.sharing.line import Line
    from desktop.sharing.thread import Outcome, SyncThread
    from models.sync.client import SyncReport
    from models.sync.state import SyncState

_TICK = 5_000
"""Milliseconds between two looks at the clock."""
_SLEPT = 30.0
"""A tick that comes so many seconds late: the computer slept meanwhile."""
_PATIENCE = 1.0
"""Seconds that the window waits for the sync when it closes."""


class SharingService(QObject):
    """`desk.sharing`. It syncs on a thread of its own; `stood` says that `standing` is another.

    `copied`: all records were copied anew, so that what is on the screen may be others under the same numbers.

    While the home is connected to no shared database there is no thread, no timer, and nothing of the sync is loaded.
    """

    stood = Signal()
    copied = Signal()
    _told = Signal(object)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self.standing = Standing()
        self._thread: SyncThread[SyncReport] | None = None
        self._line: Line | None = None
        self._asker: HubAsker | None = None
        self._closed = False
        self._held = 0
        self._announcing = False
        self._password: str | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK)
        self._clock.timeout.connect(self._tick)
        self._ticked = 0.0
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)
        desk.changed.connect(self._hear)

    @property
    def connected(self) -> bool:
        """Whether the home is connected to a shared database, as far as is known yet."""
        return self.standing.sync is not Sync.ALONE

    def look(self) -> None:
        """Ask how the home stands, and begin or end to sync: at the start, after connecting, after disconnecting."""
        if not self._closed:
            self._desk.read(lambda connection, _task: _state(connection), self._know, owner=self)

    def sync_now(self) -> None:
        """Sync at once; what comes of it is said."""
        if self._thread is not None:
            self._thread.now(asked=True)

    def sign_on(self, password: str | None) -> None:
        """Use this password until the program ends, where the system keeps none; and try again at once."""
        self._password = password
        if self._line is not None:
            self._line.use_password(password)
        self.sync_now()

    def ask(
        self,
        question: "Callable[[psycopg.Connection[tuple[Any, ...]]], Any]",
        done: Callable[[Any], None],
        failed: Callable[[KnownError], None],
        *,
        owner: QObject,
    ) -> None:
        """Ask the shared database something that somebody waits for; see `HubAsker`."""
        if self._asker is None:
            from desktop.sharing.asking import HubAsker

            self._asker = HubAsker(self._open, self)
            self._asker.broke.connect(self._desk.fail)
        self._asker.ask(question, done, failed, owner=owner)

    def fetch(self) -> None:
        """Sync on the thread that calls and waits: for what only the shared database gives. Raises HubError."""
        from desktop.sharing.thread import Outcome
        from models.sync.client import SyncClient

        self._told.emit(Outcome(SyncClient(self._desk.database, lambda **_where: self._open()).sync()))

    @contextmanager
    def paused(self) -> Iterator[None]:
        """While inside nothing is synced: the home is being connected, disconnected, or its records are replaced."""
        self._held += 1
        self._end()
        try:
            yield
        finally:
            self._held -= 1
            self.look()

    def close(self) -> None:
        """End what is under way and begin nothing any more."""
        self._closed = True
        if self._asker is not None:
            self._asker.close()
        self._end()

    # The thread

    def _open(self) -> "psycopg.Connection[tuple[Any, ...]]":
        from desktop.sharing.line import Line

        line = Line(self._desk.database)
        line.use_password(self._password)
        return line.open()

    def _begin(self) -> None:
        from desktop.sharing.line import Line
        from desktop.sharing.thread import SyncThread

        self._line = line = Line(self._desk.database)
        line.use_password(self._password)
        self._thread = SyncThread(self._work(line), self._told.emit, _lasting)
        self._thread.start()
        self._ticked = time.time()
        self._clock.start()
        self._watch_network()

    def _work(self, line: "Line") -> "Callable[[Progress], SyncReport]":
        database = self._desk.database

        def work(progress: Progress) -> "SyncReport":
            from models.sync.client import SyncClient

            client = SyncClient(database, line.open)
            kept = line.keeps
            try:
                with line.held() as link:
                    return client.sync_over(link, progress)
            except HubError as error:
                if not kept or error.problem.code != "hub.cut":
                    raise
            with line.held() as link:  # what was kept had come to its end meanwhile
                return client.sync_over(link, progress)

        return work

    def _end(self) -> None:
        thread, line = self._thread, self._line
        self._thread = self._line = None
        self._clock.stop()
        if thread is None or line is None:
            return
        thread.stop()
        line.cut()
        # One that has not found its server yet touches no records any more; it ends by itself.
        thread.ended(_PATIENCE)

    def _start_afresh(self) -> None:
        """Sync at once, over a new connection."""
        if self._thread is not None and self._line is not None:
            self._line.let_go()
            self._thread.now()

    def _watch_network(self) -> None:
        """A network that comes back is a reason to try, where the system tells of it."""
        from PySide6.QtNetwork import QNetworkInformation

        feature = QNetworkInformation.Feature.Reachability
        if QNetworkInformation.instance() is None and QNetworkInformation.loadBackendByFeatures(feature):
            QNetworkInformation.instance().reachabilityChanged.connect(self._network_changed)

    def _network_changed(self) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        gone = QNetworkInformation.Reachability.Disconnected
        if self._thread is not None and QNetworkInformation.instance().reachability() is not gone:
            self._start_afresh()

    # What the window's thread hears

    def _hear(self, changes: Changes) -> None:
        """Something was changed here, or by another process of this home."""
        if self._closed or self._announcing:
            return
        if self._thread is not None:
            self._thread.changed()
            self.look()
        elif not changes.action:  # anything may be different: connected, too
            self.look()

    def _tick(self) -> None:
        """The words tell minutes; and a clock that jumped says that the computer slept."""
        now = time.time()
        if self._thread is not None and now - self._ticked > _SLEPT:
            self._start_afresh()
        self._ticked = now
        self.stood.emit()

    def _take(self, outcome: "Outcome[SyncReport]") -> None:
        """A sync has ended."""
        if self._closed or self._thread is None:
            return
        error = outcome.error
        if isinstance(error, KnownError):
            self._failed(error)
        elif error is not None and not isinstance(error, Cancelled):
            self._desk.fail(error)
        elif error is None:
            self.standing = dataclasses.replace(self.standing, since=None, trouble=None)
        if outcome.made is not None:
            self._announce(outcome.made)
        self.look()
        if outcome.asked:
            self._say_outcome(error)

    def _failed(self, error: KnownError) -> None:
        since = self.standing.since or time.time()
        if error.problem.code != "database.busy":  # another program writes; the next try will do
            self.standing = dataclasses.replace(self.standing, since=since, trouble=error.problem)

    def _announce(self, report: "SyncReport") -> None:
        """Views show what came; that is no change of this home's own, and no reason to sync again."""
        self._announcing = True
        try:
            if report.copied:
                self.copied.emit()
                self._desk.look_again()
            elif report.changes.rows:
                self._desk.announce(report.changes)
        finally:
            self._announcing = False

    def _say_outcome(self, error: BaseException | None) -> None:
        if isinstance(error, KnownError):
            self._desk.said.emit(say(error.problem))
        elif error is None:
            self._desk.said.emit("Synced: all is sent, and what others did is here.")

    def _know(self, known: "tuple[SyncState | None, str | None]") -> None:
        """The home stands so, and gives the person that role. What a sync failed by is known here, not in the home."""
        if self._closed:
            return
        (state, role), before = known, self.standing
        self.standing = _standing(state, before) if state is not None else Standing()
        if role != self._desk.role:
            self._desk.look_again()
        wanted = self.connected and not self._held
        if wanted and self._thread is None:
            self._begin()
        elif not wanted and self._thread is not None:
            self._end()
        self.stood.emit()


def _state(connection: "Connection") -> "tuple[SyncState | None, str | None]":
    """How the home stands, and the role; for a reader's thread. A home of its own loads nothing for it."""
    role = home_role(connection)
    if not local(connection, HUB):
        return None, role
    from models.sync.state import sync_state

    return sync_state(connection), role


def _standing(state: "SyncState", before: Standing) -> Standing:
    """What the home knows, and what the last sync failed by."""
    return Standing(
        state.address.database,
        state.login,
        state.role,
        state.unsent,
        state.open_reviews,
        state.last_sync / 1000 if state.last_sync is not None else None,
        before.since,
        before.trouble,
    )


def _lasting(error: KnownError) -> bool:
    return state_of(error.problem) is not Sync.OFFLINE
