"""The import that comes every month: of 100,000 rows 60 % are the same, 5 % changed, 2 % refused, the rest new.

Measured like the first import (`bench_import`), against the same floor: calamine's parse of the file and one plain
insert of its rows into a bare table. Each run begins with a copy of the same filled home.

Run by `tasks.py bench import_mixed`, with a number of rows if not 100,000.
"""

import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from bench_import import FLOOR_BAR, MEMORY_BAR, RUNS, floor, make_records, measured, middle, write_records

ROWS = 100_000
SAME, CHANGED, REFUSED = 0.60, 0.05, 0.02


def make_files(folder: Path, rows: int) -> None:
    """`before.xlsx` fills the home, `after.xlsx` is imported into it."""
    records = make_records(rows)
    known = records[: round(rows * (SAME + CHANGED))]
    write_records(folder / "before.xlsx", known)
    pick = random.Random(3)
    for record in known[: round(rows * CHANGED)]:
        record["Status"] = "Retired" if record["Status"] != "Retired" else "Active"
        record["Notes"] = "Moved in the last month"
    for record in records[len(known) : len(known) + round(rows * REFUSED)]:
        record["Serial Number"] = "6.72E+14"
    pick.shuffle(records)
    write_records(folder / "after.xlsx", records)


def fill(path: Path) -> dict[str, float]:
    """Fill the home beside the file."""
    return _bring_in(path.with_name("home"), path)


def ours(path: Path) -> dict[str, float]:
    """Import into a copy of the filled home."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(path.with_name("home"), folder, dirs_exist_ok=True)
        return _bring_in(Path(folder), path)


def _bring_in(folder: Path, path: Path) -> dict[str, float]:
    from models.exchange.apply import apply_plan
    from models.exchange.options import ImportOptions
    from models.exchange.plan import State
    from models.exchange.planner import make_plan
    from models.journal.writer import Journal
    from models.settings import Settings
    from models.store.database import Database
    from models.store.home import Home

    home = Home(folder)
    database = Database.open(home)
    start = time.perf_counter()
    plan = make_plan(database, path, ImportOptions(), Settings(home.settings))
    planned = time.perf_counter()
    apply_plan(Journal(database, "bench"), plan)
    done = time.perf_counter()
    counts = {state.name.lower(): plan.count(state) for state in State}
    database.close()
    return {"plan": planned - start, "write": done - planned, "total": done - start, **counts}


WORK = {"floor": floor, "fill": fill, "ours": ours}


def main(rows: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        make_files(Path(folder), rows)
        path = Path(folder) / "after.xlsx"
        measured("fill", path.with_name("before.xlsx"), __file__)
        floors, imports, peak = [], [], 0.0
        for _ in range(RUNS):
            floors.append(measured("floor", path, __file__)[0])
            found, memory = measured("ours", path, __file__)
            imports.append(found)
            peak = max(peak, memory)
        bare, total = middle(floors, "total"), middle(imports, "total")
        told = ", ".join(f"{imports[0][state]:,} {state}" for state in ("same", "changed", "refused", "new"))
        print(f"import of {rows:,} rows x 25 columns of xlsx into a filled home, median of {RUNS}: {told}")
        print(f"  floor: parse + insert {bare:.2f} s")
        print(
            f"  Muster: plan {middle(imports, 'plan'):.2f} s + write {middle(imports, 'write'):.2f} s = {total:.2f} s"
        )
        print(f"  ratio {total / bare:.2f} (bar: at most {FLOOR_BAR:g})")
        print(f"  peak memory of all processes {peak:.0f} MB (bar: under {MEMORY_BAR})")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        print(json.dumps(WORK[sys.argv[2]](Path(sys.argv[3]))))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
