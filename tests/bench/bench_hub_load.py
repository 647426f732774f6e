"""The shared database under load: 20 clients push without a pause, an import of 100,000 rows arrives among them.

A PostgreSQL of its own, durable as in earnest (fsync), holds 20,000 assets. Each client is a login's connection in a
thread and sends 10 entries a push, half of them new rows and half edits. The floor is the same 10 rows by COPY into a
bare table, each a transaction. Then how long one push holds the lock, by its size, and from that the simulation of
sim_push_lock. All on one machine: server and clients share its cores.

Run by `tasks.py bench hub_load`, with seconds of load if not 12.
"""

import json
import statistics
import sys
import threading
import time
from collections.abc import Callable
from itertools import count

import psycopg
from sim_push_lock import Held, show

from models.fields.ids import new_id
from tests.sync.hub import Device, Hub, deed, edit, make_template, new
from tests.sync.postgres import Cluster

CLIENTS, SECONDS, ENTRIES = 20, 12.0, 10
STOCK, BATCH, IMPORT = 20_000, 4_000, 100_000
#: The bars: pushes a second, milliseconds of 99 in 100, seconds that anybody may wait.
RATE_BAR, SLOW_BAR, WAIT_BAR = 100.0, 500.0, 2.0
_numbers = count(1)

Work = Callable[[], float]


def asset() -> dict[str, str]:
    """The fields of a radio as the city has it."""
    number = next(_numbers)
    return {
        "kind": "radio", "tag": f"R-{number:06d}", "serial": f"672CYX{number:06d}", "name": f"Portable {number}",
        "status": "in_service", "condition": "good", "notes": "Bought with the grant of 2024.", "cost": "4779.00",
        "acquired_on": "2024-03-01", "warranty_end": "2029-03-01",
    }  # fmt: skip


def fill(device: Device, rows: int) -> list[tuple[str, str]]:
    """Push that many assets; their ids and names."""
    made = [new("asset", **asset()) for _ in range(rows)]
    for start in range(0, rows, BATCH):
        device.push(deed("Fill"), *made[start : start + BATCH])
    return [(each["r"], each["p"]["name"]) for each in made]


def loop(work: Work, until: float, found: list[float]) -> None:
    while time.perf_counter() < until:
        found.append(work())


def together(works: list[Work], seconds: float) -> tuple[list[float], float]:
    """Each in a thread of its own until the time is over: all their times, and the seconds it took."""
    found: list[list[float]] = [[] for _ in works]
    begun = time.perf_counter()
    threads = [
        threading.Thread(target=loop, args=(work, begun + seconds, times))
        for work, times in zip(works, found, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(each for times in found for each in times), time.perf_counter() - begun


def pusher(device: Device, stock: list[tuple[str, str]]) -> Work:
    """One push of new rows and edits of rows that only this client edits."""
    known, rows = dict(stock), [row for row, _ in stock]
    turns = count()

    def push() -> float:
        turn = next(turns)
        lines = [deed("Work"), *(new("asset", **asset()) for _ in range(ENTRIES // 2))]
        for at in range(ENTRIES // 2):
            row = rows[(turn * ENTRIES + at) % len(rows)]
            before, known[row] = known[row], f"Moved {turn}"
            lines.append(edit("asset", row, {"name": before}, name=known[row]))
        begun = time.perf_counter()
        device.push(*lines)
        return time.perf_counter() - begun

    return push


def copier(connection: psycopg.Connection) -> Work:
    """The floor: as many rows by COPY into a table without an index."""

    def copy() -> float:
        rows = [(new_id(), *asset().values()) for _ in range(ENTRIES)]
        begun = time.perf_counter()
        with connection.cursor().copy("COPY floor FROM STDIN") as into:
            for row in rows:
                into.write_row(row)
        return time.perf_counter() - begun

    return copy


def told(name: str, times: list[float], seconds: float) -> None:
    """A line of the table."""
    rate, slow = len(times) / seconds, times[int(len(times) * 0.99)]
    print(
        f"{name:32} {rate:9.1f}/s   median {statistics.median(times) * 1000:7.1f} ms   "
        f"99 % {slow * 1000:7.1f} ms   longest {times[-1]:6.2f} s"
    )


def held(device: Device, entries: int, times: int) -> float:
    """Seconds of one push of so many new rows, by its median; nobody else pushes."""
    found = []
    for _ in range(times):
        lines = [deed("Alone"), *(new("asset", **asset()) for _ in range(entries))]
        begun = time.perf_counter()
        device.push(*lines)
        found.append(time.perf_counter() - begun)
    return statistics.median(found)


def import_staged(device: Device) -> float:
    """Stage an import, then push it; the seconds of the push, in which the lock is taken."""
    action, rows = deed("Import"), [new("asset", **asset()) for _ in range(IMPORT)]
    parts = [rows[start : start + BATCH] for start in range(0, IMPORT, BATCH)]
    for number, part in enumerate(parts):
        text = "\n".join(json.dumps(line) for line in ([action] if not number else []) + part)
        device.connection.execute("SELECT muster.stage(%s, %s, %s, %s)", (device.id, action["a"], number, text))
    begun = time.perf_counter()
    device.push({"staged": action["a"], "parts": len(parts)})
    return time.perf_counter() - begun


def gapless(hub: Hub) -> bool:
    """Whether the journal's positions are 1 to its head, each once."""
    with hub.connect("administrator") as connection:
        query = "SELECT count(*), count(DISTINCT position), max(position) FROM muster.pull(0, 10000000)"
        rows = connection.execute(query)
        many, different, last = rows.fetchone()
    return many == different == last


def all_taken(cluster: Cluster) -> bool:
    """Whether nothing was refused and nothing met: else something else than work was measured."""
    with cluster.connect("load") as inside:
        found = inside.execute("SELECT (SELECT count(*) FROM muster.set_aside) + (SELECT count(*) FROM muster.review)")
        return found.fetchone() == (0,)


def main(arguments: list[str]) -> int:
    seconds = float(arguments[0]) if arguments else SECONDS
    cluster = Cluster.make(
        fsync="on", shared_buffers="256MB", max_wal_size="4GB", checkpoint_timeout="30min", log_min_messages="error"
    )
    try:
        return measure(cluster, seconds)
    finally:
        cluster.close()


def measure(cluster: Cluster, seconds: float) -> int:
    make_template(cluster, "load")
    hub = Hub(cluster, "load")
    devices = [Device(hub.connect("ann" if number % 2 else "bob")) for number in range(CLIENTS + 1)]
    stock = fill(devices[-1], STOCK)
    with cluster.connect("load") as inside:
        columns = ", ".join(f"{key} text" for key in asset())
        inside.execute(f"CREATE TABLE floor (id uuid, {columns})")
        inside.execute("VACUUM ANALYZE")
    share = STOCK // CLIENTS
    works = [pusher(device, stock[at * share : (at + 1) * share]) for at, device in enumerate(devices[:-1])]
    floors = [cluster.connect("load") for _ in range(CLIENTS)]
    bare, took = together([copier(each) for each in floors], seconds / 3)
    for each in floors:
        each.close()
    told(f"COPY of {ENTRIES} rows, {CLIENTS} clients", bare, took)
    bare_rate = len(bare) / took
    times, took = together(works, seconds)
    told(f"push of {ENTRIES} entries, {CLIENTS} clients", times, took)
    rate, slow = len(times) / took, times[int(len(times) * 0.99)] * 1000
    print(f"{'':32} {rate / bare_rate:9.2f} of the floor's rate; a client on its own:")
    alone = {size: held(devices[-1], size, 5 if size > 100 else 40) for size in (1, ENTRIES, 100, BATCH)}
    for size, one in alone.items():
        print(f"  push of {size:5,} new rows {one * 1000:8.1f} ms")
    pushed: list[float] = []
    importing = threading.Thread(target=lambda: pushed.append(import_staged(devices[-1])))
    importing.start()
    among: list[float] = []
    while importing.is_alive():
        among += together(works, 1.0)[0]
    importing.join()
    among.sort()
    print(f"import of {IMPORT:,} rows among them: its push {pushed[0]:.1f} s; the others:")
    told(f"push of {ENTRIES} entries, {CLIENTS} clients", among, sum(among) / CLIENTS)
    whole = gapless(hub) and all_taken(cluster)
    print(f"positions without a gap, and nothing refused: {'yes' if whole else 'NO'}\n")
    for device in devices:
        device.connection.close()
    entry = (alone[BATCH] - alone[1]) / (BATCH - 1) * 1000
    show(Held(max(alone[1] * 1000 - entry, 0.1), entry))
    kept = rate >= RATE_BAR and slow <= SLOW_BAR and among[-1] <= WAIT_BAR and whole
    print(
        f"\nBars: {rate:.0f}/s of {RATE_BAR:.0f}, 99 % in {slow:.0f} of {SLOW_BAR:.0f} ms, "
        f"beside an import nobody waits longer than {WAIT_BAR:.0f} s ({among[-1]:.1f} s): "
        f"{'kept' if kept else 'MISSED'}"
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
