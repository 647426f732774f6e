"""One window for one home: a second start brings the first window forward and ends."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT = 1000
"""Milliseconds to wait for the first window to answer."""


class SingleInstance(QObject):
    """Holds the lock of a home. `summoned` is sent when another start asks for the window."""

    summoned = Signal()

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The path itself may be too long for the name of a socket.
        self._name = "muster-" + hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:24]
        home.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(home / "window.lock"))
        self._lock.setStaleLockTime(0)  # held as long as the window lives; a dead holder is found by its process
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def claim(self) -> bool:
        """Whether this is the first. If not, the first has been asked to come forward."""
        if not self._lock.tryLock(0):
            self._summon()
            return False
        QLocalServer.removeServer(self._name)  # left behind by one that was killed
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Let another start be the first."""
        self._server.close()
        self._lock.unlock()

    def _summon(self) -> None:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_WAIT):
            socket.disconnectFromServer()

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.deleteLater()
            self.summoned.emit()
