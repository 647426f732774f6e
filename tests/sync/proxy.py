"""A network in the middle of a test: passes bytes on, late, not at all, or breaks the connection after so many."""

import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Weather:
    """What becomes of what passes.

    `delay`: seconds that each piece waits. `reset_after`: bytes of answers after which the connection is reset, None
    for never. `silent`: bytes of answers after which nothing comes through any more,
    although nothing is closed (half-open). `closed`: new connections are refused.
    """

    delay: float = 0.0
    reset_after: int | None = None
    silent: int | None = None
    closed: bool = False


FINE = Weather()


class Proxy:
    """Between clients and a server on this machine; `weather` may be changed at any moment."""

    def __init__(self, target: int) -> None:
        """`target`: the server's port. Clients go to `port`."""
        self.weather = FINE
        self.target = target
        self.answered = 0
        #: Set as soon as an answer was swallowed.
        self.swallowed = threading.Event()
        self._links: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._ending = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        # Closing a socket wakes nobody who waits for a connection on every system.
        self._listening.settimeout(0.1)
        self.port = int(self._listening.getsockname()[1])
        self._start(self._accept)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self.cut()
        for thread in self._threads:
            thread.join(10)
        self._listening.close()

    def cut(self) -> None:
        """Reset all connections, as a cable pulled out and put in again does."""
        with self._lock:
            links, self._links = self._links, set()
        for link in links:
            _reset(link)

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._ending.is_set():
            try:
                client, _ = self._listening.accept()
            except TimeoutError:
                continue
            client.settimeout(None)
            if self.weather.closed:
                _reset(client)
                continue
            server = socket.create_connection(("127.0.0.1", self.target))
            with self._lock:
                self._links |= {client, server}
            self._start(self._carry, client, server, False)
            self._start(self._carry, server, client, True)

    def _carry(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        """Carry bytes one way until an end closes. `answers`: from the server to the client."""
        passed = 0
        try:
            while piece := source.recv(16384):
                weather = self.weather
                if weather.delay:
                    time.sleep(weather.delay)
                if answers:
                    passed += len(piece)
                    self.answered += len(piece)
                    if weather.reset_after is not None and passed > weather.reset_after:
                        break
                    if weather.silent is not None and passed > weather.silent:
                        self.swallowed.set()
                        continue
                sink.sendall(piece)
        except OSError:
            pass  # the other way, or `cut`, has ended it
        with self._lock:
            self._links -= {source, sink}
        _reset(sink)
        _reset(source)


def _reset(link: socket.socket) -> None:
    """Close it so that the other end sees a reset, and wake whoever waits on it."""
    try:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        link.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # closed already
    link.close()
