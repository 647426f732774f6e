"""A csv of 1,000,000 rows of 25 columns: memory of the whole import, how often it tells where it is, how fast it stops.

The floor is what a csv reader of the standard library and a plain insert take. Run by `tasks.py bench import_million`,
with a number of rows if not 1,000,000.
"""

import csv
import json
import sqlite3
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench_import import make_records, measured

ROWS, BLOCK = 1_000_000, 100_000
#: MB of all processes; seconds between two words about the progress; seconds from a cancel to its end.
MEMORY_BAR, PROGRESS_BAR, CANCEL_BAR = 1500, 0.2, 1.0


def make_file(path: Path, rows: int) -> None:
    """The fleet of `bench_import`, block after block."""
    with path.open("w", newline="", encoding="utf-8") as file:
        for start in range(0, rows, BLOCK):
            records = make_records(min(BLOCK, rows - start), start)
            writer = csv.DictWriter(file, records[0])
            if not start:
                writer.writeheader()
            writer.writerows(records)


def floor(path: Path) -> dict[str, float]:
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, path.open(newline="", encoding="utf-8") as file:
        bare = sqlite3.connect(Path(folder) / "floor.db")
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute(f"CREATE TABLE bare (nr INTEGER PRIMARY KEY, {', '.join(f'c{n} TEXT' for n in range(25))})")
        reader = csv.reader(file)
        next(reader)
        bare.executemany(f"INSERT INTO bare VALUES (NULL{', ?' * 25})", reader)
        bare.commit()
        bare.close()
    return {"total": time.perf_counter() - start}


def ours(path: Path) -> dict[str, float]:
    return _import(path, None)


def cancelled(path: Path) -> dict[str, float]:
    """Cancel while rows are written: how long it takes to end, and what is left of it."""
    return _import(path, "write")


def _import(path: Path, stop: str | None) -> dict[str, float]:
    from sqlalchemy import text

    from models.exchange.apply import apply_plan
    from models.exchange.options import ImportOptions
    from models.exchange.planner import make_plan
    from models.journal.writer import Journal
    from models.progress import Cancelled, Progress
    from models.settings import Settings
    from models.store.database import Database
    from models.store.home import Home

    class Watched(Progress):
        """Remembers the longest silence, by stage, and cancels two seconds into a stage."""

        def __init__(self) -> None:
            super().__init__()
            self.last, self.gap, self.where, self.asked = time.perf_counter(), 0.0, "", 0.0

        def at(self, stage: str, done: int = 0, total: int = 0) -> None:
            now = time.perf_counter()
            if now - self.last > self.gap:
                self.gap, self.where = now - self.last, f"{self.stage} to {stage}"
            self.last = now
            if stage == stop and not self.asked and done:
                self.asked = now + 2
                threading.Timer(2, self.cancel).start()
            super().at(stage, done, total)

    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        database = Database.open(home)
        progress = Watched()
        start = time.perf_counter()
        plan = make_plan(database, path, ImportOptions(), Settings(home.settings), progress)
        planned, told = time.perf_counter(), progress.gap
        found: dict[str, float] = {"plan": planned - start, "plan_gap": told}
        try:
            apply_plan(Journal(database, "bench"), plan, progress)
        except Cancelled:
            found["stopped"] = time.perf_counter() - progress.asked
        found["write"] = time.perf_counter() - planned
        found["gap"] = progress.gap
        print(f"  longest silence: {progress.gap:.2f} s, {progress.where}", file=sys.stderr)
        with database.reading() as connection:
            found["rows"] = connection.execute(text("SELECT count(*) FROM asset")).scalar_one()
            found["entries"] = connection.execute(text("SELECT count(*) FROM entry")).scalar_one()
        database.close()
    return found


WORK = {"floor": floor, "ours": ours, "cancelled": cancelled}


def main(rows: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fleet.csv"
        make_file(path, rows)
        bare = measured("floor", path, __file__)[0]["total"]
        found, peak = measured("ours", path, __file__)
        stopped, _ = measured("cancelled", path, __file__)
        total = found["plan"] + found["write"]
        print(f"import of {rows:,} rows x 25 columns of csv ({path.stat().st_size / 1e6:.0f} MB)")
        print(f"  Muster: plan {found['plan']:.1f} s + write {found['write']:.1f} s, {found['rows']:,} rows")
        print(f"  ratio to csv reader and plain insert ({bare:.1f} s): {total / bare:.1f}")
        print(f"  peak memory of all processes {peak:.0f} MB (bar: under {MEMORY_BAR})")
        print(f"  longest silence of the progress {found['gap'] * 1000:.0f} ms (bar: {PROGRESS_BAR * 1000:.0f})")
        print(f"  cancelled while writing: ended in {stopped['stopped']:.2f} s (bar: {CANCEL_BAR:g}), ", end="")
        print(f"{stopped['rows']:.0f} rows and {stopped['entries']:.0f} entries left (bar: none)")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        print(json.dumps(WORK[sys.argv[2]](Path(sys.argv[3]))))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
