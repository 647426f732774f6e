"""The print queue beside the window: a thread that prints what is due, and what the window hears of it."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.phrases import count, say
from models.journal.entry import Changes
from models.progress import Cancelled, Progress

if TYPE_CHECKING:
    from desktop.desk import Desk
    from models.printers.queue import Added, PrintQueue, Worked
    from models.printers.request import PrintRequest, QueuedJob

_SOON = 0.2
"""Seconds between two looks at the least, however soon something is due."""
_LONGEST = 3600.0
_AFTER_ERROR = 30_000
"""Milliseconds until the queue is looked at again after an error: another program may have held the database."""
_HELD = "held"
_TOLD = (_HELD, "waiting")


class PrintService(QObject):
    """`desk.printing`. What is asked of it happens off the window's thread; `changed` says that the queue is another.

    `looked_for` says that the person wants to see the queue.
    """

    changed = Signal()
    looked_for = Signal()
    _worked = Signal(object)
    _broke = Signal(object)
    _told = Signal()

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._progress = Progress()
        self._thread: threading.Thread | None = None
        self._again = False
        self._closed = False
        self._said: dict[int, object] = {}
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.timeout.connect(self.resume)
        for signal, take in ((self._worked, self._take_worked), (self._broke, self._take_error)):
            signal.connect(take, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._take_step, Qt.ConnectionType.QueuedConnection)

    @property
    def queue(self) -> "PrintQueue":
        """The queue as this person uses it, for any thread."""
        # What prints is loaded when something is printed, not when the window starts.
        from desktop.printing.painting import QtPainting
        from models.printers.queue import PrintQueue

        desk = self._desk
        return PrintQueue(desk.database, desk.settings, desk.settings.author, QtPainting(), told=self._told.emit)

    def ask(
        self,
        printer: str,
        request: "PrintRequest",
        done: "Callable[[Added], None]",
        *,
        owner: QObject | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Lay labels out and put them into the queue; they are printed at once where the printer can.

        `printer` is as in `PrintQueue.add`. `done` gets what became of it, on the window's thread.
        """

        def added(what: "Added") -> None:
            done(what)
            self.changed.emit()
            self.resume()

        self._desk.jobs.work(
            f"Prepare {count(len(request.records) * request.copies, 'label')}",
            lambda task: self.queue.add(printer, request, task),
            added,
            owner=owner or self,
            failed=failed,
        )

    def jobs(self, done: "Callable[[list[QueuedJob]], None]", *, owner: QObject | None = None) -> None:
        """Read the jobs of the queue, those added last first; none once the service is closed."""
        if self._closed:
            return
        self._desk.jobs.read(lambda _task: self.queue.jobs(), done, owner=owner or self)

    def retry(self, job: int) -> None:
        """Try a waiting job again now."""
        self._do(lambda: self.queue.retry(job))

    def cancel(self, job: int) -> None:
        """Send no more of a job."""
        self._do(lambda: self.queue.cancel(job))

    def settle(self, job: int, came_out: bool) -> None:
        """The person has looked whether the label that nobody was sure of came out."""
        self._do(lambda: self.queue.settle(job, came_out=came_out))

    def resume(self) -> None:
        """Print what is due, now or after what is being printed."""
        if self._closed:
            return
        if self._thread is not None:
            self._again = True
            return
        self._due.stop()
        self._again = False
        self._thread = threading.Thread(target=self._work, name="printing", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Print no more; a label that is on its way is waited for."""
        self._closed = True
        self._due.stop()
        self._progress.cancel()
        self._end_thread()

    def _work(self) -> None:
        try:
            self._worked.emit(self.queue.work(self._progress))
        except Cancelled:
            pass
        except BaseException as error:  # noqa: BLE001 (the window's thread tells or reports it)
            self._broke.emit(error)

    def _do(self, deed: Callable[[], Sequence[Changes] | None]) -> None:
        def done(changes: Sequence[Changes] | None) -> None:
            for each in changes or ():
                self._desk.announce(each)
            self.changed.emit()
            self.resume()

        self._desk.jobs.read(lambda _task: deed(), done, owner=self)

    def _take_worked(self, worked: "Worked") -> None:
        self._end_thread()
        if self._closed:
            return
        for changes in worked.changes:
            self._desk.announce(changes)
        self.changed.emit()
        self.jobs(self._tell)
        if self._again:
            self.resume()
        elif worked.due is not None:
            self._due.start(round(min(max(worked.due - time.time(), _SOON), _LONGEST) * 1000))

    def _take_error(self, error: BaseException) -> None:
        self._end_thread()
        if not self._closed:
            self._desk.fail(error)
            self.changed.emit()
            self._due.start(_AFTER_ERROR)

    def _take_step(self) -> None:
        if not self._closed:
            self.changed.emit()

    def _end_thread(self) -> None:
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _tell(self, jobs: "list[QueuedJob]") -> None:
        """Say once why a job waits or is held."""
        said: dict[int, object] = {}
        for job in jobs:
            if job.problem is None or job.state.value not in _TOLD:
                continue
            said[job.id] = (job.state, job.problem)
            if self._said.get(job.id) == said[job.id]:
                continue
            sentence = say(job.problem)
            if job.state.value == _HELD:
                sentence += " Look whether the label came out."
            self._desk.offer.emit(sentence, "Print queue", self.looked_for.emit)
        self._said = said
