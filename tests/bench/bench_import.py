"""Import of 100,000 rows of 25 columns from an xlsx, and its undo, beside the least that such an import must do.

The floor is calamine's parse of the same file and one plain executemany of the same rows into a bare table, each as
the text that it is. django-import-export is the peer, by the row, over 10,000 rows (it takes as long for each), where
it and Django are installed (`pip install django django-import-export`); it is no part of Muster. Each piece runs in a
process of its own.

Run by `tasks.py bench import`, with a number of rows if not 100,000.
"""

import datetime as dt
import importlib.util
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

ROWS, PEER_ROWS, RUNS = 100_000, 10_000, 3
#: The bars: import over floor, undo over the import's writing, the peer's time over ours, MB of all processes.
FLOOR_BAR, UNDO_BAR, PEER_BAR, MEMORY_BAR = 3.0, 1.5, 20.0, 1200


def make_file(path: Path, rows: int) -> None:
    """The fleet as an .xlsx."""
    write_records(path, make_records(rows))


def write_records(path: Path, records: list[dict[str, object]]) -> None:
    """Rows by their headings as an .xlsx."""
    from rustpy_xlsxwriter import write_worksheet

    write_worksheet(records, str(path))


def make_records(rows: int, first: int = 0) -> list[dict[str, object]]:
    """A laptop fleet as a city's spreadsheet has it: 25 columns, dates and numbers as such; from the `first` on."""
    pick = random.Random(2 + first)
    models = [f"{name} {number}" for name in ("Latitude", "ThinkPad", "EliteBook") for number in range(5400, 5440)]
    records: list[dict[str, object]] = []
    for index in range(first, first + rows):
        bought = dt.date(2019, 1, 1) + dt.timedelta(days=pick.randrange(2500))
        records.append(
            {
                "Asset Tag": f"C-{index:06d}",
                "Serial Number": "".join(pick.choices("BCDFGHJKLMNPQRSTVWXYZ0123456789", k=7)) + f"{index:x}",
                "Name": f"Laptop {index}",
                "Manufacturer": pick.choice(["Dell", "Lenovo", "HP"]),
                "Model": pick.choice(models),
                "Category": pick.choice(["Laptop", "Desktop", "Server"]),
                "Status": pick.choice(["Active", "Spare", "In repair", "Retired"]),
                "Condition": pick.choice(["Good", "Fair"]),
                "Department": f"Department {index % 20}",
                "Location": f"Room {index % 600}",
                "Assigned to": f"Person {index % 4000}",
                "PO Number": f"PO-{index // 40}",
                "Vendor": pick.choice(["CDW", "SHI"]),
                "Purchase Date": bought,
                "Cost": round(pick.uniform(300, 4000), 2),
                "Warranty End": bought + dt.timedelta(days=1095),
                "Replace by": bought + dt.timedelta(days=1825),
                "Funding source": "General fund",
                "Hostname": f"PC-{index:06d}",
                "OS": "Windows 11",
                "OS version": "23H2",
                "RAM": pick.choice([8, 16, 32]),
                "Processor": "Core i7-1185G7",
                "MAC address": "3C:" + ":".join(f"{pick.randrange(256):02X}" for _ in range(5)),
                "Notes": "Docked" if index % 3 else "Lent to the council",
            }
        )
    return records


def floor(path: Path) -> dict[str, float]:
    from python_calamine import CalamineWorkbook

    start = time.perf_counter()
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    parsed = time.perf_counter()
    rows = [[cell if isinstance(cell, (str, float)) else str(cell) for cell in row] for row in sheet[1:]]
    with tempfile.TemporaryDirectory() as folder:
        bare = sqlite3.connect(Path(folder) / "floor.db")
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("PRAGMA synchronous=FULL")
        bare.execute(f"CREATE TABLE bare (nr INTEGER PRIMARY KEY, {', '.join(f'c{n} TEXT' for n in range(25))})")
        bare.executemany(f"INSERT INTO bare VALUES (NULL{', ?' * 25})", rows)
        bare.commit()
        bare.close()
    done = time.perf_counter()
    return {"parse": parsed - start, "insert": done - parsed, "total": done - start}


def ours(path: Path) -> dict[str, float]:
    from models.exchange.apply import apply_plan
    from models.exchange.options import ImportOptions
    from models.exchange.plan import State
    from models.exchange.planner import make_plan
    from models.journal.undo import undo
    from models.journal.writer import Journal
    from models.settings import Settings
    from models.store.database import Database
    from models.store.home import Home

    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        database = Database.open(home)
        journal = Journal(database, "bench")
        start = time.perf_counter()
        plan = make_plan(database, path, ImportOptions(), Settings(home.settings))
        planned = time.perf_counter()
        apply_plan(journal, plan)
        applied = time.perf_counter()
        new = plan.count(State.NEW)
        del plan
        undo(journal)
        undone = time.perf_counter()
        database.close()
    return {
        "plan": planned - start,
        "write": applied - planned,
        "total": applied - start,
        "undo": undone - applied,
        "new": new,
    }


#: The columns that name other records, days, and the sum: what an equal model must have as such.
REFERENCES = ("Manufacturer", "Model", "Department", "Location", "Assigned to", "Vendor")
DAYS = ("Purchase Date", "Warranty End", "Replace by")


def django(path: Path) -> dict[str, float]:
    """The same rows through django-import-export's ModelResource as it comes, into an equal model.

    Names become foreign keys to records that are made when they are missing, days and sums are such, rows are
    matched by the tag. There is neither a journal nor a search index.
    """
    from django.conf import settings

    with tempfile.TemporaryDirectory() as folder:
        base = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(Path(folder) / "peer.db")}
        settings.configure(DATABASES={"default": base}, INSTALLED_APPS=["import_export"], USE_TZ=True)
        import django

        django.setup()
        import tablib
        from django.db import connection, models
        from import_export import fields, resources, widgets
        from python_calamine import CalamineWorkbook

        meta = type("Meta", (), {"app_label": "import_export"})

        class Named(widgets.ForeignKeyWidget):  # type: ignore[misc]
            def clean(self, value: str, row: object = None, **_more: object) -> object:
                return self.model.objects.get_or_create(name=value)[0] if value else None

        def table(name: str, columns: dict[str, object]) -> type:
            return type(name, (models.Model,), {**columns, "__module__": __name__, "Meta": meta})

        start = time.perf_counter()
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        headings = [str(heading) for heading in sheet[0]]
        columns: dict[str, object] = {}
        shown: dict[str, object] = {}
        made = []
        for heading in headings:
            key = heading.lower().replace(" ", "_")
            if heading in REFERENCES:
                made.append(table(key.title(), {"name": models.CharField(max_length=200, unique=True)}))
                columns[key] = models.ForeignKey(made[-1], models.PROTECT, null=True)
                shown[key] = fields.Field(key, heading, Named(made[-1], "name"))
            else:
                day, money = heading in DAYS, heading == "Cost"
                text = models.CharField(max_length=200, null=True, db_index=heading in ("Asset Tag", "Serial Number"))
                column = models.DateField(null=True) if day else text
                columns[key] = models.DecimalField(null=True, max_digits=12, decimal_places=2) if money else column
                widget = widgets.DateWidget() if day else widgets.DecimalWidget() if money else widgets.CharWidget()
                shown[key] = fields.Field(key, heading, widget)
        made.append(table("Item", columns))
        options = {
            "model": made[-1],
            "import_id_fields": ("asset_tag",),
            "fields": tuple(shown),
            "use_transactions": True,
        }
        resource = type("ItemResource", (resources.ModelResource,), {**shown, "Meta": type("Meta", (), options)})()
        with connection.schema_editor() as editor:
            for each in made:
                editor.create_model(each)
        data = tablib.Dataset(*[[str(cell) for cell in row] for row in sheet[1:]], headers=headings)
        result = resource.import_data(data, dry_run=False)
        done = time.perf_counter()
        if result.has_errors() or result.has_validation_errors():
            sys.exit("the peer refused rows")
        return {"total": done - start, "new": result.totals["new"]}


WORK: dict[str, Callable[[Path], dict[str, float]]] = {"floor": floor, "ours": ours, "django": django}


def measured(what: str, path: Path, script: str = __file__) -> tuple[dict[str, float], float]:
    """A piece of work in a process of its own: its times, and the most memory (MB) that it and its children held."""
    command = [sys.executable, script, "--work", what, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        watched, peak = psutil.Process(process.pid), 0.0
        while process.poll() is None:
            try:
                family = [watched, *watched.children(recursive=True)]
                peak = max(peak, sum(each.memory_info().rss for each in family) / 1e6)
            except psutil.NoSuchProcess:
                pass
            time.sleep(0.25)  # a look costs some ms of one of two cores
        assert process.stdout is not None
        found = json.loads(process.stdout.read() or "{}")
        if process.returncode:
            sys.exit(f"{what} failed")
    return found, peak


def middle(runs: list[dict[str, float]], key: str) -> float:
    return sorted(run[key] for run in runs)[len(runs) // 2]


def main(rows: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path, small = Path(folder) / "fleet.xlsx", Path(folder) / "small.xlsx"
        make_file(path, rows)
        floors, imports, peak = [], [], 0.0
        for _ in range(RUNS):  # in turn, so that a machine that slows down slows both
            floors.append(measured("floor", path)[0])
            found, memory = measured("ours", path)
            imports.append(found)
            peak = max(peak, memory)
        if int(imports[0]["new"]) != rows:
            sys.exit(f"only {imports[0]['new']} of {rows} rows were imported")
        bare, total = middle(floors, "total"), middle(imports, "total")
        write, undo = middle(imports, "write"), middle(imports, "undo")
        print(f"import of {rows:,} rows x 25 columns of xlsx, median of {RUNS}")
        print(
            f"  floor: parse {middle(floors, 'parse'):.2f} s + insert {middle(floors, 'insert'):.2f} s = {bare:.2f} s"
        )
        print(f"  Muster: plan {middle(imports, 'plan'):.2f} s + write {write:.2f} s = {total:.2f} s")
        print(f"  ratio {total / bare:.2f} (bar: at most {FLOOR_BAR:g})")
        print(f"  undo {undo:.2f} s, {undo / write:.2f} of the write (bar: at most {UNDO_BAR:g})")
        print(f"  peak memory of all processes {peak:.0f} MB (bar: under {MEMORY_BAR})")
        if importlib.util.find_spec("import_export"):
            make_file(small, PEER_ROWS)
            peer = measured("django", small)[0]["total"] / PEER_ROWS
            times = peer / (total / rows)
            print(f"  django-import-export {peer * 1000:.2f} ms a row (over {PEER_ROWS:,} rows)")
            print(f"  Muster {total / rows * 1000:.3f} ms a row (over {rows:,})")
            print(f"  {times:.0f} times (bar: at least {PEER_BAR:g})")
        else:
            print("  django-import-export is not installed: not compared")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        print(json.dumps(WORK[sys.argv[2]](Path(sys.argv[3]))))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
