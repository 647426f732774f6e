"""Sync of one or two homes with a shared database: the bars, beside a plain COPY of the same rows as the floor.

A PostgreSQL of its own, durable as in earnest (fsync). 20,000 assets of ten fields are written in one home as one
action and sent, fetched by a second home, changed, sent and fetched again; the best of three rounds counts, since
other programs disturb. Then 100 edits from one home into the other and a sync that has nothing to do, over open
connections. Last the first copy of the demo city with 100,000 assets and all that is around them. Server and clients
share the cores of one machine. The peer is Anki with its sync server, where the variable ANKI_PYTHON names a Python
that has it (see peer_anki.py). Exit status 1 where a bar is missed.

Run by `tasks.py bench sync`, with a number of assets of the city if not 100,000 (0 for no city).
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import psycopg
from bench_hub_load import asset
from psycopg import sql

from models.fields.ids import new_ids
from models.journal.entry import Edit, NewRows
from models.journal.writer import Journal
from models.progress import Progress
from models.services.demo import fill_demo
from models.store.database import Database
from models.store.home import Home
from models.sync.address import Address, Tls, keep_address
from models.sync.client import SyncClient
from models.sync.wire import connect
from tests.sync.hub import make_template
from tests.sync.postgres import Cluster

ROWS, ROUNDS, EDITS, CITY = 20_000, 3, 100, 100_000
#: The bars: rows a second, and milliseconds.
RATES = {"push_new": 12_000, "push_edits": 15_000, "pull_new": 20_000, "pull_edits": 20_000, "copy": 30_000}
TIMES = {"trip": 60.0, "nothing": 5.0}
WORDS = {
    "push_new": "push of new rows",
    "push_edits": "push of edits",
    "pull_new": "pull of new rows",
    "pull_edits": "pull of edits",
    "copy": "first copy of the city",
    "trip": f"{EDITS} edits, into the second home",
    "nothing": "nothing to do",
}

Found = dict[str, float]


class Place:
    """One home of the measurement, connected."""

    def __init__(self, folder: Path, address: Address) -> None:
        self.database = Database.open(Home(folder))
        self.journal = Journal(self.database, address.login)
        with self.database.writing() as connection:
            keep_address(connection, address)
        self.client = SyncClient(self.database, partial(connect, address))
        self.link = connect(address)

    def sync(self) -> int:
        """Sync over the open connection; how many entries or rows went either way."""
        done = self.client.sync_over(self.link, Progress())
        return done.sent + done.received + done.copied

    def close(self) -> None:
        self.link.close()
        self.database.close()


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def synced(place: Place, rows: int) -> float:
    """Seconds of a sync that must move so many rows."""
    moved: list[int] = []
    took = seconds(lambda: moved.append(place.sync()))
    if moved != [rows]:
        raise RuntimeError(f"{rows} rows were to move, and {moved[0]} did")
    return took


# The floor


def copied(server: psycopg.Connection, rows: Sequence[Sequence[str | None]]) -> tuple[float, float]:
    """Seconds of a plain COPY of the rows into a bare table and its commit, and of reading them back by COPY."""
    columns = ", ".join(f"c{at} text" for at in range(len(rows[0])))
    server.execute(f"DROP TABLE IF EXISTS bare; CREATE TABLE bare ({columns})".encode())

    def put() -> None:
        with server.cursor().copy("COPY bare FROM STDIN") as into:
            for row in rows:
                into.write_row(row)

    return seconds(put), seconds(lambda: read(server, [sql.SQL("COPY bare TO STDOUT")]))


def read(server: psycopg.Connection, queries: Sequence[sql.Composable]) -> None:
    for query in queries:
        with server.cursor().copy(query) as out:
            for _ in out:
                pass


# What is measured


def one_round(here: Place, there: Place, server: psycopg.Connection) -> tuple[Found, Found]:
    """Seconds of each piece for 20,000 rows: of sync, and of COPY."""
    values = [asset() for _ in range(ROWS)]
    ids = new_ids(ROWS)
    here.journal.write("Import", [NewRows("asset", ids, {key: [each[key] for each in values] for key in values[0]})])
    found = {"push_new": synced(here, ROWS), "pull_new": synced(there, ROWS)}
    put, got = copied(server, [(row, *each.values()) for row, each in zip(ids, values, strict=True)])
    floor = {"push_new": put, "pull_new": got}
    patches = [{"name": f"Moved {at}", "condition": "fair"} for at in range(ROWS)]
    here.journal.write("Change", [Edit("asset", row, patch) for row, patch in zip(ids, patches, strict=True)])
    found |= {"push_edits": synced(here, ROWS), "pull_edits": synced(there, ROWS)}
    put, got = copied(server, [(row, *each.values()) for row, each in zip(ids, patches, strict=True)])
    return found, floor | {"push_edits": put, "pull_edits": got}


def trips(here: Place, there: Place, server: psycopg.Connection) -> tuple[Found, Found]:
    """Median seconds of 100 edits into the second home, and of a sync that has nothing to do."""
    with here.database.reading() as connection:
        ids = connection.exec_driver_sql("SELECT id FROM asset LIMIT ?", (EDITS,)).scalars().all()
    found, floor = [], []
    for turn in range(9):
        here.journal.write("Change", [Edit("asset", row, {"name": f"Trip {turn}"}) for row in ids])
        found.append(synced(here, EDITS) + synced(there, EDITS))
        floor.append(sum(copied(server, [(row, f"Trip {turn}") for row in ids])))
    synced(here, 0)
    nothing = [synced(here, 0) for _ in range(20)]
    asked = [seconds(lambda: server.execute("SELECT 1").fetchall()) for _ in range(20)]
    median = statistics.median
    return {"trip": median(found), "nothing": median(nothing)}, {"trip": median(floor), "nothing": median(asked)}


def first_copy(folder: Path, address: Address, server: psycopg.Connection, assets: int) -> tuple[int, float, float]:
    """Rows of the city, and the seconds of its first copy and of COPY TO of the same tables."""
    source = Place(folder / "city", address)
    made = fill_demo(source.journal, assets=assets).count
    sent = seconds(source.sync)
    source.close()
    print(f"the city: {assets:,} assets, {made:,} rows; sent in {sent:.1f} s ({made / sent:,.0f}/s)")
    server.execute("VACUUM ANALYZE")
    tables = server.execute("SELECT relname FROM pg_class WHERE relnamespace = 'muster_read'::regnamespace").fetchall()
    queries = [sql.SQL("COPY muster.{} TO STDOUT").format(sql.Identifier(name)) for (name,) in tables]
    floor = seconds(lambda: read(server, queries))
    target = Place(folder / "copy", address)
    moved: list[int] = []
    took = seconds(lambda: moved.append(target.sync()))
    target.close()
    return moved[0], took, floor


def peer() -> Found | None:
    """What Anki takes; None where no Python that has it is named."""
    python = os.environ.get("ANKI_PYTHON")
    if not python:
        return None
    script = Path(__file__).with_name("peer_anki.py")
    done = subprocess.run([python, str(script)], check=True, capture_output=True, text=True, timeout=120)
    told: Found = json.loads(done.stdout)
    return told


def best(rounds: Sequence[Found]) -> Found:
    return {key: min(each[key] for each in rounds) for key in rounds[0]}


def show(found: Found, floor: Found, anki: Found | None, rows: Mapping[str, int]) -> bool:
    """The table; whether every bar is kept."""
    kept = True
    print(f"{'':32}{'here':>14}{'bar':>12}   {'x COPY':>8}{'Anki':>14}   {'x Anki':>8}")
    for key, took in found.items():
        count = rows.get(key)
        bar = RATES[key] if count else TIMES[key]
        here = f"{count / took:,.0f}/s" if count else f"{took * 1000:.1f} ms"
        good = count / took >= bar if count else took * 1000 <= bar
        kept = kept and good
        limit = f"{bar:,.0f}/s" if count else f"{bar:.0f} ms"
        theirs, times = "", ""
        if anki and key in anki:
            theirs = f"{count / anki[key]:,.0f}/s" if count else f"{anki[key] * 1000:.1f} ms"
            times = f"{took / anki[key]:.2f}"
        print(
            f"{WORDS[key]:32}{here:>14}{limit:>12}   {took / floor[key]:8.1f}{theirs:>14}   {times:>8}"
            f"{'' if good else '  MISSED'}"
        )
    return kept


def measure(cluster: Cluster, folder: Path, assets: int) -> int:
    make_template(cluster, "bench")
    with cluster.connect() as server:
        server.execute("CREATE DATABASE city TEMPLATE bench")
        server.execute("CREATE DATABASE bare")
    small = Address("127.0.0.1", "bench", "ann", cluster.port, Tls.PLAIN)
    here, there = Place(folder / "here", small), Place(folder / "there", small)
    there.sync()
    rows = dict.fromkeys(("push_new", "push_edits", "pull_new", "pull_edits"), ROWS)
    with closing(cluster.connect("bare")) as bare:
        rounds = [one_round(here, there, bare) for _ in range(ROUNDS)]
        found, floor = (best([each[at] for each in rounds]) for at in (0, 1))
        more = trips(here, there, bare)
        found |= more[0]
        floor |= more[1]
    here.close()
    there.close()
    if assets:
        with closing(cluster.connect("city")) as inside:
            city = Address("127.0.0.1", "city", "administrator", cluster.port, Tls.PLAIN)
            rows["copy"], found["copy"], floor["copy"] = first_copy(folder, city, inside, assets)
    return 0 if show(found, floor, peer(), rows) else 1


def main(arguments: list[str]) -> int:
    assets = int(arguments[0]) if arguments else CITY
    cluster = Cluster.make(
        fsync="on", shared_buffers="256MB", max_wal_size="4GB", checkpoint_timeout="30min", log_min_messages="error"
    )
    try:
        with tempfile.TemporaryDirectory() as folder:
            return measure(cluster, Path(folder), assets)
    finally:
        cluster.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
