"""The connection of the window's sync to the shared database: opened with what this home knows, cut when it must end.

psycopg and keyring are loaded when it is opened, on the thread of the sync.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from models.fields.problem import HubError
from models.progress import Cancelled
from models.store.database import Database
from models.sync.address import Address, kept_address

if TYPE_CHECKING:
    import psycopg


class Line:
    """Opens connections, the last of which can be cut from another thread.

    The connection of a sync stays open for the next one: signing on costs the server more than a sync does.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._password: str | None = None
        self._open: psycopg.Connection[tuple[Any, ...]] | None = None
        self._kept: psycopg.Connection[tuple[Any, ...]] | None = None
        self._kept_at: Address | None = None
        self._closed = False

    def use_password(self, password: str | None) -> None:
        """Sign on with this password from now on, until the end of the program; None: with that of the keyring."""
        self._password = password

    def open(self, *, replica: bool = False) -> "psycopg.Connection[tuple[Any, ...]]":
        """A connection to the shared database of this home. Raises HubError, Cancelled once the line is closed."""
        from models.sync.passwords import kept_password
        from models.sync.wire import connect

        address = self._kept_at = self._address()
        if address is None:
            raise HubError("hub.not-connected")
        password = self._password
        if password is None and address.login:
            password = kept_password(address)
        made = connect(address, password, replica=replica)
        with self._lock:
            if self._closed:
                made.close()
                raise Cancelled
            self._open = made
        return made

    def _address(self) -> Address | None:
        with self._database.reading() as connection:
            return kept_address(connection)

    @contextlib.contextmanager
    def held(self) -> "Iterator[psycopg.Connection[tuple[Any, ...]]]":
        """The connection of the last time, else a new one. It is kept for the next time unless something fails."""
        with self._lock:
            kept, self._kept = self._kept, None
        if kept is not None and (kept.closed or self._address() != self._kept_at):
            kept.close()
            kept = None
        link = kept if kept is not None else self.open()
        try:
            yield link
        except BaseException:
            link.close()
            raise
        with self._lock:
            self._kept = None if self._closed else link
        if self._closed:
            link.close()

    @property
    def keeps(self) -> bool:
        """Whether the next time begins with a connection of the last time, which may be of no use by then."""
        return self._kept is not None

    def let_go(self) -> None:
        """Close what is kept: after a sleep, or on another network, nobody is at its other end."""
        with self._lock:
            kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()

    def cut(self) -> None:
        """Open no more, and end what waits for the network on the connection that is open."""
        with self._lock:
            self._closed = True
            made = self._open
        self.let_go()
        if made is None or made.closed:
            return
        import psycopg

        # Closing it here would pull it from under the thread that waits on it; the socket's end wakes that thread.
        with contextlib.suppress(OSError, psycopg.Error):  # closed by its own thread by now
            wire = socket.socket(fileno=made.fileno())
            try:
                wire.shutdown(socket.SHUT_RDWR)
            finally:
                wire.detach()
