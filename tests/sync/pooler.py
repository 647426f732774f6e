"""A connection pooler in transaction mode, in small: each transaction of a client goes to another server connection.

It speaks enough of PostgreSQL's protocol to see where a transaction ends. Whatever a client keeps in its session (a
prepared statement, a temporary table, a setting, a lock) is gone with its next transaction, as behind PgBouncer.
"""

import selectors
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

#: So many server connections take turns for each client.
_TURNS = 3


@contextmanager
def pooler(port: int) -> Iterator[int]:
    """The port of a pooler before the server on that port of 127.0.0.1."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        served: list[threading.Thread] = []

        def accept() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listening.accept()
                    served.append(threading.Thread(target=_serve, args=(client, port), daemon=True))
                    served[-1].start()

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)
        accepting.join(10)
        for each in served:
            each.join(10)


def _serve(client: socket.socket, port: int) -> None:
    """One client until it goes."""
    with closing(client):
        hello = _exactly(client, 4)
        start = hello + _exactly(client, struct.unpack("!I", hello)[0] - 4)
        servers = [socket.create_connection(("127.0.0.1", port)) for _ in range(_TURNS)]
        try:
            for server in servers:
                server.sendall(start)
                welcome = _until_ready(server)
                if server is servers[0]:
                    client.sendall(welcome)
            with suppress(OSError):
                _relay(client, servers)
        finally:
            for server in servers:
                server.close()


def _relay(client: socket.socket, servers: list[socket.socket]) -> None:
    turn = 0
    rest = b""
    with selectors.DefaultSelector() as ready:
        for each in (client, *servers):
            ready.register(each, selectors.EVENT_READ)
        while True:
            for key, _ in ready.select():
                data = key.fileobj.recv(65536)  # type: ignore[union-attr]
                if not data:
                    return
                if key.fileobj is client:
                    servers[turn].sendall(data)
                    continue
                done, rest = _whole(rest + data)
                client.sendall(b"".join(done))
                # Ready for the next query, outside of a transaction: the next server is next.
                if any(message[:1] == b"Z" and message[5:6] == b"I" for message in done):
                    turn = (turn + 1) % len(servers)


def _whole(data: bytes) -> tuple[list[bytes], bytes]:
    """The messages that are all there, and the beginning of the next."""
    found = []
    while len(data) >= 5:
        length = 1 + struct.unpack("!I", data[1:5])[0]
        if len(data) < length:
            break
        found.append(data[:length])
        data = data[length:]
    return found, data


def _until_ready(server: socket.socket) -> bytes:
    told = b""
    while True:
        head = _exactly(server, 5)
        told += head + _exactly(server, struct.unpack("!I", head[1:])[0] - 4)
        if head[:1] in b"ZE":
            return told


def _exactly(source: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = source.recv(count - len(data))
        if not more:
            raise OSError("the other side went away")
        data += more
    return data
