"""Export of 100,000 records of 25 columns to a styled xlsx, from the database to the file on the disk.

The peer is openpyxl's write_only mode, which writes the same rows in the same style; its rows are ready in memory
before its time begins, while Muster's come from its database. The floor is the bare writer in Rust, with rows ready as
well. Each piece runs in a process of its own, in turn.

Run by `tasks.py bench export`, with a number of rows if not 100,000.
"""

import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_import import make_file  # the same fleet

from models.exchange.apply import apply_plan
from models.exchange.options import ImportOptions
from models.exchange.planner import make_plan
from models.exchange.writing.export import export_records
from models.exchange.writing.style import FILL, LINE
from models.journal.writer import Journal
from models.settings import Settings
from models.store.database import Database
from models.store.home import Home

ROWS, RUNS = 100_000, 3
#: How many times as fast as openpyxl's write_only mode.
BAR = 5.0
FORMATS = {dt.datetime: "yyyy-mm-dd", float: "#,##0.00", str: "@"}


def prepare(folder: Path, rows: int) -> None:
    """A home with that many assets of 25 filled columns."""
    make_file(folder / "fleet.xlsx", rows)
    home = Home(folder / "home")
    database = Database.open(home)
    plan = make_plan(database, folder / "fleet.xlsx", ImportOptions(), Settings(home.settings))
    apply_plan(Journal(database, "bench"), plan)
    database.close()
    ours(folder)  # what the others write: Muster's own export, read back


def ours(folder: Path) -> dict[str, float]:
    home = Home(folder / "home")
    database = Database.open(home)
    start, cpu = time.perf_counter(), time.process_time()
    done = export_records(database, "hardware", folder / "muster.xlsx", Settings(home.settings))
    found = {"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu}
    database.close()
    return found | {"rows": done.rows, "columns": len(done.columns), "bytes": (folder / "muster.xlsx").stat().st_size}


def ready_rows(folder: Path) -> list[list[object]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(folder / "muster.xlsx")).get_sheet_by_index(0).to_python()


def openpyxl_peer(folder: Path) -> dict[str, float]:
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    heads, *rows = ready_rows(folder)
    start, cpu = time.perf_counter(), time.process_time()
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Hardware")
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(rows) + 1}"
    for at in range(1, len(heads) + 1):
        page.column_dimensions[get_column_letter(at)].width = 18
    headings = []
    for head in heads:
        cell = WriteOnlyCell(page, head)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=FILL)
        cell.border = Border(bottom=Side("thin", color=LINE))
        headings.append(cell)
    page.append(headings)
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(page, value)
            cell.number_format = FORMATS.get(type(value), "General")
            cells.append(cell)
        page.append(cells)
    book.save(folder / "peer.xlsx")
    return {"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu}


def floor(folder: Path) -> dict[str, float]:
    from rustpy_xlsxwriter import Format, write_worksheet

    heads, *rows = ready_rows(folder)
    names = [str(head) for head in heads]
    records = [dict(zip(names, row, strict=True)) for row in rows]
    formats = [Format().set_num_format(FORMATS.get(type(value), "General")) for value in rows[0]]
    start, cpu = time.perf_counter(), time.process_time()
    write_worksheet(
        records,
        str(folder / "floor.xlsx"),
        freeze_row=1,
        autofilter=True,
        column_formats=formats,
        column_widths=[18.0] * len(names),
        header_format=Format().set_bold().set_background_color(FILL),
    )
    return {"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu}


WORK: dict[str, Callable[[Path], dict[str, float]]] = {"ours": ours, "openpyxl": openpyxl_peer, "floor": floor}


def measured(what: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--work", what, str(folder)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def main(rows: int) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, rows)
        runs: dict[str, list[dict[str, float]]] = {what: [] for what in WORK}
        for turn in range(RUNS):
            for what in WORK:
                if what != "openpyxl" or turn == 0:  # it takes a minute, and hardly differs from run to run
                    runs[what].append(measured(what, folder))
        cpu = {what: sorted(run["cpu"] for run in found)[len(found) // 2] for what, found in runs.items()}
        wall = {what: sorted(run["wall"] for run in found)[len(found) // 2] for what, found in runs.items()}
        told = runs["ours"][0]
        if int(told["rows"]) != rows:
            sys.exit(f"only {told['rows']} of {rows} rows were written")
        print(f"export of {rows:,} rows x {told['columns']:.0f} columns to a styled xlsx, median of {RUNS}")
        print(f"  Muster, from its database: {cpu['ours']:.2f} s of cpu, {wall['ours']:.2f} s")
        print(f"  openpyxl write_only, rows ready: {cpu['openpyxl']:.2f} s of cpu, {wall['openpyxl']:.2f} s")
        print(f"  floor, the bare writer in Rust, rows ready: {cpu['floor']:.2f} s of cpu, {wall['floor']:.2f} s")
        print(f"  {cpu['openpyxl'] / cpu['ours']:.1f} times as fast as openpyxl (bar: at least {BAR:g})")
        print(f"  {cpu['ours'] / cpu['floor']:.1f} times the floor")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        print(json.dumps(WORK[sys.argv[2]](Path(sys.argv[3]))))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
