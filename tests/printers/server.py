"""A printer of the tests: it listens on a port, behaves as a Zebra and breaks in every way that it is told.

It counts what it would have printed: formats that came whole. A format of which the beginning was read stays in its
memory when the connection breaks, as in a real printer, and spoils the next one unless ~JX drops it.
"""

import re
import socket
import struct
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

WAITING_FOR_FAULTS = 5.0
_COMMAND = re.compile(rb"~HS|~HI|~JX|\^XA|\^XZ")
_QUANTITY = re.compile(rb"\^PQ([0-9]+)")


class Break(StrEnum):
    """What goes wrong with a connection, from its label `after` on."""

    NOTHING = "nothing"
    SHUT_AT_ONCE = "shut at once"
    HANGS = "hangs"
    GARBAGE = "answers garbage"
    TWICE = "answers twice"
    SLOW = "answers byte by byte"
    DRIBBLES = "answers byte by byte and never ends"
    MIDWAY = "closes midway through a label"
    READ_BUT_LOST = "closes after the label, which it throws away"
    PRINTED_BUT_SILENT = "prints the label and closes before it answers"
    PRINTED_BUT_HANGS = "prints the label and does not answer"
    PAPER_OUT = "has no paper"
    PAUSED = "is paused"
    HEAD_OPEN = "is open"
    RIBBON_OUT = "has no ribbon"


@dataclass(frozen=True)
class Fault:
    """How one connection goes."""

    what: Break = Break.NOTHING
    after: int = 0


def status(
    paper_out: bool = False, paused: bool = False, head: bool = False, ribbon: bool = False, partial: bool = False
) -> bytes:
    """The three strings of ~HS."""
    strings = (
        f"030,{paper_out:d},{paused:d},1245,000,0,0,{partial:d},000,0,0,0",
        f"000,0,{head:d},{ribbon:d},0,2,4,0,00000000,1,000",
        "1234,0",
    )
    return b"".join(b"\x02" + each.encode() + b"\x03\r\n" for each in strings)


class PrinterServer:
    """One printer. Connections are served each on a thread, in order; `faults` are of the next ones."""

    def __init__(self) -> None:
        self.printed: list[bytes] = []
        self.spoilt: list[bytes] = []
        self.connections = 0
        self.identity = b""
        self._faults: list[Fault] = []
        self._partial = b""
        self._lock = threading.Lock()
        self._last: object = None
        self._taken = threading.Event()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def will(self, *faults: Fault) -> None:
        """How the next connections go; those that follow go well."""
        self._faults = list(faults)

    def idle(self) -> None:
        """Wait until all that was sent has been read."""
        with socket.socket() as last:
            # Connections are taken in their order, so those before this one have been taken when it has.
            last.bind(("127.0.0.1", 0))
            self._last = last.getsockname()
            last.connect(("127.0.0.1", self.port))
            assert self._taken.wait(WAITING_FOR_FAULTS)
            self._taken.clear()
        for thread in list(self._threads):
            thread.join(WAITING_FOR_FAULTS)
            assert not thread.is_alive()
            self._threads.remove(thread)

    def times(self, payload: bytes) -> int:
        """How many labels were printed from a format, copies too."""
        copies = int(found[1]) if (found := _QUANTITY.search(payload)) else 1
        return copies * self.printed.count(payload)

    def close(self) -> None:
        self.idle()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, peer = self._listener.accept()
            except OSError:
                return
            if peer == self._last:
                connection.close()
                self._taken.set()
                continue
            self.connections += 1
            fault = self._faults.pop(0) if self._faults else Fault()
            thread = threading.Thread(target=self._serve, args=(connection, fault), daemon=True)
            thread.start()
            self._threads.append(thread)

    def _serve(self, connection: socket.socket, fault: Fault) -> None:
        # The other side may go away at any time.
        with self._lock, connection, suppress(OSError):
            _Served(self, connection, fault).run()

    def remember(self, partial: bytes) -> None:
        """What was read of a format that did not end."""
        self._partial = partial

    def forgotten(self) -> bytes:
        """What was left of an earlier connection; it is not there afterwards."""
        partial, self._partial = self._partial, b""
        return partial

    @property
    def has_partial(self) -> bool:
        return bool(self._partial)


class _Served:
    """One connection."""

    def __init__(self, server: PrinterServer, connection: socket.socket, fault: Fault) -> None:
        self._server = server
        self._connection = connection
        self._fault = fault
        self._labels = 0
        self._buffer = b""

    def run(self) -> None:
        if self._now(Break.SHUT_AT_ONCE):
            self._break()
            return
        while True:
            part = self._connection.recv(1000)
            if not part:
                return
            self._buffer += part
            while found := self._next():
                if not self._obey(found):
                    return

    def _now(self, *what: Break) -> bool:
        return self._fault.what in what and self._labels >= self._fault.after

    def _next(self) -> bytes | None:
        """The next whole thing that was sent: a question, or a format."""
        start = _COMMAND.search(self._buffer)
        if start is None:
            return None
        if start[0] != b"^XA":
            self._buffer = self._buffer[start.end() :]
            return start[0]
        if self._now(Break.MIDWAY) and len(self._buffer) > start.start() + 40:
            return b"midway"
        end = self._buffer.find(b"^XZ", start.start())
        if end < 0:
            return None
        label, self._buffer = self._buffer[start.start() : end + 3], self._buffer[end + 3 :]
        return label

    def _obey(self, what: bytes) -> bool:
        """False where the connection is over."""
        if what == b"~HS":
            return self._answer()
        if what == b"~HI":
            self._connection.sendall(self._server.identity)
            return True
        if what == b"~JX":
            self._server.forgotten()
        elif what == b"midway":
            self._server.remember(self._buffer[:40])
            self._break()
            return False
        else:
            return self._print(what)
        return True

    def _print(self, label: bytes) -> bool:
        if self._now(Break.READ_BUT_LOST):
            self._break()
            return False
        if self._server.has_partial:
            self._server.spoilt.append(self._server.forgotten() + label)
        else:
            self._server.printed.append(label)
        if self._now(Break.PRINTED_BUT_SILENT):
            self._break()
            return False
        if self._now(Break.PRINTED_BUT_HANGS):
            self._wait_for_the_end()
            return False
        self._labels += 1
        return True

    def _answer(self) -> bool:
        if self._now(Break.HANGS):
            self._wait_for_the_end()
            return False
        answer = status(
            paper_out=self._now(Break.PAPER_OUT),
            paused=self._now(Break.PAUSED),
            head=self._now(Break.HEAD_OPEN),
            ribbon=self._now(Break.RIBBON_OUT),
            partial=self._server.has_partial,
        )
        if self._now(Break.GARBAGE):
            answer = b"\x02ready\x03\x02<html>\x03\x02\xff\x00\x03"
        if self._now(Break.TWICE):
            answer *= 2
        if self._now(Break.DRIBBLES):
            answer = answer.replace(b"\x03", b"") * 3
        if self._now(Break.SLOW, Break.DRIBBLES):
            for byte in answer:
                self._connection.sendall(bytes([byte]))
        else:
            self._connection.sendall(answer)
        return True

    def _wait_for_the_end(self) -> None:
        """Read nothing more until the other side has gone."""
        while self._connection.recv(1000):
            pass

    def _break(self) -> None:
        """Reset the connection instead of closing it in order."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hang_ups(*what: Break) -> Sequence[Fault]:
    """Faults at the first label of a connection each."""
    return [Fault(each) for each in what]
