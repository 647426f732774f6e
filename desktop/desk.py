"""What every page is given: the database to read, the one way to write, the look, and notice of what changed."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from sqlalchemy import Connection

from desktop.jobs import Job, Jobs, Task
from desktop.labels import LabelCache
from desktop.memory import Memory
from desktop.phrases import say
from desktop.printing.service import PrintService
from desktop.scanning.router import ScanRouter
from desktop.sharing.service import SharingService
from desktop.tagbook import TagLedger
from desktop.theme import Look
from models.fields.problem import KnownError, Problem
from models.journal.entry import Changes
from models.journal.writer import Journal
from models.progress import Cancelled
from models.rules.rights import may_write_any, role_label
from models.schema.catalogue import Catalogue
from models.schema.records import TABLES
from models.settings import Settings, localised
from models.store.database import Database
from models.store.driver import driver
from models.store.local import home_role

T = TypeVar("T")


class Desk(QObject):
    """The things that pages share. `app` makes it; nobody reaches through it to another page.

    `changed` carries the `Changes` of each deed, on the window's thread, after it was committed: each view asks
    whether that concerns it. `deed` follows it for deeds of this person, for the toast. `said` is a
    sentence to show; `offer` a sentence, the word on a button, and what that calls. `role_changed`: the shared
    database gives this person another role, or the home was connected or disconnected.
    """

    changed = Signal(object)
    deed = Signal(object)
    said = Signal(str)
    offer = Signal(str, str, object)
    role_changed = Signal()

    def __init__(self, database: Database, settings: Settings, jobs: Jobs, look: Look, memory: Memory) -> None:
        super().__init__()
        self.database = database
        self.settings = settings
        self.jobs = jobs
        self.look = look
        self.memory = memory
        self.labels = LabelCache()
        self.scans = ScanRouter(self)
        self.tags = TagLedger(self)
        self.printing = PrintService(self)
        self.sharing = SharingService(self)
        self._local: tuple[Catalogue, Catalogue] | None = None
        self._role: tuple[str | None] | None = None

    @property
    def role(self) -> str | None:
        """The person's role in the shared database; None where the home is connected to none."""
        if self._role is None:
            with self.database.reading() as connection:
                self._role = (home_role(connection),)
        return self._role[0]

    def may(self, *tables: str) -> bool:
        """Whether the person's role may change records of one of these tables; of any at all where none is named.

        What this refuses the window does not offer: commands, buttons and editors all ask here.
        """
        return may_write_any(self.role, tables or TABLES)

    def refuse(self) -> None:
        """Say that the role does not do what was asked for."""
        self.tell(Problem("hub.only-looks", details={"role": role_label(self.role)}))

    @property
    def catalogue(self) -> Catalogue:
        """The fields as they are now, custom ones included, and as people here write them (`localised`).

        All that the window reads and shows goes through it: forms, cells, paste, filters, search. So a day that is
        typed means the same in each.
        """
        plain, local = self.database.catalogue(), self._local
        if local is None or local[0] is not plain:
            local = self._local = plain, plain.with_kinds(lambda kind: localised(kind, self.settings))
        return local[1]

    def look_again(self) -> None:
        """Anything may be different now: another process wrote, a backup was restored, the settings have changed."""
        known, self._local, self._role = self._role, None, None
        if known is not None and known[0] != self.role:
            self.database.forget_catalogue()
            self.role_changed.emit()
        self.announce(Changes(rows=dict.fromkeys(TABLES, frozenset())))

    def read(
        self,
        work: Callable[[Connection, Task], T],
        done: Callable[[T], None],
        *,
        owner: QObject,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Run a question to the database off the window's thread. Cancelling the job stops its query."""

        def run(task: Task) -> T:
            with self.database.reading() as connection, task.holding(driver(connection)):
                return work(connection, task)

        return self.jobs.read(run, done, owner=owner, failed=failed)

    def write(
        self,
        title: str,
        work: Callable[[Journal, Task], Changes],
        done: Callable[[Changes], None] | None = None,
        *,
        owner: QObject,
        failed: Callable[[BaseException], None] | None = None,
        quiet: bool = False,
    ) -> Job:
        """Do a deed through the journal, after those asked for before; every view then hears of it.

        `quiet`: no toast offers to undo it (an undo says more itself).
        """

        def run(task: Task) -> Changes:
            return work(Journal(self.database, self.settings.author, self.sharing.fetch), task)

        def finished(changes: Changes) -> None:
            if done is not None:
                done(changes)
            self.announce(changes)
            if changes.count and not quiet:
                self.deed.emit(changes)

        return self.jobs.write(title, run, finished, owner=owner, failed=failed)

    def announce(self, changes: Changes) -> None:
        """Tell every view what changed."""
        self.labels.forget(changes.rows)
        if changes.touches("custom_field"):
            self.database.forget_catalogue()
        self.changed.emit(changes)

    def fail(self, error: BaseException) -> None:
        """Say an error that is not ours; report one that is."""
        if isinstance(error, KnownError):
            self.tell(error.problem)
        elif not isinstance(error, Cancelled):
            self.jobs.broke.emit(error)

    def tell(self, problem: Problem) -> None:
        """Say a problem to the person, in the window's toast."""
        self.said.emit(say(problem))
