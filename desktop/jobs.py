"""Work off the window's thread: one writer, a few readers; progress, cancel, and replies on the window's thread.

A worker never touches a widget. It is given a `Task` (a `Progress` that can also hold a database connection);
its result is delivered to `done` on the window's thread. An owner that is gone by then gets no reply.
"""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from models.fields.problem import KnownError
from models.progress import Cancelled, Progress

T = TypeVar("T")
POLL = 100
"""Progress is looked at each so many milliseconds."""


class Task(Progress):
    """What a worker is given: its progress, and a place to hold a connection, whose query cancelling stops."""

    __slots__ = ("_held", "_lock")

    def __init__(self) -> None:
        super().__init__()
        self._held: sqlite3.Connection | None = None
        self._lock = Lock()

    @contextmanager
    def holding(self, connection: sqlite3.Connection) -> Iterator[None]:
        """While inside, `cancel` interrupts what the connection runs; never afterwards, when others have it."""
        with self._lock:
            self._held = connection
        try:
            self.at(self.stage)  # may have been cancelled before it could be interrupted
            yield
        except Exception as error:
            # An interrupted query ends in an error of its own; the person asked for the end, not for the error.
            if self.cancelled and not isinstance(error, Cancelled):
                raise Cancelled(self.stage) from error
            raise
        finally:
            with self._lock:
                self._held = None

    def cancel(self) -> None:
        """Ask the work to stop, and stop the query that it runs."""
        super().cancel()
        with self._lock:
            if self._held is not None:
                self._held.interrupt()


class Job(QObject):
    """One piece of work under way. `progressed` is sent on the window's thread, at most each `POLL` ms."""

    progressed = Signal()
    ended = Signal()

    def __init__(self, parent: QObject, title: str) -> None:
        super().__init__(parent)
        self.title = title
        self.task = Task()

    def cancel(self) -> None:
        """Ask the work to stop; nothing is left half done."""
        self.task.cancel()


class Jobs(QObject):
    """The workers. `begun` and `finished` carry the `Job` of work that has a title, for whoever shows progress.

    `told` carries a `Problem` to say to the person, `broke` an exception that is our own fault; both only
    when the one who asked for the work gave no handler of their own.
    """

    begun = Signal(object)
    finished = Signal(object)
    told = Signal(object)
    broke = Signal(object)
    _reply = Signal(object)

    def __init__(self, parent: QObject | None = None, readers: int = 3) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="reader")
        self._reply.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._under_way: list[Job] = []
        self._closed = False
        self._poll = QTimer(self)
        self._poll.setInterval(POLL)
        self._poll.timeout.connect(self._look)

    def read(
        self,
        work: Callable[[Task], T],
        done: Callable[[T], None],
        *,
        owner: QObject,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Run `work` on a reader; `done` gets its result unless `owner` is gone or the job was cancelled."""
        return self._start(self._readers, "", work, done, owner, failed)

    def write(
        self,
        title: str,
        work: Callable[[Task], T],
        done: Callable[[T], None],
        *,
        owner: QObject,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Run `work` on the one writer, after what was asked for before. `title` is what people read of it."""
        job = self._start(self._writer, title, work, done, owner, failed)
        self.begun.emit(job)
        return job

    def work(
        self,
        title: str,
        work: Callable[[Task], T],
        done: Callable[[T], None],
        *,
        owner: QObject,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Run long work that writes no records on a reader, with its progress shown (an export)."""
        job = self._start(self._readers, title, work, done, owner, failed)
        self.begun.emit(job)
        return job

    @property
    def writing(self) -> bool:
        """Whether something is being written."""
        return any(job.title for job in self._under_way)

    @property
    def busy(self) -> bool:
        """Whether anything at all is under way."""
        return bool(self._under_way)

    def close(self) -> None:
        """Cancel the readers, let the writer end what it has begun, and deliver no more replies."""
        self._closed = True
        for job in self._under_way:
            job.cancel()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True, cancel_futures=True)
        self._poll.stop()

    def _start(
        self,
        pool: ThreadPoolExecutor,
        title: str,
        work: Callable[[Task], T],
        done: Callable[[T], None],
        owner: QObject,
        failed: Callable[[BaseException], None] | None,
    ) -> Job:
        job = Job(self, title)
        self._under_way.append(job)
        self._poll.start()

        def run() -> None:
            try:
                job.task.at("")  # may have been cancelled while it waited
                result: Any = work(job.task)
                error = None
            except BaseException as raised:  # noqa: BLE001 (the window's thread tells or reports it)
                result, error = None, raised
            if not self._closed:
                self._reply.emit(lambda: self._end(job, result, error, done, owner, failed))

        pool.submit(run)
        return job

    def _deliver(self, reply: Callable[[], None]) -> None:
        reply()

    def _end(
        self,
        job: Job,
        result: Any,
        error: BaseException | None,
        done: Callable[[Any], None],
        owner: QObject,
        failed: Callable[[BaseException], None] | None,
    ) -> None:
        self._under_way.remove(job)
        if not self._under_way:
            self._poll.stop()
        if job.title:
            self.finished.emit(job)
        job.ended.emit()
        job.deleteLater()
        alive = shiboken6.isValid(owner)
        if error is None:
            if alive and (job.title or not job.task.cancelled):
                done(result)
        elif alive and failed is not None:
            failed(error)
        elif isinstance(error, KnownError):
            self.told.emit(error.problem)
        elif not isinstance(error, Cancelled):
            self.broke.emit(error)

    def _look(self) -> None:
        for job in self._under_way:
            job.progressed.emit()
