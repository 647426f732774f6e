"""Questions to the shared database that somebody waits for: one at a time, off the window's thread and its readers."""

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from models.fields.problem import KnownError

if TYPE_CHECKING:
    import psycopg

    Hub = psycopg.Connection[tuple[Any, ...]]

Question = Callable[["Hub"], Any]
Answer = Callable[[Any], None]


class HubAsker(QObject):
    """While one question is under way the next one waits, and of those that wait only the latest is asked.

    A server that does not answer so blocks nobody but who asked it.
    """

    broke = Signal(object)
    _answered = Signal(object)

    def __init__(self, connect: "Callable[[], Hub]", parent: QObject) -> None:
        super().__init__(parent)
        self._connect = connect
        self._waiting: tuple[Question, Answer, Answer, QObject] | None = None
        self._busy = False
        self._closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(self, question: Question, done: Answer, failed: Callable[[KnownError], None], *, owner: QObject) -> None:
        """Ask it; `done` gets the answer, or `failed` why there is none, unless `owner` is gone by then."""
        self._waiting = question, done, failed, owner
        if not self._busy:
            self._next()

    def close(self) -> None:
        """Deliver no more answers; a question that is under way ends by itself."""
        self._closed, self._waiting = True, None

    def _next(self) -> None:
        asked, self._waiting = self._waiting, None
        self._busy = asked is not None and not self._closed
        if asked is None or self._closed:
            return
        question, done, failed, owner = asked

        def run() -> None:
            try:
                with self._connect() as hub:
                    reply = partial(done, question(hub))
            except KnownError as error:
                reply = partial(failed, error)
            except BaseException as error:  # noqa: BLE001 (the window's thread reports it)
                reply = partial(self.broke.emit, error)
            if not self._closed:
                self._answered.emit((reply, owner))

        threading.Thread(target=run, name="ask", daemon=True).start()

    def _deliver(self, answered: tuple[Callable[[], None], QObject]) -> None:
        reply, owner = answered
        if not self._closed and shiboken6.isValid(owner):
            reply()
        self._next()
