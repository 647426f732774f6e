"""A scan that acts, with 100,000 assets: read, named, written through the journal; beside the least that SQLite can do.

The least is one lookup by the index of the tag and one row inserted and committed, in the same run, on a copy of the
same file with the same settings. Ours looks the code up in all kinds, checks, writes the entry, the row and the search
index, and answers.

Run by `tasks.py bench scan`, with a number of assets if not 100,000.
"""

import datetime as dt
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from models.journal.writer import Journal
from models.scanning.answer import Outcome
from models.scanning.modes import Mode, Target
from models.scanning.reading import read_scan
from models.scanning.rules import shipped_rules
from models.scanning.session import ScanSession
from models.store.database import Database
from models.store.home import Home
from tests.bench.bench_search import build

ASSETS = 100_000
SCANS = 300
#: Milliseconds of one scan; 19 of 20 keep to it.
BAR = 50.0


def main(arguments: list[str]) -> int:
    assets = int(arguments[0]) if arguments else ASSETS
    with tempfile.TemporaryDirectory() as temporary:
        home = Home(Path(temporary) / "home")
        build(home, assets)
        copy = Path(temporary) / "bare.db"
        shutil.copyfile(home.database, copy)
        pick = random.Random(11)
        numbers = pick.sample(range(assets), SCANS)
        database = Database.open(home)
        with database.reading() as connection:
            tags = [
                connection.exec_driver_sql("SELECT tag FROM asset WHERE nr = ?", (number + 1,)).scalar_one()
                for number in numbers
            ]
        measured = {"bare": _bare(copy, tags)}
        for mode in (Mode.MOVE, Mode.ISSUE, Mode.RETURN, Mode.SHOW):
            measured[mode.value] = _ours(database, mode, tags)
        database.close()
    base = statistics.median(measured["bare"])
    sys.stdout.write(f"{SCANS} scans, {assets:,} assets  median     95 %  slowest    ratio\n")
    held = True
    for name, times in measured.items():
        times.sort()
        late, median = times[int(len(times) * 0.95) - 1], statistics.median(times)
        sys.stdout.write(f"{name:28}{median:6.1f} ms{late:6.1f} ms{times[-1]:6.1f} ms{median / base:7.1f} x\n")
        held &= name == "bare" or late < BAR
    return 0 if held else 1


def _ours(database: Database, mode: Mode, tags: Sequence[str]) -> list[float]:
    session = ScanSession(Journal(database, "Bench"), mode)
    with database.reading() as connection:
        if mode.target:
            row = connection.exec_driver_sql(f"SELECT id FROM {mode.target} ORDER BY nr DESC LIMIT 1").scalar_one()
            session.aim(Target.of(connection, mode.target, row))
    rules = shipped_rules()

    def scan(tag: str) -> None:
        taken = session.take(read_scan(tag, rules))
        if taken.answer.outcome is not Outcome.OK:
            raise AssertionError(taken.answer)

    return _timed(scan, tags)


def _bare(path: Path, tags: Sequence[str]) -> list[float]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE scanned (asset TEXT, at TEXT)")

    def scan(tag: str) -> None:
        (row,) = connection.execute("SELECT id FROM asset WHERE tag = ?", (tag,)).fetchone()
        now = dt.datetime.now(tz=dt.UTC).isoformat()
        connection.execute("INSERT INTO scanned VALUES (?, ?)", (row, now))

    times = _timed(scan, tags)
    connection.close()
    return times


def _timed(scan: Callable[[str], None], tags: Sequence[str]) -> list[float]:
    times = []
    for tag in tags:
        start = time.perf_counter()
        scan(tag)
        times.append((time.perf_counter() - start) * 1000)
    return times


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
