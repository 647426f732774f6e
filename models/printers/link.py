"""A connection to a printer in the network, with a time-out on each step."""

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from models.fields.problem import KnownError
from models.printers.address import Tcp
from models.printers.status import LONGEST

_END = b"\x03"
_PARTS = 64


@dataclass(frozen=True, slots=True)
class Patience:
    """How long each step may take, in seconds: to connect, to take a part of a label, to answer or close."""

    connect: float = 5.0
    send: float = 20.0
    answer: float = 5.0


class Link:
    """A TCP connection. What goes wrong is raised as KnownError with the printer's name."""

    def __init__(self, address: Tcp, name: str, patience: Patience) -> None:
        self._address = address
        self._name = name
        self._patience = patience
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Connect, unless that is so. Raises KnownError("printer.unreachable")."""
        if self._socket is not None:
            return
        address = (self._address.host, self._address.port)
        try:
            connected = socket.create_connection(address, self._patience.connect)
            # A question goes out at once, not when the printer has acknowledged the label before it.
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or "it does not answer"
            raise KnownError("printer.unreachable", self._name, address=self._address.host, reason=reason) from error
        self._socket = connected

    def send(self, data: bytes) -> None:
        """Hand over all of it. Raises KnownError("printer.broke-off"): at least its last byte was not handed over."""
        rest = memoryview(data)
        connected = self._connected()
        connected.settimeout(self._patience.send)
        try:
            while rest:
                rest = rest[connected.send(rest) :]
        except OSError as error:
            self.close()
            raise KnownError("printer.broke-off", self._name) from error

    def ask(self, question: bytes, strings: int) -> bytes:
        """Send a question and read the answer up to the end of so many strings.

        Raises KnownError: "printer.broke-off", "printer.no-answer", "printer.strange-answer" for one that has no end.
        """
        connected = self._connected()
        self._forget_unasked(connected)
        self.send(question)
        answer = b""
        for part in self._parts(connected):
            answer += part
            if answer.count(_END) >= strings:
                return answer
            if len(answer) >= LONGEST:
                raise KnownError("printer.strange-answer", self._name)
        raise KnownError("printer.broke-off", self._name)

    def finish(self) -> None:
        """Say that all was sent and wait until the printer closes, too. Raises KnownError where it does not."""
        connected = self._connected()
        try:
            connected.shutdown(socket.SHUT_WR)
        except OSError as error:
            raise KnownError("printer.broke-off", self._name) from error
        for _part in self._parts(connected):
            pass
        self.close()

    def close(self) -> None:
        """Let go of the connection, if there is one."""
        held, self._socket = self._socket, None
        if held is not None:
            with suppress(OSError):
                held.close()

    def _parts(self, connected: socket.socket) -> Iterator[bytes]:
        """What comes until the printer closes, within the time for an answer as a whole.

        Raises KnownError: "printer.no-answer", "printer.broke-off".
        """
        until = time.monotonic() + self._patience.answer
        try:
            while (left := until - time.monotonic()) > 0:
                connected.settimeout(left)
                part = connected.recv(LONGEST)
                if not part:
                    return
                yield part
        except TimeoutError:
            pass
        except OSError as error:
            raise KnownError("printer.broke-off", self._name) from error
        raise KnownError("printer.no-answer", self._name)

    @staticmethod
    def _forget_unasked(connected: socket.socket) -> None:
        """Drop what came before the question: it is no answer to it."""
        connected.setblocking(False)
        with suppress(OSError):
            for _ in range(_PARTS):
                connected.recv(LONGEST)

    def _connected(self) -> socket.socket:
        if self._socket is None:
            raise KnownError("printer.broke-off", self._name)
        return self._socket
